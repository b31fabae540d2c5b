"""An env file in UTF-16 is no warning where the code may name the encoding; each program really runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from configvars.model import Severity
from support.projects import opened
from support.properties import REAL_STARTS

_START = "import contextlib, functools, io, os\nfrom pathlib import Path\nimport dotenv\n"
_START += "from dotenv import load_dotenv\n"
_END = "print(os.environ['ALPHA'])\n"
WORKING = [
    "with open('.env', encoding='utf-16') as f:\n    load_dotenv(stream=f)\n",
    "with open('.env', encoding='utf-16') as f:\n    load_dotenv(None, f)\n",
    "with Path('.env').open(encoding='utf-16') as f:\n    load_dotenv(stream=f)\n",
    "with open('.env', encoding='utf-16') as f:\n    load_dotenv(stream=io.StringIO(f.read()))\n",
    "f = open('.env', encoding='utf-16')\nload_dotenv(stream=f)\n",
    "load_dotenv(stream=open('.env', encoding='utf-16'))\n",
    "load_dotenv(stream=Path('.env').open(encoding='utf-16'))\n",
    "load_dotenv(stream=io.StringIO(Path('.env').read_text(encoding='utf-16')))\n",
    "load_dotenv(stream=io.TextIOWrapper(open('.env', 'rb'), encoding='utf-16'))\n",
    "with contextlib.ExitStack() as s:\n"
    "    load_dotenv(stream=s.enter_context(open('.env', encoding='utf-16')))\n",
    "try:\n    load_dotenv()\nexcept UnicodeDecodeError:\n"
    "    load_dotenv(stream=open('.env', encoding='utf-16'))\n",
    "load = functools.partial(load_dotenv, encoding='utf-16')\nload()\n",
    "load = functools.partial(load_dotenv, encoding='utf-16')\nload('.env')\n",
    "load = functools.partial(load_dotenv, encoding='utf-8')\nload(encoding='utf-16')\n",
    "load = functools.partial(functools.partial(load_dotenv, override=True), encoding='utf-16')\nload()\n",
    "load = functools.partial(load_dotenv, encoding=os.environ.get('CODEC', 'utf-16'))\nload()\n",
    "load = functools.partial(load_dotenv, '.env', encoding='utf-16')\nload()\n",
    "load_dotenv(**{'encoding': 'utf-16'})\n",
    "def load(**options):\n    load_dotenv(**options)\nload(encoding='utf-16')\n",
    "with open('.env', encoding='utf-16') as f:\n    os.environ.update(dotenv.dotenv_values(stream=f))\n",
    "values = functools.partial(dotenv.dotenv_values, encoding='utf-16')\n"
    "os.environ.update(values('.env'))\n",
    "dotenv.main.DotEnv('.env', encoding='utf-16').set_as_environment_variables()\n",
    "for line in open('.env', encoding='utf-16'):\n"
    "    k, _, v = line.strip().partition('=')\n    os.environ[k] = v\n",
]
FAILING = [
    "load_dotenv()\n",
    "load_dotenv(stream=None)\n",
    "load = functools.partial(load_dotenv, override=True)\nload()\n",
    "load = functools.partial(load_dotenv, encoding='utf-16')\nload(encoding='utf-8')\n",
]


def severity(root: Path, body: str) -> Severity | None:
    it = opened(root, f"-- .env as utf-16 --\nALPHA=1\n-- app.py --\n{_START}{body}{_END}")
    found = it.workspace.findings(it.path(".env"))
    return next((each.severity for each in found if each.check == "unreadable-env-file"), None)


def run(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "app.py"], cwd=root, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("body", WORKING)
def test_what_works_is_no_warning(tmp_path: Path, body: str) -> None:
    assert severity(tmp_path, body) in (None, Severity.INFORMATION)
    if REAL_STARTS:
        assert run(tmp_path).stdout == "1\n"


@pytest.mark.parametrize("body", FAILING)
def test_what_fails_is_an_error(tmp_path: Path, body: str) -> None:
    assert severity(tmp_path, body) is Severity.ERROR
    if REAL_STARTS:
        assert "UnicodeDecodeError" in run(tmp_path).stderr

"""Results of `dotenv_values` that code puts into `os.environ`: what is loaded, and what it overrides.

Each program is also run, once without the variable and once with it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.forked import run_python
from support.projects import opened
from support.properties import REAL_STARTS

HEAD = "import os\nfrom dotenv import dotenv_values\n"
LOOP = "for k, v in dotenv_values('.env').items():\n    "
WINS = [
    "os.environ.update(dotenv_values('.env'))\n",
    "os.environ |= dotenv_values('.env')\n",
    "os.environ = {**os.environ, **dotenv_values('.env')}\n",
    "os.environ = dict(os.environ, **dotenv_values('.env'))\n",
    "os.environ = os.environ | dotenv_values('.env')\n",
    "os.environ.update(**dotenv_values('.env'))\n",
    "os.environ.update(dict(dotenv_values('.env')))\n",
    "os.environ.update({k: v for k, v in dotenv_values('.env').items() if v})\n",
    "os.environ.update((k, v) for k, v in dotenv_values('.env').items())\n",
    f"{LOOP}os.environ[k] = v\n",
    f"{LOOP}if v is not None:\n        os.environ[k] = v\n",
    "values = dotenv_values('.env')\nfor k in values:\n    os.environ[k] = values[k]\n",
]
WEAKER = [
    "os.environ = {**dotenv_values('.env'), **os.environ}\n",
    "os.environ.update({**dotenv_values('.env'), **os.environ})\n",
    "os.environ.update(dotenv_values('.env') | os.environ)\n",
    "os.environ.update({k: v for k, v in dotenv_values('.env').items() if k not in os.environ})\n",
    f"{LOOP}os.environ.setdefault(k, v)\n",
    f"{LOOP}if k not in os.environ and v is not None:\n        os.environ[k] = v\n",
]
NOTHING = [
    "values = {**os.environ, **dotenv_values('.env')}\n",
    "dict(os.environ).update(dotenv_values('.env'))\n",
    "os.environ.update({k: v for k, v in dotenv_values('.env').items() if k.startswith('X')})\n",
    "os.environ.update({f'X_{k}': v for k, v in dotenv_values('.env').items()})\n",
    f"{LOOP}if k.startswith('X'):\n        os.environ[k] = v\n",
    f"{LOOP}os.environ[f'X_{{k}}'] = v\n",
    f"{LOOP}def later():\n        os.environ[k] = v\n",
    "other = {}\nother |= dotenv_values('.env')\n",
]


def ran(folder: Path, **environ: str) -> str:
    program = run_python("app.py", cwd=folder, env={"PATH": os.environ["PATH"], **environ})
    program.check_returncode()
    return program.stdout


@pytest.mark.parametrize(
    ("code", "loads"),
    [
        *((code, []) for code in NOTHING),
        *((code, [(".env", False)]) for code in WEAKER),
        *((code, [(".env", True)]) for code in WINS),
    ],
)
def test_what_is_loaded(tmp_path: Path, code: str, loads: list[tuple[str, bool]]) -> None:
    it = opened(tmp_path, f"-- .env --\nA=file\n-- app.py --\n{HEAD}{code}print(os.environ.get('A'))\n")
    found = [use for use in it.project.index.files[it.path("app.py")].env_files if not use.only_for]
    assert [(use.path, use.override) for use in found] == loads
    if REAL_STARTS:
        assert ran(tmp_path).strip() == ("file" if loads else "None")
        assert ran(tmp_path, A="given").strip() == ("file" if (".env", True) in loads else "given")

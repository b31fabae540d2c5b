"""`check --deploy`: files that git ignores and that a process certainly opens.

Each program is also really started without these files.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.forked import run_python
from support.properties import REAL_STARTS
from support.started import found_on_app

_GIT = "-- .git/HEAD --\nref: refs/heads/main\n-- .gitignore --\n.env\nconfig.json\n"
_FILES = '-- .env --\nB=1\n-- config.json --\n{"a": 1}\n'
_WORKER = "-- Procfile --\nworker: python worker.py\n-- worker.py --\n"
_ENV = "from dotenv import find_dotenv, load_dotenv\n"
_CODE = 'import json\nCONFIG = json.load(open("config.json"))\n'
_MODULE = "-- Procfile --\nworker: python worker.py\n-- worker.py --\nimport settings\n-- settings.py --\n"

SILENT = {
    "committed": f"{_WORKER}{_CODE}{_FILES}",
    "not here": f"{_GIT}{_WORKER}{_CODE}",
    "in a try": f'{_GIT}{_FILES}{_WORKER}try:\n    f = open("config.json")\nexcept OSError:\n    pass\n',
    "in a branch": f'{_GIT}{_FILES}{_WORKER}import os\nif os.getenv("LOCAL"):\n    open("config.json")\n',
    "in a function": f'{_GIT}{_FILES}{_WORKER}def f():\n    open("config.json")\n',
    "suppressed": (
        f"{_GIT}{_FILES}{_WORKER}from contextlib import suppress\n"
        'with suppress(OSError):\n    f = open("config.json")\n'
    ),
    "only if it exists": (
        f'{_GIT}{_FILES}{_WORKER}import os\nf = os.path.exists("config.json") and open("config.json")\n'
    ),
    "written by the program": f'{_GIT}{_FILES}{_WORKER}open("config.json", "w").close()\n{_CODE}',
    "written by a build": f"{_GIT}{_FILES}-- bin/post_compile --\necho $C > config.json\n{_WORKER}{_CODE}",
    "written by the command": (
        f"{_GIT}{_FILES}{_WORKER.replace(': ', ': echo $C > config.json && ')}{_CODE}"
    ),
    "not required": f"{_GIT}{_FILES}{_WORKER}{_ENV}load_dotenv(find_dotenv())\n",
    "a message": f"{_GIT}{_FILES}{_WORKER}{_ENV}if not load_dotenv():\n    print('no .env')\n",
    "not this library": (
        f"{_GIT}{_FILES}{_WORKER}from mine import load_dotenv\nif not load_dotenv():\n    exit(1)\n"
    ),
    "not imported": f"{_GIT}{_FILES}{_WORKER}print(1)\n-- other.py --\n{_CODE}",
}
FOUND = {
    "a file": (f"{_GIT}{_FILES}{_WORKER}{_CODE}", "config.json", "worker.py:2"),
    "with": (
        f'{_GIT}{_FILES}{_WORKER}with open("config.json", "r") as f:\n    f.read()\n',
        "config.json",
        "worker.py:1",
    ),
    "in a module": (f"{_GIT}{_FILES}{_MODULE}{_CODE}", "config.json", "settings.py:2"),
    "required": (
        f"{_GIT}{_FILES}{_WORKER}{_ENV}load_dotenv(find_dotenv(raise_error_if_not_found=True))\n",
        ".env",
        "worker.py:2",
    ),
    "or it exits": (
        f'{_GIT}{_FILES}{_WORKER}import sys\n{_ENV}if not load_dotenv():\n    sys.exit("no .env")\n',
        ".env",
        "worker.py:3",
    ),
    "or it raises": (
        f"{_GIT}{_FILES}{_MODULE}import dotenv\n"
        "if not dotenv.load_dotenv(dotenv.find_dotenv()):\n    raise OSError\n",
        ".env",
        "settings.py:2",
    ),
}


def _said(root: Path, files: str) -> list[str]:
    return [each.message for each in found_on_app(root, files) if each.check == "config-file-not-deployed"]


def _starts(root: Path) -> bool:
    return run_python("worker.py", cwd=root, env={"PATH": os.environ["PATH"]}).returncode == 0


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_program_that_may_start(tmp_path: Path, files: str) -> None:
    assert _said(tmp_path, files) == []


@pytest.mark.parametrize(("files", "file", "place"), FOUND.values(), ids=FOUND)
def test_program_that_does_not_start(tmp_path: Path, files: str, file: str, place: str) -> None:
    why = "is ignored by git, so it is not deployed with the repository"
    assert _said(tmp_path, files) == [
        f"{file} {why}: the worker process does not start on Heroku, at {place}"
    ]
    if REAL_STARTS:
        assert _starts(tmp_path)
    (tmp_path / file).unlink()
    if REAL_STARTS:
        assert not _starts(tmp_path)

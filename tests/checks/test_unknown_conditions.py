"""`check --deploy`: what it says about reads under conditions."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import judged
from support.projects import opened

_HELPER = "-- helper.py --\nimport os\ndef need(*names):\n    for name in names:\n        os.environ[name]\n"
_WHERE = "-- app.py --\nimport os, sys\nfrom helper import need\n"
_NOT_KNOWN = "whether the code needs it there depends on a condition that is not known"
_FAILS = "the code fails there without it"

# The code, and the severities and messages about A.
ROWS = {
    "does not run": (
        "if sys.platform == 'win32':\n    need('A', 'B')\n",
        "information the code that needs it does not run there",
    ),
    "a variable that the app does not have": (
        "if os.getenv('CI'):\n    os.environ['A']\n",
        "information the code that needs it does not run there, because CI is not set there",
    ),
    "a variable with a default": (
        "if os.getenv('ENV', 'production') == 'local':\n    os.environ['A']\n",
        "information the code that needs it does not run there, because ENV is not set there",
    ),
    "a variable that the app has": (
        "if not os.getenv('B'):\n    os.environ['A']\n",
        "information the code that needs it does not run there, because B is set there",
    ),
    "a variable that another condition makes unimportant": (
        "if sys.platform == 'win32':\n    if not os.getenv('CI'):\n        os.environ['A']\n",
        "information the code that needs it does not run there",
    ),
    "a condition that may be shown": (
        "S3 = os.getenv('S3')\nif S3:\n    os.environ['A']\n",
        "information the code that needs it (under `if S3`) does not run there, because S3 is not set there",
    ),
    "a variable whose value is not known": (
        "if os.getenv('B') == 'yes':\n    os.environ['A']\n",
        "warning whether the code needs it there depends on the value of B",
    ),
    "helper with several names": ("if os.path.exists('/x'):\n    need('A', 'B')\n", f"warning {_NOT_KNOWN}"),
    "read itself": ("if os.path.exists('/x'):\n    os.environ['A']\n", f"warning {_NOT_KNOWN}"),
    "no condition": ("need('A', 'B')\n", f"error {_FAILS}"),
    "main block": ("if __name__ == '__main__':\n    os.environ['A']\n", f"error {_FAILS}"),
    "in a function": (
        "def view():\n    if os.path.exists('/x'):\n        os.environ['A']\n",
        f"error {_FAILS}",
    ),
}


@pytest.mark.parametrize(("code", "expected"), ROWS.values(), ids=ROWS)
def test_condition(tmp_path: Path, code: str, expected: str) -> None:
    files = f"-- heroku:shop --\nB=1\n-- Procfile --\nweb: python app.py\n{_HELPER}{_WHERE}{code}"
    it = opened(tmp_path, files)
    project = judged(it.workspace, str(tmp_path), deploying=True)
    found = [each for path in project.index.files for each in run_checks(project, path)]
    about = (each for each in found if each.variable and each.variable.name == "A")
    said = [f"{each.severity} {each.message}".partition(", in the web process")[0] for each in about]
    severity, _, then = expected.partition(" ")
    assert said == [f"{severity} A is not set on Heroku app shop; {then}"]

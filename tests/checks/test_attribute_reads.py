"""`check --deploy`: variables that code reads by the names of attributes, items and arguments."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import judged
from support.projects import opened

# The files, and whether a deploy must report STRIPE.
ROWS = {
    "dunder getattr module": (
        "-- app.py --\n"
        "import settings\n"
        "print(settings.STRIPE)\n"
        "-- settings.py --\n"
        "import os\n"
        "def __getattr__(name):\n"
        "    return os.environ[name]\n",
        True,
    ),
    "dunder getattr class": (
        "-- app.py --\n"
        "from settings import settings\n"
        "print(settings.STRIPE)\n"
        "-- settings.py --\n"
        "import os\n"
        "class Settings:\n"
        "    def __getattr__(self, name):\n"
        "        return os.environ[name]\n"
        "settings = Settings()\n",
        True,
    ),
    "dunder getattr from import": (
        "-- app.py --\n"
        "from settings import STRIPE\n"
        "-- settings.py --\n"
        "import os\n"
        "def __getattr__(name):\n"
        "    return os.environ[name]\n",
        True,
    ),
    "getitem class": (
        "-- app.py --\n"
        "from settings import settings\n"
        'print(settings["STRIPE"])\n'
        "-- settings.py --\n"
        "import os\n"
        "class Settings:\n"
        "    def __getitem__(self, name):\n"
        "        return os.environ[name]\n"
        "settings = Settings()\n",
        True,
    ),
    "getattribute": (
        "-- app.py --\n"
        "from settings import settings\n"
        "print(settings.STRIPE)\n"
        "-- settings.py --\n"
        "import os\n"
        "class Settings:\n"
        "    def __getattribute__(self, name):\n"
        "        return os.environ[name]\n"
        "settings = Settings()\n",
        True,
    ),
    "getattr upper": (
        "-- app.py --\n"
        "from settings import settings\n"
        "print(settings.stripe)\n"
        "-- settings.py --\n"
        "import os\n"
        "class Settings:\n"
        "    def __getattr__(self, name):\n"
        "        return os.environ[name.upper()]\n"
        "settings = Settings()\n",
        True,
    ),
    "call": (
        "-- app.py --\n"
        "from settings import settings\n"
        'print(settings("STRIPE"))\n'
        "-- settings.py --\n"
        "import os\n"
        "class Settings:\n"
        "    def __call__(self, name):\n"
        "        return os.environ[name]\n"
        "settings = Settings()\n",
        True,
    ),
    "getattr with getenv": (
        "-- app.py --\n"
        "from settings import settings\n"
        "print(settings.STRIPE)\n"
        "-- settings.py --\n"
        "import os\n"
        "class Settings:\n"
        "    def __getattr__(self, name):\n"
        "        return os.getenv(name)\n"
        "settings = Settings()\n",
        False,
    ),
    "metaclass getattr": (
        "-- app.py --\n"
        "from settings import Settings\n"
        "print(Settings.STRIPE)\n"
        "-- settings.py --\n"
        "import os\n"
        "class Meta(type):\n"
        "    def __getattr__(cls, name):\n"
        "        return os.environ[name]\n"
        "class Settings(metaclass=Meta):\n"
        "    pass\n",
        True,
    ),
    "set on app all": (
        "-- heroku:shop --\n"
        "STRIPE=1\n"
        "-- app.py --\n"
        "from settings import settings\n"
        "print(settings.STRIPE)\n"
        "-- settings.py --\n"
        "import os\n"
        "class Settings:\n"
        "    def __getattr__(self, name):\n"
        "        return os.environ[name]\n"
        "settings = Settings()\n",
        False,
    ),
    "dunder getattr module, set": (
        "-- heroku:shop --\n"
        "STRIPE=1\n"
        "-- app.py --\n"
        "import settings\n"
        "print(settings.STRIPE)\n"
        "-- settings.py --\n"
        "import os\n"
        "def __getattr__(name):\n"
        "    return os.environ[name]\n",
        False,
    ),
}


@pytest.mark.parametrize(("files", "expected"), ROWS.values(), ids=ROWS)
def test_attributes_that_are_variables(tmp_path: Path, files: str, expected: bool) -> None:
    app = "" if "heroku:" in files else "-- heroku:shop --\n"
    it = opened(tmp_path, f"{app}-- Procfile --\nweb: gunicorn app:app\n{files}")
    project = judged(it.workspace, str(tmp_path), deploying=True)
    found = [each for path in project.index.files for each in run_checks(project, path)]
    names = {each.variable.name for each in found if each.variable and each.severity == "error"}
    assert names == ({"STRIPE"} if expected else set())

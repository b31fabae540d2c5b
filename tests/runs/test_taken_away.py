"""`check --deploy`: what commands, `.profile` and code remove, and env files that a program does not find."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import judged
from support.git import git
from support.projects import opened

# The files, and whether a deploy must report X.
ROWS = {
    "cd src find_dotenv": (
        "-- Procfile --\n"
        "web: cd src && gunicorn app:app\n"
        "-- .env.prod --\n"
        "X=1\n"
        "-- src/app.py --\n"
        "import os\n"
        "from dotenv import load_dotenv\n"
        'load_dotenv(".env.prod")\n'
        'os.environ["X"]\n',
        True,
    ),
    "cd src relative exists there": (
        "-- Procfile --\n"
        "web: cd src && gunicorn app:app\n"
        "-- src/.env.prod --\n"
        "X=1\n"
        "-- src/app.py --\n"
        "import os\n"
        "from dotenv import load_dotenv\n"
        'load_dotenv(".env.prod")\n'
        'os.environ["X"]\n',
        False,
    ),
    "no cd relative of root, file in src": (
        "-- Procfile --\n"
        "web: gunicorn src.app:app\n"
        "-- src/prod.env --\n"
        "X=1\n"
        "-- src/app.py --\n"
        "import os\n"
        "from dotenv import load_dotenv\n"
        'load_dotenv("prod.env")\n'
        'os.environ["X"]\n',
        True,
    ),
    "pythonpath chdir": (
        "-- Procfile --\n"
        "web: gunicorn --chdir src app:app\n"
        "-- prod.env --\n"
        "X=1\n"
        "-- src/app.py --\n"
        "import os\n"
        "from dotenv import load_dotenv\n"
        'load_dotenv("prod.env")\n'
        'os.environ["X"]\n',
        True,
    ),
    "usecwd": (
        "-- Procfile --\n"
        "web: cd src && gunicorn app:app\n"
        "-- src/app.py --\n"
        "import os\n"
        "from dotenv import load_dotenv, find_dotenv\n"
        'load_dotenv(find_dotenv("prod.env", usecwd=True))\n'
        'os.environ["X"]\n'
        "-- src/deep/prod.env --\n"
        "X=1\n",
        True,
    ),
    "find_dotenv usecwd up": (
        "-- Procfile --\n"
        "web: cd src && gunicorn app:app\n"
        "-- prod.env --\n"
        "X=1\n"
        "-- src/app.py --\n"
        "import os\n"
        "from dotenv import load_dotenv, find_dotenv\n"
        'load_dotenv(find_dotenv("prod.env", usecwd=True))\n'
        'os.environ["X"]\n',
        False,
    ),
    "pushd": (
        "-- Procfile --\n"
        "web: pushd src; gunicorn app:app\n"
        "-- prod.env --\n"
        "X=1\n"
        "-- src/app.py --\n"
        "import os\n"
        "from dotenv import load_dotenv\n"
        'load_dotenv("prod.env")\n'
        'os.environ["X"]\n',
        True,
    ),
    "chdir in code": (
        "-- prod.env --\n"
        "X=1\n"
        "-- app.py --\n"
        "import os\n"
        "from dotenv import load_dotenv\n"
        'os.chdir("src")\n'
        'load_dotenv("prod.env")\n'
        'os.environ["X"]\n',
        True,
    ),
    "env -u": (
        "-- heroku:shop --\n"
        "X=1\n"
        "-- Procfile --\n"
        "web: env -u X gunicorn app:app\n"
        "-- app.py --\n"
        "import os\n"
        'os.environ["X"]\n',
        True,
    ),
    "env --unset": (
        "-- heroku:shop --\n"
        "X=1\n"
        "-- Procfile --\n"
        "web: env --unset=X gunicorn app:app\n"
        "-- app.py --\n"
        "import os\n"
        'os.environ["X"]\n',
        True,
    ),
    "env -i": (
        "-- heroku:shop --\n"
        "X=1\n"
        "-- Procfile --\n"
        "web: env -i PATH=$PATH gunicorn app:app\n"
        "-- app.py --\n"
        "import os\n"
        'os.environ["X"]\n',
        True,
    ),
    "unset in profile": (
        '-- heroku:shop --\nX=1\n-- .profile --\nunset X\n-- app.py --\nimport os\nos.environ["X"]\n',
        True,
    ),
    "unset in command": (
        "-- heroku:shop --\n"
        "X=1\n"
        "-- Procfile --\n"
        "web: unset X && gunicorn app:app\n"
        "-- app.py --\n"
        "import os\n"
        'os.environ["X"]\n',
        True,
    ),
    "export then unset profile": (
        '-- .profile --\nexport X=1\nunset X\n-- app.py --\nimport os\nos.environ["X"]\n',
        True,
    ),
    "X= in command empties": (
        '-- Procfile --\nweb: X= gunicorn app:app\n-- app.py --\nimport os\nint(os.environ["X"])\n',
        True,
    ),
    "pop in code on app": (
        '-- heroku:shop --\nX=1\n-- app.py --\nimport os\nos.environ.pop("X", None)\nos.environ["X"]\n',
        True,
    ),
    "del in code on app": (
        "-- heroku:shop --\n"
        "X=1\n"
        "-- app.py --\n"
        "import os\n"
        'del os.environ["X"]\n'
        "import conf\n"
        "-- conf.py --\n"
        "import os\n"
        'os.environ["X"]\n',
        True,
    ),
    "clear in code on app": (
        '-- heroku:shop --\nX=1\n-- app.py --\nimport os\nos.environ.clear()\nos.environ["X"]\n',
        True,
    ),
    "env -u other": (
        "-- heroku:shop --\n"
        "X=1\n"
        "-- Procfile --\n"
        "web: env -u Y gunicorn app:app\n"
        "-- app.py --\n"
        "import os\n"
        'os.environ["X"]\n',
        False,
    ),
}


@pytest.mark.parametrize(("files", "expected"), ROWS.values(), ids=ROWS)
def test_what_a_program_has(tmp_path: Path, files: str, expected: bool) -> None:
    app = "" if "heroku:" in files else "-- heroku:shop --\n"
    procfile = "" if "-- Procfile --" in files else "-- Procfile --\nweb: gunicorn app:app\n"
    it = opened(tmp_path, f"{app}{procfile}{files}")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-f", ".")
    project = judged(it.workspace, str(tmp_path), deploying=True)
    found = [each for path in project.index.files for each in run_checks(project, path)]
    told = [each for each in found if each.check in ("not-on-heroku", "missing-variable")]
    assert any(each.severity in ("error", "warning") for each in told) is expected

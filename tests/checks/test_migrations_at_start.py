"""`check --deploy`: what fails in `env.py`, which Alembic runs before it migrates.

Tried with Alembic 1.20 and Flask-Migrate 4.1.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.started import is_reported

_HEAD = "import os\nfrom alembic import context\nconfig = context.config\n"
_SETS = f'{_HEAD}config.set_main_option("sqlalchemy.url", os.getenv("A"))\n'
_INI = "-- alembic.ini --\n[alembic]\nscript_location = alembic\n"
_APP = "-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"


def _files(command: str, code: str, file: str = "alembic/env.py", more: str = _INI) -> str:
    return f"-- Procfile --\nrelease: {command}\n{more}{_APP}-- {file} --\n{code}"


@pytest.mark.parametrize(
    "command", ["alembic heads", "alembic history", "alembic -n other upgrade head", "flask db heads"]
)
def test_command_that_does_not_run_it(tmp_path: Path, command: str) -> None:
    file = "migrations/env.py" if "flask" in command else "alembic/env.py"
    assert not is_reported(tmp_path, _files(command, _SETS, file))


@pytest.mark.parametrize(
    "code",
    [
        'config.set_main_option("sqlalchemy.url", os.getenv("A", "").replace("%", "%%"))',
        'if os.getenv("A"):\n    config.set_main_option("sqlalchemy.url", os.getenv("A"))',
        'config.attributes["url"] = os.getenv("A")',
        'URL = os.getenv("A")\ndef offline():\n    config.set_main_option("url", URL)\n'
        "if context.is_offline_mode():\n    offline()",
    ],
)
def test_code_that_accepts_none(tmp_path: Path, code: str) -> None:
    assert not is_reported(tmp_path, _files("alembic upgrade head", f"{_HEAD}{code}\n"))


@pytest.mark.parametrize("command", ["alembic upgrade head", "alembic -c other.ini upgrade head"])
def test_files_of_another_folder(tmp_path: Path, command: str) -> None:
    ini = "[alembic]\nscript_location = db\n"
    more = f"-- alembic.ini --\n{ini}-- other.ini --\n{ini}-- db/env.py --\n"
    assert not is_reported(tmp_path, _files(command, _SETS, more=more))


@pytest.mark.parametrize(
    "command",
    [
        "alembic upgrade head",
        "python -m alembic upgrade head",
        "alembic upgrade head && gunicorn app:app",
        "alembic upgrade head && gunicorn -n shop -c gunicorn.conf.py app:app",
        "alembic current",
        "alembic check",
        "alembic stamp head",
        "alembic downgrade base",
        "alembic -x data=1 upgrade +1",
    ],
)
def test_command_that_runs_it(tmp_path: Path, command: str) -> None:
    assert is_reported(tmp_path, _files(command, _SETS))


@pytest.mark.parametrize(
    ("ini", "location", "file"),
    [
        ("alembic.ini", "db", "db/env.py"),
        ("alembic.ini", "./src/db", "src/db/env.py"),
        ("alembic.ini", "%(here)s/db", "db/env.py"),
        ("alembic.ini", "shop.sub:db", "shop/sub/db/env.py"),
        ("conf/x.ini", "%(here)s/db", "conf/db/env.py"),
        ("conf/x.ini", "db", "db/env.py"),
    ],
)
def test_where_it_is(tmp_path: Path, ini: str, location: str, file: str) -> None:
    more = f"-- {ini} --\n[alembic]\nscript_location = {location}\n"
    assert is_reported(tmp_path, _files(f"alembic -c {ini} upgrade head", _SETS, file, more))


@pytest.mark.parametrize(
    "code",
    [
        'config.set_section_option("alembic", "sqlalchemy.url", os.getenv("A"))',
        'context.config.set_main_option("sqlalchemy.url", value=os.getenv("A"))',
        'url = os.getenv("A")\nconfig.set_main_option("sqlalchemy.url", url)',
        'from dotenv import load_dotenv\nload_dotenv()\nconfig.set_main_option("x", os.environ.get("A"))',
        'from config import A\nconfig.set_main_option("sqlalchemy.url", A)',
        "from sqlalchemy import create_engine\ndef online():\n    create_engine(os.getenv('A'))\n"
        "if context.is_offline_mode():\n    pass\nelse:\n    online()",
    ],
)
def test_code_that_fails(tmp_path: Path, code: str) -> None:
    config = '-- config.py --\nimport os\nA = os.getenv("A")\n'
    assert is_reported(tmp_path, _files("alembic upgrade head", f"{_HEAD}{code}\n", more=f"{_INI}{config}"))


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("flask db upgrade", "migrations/env.py"),
        ("flask --app app db upgrade -d db", "db/env.py"),
        ("FLASK_APP=app.py flask db upgrade && gunicorn -d logs app:app", "migrations/env.py"),
    ],
)
def test_migrations_of_flask(tmp_path: Path, command: str, file: str) -> None:
    assert is_reported(tmp_path, _files(command, _SETS, file, ""))


def test_configuration_that_code_makes(tmp_path: Path) -> None:
    code = "import os\nfrom alembic.config import Config\nconfig = Config('alembic.ini')\n"
    assert is_reported(tmp_path, f"-- app.py --\n{code}config.set_main_option('x', os.getenv('A'))\n")


_PYPROJECT = (
    "-- pyproject.toml --\n[project]\nname = 'x'\n[tool.alembic]\n# where\nfile_template = 'a'\n"
    "script_location = '%(here)s/db'\n[tool.x]\n"
)
_GOES_ON = f'{_HEAD}config.set_main_option("sqlalchemy.url", os.getenv("A") or "x")\n'


@pytest.mark.parametrize("ini", ["", "-- alembic.ini --\n[alembic]\nx = 1\n"])
def test_location_in_pyproject(tmp_path: Path, ini: str) -> None:
    assert is_reported(tmp_path, _files("alembic upgrade head", _SETS, "db/env.py", _PYPROJECT + ini))


def test_alembic_ini_comes_before_pyproject(tmp_path: Path) -> None:
    more = f"{_PYPROJECT}{_INI.replace('= alembic', '= other')}-- other/env.py --\n{_GOES_ON}"
    assert not is_reported(tmp_path, _files("alembic upgrade head", _SETS, "db/env.py", more))


_MIGRATE = (
    "-- migrate.py --\nimport os\nfrom alembic import command\nfrom alembic.config import Config\n"
    "cfg = Config('alembic.ini')\n"
)
_UPGRADE = "command.upgrade(cfg, 'head')\n"


@pytest.mark.parametrize(
    "code",
    [
        f"def main():\n    {_UPGRADE}",
        f"if os.getenv('MIGRATE'):\n    {_UPGRADE}",
        f"try:\n    {_UPGRADE}except Exception:\n    pass\n",
        "command.upgrade(cfg, 'head', sql=True)\n",
    ],
)
def test_migrations_that_code_does_not_certainly_run(tmp_path: Path, code: str) -> None:
    assert not is_reported(tmp_path, _files("python migrate.py", _SETS, more=f"{_INI}{_MIGRATE}{code}"))


def test_migrations_that_do_not_fail(tmp_path: Path) -> None:
    assert not is_reported(
        tmp_path, _files("python migrate.py", _GOES_ON, more=f"{_INI}{_MIGRATE}{_UPGRADE}")
    )


@pytest.mark.parametrize(
    "code",
    [
        _UPGRADE,
        f"def main():\n    {_UPGRADE}if __name__ == '__main__':\n    main()\n",
        f"cfg.set_main_option('script_location', 'alembic')\n{_UPGRADE}",
    ],
)
def test_migrations_that_code_runs(tmp_path: Path, code: str) -> None:
    assert is_reported(tmp_path, _files("python migrate.py", _SETS, more=f"{_INI}{_MIGRATE}{code}"))


def test_migrations_of_flask_that_code_runs(tmp_path: Path) -> None:
    code = "from flask_migrate import upgrade\nfrom app import app\nwith app.app_context():\n    upgrade()\n"
    more = f"-- migrate.py --\n{code}"
    assert is_reported(tmp_path, _files("python migrate.py", _SETS, "migrations/env.py", more))

"""`check --deploy` of Django projects: the settings modules and management commands that processes load."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run
from support.fake_heroku import fake_heroku

Tree = Callable[[str], Path]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the fake Heroku CLI is a shell script")

APPS = {"bare": {}, "named": {"DJANGO_SETTINGS_MODULE": "canary"}}
WSGI = """\
-- shop/wsgi.py --
import os
from django.core.wsgi import get_wsgi_application
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")
application = get_wsgi_application()
"""
SHOP = """\
-- manage.py --
import os, sys
from django.core.management import execute_from_command_line
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.local")
if __name__ == "__main__":
    execute_from_command_line(sys.argv)
-- shop/__init__.py --
-- shop/settings/__init__.py --
-- shop/settings/base.py --
import os
INSTALLED_APPS = ["cart"]
BASE = os.environ["BASE"]
-- shop/settings/production.py --
from .base import *
PRODUCTION = os.environ["PRODUCTION"]
-- shop/settings/local.py --
from .base import *
LOCAL = os.environ["LOCAL"]
-- shop/settings/staging.py --
from .base import *
STAGING = os.getenv("STAGING")
if not STAGING:
    raise ValueError("STAGING")
-- cart/__init__.py --
-- cart/models.py --
import os
CART = os.environ["CART"]
-- cart/management/commands/ship.py --
import os
SHIP = os.environ["SHIP"]
-- cart/management/commands/bill.py --
import os
BILL = os.environ["BILL"]
"""
WEB = "web: gunicorn shop.wsgi\n"


@pytest.fixture(autouse=True)
def heroku(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", fake_heroku(tmp_path_factory.mktemp("heroku"), APPS).env["PATH"])


def found(run: Run, folder: Path, app: str = "bare") -> str:
    """The findings about variables, by severity: `error A B, information C`."""
    ran = run(folder, "check", "--deploy", "--output-format", "json", "--app", app)
    told: dict[str, list[str]] = {"error": [], "warning": [], "information": []}
    for each in json.loads(ran.out)["findings"]:
        if each["check"] == "not-on-heroku":
            told[each["severity"]].append(each["variable"])
    assert ran.status == int(bool(told["error"] or told["warning"]))
    return ", ".join(" ".join([severity, *sorted(names)]) for severity, names in told.items() if names)


@pytest.mark.parametrize(
    ("procfile", "told"),
    [
        (WEB, "error BASE CART PRODUCTION, information BILL LOCAL SHIP STAGING"),
        (
            "web: DJANGO_SETTINGS_MODULE=shop.settings.staging gunicorn shop.wsgi\n",
            "error BASE CART STAGING, information BILL LOCAL PRODUCTION SHIP",
        ),
        (
            "release: python manage.py migrate --settings=shop.settings.production\n",
            "error BASE CART PRODUCTION, information BILL LOCAL SHIP STAGING",
        ),
        (
            f"{WEB}clock: python manage.py ship --settings shop.settings.production\n",
            "error BASE CART PRODUCTION SHIP, information BILL LOCAL STAGING",
        ),
        (
            f"{WEB}release: python manage.py migrate\n",
            "error BASE CART LOCAL PRODUCTION, information BILL SHIP STAGING",
        ),
    ],
)
def test_what_the_processes_load(run: Run, tree: Tree, procfile: str, told: str) -> None:
    assert found(run, tree(f"-- Procfile --\n{procfile}{WSGI}{SHOP}")) == told


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ('-- cart/admin.py --\nname = "bill"\n', "information BILL LOCAL SHIP STAGING"),
        ('-- cart/admin.py --\ncall_command("bill")\n', "error BILL, information LOCAL SHIP STAGING"),
        ("-- cart/admin.py --\ncall_command(name)\n", "error BILL SHIP, information LOCAL STAGING"),
        (
            '-- app.json --\n{"scripts": {"postdeploy": "python manage.py ship"}}\n',
            "error LOCAL SHIP, information BILL STAGING",
        ),
        ("-- bin/post_compile --\npython manage.py bill\n", "error BILL LOCAL, information SHIP STAGING"),
    ],
)
def test_commands_that_run(run: Run, tree: Tree, files: str, told: str) -> None:
    whole = found(run, tree(f"-- Procfile --\n{WEB}{WSGI}{SHOP}{files}"))
    for name in ("BASE", "CART", "PRODUCTION"):
        whole = whole.replace(f" {name}", "", 1)
    assert whole.replace("error,", "").strip() == told


@pytest.mark.parametrize(
    "wsgi",
    [
        WSGI,
        WSGI.replace('os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\n', ""),
        WSGI.replace('"shop.settings.production"', "SETTINGS"),
    ],
    ids=["config var", "only a config var", "computed"],
)
def test_settings_that_are_not_known(run: Run, tree: Tree, wsgi: str) -> None:
    folder = tree(f"-- Procfile --\n{WEB}{wsgi}{SHOP}")
    assert (
        found(run, folder, "named")
        == "error BASE CART, warning PRODUCTION STAGING, information BILL LOCAL SHIP"
    )


def test_an_env_file_that_is_deployed_may_name_the_settings(run: Run, tree: Tree) -> None:
    folder = tree(f"-- Procfile --\n{WEB}-- .profile --\nexport DJANGO_SETTINGS_MODULE=x\n{WSGI}{SHOP}")
    told = found(run, folder)
    assert told == "error BASE CART, warning PRODUCTION STAGING, information BILL LOCAL SHIP"


CELERY = """\
-- shop/celery_app.py --
import os
from celery import Celery
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.local")
tasks = Celery("shop")
"""
VALUE = '{"env": {"DJANGO_SETTINGS_MODULE": {"value": "shop.settings.%s"}}}'


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (f"{CELERY}-- app.json --\n{VALUE % 'production'}\n", "error BASE CART PRODUCTION, warning STAGING"),
        (
            "-- bin/post_compile --\npython manage.py compress\n",
            "error BASE CART, warning PRODUCTION STAGING",
        ),
        (
            '-- app.json --\n{"scripts": {"postdeploy": "python manage.py migrate"}}\n',
            "error BASE CART, warning PRODUCTION STAGING",
        ),
        (
            f'-- app.json --\n{{"environments": {{"test": {VALUE % "local"}}}}}\n',
            "error BASE CART, warning PRODUCTION STAGING",
        ),
    ],
    ids=["value", "build hook", "postdeploy", "test run"],
)
def test_a_default_of_the_code_is_not_certain_if_the_app_names_the_settings(
    run: Run, tree: Tree, files: str, told: str
) -> None:
    package = SHOP.replace(
        "-- shop/__init__.py --\n", "-- shop/__init__.py --\nfrom .celery_app import tasks\n"
    )
    shop = package if CELERY in files else SHOP
    folder = tree(f"-- Procfile --\n{WEB}release: python manage.py migrate\n{WSGI}{shop}{files}")
    assert found(run, folder, "named") == f"{told}, information BILL LOCAL SHIP"


def test_what_a_build_hook_needs_with_settings_that_it_names(run: Run, tree: Tree) -> None:
    hook = "-- bin/post_compile --\npython manage.py compress --settings=shop.settings.local\n"
    told = "error BASE CART LOCAL, warning PRODUCTION STAGING, information BILL SHIP"
    assert found(run, tree(f"-- Procfile --\n{WEB}{WSGI}{SHOP}{hook}"), "named") == told


def test_settings_that_the_code_forces(run: Run, tree: Tree) -> None:
    wsgi = WSGI.replace('.setdefault("DJANGO_SETTINGS_MODULE", ', '["DJANGO_SETTINGS_MODULE"] = (')
    wsgi = wsgi.replace("= (", "= ").replace('production")', 'production"')
    folder = tree(f"-- Procfile --\n{WEB}{wsgi}{SHOP}")
    told = "error BASE CART PRODUCTION, information BILL LOCAL SHIP STAGING"
    assert found(run, folder, "named") == told


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("SECRET_KEY = os.environ.get('KEY') or 'x'\n", ""),
        ("SECRET_KEY = os.environ.get('KEY', 'x')\n", ""),
        ("SECRET_KEY = os.environ.get('KEY')\nif DEBUG:\n    SECRET_KEY = 'x'\n", ""),
        ("API_KEY = os.environ.get('KEY', '')\n", ""),
        ("SECRET_KEY = os.environ.get('KEY')\n", "error KEY"),
        ("SECRET_KEY = os.environ.get('KEY', '')\n", "error KEY"),
    ],
)
def test_the_secret_key(run: Run, tree: Tree, settings: str, told: str) -> None:
    wsgi = WSGI.replace("settings.production", "settings")
    folder = tree(f"-- Procfile --\n{WEB}{wsgi}-- shop/settings.py --\nimport os\n{settings}")
    assert found(run, folder) == told


def test_a_name_in_a_file_that_does_not_start_django(run: Run, tree: Tree) -> None:
    settings = "-- shop/settings.py --\nimport os\nSECRET_KEY = os.environ.get('KEY')\n"
    assert (
        found(
            run, tree(f"-- Procfile --\nweb: python app.py\n-- app.py --\nimport shop.settings\n{settings}")
        )
        == ""
    )


def test_the_message_names_what_decides(run: Run, tree: Tree) -> None:
    folder = tree(f"-- Procfile --\n{WEB}{WSGI}{SHOP}")
    ran = run(folder, "check", "--deploy", "--app", "named", "--output-format", "concise", "shop/settings")
    said = [
        line.split(" ", 1) for line in ran.out.splitlines() if " LOCAL " in line or " PRODUCTION " in line
    ]
    assert [message for _, message in said] == [
        "information not-on-heroku LOCAL is not set on Heroku app named; the code"
        " fails there without it, if DJANGO_SETTINGS_MODULE selects this file",
        "warning not-on-heroku PRODUCTION is not set on Heroku app named; the"
        " code fails there without it, if DJANGO_SETTINGS_MODULE selects this file, in the web process."
        " Set it: `heroku config:set PRODUCTION=… --app named`",
    ]

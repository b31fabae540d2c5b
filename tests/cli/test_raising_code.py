"""`check --deploy`: files that read no variable, and raise an exception because one is not set."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import judged
from configvars.cli.loaded import unrun
from support.projects import opened

APP = "-- heroku:bare --\n"
PROCFILE = "-- Procfile --\nweb: gunicorn app:app\n"
NOT_FOUND = {
    "a file that no process loads": """\
-- settings.py --
import os
PROD = os.environ.get("PROD", "1")
X = os.environ.get("X")
-- guard.py --
from settings import PROD, X
if PROD and not X:
    raise RuntimeError
-- app.py --
import settings
app = 1
""",
    "a suppression": """\
-- settings.py --
import os
PROD = os.environ.get("PROD", "1")
X = os.environ.get("X")  # configvars: ignore[not-on-heroku]
-- guard.py --
from settings import PROD, X
if PROD and not X:  # configvars: ignore[not-on-heroku]
    raise RuntimeError  # configvars: ignore[not-on-heroku]
-- app.py --
import guard
app = 1
""",
    "a condition that does not hold": """\
-- settings.py --
import os
PROD = os.environ.get("PROD")
X = os.environ.get("X")
-- guard.py --
from settings import PROD, X
if PROD and not X:
    raise RuntimeError
-- app.py --
import guard
app = 1
""",
    "an attribute that a method assigns": """\
-- settings.py --
import os
class Settings:
    X = os.environ.get("X")
    def load(self):
        self.X = "1"
settings = Settings()
settings.load()
-- guard.py --
from settings import settings
if not settings.X:
    raise RuntimeError
-- app.py --
import guard
app = 1
""",
    "an attribute that setattr sets": """\
-- settings.py --
import os
class Settings:
    X = os.environ.get("X")
settings = Settings()
setattr(settings, "X", "1")
-- guard.py --
from settings import settings
if not settings.X:
    raise RuntimeError
-- app.py --
import guard
app = 1
""",
    "settings of Django that a command names": """\
-- Procfile --
web: DJANGO_SETTINGS_MODULE=site1.production gunicorn site1.wsgi
-- manage.py --
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings")
-- site1/__init__.py --
-- site1/wsgi.py --
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings")
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
-- site1/settings.py --
import os
X = os.environ.get("X")
INSTALLED_APPS = ["shop"]
-- shop/__init__.py --
-- shop/apps.py --
from django.conf import settings
from django.apps import AppConfig
class Shop(AppConfig):
    def ready(self):
        if not settings.X:
            raise RuntimeError
""",
    "a function that nothing calls while the app starts": """\
-- settings.py --
import os
X = os.environ.get("X")
-- mail.py --
import settings
class Mail:
    def send(self):
        if not settings.X:
            raise RuntimeError
-- app.py --
import mail
app = 1
def view():
    mail.Mail().send()
""",
}
FOUND = {
    "fields of pydantic": """\
-- settings.py --
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    PROD: bool = True
    X: str = ""
settings = Settings()
-- guard.py --
from settings import settings
if settings.PROD and not settings.X:
    raise RuntimeError
-- app.py --
import guard
app = 1
""",
    "an attribute of an instance": """\
-- settings.py --
import os
class Settings:
    X = os.environ.get("X")
settings = Settings()
-- guard.py --
from settings import settings
def check():
    if not settings.X:
        raise RuntimeError
-- app.py --
import guard
guard.check()
app = 1
""",
    "attributes of a class": """\
-- settings.py --
import os
class Settings:
    PROD = os.environ.get("ENV", "prod") == "prod"
    X = os.environ.get("X")
-- guard.py --
import settings
if settings.Settings.PROD and not settings.Settings.X:
    raise RuntimeError
-- app.py --
import guard
app = 1
""",
    "an assert about a function of another file": """\
-- settings.py --
import os
def is_prod():
    return os.environ.get("ENV", "prod") == "prod"
X = os.environ.get("X")
-- pkg/__init__.py --
-- pkg/guard.py --
from settings import is_prod, X
def check():
    assert X or not is_prod()
-- app.py --
from pkg.guard import check
check()
app = 1
""",
    "a name that another file imports with *": """\
-- conf/__init__.py --
from .base import *
-- conf/base.py --
import os
X = os.environ.get("X")
-- guard.py --
from conf import X
if not X:
    exit(1)
-- app.py --
import guard
app = 1
""",
    "settings of Django": """\
-- Procfile --
web: gunicorn site1.wsgi
-- manage.py --
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings")
-- site1/__init__.py --
-- site1/wsgi.py --
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings")
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
-- site1/settings.py --
import os
X = os.environ.get("X")
INSTALLED_APPS = ["shop"]
-- shop/__init__.py --
-- shop/apps.py --
from django.conf import settings
from django.apps import AppConfig
class Shop(AppConfig):
    def ready(self):
        if not settings.X:
            raise RuntimeError
""",
    "settings of a module": """\
-- settings.py --
import os
PROD = os.environ.get("PROD", "1")
X = os.environ.get("X")
-- guard.py --
import settings
if settings.PROD and not settings.X:
    raise RuntimeError
-- app.py --
import guard
app = 1
""",
    "imported names": """\
-- settings.py --
import os
PROD = os.environ.get("PROD", "1")
X = os.environ.get("X")
-- guard.py --
from settings import PROD, X
if PROD and not X:
    raise RuntimeError
-- app.py --
import guard
app = 1
""",
}


def found(folder: Path, files: str) -> list[str]:
    """The findings that the app lacks a variable, each with its severity and message."""
    it = opened(folder, f"{APP}{'' if 'Procfile' in files else PROCFILE}{files}")
    project = judged(it.workspace, str(folder), deploying=True, unrun=unrun(it.workspace, str(folder)))
    return [
        f"{each.severity} {each.message}"
        for path in project.index.files
        for each in run_checks(project, path)
        if each.check == "not-on-heroku"
    ]


@pytest.mark.parametrize("files", NOT_FOUND.values(), ids=NOT_FOUND)
def test_code_that_does_not_fail(tmp_path: Path, files: str) -> None:
    assert not any(each.startswith(("error", "warning")) for each in found(tmp_path, files))


@pytest.mark.parametrize("files", FOUND.values(), ids=FOUND)
def test_code_that_fails_without_a_variable(tmp_path: Path, files: str) -> None:
    start = "error X is not set on Heroku app bare; the code fails there without it, at "
    assert [each[: len(start)] for each in found(tmp_path, files)] == [start]


def test_a_function_that_may_be_called_later(tmp_path: Path) -> None:
    files = NOT_FOUND["a function that nothing calls while the app starts"]
    assert found(tmp_path, files) == [
        "information X is not set on Heroku app bare; the code fails there without it, at mail.py:5,"
        " if something calls this function"
    ]

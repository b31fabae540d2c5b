"""`check --deploy`: settings of Django that `migrate` refuses, because the app does not have a variable.

The programs were run with Django 5.2 and dj-database-url 3.1.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import judged
from support.projects import opened
from support.started import is_reported

_RELEASE = "-- Procfile --\nrelease: python manage.py migrate\n"
_MANAGE = (
    "-- manage.py --\nimport os, sys\ndef main():\n"
    "    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
    "    from django.core.management import execute_from_command_line\n"
    "    execute_from_command_line(sys.argv)\n"
    'if __name__ == "__main__":\n    main()\n'
)
_SETTINGS = (
    "-- shop/__init__.py --\n-- shop/settings.py --\nimport os\nimport dj_database_url\nSECRET_KEY = 'x'\n"
)
_SQLITE = "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x.db'}}\n"
_POSTGRES = "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', "

SILENT = {
    "a default": "DATABASES = {'default': dj_database_url.config(env='A', default='sqlite:///x.db')}\n",
    "a default by position": "DATABASES = {'default': dj_database_url.config('A', 'sqlite:///x.db')}\n",
    "a default that is computed": (
        "DATABASES = {'default': dj_database_url.config('A', default=f'sqlite:///{os.getcwd()}/x.db')}\n"
    ),
    "the URL of another variable": (
        "DATABASES = {'default': dj_database_url.config('A', os.environ.get('B', 'sqlite:///x.db'))}\n"
    ),
    "an update of SQLite": f"{_SQLITE}DATABASES['default'].update(dj_database_url.config('A'))\n",
    "an update through a name": (
        f"{_SQLITE}db = dj_database_url.config('A', conn_max_age=600)\nDATABASES['default'].update(db)\n"
    ),
    "an assignment if there is a URL": (
        f"{_SQLITE}db = dj_database_url.config('A')\nif db:\n    DATABASES['default'] = db\n"
    ),
    "an assignment if there is a variable": (
        f"{_SQLITE}if 'A' in os.environ:\n    DATABASES['default'] = dj_database_url.config('A')\n"
    ),
    "or": (
        "DATABASES = {'default': dj_database_url.config('A')\n"
        "    or {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x'}}\n"
    ),
    "an engine that is set afterwards": (
        "DATABASES = {'default': dj_database_url.config('A')}\n"
        "DATABASES['default']['ENGINE'] = 'django.db.backends.sqlite3'\nDATABASES['default']['NAME'] = 'x'\n"
    ),
    "another database": f"{_SQLITE}DATABASES['old'] = dj_database_url.config('A')\n",
    "settings that a function changes": (
        "import django_heroku\nDATABASES = {'default': dj_database_url.config('A')}\n"
        "django_heroku.settings(locals())\n"
    ),
    "names of a library": "DATABASES = {'default': dj_database_url.config('A')}\nfrom library import *\n",
    "a function of a library": (
        "from library import fix\nDATABASES = {'default': dj_database_url.config('A')}\nfix(DATABASES)\n"
    ),
    "a default engine": (
        "DATABASES = {'default': dj_database_url.config('A')}\n"
        "DATABASES['default'].setdefault('ENGINE', 'django.db.backends.sqlite3')\n"
    ),
    "another database if there is none": (
        "DATABASES = {'default': dj_database_url.config('A')}\nif not DATABASES['default']:\n"
        "    DATABASES['default'] = {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x'}\n"
    ),
    "hosts": f"{_SQLITE}ALLOWED_HOSTS = os.getenv('A', '').split(',')\n",
    "origins with a default": f"{_SQLITE}CSRF_TRUSTED_ORIGINS = os.getenv('A', 'https://a.example').split(',')\n",
    "origins without empty ones": (
        f"{_SQLITE}CSRF_TRUSTED_ORIGINS = [x for x in os.getenv('A', '').split(',') if x]\n"
    ),
    "origins that are split at blanks": f"{_SQLITE}CSRF_TRUSTED_ORIGINS = os.getenv('A', '').split()\n",
    "an old Django": (
        f"{_SQLITE}CSRF_TRUSTED_ORIGINS = os.getenv('A', '').split(',')\n"
        "-- requirements.txt --\nDjango==3.2.25\n"
    ),
    "an engine with a default": (
        "DATABASES = {'default': {'ENGINE': os.getenv('A', 'django.db.backends.sqlite3'), 'NAME': 'x.db'}}\n"
    ),
    "a service": f"{_POSTGRES}'NAME': os.getenv('A', ''), 'OPTIONS': {{'service': 'x'}}}}}}\n",
    "a password": f"{_POSTGRES}'NAME': 'x', 'HOST': 'db.example', 'PASSWORD': os.getenv('A')}}}}\n",
    "None as the name": f"{_POSTGRES}'NAME': os.getenv('A'), 'HOST': 'db.example'}}}}\n",
}
FOUND = {
    "no default": "DATABASES = {'default': dj_database_url.config(env='A')}\n",
    "options": "DATABASES = {'default': dj_database_url.config('A', conn_max_age=600, ssl_require=True)}\n",
    "None as default": "DATABASES = {'default': dj_database_url.config(env='A', default=None)}\n",
    "its own variable as default": (
        "DATABASES = {'default': dj_database_url.config('A', default=os.environ.get('A'))}\n"
    ),
    "an assignment": "DATABASES = {}\nDATABASES['default'] = dj_database_url.config('A')\n",
    "an assignment over SQLite": f"{_SQLITE}DATABASES['default'] = dj_database_url.config('A')\n",
    "options that are set afterwards": (
        "DATABASES = {'default': dj_database_url.config('A')}\n"
        "DATABASES['default']['ATOMIC_REQUESTS'] = True\n"
    ),
    "an update of nothing": (
        "DATABASES = {'default': {}}\nDATABASES['default'].update(dj_database_url.config('A'))\n"
    ),
    "empty origins": f"{_SQLITE}CSRF_TRUSTED_ORIGINS = os.getenv('A', '').split(',')\n",
    "an empty origin": f"{_SQLITE}CSRF_TRUSTED_ORIGINS = [os.getenv('A', '')]\n",
    "None as an origin": f"{_SQLITE}CSRF_TRUSTED_ORIGINS = [os.environ.get('A')]\n",
    "None among origins": f"{_SQLITE}CSRF_TRUSTED_ORIGINS = ['https://a.example', os.environ.get('A')]\n",
    "no engine": "DATABASES = {'default': {'ENGINE': os.environ.get('A'), 'NAME': 'x'}}\n",
    "no name": f"{_POSTGRES}'NAME': os.environ.get('A', ''), 'HOST': 'db.example'}}}}\n",
    "no file": "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': os.getenv('A')}}\n",
    "no host": f"{_POSTGRES}'NAME': 'x', 'HOST': os.environ.get('A')}}}}\n",
}


@pytest.mark.parametrize("code", SILENT.values(), ids=SILENT)
def test_settings_that_migrate_accepts(tmp_path: Path, code: str) -> None:
    assert not is_reported(tmp_path, f"{_RELEASE}{_MANAGE}{_SETTINGS}{code}")


@pytest.mark.parametrize("code", FOUND.values(), ids=FOUND)
def test_settings_that_migrate_refuses(tmp_path: Path, code: str) -> None:
    assert is_reported(tmp_path, f"{_RELEASE}{_MANAGE}{_SETTINGS}{code}")


def test_a_command_that_uses_no_database(tmp_path: Path) -> None:
    files = f"{_RELEASE}{_MANAGE}{_SETTINGS}{FOUND['no default']}".replace("migrate", "collectstatic")
    assert not is_reported(tmp_path, files)


_COMMAND = (
    "-- shop/management/commands/ship.py --\nfrom django.core.management import call_command\n"
    "from django.core.management.base import BaseCommand\nclass Command(BaseCommand):\n"
)
_HANDLE = "    def handle(self, *args, **options):\n"
_UNCHECKED = f"{_COMMAND}    requires_system_checks = []\n{_HANDLE}"
_ORIGIN = f"{_SQLITE}CSRF_TRUSTED_ORIGINS = os.getenv('A', '').split(',')\n"
_NO_DATABASE = "DATABASES = {'default': dj_database_url.config('A')}\n"

# A management command, the code of the project's own command, and the settings.
ACCEPTED = {
    "no checks: createcachetable": ("createcachetable", "", _ORIGIN),
    "no checks: collectstatic": ("collectstatic", "", _ORIGIN),
    "no checks: shell": ("shell -c 1", "", _ORIGIN),
    "checks that are skipped": ("migrate --skip-checks", "", _ORIGIN),
    "other checks": ("check --tag security", "", _ORIGIN),
    "no database: createcachetable": ("createcachetable", "", _NO_DATABASE),
    "no database: check": ("check", "", _NO_DATABASE),
    "no database: makemigrations": ("makemigrations --check", "", _NO_DATABASE),
    "own command without a database": ("ship", f"{_COMMAND}{_HANDLE}        pass\n", _NO_DATABASE),
    "own command without checks": ("ship", f"{_UNCHECKED}        pass\n", _ORIGIN),
    "a called command has no checks": ("ship", f"{_UNCHECKED}        call_command('migrate')\n", _ORIGIN),
    "a command that may be called": (
        "ship",
        f"{_UNCHECKED}        if options['x']:\n            call_command('migrate')\n",
        _NO_DATABASE,
    ),
    "a command that may end before": (
        "ship",
        f"{_UNCHECKED}        if options['x']:\n            return\n        call_command('migrate')\n",
        _NO_DATABASE,
    ),
    "an unknown base class": (
        "ship",
        "-- shop/management/commands/ship.py --\nfrom other import ShipCommand\n"
        f"class Command(ShipCommand):\n{_HANDLE}        pass\n",
        _ORIGIN,
    ),
}
REFUSED = {
    "showmigrations": ("showmigrations", "", _ORIGIN),
    "makemigrations": ("makemigrations --check", "", _ORIGIN),
    "flush": ("flush --noinput", "", _NO_DATABASE),
    "own command": ("ship", f"{_COMMAND}{_HANDLE}        pass\n", _ORIGIN),
    "a called command": ("ship", f"{_UNCHECKED}        call_command('migrate')\n", _NO_DATABASE),
    "a called command after others": (
        "ship",
        f"{_COMMAND}{_HANDLE}        print('x')\n        call_command('migrate', interactive=False)\n",
        _NO_DATABASE,
    ),
    "a called command with checks": (
        "ship",
        f"{_UNCHECKED}        call_command('migrate', skip_checks=False)\n",
        _ORIGIN,
    ),
    "a called check": ("ship", f"{_UNCHECKED}        call_command('check')\n", _ORIGIN),
}


@pytest.mark.parametrize(("command", "own", "settings"), ACCEPTED.values(), ids=ACCEPTED)
def test_commands_that_accept_the_settings(tmp_path: Path, command: str, own: str, settings: str) -> None:
    files = f"{_RELEASE.replace('migrate', command)}{_MANAGE}{_SETTINGS}{settings}{own}"
    assert not is_reported(tmp_path, files)


@pytest.mark.parametrize(("command", "own", "settings"), REFUSED.values(), ids=REFUSED)
def test_commands_that_refuse_the_settings(tmp_path: Path, command: str, own: str, settings: str) -> None:
    files = f"{_RELEASE.replace('migrate', command)}{_MANAGE}{_SETTINGS}{settings}{own}"
    assert is_reported(tmp_path, files)


def test_views_that_use_the_database(tmp_path: Path) -> None:
    wsgi = (
        "-- Procfile --\nweb: gunicorn wsgi\n-- heroku:shop --\n-- wsgi.py --\nimport os\n"
        "from django.core.wsgi import get_wsgi_application\n"
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
        "application = get_wsgi_application()\n"
    )
    it = opened(tmp_path, f"{wsgi}{_SETTINGS}{FOUND['no default']}")
    project = judged(it.workspace, str(tmp_path), deploying=True)
    found = [each for path in project.index.files for each in run_checks(project, path)]
    assert [f"{each.severity} {each.message}" for each in found if each.check == "not-on-heroku"] == [
        "warning A is not set on Heroku app shop; what uses the database fails there without it, "
        "at shop/settings.py:4. Set it: `heroku config:set A=… --app shop`"
    ]

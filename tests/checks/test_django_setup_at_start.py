"""`check --deploy`: what Django's settings object contains, and the apps, models and URLs that it loads.

Each program is really run with Django 5.2.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.limits import START_STEPS
from support.started import failing, is_reported, starting

_PROJECT = (
    "-- Procfile --\nweb: gunicorn proj.wsgi\nrelease: python manage.py migrate\n"
    "-- proj/__init__.py --\n-- shop/__init__.py --\n"
    "-- proj/wsgi.py --\nimport os\nfrom django.core.wsgi import get_wsgi_application\n"
    "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'proj.settings')\n"
    "application = get_wsgi_application()\n"
    "-- manage.py --\nimport os, sys\ndef main():\n"
    "    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'proj.settings')\n"
    "    from django.core.management import execute_from_command_line\n"
    "    execute_from_command_line(sys.argv)\n"
    'if __name__ == "__main__":\n    main()\n'
    "-- proj/settings.py --\nimport os\nSECRET_KEY = 'x'\nINSTALLED_APPS = ['shop']\n"
    "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x.db'}}\n"
    "ROOT_URLCONF = 'proj.urls'\nA = os.environ.get('A')\n"
)
_URLS = "-- proj/urls.py --\nurlpatterns = []\n"
_SITE = f"{_PROJECT}{_URLS}"
_USE = "from django.conf import settings\n"
_MODELS = f"{_SITE}-- shop/models.py --\n{_USE}"
_CONFIG = f"{_USE}from django.apps import AppConfig\nclass ShopConfig(AppConfig):\n    name = 'shop'\n"
_READY = "    def ready(self):\n"
_APPS = f"{_SITE}-- shop/apps.py --\n{_CONFIG}{_READY}"
_CLIENT = (
    "-- shop/client.py --\nimport os\nT = os.environ.get('A')\ndef connect():\n    return 'Bearer ' + T\n"
)
_LATE = "-- shop/late.py --\nfrom django.conf import settings\nN = settings.A + '/x'\n"
_FAILS = "N = settings.A + '/x'\n"
_MIGRATE = "sys.argv = ['manage.py', 'migrate']; import manage; manage.main()"


def _with(settings: str, rest: str = f"-- shop/models.py --\n{_USE}{_FAILS}") -> str:
    """A project whose settings module has more lines at its end."""
    return f"{_PROJECT}{settings}{_URLS}{rest}"


SILENT = {
    "a setting that is None": f"{_MODELS}N = settings.A\n",
    "a default": f"{_MODELS}N = (settings.A or 'x') + '/x'\n",
    "a test": f"{_MODELS}N = settings.A + '/x' if settings.A else ''\n",
    "a default of getattr is not used": f"{_MODELS}N = getattr(settings, 'B', 'x') + '/x'\n",
    "in a function": f"{_MODELS}def f():\n    return settings.A + '/x'\n",
    "in a method": f"{_MODELS}class Shop:\n    def f(self):\n        return settings.A + '/x'\n",
    "in a try": f"{_MODELS}try:\n    {_FAILS}except TypeError:\n    pass\n",
    "set afterwards in the settings": _with("A = A or 'x'\n"),
    "set if it is not set": _with("if not A:\n    A = 'x'\n"),
    "another app sets it": (
        f"{_APPS}        settings.A = settings.A or 'x'\n        from . import late\n{_LATE}"
    ),
    "setattr": (f"{_APPS}        setattr(settings, 'A', 'x')\n        from . import late\n{_LATE}"),
    "setattr of a computed name": (
        f"{_APPS}        for name in ('A', 'B'):\n            setattr(settings, name, 'x')\n"
        f"        from . import late\n{_LATE}"
    ),
    "a function sets it": (
        f"{_APPS}        from .fill import fill\n        fill(settings, 'A')\n        from . import late\n"
        f"-- shop/fill.py --\ndef fill(where, name):\n    setattr(where, name, 'x')\n{_LATE}"
    ),
    "a function perhaps sets it": (
        f"{_APPS}        import sys\n        from .fill import fill\n        if len(sys.argv) < 9:\n"
        f"            fill(settings, 'A')\n        from . import late\n"
        "-- shop/fill.py --\ndef fill(where, name):\n    setattr(where, name, 'x')\n"
        f"{_LATE}"
    ),
    "a name that Django sets": _with(
        "MEDIA_URL = os.environ.get('A', '')\n",
        f"-- shop/models.py --\n{_USE}if not settings.MEDIA_URL:\n    raise ValueError\n",
    ),
    "a default of Django": _with(
        "if A:\n    EMAIL_HOST = 'x'\n",
        f"-- shop/models.py --\n{_USE}N = settings.EMAIL_HOST + 'x'\n",
    ),
    "an update of all attributes": (
        f"{_APPS}        settings.__dict__.update(A='x')\n        from . import late\n{_LATE}"
    ),
    "a class of settings": _with(
        "from configurations import Configuration\nclass Live(Configuration):\n    A = 'x'\n",
        f"-- shop/models.py --\n{_USE}{_FAILS}-- configurations.py --\nimport sys\n"
        "class Configuration:\n    def __init_subclass__(cls):\n        "
        "vars(sys.modules[cls.__module__]).update(A=cls.A)\n",
    ),
    "settings of another file": _with(
        "from split_settings.tools import include\ninclude('live.py')\n",
        f"-- shop/models.py --\n{_USE}{_FAILS}-- split_settings/__init__.py --\n"
        "-- split_settings/tools.py --\n"
        "import sys\ndef include(name):\n    sys._getframe(1).f_globals['A'] = 'x'\n",
    ),
    "local settings": _with(
        "try:\n    from .local import *\nexcept ImportError:\n    A = 'x'\n",
    ),
    "a test of the command": (
        f"{_SITE}-- shop/models.py --\nimport sys\n{_USE}if len(sys.argv) > 9:\n    {_FAILS}"
    ),
    "the error is handled where the apps are loaded": (
        f"{_MODELS}{_FAILS}".replace(
            "application = get_wsgi_application()",
            "try:\n    application = get_wsgi_application()\nexcept TypeError:\n    application = None",
        ).replace(
            "    execute_from_command_line(sys.argv)",
            "    try:\n        execute_from_command_line(sys.argv)\n    except TypeError:\n        pass",
        )
    ),
    "settings that code overrides": (
        f"{_MODELS}from django.test.utils import override_settings\n"
        f"with override_settings(A='x'):\n    {_FAILS}"
    ),
    "an app that is removed": _with("INSTALLED_APPS.remove('shop')\n"),
    "an app that a test adds": _with(
        "if A:\n    INSTALLED_APPS.append('other')\n",
        f"-- other/__init__.py --\n-- other/models.py --\n{_USE}{_FAILS}",
    ),
    "an app that is added and removed": _with(
        "INSTALLED_APPS += ['other']\nINSTALLED_APPS.remove('other')\n",
        f"-- other/__init__.py --\n-- other/models.py --\n{_USE}{_FAILS}",
    ),
    "an app that is added to a copy": _with(
        "for APPS in list(INSTALLED_APPS), INSTALLED_APPS[:], [*INSTALLED_APPS], INSTALLED_APPS.copy():\n"
        "    APPS += ['other']\n    APPS.append('other')\n",
        f"-- other/__init__.py --\n-- other/models.py --\n{_USE}{_FAILS}",
    ),
    "apps that a function removes": _with(
        "import sys\ndef change(apps):\n    if len(sys.argv) < 99:\n        apps.insert(0, apps.pop())\n"
        "        apps.remove('other')\nINSTALLED_APPS.append('other')\nchange(INSTALLED_APPS)\n",
        f"-- other/__init__.py --\n-- other/models.py --\n{_USE}{_FAILS}",
    ),
    "an item of a setting that is set": _with(
        "C = {'a': A}\n",
        f"-- shop/apps.py --\n{_CONFIG}{_READY}        settings.C['a'] = 'x'\n        from . import late\n"
        f"-- shop/late.py --\n{_USE}N = settings.C['a'] + '/x'\n",
    ),
    "not in the apps": f"{_SITE}-- other/__init__.py --\n-- other/models.py --\n{_USE}{_FAILS}",
    "views that nothing imports": f"{_SITE}-- shop/views.py --\n{_USE}{_FAILS}",
    "no models": f"{_SITE}-- shop/tasks.py --\n{_USE}{_FAILS}",
    "a config that is not the default": (
        f"{_SITE}-- shop/apps.py --\n{_CONFIG}    default = False\n{_READY}        {_FAILS}"
    ),
    "two configs": (
        f"{_SITE}-- shop/apps.py --\n{_CONFIG}{_READY}        {_FAILS}"
        "class Other(AppConfig):\n    name = 'shop'\n"
    ),
    "another config is the default": (
        f"{_SITE}-- shop/apps.py --\n{_CONFIG}{_READY}        {_FAILS}"
        "class Other(AppConfig):\n    name = 'shop'\n    default = True\n"
    ),
    "another method": f"{_SITE}-- shop/apps.py --\n{_CONFIG}    def later(self):\n        {_FAILS}",
    "ready behind a test": f"{_APPS}        if settings.A:\n            {_FAILS}",
    "ready may return": (
        f"{_APPS}        import sys\n        if 'migrate' in sys.argv:\n            return\n        {_FAILS}"
    ).replace("web: gunicorn proj.wsgi\n", ""),
    "a function that ready does not call": f"{_APPS}        from .client import connect\n{_CLIENT}",
    "a client with a default": (
        f"{_APPS}        from .client import connect\n        connect()\n{_CLIENT}".replace(
            "('A')\n", "('A') or 'x'\n"
        )
    ),
    "a module of settings that is replaced": _with(
        "",
        f"-- shop/models.py --\nfrom shop.conf import settings\n{_FAILS}"
        "-- shop/conf.py --\nclass settings:\n    A = 'x'\n",
    ),
    "an app that is not installed": _with("INSTALLED_APPS = []\n"),
    "a name in lower case": _with(
        "b = A\n", f"-- shop/models.py --\n{_USE}N = getattr(settings, 'b', 'x') + 'x'\n"
    ),
    "URLs that are not included": (f"{_SITE}-- shop/urls.py --\n{_USE}{_FAILS}urlpatterns = []\n"),
    "other settings": (
        f"{_PROJECT}{_URLS}-- shop/models.py --\n{_USE}{_FAILS}"
        "-- proj/live.py --\nfrom proj.settings import *\nA = 'x'\n"
    ).replace("'proj.settings'", "'proj.live'"),
}
FOUND = {
    "models": f"{_MODELS}{_FAILS}",
    "a class of models": f"{_MODELS}class Shop:\n    url = settings.A + '/x'\n",
    "a called function": f"{_MODELS}def f():\n    return settings.A + '/x'\nN = f()\n",
    "getattr": f"{_MODELS}N = getattr(settings, 'A') + '/x'\n",
    "getattr with a default": f"{_MODELS}N = getattr(settings, 'A', 'x') + '/x'\n",
    "a package of models": (
        f"{_SITE}-- shop/models/__init__.py --\nfrom .shop import N\n"
        f"-- shop/models/shop.py --\n{_USE}{_FAILS}"
    ),
    "another name": f"{_SITE}-- shop/models.py --\nfrom django.conf import settings as s\nN = s.A + '/x'\n",
    "a check": f"{_MODELS}if not settings.A:\n    raise ValueError\n",
    "the package": f"{_SITE}-- shop/__init__.py --\n{_USE}{_FAILS}".replace(
        "-- shop/__init__.py --\n", "", 1
    ),
    "ready": f"{_APPS}        {_FAILS}",
    "ready raises": f"{_APPS}        if not settings.A:\n            raise ValueError\n",
    "ready imports": f"{_APPS}        from . import signals\n-- shop/signals.py --\n{_USE}{_FAILS}",
    "ready calls": f"{_APPS}        from .client import connect\n        connect()\n{_CLIENT}",
    "ready calls with a setting": (
        f"{_APPS}        from .client import connect\n        connect(settings.A)\n"
        "-- shop/client.py --\ndef connect(key):\n    return 'Bearer ' + key\n"
    ),
    "a config in the settings": _with(
        "INSTALLED_APPS = ['django.contrib.contenttypes', 'shop.apps.ShopConfig']\n",
        f"-- shop/apps.py --\n{_CONFIG}{_READY}        {_FAILS}",
    ),
    "models of a config in the settings": _with(
        "INSTALLED_APPS = ['shop.apps.ShopConfig']\n",
        f"-- shop/apps.py --\n{_CONFIG}-- shop/models.py --\n{_USE}{_FAILS}",
    ),
    "the default config": (
        f"{_SITE}-- shop/apps.py --\n{_CONFIG}    default = True\n{_READY}        {_FAILS}"
        "class Other(AppConfig):\n    name = 'shop'\n"
    ),
    "the second app": _with(
        "INSTALLED_APPS = ['django.contrib.auth', 'django.contrib.contenttypes', 'shop']\n"
    ),
    "apps that += adds": _with("INSTALLED_APPS = []\nINSTALLED_APPS += ['shop']\n"),
    "apps of a tuple that += adds": _with("INSTALLED_APPS = ()\nINSTALLED_APPS += ('shop',)\n"),
    "an app that is appended": _with("INSTALLED_APPS = []\nINSTALLED_APPS.append('shop')\n"),
    "an app that is inserted": _with("INSTALLED_APPS = []\nINSTALLED_APPS.insert(0, 'shop')\n"),
    "apps that are added through another name": _with(
        "APPS = INSTALLED_APPS = []\nAPPS.extend(['shop'])\n",
    ),
    "apps that a loop adds": _with(
        "INSTALLED_APPS = []\nfor app in ['django.contrib.auth', 'django.contrib.contenttypes', 'shop']:\n"
        "    INSTALLED_APPS.append(app)\n"
    ),
    "apps that a module with the rest of the settings adds": (
        f"{_SITE}-- shop/models.py --\n{_USE}{_FAILS}-- proj/live.py --\n"
        "from proj.settings import *\nINSTALLED_APPS += ['django.contrib.contenttypes']\n"
    ).replace("'proj.settings'", "'proj.live'"),
    "a part of the settings": (
        f"{_SITE}-- shop/models.py --\n{_USE}{_FAILS}-- proj/live.py --\nfrom proj.settings import *\n"
    ).replace("'proj.settings'", "'proj.live'"),
}
OF_URLS = {
    "URLs": f"{_PROJECT}-- proj/urls.py --\n{_USE}{_FAILS}urlpatterns = []\n",
    "URLs of an app": (
        f"{_PROJECT}-- proj/urls.py --\nfrom django.urls import include, path\n"
        "urlpatterns = [path('shop/', include('shop.urls'))]\n"
        f"-- shop/urls.py --\n{_USE}{_FAILS}urlpatterns = []\n"
    ),
    "views": (
        f"{_PROJECT}-- proj/urls.py --\nfrom shop import views\nurlpatterns = []\n"
        f"-- shop/views.py --\n{_USE}{_FAILS}"
    ),
}
_MIDDLEWARE = "MIDDLEWARE = ['django.middleware.common.CommonMiddleware', 'shop.middleware.Key']\n"
_KEY = f"-- shop/middleware.py --\n{_USE}"
_INIT = "    def __init__(self, get_response):\n        self.get_response = get_response\n"
_UNUSED = "from django.core.exceptions import MiddlewareNotUsed\n"
UNUSED = {
    "middleware that is not used without it": _with(
        _MIDDLEWARE,
        f"{_KEY}{_UNUSED}class Key:\n{_INIT}        if not settings.A:\n            raise MiddlewareNotUsed\n"
        f"        self.{_FAILS}",
    ),
    "middleware that is not used": _with(
        _MIDDLEWARE, f"{_KEY}{_UNUSED}def Key(get_response):\n    raise MiddlewareNotUsed('x')\n{_FAILS}"
    ).replace(_FAILS, ""),
    "middleware that is called later": _with(
        _MIDDLEWARE, f"{_KEY}class Key:\n{_INIT}    def __call__(self, request):\n        {_FAILS}"
    ),
    "a function of middleware that is called later": _with(
        _MIDDLEWARE, f"{_KEY}def Key(get_response):\n    def run(request):\n        {_FAILS}    return run\n"
    ),
    "middleware with a default": _with(
        _MIDDLEWARE, f"{_KEY}class Key:\n{_INIT}        self.N = (settings.A or 'x') + '/x'\n"
    ),
    "middleware that is removed": _with(
        f"{_MIDDLEWARE}MIDDLEWARE.remove('shop.middleware.Key')\n",
        f"{_KEY}{_FAILS}def Key(get_response):\n    return get_response\n",
    ),
    "an admin module without the admin": _with("", f"-- shop/admin.py --\n{_USE}{_FAILS}"),
}
_ADMIN = (
    "INSTALLED_APPS = ['django.contrib.auth', 'django.contrib.contenttypes', 'django.contrib.sessions',\n"
    "    'django.contrib.messages', 'django.contrib.admin', 'shop']\n"
)
_SIMPLE = _ADMIN.replace("contrib.admin'", "contrib.admin.apps.SimpleAdminConfig'")
UNUSED["an admin module that is not discovered"] = _with(_SIMPLE, f"-- shop/admin.py --\n{_USE}{_FAILS}")
SERVED = {
    "the module of middleware": _with(
        _MIDDLEWARE, f"{_KEY}{_FAILS}def Key(get_response):\n    return get_response\n"
    ),
    "a function of middleware": _with(
        _MIDDLEWARE, f"{_KEY}def Key(get_response):\n    {_FAILS}    return get_response\n"
    ),
    "a class of middleware": _with(_MIDDLEWARE, f"{_KEY}class Key:\n{_INIT}        self.{_FAILS}"),
    "a class of middleware with Django's": _with(
        _MIDDLEWARE,
        f"{_KEY}from django.utils.deprecation import MiddlewareMixin\nclass Key(MiddlewareMixin):\n"
        "    def __init__(self, get_response):\n        super().__init__(get_response)\n"
        f"        self.{_FAILS}",
    ),
    "middleware that refuses": _with(
        _MIDDLEWARE,
        f"{_KEY}from django.core.exceptions import ImproperlyConfigured\nclass Key:\n{_INIT}"
        "        if not settings.A:\n            raise ImproperlyConfigured('A')\n",
    ),
    "middleware that is added": _with(
        f"MIDDLEWARE = []\n{_MIDDLEWARE.replace('=', '+=')}",
        f"{_KEY}class Key:\n{_INIT}        self.{_FAILS}",
    ),
    "admin": _with(_ADMIN, f"-- shop/admin.py --\n{_USE}{_FAILS}"),
    "admin of an app with a config": _with(
        _ADMIN.replace("'shop'", "'shop.apps.ShopConfig'"),
        f"-- shop/apps.py --\n{_CONFIG}-- shop/admin.py --\n{_USE}{_FAILS}",
    ),
}
_REGISTERED = (
    f"{_APPS}        from . import checks\n-- shop/checks.py --\n{_USE}from django.core import checks\n"
)
_CHECK = f"{_REGISTERED}@checks.register()\ndef check(app_configs, **kwargs):\n"
_COLLECTS = (
    "    found = []\n    if not settings.A:\n        found.append(checks.Error('A', id='shop.E1'))\n"
    "    return found\n"
)
PASSED = {
    "a warning": f"{_CHECK}{_COLLECTS.replace('Error', 'Warning')}",
    "a warning besides another error": (
        f"{_CHECK}    found = []\n    if not settings.A:\n        found.append(checks.Warning('A'))\n"
        "    if not settings.SECRET_KEY:\n        found.append(checks.Error('B'))\n    return found\n"
    ),
    "a check for deployments": f"{_CHECK}{_COLLECTS}".replace("register()", "register(deploy=True)"),
    "a check that is not registered": f"{_CHECK}{_COLLECTS}".replace("@checks.register()\n", ""),
    "a check that is silenced": f"{_CHECK}{_COLLECTS}".replace(
        "ROOT_URLCONF", "SILENCED_SYSTEM_CHECKS = ['shop.E1']\nROOT_URLCONF"
    ),
    "a check with a default": f"{_CHECK}{_COLLECTS.replace('not settings.A', 'not (settings.A or 1)')}",
    "a module of checks that nothing imports": f"{_CHECK}{_COLLECTS}".replace(
        "from . import checks\n", "pass\n"
    ),
}
REFUSED = {
    "a check that collects errors": f"{_CHECK}{_COLLECTS}",
    "a check that returns an error": (
        f"{_CHECK}    if not settings.A:\n        return [checks.Error('A')]\n    return []\n"
    ),
    "a check without parentheses": f"{_CHECK}{_COLLECTS}".replace("register()", "register"),
    "a check with a tag": f"{_CHECK}{_COLLECTS}".replace("register()", "register(checks.Tags.security)"),
    "a check that a call registers": (
        f"{_CHECK}{_COLLECTS}checks.register(check)\n".replace("@checks.register()\n", "")
    ),
    "a check that fails": f"{_CHECK}    return [] if settings.A.lower() else []\n",
}
UNCHECKED = {name: files.replace("py migrate", "py migrate --skip-checks") for name, files in OF_URLS.items()}

test_projects_that_start = starting(SILENT, _MIGRATE)
test_projects_that_serve = starting(
    {name: files for name, files in SILENT.items() if name != "ready may return"}, "import proj.wsgi"
)
test_projects_that_fail = failing(FOUND, _MIGRATE)
test_projects_that_cannot_serve = failing(FOUND, "import proj.wsgi")
test_checks_that_pass = starting(PASSED, _MIGRATE)
test_checks_that_refuse = failing(REFUSED, _MIGRATE)
test_checks_that_nothing_runs = starting(
    {name: files.replace("release: python manage.py migrate\n", "") for name, files in REFUSED.items()},
    "import proj.wsgi",
)
test_middleware_that_starts = starting(UNUSED, "import proj.wsgi")
test_middleware_and_admin_that_fail = failing(SERVED, "import proj.wsgi")
test_middleware_that_migrations_do_not_load = starting(
    {
        name: files.replace("web: gunicorn proj.wsgi\n", "")
        for name, files in SERVED.items()
        if "middleware" in name
    },
    _MIGRATE,
)
test_urls_that_fail = failing(OF_URLS, _MIGRATE)
test_urls_that_nothing_loads = starting(
    UNCHECKED, _MIGRATE.replace("'migrate'", "'migrate', '--skip-checks'")
)


def test_the_database_counts_after_an_app_that_ends_the_program(tmp_path: Path) -> None:
    database = "{'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': os.getenv('A')}}"
    assert is_reported(
        tmp_path, _with(f"DATABASES = {database}\n", "-- shop/models.py --\nraise ValueError\n")
    )


@pytest.mark.slow
@pytest.mark.beyond_limits
def test_the_database_counts_after_apps_with_too_much_code(tmp_path: Path) -> None:
    database = "{'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': os.getenv('A')}}"
    code = "N = [" + "1, " * START_STEPS.most + "]\n"
    assert is_reported(tmp_path, _with(f"DATABASES = {database}\n", f"-- shop/models.py --\n{code}"))

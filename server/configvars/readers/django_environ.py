"""django-environ: `Env` with schemes, typed getters, and getters that imply a name (`env.db()`).

Source of the signatures: django-environ 0.12 (`environ/environ.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from configvars.model import Example, Need
from configvars.names.values import Arguments, Sequence, Str
from configvars.readers.base import Argument, Fact, Handler, Reader, Site, Use, contained
from configvars.readers.env_file_uses import env_file

_ENV = "environ.Env()"
_ERRORS = frozenset({"environ.ImproperlyConfigured", "django.core.exceptions.ImproperlyConfigured"})
# Where a getter takes its default: `env(var, cast, default)`, `env.str(var, default)`.
_DEFAULT_THIRD = ("", ".get_value", ".list", ".tuple", ".dict")
_DEFAULT_SECOND = (".str", ".unicode", ".bytes", ".bool", ".int", ".float", ".json", ".url", ".path")
_IMPLIED = {
    ".db": "DATABASE_URL",
    ".db_url": "DATABASE_URL",
    ".cache": "CACHE_URL",
    ".cache_url": "CACHE_URL",
    ".email": "EMAIL_URL",
    ".email_url": "EMAIL_URL",
    ".search_url": "SEARCH_URL",
    ".channels": "CHANNELS_URL",
    ".channels_url": "CHANNELS_URL",
}


def _read(position: int, implied: str | None = None) -> Handler:
    """A getter with its default at a position; without a name it reads the one it implies."""

    def handle(site: Site) -> Iterator[Fact]:
        name = site.argument(0, "var")
        if name is None and implied is not None:
            name = Argument(Str(implied), site.span)
        if name is not None:
            default = site.argument(position, "default") or _scheme_default(site, name)
            yield Use(name, "environ.Env", default=default, raises=default is None, errors=_ERRORS)

    return handle


def _scheme_default(site: Site, name: Argument) -> Argument | None:
    """The default of `Env(X=(bool, False))` for a read of X."""
    constructor = site.of.arguments if site.of is not None else None
    if constructor is None:
        constructor = _constructor(site)
    if constructor is None or not isinstance(name.value, Str):
        return None
    for key, scheme in constructor.keywords:
        if key == name.value.text and isinstance(scheme, Sequence) and len(scheme.items) > 1:
            return replace(name, value=scheme.items[1])
    return None


def _constructor(site: Site) -> Arguments | None:
    """For `env("X")` itself: what is called is the instance, with the constructor's arguments."""
    return getattr(site.call.callee, "arguments", None)


def _schemes(site: Site) -> Iterator[Fact]:
    """`Env(DEBUG=(bool, False))`: a scheme names its variable."""
    for name, scheme in site.call.keywords:
        has_default = isinstance(scheme.value, Sequence) and len(scheme.value.items) > 1
        place = site.keyword(name)
        if place is not None:
            need = Need.DEFAULTED if has_default else Need.OPTIONAL
            yield Use(Argument(Str(name), place), "environ.Env scheme", need=need)


DJANGO_ENVIRON = Reader(
    name="django-environ",
    triggers=(b"environ",),
    calls={
        "environ.Env": _schemes,
        **{f"{_ENV}{getter}": _read(2) for getter in _DEFAULT_THIRD},
        **{f"{_ENV}{getter}": _read(1) for getter in _DEFAULT_SECOND},
        **{f"{_ENV}{getter}": _read(1, name) for getter, name in _IMPLIED.items()},
        "environ.Env.read_env": env_file(
            "environ.read_env", path=(0, "env_file"), override=(1, "overwrite"), default=".env"
        ),
        f"{_ENV}.read_env": env_file(
            "environ.read_env", path=(0, "env_file"), override=(1, "overwrite"), default=".env"
        ),
    },
    tests={_ENV: contained("in environ.Env")},
    aliases={
        "environ.FileAwareEnv": "environ.Env",
        "environ.environ.Env": "environ.Env",
        "environ.Env.ENVIRON": "os.environ",
        "environ.Env().ENVIRON": "os.environ",
    },
    silent=(
        Example("import environ\nroot = environ.Path(__file__) - 2\nroot('X')\n", note="a path"),
        Example(
            "import environ\n@environ.config(prefix='X')\nclass C:\n    y = environ.var()\n",
            note="environ-config",
        ),
        Example("def app(environ):\n    return environ('X')\n"),
    ),
    examples=(
        Example(
            "import environ\nenv = environ.Env(DEBUG=(bool, False))\nenv('DEBUG')\nenv('A')\nenv.str('B', default='x')\n",
            (
                "2:19 DEBUG read defaulted",
                "3:6 DEBUG read defaulted",
                "4:6 A read required",
                "5:10 B read defaulted",
            ),
        ),
        Example(
            "from environ import Env\nenv = Env()\nenv('A', int, 1)\nenv.list('B', str, [])\nenv.bool('C', False)\n",
            ("3:6 A read defaulted", "4:11 B read defaulted", "5:11 C read defaulted"),
        ),
        Example(
            "import environ\nenv = environ.Env()\nenv.db()\nenv.db('OTHER_URL')\nenv.cache(default='locmemcache://')\n",
            (
                "3:1 DATABASE_URL read required",
                "4:9 OTHER_URL read required",
                "5:1 CACHE_URL read defaulted",
            ),
            "names that a getter implies stand at the call",
        ),
        Example("import environ\nenv = environ.Env()\n'A' in env\n", ("3:2 A test -",)),
    ),
)

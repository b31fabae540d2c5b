"""django-environ: `Env` with schemes, typed getters, and getters with a default name (`env.db()`).

Source of the signatures: django-environ 0.12 (`environ/environ.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.model import Example, Need
from configvars.names.values import UNSET, Arguments, Sequence, Str, Value, alternatives
from configvars.readers.base import Argument, Fact, Handler, Reader, Site, Use
from configvars.readers.env_file_uses import env_file
from configvars.readers.handlers import contained, implied, is_unset
from configvars.readers.made import file_aware, made_with, option, text_option

_CLASSES = ("environ.Env", "environ.FileAwareEnv")
_OBJECTS = tuple(f"{cls}()" for cls in _CLASSES)
_ERRORS = frozenset({"environ.ImproperlyConfigured", "django.core.exceptions.ImproperlyConfigured"})
# The position of the default: `env(var, cast, default)`, `env.str(var, default)`.
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


def _read(env: str, position: int, implies: str | None = None) -> Handler:
    """A handler for a getter with its default at `position`.

    `implies` is the name that it reads if the call passes none.
    """

    def handle(site: Site) -> Iterator[Fact]:
        name = site.argument(0, "var")
        if name is None and implies is not None:
            name = implied(site, implies)
        if name is None:
            return
        made = made_with(site, env)
        prefix = text_option(made, None, ".prefix")
        name = name.prefixed(prefix)
        default = site.argument(position, "default") or _scheme_default(made, name)
        read = Use(name, "environ.Env", default=default, raises=is_unset(default), errors=_ERRORS)
        yield from [read] if env == _OBJECTS[0] else file_aware(read)
        if default is not None:
            yield from _proxied(read, default, prefix)

    return handle


def _scheme_default(made: Arguments, name: Argument) -> Argument | None:
    """The default of `Env(X=(bool, False))` for a read of X."""
    scheme = option(made, None, name.value.text) if isinstance(name.value, Str) else None
    if isinstance(scheme, Sequence) and len(scheme.items) > 1:
        return replace(name, value=scheme.items[1])
    return None


def _proxied(read: Use, default: Argument, prefix: Value) -> Iterator[Use]:
    """Reads of `OTHER` because of the default `"$OTHER"`; OTHER is then required."""
    for value in alternatives(default.value):
        if isinstance(value, Str) and value.text.startswith("$"):
            other = Argument(replace(value, text=value.text.lstrip("$")), default.span).prefixed(prefix)
            yield replace(read, key=other, default=None, raises=True, instead=(read.key,))


def _schemes(site: Site) -> Iterator[Fact]:
    """`Env(DEBUG=(bool, False))`: the keyword is the name of a variable."""
    for name, scheme in site.call.keywords:
        has_default = isinstance(scheme.value, Sequence) and len(scheme.value.items) > 1
        place = site.keyword(name)
        if place is not None:
            need = Need.DEFAULTED if has_default else Need.OPTIONAL
            yield Use(Argument(Str(name), place), "environ.Env scheme", need=need)


_LOAD = env_file(
    "environ.read_env",
    path=(0, "env_file"),
    override=(1, "overwrite"),
    default=".env",
    encoding=(3, "encoding"),
)

DJANGO_ENVIRON = Reader(
    name="django-environ",
    triggers=(b"environ",),
    calls={
        **dict.fromkeys(_CLASSES, _schemes),
        **{f"{env}{getter}": _read(env, 2) for env in _OBJECTS for getter in _DEFAULT_THIRD},
        **{f"{env}{getter}": _read(env, 1) for env in _OBJECTS for getter in _DEFAULT_SECOND},
        **{f"{env}{getter}": _read(env, 1, name) for env in _OBJECTS for getter, name in _IMPLIED.items()},
        **{f"{cls}{made}.read_env": _LOAD for cls in _CLASSES for made in ("", "()")},
    },
    tests=dict.fromkeys(_OBJECTS, contained("in environ.Env")),
    objects=_OBJECTS,
    set_later=tuple(f"{env}.prefix" for env in _OBJECTS),
    aliases={
        "environ.environ.Env": "environ.Env",
        "environ.environ.FileAwareEnv": "environ.FileAwareEnv",
        **{f"{cls}{made}.ENVIRON": "os.environ" for cls in _CLASSES for made in ("", "()")},
    },
    constants={
        **dict.fromkeys(("environ.Env.NOTSET", "environ.FileAwareEnv.NOTSET"), UNSET),
        **{
            f"environ.Env.DEFAULT_{name.removesuffix('_URL')}_ENV": Str(name)
            for name in ("DATABASE_URL", "CACHE_URL", "EMAIL_URL", "SEARCH_URL", "CHANNELS_URL")
        },
    },
    silent=(
        Example("import environ\nroot = environ.Path(__file__) - 2\nroot('X')\n", note="a path"),
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
        Example(
            "import environ\nfrom settings import schemes\nenv = environ.Env(**schemes)\nenv('A')\n",
            ("4:6 A read required",),
        ),
        Example(
            "import environ\nenv = environ.Env()\nenv('A')\nenv.prefix = 'B_'\nenv('A')\nenv.db()\n",
            ("3:6 A read required", "5:6 B_A read required", "6:1 B_DATABASE_URL read required"),
            "the prefix, from where it is set",
        ),
        Example(
            "import environ\nclass A:\n    def __init__(self):\n        self.env = environ.Env()\n"
            "    def f(self):\n        self.env('A')\n        self.env.prefix = 'B_'\n        self.env('A')\n",
            ("6:19 A read required", "8:19 B_A read required"),
        ),
        Example(
            "import environ\nfrom settings import prefix\nenv = environ.Env()\nenv.prefix = prefix()\nenv('A')\n",
            ("5:5 ? environ.Env",),
            "a prefix that nothing tells",
        ),
        Example(
            "import environ\nenv = environ.FileAwareEnv()\nenv('A')\nenv('B', default=None)\n",
            (
                "3:6 A read required",
                "3:6 A_FILE read defaulted",
                "4:6 B read optional",
                "4:6 B_FILE read defaulted",
            ),
            "A or A_FILE, one is enough",
        ),
        Example(
            "import environ\nenv = environ.Env()\nenv('A', default='$B')\n",
            ("3:6 A read defaulted", "3:19 B read required"),
            "a default that stands for another variable",
        ),
    ),
)

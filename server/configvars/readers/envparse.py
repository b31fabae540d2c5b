"""envparse: `Env` with a schema and typed getters, and `env.read_envfile`.

Source of the signatures: envparse 0.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example, Need
from configvars.names.values import UNSET, Mapping, Str, Value
from configvars.readers.base import Argument, Fact, Reader, Site, Use
from configvars.readers.env_file_uses import env_file
from configvars.readers.handlers import is_unset
from configvars.readers.made import made_with, option

_ENV = "envparse.Env()"
_ERRORS = frozenset({"envparse.ConfigurationError"})
_GETTERS = ("bool", "dict", "float", "int", "list", "set", "str", "tuple", "json", "url")


def _read(site: Site) -> Iterator[Fact]:
    """`env("X", default)`; the typed getters take all arguments except the name as keywords."""
    name = site.argument(0, "var")
    default = site.argument(1 if site.path == _ENV else None, "default")
    if name is None:
        return
    scheme = option(made_with(site, _ENV), None, name.value.text) if isinstance(name.value, Str) else None
    if default is None and (of_schema := _default_in(scheme)) is not None:
        default = Argument(of_schema, name.span)
    yield Use(name, "envparse.env", default=default, raises=is_unset(default), errors=_ERRORS)


def _default_in(scheme: Value | None) -> Value | None:
    pairs = scheme.items if isinstance(scheme, Mapping) else ()
    return next((value for key, value in pairs if isinstance(key, Str) and key.text == "default"), None)


def _schemes(site: Site) -> Iterator[Fact]:
    """`Env(DEBUG=dict(cast=bool, default=False))`: the keyword is the name of a variable."""
    for name, scheme in site.call.keywords:
        place = site.keyword(name)
        if place is not None:
            need = Need.OPTIONAL if _default_in(scheme.value) is None else Need.DEFAULTED
            yield Use(Argument(Str(name), place), "envparse.Env scheme", need=need)


_LOAD = env_file("envparse.read_envfile", path=(0, "path"), override=None, climbs=True)

ENVPARSE = Reader(
    name="envparse",
    triggers=(b"envparse",),
    calls={
        "envparse.Env": _schemes,
        _ENV: _read,
        **{f"{_ENV}.{getter}": _read for getter in _GETTERS},
        "envparse.Env.read_envfile": _LOAD,
        f"{_ENV}.read_envfile": _LOAD,
    },
    objects=(_ENV,),
    aliases={"envparse.env": _ENV},
    constants={"envparse.NOTSET": UNSET},
    silent=(
        Example("from envparse import env\nenv.cast('1', int)\n"),
        Example("def env(name): ...\nenv('X')\n"),
    ),
    examples=(
        Example(
            "from envparse import env\nenv.read_envfile()\nenv('A')\nenv.int('B', default=1)\nenv('C', None)\n",
            (
                "2:1 loads the nearest .env (file)",
                "3:6 A read required",
                "4:10 B read defaulted",
                "5:6 C read optional",
            ),
        ),
        Example(
            "from envparse import Env\nenv = Env(A=bool, B=dict(cast=int, default=1))\nenv('A')\nenv('B')\n",
            (
                "2:11 A read optional",
                "2:19 B read defaulted",
                "3:6 A read required",
                "4:6 B read defaulted",
            ),
        ),
    ),
)

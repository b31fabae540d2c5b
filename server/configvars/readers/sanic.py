"""Sanic: `app.config` reads every variable with its prefix when the app is created.

Source of the rules: Sanic 25.12 (`config.py`). Keys can be set in other ways, so no variable is required.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Access, Example, Need
from configvars.names.values import Nothing, Str, Value
from configvars.readers.base import Fact, PatternRead, Reader, Site, Use
from configvars.readers.made import made_with, option

_APP = "sanic.Sanic()"
_CONFIG = f"{_APP}.config"


def _prefix(given: Value | None) -> Value | None:
    """The prefix of the names; None if no variables are read."""
    if given is None:
        return Str("SANIC_")
    is_none = isinstance(given, Nothing) or (isinstance(given, Str) and not given.text)
    return None if is_none else given


def _made(site: Site) -> Iterator[Fact]:
    """`Sanic("shop", env_prefix="SHOP_")`."""
    named = site.argument(None, "env_prefix")
    prefix = _prefix(None if named is None else named.value)
    if prefix is not None:
        yield PatternRead(prefix)


def _loaded(site: Site) -> Iterator[Fact]:
    """`app.config.load_environment_vars("SHOP_")`."""
    named = site.argument(0, "prefix")
    yield PatternRead(Str("SANIC_") if named is None else named.value)


def _used(site: Site) -> Iterator[Fact]:
    """`app.config.KEY`, `app.config["KEY"]`, `app.config.get("KEY")`."""
    key = site.argument(0, "key")
    prefix = _prefix(option(made_with(site, _APP), None, "env_prefix"))
    if key is None or prefix is None or site.access is not Access.READ:
        return
    if not isinstance(key.value, Str) or key.value.text.isupper():
        yield Use(key.prefixed(prefix), "sanic app.config", need=Need.DEFAULTED)


SANIC = Reader(
    name="sanic",
    triggers=(b"sanic",),
    calls={
        "sanic.Sanic": _made,
        f"{_CONFIG}.load_environment_vars": _loaded,
        f"{_CONFIG}.get": _used,
    },
    attributes={_CONFIG: _used},
    subscripts={_CONFIG: _used},
    objects=(_APP,),
    aliases={"sanic.app.Sanic": "sanic.Sanic", f"{_APP}.get_app()": _APP},
    silent=(
        Example(
            "from sanic import Sanic\napp = Sanic('x', env_prefix='')\napp.config.KEY\n", note="no variables"
        ),
        Example(
            "from sanic import Sanic\napp = Sanic('x')\napp.config.KEY = 1\napp.config.update({'A': 1})\n"
        ),
        Example("from sanic import response\nresponse.text('X')\n"),
    ),
    examples=(
        Example(
            "from sanic import Sanic\napp = Sanic('shop')\napp.config.A\napp.config['B']\napp.config.get('C', 1)\n",
            ("3:12 SANIC_A read defaulted", "4:13 SANIC_B read defaulted", "5:17 SANIC_C read defaulted"),
        ),
        Example(
            "from sanic import Sanic\napp = Sanic('shop', env_prefix='SHOP_')\napp.config.A\n",
            ("3:12 SHOP_A read defaulted",),
        ),
    ),
)

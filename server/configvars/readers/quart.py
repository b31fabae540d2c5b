"""Quart: `config.from_prefixed_env` reads every variable with its prefix, `from_envvar` names a file.

Source of the rules: Quart 0.22 (`config.py`); everything else works as in Flask.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example
from configvars.names import texts
from configvars.names.values import Known, Str
from configvars.readers.base import Fact, PatternRead, Reader, Site, Use

_CONFIG = "quart.Quart().config"
_RUNTIME_ERROR = frozenset({"builtins.RuntimeError"})


def _prefixed(site: Site) -> Iterator[Fact]:
    """`app.config.from_prefixed_env("SHOP")`."""
    named = site.argument(0, "prefix")
    yield PatternRead(texts.join([Str("QUART") if named is None else named.value, Str("_")]))


def _from_envvar(site: Site) -> Iterator[Fact]:
    """`app.config.from_envvar("X")` raises if the variable is not set, unless `silent=True`."""
    key, silent = site.argument(0, "variable_name"), site.argument(1, "silent")
    is_silent = silent is not None and silent.value != Known("False")
    if key is not None:
        yield Use(key, "quart config.from_envvar", raises=not is_silent, errors=_RUNTIME_ERROR)


QUART = Reader(
    name="quart",
    triggers=(b"quart",),
    calls={f"{_CONFIG}.from_prefixed_env": _prefixed, f"{_CONFIG}.from_envvar": _from_envvar},
    objects=("quart.Quart()",),
    aliases={"quart.current_app": "quart.Quart()", "quart.app.Quart": "quart.Quart"},
    silent=(
        Example(
            "from quart import Quart\napp = Quart(__name__)\napp.config.from_prefixed_env()\napp.config['A']\n"
        ),
    ),
    examples=(
        Example(
            "from quart import Quart\napp = Quart(__name__)\napp.config.from_envvar('A')\n"
            "app.config.from_envvar('B', silent=True)\n",
            ("3:25 A read required", "4:25 B read optional"),
        ),
    ),
)

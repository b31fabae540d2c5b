"""Uses of a value that raise an exception, because they work with numbers only, or with strings only."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from configvars.flow_model import Kind, ValueUse

# These raise for a string; `*` and `%` may be intended.
_RAISING = frozenset({"+", "-", "/", "//", "**", "&", "|", ">>", "<<"})
_NUMBERS = frozenset(
    {"builtins.range", "builtins.abs", "builtins.round", "time.sleep", "asyncio.sleep", "datetime.timedelta"}
)
_TYPES: Mapping[Kind, type] = MappingProxyType({"list": list, "dict": dict, "number": int, "bool": bool})


def needs_text(use: ValueUse, kind: Kind) -> bool:
    """Whether a use calls a method that strings have, but not values of a kind."""
    of = _TYPES.get(kind)
    methods = (*use.through, use.what) if use.kind == "method" else use.through
    is_of_text = any(hasattr(str, name) and not hasattr(of, name) for name in methods[:1])
    return of is not None and is_of_text and not use.caught


def needs_number(use: ValueUse) -> bool:
    """Whether a use raises TypeError for every string."""
    if use.caught:
        return False
    if use.kind in ("order", "arithmetic"):
        return use.against == ("number",) and (use.kind == "order" or use.what in _RAISING)
    return use.kind in ("call", "argument") and use.what.partition("(")[0] in _NUMBERS


def called(use: ValueUse) -> str:
    """The function or operator, for messages."""
    return (
        f"{use.what.partition('(')[0].removeprefix('builtins.')}()"
        if use.kind in ("call", "argument")
        else use.what
    )

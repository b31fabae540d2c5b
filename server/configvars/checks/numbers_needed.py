"""Uses of a string that raise TypeError, because they take numbers only."""

from __future__ import annotations

from configvars.flow_model import ValueUse

# These raise for a string; `*` and `%` may be intended.
_RAISING = frozenset({"+", "-", "/", "//", "**", "&", "|", ">>", "<<"})
_NUMBERS = frozenset(
    {"builtins.range", "builtins.abs", "builtins.round", "time.sleep", "asyncio.sleep", "datetime.timedelta"}
)


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

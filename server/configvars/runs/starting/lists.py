"""Lists while a program starts, and what changes them: `INSTALLED_APPS += ["shop"]`."""

from __future__ import annotations

from collections.abc import Sequence

from configvars.limits import CONDITION_VALUE
from configvars.runs.starting.values import Constant, Items, Value, text_of


def texts_of(value: Value | None) -> list[str]:
    """The strings in a list, as far as they are known; none if other code may have changed it."""
    known = value.known if value is not None else None
    texts = map(text_of, known.values) if isinstance(known, Items) and not known.open else ()
    return [text for text in texts if text]


def change(items: Items, method: str, given: Sequence[Value]) -> None:
    """Do what a method does to a list; a method that is not known may change everything."""
    values = None if items.open or items.kind is not list else _after(items.values, method, given)
    if values is None or len(values) > CONDITION_VALUE.most:
        items.forget()
    else:
        items.values = values


def _after(values: tuple[Value, ...], method: str, given: Sequence[Value]) -> tuple[Value, ...] | None:
    """The items after a method; None if they are not known."""
    match method, given:
        case "append", [one]:
            return (*values, one)
        case "extend", [Value(known=Items(added, open=False) as other, exact=None)] if other.kind is not set:
            return (*values, *added)
        case "insert", [Value(known=Constant(int(at)), exact=None), one]:
            return (*values[:at], one, *values[at:])
        case "remove", [one] if (text := text_of(one)) is not None:
            texts = [text_of(each) for each in values]
            at = texts.index(text) if text in texts else 0
            return (*values[:at], *values[at + 1 :]) if text in texts and None not in texts[:at] else None
        case _:
            return None

"""The places in an env file where a value is, or should be filled in."""

from __future__ import annotations

from configvars.syntax.dotenv import Binding
from configvars.syntax.env_parts import whole_statements


def place_of_value(text: str, name: str) -> int | None:
    """The offset of a variable's value, in the line that counts; None if the file does not set it."""
    found = next((each for each in reversed(whole_statements(text)) if each.key == name), None)
    return None if found is None else _place(found)


def first_gap(text: str) -> int | None:
    """The offset of the first empty value; None if every variable has a value."""
    return next((_place(each) for each in whole_statements(text) if _is_gap(each)), None)


def gaps(text: str) -> list[str]:
    """The names of the variables without a value, in the order of the file."""
    return [each.key for each in whole_statements(text) if each.key is not None and _is_gap(each)]


def _is_gap(binding: Binding) -> bool:
    return binding.value is not None and binding.value.facts().is_empty


def _place(binding: Binding) -> int | None:
    span = binding.value_span or binding.literal_span
    return None if span is None else span.start

"""What is left to fill in: the places of an env file where a value stands, or should."""

from __future__ import annotations

from configvars.syntax.dotenv import Binding
from configvars.syntax.env_parts import whole_statements


def place_of_value(text: str, name: str) -> int | None:
    """Where the value of a name begins, in the line that counts; None where the file does not name it."""
    found = next((each for each in reversed(whole_statements(text)) if each.key == name), None)
    return None if found is None else _place(found)


def first_gap(text: str) -> int | None:
    """Where the first value is to be filled in; None where every name has one."""
    return next((_place(each) for each in whole_statements(text) if _is_gap(each)), None)


def _is_gap(binding: Binding) -> bool:
    return binding.key is not None and binding.value is not None and binding.value.facts().is_empty


def _place(binding: Binding) -> int | None:
    span = binding.value_span or binding.literal_span
    return None if span is None else span.start

"""The names that a program with pydantic-settings might read: all combinations of the words in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = re.compile(r"[A-Za-z_][\w-]*")
_FIELD = re.compile(r"^ +(\w+) *:", re.MULTILINE)
_GIVEN = re.compile(r"\b(\w+) ?= ?\(")
_STRING = re.compile(r"""(['"])((?:(?!\1).)*)\1""")


def candidates(text: str) -> Iterator[str]:
    """The names, each as written and in upper case."""
    for name in _built(text):
        yield name
        yield name.upper()


def _built(text: str) -> Iterator[str]:
    strings = {found[2] for found in _STRING.finditer(text)}
    fields = {*_FIELD.findall(text), *_GIVEN.findall(text)}
    atoms = sorted(fields | {string for string in strings if _WORD.fullmatch(string)})
    prefixes = ["", *sorted(text for text in strings if re.fullmatch(r"[A-Za-z_.-]*[_.-]", text))]
    between = {text for text in strings if re.fullmatch(r"[_.:-]+", text)}
    for prefix in prefixes:
        for atom in atoms:
            yield prefix + atom
            for delimiter in between:
                for inner in (*atoms, "0"):
                    yield prefix + atom + delimiter + inner
                    for third in atoms if text.count("class ") > 2 else ():
                        yield prefix + atom + delimiter + inner + delimiter + third

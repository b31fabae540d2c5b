"""Patterns are compiled when they are first used; a wrong one must not wait for that."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import configvars
from configvars.patterns import lazy_pattern


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for found in pkgutil.walk_packages(configvars.__path__, "configvars."):
        if not found.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(found.name)).items():
                if isinstance(value, type(lazy_pattern(""))):
                    yield f"{found.name}.{name}", value


def test_every_pattern_can_be_compiled() -> None:
    found = dict(_patterns())
    assert len(found) > 200
    for value in found.values():
        assert value.pattern is not None


def test_a_pattern_works_like_a_compiled_one() -> None:
    name = lazy_pattern(r"(\w)(\w*)", re.ASCII)
    assert name.sub(r"\2\1", "ab cd") == re.compile(r"(\w)(\w*)", re.ASCII).sub(r"\2\1", "ab cd") == "ba dc"
    assert name.flags & re.ASCII
    assert "sub" in vars(name)  # so that it is compiled once
    assert lazy_pattern(rb"\d+").findall(b"1 22") == [b"1", b"22"]

"""Results equal those of the installed python-dotenv, for files with everything that is difficult to read."""

from __future__ import annotations

import io
import logging
import os
from pathlib import Path
from unittest.mock import patch

import pytest
from dotenv import dotenv_values
from dotenv.main import resolve_variables
from dotenv.parser import parse_stream
from dotenv.variables import Variable, parse_variables
from hypothesis import example, given
from hypothesis import strategies as st

from configvars.secret import Secret
from configvars.syntax import interpolation
from configvars.syntax.dotenv import Binding, parse_env, resolve
from configvars.text import Span
from support.properties import env_texts, thorough


@pytest.fixture(scope="module", autouse=True)
def _quiet_python_dotenv():
    logging.getLogger("dotenv.main").setLevel(logging.CRITICAL)


def plain(resolved: dict[str, Secret | None]) -> dict[str, str | None]:
    return {key: None if value is None else value.reveal() for key, value in resolved.items()}


def revealed(bindings: list[Binding]) -> list[tuple[str | None, str | None, bool]]:
    return [(b.key, None if b.value is None else b.value.reveal(), b.error) for b in bindings]


@pytest.mark.slow
@thorough
@given(env_texts)
@example("A=\"x\r\ny\"\rB='x\ry'\r\n")
@example("\ufeffA=1")
@example("\ufeff\ufeffA=1")
@example("A=1\0\n'\0'=2")
def test_statements_equal_python_dotenv_s(tmp_path: Path, text: str) -> None:
    path = tmp_path / ".env"
    path.write_bytes(text.encode())
    with path.open(encoding="utf-8") as stream:
        expected = [(b.key, b.value, b.error) for b in parse_stream(stream)]
    assert revealed(parse_env(text)) == expected


@pytest.mark.slow
@thorough
@given(env_texts)
@example("A\nB=${A:-x}")
@example("A=1\nA=2\nB=${A}")
def test_values_equal_dotenv_values(tmp_path: Path, text: str) -> None:
    path = tmp_path / ".env"
    path.write_bytes(text.encode())
    environ = {"A": "from the environment", "Z": ""}
    with patch.dict(os.environ, environ, clear=True):
        expected = dotenv_values(path)
    resolved = resolve(parse_env(text), environ, override=True)
    assert plain(resolved) == expected
    assert list(resolved) == list(expected)


names = st.sampled_from(["A", "B", "C", ""])
parts = st.sampled_from(
    ["${A}", "${B}", "${C:-d}", "${:-e}", "${A:-${B}}", "${A", ":", "}", "$", "{", "x", ":-"]
)
pairs = st.lists(st.tuples(names, st.none() | st.lists(parts, max_size=6).map("".join)), max_size=8)


@pytest.mark.slow
@thorough
@given(pairs, st.dictionaries(names, st.sampled_from(["", "env", "${A}"])), st.booleans())
def test_resolving_equals_resolve_variables(pairs, environ, override) -> None:
    with patch.object(os, "environ", environ):
        expected = resolve_variables(pairs, override)
    bindings = [_binding(key, value) for key, value in pairs]
    resolved = resolve(bindings, environ, override=override)
    assert plain(resolved) == expected


def _binding(key: str, value: str | None) -> Binding:
    return Binding(Span(0, 0), key, None if value is None else Secret(value))


@pytest.mark.slow
@thorough
@given(st.lists(parts | st.text(max_size=2), max_size=20).map("".join))
def test_interpolations_equal_parse_variables(value: str) -> None:
    expected = [(a.name, a.default) for a in parse_variables(value) if isinstance(a, Variable)]
    found = [
        (e.name.of(value), e.default.of(value) if e.default else None) for e in interpolation.scan(value)
    ]
    assert found == expected


@pytest.mark.slow
@thorough
@given(env_texts)
def test_spans_cover_what_they_name(text: str) -> None:
    bindings = parse_env(text)
    end = 0
    for b in bindings:
        assert end <= b.statement.start <= b.statement.end <= len(text)
        assert not text[end : b.statement.start].strip().strip("\ufeff")
        end = b.statement.end
        if b.key is not None:
            assert b.key_span is not None
            assert b.statement.start <= b.key_span.start <= b.key_span.end <= b.statement.end
            assert _translated(b.key_span.of(text)) == b.key
        if b.value is not None:
            assert b.value_span is not None
            assert b.literal_span is not None
            assert b.literal_span.of(text) == b.quote + b.value_span.of(text) + b.quote
            if not b.quote:
                assert b.value_span.of(text) == b.value.reveal()
        if b.export_span is not None:
            assert b.export_span.of(text) == "export"
        if b.comment_span is not None:
            comment = b.comment_span.of(text)
            assert comment.startswith("#")
            assert "\n" not in comment
            assert "\r" not in comment
            assert text[b.comment_span.end : b.statement.end] in ("", "\n", "\r\n", "\r")
        for found in b.interpolations:
            written = found.expression.of(text)
            assert written.startswith("${" + found.span.of(text))
            assert written.endswith("}")
    assert end == len(text) or text == "\ufeff"


def _translated(text: str) -> str:
    return io.IncrementalNewlineDecoder(None, translate=True).decode(text, final=True)

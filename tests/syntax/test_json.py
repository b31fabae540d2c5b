from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configvars.syntax.json import JsonArray, JsonAtom, JsonObject, JsonString, parse_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def plain(node):
    match node:
        case JsonObject():
            return {member.key.value: plain(member.value) for member in node.members}
        case JsonArray():
            return [plain(item) for item in node.items]
        case JsonString():
            return node.value
        case JsonAtom():
            return json.loads(node.text)
    return None


@given(VALUES, st.booleans(), st.sampled_from([None, 2]))
def test_it_parses_like_the_standard_library(value, ascii_only, indent):
    document = parse_json(json.dumps(value, ensure_ascii=ascii_only, indent=indent))
    assert document.error is None
    assert plain(document.root) == value


@given(st.text(alphabet='{}[]",:\\ 1a\n'))
def test_any_text_is_parsed_and_errors_have_a_place(text):
    document = parse_json(text)
    try:
        json.loads(text)
    except ValueError:
        assert document.error is not None
    else:
        assert document.error is None


@pytest.mark.parametrize(
    ("text", "kept", "error"),
    [
        ('{"a": 1, "b"', {"a": 1, "b": None}, "a colon is expected"),
        ('{"a": {"b": 1, }, "c": 2}', {"a": {"b": 1}, "c": 2}, "a comma before the closing bracket"),
        ('{"a": 1 "b": 2}', {"a": 1, "b": 2}, "a comma is expected"),
        ('{"a": , "b": 2}', {"a": None, "b": 2}, "a value is expected"),
        ('{"a": "x\n, "b": 2}', {"a": "x", "b": 2}, "the string is not closed"),
        ('{// no comments\n"a": 1}', {"a": 1}, "a key in double quotes is expected"),
        ("", None, "a value is expected"),
        ("{} {}", {}, "more than one value"),
    ],
)
def test_members_around_an_error_are_kept(text, kept, error):
    document = parse_json(text)
    assert plain(document.root) == kept
    assert document.error[1] == error


def test_places_in_a_string_with_escapes():
    text = r'{"run": "a \"$\u0058\" \ud83d\ude00 $Y"}'
    string = parse_json(text).root.get("run")
    assert string.value == 'a "$X" \U0001f600 $Y'
    assert text[string.offsets[3] : string.offsets[5]] == r"$\u0058"
    assert text[string.offsets[-2] : string.offsets[-1]] == "Y"


def test_the_depth_is_bounded():
    assert parse_json("[" * 1_000_000).error[1] == "nested too deeply"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"\ud83d\ude00"', "\U0001f600"),
        (r'"\ud800"', "\ufffd"),
        (r'"a\udfffb"', "a\ufffdb"),
        (r'"\u00e9\n"', "\u00e9\n"),
        (r'"\x"', "x"),
    ],
)
def test_escapes(text: str, value: str) -> None:
    """Half of a pair cannot be written anywhere."""
    assert plain(parse_json(text).root) == value

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types as t

from configvars.lsp.client import Encoding
from configvars.lsp.convert.positions import Positions
from configvars.text import Span

TEXTS = st.text(st.sampled_from("aé€😀\ud83d\n\r\f\u2028\x85"), max_size=30)
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 7), ("utf-16", 4), ("utf-32", 3)])
def test_columns_count_the_clients_units(encoding: Encoding, column: int) -> None:
    positions = Positions("A=1\né😀=x\n", encoding)
    after_equals = 4 + 3
    assert positions.position(after_equals) == t.Position(1, column)
    assert positions.offset(t.Position(1, column)) == after_equals


@pytest.mark.parametrize("separator", ["\u2028", "\x85", "\f", "\v", "\x1c"])
def test_only_lsp_line_endings_end_lines(separator: str) -> None:
    positions = Positions(f"A=1{separator}\nB=2", "utf-16")
    assert positions.offset(t.Position(1, 0)) == 5


@pytest.mark.parametrize(
    ("line", "character", "offset"),
    [(0, 99, 3), (0, 3, 3), (1, 99, 7), (2, 0, 9), (9, 0, 9), (1, 2, 6), (1, 1, 6)],
)
def test_positions_beyond_the_text_or_inside_a_character(line: int, character: int, offset: int) -> None:
    positions = Positions("A=1\r\n😀b\r\n"[:10], "utf-16")
    assert positions.offset(t.Position(line, character)) == offset


def test_a_reversed_range_is_a_span() -> None:
    assert Positions("abc", "utf-16").span(t.Range(t.Position(0, 2), t.Position(0, 1))) == Span(1, 2)


@given(TEXTS, st.sampled_from(ENCODINGS), st.integers(0, 30))
def test_an_offset_is_restored(text: str, encoding: Encoding, offset: int) -> None:
    positions = Positions(text, encoding)
    offset = min(offset, len(text))
    if text[offset - 1 : offset + 1] == "\r\n":
        offset -= 1  # no position is between the two
    assert positions.offset(positions.position(offset)) == offset


@given(TEXTS, st.integers(0, 30))
def test_utf_16_columns_equal_those_of_the_codec(text: str, offset: int) -> None:
    position = Positions(text, "utf-16").position(offset)
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n").rpartition("\n")[2]
    if offset < len(text) and text[offset - 1 : offset + 1] == "\r\n":
        return
    assert position.character == len(before.encode("utf-16-le", "surrogatepass")) // 2

from __future__ import annotations

from itertools import takewhile

from hypothesis import given
from hypothesis import strategies as st

from configvars.text import LineIndex, Position, Span, common_ends, line_at

TEXTS = st.lists(st.sampled_from(["a", "é", "\r", "\n", "\r\n", "\x0b", "\x0c", "\u2028"])).map("".join)


def lines_of(text: str) -> list[str]:
    """The lines with their endings, found character by character."""
    lines, current = [], ""
    for index, character in enumerate(text):
        current += character
        if character == "\n" or (character == "\r" and text[index + 1 : index + 2] != "\n"):
            lines.append(current)
            current = ""
    return [*lines, current]


@given(TEXTS)
def test_lines_end_at_line_feeds_and_carriage_returns_only(text: str) -> None:
    lines, index = lines_of(text), LineIndex(text)
    assert [index.full_line_span(line).of(text) for line in range(index.line_count)] == lines
    assert [index.line_span(line).of(text) for line in range(index.line_count)] == [
        line.rstrip("\r\n") for line in lines
    ]


@given(TEXTS)
def test_every_offset_is_in_the_line_around_it(text: str) -> None:
    index = LineIndex(text)
    for offset in range(len(text) + 1):
        line, column = index.position(offset)
        assert line_at(text, offset) == line
        assert index.full_line_span(line).start + column == offset
        assert index.offset(line, column) == min(offset, index.line_span(line).end)


def test_offsets_and_positions_outside_the_text() -> None:
    index = LineIndex("ab\nc")
    assert (index.position(-1), index.position(9)) == (Position(0, 0), Position(1, 1))
    assert (index.offset(-1, 5), index.offset(0, 9), index.offset(7, 0)) == (0, 2, 4)
    assert LineIndex("").line_span(0) == Span(0, 0)


@given(st.text("ab", max_size=6), st.text("ab", max_size=6))
def test_what_two_texts_share_at_their_ends(one: str, other: str) -> None:
    start, end = common_ends(one, other)
    assert start == shared(one, other)
    assert end == shared(one[start:][::-1], other[start:][::-1])


def shared(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))

from __future__ import annotations

import pytest

from configvars.features.results import Token, TokenKind
from configvars.lsp.client import Encoding
from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.tokens import LEGEND, tokens_of
from configvars.text import Span


def told(text: str, *tokens: tuple[str, TokenKind], encoding: Encoding = "utf-16") -> list[str]:
    """Each token as ``line:character+length kind``. The parts must each occur once in the text."""
    spans = [(Span(text.index(part), text.index(part) + len(part)), kind) for part, kind in tokens]
    data = list(tokens_of([Token(span, kind) for span, kind in spans], Positions(text, encoding)).data)
    line = character = 0
    found = []
    for down, right, length, type_, modifiers in zip(*[iter(data)] * 5, strict=True):
        line, character = line + down, right if down else character + right
        found.append(f"{line}:{character}+{length} {LEGEND.token_types[type_]}{' unused' * modifiers}")
    return found


def test_no_tokens() -> None:
    assert told("A=1") == []


def test_tokens_are_relative_to_the_previous_one() -> None:
    text = "export A=1 # c\nB=2"
    found = told(text, ("export", "keyword"), ("A", "variable"), ("# c", "comment"), ("B", "unused"))
    assert found == ["0:0+6 keyword", "0:7+1 variable", "0:11+3 comment", "1:0+1 variable unused"]


@pytest.mark.parametrize(("encoding", "lengths"), [("utf-8", (5, 5)), ("utf-16", (3, 3)), ("utf-32", (2, 2))])
def test_a_multi_line_value_has_a_token_on_each_line(encoding: Encoding, lengths: tuple[int, int]) -> None:
    found = told("A='😀\r\n\n😀'", ("'😀\r\n\n😀'", "string"), encoding=encoding)
    assert found == [f"0:2+{lengths[0]} string", f"2:0+{lengths[1]} string"]

from __future__ import annotations

import pytest

from configvars.features.results import Token, TokenKind
from configvars.lsp.client import Client, Encoding
from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.tokens import legend_of, tokens_of
from configvars.text import Span


def told(
    text: str,
    *tokens: tuple[str, TokenKind],
    encoding: Encoding = "utf-16",
    types: tuple[str, ...] | None = None,
) -> list[str]:
    """Each token as ``line:character+length kind``. The parts must each occur once in the text."""
    spans = [(Span(text.index(part), text.index(part) + len(part)), kind) for part, kind in tokens]
    client = Client(token_types=types)
    legend = legend_of(client)
    found = [Token(span, kind) for span, kind in spans]
    data = list(tokens_of(found, Positions(text, encoding), client).data)
    line = character = 0
    shown = []
    for down, right, length, type_, modifiers in zip(*[iter(data)] * 5, strict=True):
        line, character = line + down, right if down else character + right
        assert legend is not None
        assert modifiers == 0
        shown.append(f"{line}:{character}+{length} {legend.token_types[type_]}")
    return shown


def test_no_tokens() -> None:
    assert told("A=1") == []


def test_tokens_are_relative_to_the_previous_one() -> None:
    text = "export A=1 # c\nB=2"
    found = told(text, ("export", "keyword"), ("A", "variable"), ("# c", "comment"), ("B", "variable"))
    assert found == ["0:0+6 keyword", "0:7+1 variable", "0:11+3 comment", "1:0+1 variable"]


@pytest.mark.parametrize(
    ("types", "shown"),
    [
        ((), []),
        (("class",), []),
        (("string", "comment"), ["0:9+1 string", "0:11+3 comment"]),
        (("property", "keyword"), ["0:0+6 keyword", "0:7+1 property", "0:8+1 keyword"]),
        (
            ("comment", "operator", "modifier", "variable", "string"),
            ["0:0+6 modifier", "0:7+1 variable", "0:8+1 operator", "0:9+1 string", "0:11+3 comment"],
        ),
    ],
)
def test_only_types_that_the_client_lists(types: tuple[str, ...], shown: list[str]) -> None:
    kinds: list[tuple[str, TokenKind]] = [("export", "keyword"), ("A", "variable"), ("=", "operator")]
    assert told("export A=1 # c", *kinds, ("1", "string"), ("# c", "comment"), types=types) == shown


@pytest.mark.parametrize(("encoding", "lengths"), [("utf-8", (5, 5)), ("utf-16", (3, 3)), ("utf-32", (2, 2))])
def test_a_multi_line_value_has_a_token_on_each_line(encoding: Encoding, lengths: tuple[int, int]) -> None:
    found = told("A='😀\r\n\n😀'", ("'😀\r\n\n😀'", "string"), encoding=encoding)
    assert found == [f"0:2+{lengths[0]} string", f"2:0+{lengths[1]} string"]

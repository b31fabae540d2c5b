"""Syntax trees of Python: positions in code points, values of literals, unfinished lines."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configvars.syntax.python import Node, PythonTree, parse
from configvars.syntax.python_repair import repaired
from configvars.syntax.python_strings import pieces
from configvars.text import Span
from support.growth import calls_of


def literal(text: str) -> list[tuple[str, str]]:
    """Each part of the first literal in a text: its value, and how it is written."""
    tree = parse(text)
    node = tree.root.named_children[0].named_children[0]
    return [(piece.text, piece.span.of(text)) for piece in pieces(tree, node)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"A"', [("A", "A")]),
        ("''", [("", "")]),
        ('r"a\\x"', [("a\\x", "a\\x")]),
        (
            r'"\x41\u0042\N{LATIN SMALL LETTER C}\n\101"',
            [("ABc\nA", r"\x41\u0042\N{LATIN SMALL LETTER C}\n\101")],
        ),
        (r'b"\u0041"', [(r"\u0041", r"\u0041")]),
        ("\"A\" 'B'", [("A", "A"), ("B", "B")]),
        ('f"{x}_URL"', [("", "{x}"), ("_URL", "_URL")]),
        ('f"{{A}}"', [("{A}", "{{A}}")]),
        ('"é😀X"', [("é😀X", "é😀X")]),
    ],
)
def test_the_text_of_a_literal(text: str, said: list[tuple[str, str]]) -> None:
    assert literal(text) == said


@pytest.mark.parametrize(
    "before", ["", "\ufeff", "# é\n", "'😀'; ", "'\ud800'; ", "\f", "# \u2028\n", "#\r", "#\r\n"]
)
def test_the_place_of_a_name(before: str) -> None:
    text = before + "name"
    tree = parse(text)
    assert [tree.span(leaf).of(text) for leaf in tree.words("name")] == ["name"]


def test_a_word_is_a_whole_word() -> None:
    tree = parse("env = my_env.env_x + env")
    assert [tree.span(leaf).start for leaf in tree.words("env")] == [0, 21]


@pytest.mark.parametrize(
    ("text", "is_alone"),
    [
        ("other = 1", False),
        ("names = 1", False),
        ("name = name", False),
        ("name = 'name'", False),
        ("# name\nnames = 1", False),
        ("name = 1", True),
        ("name = 1  # name, names", True),
        ("éname = name", True),
    ],
)
def test_a_name_is_alone(text: str, is_alone: bool) -> None:
    assert parse(text).is_alone("name") == is_alone
    asked_before = parse(text)
    assert (len(list(asked_before.words("name"))) == 1) == asked_before.is_alone("name") == is_alone


@given(st.text(alphabet=st.sampled_from("ab_1 \n.=é😀")), st.sampled_from(["a", "ab", "a1", "b", "_a"]))
def test_a_word_is_found_alone_as_it_is_among_many(text: str, word: str) -> None:
    tree, many = parse(text), parse(text)
    for number in range(300):
        list(many.words(f"word{number}"))
    places = [[leaf.start_byte for leaf in one.words(word)] for one in (tree, many)]
    assert places[0] == places[1]


@given(st.text(alphabet=st.sampled_from("ab \n\r\té😀\ud800'\"#=([")))
def test_spans_fit_any_text(text: str) -> None:
    tree = parse(text)
    plain = re.sub(r"\r(?!\n)", "\n", text)  # characters that the grammar treats as line endings
    waiting = [tree.root]
    while waiting:
        node = waiting.pop()
        span = tree.span(node)
        assert 0 <= span.start <= span.end <= len(text)
        assert tree.source(node) == span.of(plain)
        waiting.extend(node.children)


def test_a_deep_nest_is_parsed() -> None:
    assert parse("(" * 3000 + "x" + ")" * 3000).root.type == "module"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("x = 1\n", None),
        ("x = [\n    1,\n]\n", None),
        ('x = os["\ny = 1\n', "        \ny = 1\n"),
        ("x = f(\ny = 1\n", "      \ny = 1\n"),
        ("def f(a\n    y = 1\n", "if 1:  \n    y = 1\n"),
        (
            'def f():\n    """doc"""\nx = """\ndef g():\n    """doc"""\n',
            'def f():\n    """doc"""\n       \ndef g():\n    """doc"""\n',
        ),
    ],
)
def test_unfinished_lines_are_blanked(text: str, left: str | None) -> None:
    assert repaired(text) == left


@given(st.text(alphabet=st.sampled_from("ab \n\r:'\"#=([)]{}\\")))
def test_a_repair_moves_nothing(text: str) -> None:
    left = repaired(text)
    assert left is None or len(left) == len(text)


@pytest.mark.parametrize("word", ["a", "env", "A", "b", "é", "", "os", "'A'", "aé"])
def test_a_word_occurs_where_words_finds_it(word: str) -> None:
    text = "import os\na = os.environ['A']; ab = 'b'; é = a\nif aé(b'env', ab): b = 1  # a\n"
    tree = parse(text)
    for node in (tree.root, *tree.root.named_children):
        found = [leaf for leaf in parse(text).words(word) if _is_inside(leaf, node)]
        assert tree.occurs(word, node) == bool(found)


def _is_inside(leaf: Node, node: Node) -> bool:
    return node.start_byte <= leaf.start_byte and leaf.end_byte <= node.end_byte


@pytest.mark.beyond_limits
def test_words_that_occur_very_often_are_found_in_slices() -> None:
    text = "# a\n" + "a = 'a'\n" * 6000 + "(" * 500 + "a" + ")" * 500 + " b" * 9000
    tree, plain = parse(text), parse(text)
    assert sum(1 for _ in tree.indexing()) > 2
    assert tree.hits.counts == ()
    assert places(tree.apart(), "a") == places(plain.apart(), "a")
    assert tree.hits.counts == ()
    assert calls_of(lambda: tree.words("a")) < 100
    assert places(tree, "a") == places(plain, "a") != []
    assert tree.hits.counts == plain.hits.counts == (("nesting", 1),)


def places(tree: PythonTree, word: str) -> list[Span]:
    return [tree.span(leaf) for leaf in tree.words(word)]

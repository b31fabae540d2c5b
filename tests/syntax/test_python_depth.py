"""Deeply nested trees have the same nodes as tree-sitter's, and their nodes know their parents."""

from __future__ import annotations

import pytest
import tree_sitter_python
from tree_sitter import Language, Node, Parser

from configvars.limits import NESTING
from configvars.syntax.python import named, parse
from configvars.syntax.python_chains import operands

DEEP = {
    "parentheses": "x = " + "(" * 90 + "a" + ")" * 90 + "\nb\n",
    "or": "x = " + " or ".join(f"a{i}" for i in range(90)) + "\n",
    "methods, with wide characters": "x = 'é'" + ".m(1)" * 90 + "  # é\nb\n",
    "unfinished strings": "import os\n" + "os.environ['A\nélan = f(b)\n" * 40 + "c\n",
    "unfinished brackets": "x = (\ny = [é\ndef f(:\n" * 40,
    "signs that mean nothing": "$ ? a b é !\n" * 40,
    "unfinished strings in brackets": "x = " + "(" * 70 + "a" + ")" * 70 + "\n" + "f['A\n" * 60,
    "an error": "x = " + "[" * 90 + "a)" + "]" * 90 + "\nif b\n",
}


def nodes(root: Node) -> list[tuple[str, int, int, int, bool, bool]]:
    found = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        above = node.parent.start_byte if node.parent is not None else -1
        found.append((node.type, node.start_byte, node.end_byte, above, node.is_named, node.has_error))
        waiting += node.children
    return found


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_the_nodes_equal_those_of_the_parser(text: str) -> None:
    tree = parse(text)
    plain = Parser(Language(tree_sitter_python.language())).parse(text.encode()).root_node
    assert type(tree.root) is not type(plain)
    assert nodes(tree.root) == nodes(plain)


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_nodes_that_are_found_from_others_equal_those_of_the_parser(text: str) -> None:
    tree = parse(text)
    plain = Parser(Language(tree_sitter_python.language())).parse(text.encode()).root_node
    waiting = [(tree.root, plain)]
    while waiting:
        ours, theirs = waiting.pop()
        waiting += zip(ours.children, theirs.children, strict=True)
        start, end = theirs.start_byte, theirs.end_byte
        pairs = [
            (ours.next_named_sibling, theirs.next_named_sibling),
            (ours.prev_named_sibling, theirs.prev_named_sibling),
            *(
                (tree.root.descendant_for_byte_range(*span), plain.descendant_for_byte_range(*span))
                for span in ((start, end), (start, start), (start, start + 1))
            ),
        ]
        assert [place(ours) for ours, _ in pairs] == [place(theirs) for _, theirs in pairs]


def place(node: Node | None) -> tuple[str, int, int] | None:
    return None if node is None else (node.type, node.start_byte, node.end_byte)


def test_a_node_is_one_object_however_it_is_reached() -> None:
    tree = parse("f(" * 90 + "a=1" + ")" * 90 + "\nb\n")
    (leaf,) = tree.words("a")
    argument = leaf.parent
    assert argument is not None
    assert argument.child_by_field_name("name") is leaf is named(argument)[0]
    assert argument.next_named_sibling is None
    first = tree.root.named_children[0]
    assert first.next_named_sibling is tree.root.named_children[1]
    assert tree.root.named_children[1].prev_named_sibling is first


@pytest.mark.beyond_limits
def test_nodes_that_are_too_deep_are_left_out_and_counted() -> None:
    tree = parse("a\nx = " + "(" * NESTING.most + "a" + ")" * NESTING.most + "\na\n")
    assert [tree.span(leaf).start for leaf in tree.words("a")] == [0, len(tree.text) - 2]
    assert dict(tree.hits.counts) == {"nesting": 1}


def test_operands_of_a_chain() -> None:
    tree = parse("a or b or c and d or (e or f)\n")
    found = operands(tree.root.named_children[0].named_children[0]) or []
    assert [tree.source(node) for node in found if node] == ["a", "b", "c and d", "(e or f)"]
    long = parse("a" + " or a" * 2 * NESTING.most)
    assert operands(long.root.named_children[0].named_children[0]) is None


def test_words_are_found_alike_by_search_and_by_index() -> None:
    words = [f"w{i}" for i in range(100)] + ["é", "wé", "naïve", "w"]
    text = (
        "\n".join(f"{word} = x.{word} + '{word}' + y{word} + f'é{{{word}}}é'" for word in words) + "\n“w“\n"
    )
    tree = parse(text)
    for word in words:  # after some number of searches, the tree uses an index
        assert [leaf.start_byte for leaf in tree.words(word)] == [
            leaf.start_byte for leaf in parse(text).words(word)
        ]
    line = tree.root.named_children[3]
    assert [leaf.start_byte for leaf in tree.words("w3", line)] == [
        leaf.start_byte
        for leaf in tree.words("w3")
        if line.start_byte <= leaf.start_byte and leaf.end_byte <= line.end_byte
    ]

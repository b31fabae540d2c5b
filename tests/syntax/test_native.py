"""Which texts the native parser does not get, and how its time and memory are limited."""

from __future__ import annotations

import tracemalloc

import pytest

from configvars.limits import CONTINUATIONS, INDENTS, NAMED_CHARACTERS
from configvars.slices import result
from configvars.syntax import native
from configvars.syntax.native import at_hand, refusal, watched_by
from configvars.syntax.python import parse, parsing
from configvars.syntax.python_repair import repaired, repairing

TOO_MANY = f"has more than {INDENTS.most} different indentations"
_LINES = f"{CONTINUATIONS.most} empty lines that end with a backslash, one after another"
_NAMES = rf"{NAMED_CHARACTERS.most} \N{{ without an end"


def nested(levels: int, indent: str = " ", ending: str = "\n", read: str = "os.environ['B']") -> str:
    lines = [indent * level + f"if x:{ending}" for level in range(levels)]
    return "".join(lines) + indent * levels + read + ending


@pytest.mark.parametrize(
    "text",
    [
        nested(100),
        nested(INDENTS.most - 1),
        nested(INDENTS.most - 1, "\t"),
        nested(INDENTS.most - 1, ending="\r\n"),
        " " * 70_000 + "x\n",
        "x\n" * 10_000,
        "\n".join(f"{' ' * (n % 99)}x" for n in range(10_000)),
        "".join(" " * n + "\f  x\n" for n in range(1000)),
    ],
)
def test_texts_that_are_parsed(text: str) -> None:
    assert result(refusal(text.encode())) is None


@pytest.mark.parametrize(
    "text",
    [
        nested(INDENTS.most),
        nested(600),
        nested(600, "\t"),
        nested(600, ending="\r\n"),
        nested(600, read="x"),
        "".join(" \\\n" * n + "if x:\n" for n in range(400)),
        "x = (\n" + "".join(" " * (7 * n % 601) + "'a'\n" for n in range(601)),
        "if x:\n" + "".join(" " * n + "# c\n" for n in range(400)),
        "".join("\f" + " " * n + "if x:\n" for n in range(400)),
        "".join("\t" + " " * n + "#" * 1000 + "\n" for n in range(400)),
        "".join("\t" + " " * n + "#" * 1000 + "\r\n" for n in range(400)),
        "".join(" \\\n" * 200 + " " * n + "x\n" for n in range(400)),
    ],
)
def test_texts_that_are_refused(text: str) -> None:
    assert result(refusal(text.encode())) == TOO_MANY
    tree = parse(text)
    assert (tree.refused, tree.data, tree.root.child_count) == (TOO_MANY, b"", 0)


@pytest.mark.parametrize("line", ["\tx\n", "\tx\r\n", "\fx\n"])
def test_long_texts_are_looked_at_in_slices(line: str) -> None:
    assert len(list(refusal(line.encode() * 300_000))) > 10


def test_a_continued_indentation_is_looked_at_as_a_whole() -> None:
    text = "".join(" \\\n" * 200 + " " * n + "x\n" for n in range(100)) * 4
    assert result(refusal(text.encode())) is None


_MOST_OF_PYTHON = 99  # CPython: "too many levels of indentation" from the 100th on


def test_deep_blocks_within_the_limit_are_parsed() -> None:
    tree = parse(nested(_MOST_OF_PYTHON))
    assert tree.refused is None
    assert [tree.source(leaf) for leaf in tree.words("environ")] == ["environ"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("\\\n" * 1000, _LINES),
        ("x = 1 \\\n" * 10 + " \\\r\n" * 1000, _LINES),
        ("\\\n# c\n\n" * 1000, _LINES),
        ("x = '" + "\\N{" * 1000, _NAMES),
        ("x = '" + f"\\N{{{'a' * 200}}}" * 6, _NAMES),
    ],
)
def test_texts_for_which_the_parser_reads_on_again_and_again(text: str, what: str) -> None:
    assert result(refusal(text.encode())) == f"has more than {what}"


@pytest.mark.parametrize(
    "text",
    [
        "\\\n" * CONTINUATIONS.most,
        "x = 1 + \\\n" * 1000 + "1\n",
        "# a\\\n" * 1000,
        "x = '" + "\\N{DIGIT ONE}" * 1000 + "'\n",
        "x = r'" + "\\N{" * NAMED_CHARACTERS.most + "'\n",
    ],
)
def test_usual_continuations_and_named_characters(text: str) -> None:
    assert result(refusal(text.encode())) is None


def test_parsing_stops_after_the_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "_SECONDS", -1.0)
    tree = parse("x = 1\n" * 10_000)
    assert (tree.refused, tree.slow) == ("takes too long to be parsed", True)
    assert list(tree.words("x")) == []


def test_a_refused_text_is_not_repaired() -> None:
    assert repaired(nested(600)) is None


def test_a_long_text_is_parsed_like_a_short_one() -> None:
    short = "é = {'a': f'{b}', 'c': [1, 2]}\n"
    whole, alone = parse(short * 1000), parse(short)
    assert len(whole.data) > 8 * 1024
    statements = whole.root.named_children
    assert len(statements) == 1000
    assert str(statements[-1]) == str(alone.root.named_children[0])
    assert statements[-1].text == alone.root.named_children[0].text


class Told:
    def __init__(self) -> None:
        self.said: list[str] = []

    def begin(self, path: str) -> None:
        self.said.append(path)

    def end(self) -> None:
        self.said.append("end")


def test_whoever_watches_is_told_what_is_at_hand() -> None:
    told = Told()
    with watched_by(told), pytest.raises(ValueError, match="x"), at_hand("/a.py"):
        raise ValueError("x")
    with at_hand("/b.py"):
        pass
    assert told.said == ["/a.py", "end"]


@pytest.mark.slow
def test_a_parsed_text_is_not_kept_by_the_parser() -> None:
    texts = [f"x = {number}\n" * 10_000 for number in range(20)]
    parse(texts[0])
    tracemalloc.start()
    try:
        for text in texts:
            parse(text)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 4 * len(texts[0])


def test_a_node_of_a_long_text_has_its_own_text() -> None:
    tree = parse("x = 1\n" * 10_000)
    last = tree.root.children[-1]
    assert last.text == b"x = 1"


def test_a_long_text_is_parsed_in_steps_and_others_between_them() -> None:
    """The generators share one buffer for the text, but the trees are the same when they take turns."""
    texts = [f"def f{n}(a): return [a, {{'k': f'{{a}}'}}, (\n" * 700 for n in range(3)]
    alone = [str(parse(text).root.child_count) + parse(text).root.type for text in texts]
    steps = [parsing(text) for text in texts]
    left, found, count = list(range(len(texts))), {}, 0
    while left:
        for which in list(left):
            try:
                next(steps[which])
                count += 1
            except StopIteration as end:
                found[which] = str(end.value.root.child_count) + end.value.root.type
                left.remove(which)
    assert [found[which] for which in range(len(texts))] == alone
    assert count > 20


@pytest.mark.parametrize("text", ["x = (\n" * 3000, "x = '''\n" * 4001, "é = 'é'\n" * 20_000 + "y = [\n"])
def test_a_long_text_with_errors_is_repaired_in_steps(text: str) -> None:
    steps = repairing(text)
    assert len(list(steps)) > 5

"""A unified diff of what a command would change, without any value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Iterator

from configvars.cli.masking import MASK
from configvars.cli.terminal import Style
from configvars.hardcoded_names import without_keys
from configvars.model import FileFacts
from configvars.patterns import lazy_pattern
from configvars.printable import printable
from configvars.slices import result
from configvars.syntax.python import Node, parse
from configvars.text import LineIndex

_CONTEXT = 3
_LITERALS = frozenset({"string_content", "comment", "integer", "float", "ERROR"})
_EACH_LINE = lazy_pattern(r"[^\r\n]+")

FactsOf = Callable[[str, str], Generator[None, None, FileFacts | None]]


def masked_diff(
    path: str,
    shown: str,
    before: str,
    after: str,
    facts_of: FactsOf,
    style: Style,
    own: Collection[str] = (),
    context: int = _CONTEXT,
) -> str:
    """A unified diff of two texts of a file, in which values are masked.

    In an env file or manifest only names that the parser found are shown; in Python no string, number or
    comment is. The lines in `own` were written by configvars, contain no value, and are shown as they are.
    """
    from difflib import SequenceMatcher

    old, new = _lines(before), _lines(after)
    seen = [_masked(text, result(facts_of(path, text)), own) for text in (before, after)]
    lines = [style.bold(printable(f"{mark} {shown}")) for mark in ("---", "+++")]
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(context):
        lines.append(f"@@ -{_range(group[0][1], group[-1][2])} +{_range(group[0][3], group[-1][4])} @@")
        for tag, i1, i2, j1, j2 in group:
            lines += _changed(tag, seen[0][i1:i2], seen[1][j1:j2])
    return "".join(f"{line}\n" for line in lines)


def _changed(tag: str, old: list[str], new: list[str]) -> Iterator[str]:
    if tag == "equal":
        yield from (f" {line}" for line in old)
        return
    yield from (f"-{line}" for line in old)
    yield from (f"+{line}" for line in new)


def _range(start: int, stop: int) -> str:
    return f"{start + 1 if stop > start else start},{stop - start}"


def _lines(text: str) -> list[str]:
    lines = LineIndex(text)
    every = [lines.full_line_span(number).of(text) for number in range(lines.line_count)]
    return every if every[-1] else every[:-1]


def _masked(text: str, facts: FileFacts | None, own: Collection[str]) -> list[str]:
    """The lines of a text, masked; as many as the text has."""
    if facts is not None and facts.kind == "python":
        return [printable(line.rstrip("\r\n")) for line in _lines(_without_literals(text, facts))]
    lines = _lines(text)
    index = LineIndex(text)
    names: defaultdict[int, list[str]] = defaultdict(list)
    for found in facts.definitions if facts else ():
        names[index.position(found.span.start).line].append(f"{found.span.of(text)}={MASK}")
    named = {number: " ".join(each) for number, each in names.items()}
    for number, line in enumerate(lines):
        if line.rstrip("\r\n") in own:
            named[number] = line.rstrip("\r\n")
    return [printable(named.get(number, MASK if line.strip() else "")) for number, line in enumerate(lines)]


def _without_literals(text: str, facts: FileFacts) -> str:
    """Python code with strings and comments masked, except strings that name a variable.

    Line breaks stay.
    """
    names = {found.variable.name for found in without_keys(facts).references}
    tree = parse(text)
    shown: list[str] = []
    at = 0
    for node in _literals(tree.root):
        span = tree.span(node)
        written = span.of(text)
        if written not in names:
            shown += (text[at : span.start], _EACH_LINE.sub(MASK, written))
            at = span.end
    return "".join((*shown, text[at:]))


def _literals(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.type in _LITERALS:
            yield node
        else:
            waiting += reversed(node.children)

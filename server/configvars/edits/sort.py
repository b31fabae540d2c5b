"""Sorting the variables of an env file by name."""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from configvars.edits.places import line_ending
from configvars.model import TextEdit
from configvars.patterns import lazy_pattern
from configvars.syntax.dotenv import Binding, parse_env
from configvars.syntax.env_comments import is_comment
from configvars.syntax.env_parts import parts
from configvars.syntax.line_endings import has_odd_line_ends
from configvars.text import Span

_REPLACED = lazy_pattern(r"\$\{?(\w+)", re.ASCII)
Block = list[Binding]  # comment lines and the statement below them


def sort(text: str, bindings: Sequence[Binding] | None = None) -> tuple[TextEdit, ...]:
    """The edits that sort each paragraph (lines without a blank one between) by name.

    Comments move with the line below them, but a lone comment at the top of a paragraph is its heading and
    stays. A line that interpolates a variable stays on the same side of the line that sets it, and lines with
    the same name keep their order, so every value is read as before. These lines are never moved and nothing
    moves past them: lines that python-dotenv ignores, the lines of a PEM key without quotes, values of
    several lines (other readers treat each line as a statement), lines with one name of which some
    interpolate (dynaconf uses the last value at the first place), and names alone in a text without a last
    line ending. A text in which readers disagree about line endings, about a byte order mark, or about where
    a quoted value begins (one quote in a name or in a line that python-dotenv ignores), is not changed.
    """
    if has_odd_line_ends(text) or "\ufeff" in text:
        return ()
    bindings = parse_env(text) if bindings is None else bindings
    if any(_may_open_a_quote(text, each) for each in bindings):
        return ()
    paragraphs = _paragraphs(text, bindings)
    edits = (_sorted(text, blocks) for paragraph in paragraphs if (blocks := _blocks(paragraph)))
    return tuple(edit for edit in edits if edit.span.of(text) != edit.text)


def _may_open_a_quote(text: str, binding: Binding) -> bool:
    """Whether some reader may take what follows a name, or a line that is ignored, for a part of a value."""
    written = binding.statement.of(text) if binding.error else binding.key or ""
    return any(written.count(quote) % 2 for quote in "'\"`")


def _paragraphs(text: str, bindings: Sequence[Binding]) -> Iterator[list[Binding]]:
    paragraph: list[Binding] = []
    may_be_last = text[-1:] not in ("\r", "\n")  # Compose reads a name alone there as a value
    repeated = _repeated(text, bindings)
    for binding, part in parts(bindings, text):
        has_lines = "\n" in binding.statement.of(text).rstrip("\r\n")
        is_bare = binding.value is None and may_be_last
        stays = binding.error or part is not None or has_lines or binding.key in repeated or is_bare
        if stays or (paragraph and paragraph[-1].statement.end != binding.statement.start):
            yield paragraph
            paragraph = []
        if not stays:
            paragraph.append(binding)
    yield paragraph


def _names_in(text: str, binding: Binding) -> frozenset[str]:
    """The names that some reader replaces in a statement: Compose replaces `$NAME`, too."""
    found = {name[1] for name in _REPLACED.finditer(binding.statement.of(text))}
    return frozenset((*found, *(each.name for each in binding.interpolations)))


def _repeated(text: str, bindings: Sequence[Binding]) -> set[str]:
    """The names that have several lines, one of which interpolates."""
    counts = Counter(b.key for b in bindings if b.key is not None)
    return {b.key for b in bindings if b.key is not None and counts[b.key] > 1 and _names_in(text, b)}


def _blocks(paragraph: list[Binding]) -> list[Block]:
    """The blocks that move as one, without a heading and without comments at the end."""
    blocks: list[Block] = []
    block: list[Binding] = []
    for binding in paragraph:
        block.append(binding)
        if binding.key is not None:
            blocks.append(block)
            block = []
    if len(blocks) > 1 and all(len(block) == 1 for block in blocks[1:]):
        blocks[0] = [binding for binding in blocks[0] if not is_comment(binding)]
    return blocks


def _sorted(text: str, blocks: list[Block]) -> TextEdit:
    span = Span(blocks[0][0].statement.start, blocks[-1][-1].statement.end)
    pieces = [text[block[0].statement.start : block[-1].statement.end] for block in blocks]
    bare_end = not pieces[-1].endswith(("\n", "\r"))
    if bare_end:
        pieces[-1] += line_ending(text)
    joined = "".join(pieces[n] for n in _order(text, [block[-1] for block in blocks]))
    return TextEdit(span, joined.removesuffix("\n").removesuffix("\r") if bare_end else joined)


def _order(text: str, statements: Sequence[Binding]) -> Iterator[int]:
    """The indices of the statements sorted by name, as far as the dependencies allow."""
    waits = [0] * len(statements)
    followers: list[list[int]] = [[] for _ in statements]
    for before, after in _constraints(text, statements):
        followers[before].append(after)
        waits[after] += 1
    ready = [(str(statement.key), n) for n, statement in enumerate(statements) if not waits[n]]
    heapq.heapify(ready)
    while ready:
        _, n = heapq.heappop(ready)
        yield n
        for after in followers[n]:
            waits[after] -= 1
            if not waits[after]:
                heapq.heappush(ready, (str(statements[after].key), after))


def _constraints(text: str, statements: Sequence[Binding]) -> Iterator[tuple[int, int]]:
    """Pairs of indices whose order must stay: lines of one name, and a line and what it interpolates.

    All pairs point forwards, so they cannot contradict each other.
    """
    latest: dict[str, int] = {}
    users: defaultdict[str, list[int]] = defaultdict(list)
    for n, statement in enumerate(statements):
        key = str(statement.key).strip("'\"")  # honcho removes quotes
        for name in _names_in(text, statement) - {key}:
            if name in latest:
                yield latest[name], n
            users[name].append(n)
        if key in latest:
            yield latest[key], n
        yield from ((user, n) for user in users.pop(key, ()))
        latest[key] = n

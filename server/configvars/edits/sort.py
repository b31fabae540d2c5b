"""The variables of an env file put in the order of their names."""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from configvars.edits.places import line_ending
from configvars.model import TextEdit
from configvars.syntax.dotenv import Binding, parse_env
from configvars.syntax.env_comments import is_comment
from configvars.syntax.env_parts import parts
from configvars.text import Span

_LONE_CR = re.compile(r"\r(?!\n)")

Block = list[Binding]  # comment lines and the statement below them


def sort(text: str) -> tuple[TextEdit, ...]:
    """The edits that sort each paragraph (lines without a blank one between) by name.

    Comments move with the line below them, but a lone comment at the top of a paragraph is its heading
    and stays. What a line interpolates stays on the side where it was, and so do lines with one name: every
    value is read as before. Lines that python-dotenv drops are borders too, and so are those of a key without
    its quotes. A text with lone CRs stays as
    it is: one that came to stand before an LF would make one line ending of two.
    """
    if _LONE_CR.search(text):
        return ()
    edits = (_sorted(text, blocks) for paragraph in _paragraphs(text) if (blocks := _blocks(paragraph)))
    return tuple(edit for edit in edits if edit.span.of(text) != edit.text)


def _paragraphs(text: str) -> Iterator[list[Binding]]:
    paragraph: list[Binding] = []
    for binding, part in parts(parse_env(text), text):
        stays = binding.error or part is not None
        if stays or (paragraph and paragraph[-1].statement.end != binding.statement.start):
            yield paragraph
            paragraph = []
        if not stays:
            paragraph.append(binding)
    yield paragraph


def _blocks(paragraph: list[Binding]) -> list[Block]:
    """What moves as one; without a heading, and without comments at the end."""
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
    joined = "".join(pieces[n] for n in _order([block[-1] for block in blocks]))
    return TextEdit(span, joined.removesuffix("\n").removesuffix("\r") if bare_end else joined)


def _order(statements: Sequence[Binding]) -> Iterator[int]:
    """The indices of the statements by name, as far as what depends on what lets them move."""
    waits = [0] * len(statements)
    followers: list[list[int]] = [[] for _ in statements]
    for before, after in _constraints(statements):
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


def _constraints(statements: Sequence[Binding]) -> Iterator[tuple[int, int]]:
    """Pairs of indices whose order must stay: lines of one name, and a line and what it interpolates.

    All point forwards, so they cannot contradict each other.
    """
    latest: dict[str, int] = {}
    users: defaultdict[str, list[int]] = defaultdict(list)
    for n, statement in enumerate(statements):
        key = str(statement.key)
        for name in {found.name for found in statement.interpolations} - {key}:
            if name in latest:
                yield latest[name], n
            users[name].append(n)
        if key in latest:
            yield latest[key], n
        yield from ((user, n) for user in users.pop(key, ()))
        latest[key] = n

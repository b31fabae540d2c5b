"""Repairs Python text that is being typed: unfinished lines are blanked, everything else keeps its offset.

tree-sitter recovers from most errors, but an open quote or bracket can swallow the code below it. So a small
lexer finds the lines that open something without closing it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator
from itertools import count

from msgspec import Struct, field

from configvars.patterns import lazy_pattern
from configvars.slices import result
from configvars.syntax.python import parsing
from configvars.text import LineIndex, Span

_TOKEN = lazy_pattern(r"#[^\n\r]*|(\"\"\"|'''|\"|')|([(\[{])|([)\]}])|(\r\n|\n|\r)|\\(?:\r\n|.)", re.DOTALL)
# The prefixes of strings. Each character can match in only one way, so that nothing is tried twice;
# possessive quantifiers would do the same, but never match in Python 3.11.2.
_REST = {
    '"""': lazy_pattern(r'[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""', re.DOTALL),
    "'''": lazy_pattern(r"[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''", re.DOTALL),
    '"': lazy_pattern(r'[^"\\\r\n]*(?:\\(?:\r\n|.)[^"\\\r\n]*)*"', re.DOTALL),
    "'": lazy_pattern(r"[^'\\\r\n]*(?:\\(?:\r\n|.)[^'\\\r\n]*)*'", re.DOTALL),
}
_OPENERS = {")": "(", "]": "[", "}": "{"}
_STATEMENT = lazy_pattern(r"([ \t]*)(?:@|(?!(?:and|or|in|is|for|if|else|not)\b)[^\W\d]\w*)")
_MAX_TRIES = 2
_STEP = 1000  # tokens, which take a few milliseconds
_TRIPLE = lazy_pattern(r"\"\"\"|'''")
_BEFORE_TEXT = lazy_pattern(r"(?:[=(,\[{:]|\breturn)[ \t]*[rbfuRBFU]{0,2}$")
_LINE_BREAK = lazy_pattern(r"[\r\n]")
_NOT_BREAK = lazy_pattern(r"[^\r\n]")


class _Found(Struct):
    """What the lexer found: offsets of unfinished parts and of triple quotes, and whether one has no end.

    `probes` are the triple quotes outside of brackets; `suspect` is the first that ends where a string seems
    to start.
    """

    broken: list[int] = field(default_factory=list)
    triples: list[int] = field(default_factory=list)
    probes: list[int] = field(default_factory=list)
    endless: bool = False
    suspect: int | None = None


class _Brackets(Struct):
    """The open brackets: kind, offset and indentation of the line of each; and the number of each kind."""

    waiting: list[tuple[str, int, int]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def open(self, kind: str, start: int, indent: int) -> None:
        self.waiting.append((kind, start, indent))
        self.counts[kind] += 1

    def pop(self) -> int:
        """Remove the innermost bracket; returns its offset."""
        kind, start, _ = self.waiting.pop()
        self.counts[kind] -= 1
        return start

    def close(self, kind: str, position: int) -> list[int]:
        """Close the innermost bracket of a kind.

        Returns the offsets of those inside it, or of a bracket that closes nothing.
        """
        if not self.counts[kind]:
            return [position]
        broken: list[int] = []
        while self.waiting[-1][0] != kind:
            broken.append(self.pop())
        self.pop()
        return broken


def repaired(text: str) -> str | None:
    """The text with its unfinished lines blanked, of the same length; None if no line is unfinished."""
    return result(repairing(text))


def repairing(text: str) -> Generator[None, None, str | None]:
    """`repaired` in steps of a few milliseconds."""
    found = yield from _lexing(text)
    changed = text
    if found.endless:
        changed = _blanked(changed, [(yield from _culprit(text, found))])
        found = yield from _lexing(changed)
    changed = yield from _without_errors(_blanked(changed, found.broken))
    return changed if changed != text else None


def _without_errors(text: str) -> Generator[None, None, str]:
    """The text without the lines at which the parser fails, if it parses better without them."""
    errors = yield from _errors(text)
    for _ in range(_MAX_TRIES):
        if not errors:
            break
        best = errors, text
        for start in _suspects(text, errors[0]):
            tried = _blanked(text, [start])
            left = yield from _errors(tried)
            if _size(left) < _size(best[0]):
                best = left, tried
        if best[1] is text:
            break
        errors, text = best
    return text


def _suspects(text: str, error: Span) -> list[int]:
    """The lines that may have caused an error: its first and last line, and the line above."""
    lines = LineIndex(text)
    first, last = lines.position(error.start).line, lines.position(error.end).line
    above = next((n for n in range(first - 1, -1, -1) if lines.line_span(n).of(text).strip()), first)
    wanted = dict.fromkeys([first, above, last, *range(first + 1, min(first + 3, last))])
    spans = [lines.line_span(line) for line in wanted]
    return [span.start for span in spans if span.of(text).strip() and not _TRIPLE.search(span.of(text))]


def _size(errors: list[Span]) -> tuple[int, int]:
    return sum(error.end - error.start for error in errors), len(errors)


def _errors(text: str) -> Generator[None, None, list[Span]]:
    """The spans that the parser had to skip or insert."""
    tree = yield from parsing(text)
    found: list[Span] = []
    waiting = [tree.root] if tree.root.has_error else []
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            found.append(tree.span(node))
        else:
            waiting.extend(child for child in reversed(node.children) if child.has_error)
    return found


def _lexing(text: str) -> Generator[None, None, _Found]:
    found = _Found()
    brackets = _Brackets()
    position = 0
    indent = _indent(text, 0)
    for number in count(1):
        if (token := _TOKEN.search(text, position)) is None:
            break
        if number % _STEP == 0:
            yield
        position = token.end()
        quote, opener, closer, line_break = token.groups()
        if quote:
            if not brackets.waiting and len(quote) == 3:
                found.probes.append(token.start())
            position = _skip_text(text, token.start(), quote, found)
        elif opener:
            brackets.open(opener, token.start(), indent)
        elif closer:
            found.broken += brackets.close(_OPENERS[closer], token.start())
        elif line_break:
            statement = _STATEMENT.match(text, position)
            indent = _indent(text, position)
            while brackets.waiting and statement is not None and len(statement[1]) <= brackets.waiting[-1][2]:
                found.broken.append(brackets.pop())
    found.broken.extend(start for _, start, _ in brackets.waiting)
    return found


def _skip_text(text: str, start: int, quote: str, found: _Found) -> int:
    """The offset after a string literal; one without an end ends with its line."""
    if len(quote) == 3:
        found.triples.append(start)
    end = _REST[quote].match(text, start + len(quote))
    if end is not None:
        if len(quote) == 3 and found.suspect is None and _seems_opening(text, start, end.end()):
            found.suspect = start
        return end.end()
    if len(quote) == 3:
        found.endless = True
        return len(text)
    found.broken.append(start)
    line_break = _LINE_BREAK.search(text, start)
    return line_break.start() if line_break else len(text)


def _seems_opening(text: str, start: int, end: int) -> bool:
    """Whether the quotes that end a multi-line string look like the start of one."""
    if not _LINE_BREAK.search(text, start, end):
        return False
    before = text[max(end - 40, 0) : end - 3]
    return bool(_BEFORE_TEXT.search(before)) or text[end : end + 1].isalnum()


def _indent(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end] in " \t":
        end += 1
    return end - start


def _culprit(text: str, found: _Found) -> Generator[None, None, int]:
    """Which of the triple quotes is the one that was opened and not closed.

    After them strings and code are swapped, so the text before a later one is not Python.
    """
    if found.suspect is not None:
        return found.suspect
    probes = found.probes
    low, high = 0, len(probes)
    while low < high:
        middle = (low + high) // 2
        if (yield from _is_broken_before(text, probes[middle])):
            high = middle
        else:
            low = middle + 1
    end = probes[low] if low < len(probes) else len(text)
    return [start for start in found.triples if start < end or start == found.triples[0]][-1]


def _is_broken_before(text: str, probe: int) -> Generator[None, None, bool]:
    start = max(text.rfind("\n", 0, probe), text.rfind("\r", 0, probe)) + 1
    tree = yield from parsing(text[: start + _indent(text, start)] + "...\n")
    return bool(tree.root.has_error)


def _blanked(text: str, offsets: list[int]) -> str:
    """The text without the lines of some offsets. A line with a block below it keeps a head for the block."""
    if not offsets:
        return text
    lines = LineIndex(text)
    parts: list[str] = []
    end = 0
    for line in sorted({lines.position(offset).line for offset in offsets}):
        span = lines.line_span(line)
        parts += [text[end : span.start], _head(text, span, lines, line)]
        end = span.end
    return "".join([*parts, text[end:]])


def _head(text: str, span: Span, lines: LineIndex, line: int) -> str:
    width = span.end - span.start
    indent = _indent(text, span.start)
    below = next(
        (n for n in range(line + 1, min(line + 4, lines.line_count)) if lines.line_span(n).of(text).strip()),
        None,
    )
    deeper = below is not None and _indent(text, lines.line_span(below).start) > indent
    head = " " * indent + "if 1:" if deeper and width >= indent + 5 else ""
    return head.ljust(width)

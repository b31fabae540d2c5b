"""The expansions without whose variables a shell script certainly ends with an error.

Either the script uses `set -u`, or it tests a variable and exits: `if [ -z "$X" ]; then exit 1; fi`.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from configvars.patterns import lazy_pattern

_LINE = lazy_pattern(r"(?:\\\r?\n|[^\n])+")
_HEREDOC = lazy_pattern(r"<<-?[ ]*([\"']?)(?P<end>\w+)\1")
_SETS = lazy_pattern(r"\s*set\s+(?P<options>[^;&|#]+)")
_UNSET = lazy_pattern(r"(?P<sign>[-+])(?:\w*u\w*|\w*o\s+nounset)\b")
_OPENS = lazy_pattern(
    r"(?:^|[;&|]|\b(?:do|then|else)\b)\s*(?:if|for|while|until|case|select)\b|\{\s*(?:#.*)?$|\(\s*$"
)
_CLOSES = lazy_pattern(r"(?:^|[;&|\s])(?:fi|done|esac)\b|^\s*[})]")
_JOINED = lazy_pattern(r"&&|\|\|")
# Commands after which it is not known what is set, or whether the script goes on.
_LEAVES = lazy_pattern(
    r"(?:^|[;&|{]|\b(?:do|then|else)\b)\s*(?:exec|exit|return|source|\.|eval)(?=\s|;|$)|\bexport\s+\"?[$`]"
)
_TEST = r"\[{{1,2}}\s+{option}\s+\"?\$\{{?{name}(?::?-)?\}}?\"?\s+\]{{1,2}}"
_EMPTY = _TEST.format(option="-z", name=r"\w+")
_FULL = (
    _TEST.format(option="-n", name=r"\w+")
    .replace(r"\[{1,2}", r"(?:\[{1,2}|test)")
    .replace(r"\s+\]{1,2}", r"(?:\s+\]{1,2})?")
)
_EXIT = r"exit\s+[1-9]\d*"
# `if [ -z "$A" ] || [ -z "$B" ]; then … exit 1; fi`, `[ -z "$A" ] && exit 1` and `[ -n "$A" ] || exit 1`.
_BLOCK = lazy_pattern(
    rf"^if\s+(?P<test>{_EMPTY}(?:\s*\|\|\s*{_EMPTY})*)\s*;?\s*then\b(?P<body>(?:(?!\b(?:if|for|while|case|else|elif|fi)\b)[^#])*?)"
    rf"\b{_EXIT}\s*;?\s*fi\b"
)
_INLINE = lazy_pattern(
    rf"^(?:(?P<test>{_EMPTY})\s*&&|(?P<full>{_FULL})\s*\|\|)\s*(?:\{{[^{{}}]*\b{_EXIT}\s*;?\s*\}}|(?:echo[^&|;]*&&\s*)?{_EXIT}\b)"
)


class _State(Struct):
    """The state at a line: whether `set -u` holds, in how many blocks the line is, and where a document ends."""

    unset_fails: bool = False
    depth: int = 0
    until: str = ""


class Stretch(Struct, frozen=True):
    """A part of a script whose expansions end it with an error if the variable is not set.

    `tested`: it tests them, so a default in the expansion (`${X:-}`) changes nothing.
    """

    start: int
    end: int
    tested: bool = False


def needing(script: str) -> Iterator[Stretch]:
    """The parts of a script that certainly run, and that end it if a variable is not set."""
    state, skip = _State(), 0
    for line in _LINE.finditer(script):
        text, at = line[0], line.start()
        if state.until:
            state.until = "" if text.strip() == state.until else state.until
            continue
        indent = len(text) - len(text.lstrip())
        if at < skip or text.lstrip().startswith("#"):
            continue
        found = _tested(script, at + indent) if not state.depth else None
        if found is not None:
            yield found[0]
            skip = found[1]
            continue
        if _LEAVES.search(text):
            if not state.depth and state.unset_fails and not _JOINED.search(text):
                yield Stretch(at, at + len(text))
            return
        yield from _of_line(state, text, at)


def _tested(script: str, at: int) -> tuple[Stretch, int] | None:
    """The test at an offset after which the script exits, and where the statement ends."""
    rest = script[at : at + 2000]
    found = _BLOCK.match(rest) or _INLINE.match(rest)
    if found is None:
        return None
    group = "test" if found["test"] is not None else "full"
    return Stretch(at + found.start(group), at + found.end(group), tested=True), at + found.end()


def _of_line(state: _State, text: str, at: int) -> Iterator[Stretch]:
    if (options := _SETS.match(text)) is not None:
        for sign in _UNSET.finditer(options["options"]):
            state.unset_fails = sign["sign"] == "-" and not state.depth
    opened, closed = len(_OPENS.findall(text)), len(_CLOSES.findall(text))
    if state.unset_fails and not state.depth and not opened and not closed:
        joined = _JOINED.search(text)
        yield Stretch(at, at + (joined.start() if joined is not None else len(text)))
    state.depth = max(0, state.depth + opened - closed)
    document = _HEREDOC.search(text)
    state.until = document["end"] if document is not None else ""

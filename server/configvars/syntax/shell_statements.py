"""The statements of a shell script, as words; here-documents and comments are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from configvars.patterns import lazy_pattern

_INNER = r"(?>[^()]|\((?>[^()]|\([^()]*\))*+\))*+"
_DOUBLE = rf'"(?>\\.|\$\({_INNER}\)|[^"\\])*+"'
_PLAIN = r"""[^\s;&|()"'`\\<>]"""
_TOKEN = lazy_pattern(
    rf"""
      (?P<blank>\\\r?\n|[ \t\r]+)
    | (?P<comment>(?:^|(?<=[\s;&|()]))\#[^\n]*)
    | <<-?[ \t]*["']?(?P<heredoc>\w+)["']?
    | (?P<operator>\n|;;|;|&&|\|\||&(?!>)|\|)
    | (?P<bracket>[()])
    | (?P<word>(?>\\.|{_DOUBLE}|'[^']*+'|`[^`]*+`|\$\({_INNER}\)|\$\{{[^}}]*+\}}|\d*[<>]+&?|&>|{_PLAIN})++)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Statement(Struct, frozen=True):
    """Some words, what ended the statement before (`&&`), and what ends this one. A bracket is a word."""

    words: tuple[str, ...]
    before: str
    after: str


def statements(script: str) -> Iterator[Statement]:
    """The statements of a script, in their order."""
    words: list[str] = []
    before = "\n"
    for kind, text in _tokens(script):
        if kind == "word":
            words.append(text)
            continue
        ends = text if kind == "operator" else ";"
        if words:
            yield Statement(tuple(words), before, ends)
        if words or ends != "\n":
            before = ends
        words = []
        if kind == "bracket":
            yield Statement((text,), before, ";")
    if words:
        yield Statement(tuple(words), before, "")


def _tokens(script: str) -> Iterator[tuple[str, str]]:
    """The words, operators and brackets of a script, up to a quote that is not closed."""
    at, waiting = 0, list[str]()
    while (found := _TOKEN.match(script, at)) is not None and found.lastgroup != "other":
        at, kind = found.end(), found.lastgroup or ""
        if kind == "heredoc":
            waiting.append(found["heredoc"])
        elif kind not in ("blank", "comment"):
            yield kind, found[kind]
        if found["operator"] == "\n" and waiting:
            at = _after_heredocs(script, at, waiting)
            waiting = []


def _after_heredocs(script: str, at: int, ends: list[str]) -> int:
    for end in ends:
        found = re.compile(rf"^\t*{re.escape(end)}\r?$\n?", re.MULTILINE).search(script, at)
        at = found.end() if found else len(script)
    return at

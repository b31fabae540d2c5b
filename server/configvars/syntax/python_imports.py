"""The import statements of a Python file, found without parsing it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from configvars.patterns import lazy_pattern

# Text in a string or comment that looks like an import is found, too: that costs time, but changes no answer.
# A line
# can continue after a backslash and in parentheses, and an import can follow `;` and `if x:`.
_LINE = rb"(?:\\\r?\n|[^\\\r\n;#])*"
_IMPORT = lazy_pattern(
    rb"(?:^|[;:])[ \t]*(?:from[ \t]+([.\w]+(?:[ \t]*\.[ \t]*\w+)*)[ \t]*\bimport\b[ \t]*(\([^)]*\)|"
    + _LINE
    + rb")"
    rb"|import[ \t]+(" + _LINE + rb"))",
    re.MULTILINE,
)
_COMMENT = lazy_pattern(rb"#[^\r\n]*")
_RENAMED = len(("name", "as", "other"))
_DYNAMIC = (b"import_module", b"__import__")


class Import(Struct, frozen=True):
    """`import module`, or `from module import names`; of `from module import *` there are no names.

    `renamed` are the names that are imported under another one, with that.
    """

    module: str
    names: tuple[str, ...] = ()
    is_star: bool = False
    renamed: tuple[tuple[str, str], ...] = ()


def imports_in(data: bytes) -> Iterator[Import]:
    """The import statements of a file, those inside functions too."""
    for found in _statements(data):
        if found[1] is None:
            yield from (Import(words[0]) for words in _names(found[3]))
            continue
        module = "".join(found[1].decode("utf-8", "replace").split())
        parts = tuple(_names(found[2]))
        names = tuple(words[0] for words in parts)
        renamed = tuple(
            (words[0], words[2]) for words in parts if words[1:2] == ["as"] and len(words) == _RENAMED
        )
        yield Import(module, is_star=True) if "*" in names else Import(module, names, renamed=renamed)


def _statements(data: bytes) -> Iterator[re.Match[bytes]]:
    """The matches of `_IMPORT`; lines without the word are not looked at."""
    end = 0
    while (word := data.find(b"import", end)) >= 0:
        found = _IMPORT.search(data, max(end, data.rfind(b"\n", end, word) + 1))
        if found is None:
            return
        yield found
        end = found.end()


def imports_by_name(data: bytes) -> bool:
    """Whether a file may import a module with a computed name: `import_module(name)`."""
    return any(word in data for word in _DYNAMIC)


def _names(listed: bytes) -> Iterator[list[str]]:
    """The words of each name in a list: `["a"]`, or `["a", "as", "b"]`."""
    plain = _COMMENT.sub(b"", listed).strip(b"() \t\r\n").replace(b"\\", b" ")
    for part in plain.decode("utf-8", "replace").split(","):
        words = part.split()
        if words:
            yield words

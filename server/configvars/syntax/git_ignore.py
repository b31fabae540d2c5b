"""Git's ignore files: which paths their patterns match.

Git matches bytes, checks every folder above a path in turn, and lets the last pattern that matches the folder
or file itself decide; pattern libraries that answer for whole trees do not support that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from configvars.patterns import lazy_pattern

_BOM = b"\xef\xbb\xbf"
_POSIX_CLASSES = {
    b"alnum": rb"0-9A-Za-z",
    b"alpha": rb"A-Za-z",
    b"blank": rb" \t",
    b"cntrl": rb"\x00-\x1f\x7f",
    b"digit": rb"0-9",
    b"graph": rb"\x21-\x7e",
    b"lower": rb"a-z",
    b"print": rb"\x20-\x7e",
    b"punct": rb"!-/:-@\[-`{-~",
    b"space": rb" \t\n\r",
    b"upper": rb"A-Z",
    b"xdigit": rb"0-9A-Fa-f",
}
_CLASS = lazy_pattern(rb"\[:([^\]]*):\]")
_WILDCARD = lazy_pattern(rb"[*?\[\\]")
_MATCHES_NOTHING = rb"(?!)"


class IgnorePattern(Struct, frozen=True):
    """One line of an ignore file.

    `whole_path`: it matches a path relative to the file's folder, not only a name.
    """

    regex: re.Pattern[bytes]
    ignores: bool
    folders_only: bool
    whole_path: bool


class IgnoreFile(Struct, frozen=True):
    """The patterns of one ignore file, and its folder relative to the root (b"" for the root)."""

    folder: bytes
    patterns: tuple[IgnorePattern, ...]


def parse_ignore(data: bytes, *, ignore_case: bool = False) -> tuple[IgnorePattern, ...]:
    """Parse the patterns of one ignore file, in order; never raises."""
    lines = (_trimmed(line.removesuffix(b"\r")) for line in data.removeprefix(_BOM).split(b"\n"))
    return tuple(_pattern(line, ignore_case) for line in lines if line and not line.startswith(b"#"))


def verdict(path: bytes, is_folder: bool, files: Iterable[IgnoreFile]) -> bool | None:
    """Whether ignore files, the one with highest precedence first, ignore a path itself.

    None if none matches. `path` is relative to the repository's root, with ``/``. The caller has to ask about
    the folders above first.
    """
    for file in files:
        for pattern in reversed(file.patterns):
            if _means(pattern, path, is_folder, file.folder):
                return pattern.ignores
    return None


def parents(path: bytes) -> Sequence[bytes]:
    """The folders above a path, topmost first."""
    parts = path.split(b"/")
    return [b"/".join(parts[:count]) for count in range(1, len(parts))]


def _means(pattern: IgnorePattern, path: bytes, is_folder: bool, folder: bytes) -> bool:
    if pattern.folders_only and not is_folder:
        return False
    if pattern.whole_path:
        return pattern.regex.fullmatch(path[len(folder) + 1 :] if folder else path) is not None
    return pattern.regex.fullmatch(path.rpartition(b"/")[2]) is not None


def _trimmed(line: bytes) -> bytes:
    """Remove blanks at the end, except one after a backslash that is not itself escaped."""
    trimmed = line.rstrip(b" ")
    escaped = (len(trimmed) - len(trimmed.rstrip(b"\\"))) % 2 == 1
    return trimmed + b" " if escaped and trimmed != line else trimmed


def _pattern(line: bytes, ignore_case: bool) -> IgnorePattern:
    ignores = not line.startswith(b"!")
    glob = line if ignores else line[1:]
    folders_only = glob.endswith(b"/")
    glob = glob.removesuffix(b"/")
    whole_path = b"/" in glob
    regex = _translate(glob.removeprefix(b"/"), whole_path)
    flags = re.DOTALL | (re.IGNORECASE if ignore_case else re.NOFLAG)
    return IgnorePattern(re.compile(regex, flags), ignores, folders_only, whole_path)


def glob_regex(glob: bytes, *, ignore_case: bool = False) -> re.Pattern[bytes]:
    """A glob for a whole path, outside an ignore file, as a regular expression."""
    flags = re.DOTALL | (re.IGNORECASE if ignore_case else re.NOFLAG)
    return re.compile(_translate(glob, whole_path=True, literal_start=False), flags)


def _translate(glob: bytes, whole_path: bool, literal_start: bool = True) -> bytes:
    """A glob as a regular expression for a whole path; for `literal_start` see `_stars`."""
    parts: list[bytes] = []
    at = 0
    while at < len(glob):
        char = glob[at : at + 1]
        if char == b"*":
            part, at = _stars(glob, at, whole_path, literal_start)
        elif char == b"?":
            part, at = rb"[^/]", at + 1
        elif char == b"[":
            part, at = _bracket(glob, at)
        elif char == b"\\":
            part, at = re.escape(glob[at + 1 : at + 2]) or _MATCHES_NOTHING, at + 2
        else:
            part, at = re.escape(char), at + 1
        parts.append(part)
    return b"".join(parts)


def _stars(glob: bytes, at: int, whole_path: bool, literal_start: bool) -> tuple[bytes, int]:
    """Two stars between slashes match across folders; other stars match inside one name.

    If `literal_start` is true, the text before the first wildcard counts as a slash before the stars,
    whatever it is.
    """
    end = at
    while glob[end : end + 1] == b"*":
        end += 1
    before = glob[:at]
    opened = not before or before.endswith(b"/") or (literal_start and not _WILDCARD.search(before))
    if not (whole_path and opened and end - at >= 2):
        return rb"[^/]*", end
    if glob[end : end + 1] == b"/":
        return rb"(?:.*/)?", end + 1
    closed = end == len(glob) or glob.startswith(rb"\/", end)
    return (rb".*" if closed else rb"[^/]*"), end


def _bracket(glob: bytes, at: int) -> tuple[bytes, int]:
    """Translate a character set; an invalid one matches nothing."""
    negated = glob[at + 1 : at + 2] in (b"!", b"^")
    at += 2 if negated else 1
    items: list[bytes] = []
    while not items or glob[at : at + 1] != b"]":
        item, at = _bracket_item(glob, at)
        if item is None:
            return _MATCHES_NOTHING, len(glob)
        items.append(item)
    return rb"(?!/)[" + (b"^" if negated else b"") + b"".join(items) + b"]", at + 1


def _bracket_item(glob: bytes, at: int) -> tuple[bytes | None, int]:
    """Translate a named class, a range or a character of a set; None if it is invalid."""
    named = _CLASS.match(glob, at)
    if named:
        return _POSIX_CLASSES.get(named[1]), named.end()
    low, at = _bracket_character(glob, at)
    if low is None or glob[at : at + 1] != b"-" or glob[at + 1 : at + 2] in (b"", b"]"):
        return low and re.escape(low), at
    high, at = _bracket_character(glob, at + 1)
    if high is None:
        return None, at
    range_ = re.escape(low) + b"-" + re.escape(high) if low <= high else b""
    return re.escape(low) + range_, at


def _bracket_character(glob: bytes, at: int) -> tuple[bytes | None, int]:
    if glob[at : at + 1] == b"\\":
        at += 1
    return glob[at : at + 1] or None, at + 1

"""The encoding of a file, and the result of reading it in another encoding."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable
from typing import Literal

from configvars.model import ReadAs
from configvars.syntax.dotenv import Binding, parse_env

UTF8 = frozenset({"utf-8", "utf8", "utf-8-sig", "utf_8", "utf_8_sig"})
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # starts with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITHOUT_MARK = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_MOST = 0.75  # of the characters are ASCII


def written_in(data: bytes) -> str | None:
    """Python's name of the Unicode encoding of some bytes; None if they are not in a Unicode encoding."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if marked is not None:
        return marked if _fits(data, marked) else None
    if b"\0" not in data:
        return "utf-8" if _fits(data, "utf-8") else None
    return next((encoding for encoding in _WITHOUT_MARK if _is_mostly_ascii(data, encoding)), None)


def marked(data: bytes) -> tuple[str, ...]:
    """The encoding that a byte order mark of UTF-16 or UTF-32 shows; empty for other bytes."""
    found = (encoding for mark, encoding in _MARKS if data.startswith(mark) and encoding not in UTF8)
    return tuple(found)[:1]


def for_people(encoding: str | None) -> str:
    """The name of a Unicode encoding without its byte order: UTF-8, UTF-16 or UTF-32; "" for any other."""
    name = (encoding or "").upper().replace("_", "-")
    return next((known for known in ("UTF-8", "UTF-16", "UTF-32") if name.startswith(known)), "")


def read_as(data: bytes, encoding: str, actual: str | None) -> ReadAs:
    """The result of opening an env file in `encoding`, which may differ from the `actual` encoding."""
    written = for_people(actual)
    try:
        text = _opened(data, encoding)
    except (ValueError, LookupError) as error:
        return ReadAs(written, error=type(error).__name__)
    has_nuls = any(_has_nul(binding, text) for binding in parse_env(text))
    if actual is None:
        return ReadAs(written, wrong="names" if has_nuls else "", has_nuls=has_nuls)
    return ReadAs(written, wrong=_difference(_opened(data, actual), text), has_nuls=has_nuls)


def _opened(data: bytes, encoding: str) -> str:
    """The text as `open` returns it, which rejects UTF-16 without a byte order mark.

    `bytes.decode` does not.
    """
    with io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="") as file:
        return file.read().removeprefix("\ufeff")


def _difference(text: str, other: str) -> Literal["", "names", "values"]:
    if text == other:
        return ""
    mine, theirs = ([(each.key, each.value) for each in parse_env(one)] for one in (text, other))
    if mine == theirs:
        return ""
    return "names" if _keys(mine) != _keys(theirs) else "values"


def _keys(bindings: Iterable[tuple[str | None, object]]) -> list[str | None]:
    return [key for key, _ in bindings]


def _has_nul(binding: Binding, text: str) -> bool:
    return "\0" in (binding.key or "") or (
        binding.value_span is not None and "\0" in binding.value_span.of(text)
    )


def _is_mostly_ascii(data: bytes, encoding: str) -> bool:
    """Whether bytes without a byte order mark are text in an encoding; almost any bytes can be decoded."""
    if not _fits(data, encoding):
        return False
    text = data.decode(encoding)
    plain = sum(each.isascii() and (each.isprintable() or each.isspace()) for each in text)
    return plain >= _MOST * len(text)


def _fits(data: bytes, encoding: str) -> bool:
    try:
        return "\0" not in data.decode(encoding)
    except UnicodeError:
        return False

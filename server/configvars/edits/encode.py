"""Encoding a value for an env file."""

from __future__ import annotations

from configvars.patterns import lazy_pattern

# Characters that end a line for some reader: open() turns a single CR into LF.
_LINE_ENDS = lazy_pattern("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def encode_value(value: str) -> str:
    """The simplest text after ``NAME=`` that python-dotenv (0.21 and later) reads as exactly `value`.

    Without quotes if all readers agree on it, otherwise in double quotes, or in single quotes if that needs
    fewer backslashes. Raises `ValueError`, without the value, for lone surrogates, which UTF-8 cannot encode.
    """
    text = _without_interpolation(value)
    plain = text == text.strip() and text[:1] not in ("'", '"') and "#" not in text
    return text if plain and not _LINE_ENDS.search(text) else quote_value(value)


def quote_value(value: str) -> str:
    """`encode_value`, always with quotes: for lines where something follows the value."""
    text = _without_interpolation(value)
    if '"' in text and "'" not in text and "\\" not in text and not _LINE_ENDS.search(text):
        return f"'{text}'"
    # Up to python-dotenv 1.2.2, a backslash at the end escapes the quote after it, even if it is doubled.
    body, closing = (text[:-1], r"${:-\}") if text.endswith("\\") else (text, "")
    return f'"{body.translate(_ESCAPES)}{closing}"'


def _without_interpolation(value: str) -> str:
    """The value with ``${`` written as ``${:-$}{``: python-dotenv interpolates in every kind of quotes."""
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError("a lone surrogate cannot be written to an env file")
    return value.replace("${", "${:-$}{")

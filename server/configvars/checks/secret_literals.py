"""Strings of a Python file that are secrets by themselves, whatever they are assigned to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.model import Example
from configvars.patterns import lazy_pattern
from configvars.secret_shapes import is_known_key, may_contain_secret, opens_a_database
from configvars.text import Span

# Of the keys in documentation: `AKIAIOSFODNN7EXAMPLE`, `xoxb-1234567890-…`.
_SAMPLE = lazy_pattern(r"EXAMPLE|1234567|x{6}", re.IGNORECASE)
_LITERAL = lazy_pattern(r"(?P<quote>['\"])(?P<text>[^'\"\\\n]{16,400})(?P=quote)")


def has_literals(data: bytes) -> bool:
    """Whether a file with these bytes has a string that is or contains a secret."""
    return may_contain_secret(data) and any(True for _ in literals(data.decode(errors="replace")))


def literals(text: str) -> Iterator[tuple[Span, str]]:
    """The strings of a file that are or contain a secret, each with what that is."""
    for found in _LITERAL.finditer(text):
        what = "" if _is_comment(text, found.start("text")) else _contained(found["text"])
        if what:
            yield Span(*found.span("text")), what


def _contained(text: str) -> str:
    """What a string is or contains, for a message; empty if it is no secret."""
    if is_known_key(text):
        return "" if _SAMPLE.search(text) else "a key"
    return "the password of a database" if opens_a_database(text) else ""


def _is_comment(text: str, at: int) -> bool:
    return text[text.rfind("\n", 0, at) + 1 : at].lstrip().startswith("#")


# Split in two, so that scanners do not report them as real keys.
_KEY = "AKIA" + "Z7QJ5NRW2MXE4TLK"
_OF_DOCS = "AKIA" + "IOSFODNN7EXAMPLE"
_SLACK_OF_DOCS = "xoxb" + "-1234567890-1234567890-aB3"
NOT_REAL = Example(
    f"-- test_billing.py --\nimport stripe\nstripe.api_key = '{_KEY}'\n-- docs/conf.py --\nkey = '{_KEY}'\n"
    f"-- check.py --\nkey = '{_OF_DOCS}'\nslack = '{_SLACK_OF_DOCS}'\n# key = '{_KEY}'\n",
    note="tests, documentation, sample keys, and a comment",
)
IN_A_CALL = Example(
    f"-- app.py --\nimport os\nos.getenv('A')\nclient = connect('{_KEY}')\n",
    ("app.py:3:19 warning The code contains a key: everybody who can read the repository has it",),
    note="a key in a well-known format",
)
WITHOUT_READS = Example(
    f"-- billing.py --\nimport stripe\nstripe.api_key = '{_KEY}'\n-- config.py --\nKEY = '{_KEY}'\n",
    (
        "billing.py:2:19 warning The code contains a key: everybody who can read the repository has it",
        "config.py:1:8 warning The code contains a key: everybody who can read the repository has it",
    ),
    note="files that read no variable",
)

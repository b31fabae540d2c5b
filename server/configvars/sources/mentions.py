"""Files of other tools that may use an env file: every name that they mention counts as used."""

from __future__ import annotations

import re

from configvars.model import Example, FileFacts
from configvars.patterns import lazy_pattern
from configvars.sources.base import Source

_NAMES = lazy_pattern(r".*\.ya?ml|Dockerfile(?:\..*)?|[Jj]ustfile|\.envrc|package\.json")
_WORD = lazy_pattern(r"\b[A-Z][A-Z0-9_]*\b", re.ASCII)


def is_mentioning(name: str) -> bool:
    """Whether a file is of this kind; lock files are not."""
    return _NAMES.fullmatch(name) is not None and "lock" not in name


def _analyze(path: str, text: str) -> FileFacts:
    return FileFacts(path, "mentions", mentions=mentioned(text))


def mentioned(text: str) -> frozenset[str]:
    """The words of a text that may be names of variables."""
    return frozenset(_WORD.findall(text))


MENTIONS = Source(
    name="mentions",
    matches=is_mentioning,
    analyze=_analyze,
    examples=(
        Example("services:\n  web:\n    image: python3\n", note="no name in capitals"),
        Example(
            "services:\n  db:\n    environment:\n      PASSWORD: ${POSTGRES_PASSWORD}\n",
            ("mentions PASSWORD", "mentions POSTGRES_PASSWORD"),
        ),
    ),
)

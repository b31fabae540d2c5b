"""Markdown in which nothing from the user's files is markup."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\\`*_{}\[\]()<>#+\-.!|~&:@/]")


def code(text: str) -> str:
    """`text` as code on one line, whatever is in it."""
    line = " ".join(text.split())
    longest = max((len(run) for run in re.findall(r"`+", line)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {line} {fence}" if longest or not line else f"{fence}{line}{fence}"


def plain(text: str) -> str:
    """`text` as words on one line: a link in it is none, nor is HTML."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))

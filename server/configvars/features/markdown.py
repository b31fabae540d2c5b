"""Markdown in which text from the user's files is escaped."""

from __future__ import annotations

import re

from configvars.patterns import lazy_pattern

# Characters that start markup, a tag, an entity or, in GitHub's Markdown, a link for a bare URL. Dots, dashes
# and brackets do so only at the start of a line or after these, and the text is also read unrendered.
_SPECIAL = lazy_pattern(r"[\\`*_\[\]<>#!|~&@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_MARKS = lazy_pattern(r"\*\*|`+|\\([^\w\s]|_)")


def code(text: str) -> str:
    """`text` as inline code on one line, whatever it contains."""
    line = " ".join(text.split())
    longest = max((len(run) for run in re.findall(r"`+", line)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {line} {fence}" if longest or not line else f"{fence}{line}{fence}"


def unmarked(markdown: str) -> str:
    """Our own Markdown as plain text, for clients that do not render it."""
    return _MARKS.sub(r"\g<1>", markdown)


def plain(text: str) -> str:
    """`text` on one line with links, HTML and all other markup escaped."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))

"""How to recognise a finding when lines have moved: by names and a counter, never by a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from configvars.cli.report import Diagnostic

Identity = tuple[str, str, str]
"""A check, a path relative to the project's root, and a variable ("" for none)."""


def identity(found: Diagnostic) -> Identity:
    """The parts of a diagnostic that do not change when lines above it change; several can have the same."""
    return found.check, found.path, found.variable or ""


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """A unique hash for each diagnostic."""
    from hashlib import sha256  # slow to import, and only two formats need it

    seen: Counter[Identity] = Counter()
    prints = []
    for found in diagnostics:
        same = identity(found)
        seen[same] += 1
        text = "\0".join((*same, str(seen[same])))
        prints.append(sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
    return prints

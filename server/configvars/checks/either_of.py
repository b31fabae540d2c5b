"""Variables of which one is enough: `os.getenv("A") or os.getenv("B")`, `os.getenv("A", os.getenv("B"))`."""

from __future__ import annotations

from collections.abc import Mapping

from configvars.model import Access, FileFacts
from configvars.patterns import lazy_pattern
from configvars.text import Span

# What is between the names of the two reads.
_OR = lazy_pattern(r"""['"]\s*(?:,\s*(?:None|''|"")\s*)?[)\]]\s*or\s+[\w.]+\s*[(\[]\s*['"]""")
_DEFAULT = lazy_pattern(r"""['"]\s*,\s*(?:default\s*=\s*)?[\w.]+\(\s*['"]""")


def others_of(facts: FileFacts, text: str) -> Mapping[Span, tuple[str, ...]]:
    """For the reads in a file: the variables that can be set instead."""
    reads = {
        each.span: each.variable.name
        for each in facts.references
        if each.variable.scope == "env" and each.access is Access.READ
    }
    found: dict[Span, tuple[str, ...]] = {}
    group: list[Span] = []
    for span in sorted(reads):
        if not (group and _is_instead(text, group[-1], span)):
            group = []
        group.append(span)
        for one in group if len(group) > 1 else ():
            found[one] = tuple(reads[other] for other in group if other != one)
    return found


def _is_instead(text: str, first: Span, second: Span) -> bool:
    between = (first.end, second.start)
    return first.end < second.start and any(pattern.fullmatch(text, *between) for pattern in (_OR, _DEFAULT))

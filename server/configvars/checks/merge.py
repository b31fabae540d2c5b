"""One finding a place: what several checks say of one variable that is absent is said once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from configvars.model import Finding, Variable
from configvars.text import Span


def one_a_place(found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of one file, those with a `clause` about the same variable at the same place as one.

    The graver speaks (of equals the one whose check comes first), and carries what the others know and offer.
    """
    absent: dict[tuple[Span, Variable | None], list[Finding]] = {}
    for finding in found:
        if finding.clause is not None:
            absent.setdefault((finding.span, finding.variable), []).append(finding)
        else:
            yield finding
    yield from map(_merged, absent.values())


def _merged(same: list[Finding]) -> Finding:
    same = sorted(same, key=lambda finding: finding.severity.rank)
    gravest, *others = same
    fixes = {fix.title: fix for finding in same for fix in finding.fixes}
    return replace(gravest, message=_with_clauses(gravest.message, others), fixes=tuple(fixes.values()))


def _with_clauses(message: str, others: Iterable[Finding]) -> str:
    """A message `X is not set there; the code …` with what the others say put before the semicolon."""
    clauses = [other.clause for other in others if other.clause]
    says, semicolon, rest = message.partition("; ")
    if not semicolon and clauses:
        return f"{says}; it is also {' and '.join(clauses)}"
    return " and ".join([says, *clauses]) + semicolon + rest

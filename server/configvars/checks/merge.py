"""Merging findings, so that there is one finding at each place about a missing variable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from configvars.checks.wording import joined
from configvars.model import Finding, Severity, Variable
from configvars.text import Span

_FORBIDDEN, _MISSPELT = "forbidden-variable", "misspelt-variable"
_MOST_FIXES = 8  # more would not be readable in a menu


def one_per_place(found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of one file, with those that have a `clause` about the same variable at the same place merged.

    The most severe finding is kept (of equal ones, the one whose check comes first), with the clauses and fixes of
    the others. If several variables at one place then have the same message, as in a loop, they are merged too.
    A misspelt name that a settings class rejects is one finding, too.
    """
    found = list(found)
    rejected = {(finding.span, finding.path) for finding in found if finding.check == _FORBIDDEN}
    slips = {
        (slip.span, slip.path): slip
        for slip in found
        if slip.check == _MISSPELT and (slip.span, slip.path) in rejected
    }
    if slips:
        found = [_with_slip(one, slips) for one in found if one not in slips.values()]
    absent: dict[tuple[Span, Variable | None], list[Finding]] = {}
    for finding in found:
        if finding.clause is not None:
            absent.setdefault((finding.span, finding.variable), []).append(finding)
        else:
            yield finding
    alike: dict[tuple[str, Span, Severity, str], list[Finding]] = {}
    for finding in map(_merged, absent.values()):
        alike.setdefault((finding.check, finding.span, finding.severity, _predicate(finding)), []).append(
            finding
        )
    for (*_, predicate), same in alike.items():
        yield from same if len(same) == 1 or not predicate else [_of_several(same, predicate)]


def _with_slip(finding: Finding, slips: Mapping[tuple[Span, str], Finding]) -> Finding:
    """A finding about a rejected name, with what the name probably should be."""
    slip = slips.get((finding.span, finding.path)) if finding.check == _FORBIDDEN else None
    if slip is None:
        return finding
    message = f"{finding.message}. {slip.message.partition('; ')[2]}"
    return replace(finding, message=message, fixes=(*slip.fixes, *finding.fixes))


def _predicate(finding: Finding) -> str:
    """The part of the message after `X is`; empty if the message has another form."""
    name = finding.variable.name if finding.variable else ""
    before, is_, says = finding.message.partition(" is ")
    return says if is_ and before == name else ""


def _of_several(same: list[Finding], predicate: str) -> Finding:
    names = [finding.variable.name for finding in same if finding.variable]
    says = re.sub(r"\b(without|could set|hands) it\b", r"\1 them", predicate)
    message = f"{', '.join(names[:-1])} and {names[-1]} are {says}"
    fixes = {fix.title: fix for finding in same for fix in finding.fixes}
    return replace(same[0], message=message, variable=None, fixes=tuple(fixes.values())[:_MOST_FIXES])


def _merged(same: list[Finding]) -> Finding:
    same = sorted(same, key=lambda finding: finding.severity.rank)
    gravest, *others = same
    fixes = {fix.title: fix for finding in same for fix in finding.fixes}
    return replace(gravest, message=_with_clauses(gravest.message, others), fixes=tuple(fixes.values()))


def _with_clauses(message: str, others: Iterable[Finding]) -> str:
    """A message `X is not set there; the code …` with the clauses of the others inserted before the semicolon."""
    clauses = [other.clause for other in others if other.clause]
    says, semicolon, rest = message.partition("; ")
    clauses = [clause for clause in clauses if clause not in says]
    if not semicolon and clauses:
        return f"{says}; it is also {_listed(clauses)}"
    return _listed([says, *clauses]) + semicolon + rest


def _listed(parts: list[str]) -> str:
    """The parts of a sentence with commas and one `and`; a comma before it if a part has an `and` of its own."""
    *first, last = parts
    if first and any(" and " in part for part in parts):
        return f"{', '.join(first)}, and {last}"
    return joined(parts, "and")

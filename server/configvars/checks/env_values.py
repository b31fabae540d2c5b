"""Values in an env file that cause an error where they are read: one finding for each line, by one check."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from itertools import chain

from configvars.checks import (
    judge_choices,
    judge_conversion,
    judge_django,
    judge_flask,
    judge_number,
    judge_truth,
)
from configvars.checks.reached import Lines, Reached
from configvars.model import FileFacts, Finding, Fix, Severity
from configvars.project import Project
from configvars.text import Span

Judge = Callable[[Reached, Lines, Project], "tuple[str, tuple[Fix, ...]]"]

# The most severe first: values that raise, then values that are read as their opposite.
_JUDGES: tuple[tuple[str, Judge], ...] = (
    ("unconvertible-value", judge_conversion.judge),
    ("unconvertible-value", judge_choices.judge),
    ("text-config-value", judge_flask.judge),
    ("text-config-value", judge_django.judge),
    ("default-of-another-type", judge_number.judge),
    ("string-truthiness", judge_truth.judge),
)


def wrong_values(check: str, facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    """The findings of `check` in an env file, for lines that no earlier check reports; None between lines."""
    for finding in _wrong_once(facts, project):
        yield finding if finding is not None and finding.check == check else None


def wrong_lines(facts: FileFacts, project: Project) -> Generator[None, None, frozenset[Span]]:
    """The spans of the names in an env file that one of these checks reports, in slices."""
    found: set[Span] = set()
    for finding in _wrong_once(facts, project):
        found |= {finding.span} if finding is not None else set()
        yield
    return frozenset(found)


def _wrong_once(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    """`_wrong`, computed once for all checks."""
    known = project.remembered("wrong values", dict[str, list[Finding]])
    if facts.path not in known:
        found: list[Finding] = []
        for finding in _wrong(facts, project):
            found += [finding] if finding is not None else []
            yield None
        known[facts.path] = found
    yield from known[facts.path]


def _wrong(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    lines = Lines(facts, project)
    by_line: dict[Span, list[Reached]] = {}
    for reached in lines.reached():
        for one in chain((reached,), lines.elsewhere(reached)) if reached is not None else ():
            if one is not None:
                by_line.setdefault(one.definition.span, []).append(one)
            yield None
        yield None
    for span, reads in by_line.items():
        for name, judge in _JUDGES:
            said = next((found for read in reads if (found := judge(read, lines, project))[0]), None)
            if said is not None:
                variable = reads[0].definition.variable
                yield Finding(name, Severity.WARNING, said[0], facts.path, span, variable, said[1])
                break
        yield None

"""duplicate-variable: an env file that gives a variable twice; the last line wins."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from configvars.checks.base import Check
from configvars.model import Definition, Example, FileEdit, FileFacts, Finding, Fix, Place, Severity, TextEdit
from configvars.project import Project
from configvars.sources.dotenv import KIND
from configvars.text import LineIndex

NAME = "duplicate-variable"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind != KIND:
        return
    by_name: defaultdict[str, list[Definition]] = defaultdict(list)
    for definition in facts.definitions:
        by_name[definition.variable.name].append(definition)
    repeated = {name: found for name, found in by_name.items() if len(found) > 1}
    lines = LineIndex(project.text_of(facts.path) or "") if repeated else LineIndex("")
    reads: defaultdict[str, list[int]] = defaultdict(list)
    for reference in facts.references:
        reads[reference.variable.name].append(reference.span.start)
    for name, (*earlier, last) in repeated.items():
        line = lines.position(last.span.start).line + 1
        for definition in earlier:
            yield _finding(facts, definition, last, line, reads[name])


def _finding(
    facts: FileFacts, overwritten: Definition, last: Definition, line: int, reads: Sequence[int]
) -> Finding:
    name = overwritten.variable.name
    fixes: tuple[Fix, ...] = ()
    if overwritten.statement is not None:
        edit = FileEdit(facts.path, (TextEdit(overwritten.statement, ""),))
        certain = not _is_read_between(reads, overwritten, last)
        fixes = (Fix("Remove the earlier, overwritten line", (edit,), certain=certain, preferred=certain),)
    return Finding(
        NAME,
        Severity.WARNING,
        f"{name} is overwritten by line {line}",
        facts.path,
        overwritten.span,
        overwritten.variable,
        fixes,
        unnecessary=True,
        related=((Place(facts.path, last.span), f"{name} gets its value here"),),
    )


def _is_read_between(reads: Sequence[int], earlier: Definition, last: Definition) -> bool:
    """Whether a line up to the last one interpolates what the earlier one gives. `reads` is in order."""
    end = last.statement.end if last.statement else last.span.end
    after = bisect_right(reads, earlier.span.start)
    return after < len(reads) and reads[after] < end


DUPLICATE_VARIABLE = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="An env file gives a variable twice; the last line wins.",
    what="""\
Every line but the last one that gives a variable in one file is told, with the line that counts. Lines in different
files are no duplicates: there the files' order decides.""",
    why="""\
Whoever changes the first line wonders why nothing happens. A name alone (`FOO`) behind `FOO=bar` takes the value
away again.""",
    run=_run,
    silent=(
        Example("-- .env --\nA=1\nB=2\na=3\n# A=4\n", note="names differ in case"),
        Example("-- .env --\nA=1\n-- .env.test --\nA=2\n", note="different files"),
        Example("-- .env --\nA='\nA=1'\n", note="inside a value"),
    ),
    examples=(
        Example("-- .env --\nA=1\nB=2\nA=3\n", (".env:1:1 A",)),
        Example("-- .env --\nA=1\nexport A=2\n'A'=3\n", (".env:1:1 A", ".env:2:8 A")),
        Example("-- .env --\nA=1\nA\n", (".env:1:1 A",), "the name alone takes the value away"),
    ),
)

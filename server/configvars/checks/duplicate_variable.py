"""duplicate-variable: an env file sets a variable twice; the last line wins."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from configvars.checks.base import Check
from configvars.checks.subjects import Subject
from configvars.model import Definition, Example, FileEdit, FileFacts, Finding, Fix, Place, Severity, TextEdit
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.sources.dotenv import KIND, SYNTAX_ERROR
from configvars.syntax.line_endings import has_odd_line_ends
from configvars.text import LineIndex

NAME = "duplicate-variable"
_WORD = lazy_pattern(r"\w+", re.ASCII)


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind != KIND:
        return
    by_name: defaultdict[str, list[Definition]] = defaultdict(list)
    for definition in facts.definitions:
        by_name[definition.variable.name].append(definition)
    repeated = {name: found for name, found in by_name.items() if len(found) > 1}
    if not repeated:
        return
    text = project.text_of(facts.path) or ""
    lines = LineIndex(text)
    words = Counter(_WORD.findall(text))
    # A line that python-dotenv ignores may be a merge conflict marker, between which lines must stay twice.
    odd = has_odd_line_ends(text) or any(problem.check == SYNTAX_ERROR for problem in facts.problems)
    for name, found in repeated.items():
        *earlier, last = found
        line = lines.position(last.span.start).line + 1
        alike = not odd and words[name] == len(found) and _are_alike(found, text)
        for definition, again in zip(earlier, found[1:], strict=True):
            fix = _fix(facts.path, again if alike else definition, alike)
            yield _finding(facts, definition, last, line, fix)


def _finding(
    facts: FileFacts, overwritten: Definition, last: Definition, line: int, fix: Fix | None
) -> Finding:
    name = overwritten.variable.name
    return Finding(
        NAME,
        Severity.WARNING,
        f"{name} is overwritten by line {line}",
        facts.path,
        overwritten.span,
        overwritten.variable,
        (fix,) if fix else (),
        unnecessary=True,
        related=((Place(facts.path, last.span), f"{name} gets its value here"),),
    )


def _fix(path: str, goes: Definition, alike: bool) -> Fix | None:
    """Remove a line; of identical lines a later one, so that the order of the names does not change."""
    if goes.statement is None:
        return None
    edit = FileEdit(path, (TextEdit(goes.statement, ""),))
    title = "Remove the repeated line" if alike else "Remove the earlier, overwritten line"
    return Fix(title, (edit,), certain=alike, preferred=alike)


def _are_alike(found: Sequence[Definition], text: str) -> bool:
    """Whether statements are exactly the same line and mean the same at every place in the file.

    If so, every reader of the file gets the same result without one of them, however it reads quotes, `export`
    and comments. A line with an interpolation does not qualify.
    """
    first, *others = (d.statement.of(text).rstrip("\r\n") if d.statement else "" for d in found)
    is_one_line = "\n" not in first and "$" not in first
    return is_one_line and all(other == first for other in others)


DUPLICATE_VARIABLE = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="An env file sets the same variable twice; the last line wins.",
    what="""\
Every line that sets a variable which a later line of the same file sets again, with the number of the line
that counts. The same variable in two files is not a duplicate, because the order of the files decides.
`--fix` removes a line only if the file contains exactly the same line again, nothing else in the file
mentions the name, and git does not ignore the file.""",
    why="""\
Changing the first line has no effect, and nothing explains why. A name alone (`FOO`) after `FOO=bar`
removes the value again.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        Example("-- .env --\nA=1\nB=2\na=3\n# A=4\n", note="names differ in case"),
        Example("-- .env --\nA=1\n-- .env.test --\nA=2\n", note="different files"),
        Example("-- .env --\nA='\nA=1'\n", note="text inside a value"),
    ),
    examples=(
        Example(
            "-- .env --\nA=1\nB=2\nA=3\n",
            (
                ".env:1:1 warning A is overwritten by line 3 [see .env:3:1: A gets its value here] [fix: Remove the earlier, overwritten line]",
            ),
        ),
        Example(
            "-- .env --\nA=1\nexport A=2\n'A'=3\n",
            (
                ".env:1:1 warning A is overwritten by line 3 [see .env:3:2: A gets its value here] [fix: Remove the earlier, overwritten line]",
                ".env:2:8 warning A is overwritten by line 3 [see .env:3:2: A gets its value here] [fix: Remove the earlier, overwritten line]",
            ),
        ),
        Example(
            "-- .env --\nA=1\nA\n",
            (
                ".env:1:1 warning A is overwritten by line 2 [see .env:2:1: A gets its value here] [fix: Remove the earlier, overwritten line]",
            ),
            "the name alone removes the value",
        ),
    ),
)

"""unused-suppression: a `configvars: ignore` comment suppresses nothing, or names a check that does not exist."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from configvars.checks.base import Check
from configvars.checks.groups import is_selected
from configvars.checks.subjects import Subject
from configvars.checks.wording import joined
from configvars.model import Example, FileEdit, FileFacts, Finding, Fix, Severity, TextEdit
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.text import LineIndex, Span

NAME = "unused-suppression"
_COMMENT = lazy_pattern(r"#[ \t]*configvars:[ \t]*ignore(?:[ \t]*\[([^\]\n]*)\])?")
# The findings of these depend only on the file; those of other checks also on the machine or the chosen app.
_CERTAIN = frozenset(
    {"string-truthiness", "unguarded-conversion", "syntax-error", "duplicate-variable", "bare-name"}
    | {"invalid-name", "ignored-config-key", "removed-config-key", "prefix-collision", "hardcoded-secret"}
)


class _Comment(Struct, frozen=True):
    """One comment: its span, the lines (0-based) that it applies to, and the checks it names (none: all)."""

    span: Span
    lines: frozenset[int]
    names: frozenset[str]


def unused_suppression(others: tuple[Check, ...]) -> Check:
    """Create the check. It runs the `others` to see whether a comment suppresses one of their findings."""

    def run(facts: FileFacts, project: Project) -> Iterator[Finding]:
        text = project.text_of(facts.path) if facts.suppressions else None
        if text is None:
            return
        lines = LineIndex(text)
        silenced = _silenced(others, facts, project, lines)
        about = _lines_with_something(facts, lines)
        busy = about | {line for line, _ in silenced}
        for comment in _comments(facts, text, lines):
            unknown = [name for name in sorted(comment.names) if not _is_check(name, others)]
            unused = [
                name for name in sorted(comment.names) if _is_unused(name, comment, silenced, about, project)
            ]
            if unknown:
                yield _finding(facts, comment, text, _no_such_check(unknown[0], others))
            elif unused or (not comment.names and busy.isdisjoint(comment.lines)):
                what = f"{joined(unused, 'and')} {'find' if len(unused) > 1 else 'finds'} nothing here"
                whole = set(unused) == comment.names
                yield _finding(
                    facts, comment, text, what if unused else "No check finds anything here", whole=whole
                )

    return Check(
        name=NAME,
        severity=Severity.INFORMATION,
        summary="A `configvars: ignore` comment suppresses nothing, or names a check that does not exist.",
        what=_WHAT,
        why=_WHY,
        run=run,
        about=Subject.SUPPRESSIONS,
        silent=_SILENT,
        examples=_EXAMPLES,
    )


def _is_check(name: str, others: tuple[Check, ...]) -> bool:
    return name == NAME or any(check.name == name for check in others)


def _no_such_check(name: str, others: tuple[Check, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, [check.name for check in others], n=1)
    return f"There is no check {name}" + (f". Did you mean {near[0]}?" if near else "")


def _silenced(
    others: tuple[Check, ...], facts: FileFacts, project: Project, lines: LineIndex
) -> set[tuple[int, str]]:
    """The lines in which each check finds something if comments are ignored."""
    return {
        (lines.position(finding.span.start).line, finding.check)
        for check in others
        for finding in check.run(facts, project)
        if finding is not None
    }


def _lines_with_something(facts: FileFacts, lines: LineIndex) -> frozenset[int]:
    """The lines that a check could report on another machine: those that read or set a variable."""
    spans = [each.span for each in facts.references] + [each.span for each in facts.definitions]
    spans += [each.span for each in facts.dynamic] + [each.span for each in facts.env_files]
    return frozenset(lines.position(span.start).line for span in spans)


def _comments(facts: FileFacts, text: str, lines: LineIndex) -> Iterator[_Comment]:
    """The suppression comments of a file: on the same line in Python, on the line above in env files."""
    covered: dict[tuple[Span, frozenset[str]], set[int]] = {}
    written: defaultdict[frozenset[str], list[Span]] = defaultdict(list)
    for found in _COMMENT.finditer(text):
        written[_names(found[1])].append(Span(*found.span()))
    for suppression in facts.suppressions:
        spans = written[suppression.checks]
        above = bisect_right(spans, suppression.line, key=lambda span: lines.position(span.start).line)
        if above:
            covered.setdefault((spans[above - 1], suppression.checks), set()).add(suppression.line)
    for (span, names), numbers in covered.items():
        yield _Comment(span, frozenset(numbers), names)


def _names(written: str | None) -> frozenset[str]:
    return frozenset(name.strip() for name in (written or "").split(",") if name.strip())


def _is_unused(
    name: str,
    comment: _Comment,
    silenced: set[tuple[int, str]],
    about: frozenset[int],
    project: Project,
) -> bool:
    """Whether a check certainly runs here and finds nothing in the lines of a comment."""
    runs = is_selected(name, project.settings) and project.settings.checks.get(name, True) is not None
    if not runs or name == NAME or any((line, name) in silenced for line in comment.lines):
        return False
    return name in _CERTAIN or about.isdisjoint(comment.lines)


def _finding(facts: FileFacts, comment: _Comment, text: str, message: str, *, whole: bool = False) -> Finding:
    fixes: tuple[Fix, ...] = ()
    if whole and (gone := _removable(comment.span, text)) is not None:
        fixes = (Fix("Remove the comment", (FileEdit(facts.path, (TextEdit(gone, ""),)),)),)
    return Finding(
        NAME, Severity.INFORMATION, message, facts.path, comment.span, fixes=fixes, unnecessary=whole
    )


def _removable(span: Span, text: str) -> Span | None:
    """The span of the comment and the blanks before it, if nothing else follows on the line."""
    line_end = text.find("\n", span.end)
    rest = text[span.end : line_end if line_end >= 0 else len(text)]
    start = span.start
    while start and text[start - 1] in " \t":
        start -= 1
    return None if rest.strip() else Span(start, span.end)


_WHAT = """\
A comment `# configvars: ignore[name]` for a line where that check finds nothing, or with the name of a check that does not
exist. What a check finds can depend on the machine and on the chosen app (`missing-variable` with and without `.env`). For
such a check, the comment is reported only if the line neither reads nor sets a variable."""
_WHY = """\
The code for which the comment was written has changed, or the name is misspelt and the finding is still reported. An
unnecessary comment hides the next real finding on its line."""
_SILENT = (
    Example('import os\nbool(os.getenv("DEBUG"))  # configvars: ignore[string-truthiness]\n'),
    Example('import os\nos.environ["A"]  # configvars: ignore[missing-variable]\n', note="used"),
    Example(
        '-- .env --\nA=1\n-- app.py --\nimport os\nos.environ["A"]  # configvars: ignore[missing-variable]\n',
        note="not needed on this machine",
    ),
    Example("-- .env --\n# configvars: ignore[duplicate-variable]\nA=1\nA=2\n"),
)
_EXAMPLES = (
    Example(
        'import os\nos.getenv("A")  # configvars: ignore[string-truthiness]\n',
        ("app.py:2:17 information string-truthiness finds nothing here [fix: Remove the comment]",),
    ),
    Example(
        'import os\nbool(os.getenv("DEBUG"))  # configvars: ignore[string-truthines]\n',
        ("app.py:2:27 information There is no check string-truthines. Did you mean string-truthiness?",),
        note="misspelt",
    ),
    Example(
        'import os\nos.getenv("A")\nB = 1  # configvars: ignore[missing-variable]\nC = 2  # configvars: ignore\n',
        (
            "app.py:3:8 information missing-variable finds nothing here [fix: Remove the comment]",
            "app.py:4:8 information No check finds anything here [fix: Remove the comment]",
        ),
    ),
    Example(
        "-- .env --\n# configvars: ignore[duplicate-variable]\nA=1\n",
        (".env:1:1 information duplicate-variable finds nothing here [fix: Remove the comment]",),
    ),
)

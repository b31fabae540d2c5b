"""unguarded-conversion: `int(os.getenv("X"))`, which fails without a word about the variable."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.python_calls import handed_to
from configvars.model import Example, FileFacts, Finding, Need, Severity
from configvars.project import Project

NAME = "unguarded-conversion"
_CONVERSIONS = frozenset({"int", "float", "Decimal", "decimal.Decimal", "json.loads", "UUID", "uuid.UUID"})


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    reads = [
        reference
        for reference in facts.references
        if reference.need is Need.REQUIRED and not reference.idiom.endswith("[]")
    ]
    text = project.text_of(facts.path) if reads and facts.kind == "python" else None
    for reference, function, _ in handed_to(text, reads, _CONVERSIONS) if text else ():
        name = reference.variable.name
        yield Finding(
            NAME,
            Severity.INFORMATION,
            f"{function}() is given None where {name} is not set, and fails without naming it",
            facts.path,
            reference.span,
            reference.variable,
        )


UNGUARDED_CONVERSION = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="A variable that may be absent is converted without a default.",
    what="""\
The result of `os.getenv("X")` or `os.environ.get("X")` without a default is handed straight to `int`, `float`,
`Decimal`, `UUID` or `json.loads`. Reads that are tested before, or whose failure is caught, are left out.

Mend it with a default, `int(os.getenv("X", "5"))`, or with `int(os.environ["X"])`, whose `KeyError` names the
variable.""",
    why="""\
Where the variable is absent the program stops with `int() argument must be a string … not 'NoneType'`, and
whoever reads the log has to find out which variable that was.""",
    run=_run,
    silent=(
        Example('import os\nint(os.getenv("A", "5"))\n', note="a default"),
        Example('import os\nint(os.environ["A"])\n', note="a KeyError names the variable"),
        Example('import os\nint(os.getenv("A") or 5)\n', note="a default, too"),
        Example('import os\nif "A" in os.environ:\n    int(os.getenv("A"))\n', note="tested before"),
        Example('import os\nstr(os.getenv("A"))\n', note="does not fail"),
    ),
    examples=(
        Example('import os\nint(os.getenv("A"))\n', ("app.py:2:16 A",)),
        Example('import os\nfloat((os.environ.get("A")))\n', ("app.py:2:24 A",)),
    ),
)

"""unguarded-conversion: `int(os.getenv("X"))`, which fails without a word about the variable."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.model import Example, FileFacts, Finding, Need, Severity
from configvars.project import Project

NAME = "unguarded-conversion"
_CONVERSIONS = frozenset({"builtins.int", "builtins.float", "decimal.Decimal", "json.loads", "uuid.UUID"})


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    for reference in facts.references if facts.kind == "python" else ():
        if reference.need is not Need.REQUIRED or reference.idiom.endswith("[]") or reference.flow is None:
            continue
        calls = (use.what for use in reference.flow.uses if use.kind == "call" and not use.caught)
        function = next((what for what in calls if what in _CONVERSIONS), None)
        if function is not None:
            called, name = function.removeprefix("builtins."), reference.variable.name
            words = f"{called}() is given None where {name} is not set, and fails without naming it"
            span, variable = reference.span, reference.variable
            yield Finding(NAME, Severity.INFORMATION, words, facts.path, span, variable)


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
        Example(
            'from dotenv import dotenv_values\nint(dotenv_values(".env")["A"])\n', note="a KeyError here, too"
        ),
        Example('import os\nif "A" in os.environ:\n    int(os.getenv("A"))\n', note="tested before"),
        Example('import os\nstr(os.getenv("A"))\n', note="does not fail"),
    ),
    examples=(
        Example(
            'import os\nint(os.getenv("A"))\n',
            ("app.py:2:16 information int() is given None where A is not set, and fails without naming it",),
        ),
        Example(
            'import os\nfloat((os.environ.get("A")))\n',
            (
                "app.py:2:24 information float() is given None where A is not set, and fails without naming it",
            ),
        ),
    ),
)

"""unguarded-conversion: `int(os.getenv("X"))`, whose error does not name the variable."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.subjects import Subject
from configvars.model import Example, FileFacts, Finding, Need, Severity
from configvars.project import Project
from configvars.runs.givers import set_by_code

NAME = "unguarded-conversion"
_CONVERSIONS = frozenset({"builtins.int", "builtins.float", "decimal.Decimal", "json.loads", "uuid.UUID"})


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    for reference in facts.references if facts.kind == "python" else ():
        if reference.need is not Need.REQUIRED or reference.idiom.endswith("[]") or reference.flow is None:
            continue
        calls = (
            use.what for use in reference.flow.uses if use.kind == "call" and not (use.caught or use.tested)
        )
        function = next((what for what in calls if what in _CONVERSIONS), None)
        if function is not None and not set_by_code(project, facts.path, reference.variable):
            called, name = function.removeprefix("builtins."), reference.variable.name
            words = f"{called}() gets None if {name} is not set, and the error does not name the variable"
            span, variable = reference.span, reference.variable
            clause = f"converted by {called}() without a default"
            yield Finding(NAME, Severity.INFORMATION, words, facts.path, span, variable, clause=clause)


UNGUARDED_CONVERSION = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="The code converts a variable that may not be set, without a default.",
    what="""\
The result of `os.getenv("X")` or `os.environ.get("X")` without a default is passed directly to `int`,
`float`, `Decimal`, `UUID` or `json.loads`. Reads that are tested first, or whose exception is caught, are
not reported.
Add a default, `int(os.getenv("X", "5"))`, or use `int(os.environ["X"])`, whose `KeyError` names the
variable.""",
    why="""\
If the variable is not set, the program stops with `int() argument must be a string … not 'NoneType'`, which
does not say which variable is missing.""",
    run=_run,
    about=Subject.READS,
    silent=(
        Example('import os\nint(os.getenv("A", "5"))\n', note="a default"),
        Example('import os\nint(os.environ["A"])\n', note="a KeyError names the variable"),
        Example('import os\nint(os.getenv("A") or 5)\n', note="another form of default"),
        Example(
            'from dotenv import dotenv_values\nint(dotenv_values(".env")["A"])\n', note="a KeyError here, too"
        ),
        Example('import os\nif "A" in os.environ:\n    int(os.getenv("A"))\n', note="tested first"),
        Example(
            'import os\nX = os.getenv("A")\nY = int(X) if X.isnumeric() else None\n',
            note="another operation fails before",
        ),
        Example('import os\nstr(os.getenv("A"))\n', note="does not fail"),
        Example(
            '-- app.py --\nimport os\nint(os.getenv("A"))\n-- start.py --\nimport os\nos.environ["A"] = "1"\n',
            note="the code sets it",
        ),
    ),
    examples=(
        Example(
            'import os\nint(os.getenv("A"))\n',
            (
                "app.py:2:16 information int() gets None if A is not set, and the error does not name the variable",
            ),
        ),
        Example(
            'import os\nfloat((os.environ.get("A")))\n',
            (
                "app.py:2:24 information float() gets None if A is not set, and the error does not name the variable",
            ),
        ),
    ),
)

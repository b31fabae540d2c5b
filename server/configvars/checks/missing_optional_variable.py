"""missing-optional-variable: code reads a variable that is not set on this machine, and accepts None."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.auxiliary import is_auxiliary
from configvars.checks.base import Check
from configvars.checks.missing import Missing, has_reads
from configvars.checks.needed import needed_all_the_same
from configvars.checks.reported_once import is_reported_before
from configvars.checks.subjects import Subject
from configvars.checks.switches import is_for_tests
from configvars.flask.needs import NONE_BEHIND
from configvars.index import LocatedReference
from configvars.model import Example, FileFacts, Finding, Need, Severity, Variable
from configvars.project import Project
from configvars.runs.givers import givers

NAME = "missing-optional-variable"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    if not has_reads(facts) or is_auxiliary(project, facts):
        return
    missing = Missing(facts, project)
    if not missing.by or (missing.by.stand_in and not missing.by.apps):
        return
    yield from missing.looking()
    optional = list(missing.reads(Need.OPTIONAL))
    needed = needed_all_the_same(facts, project) if optional else {}
    text = project.text_of(facts.path) or "" if optional else ""
    seen: set[Variable] = set()

    def is_alike(other: LocatedReference) -> bool:
        return givers(project, other.path) == missing.by

    for found in optional:
        if found.span in needed or found.variable in seen or is_for_tests(found.variable.name):
            continue
        if NONE_BEHIND.match(text, found.span.end):
            continue
        seen.add(found.variable)
        if not is_reported_before(found.variable, facts.path, project, is_alike):
            yield missing.finding(NAME, Severity.HINT, "", found)


MISSING_OPTIONAL_VARIABLE = Check(
    name=NAME,
    severity=Severity.HINT,
    summary="The code reads a variable that is not set on this machine, and the read may return None.",
    what="""\
A read without a default whose result may be `None`, such as `if os.getenv("SENTRY_DSN"):`, of a variable
that no env file for this code sets. The finding is placed at the first such read. Not reported: reads that spell out the `None` (`os.getenv("SENTRY_DSN",
None)`), variables for tests (`TESTING`, `TEST_…`), and reads in tests, scripts, tools and vendored code. In a project without any env file, this check
reports nothing; `undeclared-variable` then reports what the template lacks.""",
    why="""\
Often this is intended: the feature is off on this machine. It is worth a look if the feature should be on.""",
    run=_run,
    about=Subject.READS,
    silent=(
        Example(
            '-- .env --\nA=\n-- app.py --\nimport os\nif os.getenv("A"): pass\n', note="set to an empty value"
        ),
        Example('-- .env --\nA=\n-- app.py --\nimport os\nos.getenv("B", "x")\n', note="with a default"),
        Example('-- .env --\nA=\n-- app.py --\nimport os\nif os.getenv("TESTING"): pass\n', note="for tests"),
        Example('import os\nif os.getenv("B"): pass\n', note="no env file at all"),
        Example(
            '-- .env --\nCOMPOSE_PROJECT_NAME=shop\n-- app.py --\nimport os\nif os.getenv("B"): pass\n',
            note="an env file with settings of Docker Compose only",
        ),
        Example(
            '-- .env --\nA=\n-- app.py --\nimport os\nos.getenv("B", None), os.environ.get("C", default=None)\n'
            "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    d: str | None = None\n",
            note="an explicit None",
        ),
        Example(
            "-- .env --\nA=\n-- deploy.sh --\necho $B\n-- Makefile --\nrun:\n\techo $(B)\n", note="scripts"
        ),
    ),
    examples=(
        Example(
            '-- .env --\nA=\n-- app.py --\nimport os\nif os.getenv("SENTRY_DSN"): pass\nos.getenv("SENTRY_DSN")\n'
            '-- views.py --\nimport os\nos.getenv("SENTRY_DSN")\n',
            ("app.py:2:15 hint SENTRY_DSN is missing from .env [fix: Add SENTRY_DSN to .env]",),
        ),
    ),
    of_all_files=True,
)

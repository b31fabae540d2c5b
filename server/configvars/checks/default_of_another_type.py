"""default-of-another-type: a default that is not a string, in code that works with only one of the two types."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.env_values import wrong_values
from configvars.checks.numbers_needed import accepts_none, called, needs_number, needs_text
from configvars.checks.reached import flask_keys
from configvars.checks.subjects import Subject
from configvars.checks.text_config_value import takes_no_text
from configvars.flow_model import Flow
from configvars.model import Access, Example, FileFacts, Finding, Severity
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.runs.remarks import place_of_read
from configvars.runs.used_elsewhere import reads_elsewhere

NAME = "default-of-another-type"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    if facts.kind == "dotenv":
        yield from wrong_values(NAME, facts, project)
    if facts.kind != "python" or is_test(project, facts.path):
        return
    keys = flask_keys(facts)
    for reference in facts.references:
        is_read = reference.access is Access.READ and reference.variable.scope == "env"
        if not is_read or reference.flow is None or takes_no_text(reference.flow, keys):
            continue
        words = _words(reference.variable.name, reference.flow)
        for there in reads_elsewhere(project, facts.path, reference) if not words else ():
            if there is not None and there[1].flow is not None:
                place = place_of_read(project, there)
                words = words or _words(reference.variable.name, there[1].flow, f" at {place}")
            yield None
        if words:
            span, variable = reference.span, reference.variable
            yield Finding(NAME, Severity.INFORMATION, words, facts.path, span, variable)


def _words(name: str, flow: Flow, at: str = "") -> str:
    """The message for the first use that fails, `at` another place; empty if none does."""
    default = flow.default
    if flow.type is not None:
        return ""
    for use in flow.uses:
        if needs_number(use):
            is_number = default is not None and default.kind in ("number", "bool")
            may_work = is_number or accepts_none(use)
            raises = f"raises TypeError if {name} is set" if may_work else "always raises TypeError"
            return f"{name} is a string, not a number: {called(use)}{at} {raises}"
        if default is not None and default.kind == "list" and use.kind == "loop" and not use.through:
            return f"{name} is a string if it is set, not a list: the loop{at} goes through its characters"
        if default is not None and not default.by_or and needs_text(use, default.kind):
            kind, method = default.kind, next(iter((*use.through, use.what)))
            return f"The default of {name} is a {kind}, which has no {method}(): this raises AttributeError{at} if {name} is not set"
    return ""


_OS = "import os\n"

_LOADED = "-- app.py --\nimport os, time\nfrom dotenv import load_dotenv\nload_dotenv()\n"

_SCHEDULER = (
    f"{_OS}from apscheduler.schedulers.background import BackgroundScheduler\ns = BackgroundScheduler()\n"
)

_SETTINGS = '-- settings.py --\nimport os\nRETRIES = os.getenv("RETRIES", 4)\n-- app.py --\n'

DEFAULT_OF_ANOTHER_TYPE = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="A default that is not a string, in code that works only with a string or only with the default.",
    what="""\
An environment variable that is set is always a string, whatever type the default has. This check reports
code that works with only one of the two: `os.getenv("RETRIES", 4) + 1` and `3 <= os.getenv("RETRIES", 4)`
raise as soon as the variable is set; `os.getenv("HOSTS", []).split(",")` and `os.getenv("DEBUG",
False).lower()` raise when it is not set. It also reports arithmetic on a variable that is never converted, as a warning at the line of an env file that sets it. A value that a module
or a class keeps under a name, unchanged, is followed into the files that import it, and a Flask key that only
one statement sets into the code that reads it.
Not reported is code that converts both: `int(os.environ.get("PORT", 5000))`.""",
    why="""\
The program works on the machine where it was written and fails with a TypeError or AttributeError on
another. Use a string as the default and convert the result: `int(os.getenv("RETRIES", "4"))`,
`os.getenv("HOSTS", "").split(",")`. There is no automatic fix, because the right place for the conversion
depends on the surrounding code.""",
    run=_run,
    about=Subject.ENV_FILE | Subject.READS,
    silent=(
        Example(f'-- .env --\nDELAY=1\n{_LOADED}time.sleep(float(os.environ["DELAY"]))\n', note="converted"),
        Example(
            f'-- .env --\nDELAY=1\n{_LOADED}try:\n    time.sleep(os.environ["DELAY"])\nexcept TypeError:\n    pass\n',
            note="the exception is caught",
        ),
        Example(
            f'-- .env --\nN=1\n{_LOADED}try:\n    os.environ["N"] + 1\nexcept TypeError:\n    pass\n',
        ),
        Example(
            f'-- .env --\nN=1\n{_LOADED}n = os.environ["N"]\nn = int(n)\nn + 1\n',
            note="the name means a number then",
        ),
        Example(f'{_OS}int(os.environ.get("PORT", 5000))\n', note="both are converted"),
        Example(f'{_OS}f(os.environ.get("PORT", 5000))\n', note="f is not known"),
        Example(
            f'{_SCHEDULER}s.add_job(f, "cron", hour=os.getenv("HOUR", 3))\n'
            's.add_job(f, "interval", seconds=int(os.getenv("PAUSE", 5)), name=os.getenv("NAME", 1))\n'
            'unknown.add_job(f, "interval", seconds=os.getenv("PAUSE", 5))\n',
            note="APScheduler accepts strings for cron; converted; another scheduler",
        ),
        Example(
            f"{_OS}from collections import deque\nfrom concurrent.futures import ThreadPoolExecutor\n"
            'deque(os.getenv("A", 1), 3)\nThreadPoolExecutor(4, os.getenv("B", 1))\n',
            note="other arguments of the same functions",
        ),
        Example(f'{_OS}os.getenv("A", "a") + "b"\n"-" * 3 + os.environ["B"]\n', note="strings"),
        Example(
            f'{_OS}x = os.getenv("A", 4)\nif isinstance(x, str):\n    x.split()\n', note="the type is tested"
        ),
        Example(f'{_OS}(os.getenv("A") or []).append(1)\nos.getenv("B", "%d") % 4\n'),
        Example(f'{_OS}os.getenv("A", []).count("x")\n', note="both types have the method"),
        Example(f"{_SETTINGS}import settings\nint(settings.RETRIES) + 1\n", note="converted in another file"),
        Example(
            f"{_SETTINGS}from settings import RETRIES\nRETRIES = int(RETRIES)\nRETRIES + 1\n",
            note="the name means a number in this file",
        ),
    ),
    examples=(
        Example(
            f'{_SCHEDULER}s.add_job(f, "interval", seconds=os.environ.get("PAUSE", 5))\n'
            '@s.scheduled_job("interval", hours=os.getenv("HOURS", 1))\ndef g(): ...\n',
            (
                "app.py:4:50 information PAUSE is a string, not a number: add_job() raises TypeError if PAUSE is set",
                "app.py:5:47 information HOURS is a string, not a number: scheduled_job() raises TypeError if HOURS is set",
            ),
            note="the interval of a scheduler",
        ),
        Example(
            f'{_OS}from concurrent.futures import ThreadPoolExecutor\nThreadPoolExecutor(os.environ.get("THREADS"))\n',
            (
                "app.py:3:36 information THREADS is a string, not a number: concurrent.futures.ThreadPoolExecutor() raises TypeError if THREADS is set",
            ),
            note="a function that accepts None",
        ),
        Example(
            f'-- .env --\nDELAY=1\nN=3\n{_LOADED}time.sleep(os.environ["DELAY"])\nos.getenv("N", 4) + 1\n',
            (
                ".env:1:1 warning DELAY is a string, not a number, at app.py:4: time.sleep() raises TypeError",
                ".env:2:1 warning N is a string, not a number, at app.py:5: + raises TypeError",
                "app.py:4:24 information DELAY is a string, not a number: time.sleep() always raises TypeError",
                "app.py:5:12 information N is a string, not a number: + raises TypeError if N is set",
            ),
            note="an env file sets it",
        ),
        Example(
            f'-- .env --\nA=1\nB=\n{_LOADED}a = os.environ["A"]\nif a == "x": raise RuntimeError\ntime.sleep(a)\n'
            'time.sleep(os.environ["B"])\n',
            (
                "app.py:4:17 information A is a string, not a number: time.sleep() always raises TypeError",
                "app.py:7:24 information B is a string, not a number: time.sleep() always raises TypeError",
            ),
            note="the code tests the string, or the line sets none: only the code is reported",
        ),
        Example(
            'import os\nfor host in os.getenv("HOSTS", ["*"]):\n    print(host)\n',
            (
                "app.py:2:24 information HOSTS is a string if it is set, not a list: the loop goes through its characters",
            ),
            note="a loop over characters",
        ),
        Example(
            f"{_SETTINGS}import settings\nsettings.RETRIES + 1\n",
            (
                "settings.py:2:22 information RETRIES is a string, not a number: + at app.py:2 raises TypeError if RETRIES is set",
            ),
            "in another file",
        ),
        Example(
            f'{_OS}N = os.getenv("N", 4) + 1\n',
            ("app.py:2:16 information N is a string, not a number: + raises TypeError if N is set",),
            "raises if N is set",
        ),
        Example(
            f'{_OS}retries = os.getenv("RETRIES", 10)\nif 3 <= retries:\n    pass\n',
            (
                "app.py:2:22 information RETRIES is a string, not a number: <= raises TypeError if RETRIES is set",
            ),
        ),
        Example(
            f'{_OS}hosts = os.environ.get("HOSTS", []).split(",")\n',
            (
                "app.py:2:25 information The default of HOSTS is a list, which has no split(): this raises AttributeError if HOSTS is not set",
            ),
            "raises if not set",
        ),
        Example(
            f'{_OS}debug = os.environ.get("DEBUG", False).lower() == "true"\n',
            (
                "app.py:2:25 information The default of DEBUG is a bool, which has no lower(): this raises AttributeError if DEBUG is not set",
            ),
        ),
        Example(
            f'{_OS}from datetime import timedelta\nlife = timedelta(minutes=os.getenv("MINUTES", 30))\n',
            (
                "app.py:3:37 information MINUTES is a string, not a number: datetime.timedelta() raises TypeError if MINUTES is set",
            ),
        ),
    ),
)

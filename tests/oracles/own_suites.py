"""How many programs from the tests of the libraries themselves are read correctly.

    PYTHONPATH=tests .venv/bin/python -m oracles.own_suites FOLDER [TEST…]

`FOLDER` contains the unpacked source distributions. With names of tests, their programs are printed, too.
"""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from configvars.flask.reads import need_of
from configvars.model import Access, Need
from oracles.compare import differences
from oracles.engine import Said, known, said_of
from oracles.harness import Child
from oracles.suite_programs import Program, of_documentation, of_settings, of_statements
from oracles.test_readers import _THEIR_OWN, without_schemes
from oracles.truth import truth_of
from support.fixtures import Fixture
from support.projects import opened

_SECONDS = 20
_LONG = 40
_FIELD = re.compile(r"^ +(\w+) *:", re.MULTILINE)
_GIVEN = re.compile(r"\b(\w+)=\(")
_STRING = re.compile(r"""['"]([A-Za-z_][\w-]*)['"]""")
_PREFIX = re.compile(r"""env_prefix['"]?\s*[=:]\s*['"]([^'"]*)['"]""")
_DELIMITER = re.compile(r"""nested_delimiter['"]?\s*[=:]\s*['"]([^'"]+)['"]""")
_OTHER_SOURCES = ("secrets_dir", "cli_parse_args")  # files and the command line
_VALUES = ("7", "true", '{"a": 1}', "a=1", "sqlite://x", "x")
_ROUNDS = 5


class Suite(NamedTuple):
    """The tests of a library. `head`: lines above the statements; `words`: in all programs that count."""

    module: str
    files: str
    head: str = ""
    words: tuple[str, ...] = ()


_COMMAND = ("envvar", "standalone_mode")  # a command is called
_STARLETTE = "from starlette.config import Config, Environ"
_ENVIRONS = "import environs\nenv = environs.Env()"
SUITES = {
    "pydantic-settings": Suite("pydantic_settings", "pydantic_settings-*/tests/test_settings.py"),
    "pydantic-settings, documentation": Suite("pydantic_settings", "pydantic_settings-*/docs/index.md"),
    "environs": Suite(
        "environs", "environs-*/tests/test_environs.py", "import environs\nenv = environs.Env()"
    ),
    "django-environ": Suite(
        "environ", "django_environ-*/tests/test_*.py", "import environ\nfrom environ import Env\nenv = Env()"
    ),
    "starlette": Suite("starlette.config", "starlette-*/tests/test_config.py", _STARLETTE),
    "click": Suite("click", "click-*/tests/test_*.py", "import click", _COMMAND),
    "typer": Suite("typer", "typer-*/tests/test_*.py", "import typer", _COMMAND),
}


class _TooSlowError(Exception):
    pass


def wrong_settings(process: Child, program: Program) -> list[str] | None:
    """The engine's mistakes about a settings class; None if the program cannot run."""
    files = {"app.py": program.text}
    said = _with_needs(files)
    names = {name for name in likely_names(program.text) if name and not {"=", "\0"} & set(name)}
    truth = truth_of(process, files, lambda first: names | said.read | first.names, spelled=said.read)
    has_failed = truth.required is None and not truth.read
    if (
        has_failed
        and not re.search("ValidationError|SettingsError", truth.outcome)
        and "rror" in truth.outcome
    ):
        return None
    groups = [
        {one.variable.name, *one.instead} for facts in known(files) for one in facts.references if one.instead
    ]
    several = frozenset().union(*groups)
    spoken = replace(said, required=said.required - (several - (truth.required or frozenset())))
    may_come_from_elsewhere = any(each in program.text for each in _OTHER_SOURCES)
    found = differences(truth, spoken, files, needs=not may_come_from_elsewhere)
    is_uncertain = truth.required is None
    return [
        one
        for one in found
        if not (one.endswith("is required") and one.split()[0] in several)
        if not (one.endswith("is read") and is_uncertain)
    ]


def likely_names(text: str) -> set[str]:
    """The fields and aliases in a program, with the prefixes, and with one level below them."""
    fields = {*_FIELD.findall(text), *_GIVEN.findall(text)}
    strings = {found for found in _STRING.findall(text) if len(found) < _LONG}
    atoms, inner = fields | strings, fields | (strings if "alias" in text else set())
    found = {prefix + atom for prefix in ("", *_PREFIX.findall(text)) for atom in atoms}
    found |= {f"{outer}{each}{one}" for each in _DELIMITER.findall(text) for outer in found for one in inner}
    return {*(found if "case_sens" in text else ()), *map(str.upper, found)}


def _with_needs(files: dict[str, str]) -> Said:
    """What the engine reports, with the needs that the whole project shows; others do not count."""
    said = said_of(files)
    with TemporaryDirectory() as folder:
        project = opened(Path(folder), Fixture(files)).project
        needs = [
            (one.variable.name, need_of(facts, project, one))
            for facts in project.index.files.values()
            for one in facts.references
            if one.access is Access.READ
        ]
    required = frozenset(name for name, need in needs if need is Need.REQUIRED)
    read = frozenset(name for name, need in needs if need is not None)
    return replace(said, read=said.read & read, required=said.required & required)


def wrong_statements(process: Child, program: Program) -> list[str] | None:
    """The names that the engine reports and that are not looked up, and those that it misses."""
    files = {"app.py": program.text}
    said = without_schemes(said_of(files), files)
    process.load({"app.py": program.run})
    given, asked = set(said.read), set[str]()
    for _ in range(_ROUNDS):
        alone = [{name: _VALUES[-1]} for name in given]
        runs = process.run([{}, *(dict.fromkeys(given, value) for value in _VALUES), *alone])
        names = frozenset().union(*(run.names for run in runs))
        if names <= asked:
            break
        asked |= names
        given |= {name for name in names if name.isidentifier() and not _THEIR_OWN.match(name)}
    asked = {name for name in asked if not _THEIR_OWN.match(name)}
    missed = asked - said.read if not said.dynamic else set[str]()
    missed = {name for name in missed if not name.startswith(said.families or ("\0",))}
    return [
        *(f"{name} is not read" for name in sorted(said.read - asked)),
        *(f"{name} is read" for name in sorted(missed)),
    ]


def programs(suite: Suite, folder: Path) -> Iterator[Program]:
    """The programs of a suite that concern variables."""
    for path in sorted(folder.glob(suite.files)):
        of_classes = of_documentation if path.suffix == ".md" else of_settings
        found = of_statements(path, suite.head) if suite.head else of_classes(path)
        suited = (one for one in found if all(word in one.text for word in suite.words))
        yield from (one for one in suited if "--help" not in one.text)  # prints only what it would read


def compare(name: str, folder: Path, tests: list[str]) -> None:
    """Print the mistakes of the engine about a suite, and how many programs have none."""
    suite, process = SUITES[name], Child(SUITES[name].module)
    compared = wrong_statements if suite.head else wrong_settings
    total = agreeing = 0
    for program in programs(suite, folder):
        if tests and program.test not in tests:
            continue
        signal.alarm(_SECONDS)
        try:
            wrong = compared(process, program)
        except (_TooSlowError, AssertionError) as error:
            wrong, process = [type(error).__name__], Child(suite.module)
        finally:
            signal.alarm(0)
        if suite.head:  # a program may change the library
            process.close()
            process = Child(suite.module)
        total += wrong is not None
        agreeing += wrong == []
        if wrong or tests:
            print(f"{name} {program.test}: {', '.join(wrong or ())}", *[program.text] * bool(tests), sep="\n")
    print(f"{name}: {agreeing} of {total}", flush=True)


def _stop(signum: int, frame: object) -> None:
    raise _TooSlowError


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, _stop)
    folder, *tests = sys.argv[1:]
    for each in SUITES:
        compare(each, Path(folder), tests)

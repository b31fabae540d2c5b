"""The real libraries read what the engine reports about programs that use them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis.strategies import SearchStrategy

from configvars.model import Need
from oracles.compare import differences
from oracles.dynaconf_programs import SAMPLE
from oracles.engine import Said, known, said_of
from oracles.harness import PYTHON, Child, child, version
from oracles.reader_generated import GENERATED
from oracles.reader_programs import ALONE, PROGRAMS, VALUES
from oracles.reader_truth import environ, reads_of
from support.fixtures import fixture
from support.properties import EXAMPLES, thorough

pytestmark = pytest.mark.slow

# What the libraries and the interpreter read by themselves in every program.
_THEIR_OWN = re.compile(
    r"(?:\w+_FOR_DYNACONF|DYNACONF_(?:NAMESPACE|SETTINGS\w*|SILENT_ERRORS|ALWAYS_FRESH_VARS)|RENAMED_VARS"
    r"|OC_CAUSE|JSONARGPARSE_\w+|\w*PRINT_SHTAB|SANIC_WORKER\w+|FLASK_DEBUG|SETTINGS_MODULE|PROJECT_ROOT|DJANGO_SETTINGS_MODULE"
    r"|_.*_COMPLETE|_ARGCOMPLETE\w*|_ARC_DEBUG|\w*_CLICK_DEFAULT_HELP|\w*_HELP|\w*_(?:INSTALL|SHOW)_COMPLETION|_?TYPER_\w+"
    r"|LANG\w*|LC_\w+|HOME|PWD|_?PYTHON\w*|PYDANTIC_\w+|TERM|COLUMNS|LINES|NO_COLOR|FORCE_COLOR|PY_COLORS|GITHUB_ACTIONS)$"
)
# All libraries are installed, except in another Python that was named: then only some.
HAVING = (
    PROGRAMS
    if sys.executable == PYTHON
    else {package: found for package, found in {**PROGRAMS, **ALONE}.items() if version(package) != (0,)}
)
DYNACONF = SAMPLE if "dynaconf" in HAVING else ()
ALL = [(module, text.lstrip("\n")) for module, texts in HAVING.values() for text in texts]


@pytest.fixture(scope="module")
def library(request: pytest.FixtureRequest) -> Iterator[Child]:
    with child(request.param) as process:
        yield process


@pytest.mark.parametrize(("library", "text"), ALL, indirect=["library"], ids=[module for module, _ in ALL])
def test_reads(library: Child, text: str) -> None:
    assert wrongs(library, text) == []


@pytest.mark.parametrize("library", ["dynaconf"], indirect=True)
def test_a_sample_of_dynaconf(library: Child) -> None:
    assert {text: wrong for text in DYNACONF if (wrong := wrongs(library, text))} == {}


@pytest.mark.parametrize(
    ("library", "programs"),
    [(module, programs) for package, (module, programs) in GENERATED.items() if package in HAVING],
    indirect=["library"],
    ids=[package for package in GENERATED if package in HAVING],
)
def test_generated_programs(library: Child, programs: SearchStrategy[str]) -> None:
    @settings(thorough, max_examples=max(10, EXAMPLES // 100), derandomize=True)
    @given(programs)
    def check(text: str) -> None:
        assert wrongs(library, text) == [], text

    check()


def wrongs(library: Child, text: str) -> list[str]:
    """The engine's mistakes about a program."""
    files = {"number.txt": "7", **fixture(text).files}
    choices, in_files = choices_in(files), names_in(files)
    said = without_schemes(said_of(files), files)
    ones = frozenset().union(*choices)
    spelt_out = "goodconf" in text  # pydantic-settings takes names in any case: they are given in one

    def is_ignored(name: str) -> bool:
        return name in in_files or _THEIR_OWN.match(name) is not None or (spelt_out and not name.isupper())

    truth = reads_of(library, files, said.read, VALUES, is_ignored)
    loaded = replace(truth, files=truth.files - {"number.txt"})
    alone = replace(said, required=said.required - ones)
    assert truth.required is not None, truth.outcome
    assert not said.dynamic
    wrong = list(differences(loaded, alone, files, needs=not is_lenient(text, said.read)))
    withheld = library.run([environ(said.read - choice, VALUES) for choice in choices])
    unneeded = [choice for choice, run in zip(choices, withheld, strict=True) if not run.errors]
    return wrong + [f"none of {sorted(choice)} is needed" for choice in unneeded]


def without_schemes(said: Said, files: dict[str, str]) -> Said:
    """What is reported, without names that are only declared: `environ.Env(DEBUG=(bool, False))`."""
    read = [one for facts in known(files) for one in facts.references if one.variable.scope == "env"]
    used = {one.variable.name for one in read if not one.idiom.endswith(" scheme")}
    return replace(said, read=said.read & used)


def is_lenient(text: str, names: frozenset[str]) -> bool:
    """Whether the engine does not decide on its own what is required.

    The look-ups of omegaconf are late. A settings file of dynaconf may contain a setting, and a setting is
    a table or a string, so that a program which reads both `zone` and `zone.host` fails with one of them.
    """
    is_nested = any(one.startswith(f"{other}__") for one in names for other in names)
    return "omegaconf" in text or ("dynaconf" in text and (is_nested or "settings_files" in text))


def choices_in(files: dict[str, str]) -> list[frozenset[str]]:
    """Groups of names of which, according to the engine, one is required."""
    read = [one for facts in known(files) for one in facts.references if one.need is Need.REQUIRED]
    return [frozenset({one.variable.name, *one.instead}) for one in read if one.instead]


def names_in(files: dict[str, str]) -> frozenset[str]:
    """The names in a program's env files, which a library may look up when it loads them."""
    texts = (text for name, text in files.items() if name.endswith(".env"))
    return frozenset(name for text in texts for name in re.findall(r"^(\w+)=", text, re.MULTILINE))

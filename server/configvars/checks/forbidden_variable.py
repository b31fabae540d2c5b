"""forbidden-variable: an env file has a name that the settings class loading it rejects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from configvars.checks.base import Check
from configvars.checks.subjects import Subject
from configvars.model import Definition, EnvFileUse, Example, FileFacts, Finding, Place, Severity
from configvars.project import Project
from configvars.pydantic_model import SettingsClass
from configvars.resolve.env_files import is_template, is_test_file, used_file
from configvars.sources.dotenv import KIND

NAME = "forbidden-variable"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind != KIND or is_template(facts.path):
        return
    for path, settings in _strict(facts.path, project):
        for given in facts.definitions:
            if _is_rejected(given, settings):
                yield _finding(facts.path, given, path, settings)


def rejected(facts: FileFacts, project: Project) -> Callable[[Definition], bool]:
    """A function that says whether a settings class rejects a definition of an env file."""
    strict = [settings for _, settings in _strict(facts.path, project)]
    return lambda given: any(_is_rejected(given, settings) for settings in strict)


def _is_rejected(given: Definition, settings: SettingsClass) -> bool:
    has_value = given.value is not None and not given.value.facts().is_empty
    return has_value and not given.declaration and not _passes(given.variable.name, settings)


def _strict(env_file: str, project: Project) -> Iterable[tuple[str, SettingsClass]]:
    """The classes that load the file and reject other names, if all their fields are known."""
    return project.answered_for(env_file, "strict settings", lambda: _all_strict(project)) or ()


def _all_strict(project: Project) -> dict[str, list[tuple[str, SettingsClass]]]:
    files, root = project.index.files, project.root
    found: dict[str, list[tuple[str, SettingsClass]]] = {}
    for path, facts in files.items():
        for settings in facts.settings if not is_test_file(path, root) else ():
            if settings.forbids and settings.certain and settings.is_made:
                uses = (EnvFileUse(file, settings.span, NAME) for file in settings.files)
                for env_file in {used for use in uses if (used := used_file(use, path, files, root))}:
                    found.setdefault(env_file, []).append((path, settings))
    return found


def _passes(name: str, settings: SettingsClass) -> bool:
    def spelled(names: frozenset[str]) -> frozenset[str]:
        return names if settings.case_sensitive else frozenset(map(str.lower, names))

    name = name if settings.case_sensitive else name.lower()
    return name in spelled(settings.names | settings.fields) or name.startswith(
        tuple(spelled(settings.families))
    )


def _finding(path: str, given: Definition, code: str, settings: SettingsClass) -> Finding:
    return Finding(
        NAME,
        Severity.WARNING,
        f"{given.variable.name} is not a field of {settings.name}, which loads this file and forbids other names: "
        "it raises a ValidationError",
        path,
        given.span,
        given.variable,
        related=((Place(code, settings.span), f"{settings.name} forbids names that are not fields"),),
    )


_CLASS = (
    "-- app.py --\nfrom pydantic_settings import BaseSettings, SettingsConfigDict\nclass S(BaseSettings):\n"
)

FORBIDDEN_VARIABLE = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="An env file has a name that the pydantic settings class loading it rejects.",
    what="""\
A pydantic-settings 2 class that loads a file with `env_file=` treats every name in the file as a field,
with or without its prefix, and `extra` is `"forbid"` unless the class sets it. The check reports each line
whose name has a value and is not a field of the class. Allowed are names without a value, a field's name
without the prefix, and names that start like a nested field.
Only classes whose fields are all known and that the same file instantiates are checked.""",
    why="""\
The program stops at startup: `ValidationError: Extra inputs are not permitted`. This happens when a name
for Docker Compose or another program is added to a shared `.env`. Set `extra="ignore"` in the class's
configuration, or move such names to a separate file.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        Example(
            f"-- .env --\nHOST=x\nEMPTY=\nNAKED\n{_CLASS}    model_config = {{'env_file': '.env'}}\n    host: str\nS()\n"
        ),
        Example(
            f"-- .env --\nHOST=x\nOTHER=x\n{_CLASS}    model_config = {{'env_file': '.env', 'extra': 'ignore'}}\n    host: str\nS()\n"
        ),
        Example(f"-- .env --\nHOST=x\nOTHER=x\n{_CLASS}    host: str\nS()\n", note="the class loads no file"),
        Example(
            f"-- .env --\nHOST=x\nOTHER=x\n{_CLASS}    model_config = {{'env_file': '.env'}}\n    host: str\n"
            "class T(S):\n    other: str\nT()\n",
            note="S is never instantiated",
        ),
        Example(
            f"-- .env --\nA_HOST=x\nhost=x\n{_CLASS}    model_config = {{'env_file': '.env', 'env_prefix': 'A_'}}\n    host: str\nS()\n",
            note="a field's name without the prefix is allowed",
        ),
        Example(
            f"-- .env --\nDB__ANY__NAME=x\n{_CLASS}    model_config = {{'env_file': '.env', 'env_nested_delimiter': '__'}}\n"
            "    db: dict[str, dict] = {}\nS()\n",
            note="part of a nested field",
        ),
        Example(
            f"-- .env --\nOTHER=x\n{_CLASS}    model_config = {{'env_file': '.env', 'env_prefix': prefix}}\n    host: str\nS()\n",
            note="the names of the fields are not known",
        ),
    ),
    examples=(
        Example(
            f"-- .env --\nHOST=x\nPOSTGRES_USER=x\n{_CLASS}    model_config = SettingsConfigDict(env_file='.env')\n    host: str\nS()\n",
            (
                ".env:2:1 warning POSTGRES_USER is not a field of S, which loads this file and forbids other names: it raises a ValidationError [see app.py:2:7: S forbids names that are not fields]",
            ),
        ),
        Example(
            f"-- .env --\nA_HOST=x\nDEBUG=1\n{_CLASS}    model_config = SettingsConfigDict(env_prefix='A_')\n    host: str\n"
            "S(_env_file='.env')\n",
            (
                ".env:2:1 warning DEBUG is not a field of S, which loads this file and forbids other names: it raises a ValidationError [see app.py:2:7: S forbids names that are not fields]",
            ),
            "with or without the prefix",
        ),
    ),
    of_all_files=True,
)

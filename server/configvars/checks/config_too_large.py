"""config-too-large: the config vars exceed Heroku's size limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from configvars.checks.base import Check
from configvars.checks.main_env_file import is_main_env_file
from configvars.checks.subjects import Subject
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project
from configvars.resolve.env_files import is_env_file
from configvars.secret import ValueFacts
from configvars.text import Span

NAME = "config-too-large"
LIMIT = 64 * 1024

Sized = tuple[str, ValueFacts]


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if is_env_file(facts.path, project.index.files):
        given = {d.variable.name: d.value.facts() for d in facts.definitions if d.value is not None}
        yield from _told(facts, given.items(), "The variables of this file")
    if is_main_env_file(facts.path, project):
        for app in project.apps:
            on_app = ((name, variable.facts) for name, variable in app.variables.items())
            yield from _told(facts, on_app, f"The config vars of Heroku app {app.app}")


def _told(facts: FileFacts, given: Iterable[Sized], whose: str) -> Iterator[Finding]:
    sizes = {name: len(name.encode("utf-8", "surrogatepass")) + value.byte_size for name, value in given}
    total = sum(sizes.values())
    if total <= LIMIT:
        return
    largest = max(sizes, key=lambda name: sizes[name])
    message = (
        f"{whose} take up {_kilobytes(total)} kB, {largest} alone {_kilobytes(sizes[largest])} kB;"
        f" Heroku allows {LIMIT // 1024} kB for all names and values"
    )
    definition = next((d for d in reversed(facts.definitions) if d.variable.name == largest), None)
    span = definition.span if definition else Span(0, 0)
    variable = definition.variable if definition else None
    yield Finding(NAME, Severity.WARNING, message, facts.path, span, variable)


def _kilobytes(size: int) -> int:
    return -(-size // 1024)


CONFIG_TOO_LARGE = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="The variables of an env file or app are larger than Heroku allows.",
    what="""\
Heroku limits the names and values of all config vars of an app to 64 kB in total. An env file that exceeds
this is reported at its largest variable. A chosen app that exceeds it is reported at the top of the main
env file.""",
    why="""\
`heroku config:set` then fails for all of them at once. The largest values are usually certificates and
service account keys: keep these in object storage or in a secrets manager.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        Example("-- .env --\nA=1\n"),
        Example(f"-- .env --\nA={'x' * (LIMIT - 1)}\n", note="exactly the limit"),
        Example(f"-- .env.example --\nA={'x' * LIMIT}\n", note="a template"),
        Example(f"-- heroku:shop --\nA={'x' * (LIMIT - 1)}\n-- .env --\nA=1\n"),
    ),
    examples=(
        Example(
            f"-- .env --\nB=1\nA={'x' * LIMIT}\n",
            (
                ".env:2:1 warning The variables of this file take up 65 kB, A alone 65 kB; Heroku allows 64 kB for all names and values",
            ),
        ),
        Example(
            f"-- heroku:shop --\nA={'x' * LIMIT}\n-- .env --\nB=1\n",
            (
                ".env:1:1 warning The config vars of Heroku app shop take up 65 kB, A alone 65 kB; Heroku allows 64 kB for all names and values",
            ),
            "an app",
        ),
    ),
)

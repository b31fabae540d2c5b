"""Env files whose names become keys of an app: `app.config.update(dotenv_values(".env"))`."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.catalog.flask_keys import flask_key
from configvars.flask_model import ConfigStep
from configvars.model import FileFacts, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import is_test_file, used_files
from configvars.text import Place

_WHOLE = lazy_pattern(
    r"[\w.\[\]\s]+(?:\(|\|=)\s*(?:\*\*\s*)?(?:\w+\.)*dotenv_values\([^()]*\)\s*,?\s*\)?\s*\Z"
)
_TAKING = frozenset({"update", "from_mapping", "|="})


def files_taken_as_keys(project: Project) -> frozenset[str]:
    """The env files that a statement which fills `app.config` certainly reads with `dotenv_values`."""
    return project.remembered(
        "env files as keys", lambda: frozenset(file for file, _, sure in _found(project) if sure)
    )


def is_taken_as_key(project: Project, path: str, name: str) -> bool:
    """Whether a name in an env file may become a key that Flask, an extension or the code reads."""
    files = project.remembered(
        "env files that may be keys", lambda: frozenset(file for file, _, _ in _found(project))
    )
    if path not in files:
        return False
    return flask_key(name) is not None or any(project.index.references(Variable("flask", name)))


def takers(project: Project, name: str) -> Iterator[Place]:
    """The statements that take a name in an env file as a key."""
    variable = Variable("env", name)
    found = dict.fromkeys(
        place
        for file, place, _ in _found(project)
        if is_taken_as_key(project, file, name)
        and any(one.variable == variable for one in project.index.files[file].definitions)
    )
    yield from found


def _found(project: Project) -> Iterator[tuple[str, Place, bool]]:
    """The env files, each with the statement, and whether the statement itself reads it."""
    for path, facts in project.index.files.items():
        uses = [use for use in facts.env_files if use.only_for == "dotenv_values"]
        for step in _steps(facts) if uses and not is_test_file(path, project.root) else ():
            for use in uses:
                is_inside = step.span.start <= use.span.start and use.span.end <= step.span.end
                if is_inside or step.feed.open:
                    for file in used_files(use, path, project.index.files, project.root):
                        place = Place(path, step.span)
                        yield file, place, is_inside and not use.pattern and _is_whole(project, path, step)


def _steps(facts: FileFacts) -> Iterator[ConfigStep]:
    for flow in facts.flask.flows:
        for event in flow.events:
            if isinstance(event, ConfigStep) and event.method in _TAKING:
                yield event


def _is_whole(project: Project, path: str, step: ConfigStep) -> bool:
    """Whether the statement takes all that `dotenv_values` returns, and nothing else."""
    return _WHOLE.match(step.span.of(project.text_of(path) or "")) is not None

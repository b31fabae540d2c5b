"""Questions about a project that several checks of the Flask configuration ask."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from configvars.flask_model import ConfigFlow, ConfigObject, ConfigStep
from configvars.model import FileFacts, Reference, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.flask_places import pyfiles
from configvars.text import Span

_HEROKU_FILES = ("app.json", "heroku.yml")
# Other services that start the processes of a Procfile, or for which a project has its own settings.
_OTHER_SERVICES = (
    *(".elasticbeanstalk/config.yml", "fly.toml", "nixpacks.toml", "railpack.json", "railway.json"),
    *("railway.toml", "render.yaml"),
)
_NOT_PRODUCTION = lazy_pattern(r"dev|test|local|debug|sample|example", re.IGNORECASE)


def deploys_to_heroku(project: Project) -> bool:
    """Whether a file at the root, a chosen app or a setting shows that the project is deployed to Heroku.

    A Procfile alone does not show this if the project has settings for another service.
    """

    def has_any() -> bool:
        def has(*names: str) -> bool:
            return any(project.has_file(os.path.join(project.root, name)) for name in names)

        return has(*_HEROKU_FILES) or (has("Procfile") and not has(*_OTHER_SERVICES))

    is_chosen = bool(project.apps or project.settings.heroku_apps)
    return is_chosen or project.answered("has files for Heroku", has_any)


def steps_of(facts: FileFacts) -> Iterator[tuple[ConfigFlow, ConfigStep]]:
    """The statements of a file that fill a Flask configuration."""
    for flow in facts.flask.flows:
        for event in flow.events:
            if isinstance(event, ConfigStep):
                yield flow, event


def loaded_file(project: Project, path: str, flow: ConfigFlow, step: ConfigStep) -> str | None:
    """The file that `from_pyfile` or `from_file` in `path` loads: the first candidate that exists.

    If none exists, the first candidate.
    """
    if step.file is None:
        return None
    candidates = list(pyfiles(path, flow, step.file))
    return next((file for file in candidates if project.has_file(file)), candidates[0])


class KeysOf:
    """The classes around the keys of one file, and the reads in their values."""

    def __init__(self, facts: FileFacts) -> None:
        self._facts = facts

    def object_at(self, span: Span) -> ConfigObject | None:
        """The class or module whose key stands at `span`, if one does."""
        return self._objects.get(span)

    def is_for_production(self, span: Span) -> bool:
        """Whether the name of the class around a key does not say that it is for development or tests."""
        around = self.object_at(span)
        return around is None or not _NOT_PRODUCTION.search(around.name)

    def reads_in(self, span: Span | None) -> list[Reference]:
        """The environment variables that an expression reads."""
        if span is None:
            return []
        first = bisect_left(self._reads, span.start, key=_start)
        behind = bisect_left(self._reads, span.end, lo=first, key=_start)
        return [reference for reference in self._reads[first:behind] if reference.span.end <= span.end]

    @cached_property
    def _objects(self) -> dict[Span, ConfigObject]:
        found: dict[Span, ConfigObject] = {}
        for one in self._facts.flask.objects:
            for key in (*one.keys, *one.ignored):
                found.setdefault(key.span, one)
        return found

    @cached_property
    def _reads(self) -> list[Reference]:
        return sorted((r for r in self._facts.references if r.variable.scope == "env"), key=_start)


def _start(reference: Reference) -> int:
    return reference.span.start


def occurrences(project: Project, name: str) -> int:
    """The number of places in code, files and templates that define or use a key."""
    variable = Variable("flask", name)
    return sum(1 for _ in project.index.definitions(variable)) + sum(
        1 for _ in project.index.references(variable)
    )


def keys_with_values(facts: FileFacts) -> Iterator[tuple[str, Span, Span]]:
    """The keys that the code sets, each with the span of the key and the span of the value."""
    for definition in facts.definitions:
        if definition.variable.scope == "flask" and definition.value_span is not None:
            yield definition.variable.name, definition.span, definition.value_span
    for _, step in steps_of(facts):
        if step.method == "attribute":
            yield from ((key.name, key.span, key.value) for key in step.feed.keys if key.value is not None)


def feeds_a_key(name: str, path: str, project: Project) -> bool:
    """Whether code assigns this constant to the key of the same name: `app.config["KEY"] = config.KEY`."""
    module = re.escape(re.split(r"[\\/]", path.removesuffix(".py").removesuffix("/__init__"))[-1])
    imported = re.compile(rf"\bfrom\s+[\w.]*\b{module}\s+import\b|\bimport\s+[\w., ]*\b{module}\b")
    for found in project.index.definitions(Variable("flask", name)):
        text, value = project.text_of(found.path) or "", found.definition.value_span
        is_name = value is not None and re.fullmatch(rf"(?:\w+\.)*{name}", value.of(text))
        if is_name and (found.path == path or imported.search(text)):
            return True
    return False

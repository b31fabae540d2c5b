"""Variables that are read whatever they are called, as long as their names begin (or end) so."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase

from configvars.flask_model import ConfigStep
from configvars.project import Project


def flask_prefixes(project: Project) -> tuple[str, ...]:
    """What the names begin with that `app.config.from_prefixed_env` reads here, such as `FLASK_`; sorted."""
    steps = (
        event
        for facts in project.index.files.values()
        for flow in facts.flask.flows
        for event in flow.events
        if isinstance(event, ConfigStep)
    )
    return tuple(sorted({f"{step.prefix}_" for step in steps if step.method == "from_prefixed_env"}))


def taken(project: Project) -> Callable[[str], bool]:
    """Whether a name is one that code takes with others of its kind: a prefix of Flask's, or `DYNACONF_*`."""
    prefixes = flask_prefixes(project)
    patterns = frozenset().union(*(facts.taken for facts in project.index.files.values()))

    def is_taken(name: str) -> bool:
        return name.startswith(prefixes) or any(fnmatchcase(name, pattern) for pattern in patterns)

    return is_taken

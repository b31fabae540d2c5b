"""Variables that are read because of the start or end of their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase

from configvars.flask_model import ConfigStep
from configvars.project import Project
from configvars.text import Span


def flask_prefixes(project: Project) -> tuple[str, ...]:
    """The prefixes that `app.config.from_prefixed_env` reads in this project, such as `FLASK_`; sorted."""
    return tuple(sorted({f"{step.prefix}_" for step in _steps(project)}))


def json_prefixes(project: Project) -> tuple[str, ...]:
    """Those of them whose values are only ever parsed as JSON: no call is given `loads`."""
    others = {f"{step.prefix}_" for step in _steps(project) if step.own_loads}
    return tuple(prefix for prefix in flask_prefixes(project) if prefix not in others)


def _steps(project: Project) -> Iterator[ConfigStep]:
    for facts in project.index.files.values():
        for flow in facts.flask.flows:
            for event in flow.events:
                if isinstance(event, ConfigStep) and event.method == "from_prefixed_env":
                    yield event


def prefix_readers(project: Project, name: str) -> Iterator[tuple[tuple[str, Span] | str, str]]:
    """What reads a variable because of its prefix: the place or file, and what it reads.

    These are calls of `from_prefixed_env`, and code that reads all variables with a prefix (`DYNACONF_*`).
    """
    for path, facts in project.index.files.items():
        pattern = next((each for each in sorted(facts.taken) if fnmatchcase(name, each)), None)
        if pattern is not None:
            yield path, f"all variables {pattern}"
        for flow in facts.flask.flows:
            for event in flow.events:
                if not isinstance(event, ConfigStep) or event.method != "from_prefixed_env":
                    continue
                prefix = f"{event.prefix}_"
                if event.prefix is not None and name.startswith(prefix) and name != prefix:
                    key = name.removeprefix(prefix).partition("__")[0]
                    yield (path, event.span), f"app.config.from_prefixed_env, which sets {key}"


def taken(project: Project) -> Callable[[str], bool]:
    """A function that says whether code reads a name because of its prefix: Flask's prefixes, `DYNACONF_*`."""
    prefixes = flask_prefixes(project)
    patterns = frozenset().union(*(facts.taken for facts in project.index.files.values()))

    def is_taken(name: str) -> bool:
        return name.startswith(prefixes) or any(fnmatchcase(name, pattern) for pattern in patterns)

    return is_taken

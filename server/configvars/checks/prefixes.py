"""Variables that are read because of the start or end of their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase

from configvars.catalog.flask_keys import flask_key
from configvars.flask_model import ConfigStep
from configvars.model import Reference
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.text import Span

_INIT_APP = lazy_pattern(
    r"\binit_app\((?:[^()]|\([^()]*\))*?\benv_prefix\s*=\s*(\[[^\]]*\]|\([^)]*\)|[fF]?[\"'][^\"'\n]*)"
)
_START = lazy_pattern(r"""(?<![\w'"])[fF]?["'](\w+)""")


def flask_prefixes(project: Project) -> tuple[str, ...]:
    """The prefixes that `app.config.from_prefixed_env` reads in this project, such as `FLASK_`; sorted."""

    def find() -> tuple[str, ...]:
        return tuple(sorted({f"{step.prefix}_" for step in _steps(project)}))

    return project.remembered("prefixes of Flask", find)


def json_prefixes(project: Project) -> tuple[str, ...]:
    """Those of them whose values are only ever parsed as JSON: no call is given `loads`."""
    prefixes = flask_prefixes(project)
    others = {f"{step.prefix}_" for step in _steps(project) if step.own_loads} if prefixes else ()
    return tuple(prefix for prefix in prefixes if prefix not in others)


def is_key_of_its_own(project: Project, path: str, read: Reference) -> bool:
    """Whether a key that `from_prefixed_env` may load has no value without it, and not only tests load it."""
    known = flask_key(read.span.of(project.text_of(path) or ""))
    has_default = known is not None and known.owner == "Flask" and known.name != "SECRET_KEY"
    return not has_default and not _is_of_tests(project, read.variable.name)


def _is_of_tests(project: Project, name: str) -> bool:
    """Whether only tests call `from_prefixed_env` with the prefix of a variable."""

    def find() -> tuple[str, ...]:
        return tuple({f"{step.prefix}_" for path, step in _calls(project) if not is_test(project, path)})

    return not name.startswith(project.remembered("prefixes outside of tests", find))


def _steps(project: Project) -> Iterator[ConfigStep]:
    yield from (step for _, step in _calls(project))


def _calls(project: Project) -> Iterator[tuple[str, ConfigStep]]:
    for path, facts in project.index.files.items():
        for flow in facts.flask.flows:
            for event in flow.events:
                if isinstance(event, ConfigStep) and event.method == "from_prefixed_env":
                    yield path, event


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
    prefixes = (*flask_prefixes(project), *_handed_on(project))
    patterns = frozenset().union(*(facts.taken for facts in project.index.files.values()))

    def is_taken(name: str) -> bool:
        return name.startswith(prefixes) or any(fnmatchcase(name, pattern) for pattern in patterns)

    return is_taken


def _handed_on(project: Project) -> Iterator[str]:
    """The starts of names that code hands to another library, which fills an app: `init_app(env_prefix="A")`."""
    for path, facts in project.index.files.items():
        if facts.kind == "python":
            yield from project.found_in(path, "prefixes that are handed on", _handed_on_in)


def _handed_on_in(text: str) -> tuple[str, ...]:
    calls = _INIT_APP.finditer(text) if "env_prefix" in text else ()
    return tuple(f"{found[1].removesuffix('_')}_" for call in calls for found in _START.finditer(call[1]))

"""The keys in files that are not Python: those that `from_file` loads, and env files in `from_pyfile`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from configvars.flask_model import ConfigFlow, ConfigKey, ConfigStep, ValueKind
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.flask_app import LoadedStep
from configvars.resolve.flask_places import pyfiles
from configvars.syntax.toml import KeyPlaces, parsed
from configvars.text import Place, Span

_STRING = lazy_pattern(r'"(?:[^"\\]|\\.)*"')
_KINDS: Mapping[type, ValueKind] = {
    bool: "bool",
    int: "number",
    float: "number",
    str: "text",
    list: "list",
    dict: "dict",
    type(None): "none",
}


def keys_of_file(project: Project, event: LoadedStep) -> tuple[ConfigKey, ...] | None:
    """The upper-case keys of the file that a step loads; None if there is no readable file."""
    found = _all_keys(project, event.step.method, event.candidates)
    return None if found is None else tuple(key for key in found if key.name.isupper())


def _all_keys(project: Project, method: str, candidates: Iterable[str]) -> tuple[ConfigKey, ...] | None:
    """Like `keys_of_file`, including the keys that Flask ignores because they are not upper case."""
    for path in candidates:
        if method == "from_pyfile" and (env := _env_file(project, path)) is not None:
            return env
        if method == "from_file" and (text := project.text_of(path)) is not None:
            return project.remembered(f"keys of {path}", partial(_parsed, path, text))
    return None


def ignored_in_file(project: Project, path: str, flow: ConfigFlow, step: ConfigStep) -> tuple[ConfigKey, ...]:
    """The keys in a file that are not upper case; `from_file` in the file `path` loads it."""
    if step.method != "from_file" or not step.file:
        return ()
    found = _all_keys(project, step.method, pyfiles(path, flow, step.file))
    return tuple(key for key in found or () if not key.name.isupper())


def loaded_env_file(project: Project, candidates: Iterable[str]) -> str | None:
    """The env file that `from_pyfile` runs as Python, if the first existing candidate is one."""
    files = project.index.files
    first = next((path for path in candidates if path in files or project.has_file(path)), None)
    return first if first is not None and first in files and files[first].kind == "dotenv" else None


def env_files_run_as_python(project: Project) -> frozenset[str]:
    """The env files that code passes to `from_pyfile`."""

    def find() -> Iterator[str]:
        for path, facts in project.index.each("flask").items():
            for flow in facts.flows:
                for event in flow.events:
                    if isinstance(event, ConfigStep) and event.method == "from_pyfile" and event.file:
                        found = loaded_env_file(project, pyfiles(path, flow, event.file))
                        yield from () if found is None else (found,)

    return project.answered("env files as python", lambda: frozenset(find()))


def _env_file(project: Project, path: str) -> tuple[ConfigKey, ...] | None:
    """The names in an env file that Flask runs as Python.

    Lines whose values are not valid Python set no key.
    """
    facts = project.index.files.get(path)
    if facts is None or facts.kind != "dotenv":
        return None
    return tuple(
        ConfigKey(one.variable.name, Place(path, one.span), one.value_span, kinds=("unknown",))
        for one in facts.definitions
    )


def _parsed(path: str, text: str) -> tuple[ConfigKey, ...] | None:
    try:
        data = parsed(text) if path.endswith(".toml") else json.loads(text)
    except (ValueError, RecursionError):
        return None
    return tuple(_keys(path, text, data)) if isinstance(data, dict) else None


def _keys(path: str, text: str, data: Mapping[str, object]) -> Iterator[ConfigKey]:
    span_of = _in_toml(text) if path.endswith(".toml") else _in_json(text)
    for name, value in data.items():
        yield ConfigKey(name, Place(path, span_of(name)), kinds=(_KINDS.get(type(value), "unknown"),))


def _in_toml(text: str) -> Callable[[str], Span]:
    places = KeyPlaces(text)
    return lambda name: places.span((name,))


def _in_json(text: str) -> Callable[[str], Span]:
    strings: dict[str, Span] = {}
    for found in _STRING.finditer(text):
        strings.setdefault(found[0], Span(found.start() + 1, found.end() - 1))
    return lambda name: strings.get(json.dumps(name), Span(0, 0))

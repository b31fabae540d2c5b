"""Tasks in pyproject.toml: the programs that they start, and the variables and env files that they set and load.

https://poethepoet.natn.io/tasks/options.html (`env`, `envfile`, `cwd`), https://github.com/taskipy/taskipy,
https://pdm-project.org/latest/usage/scripts/ (`env`, `env_file`, `working_dir`, and `_` for all scripts),
https://rye.astral.sh/guide/pyproject/#toolryescripts (`env`, `env-file`),
https://hatch.pypa.io/latest/config/environment/overview/ (`env-vars`, `scripts`),
https://pixi.sh/latest/reference/pixi_manifest/#the-tasks-table (`env`, `cwd`; `activation.env` for all tasks).
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from configvars.model import PresetVariable, Start
from configvars.sources.starts import files_within, gifts_within, label_of, starts_of
from configvars.syntax.toml import KeyPlaces, Keys
from configvars.text import Span

_Table = Mapping[str, Any]
_WORDS = "cmd"
_COMMANDS = (_WORDS, "shell", "composite")
_FILES = ("envfile", "env_file", "env-file")
_FOLDERS = ("cwd", "working_dir", "chdir")
_FOR_ALL = "_"
_FOR_ANY_COMMAND = ("pdm", "pixi")


class _Shared(Struct, frozen=True):
    """What all tasks of one table have in common, and the place of the table."""

    keys: Keys
    given: tuple[PresetVariable, ...] = ()
    env_files: tuple[str, ...] = ()


def task_starts(table: _Table, places: KeyPlaces) -> Iterator[Start]:
    """The starts of all tasks of a pyproject.toml; `table` is its content."""
    tools = _inner(table, "tool")
    for keys, options in (
        (("poe", "tasks"), ("poe",)),
        (("taskipy", "tasks"), ()),
        (("pdm", "scripts"), ("pdm", "scripts", _FOR_ALL)),
        (("rye", "scripts"), ()),
        (("pixi", "tasks"), ("pixi", "activation")),
    ):
        of_all = _inner(tools, *options) if options else {}
        shared = _Shared(("tool", *keys), _presets(of_all, ("tool", *options), places), _files(of_all))
        if keys[0] in _FOR_ANY_COMMAND:
            yield from _environment(keys[0], shared, places.span(shared.keys))
        yield from _tasks(_inner(tools, *keys), shared, places)
    for name, environment in _inner(tools, "hatch", "envs").items():
        if isinstance(environment, dict):
            own = ("tool", "hatch", "envs", name)
            given = _presets(environment, own, places, "env-vars")
            scripts = {key: {"composite": value} for key, value in _inner(environment, "scripts").items()}
            shared = _Shared((*own, "scripts"), given)
            yield from _environment(label_of("hatch environment", name), shared, places.span(own))
            yield from _tasks(scripts, shared, places)


def _environment(label: str, shared: _Shared, span: Span) -> Iterator[Start]:
    """What a runner sets for every command that it is given: `pdm run python app.py`."""
    if shared.given or shared.env_files:
        yield Start(label, span, "task", given=shared.given, env_files=shared.env_files)


def _tasks(tasks: _Table, shared: _Shared, places: KeyPlaces) -> Iterator[Start]:
    for name, task in tasks.items():
        if name != _FOR_ALL:
            yield from _task(name, task if isinstance(task, dict) else {_WORDS: task}, shared, places)


def _task(name: str, task: _Table, shared: _Shared, places: KeyPlaces) -> Iterator[Start]:
    keys = (*shared.keys, name)
    given = gifts_within((*shared.given, *_presets(task, keys, places)))
    files = files_within((*shared.env_files, *_files(task)))
    folder = next((task[key] for key in _FOLDERS if isinstance(task.get(key), str)), "")
    span = places.span(keys)
    commands = [command for key in _COMMANDS for command in _commands(task.get(key), key)]
    found = [
        start for command in commands for start in starts_of(command, span, "task", given, folder=folder)
    ]
    yield from (replace(start, env_files=(*files, *start.env_files)) for start in found)
    if not found and (given or files):
        label = label_of("task", name)
        yield Start(label, span, "task", folder=folder, given=given, env_files=files)


def _commands(value: object, key: str) -> Iterator[str]:
    """The commands in a string or a list; the list of some keys is one command in words."""
    listed = [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
    if isinstance(value, str):
        yield value
    elif key == _WORDS:
        yield shlex.join(listed)
    else:
        yield from listed


def _presets(options: _Table, keys: Keys, places: KeyPlaces, key: str = "env") -> tuple[PresetVariable, ...]:
    return gifts_within(
        PresetVariable(name, places.span((*keys, key, name))) for name in _inner(options, key)
    )


def _files(options: _Table) -> tuple[str, ...]:
    """The env files: one path, a list, or a table of them (`expected`, `optional`, `override`)."""
    return files_within(path for key in _FILES for path in _paths(options.get(key)))


def _paths(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _paths(inner)


def _inner(table: _Table, *keys: str) -> _Table:
    for key in keys:
        inner = table.get(key)
        table = inner if isinstance(inner, dict) else {}
    return table

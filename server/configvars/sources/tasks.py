"""VS Code's `tasks.json`: the commands of tasks and the variables that they set.

https://code.visualstudio.com/docs/reference/tasks-appendix: `command`, `args`, `options.env`, `options.cwd`; there is
no `envFile` (https://github.com/microsoft/vscode/issues/36769).
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from msgspec.structs import replace

from configvars.model import Example, FileFacts, PresetVariable, Problem, Start
from configvars.patterns import lazy_pattern
from configvars.sources.base import Source
from configvars.sources.mentions import mentioned
from configvars.sources.starts import label_of, starts_of, starts_within
from configvars.sources.vscode_json import from_folder, get, items_of, parse
from configvars.syntax.json import JsonArray, JsonObject, JsonString, JsonValue

_PYTHON = lazy_pattern(
    r"\$\{(?:command:python\.interpreterPath|config:python\.(?:defaultInterpreterPath|pythonPath))\}"
)
_IGNORED = "missing-env-file"


def _analyze(path: str, text: str) -> FileFacts:
    root = parse(text)
    tasks = items_of(root, "tasks")
    starts = (start for task in tasks for start in _starts(task, get(root, "options")))
    problems = (problem for task in tasks for problem in _ignored(task))
    return FileFacts(
        path, "mentions", starts=starts_within(starts), problems=tuple(problems), mentions=mentioned(text)
    )


def _starts(task: JsonObject, of_all: JsonValue | None) -> Iterator[Start]:
    command, options = get(task, "command"), get(task, "options")
    if not isinstance(command, JsonString):
        return
    given = (*_presets(of_all), *_presets(options))
    cwd = get(options, "cwd") or get(of_all, "cwd")
    folder = "../" + (from_folder(f"{cwd.value}/") if isinstance(cwd, JsonString) else "")
    words = [shlex.quote(word) for word in _texts(get(task, "args"))]
    line = _PYTHON.sub("python", from_folder(" ".join([command.value, *words])))
    found = list(starts_of(line, command.inner, "launch", given, folder=folder.rstrip("/")))
    yield from (replace(start, label=_label(task)) for start in found)
    if given and not found:
        yield Start(_label(task), command.inner, "launch", folder="..", given=given)


def _ignored(task: JsonObject) -> Iterator[Problem]:
    """The env files in a task's settings that VS Code ignores."""
    options = get(task, "options")
    for key, value in (("envFile", task), ("envFile", options), ("env", options)):
        file = get(value, key)
        if isinstance(file, JsonString):
            message = f"VS Code ignores {key} here, so the {_label(task)} loads no env file"
            yield Problem(_IGNORED, file.inner, message)


def _label(task: JsonObject) -> str:
    name = get(task, "label") or get(task, "taskName")
    return label_of("task", name.value if isinstance(name, JsonString) else None)


def _presets(options: JsonValue | None) -> tuple[PresetVariable, ...]:
    env = get(options, "env")
    members = env.members if isinstance(env, JsonObject) else ()
    return tuple(PresetVariable(each.key.value, each.key.inner) for each in members)


def _texts(args: JsonValue | None) -> Iterator[str]:
    """The arguments, each of which may be an object with a quoting style."""
    for item in args.items if isinstance(args, JsonArray) else ():
        text = get(item, "value") if isinstance(item, JsonObject) else item
        if isinstance(text, JsonString):
            yield text.value


TASKS = Source(
    name="tasks",
    matches=lambda name: name == "tasks.json",
    analyze=_analyze,
    examples=(
        Example('{"tasks": [{"label": "Build", "type": "npm", "script": "build"}]}', note="starts no Python"),
        Example('{"tasks": [{"label": "Two", "command": ["flask", "run"]}]}', note="no command line"),
        Example(
            '{"tasks": {"build": {"env": {"A": "1"}}}}', ("mentions A",), note="the file of another tool"
        ),
        Example(
            '{\n// c\n"tasks": [{"label": "Serve", "type": "shell", "command": "flask --app shop run",'
            ' "options": {"cwd": "${workspaceFolder}/api", "env": {"A": "1"}}}]}',
            ("mentions A", "starts task Serve in ../api with A"),
        ),
        Example(
            '{"options": {"env": {"a": "1"}}, "tasks": [{"label": "Load", "type": "process",'
            ' "command": "${command:python.interpreterPath}",'
            ' "args": ["${workspaceFolder}/load.py", {"value": "x y", "quoting": "strong"}]}]}',
            ("starts task Load in .. with a",),
        ),
        Example(
            '{"tasks": [{"label": "Docs", "command": "make docs", "options": {"env": {"a": "1"}}}]}',
            ("starts task Docs in .. with a",),
        ),
    ),
)

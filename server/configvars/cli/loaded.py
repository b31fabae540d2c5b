"""The Python files that the processes of a Procfile load, and those that certainly none of them loads."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable

from configvars.cli.django_files import SETTINGS
from configvars.cli.judging import PYTHON, Unrun, own
from configvars.cli.processes import FLASK_APP, OPTIONAL, NotKnown, entries, mentioned
from configvars.cli.reached import Loaded, LoadsByName, Reached
from configvars.patterns import lazy_pattern
from configvars.runs.givers import given_elsewhere
from configvars.syntax.procfile import parse_procfile
from configvars.workspace import Workspace

# Files besides the Procfile that contain commands that Heroku runs.
_RUN_BY_HEROKU = ("app.json", "heroku.yml", "bin/pre_compile", "bin/post_compile", "bin/go-pre-compile")
_OF_TOOLS = frozenset({"fabfile.py", "noxfile.py", "setup.py"})
_PATH = "PYTHONPATH="
_PROGRAM = lazy_pattern(r"(?:\./)?([\w./-]+\.py)\b|-m\s+([\w.]+)")
# How commands name a Python file: `jobs/run.py`, `-m jobs`, `jobs.run`, `jobs:main`.
_NAMED = lazy_pattern(r"(?:\./)?([\w./-]+\.py)\b|-m\s+([\w.]+)|\b(\w+(?:\.\w+)+)|\b(\w+):\w")


def python_files(workspace: Workspace) -> frozenset[str]:
    """All Python files of a folder, except those of submodules and clones that it does not import."""
    project = workspace.project()
    facts = project.index.files
    in_index = {path for path, each in facts.items() if each.kind == "python"}
    seen = workspace.known(opened=True)
    return frozenset(own(in_index | {path for path in seen if path.endswith(PYTHON)}, workspace, project))


def loaded_by(
    workspace: Workspace, root: str, python: frozenset[str], processes: Iterable[tuple[str, str]]
) -> Loaded:
    """The files among `python` that processes load, each given with its name and command.

    Raises `NotKnown` with the name of the process, or `LoadsByName`.
    """
    reached = _reached(workspace, root, python)
    files, programs, surely, unsure = set[str](), set[str](), set[str](), ""
    has_settings = _has_settings(workspace, root)
    for name, command in processes:
        try:
            starts, guessed, shell = _starts(workspace, root, command, reached)
            loaded = reached.from_(starts, shell, has_settings=has_settings)
        except NotKnown:
            raise NotKnown(name) from None
        except LoadsByName as path:
            path.process = name
            raise
        files |= loaded.files
        surely |= loaded.files - loaded.by_settings
        run = (word for found in _PROGRAM.findall(command) for word in found if word)
        programs.update(loaded.programs, *map(reached.starts, run))
        unsure = unsure or guessed or loaded.unsure
    return Loaded(frozenset(files), unsure, frozenset(programs), frozenset(files - surely))


def _reached(workspace: Workspace, root: str, python: frozenset[str]) -> Reached:
    return Reached(root, python, workspace.text_of, workspace.project().folder_links)


def _has_settings(workspace: Workspace, root: str) -> bool:
    """Whether an app, or something else, may name the settings module of Django."""
    project = workspace.project()
    if any(SETTINGS in app.variables for app in project.apps) or given_elsewhere(project, SETTINGS):
        return True
    profiles = [path for path in project.index.files if ".profile.d" in path]
    if any(
        SETTINGS in (workspace.text_of(each) or "") for each in (os.path.join(root, ".profile"), *profiles)
    ):
        return True
    return any(
        each.variable.name == SETTINGS and not each.declaration and project.tracked_by_git(path) is not False
        for path, facts in project.index.files.items()
        if facts.kind == "dotenv"
        for each in facts.definitions
    )


def _starts(workspace: Workspace, root: str, command: str, reached: Reached) -> tuple[list[str], str, str]:
    """The files that a command starts, `FLASK_APP` if these are guessed, and the command with its scripts."""
    starts, guessed, shell = list[str](), "", [command]

    def script(path: str) -> str | None:
        text = workspace.text_of(os.path.join(root, path))
        shell.append(text or "")
        return text

    for entry in entries(command, script):
        found = reached.starts(entry, anywhere=_PATH in command)
        if not found and not entry.endswith(OPTIONAL):
            raise NotKnown(command)
        starts += found
        guessed = FLASK_APP if entry == FLASK_APP and len(found) > 1 else guessed
    named = (path for word in mentioned(command) for path in reached.starts(word))
    return [*starts, *named], guessed, "\n".join(shell)


def unrun(workspace: Workspace, root: str) -> Unrun:
    """What no process of the Procfile loads or runs, and no other command on Heroku names.

    If it is not known what some process loads, only files of development tools.
    """
    procfile = workspace.text_of(os.path.join(root, "Procfile"))
    if procfile is None or _is_one_of_several(workspace, root):
        return Unrun()
    python = python_files(workspace)
    others = [workspace.text_of(os.path.join(root, name)) or "" for name in _RUN_BY_HEROKU]
    others[0] = _without_test_variables(others[0])
    named = _named_in(others, python, root)
    try:
        loaded = loaded_by(
            workspace, root, python, [(each.name, each.command) for each in parse_procfile(procfile)]
        )
        more = _reached(workspace, root, python).from_(
            sorted(named), "\n".join(others), has_settings=_has_settings(workspace, root)
        )
    except (NotKnown, LoadsByName):
        tools = frozenset(path for path in python if os.path.basename(path) in _OF_TOOLS)
        return Unrun(tools - _named_in([procfile, *others], tools, root))
    surely = (loaded.files - loaded.by_settings) | (more.files - more.by_settings)
    return Unrun(
        python - loaded.files - more.files,
        python - named - loaded.programs - more.programs,
        (loaded.by_settings | more.by_settings) - surely,
    )


def _without_test_variables(manifest: str) -> str:
    """An `app.json` without the variables of Heroku CI's test runs, which no app has."""
    try:
        found = json.loads(manifest)
    except (ValueError, RecursionError):
        return manifest
    environments = found.get("environments") if isinstance(found, dict) else None
    test = environments.get("test") if isinstance(environments, dict) else None
    return json.dumps(found) if isinstance(test, dict) and test.pop("env", None) else manifest


def _is_one_of_several(workspace: Workspace, root: str) -> bool:
    """Whether another file than the root's Procfile may say what runs: of a buildpack or a container."""
    files = workspace.project().index.files
    procfiles = [path for path in files if os.path.basename(path) == "Procfile"]
    return len(procfiles) > 1 or workspace.text_of(os.path.join(root, "heroku.yml")) is not None


def _named_in(texts: Iterable[str], python: frozenset[str], root: str) -> frozenset[str]:
    """The Python files that commands in some texts name, as a path or as a module."""
    words = {word for text in texts for found in _NAMED.findall(text) for word in found}
    below = {path: os.path.relpath(path, root).replace(os.sep, "/") for path in python}
    return frozenset(
        path
        for path, name in below.items()
        if name in words or name.removesuffix(".py").replace("/", ".") in words
    )

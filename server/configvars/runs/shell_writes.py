"""Variables that shell commands of an app may set: in `.profile`, the Procfile, and scripts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.heroku_processes import loading, processes_of
from configvars.syntax.procfile import parse_procfile

_VALUE = r"(?:\$\([^)]*\)|`[^`]*`|\"[^\"]+\"|'[^']+'|[^\s;&|\"'`])+"
_EXPORTS_ALL = r"\bset\s+-a\b|\bdeclare\s+-x\b|\ballexport\b"


def shell_texts(project: Project, path: str) -> tuple[tuple[str, str], ...]:
    """The files with shell commands that dynos of the app of `path` may run, each with its text."""
    home = home_of(path, project.index.files, project.root)
    return project.answered(f"shell commands in {home}", lambda: tuple(_texts(project, home)))


def _texts(project: Project, home: str) -> Iterator[tuple[str, str]]:
    in_container = project.text_of(os.path.join(home, "heroku.yml")) is not None  # it sources no .profile
    own = [os.path.join(home, name) for name in ("Procfile", *(() if in_container else (".profile",)))]
    texts = {file: project.text_of(file) or "" for file in own}
    yield from texts.items()
    named = "\n".join(texts.values())
    for file, facts in project.index.files.items():
        is_run = os.path.basename(file) in named or (".profile.d" in file and not in_container)
        if facts.kind == "shell" and file not in texts and is_run:
            yield file, project.text_of(file) or ""


def set_by_shell(project: Project, path: str, name: str) -> str:
    """The place of a command that may set a variable for a program (`start.sh:3`); empty if there is none."""
    texts = [(file, text) for file, text in shell_texts(project, path) if name in text]
    if not texts:
        return ""
    word = re.escape(name)
    exported = re.compile(rf"\bexport\s[^\n;&|]*\b{word}\b|{_EXPORTS_ALL}")
    assigned = re.compile(rf"(?<![\w$-]){word}={_VALUE}(?P<command>[ \t]+[^\s;&|#])?")
    for file, text in texts:
        if not _is_of_all(project, path, file):
            continue
        for found in assigned.finditer(text):
            line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
            if "#" in line or not (found["command"] or exported.search(text)):
                continue
            if project.tracked_by_git(file) is not False:
                number = text.count("\n", 0, found.start()) + 1
                return f"{project.relative(file)}:{number}"
    return ""


def _is_of_all(project: Project, path: str, file: str) -> bool:
    """Whether commands in a file may set a variable for each process that loads the code in `path`.

    What is known of the commands of a Procfile is known exactly. A script counts if they all name it.
    """
    name = os.path.basename(file)
    if name == "Procfile":
        return not all(process.starts for process in processes_of(project, path))
    if name == ".profile" or ".profile.d" in file:
        return True
    procfile = os.path.join(home_of(path, project.index.files, project.root), "Procfile")
    loads = {process for process, _ in loading(project, path)}
    found = [each for each in parse_procfile(project.text_of(procfile) or "") if each.name in loads]
    return all(name in each.command for each in found)

"""What removes a config var on a dyno before code reads it: commands, `.profile`, and the code itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping

from configvars.index import LocatedReference
from configvars.model import Access, Reference, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.entries import starts_of
from configvars.runs.givers import is_test
from configvars.runs.heroku_processes import loading, processes_of
from configvars.runs.remarks import place_of_fact
from configvars.syntax.procfile import parse_procfile

_EMPTIED = r"(?:^|\s){name}=(?:\s|$|;)"
_UNSET = r"\bunset\s+(?:-v\s+)?(?:\w+\s+)*{name}\b|\bexport\s+-n\s+{name}\b"
_BY_ENV = r"\benv\s(?:[^;&|]*\s)?(?:-u\s*|--unset[= ]){name}\b"
_CLEARS = lazy_pattern(r"^os\.environ\.clear\(", re.MULTILINE)
_ALL = lazy_pattern(r"\benv\s+(?:-\S+\s+)*(?:-i\b|--ignore-environment\b|-\s)")


def taken_away(project: Project, path: str, reference: Reference) -> str:
    """What removes the variable of a read that the app has, for a message; empty if nothing is known."""
    name = reference.variable.name
    return (
        taken_by_commands(project, path, name)
        or next(_by_profile(project, path, name), "")
        or next(_by_code(project, path, reference), "")
    )


def removes(reference: Reference, text: str) -> bool:
    """Whether code in a file removes a variable: `del os.environ["X"]`, `os.environ.pop("X")`."""
    if reference.access is not Access.WRITE:
        return reference.idiom.endswith("environ.pop")
    start = text.rfind("\n", 0, reference.span.start) + 1
    return text[start : reference.span.start].lstrip().startswith("del ")


def removals(project: Project, variable: Variable) -> tuple[LocatedReference, ...]:
    """Where code outside of tests removes a variable."""

    def find() -> tuple[LocatedReference, ...]:
        return tuple(
            each
            for each in project.index.references(variable)
            if not is_test(project, each.path) and removes(each.reference, project.text_of(each.path) or "")
        )

    return project.answered(f"removals of {variable.scope} {variable.name}", find)


def taken_by_commands(project: Project, path: str, name: str) -> str:
    """The process that may load a file and whose command removes a variable; empty if there is none."""
    commands = project.remembered(f"commands for {path}", lambda: _commands(project, path))
    removing = (process for process, command in commands.items() if _removes_in_shell(command, name))
    return next((f"the command of {process}" for process in removing), "")


def _commands(project: Project, path: str) -> Mapping[str, str]:
    """The commands of the processes that may load a file, by process."""
    home = home_of(path, project.index.files, project.root)
    text = project.text_of(os.path.join(home, "Procfile")) or ""
    loads = {process for process, _ in loading(project, path)}
    unknown = {process.name for process in processes_of(project, path) if not process.starts}
    return {each.name: each.command for each in parse_procfile(text) if each.name in loads | unknown}


def _removes_in_shell(command: str, name: str) -> bool:
    if name not in command:  # compiling a pattern for each name takes long
        return _ALL.search(command) is not None
    word = re.escape(name)
    if any(re.search(each.format(name=word), command) for each in (_UNSET, _BY_ENV, _EMPTIED)):
        return True
    return _ALL.search(command) is not None and not re.search(rf"\b{word}=", command)


def _by_profile(project: Project, path: str, name: str) -> Iterator[str]:
    home = home_of(path, project.index.files, project.root)
    text = project.text_of(os.path.join(home, ".profile")) or ""
    if name not in text:
        return
    unset, word = _UNSET.format(name=re.escape(name)), re.escape(name)
    for line in text.splitlines():
        if re.search(unset, line) or re.fullmatch(rf"\s*export\s+{word}=(?:\"\"|'')?\s*(?:#.*)?", line):
            yield ".profile"


def _by_code(project: Project, path: str, reference: Reference) -> Iterator[str]:
    """Where code removes a variable before a read, in a program that loads both."""
    found = [each for each in removals(project, reference.variable) if each.reference is not reference]
    starts = starts_of(project)
    traces = [
        starts.whole_trace(named.entry)
        for _, named in (loading(project, path) if found else ())
        if named.entry is not None
    ]
    yield from _cleared(project, path, reference)
    for each in found:
        for trace in traces:
            removed, read = trace.position(each.path, each.reference), trace.position(path, reference)
            if removed is not None and read is not None and removed < read and trace.events[removed].certain:
                yield place_of_fact(project, each.path, each.reference)


def _cleared(project: Project, path: str, reference: Reference) -> Iterator[str]:
    """Where the file of a read removes all variables before it, outside of functions."""
    found = _CLEARS.search(project.text_of(path) or "", 0, reference.span.start)
    if found is not None and not is_test(project, path):
        yield project.relative(path)

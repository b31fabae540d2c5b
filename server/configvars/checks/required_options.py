"""Options of click and typer that a program of the Procfile needs and gets only from a variable."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from configvars.model import FileFacts, Need, Reference
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.heroku_processes import loading
from configvars.syntax.procfile import parse_procfile
from configvars.syntax.python import Node, PythonTree, named
from configvars.text import Span

_IDIOMS = ("click.option envvar", "typer.Option envvar")
_COMMANDS = lazy_pattern(r"@(?:\w+\.)?command\b|\btyper\.run\(")
_SEVERAL = lazy_pattern(r"\.(?:group|callback|add_command|add_typer)\b|@group\b|\bMultiCommand\b|\binvoke\(")
_FLAG = lazy_pattern(r"--?[A-Za-z][\w-]*")
_PLACES = frozenset({"typed_parameter", "typed_default_parameter", "default_parameter"})


def required_options(facts: FileFacts, project: Project) -> frozenset[Span]:
    """The reads of options without which a program of the Procfile ends with an error.

    Only for a file with one command, because otherwise it is not known which one runs.
    """
    reads = [each for each in facts.references if each.idiom in _IDIOMS and each.need is Need.OPTIONAL]
    text = project.text_of(facts.path) or ""
    if not reads or len(_COMMANDS.findall(text)) != 1 or _SEVERAL.search(text):
        return frozenset()
    commands = list(_run_as(facts.path, project))
    tree = project.tree_of(facts.path) if commands else None
    return frozenset(each.span for each in reads if tree is not None and _is_required(tree, each, commands))


def _run_as(path: str, project: Project) -> Iterator[str]:
    """The commands of the processes that run a file as a program."""
    running = {
        process
        for process, program in loading(project, path)
        if program.entry is not None and program.entry.main and program.entry.path == path
    }
    procfile = os.path.join(home_of(path, project.index.files, project.root), "Procfile")
    for process in parse_procfile(project.text_of(procfile) or ""):
        if process.name in running:
            yield process.command


def _is_required(tree: PythonTree, read: Reference, commands: list[str]) -> bool:
    call = _call_around(tree, read.span)
    if call is None or (arguments := call.child_by_field_name("arguments")) is None:
        return False
    given = {
        tree.source(name): tree.source(value)
        for each in named(arguments)
        if (name := each.child_by_field_name("name")) and (value := each.child_by_field_name("value"))
    }
    if {"default", "default_factory", "prompt", "callback", "is_flag"}.intersection(given):
        return False
    if read.idiom.startswith("click"):
        needs = given.get("required") == "True"
        flags = _FLAG.findall(tree.source(arguments))
    else:
        needs, flags = _is_required_by_typer(tree, call, arguments)
    return needs and not any(_has_option(command, flag) for command in commands for flag in flags)


def _is_required_by_typer(tree: PythonTree, call: Node, arguments: Node) -> tuple[bool, list[str]]:
    """Whether a parameter has no default, and the options that set it."""
    place: Node | None = call
    while place is not None and place.type not in _PLACES:
        place = place.parent
    if place is None:
        return False, []
    value = place.child_by_field_name("value")
    first = next(iter(named(arguments)), None)
    is_required = value is None or (value == call and first is not None and tree.source(first) == "...")
    word = place.child_by_field_name("name") or next(iter(named(place)), None)
    own = f"--{tree.source(word).replace('_', '-')}" if word is not None else ""
    return is_required, [own, *_FLAG.findall(tree.source(arguments))]


def _call_around(tree: PythonTree, span: Span) -> Node | None:
    node = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
    while node is not None and node.type != "call":
        node = node.parent
    return node


def _has_option(command: str, flag: str) -> bool:
    """Whether a command passes an option: `--token x`, `--token=x`, `-tx`; or what is not known."""
    ends = "" if len(flag) == len("-t") else r"(?:[=\s]|$)"
    return "$" in command or re.search(rf"(?:^|\s){re.escape(flag)}{ends}", command) is not None

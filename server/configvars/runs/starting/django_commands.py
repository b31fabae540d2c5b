"""Whether the management commands of a process use the database and run the system checks of Django.

Tried with Django 5.2: each built-in command, and commands of a project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.syntax.python import Node, PythonTree, named

_MANAGED = lazy_pattern(r"(?:manage\.py|django-admin|-m\s+django)\s+(\w+)([^;&|\n]*)")
# Django's commands that fail without a database.
_USE_DATABASE = frozenset(
    {
        "dumpdata",
        "flush",
        "inspectdb",
        "loaddata",
        "migrate",
        "showmigrations",
        "sqlflush",
        "sqlmigrate",
        "sqlsequencereset",
    }
)
# Those that run all system checks first. `shell`, `createcachetable` and `collectstatic` do not.
_RUN_CHECKS = _USE_DATABASE - {"inspectdb"} | {
    "check",
    "clearsessions",
    "createsuperuser",
    "findstatic",
    "makemigrations",
    "optimizemigration",
    "remove_stale_contenttypes",
    "sendtestemail",
    "squashmigrations",
    "test",
}
_ONLY_SOME = lazy_pattern(r"--skip-checks\b|--tag\b|(?:^|\s)-t\b")
# In the file of a command of the project: what decides whether the checks run.
_BASE = lazy_pattern(r"^class\s+Command\(\s*(?:[\w.]+\.)?(?:App|Label)?(?:Base)?Command\s*\)", re.MULTILINE)
_DECIDES = lazy_pattern(r"\brequires_system_checks\b|\bdef\s+(?:check|execute|run_from_argv)\b")

_CALLED = lazy_pattern(r"(?:\w+\.)*call_command\(\s*[\"'](\w+)[\"']((?:.|\n)*)\)")
_CHECKED = lazy_pattern(r"\bskip_checks\s*=\s*False\b")
_LEAVES = lazy_pattern(r"\b(?:return|raise|exit|_exit|quit)\b")


class Managed(Struct, frozen=True):
    """What the management commands of a process do. `any`: there is one."""

    any: bool
    uses_database: bool
    runs_checks: bool


def managed(project: Project, commands: Sequence[str]) -> Managed:
    """What the management commands on the command lines of a process certainly do."""
    ran = [(found[1], found[2]) for line in commands for found in _MANAGED.finditer(line)]
    inner = [called for name, _ in ran for called in _called_by(project, name)]
    names = {name for name, _ in ran} | {name for name, _ in inner}
    checks = any(_checks(project, name, options) for name, options in ran)
    return Managed(bool(ran), bool(names & _USE_DATABASE), checks or any(does for _, does in inner))


def _checks(project: Project, name: str, options: str) -> bool:
    """Whether a command runs the system checks before it does anything else."""
    if _ONLY_SOME.search(options):
        return False
    text = _text_of(project, name)
    own = bool(text) and _BASE.search(text) is not None and _DECIDES.search(text) is None
    return own if text else name in _RUN_CHECKS


def _text_of(project: Project, name: str) -> str:
    return (project.text_of(path) or "") if (path := _file_of(project, name)) else ""


def _file_of(project: Project, name: str) -> str:
    """The file of the project that defines a command; empty if there is none, or if there are several."""
    end = f"/management/commands/{name}.py"
    found = [path for path in project.code.paths() if path.replace("\\", "/").endswith(end)]
    return found[0] if len(found) == 1 else ""


def _called_by(project: Project, name: str) -> Iterator[tuple[str, bool]]:
    """What `handle` of a command of the project certainly calls, and whether that runs the checks."""
    path = _file_of(project, name)
    if not path or "call_command" not in (project.text_of(path) or ""):
        return
    tree = project.tree_of(path)
    for statement in _handled(tree):
        call = next(iter(named(statement)), None) if statement.type == "expression_statement" else None
        found = _CALLED.fullmatch(tree.source(call)) if call is not None and call.type == "call" else None
        if found is None and not _goes_on(tree, statement):
            return
        if found is not None:
            yield found[1], found[1] == "check" or bool(_CHECKED.search(found[2]))


def _handled(tree: PythonTree) -> list[Node]:
    """The statements of `Command.handle`, without those in blocks."""
    for command in named(tree.root):
        is_command = _is_named(tree, command, "class_definition", "Command")
        body = command.child_by_field_name("body") if is_command else None
        for method in named(body) if body is not None else ():
            if _is_named(tree, method, "function_definition", "handle"):
                block = method.child_by_field_name("body")
                return named(block) if block is not None else []
    return []


def _is_named(tree: PythonTree, node: Node, kind: str, name: str) -> bool:
    written = node.child_by_field_name("name") if node.type == kind else None
    return written is not None and tree.source(written) == name


def _goes_on(tree: PythonTree, statement: Node) -> bool:
    """Whether the statements behind this one certainly run: it contains no way to leave."""
    return _LEAVES.search(tree.source(statement)) is None

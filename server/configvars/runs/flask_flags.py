"""Flask's `app.testing` and `app.debug`, which are false on an app unless something sets them."""

from __future__ import annotations

import re

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.runs.known_values import State, Unset
from configvars.runs.parsed_code import Code
from configvars.runs.shell_writes import shell_texts
from configvars.syntax.python import Node

_APP = r"(\w+|self\.app)"
_READ = lazy_pattern(
    rf"{_APP}\.(?:(testing|debug)|config\[[\"'](TESTING|DEBUG)[\"']\]"
    r"|config\.get\([\"'](TESTING|DEBUG)[\"'](?:,False|,None)?\))"
)
_READS = frozenset({"attribute", "subscript", "call"})
_NAMES = frozenset({"app", "application", "current_app", "flask_app", "self.app"})
_IMPORT = lazy_pattern(r"^\s*(?:from|import) flask\b", re.MULTILINE)
# What may set the configuration in a way that the code does not show.
_HIDDEN = lazy_pattern(
    r"\bfrom_(?:envvar|pyfile|file|json|mapping)\(|\bconfig\.update\(|\bapp\.config\s*=[^=]"
)
_NOT_FALSE = r"(?!\s*False\b)"
_SETTING = {
    flag: lazy_pattern(
        rf"\b{flag.upper()}\b[\"']?\]?\s*(?::\s*\w+\s*)?=(?!=){_NOT_FALSE}|\b{flag.upper()}[\"']\s*:{_NOT_FALSE}"
        rf"|\b{flag}\s*=(?!=){_NOT_FALSE}|setdefault\([\"']{flag.upper()}"
    )
    for flag in ("testing", "debug")
}
_VARIABLES = {"testing": ("FLASK_TESTING",), "debug": ("FLASK_DEBUG", "FLASK_ENV")}
_CLASS = lazy_pattern(r"^class (\w+)", re.MULTILINE)
_UNINDENTED = lazy_pattern(r"^[^\s#)\]}]", re.MULTILINE)
_NOT_DEPLOYED = lazy_pattern(r"test|dev|local|debug", re.IGNORECASE)


def is_off(project: Project, code: Code, node: Node, state: State) -> bool:
    """Whether an expression is a flag of Flask that is certainly false on the app."""
    found = _READ.fullmatch(code.source(node)) if node.type in _READS else None
    if found is None or not _is_app(code, found[1]):
        return False
    flag = next(filter(None, found.groups()[1:])).lower()
    if not all(isinstance(state(name), Unset) for name in _VARIABLES[flag]):
        return False
    if any("--debug" in text for _, text in shell_texts(project, code.path)):
        return False
    return not _may_be_set(project, flag)


def _is_app(code: Code, name: str) -> bool:
    text = code.tree.text
    is_made = re.search(rf"\b{re.escape(name)}\s*(?::\s*\w+\s*)?=\s*(?:flask\.)?Flask\(", text) is not None
    return is_made or (name in _NAMES and _IMPORT.search(text) is not None)


def _may_be_set(project: Project, flag: str) -> bool:
    return project.code.anywhere(
        f"may set {flag} of Flask", lambda text: _sets(text, flag), lambda path: not is_test(project, path)
    )


def _sets(text: str, flag: str) -> bool:
    """Whether a file may set a flag of Flask, other than in a class for tests or development."""
    if _HIDDEN.search(text):
        return True
    return any(
        not _NOT_DEPLOYED.search(_class_at(text, each.start())) for each in _SETTING[flag].finditer(text)
    )


def _class_at(text: str, offset: int) -> str:
    """The name of the class at module level around an offset; empty if there is none."""
    before = list(_CLASS.finditer(text, 0, offset))
    if not before or _UNINDENTED.search(text, before[-1].end(), offset + 1):
        return ""
    return before[-1][1]

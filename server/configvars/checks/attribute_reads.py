"""Variables that code reads by the names of attributes: `settings.STRIPE` with a `__getattr__`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from msgspec import Struct

from configvars.names.imports import dotted
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.entries import starts_of
from configvars.runs.expressions import Expressions
from configvars.runs.givers import is_test
from configvars.runs.known_values import Known
from configvars.runs.parsed_code import Code
from configvars.syntax.python import Node, named
from configvars.text import Span, line_at

_HOOK = lazy_pattern(r"\bdef\s+__getattr(?:ibute)?__\s*\(")
_ACCESS = lazy_pattern(r"\b([A-Za-z_]\w*)\.([A-Za-z]\w*)\b(?!\s*(?:\(|=[^=]))")
_FROM = lazy_pattern(r"^[ \t]*from[ \t]+([.\w]+)[ \t]+import[ \t]+([^#\n]+|\([^)]*\))", re.MULTILINE)
_GETTERS = frozenset({"os.getenv", "os.environ.get", "getenv", "environ.get"})
_ENVIRONS = frozenset({"os.environ", "environ"})


class AttributeRead(Struct, frozen=True):
    """A variable that is read by the name of an attribute, and `where`, such as `app.py:3`.

    `key` is the span of its name in `__getattr__`; `sure`: the code has no default for it.
    """

    name: str
    where: str
    key: Span
    sure: bool


class _Hook(Struct, frozen=True):
    """A `__getattr__` that fails without the variable: of a module if `owner` is empty, or of a class."""

    code: Code
    parameter: str
    key: Node
    owner: str


def attribute_reads(project: Project, path: str) -> Iterator[AttributeRead]:
    """The variables that a file reads in a `__getattr__` that fails without them, each with one access."""
    text = project.text_of(path) or ""
    if _HOOK.search(text) is None or is_test(project, path):
        return
    expressions = Expressions(project, lambda name: None, lambda code, node, scope: True)
    for hook in _hooks(expressions.code(path)):
        seen: set[str] = set()
        for user, attribute, offset in _accesses(project, hook):
            name = expressions.value(hook.code, hook.key, {hook.parameter: Known(attribute)})
            if not isinstance(name, Known) or not isinstance(name.value, str) or name.value in seen:
                continue
            seen.add(name.value)
            line = line_at(project.text_of(user) or "", offset) + 1
            is_sure = not re.search(rf"[\"']{attribute}[\"']", text)
            span = hook.code.tree.span(hook.key)
            yield AttributeRead(name.value, f"{project.relative(user)}:{line}", span, is_sure)


def _hooks(code: Code) -> Iterator[_Hook]:
    for name in ("__getattr__", "__getattribute__"):
        for binding in code.scopes.bindings(name):
            function = binding.source
            parameters = function.child_by_field_name("parameters")
            key = _key(code, function)
            if binding.how != "def" or parameters is None or key is None or not named(parameters):
                continue
            last = named(parameters)[-1]
            parameter = code.source(last).partition(":")[0]
            around = binding.scope.child_by_field_name("name")
            yield _Hook(code, parameter, key, code.source(around))


def _key(code: Code, function: Node) -> Node | None:
    """The name of the variable that a function reads; None if it does not fail without it."""
    key, raises, catches = None, False, False
    is_item = False
    waiting = [function]
    while waiting:
        node = waiting.pop()
        waiting += reversed(named(node))
        raises = raises or node.type == "raise_statement"
        catches = catches or node.type == "try_statement"
        if key is None and node.type == "subscript":
            if code.source(node.child_by_field_name("value")) in _ENVIRONS:
                key, is_item = node.child_by_field_name("subscript"), True
        elif key is None and node.type == "call":
            given = node.child_by_field_name("arguments")
            if code.source(node.child_by_field_name("function")) in _GETTERS and given is not None:
                key = next(iter(named(given)), None)
        elif key is None and node.type == "comparison_operator":
            parts = named(node)
            key = parts[0] if code.source(parts[-1]) in _ENVIRONS else None
    return key if raises or (is_item and not catches) else None


def _accesses(project: Project, hook: _Hook) -> Iterator[tuple[str, str, int]]:
    """The files that take an attribute of the module or of an instance, the attribute and its offset."""
    path = hook.code.path
    own = project.text_of(path) or ""
    defined = {*re.findall(r"^[ \t]*(\w+)[ \t]*(?::[^=\n]*)?=", own, re.MULTILINE)}
    defined |= {*re.findall(r"(?:\bdef|\bclass|\bself\.)[ \t]*(\w+)", own)}
    for user in _users(project, path):
        text = project.text_of(user) or ""
        owners = _owners(project, hook, own, text)
        for found in _ACCESS.finditer(text):
            if found[1] in owners and found[2] not in defined:
                yield user, found[2], found.start(2)
        if not hook.owner and user != path:
            yield from ((user, *each) for each in _imported(project, user, text, path, defined))


def _owners(project: Project, hook: _Hook, own: str, text: str) -> set[str]:
    """The names of what has the attributes."""
    if not hook.owner:
        name = os.path.basename(hook.code.path).removesuffix(".py")
        return {name, *re.findall(rf"\bimport[ \t]+(?:[\w.]+\.)?{name}[ \t]+as[ \t]+(\w+)", text)}
    instances = {
        *re.findall(rf"\b(\w+)[ \t]*(?::[^=\n]*)?=[ \t]*(?:\w+\.)?{hook.owner}\(", own + "\n" + text)
    }
    instances |= {*re.findall(rf"\bclass[ \t]+(\w+)[ \t]*\([^)]*metaclass[ \t]*=[ \t]*{hook.owner}\b", own)}
    for name in tuple(instances):
        instances |= {*re.findall(rf"\b{name}[ \t]+as[ \t]+(\w+)", text)}
    return instances


def _imported(
    project: Project, user: str, text: str, path: str, defined: set[str]
) -> Iterator[tuple[str, int]]:
    """The names that a file imports from the module and that the module does not define."""
    for found in _FROM.finditer(text):
        for each in re.finditer(r"\b([A-Za-z]\w*)\b(?:[ \t]+as[ \t]+\w+)?", found[2]):
            target = project.code.module(user, dotted(found[1], each[1]))
            if target == (path, each[1]) and each[1] not in defined:
                yield each[1], found.start(2) + each.start(1)


def _users(project: Project, path: str) -> Iterator[str]:
    """The files that programs of the project import and that import the file, and the file itself."""
    starts = starts_of(project)
    files = {each for each, facts in project.index.files.items() if facts.kind == "python"}
    for program in starts.all_named():
        if program.entry is not None:
            files |= {program.entry.path, *starts.reach_of(program.entry).importers}
    for user in sorted(files):
        imported = (
            each for one in project.code.imports(user) for each in project.code.runs_at_import(user, one)
        )
        if not is_test(project, user) and (user == path or path in imported):
            yield user

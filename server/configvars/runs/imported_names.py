"""What a name means that a file imports, or that a class has, in the code that an app runs."""

from __future__ import annotations

import os
from collections.abc import Callable

from configvars.names.imports import dotted, star_modules
from configvars.names.scopes import Binding
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.runs.known_values import State, Text
from configvars.runs.parsed_code import Code, arguments_of
from configvars.syntax.python import Node

# Code that changes attributes whose names are not written there.
_CHANGES = lazy_pattern(r"\bsetattr\(|__dict__|__getattribute__|\bvars\(|\blocals\(")
_NAME = lazy_pattern(r"[^\W\d]\w*(?:\.[^\W\d]\w*)?")  # or an attribute of it
DJANGO = "DJANGO_SETTINGS_MODULE"
# Django's settings object returns "/" for an empty one.
COMPLETED_BY_DJANGO = frozenset({"MEDIA_URL", "STATIC_URL"})
_DJANGO_SETTINGS = lazy_pattern(r"DJANGO_SETTINGS_MODULE[\"'](?:\s*,|\]\s*=)\s*[\"']([\w.]+)[\"']")


def origin(code: Code, binding: Binding) -> tuple[str, str]:
    """The module of an imported name, and the name in it."""
    imported = binding.source
    is_aliased = imported.type == "aliased_import"
    name = code.source(imported.child_by_field_name("name") if is_aliased else imported)
    statement = imported.parent
    if statement is not None and statement.type == "import_from_statement":
        return code.source(statement.child_by_field_name("module_name")), name
    return name if is_aliased else name.partition(".")[0], ""


def target(
    project: Project, code: Code, binding: Binding, rest: str, state: State = lambda name: None
) -> tuple[str, str] | None:
    """The file and the name in it that an imported name, or an attribute `rest` of it, means."""
    module, inner = origin(code, binding)
    if (module, inner) == ("django.conf", "settings") and rest and not isinstance(state(DJANGO), Text):
        if rest in COMPLETED_BY_DJANGO:
            return None
        module, inner = django_settings(project), ""
    names = ".".join(filter(None, (inner, rest)))
    found = project.code.module(code.path, dotted(module, names)) if module and names else None
    return found if found is not None and _NAME.fullmatch(found[1]) else None


def class_meant(code: Code, binding: Binding) -> Node | None:
    """The class that a name is, or of which it is an instance without arguments.

    None if it has decorators, a metaclass, superclasses or code that may change what its attributes are.
    """
    node: Node | None = binding.source
    if binding.how == "assign" and node is not None:
        right = node.child_by_field_name("right")
        is_call = right is not None and right.type == "call" and arguments_of(code, right) == {}
        callee = right.child_by_field_name("function") if is_call and right is not None else None
        found = code.scopes.bindings(code.source(callee)) if callee is not None else []
        if len(found) != 1 or node.child_by_field_name("left") != binding.node:
            return None
        node = found[0].source
    is_plain = (
        node is not None
        and node.type == "class_definition"
        and (node.parent is None or node.parent.type != "decorated_definition")
        and code.source(node.child_by_field_name("superclasses")) in ("", "()", "(object)")
        and not _CHANGES.search(code.tree.source(node))
    )
    return node if is_plain else None


def function_meant(
    project: Project, code_of: Callable[[str], Code], code: Code, callee: Node | None
) -> tuple[Code, Node] | None:
    """The function of a module that a name means, and its file; None if it is not certain."""
    if callee is None or callee.type not in ("identifier", "attribute"):
        return None
    first, _, rest = code.source(callee).partition(".")
    bindings = code.scopes.bindings(first)
    if len(bindings) == 1 and bindings[0].how == "import":
        found = target(project, code, bindings[0], rest)
        code, first, rest = (code_of(found[0]), found[1], "") if found is not None else (code, first, rest)
        bindings = code.scopes.bindings(first)
    if len(bindings) != 1 or bindings[0].how != "def" or rest:
        return None
    function = bindings[0].source
    return (code, function) if function.parent is not None and function.parent.type == "module" else None


def exporter(project: Project, code_of: Callable[[str], Code], code: Code, name: str) -> Code | None:
    """The file that binds a name of a module: its own, or one from which it imports all names with `*`."""
    waiting, seen = [code], {code.path}
    while waiting:
        one = waiting.pop(0)
        if one.scopes.in_scope(name, one.tree.root):
            return one
        if name.startswith("_"):
            return None
        for module in star_modules(one.tree):
            found = project.code.module(one.path, dotted(module, name))
            if found is not None and found[1] == name and found[0] not in seen:
                seen.add(found[0])
                waiting.append(code_of(found[0]))
    return None


def django_settings(project: Project) -> str:
    """The settings module that all code outside of tests names; empty if that is not known."""

    def find() -> str:
        own = (project.text_of(os.path.join(project.root, name)) or "" for name in ("Procfile", ".profile"))
        if any(DJANGO in text for text in own):
            return ""
        paths = (path for path in project.index.files if path.endswith(".py") and not is_test(project, path))
        texts = (project.text_of(path) or "" for path in paths)
        named = {module for text in texts for module in _DJANGO_SETTINGS.findall(text)}
        return named.pop() if len(named) == 1 else ""

    return project.remembered("settings module of Django", find)

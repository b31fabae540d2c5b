"""Whether the `flask` command can call a factory, as `find_best_app` of Flask's `cli.py` does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.project import Project
from configvars.syntax.python import Node, PythonTree, named

_FACTORIES = ("create_app", "make_app")
_HAS_APP = r"\b(?:app|application)\b|\bFlask\s*\(|\bimport\s*\(?\s*\*|__getattr__"
_OPTIONAL = frozenset({"default_parameter", "typed_default_parameter", "list_splat_pattern"})
_OPTIONAL |= {"dictionary_splat_pattern", "keyword_separator", "positional_separator"}


def uncallable_factory(file: str, name: str, project: Project) -> str:
    """The factory that `flask` calls without arguments although it needs some; empty if there is none.

    `name` is the factory that FLASK_APP names; if it is empty, `flask` searches the module: it prefers an app
    to a factory, so nothing is known if the module may have one.
    """
    tree = project.tree_of(file)
    names = (name,) if name else _FACTORIES
    statements = named(tree.root)
    if not name and any(_may_bind_app(tree, statement) for statement in statements):
        return ""
    factories = [f for f in statements if _name_of(tree, f) in names]
    is_plain = len(factories) == 1 and factories[0].type == "function_definition"
    return _name_of(tree, factories[0]) if is_plain and _needs_arguments(factories[0]) else ""


def _may_bind_app(tree: PythonTree, statement: Node) -> bool:
    """Whether a statement of a module may bind a Flask app."""
    if statement.type in ("function_definition", "class_definition", "decorated_definition"):
        return False
    inner = named(statement)[:1] if statement.type == "expression_statement" else []
    if inner and inner[0].type != "assignment":
        return False
    text = tree.source(statement)
    if re.search(_HAS_APP, text):
        return True
    is_import = statement.type.startswith(("import", "from", "future_import"))
    return not is_import and any(not word[0].isupper() for word in _called(text))


def _called(text: str) -> Iterator[str]:
    """The last names of what a statement calls: a class of an extension makes no app, a function may."""
    return (found[1] for found in re.finditer(r"(\w+)\s*\(", text))


def _name_of(tree: PythonTree, statement: Node) -> str:
    inner = statement.child_by_field_name("definition") or statement
    found = inner.child_by_field_name("name") if inner.type == "function_definition" else None
    return tree.source(found) if found is not None else ""


def _needs_arguments(function: Node) -> bool:
    parameters = function.child_by_field_name("parameters")
    return parameters is not None and any(
        each.type not in _OPTIONAL and not _is_splat(each) for each in named(parameters)
    )


def _is_splat(parameter: Node) -> bool:
    """Whether a typed parameter is `*args: T` or `**kwargs: T`."""
    return parameter.type == "typed_parameter" and any(
        each.type in ("list_splat_pattern", "dictionary_splat_pattern") for each in named(parameter)
    )

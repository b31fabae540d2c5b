"""Calls that pass an app, or its configuration, to code outside the workspace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from configvars.flask_model import ConfigEscape
from configvars.names import classes
from configvars.names.evaluate import Evaluator
from configvars.names.values import UNKNOWN, Class, External, Instance, Missing, Value, alternatives
from configvars.readers.flask_context import context_of
from configvars.syntax.python import Node, named

_MAX_WORD = 80


def escape(
    evaluator: Evaluator, call: Node, callee: Value, given: Node, what: Literal["app", "config"]
) -> ConfigEscape:
    """A call of an unknown function with an app or a configuration (`given`) as argument.

    If it belongs to a module of the workspace that has not been read, that module is requested.
    """
    for value in alternatives(callee):
        if isinstance(value, Missing):
            evaluator.need(value)
    paths = {_path(evaluator, value) for value in alternatives(callee)}
    path = paths.pop() if len(paths) == 1 else ""
    context = context_of(evaluator, given)
    span = evaluator.tree.span(call)
    function = call.child_by_field_name("function")
    name = function.named_children[-1] if function is not None and function.type == "attribute" else function
    word = evaluator.tree.source(name) if name is not None and name.type == "identifier" else ""
    return ConfigEscape(path, span, what, word, tuple(options(evaluator, call)), **context)


def _path(evaluator: Evaluator, callee: Value) -> str:
    """The import path of the callee.

    For a class of the workspace, the path of its first external base class.
    """
    if isinstance(callee, Class | Instance):
        cls = callee if isinstance(callee, Class) else callee.cls
        bases = (base for base in classes.lineage(evaluator, cls) if not isinstance(base, Class))
        callee = next(bases, UNKNOWN)
    return callee.path if isinstance(callee, External) else ""


def options(evaluator: Evaluator, call: Node) -> Iterator[tuple[str, str]]:
    """The arguments of a call by keyword or position (`0`, `1` …); `*` for unknown ones."""
    given = call.child_by_field_name("arguments")
    position = 0
    for child in named(given) if given is not None and given.type == "argument_list" else ():
        if child.type == "keyword_argument":
            name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
            if name is not None and value is not None:
                yield evaluator.tree.source(name), _word(evaluator, value)
        elif child.type in ("list_splat", "dictionary_splat"):
            yield "*", ""
        else:
            yield str(position), _word(evaluator, child)
            position += 1


def _word(evaluator: Evaluator, value: Node) -> str:
    """The source text of an argument that is a name or a constant; empty for strings and numbers.

    Strings and numbers may be secrets.
    """
    return evaluator.tree.source(value)[:_MAX_WORD] if value.type in ("true", "false", "none") else ""

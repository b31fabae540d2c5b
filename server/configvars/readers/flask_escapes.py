"""Calls that hand an app, or its configuration, to what the workspace does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
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
    """A call of something unknown with an app or a configuration (`given`) among its arguments.

    A module of the workspace that has not been read is needed, to know what it does with the app.
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
    return ConfigEscape(path, span, what, word, tuple(options(evaluator, call)), **asdict(context))


def _path(evaluator: Evaluator, callee: Value) -> str:
    """The path of what is called; of a class of the workspace, that of the first base from outside."""
    if isinstance(callee, Class | Instance):
        cls = callee if isinstance(callee, Class) else callee.cls
        bases = (base for base in classes.lineage(evaluator, cls) if not isinstance(base, Class))
        callee = next(bases, UNKNOWN)
    return callee.path if isinstance(callee, External) else ""


def options(evaluator: Evaluator, call: Node) -> Iterator[tuple[str, str]]:
    """The keyword arguments of a call; `*` stands for those that are not told, `0`, `1` … for the others."""
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
    """An argument that is a name or a constant of Python's; no text and no number, which may be a secret."""
    return evaluator.tree.source(value)[:_MAX_WORD] if value.type in ("true", "false", "none") else ""

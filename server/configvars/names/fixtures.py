"""The value of a parameter of a pytest test: the result of the fixture with that name."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from configvars.limits import FIXTURE_FOLDERS
from configvars.names import functions
from configvars.names.values import UNKNOWN, Arguments, Function, Missing, Value
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator


def fixture(evaluator: Evaluator, name: str) -> Value:
    """The value of the fixture `name` in a test file or conftest.py; it may be in a conftest.py above."""
    file = posixpath.basename(evaluator.path.replace("\\", "/"))
    if not file.startswith(("test_", "conftest.")) and not file.endswith("_test.py"):
        return UNKNOWN
    for value in _candidates(evaluator, name):
        if isinstance(value, Missing):
            evaluator.need(value)
        if isinstance(value, Function):
            return functions.result(evaluator, value, Arguments())
    farther = evaluator.ask(f"{'.' * FIXTURE_FOLDERS.most}conftest.{name}")
    if isinstance(farther, Missing):
        evaluator.need(farther)
    elif isinstance(farther, Function):
        evaluator.tree.hits.count(FIXTURE_FOLDERS)
    return UNKNOWN


def _candidates(evaluator: Evaluator, name: str) -> Iterator[Value]:
    for binding in evaluator.scopes.bindings(name):
        is_own = binding.scope.type == "class_definition" and _is_a_fixture(binding.source)
        if binding.how == "def" and (binding.scope.type == "module" or is_own):
            yield functions.function(evaluator, binding.source)
    for dots in range(1, FIXTURE_FOLDERS.most):
        yield evaluator.ask(f"{'.' * dots}conftest.{name}")


def yielded(node: Node) -> list[Node]:
    """The values that a fixture, given by its `def`, yields to a test; nothing for other functions."""
    if not _is_a_fixture(node):
        return []
    found: list[Node] = []
    waiting = [node.child_by_field_name("body")]
    while waiting:
        current = waiting.pop()
        if current is not None and current.type == "yield":
            found.extend(named(current)[:1])
        elif current is not None and current.type not in (
            "function_definition",
            "class_definition",
            "lambda",
        ):
            waiting.extend(current.named_children)
    return found


def _is_a_fixture(definition: Node) -> bool:
    return any(_is_fixture(decorator) for decorator in functions.decorators(definition))


def _is_fixture(decorator: Node) -> bool:
    function = decorator.child_by_field_name("function") or decorator
    name = function.child_by_field_name("attribute") or function
    return name.text == b"fixture"

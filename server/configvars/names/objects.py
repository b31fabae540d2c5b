"""Objects that read variables, and what happens to them before they read."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from configvars.limits import FUNCTION_USES
from configvars.names import fixtures, functions, imports
from configvars.names.flow import arms
from configvars.names.scopes import FUNCTIONS, Binding, binding_at, scope_of
from configvars.names.values import (
    NOTHING,
    Arguments,
    External,
    Known,
    OneOf,
    Str,
    Value,
    alternatives,
    one_of,
    step,
)
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator


def entered(evaluator: Evaluator, binding: Binding) -> Value:
    """The value of `name` in `with … as name`: what is entered, or the object of that method."""
    value = evaluator.value(binding.source.named_children[0])
    return one_of([_owner(evaluator, choice) for choice in alternatives(value)])


def _owner(evaluator: Evaluator, value: Value) -> Value:
    method = value.of if isinstance(value, External) and value.path in evaluator.interest.entered else None
    return value if method is None or method.of is None else method.of


def decorated(evaluator: Evaluator, binding: Binding) -> Value:
    """The value of a `def` name: the function, or the result of its outermost decorator if a reader knows it.

    The result is one step after the decorator, with the function and its name as arguments.
    """
    function = functions.function(evaluator, binding.source)
    for decorator in functions.decorators(binding.source)[:1] if evaluator.interest.decorators else ():
        value = evaluator.value(decorator)
        if isinstance(value, External) and value.path in evaluator.interest.decorators:
            name = Str(evaluator.tree.source(binding.node), (evaluator.place(binding.node),))
            return step(value, "@", Arguments((name, function)))
    return function


def changed(evaluator: Evaluator, binding: Binding) -> Value:
    """The value of a name after `env.prefix = "APP_"`.

    The same object, as if the constructor had got the keyword argument `.prefix`.
    """
    left = binding.source.child_by_field_name("left")
    name = left.child_by_field_name("attribute") if left is not None else None
    word = "" if name is None else evaluator.tree.source(name)
    before = evaluator.guarded(
        ("before", binding.node.id),
        lambda: evaluator.resolve(evaluator.tree.source(binding.node), binding.node),
    )
    given = evaluator.value(binding.source.child_by_field_name("right"))
    return one_of([_with(evaluator, choice, word, given) for choice in alternatives(before)])


def _with(evaluator: Evaluator, value: Value, word: str, given: Value) -> Value:
    if isinstance(value, OneOf):
        return one_of([_with(evaluator, choice, word, given) for choice in value.values])
    if not isinstance(value, External) or f"{value.path}.{word}" not in evaluator.interest.set_later:
        return value
    made = value.arguments or Arguments()
    kept = tuple(pair for pair in made.keywords if pair[0] != f".{word}")
    return replace(value, arguments=replace(made, keywords=(*kept, (f".{word}", given))))


def placed(evaluator: Evaluator, given: Arguments, call: Node) -> Arguments:
    """The arguments of a call, with its place as the keyword argument `.at` if it runs only once."""
    scope = scope_of(call)
    if scope.type != "module" or arms(call, scope):
        return given
    return replace(given, keywords=(*given.keywords, (".at", Str("", (evaluator.place(call),)))))


def set_before(evaluator: Evaluator, node: Node, value: Value) -> Value:
    """The value of `self.env` after `self.env.prefix = "APP_"` in the same function."""
    function = scope_of(node)
    if not _is_object(evaluator, value) or function.type not in FUNCTIONS:
        return value
    written = evaluator.tree.source(node)
    for word in evaluator.interest.attributes:
        for leaf in evaluator.tree.words(word, function):
            target = leaf.parent
            statement = target.parent if target is not None else None
            of = target.child_by_field_name("object") if target is not None else None
            if target is None or statement is None or of is None or statement.end_byte > node.start_byte:
                continue
            is_set = statement.type == "assignment" and statement.child_by_field_name("left") == target
            if is_set and evaluator.tree.source(of) == written:
                changed = _with(
                    evaluator, value, word, evaluator.value(statement.child_by_field_name("right"))
                )
                value = one_of([value, changed]) if arms(statement, function) else changed
    return value


def handed(evaluator: Evaluator, function: Node, word: str) -> Value | None:
    """The objects that read variables and that calls in this file pass for a parameter.

    None for a parameter that gets no such object.
    """
    are_here = evaluator.guarded("objects", lambda: Known() if _are_imported(evaluator) else NOTHING)
    if are_here != Known():
        return None
    found = [one for one in alternatives(fixtures.fixture(evaluator, word)) if _is_object(evaluator, one)]
    found.extend(_given(evaluator, function, word))
    return one_of(found) if found else None


def _given(evaluator: Evaluator, function: Node, word: str) -> list[Value]:
    """Those of them that are arguments of calls."""
    place = _position(evaluator, function, word)
    if place is None:
        return []
    called, position = place
    found: list[Value] = []
    for leaf in islice(evaluator.tree.words(called), FUNCTION_USES.most):
        node = leaf.parent if leaf.parent is not None and leaf.parent.type == "attribute" else leaf
        call = node.parent
        if call is not None and call.type == "call" and call.child_by_field_name("function") == node:
            given = _argument(evaluator, call, position, word)
            if given is not None and given.type in ("identifier", "attribute", "call"):
                choices = alternatives(evaluator.value(given))
                found.extend(choice for choice in choices if _is_object(evaluator, choice))
    return found


def _position(evaluator: Evaluator, function: Node, word: str) -> tuple[str, int] | None:
    """The name by which a function is called, and the position of a parameter in its calls."""
    name, parameters = function.child_by_field_name("name"), function.child_by_field_name("parameters")
    if function.type not in FUNCTIONS or name is None or parameters is None:
        return None
    called = evaluator.tree.source(name)
    words = [
        evaluator.tree.source(child.named_children[0] if child.named_children else child)
        for child in named(parameters)
    ]
    around = scope_of(function)
    if around.type == "class_definition":
        of_class = around.child_by_field_name("name")
        words = words[1:]
        if called == "__init__" and of_class is not None:
            called = evaluator.tree.source(of_class)
    return (called, words.index(word)) if word in words else None


def _argument(evaluator: Evaluator, call: Node, position: int, word: str) -> Node | None:
    given = call.child_by_field_name("arguments")
    positional: list[Node] = []
    for child in named(given) if given is not None else []:
        if child.type == "keyword_argument":
            name = child.child_by_field_name("name")
            if name is not None and evaluator.tree.source(name) == word:
                return child.child_by_field_name("value")
        elif child.type.endswith("_splat"):
            return None
        else:
            positional.append(child)
    return positional[position] if position < len(positional) else None


def _is_object(evaluator: Evaluator, value: Value) -> bool:
    return isinstance(value, External) and value.path in evaluator.interest.objects


def _are_imported(evaluator: Evaluator) -> bool:
    """Whether a file imports an object that reads variables, or a function that creates one."""
    for module, leaf in imports.bound_names(evaluator.tree):
        if not (evaluator.interest.may_lead(module) or evaluator.elsewhere.is_known(evaluator.path, module)):
            continue
        binding = binding_at(leaf)
        value = evaluator.bound(binding) if binding is not None else None
        for choice in alternatives(value) if value is not None else ():
            if isinstance(choice, External) and any(
                path.startswith(choice.path) for path in evaluator.interest.objects
            ):
                return True
    return False

"""To which app an expression belongs, as far as one file shows it."""

from __future__ import annotations

from msgspec import Struct

from configvars.limits import OWNERS, STATEMENTS_ABOVE
from configvars.names import classes, displays, functions
from configvars.names.evaluate import Evaluator
from configvars.names.flow import reaching
from configvars.names.scopes import FUNCTIONS, Binding, outer_scope, scope_of
from configvars.names.values import Class, External, Function, Instance, Parameter, Value, alternatives
from configvars.readers.flask_paths import APP, CONFIGS, is_app_name
from configvars.syntax.python import Node
from configvars.text import Mark


class Owner(Struct, frozen=True):
    """The first fields of a `ConfigFlow`; `call` is the call of `Flask`, if it is in this file."""

    place: Mark | None = None
    parameter: str | None = None
    maker: Mark | None = None
    call: Node | None = None
    of_class: bool = False


SOME_APP = Owner()
_FLASK = APP.removesuffix("()")
_BRANCHING = frozenset({"if_statement", "match_statement", "try_statement"})


def is_config(value: Value) -> bool:
    """Whether a value is (or may be) an app's configuration."""
    return any(isinstance(v, External) and v.path in CONFIGS for v in alternatives(value))


def is_app(evaluator: Evaluator, value: Value) -> bool:
    """Whether a value is (or may be) an app; parameters with certain names are assumed to be apps."""
    return any(
        (isinstance(v, External) and v.path == APP)
        or (isinstance(v, Parameter) and is_app_name(v.name))
        or (isinstance(v, Instance) and _is_flask(evaluator, v.cls))
        for v in alternatives(value)
    )


def _is_flask(evaluator: Evaluator, cls: Class) -> bool:
    """Whether a class of the workspace derives from Flask."""
    lineage = classes.lineage(evaluator, cls)
    return any(isinstance(base, External) and f"{base.path}()" == APP for base in lineage)


def binding_of(evaluator: Evaluator, name: Node) -> Binding | None:
    """The last binding of a name that can be in effect where the name is used."""
    found = bindings_of(evaluator, name)
    return found[0] if found else None


def bindings_of(evaluator: Evaluator, name: Node) -> list[Binding]:
    """The bindings of a name that can be in effect where it is used, the last one first."""
    word = evaluator.tree.source(name)
    use, scope, later = name, scope_of(name), False
    while True:
        if scope.type != "class_definition" or not later:
            seen = reaching(evaluator.scopes.in_scope(word, scope), scope, use, later=later)
            if seen:
                return seen
        later = later or scope.type in FUNCTIONS
        around = outer_scope(scope)
        if around is None:
            return []
        use, scope = scope, around


def owner_of(evaluator: Evaluator, node: Node | None, steps: int = 0) -> Owner:
    """The app that an expression is."""
    if node is not None and steps > OWNERS.most:
        evaluator.tree.hits.count(OWNERS)
    if node is None or steps > OWNERS.most:
        return SOME_APP
    if node.type == "call":
        return _made_by(evaluator, node)
    if node.type == "attribute":
        given = _given_above(evaluator, node)
        return owner_of(evaluator, given, steps + 1) if given is not None else SOME_APP
    if node.type != "identifier":
        return SOME_APP
    found = bindings_of(evaluator, node)
    if not found:
        return SOME_APP
    owners = list(dict.fromkeys(_bound_to(evaluator, binding, steps) for binding in found))
    is_one_of_several = sum(owner.place is not None for owner in owners) > 1
    return SOME_APP if is_one_of_several else owners[0]


def _given_above(evaluator: Evaluator, attribute: Node) -> Node | None:
    """What the same block assigns to an attribute above its use: `self.app = create_app()`."""
    word = evaluator.tree.source(attribute)
    statement: Node | None = attribute
    while statement is not None and statement.type != "expression_statement":
        statement = statement.parent
    above = statement.prev_named_sibling if statement is not None else None
    for _ in range(STATEMENTS_ABOVE.most):
        if above is None:
            return None
        first = above.named_children[0] if above.type == "expression_statement" else None
        left = first.child_by_field_name("left") if first is not None else None
        if first is not None and left is not None and evaluator.tree.source(left) == word:
            return first.child_by_field_name("right") if first.type == "assignment" else None
        above = above.prev_named_sibling
    evaluator.tree.hits.count(STATEMENTS_ABOVE)
    return None


def _bound_to(evaluator: Evaluator, binding: Binding, steps: int) -> Owner:
    if binding.how == "parameter":
        return _given_to(evaluator, binding)
    if binding.how in ("assign", "walrus"):
        return owner_of(evaluator, displays.part_given(binding), steps + 1)
    return SOME_APP


def owner_of_config(evaluator: Evaluator, node: Node) -> Owner:
    """The app whose configuration an expression is: `app.config`, or a name for it."""
    if node.type == "attribute":
        return owner_of(evaluator, node.child_by_field_name("object"))
    binding = binding_of(evaluator, node) if node.type == "identifier" else None
    right = displays.part_given(binding) if binding and binding.how == "assign" else None
    return owner_of_config(evaluator, right) if right is not None and right.type == "attribute" else SOME_APP


def _made_by(evaluator: Evaluator, call: Node) -> Owner:
    for callee in alternatives(evaluator.value(call.child_by_field_name("function"))):
        if isinstance(callee, Function):
            return Owner(callee.home)
        if isinstance(callee, Class):
            return Owner(callee.home, of_class=True)
        if isinstance(callee, External) and callee.path == _FLASK:
            call = _last_instead(evaluator, call)
            around = functions.function_of(call)
            maker = evaluator.home(around) if around is not None else None
            return Owner(evaluator.mark(call), maker=maker, call=call)
    return SOME_APP


def _last_instead(evaluator: Evaluator, call: Node) -> Node:
    """The last call of `Flask` for the same name in the branches of one statement: only one of them runs.

    What follows these branches belongs to all of them, so that they count as one app.
    """
    statement = call.parent
    name = statement.child_by_field_name("left") if statement is not None else None
    if statement is None or statement.type != "assignment" or name is None or name.type != "identifier":
        return call
    others = evaluator.scopes.in_scope(evaluator.tree.source(name), scope_of(statement))
    found = [displays.part_given(other) for other in others if other.how == "assign"]
    later = [node for node in found if node is not None and node.start_byte > call.start_byte]
    instead = [node for node in later if _is_flask_call(evaluator, node) and _is_in_other_branch(call, node)]
    return max(instead, key=lambda node: node.start_byte, default=call)


def _is_flask_call(evaluator: Evaluator, node: Node) -> bool:
    called = evaluator.value(node.child_by_field_name("function")) if node.type == "call" else None
    return called is not None and any(getattr(one, "path", "") == _FLASK for one in alternatives(called))


def _is_in_other_branch(first: Node, second: Node) -> bool:
    """Whether two places are in different branches of one `if`, `match` or `try` statement."""
    around = first.parent
    while around is not None and not around.start_byte <= second.start_byte < around.end_byte:
        around = around.parent
    return around is not None and around.type in _BRANCHING


def _given_to(evaluator: Evaluator, binding: Binding) -> Owner:
    """The app that a function's parameter is; `self` in a subclass of Flask is the app of that class."""
    for value in alternatives(evaluator.bound(binding)):
        if isinstance(value, Instance):
            return Owner(value.cls.home, of_class=True)
    return Owner(evaluator.home(binding.scope), evaluator.tree.source(binding.node))

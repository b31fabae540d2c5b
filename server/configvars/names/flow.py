"""Which bindings of a name can be in effect where the name is used."""

from __future__ import annotations

from configvars.limits import BINDINGS
from configvars.names.scopes import COMPREHENSIONS, Binding, Bindings, Scopes, outer_scope, scope_of
from configvars.syntax.python import Node, named

# Parts that may be skipped or left early, so that a binding in them does not replace an earlier one.
_ARMS = frozenset(
    {"elif_clause", "else_clause", "except_clause", "case_clause", "for_statement", "while_statement"}
)
_EXCLUSIVE = frozenset({"if_statement", "match_statement"})
_LOOPS = frozenset({"for_statement", "while_statement"})
_LEAVING = frozenset({"return_statement", "raise_statement", "continue_statement", "break_statement"})


def bindings_for(scopes: Scopes, word: str, use: Node) -> list[Binding]:
    """All bindings of a name, in the innermost scope that has any and that its use can see."""
    scope, own = scope_of(use), True
    while True:
        found = scopes.in_scope(word, scope) if own or scope.type != "class_definition" else []
        outer = outer_scope(scope)
        if found or outer is None:
            return found
        scope, own = outer, False


def reaching(bindings: list[Binding], scope: Node, use: Node, *, later: bool) -> list[Binding]:
    """The bindings in `scope` that can be in effect at `use`, last first.

    `later`: the use is in a function inside the scope and runs after the code of the scope. Which branch of
    an `if` runs is not known: the bindings of all branches are kept, and the binding before them. If too many
    remain, one unknown binding replaces them.
    """
    if scope.type in COMPREHENSIONS or not bindings:
        return bindings
    if len(bindings) == 1 and (later or bindings[0].effect <= use.start_byte):
        return bindings
    known = bindings if isinstance(bindings, Bindings) else Bindings(bindings)
    around_use = arms(use, scope)
    inside = {arm.id for arm, _ in around_use}
    forks = {fork.id for _, fork in around_use}
    position = scope.end_byte + 1 if later else use.start_byte
    kept = [] if later else _next_turn(known, [fork for _, fork in around_use], position)
    for looked_at, binding in enumerate(known.until(position)):
        if len(kept) > BINDINGS.most or looked_at > 4 * BINDINGS.most:
            known.hits.count(BINDINGS)
            # The root node, which is never a name: what is stored for names is not affected.
            return [Binding("other", scope, scope, scope, 0)]
        around = [pair for pair in _arms_of(known, binding, scope) if pair[0].id not in inside]
        if any(fork.type in _EXCLUSIVE and fork.id in forks for _, fork in around):
            continue
        if any(_leaves(known, arm) for arm, _ in around):
            continue
        kept.append(binding)
        if not around and not _is_nested(binding, scope):
            break
    return kept


def _next_turn(known: Bindings, forks: list[Node], position: int) -> list[Binding]:
    """The bindings further down in a loop around a use, which are in effect in its next iteration."""
    loops = [fork for fork in forks if fork.type in _LOOPS]
    end = max((loop.end_byte for loop in loops), default=0)
    found: list[Binding] = []
    for binding in known.since(position):
        if binding.effect > end or len(found) > BINDINGS.most:
            break
        if any(loop.start_byte <= binding.node.start_byte < loop.end_byte for loop in loops):
            found.append(binding)
    return found[::-1]


def _arms_of(known: Bindings, binding: Binding, scope: Node) -> list[tuple[Node, Node]]:
    """The conditional parts around a binding; none if the binding is outside the scope's own code."""
    if binding.node.id not in known.arms:
        is_inside = scope.start_byte <= binding.source.start_byte and binding.scope.id == scope.id
        known.arms[binding.node.id] = arms(binding.source, scope) if is_inside else []
    return known.arms[binding.node.id]


def _is_nested(binding: Binding, scope: Node) -> bool:
    """Whether a `global` or `nonlocal` binding runs in another function than the scope's own code."""
    node = binding.source.parent
    while node is not None and node.id != scope.id:
        if node.type in ("function_definition", "lambda"):
            return True
        node = node.parent
    return False


def arms(node: Node, scope: Node) -> list[tuple[Node, Node]]:
    """The conditional parts around a node inside a scope, each with the statement that decides."""
    found: list[tuple[Node, Node]] = []
    child, parent = node, node.parent
    while parent is not None and child.id != scope.id:
        if parent.type in _ARMS and child.type == "block":
            above = parent.parent if parent.type.endswith("_clause") else parent
            if above is not None:
                if above.type == "block":  # the cases of `match` are in a block of their own
                    above = above.parent or above
                found.append((child, above))
        elif child.type == "block" and parent.type in ("if_statement", "try_statement"):
            found.append((child, parent))
        child, parent = parent, parent.parent
    return found


def _leaves(known: Bindings, arm: Node) -> bool:
    """Whether a block ends with a jump, so that its bindings are not in effect after its statement."""
    if arm.id not in known.leaving:
        statements = named(arm)
        known.leaving[arm.id] = bool(statements) and statements[-1].type in _LEAVING
    return known.leaving[arm.id]

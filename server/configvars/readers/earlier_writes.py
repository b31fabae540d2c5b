"""Whether the code itself has set a variable before it reads it."""

from __future__ import annotations

from msgspec import Struct

from configvars.model import Variable
from configvars.names.evaluate import Evaluator
from configvars.names.flow import arms
from configvars.names.scopes import function_of, scope_of
from configvars.names.values import Str, Value, alternatives
from configvars.readers.presence_tests import PresenceTests, Texts, UsesAt, texts_of
from configvars.syntax.python import Node

_ALWAYS = -1
# The ids of the function that a setting runs in, and of the innermost conditional part around it.
_Where = tuple[int | None, int]


class _Copied(Struct, frozen=True):
    """A name in a copy of the environment."""

    name: str | None


class EarlierWrites:
    """The places of one file that set variables, by variable.

    A setting counts for the code after it in the same function; at module level, for all functions. It counts
    only if it always runs, or runs whenever the variable is not set yet.
    """

    def __init__(self, evaluator: Evaluator, uses_at: UsesAt) -> None:
        self._told = PresenceTests(evaluator, uses_at, writes=True)
        self._root = evaluator.tree.root
        self._first: dict[object, dict[_Where, int]] = {}
        self._removed: dict[object, list[tuple[int | None, int]]] = {}

    def add(self, variable: object, node: Node, key: Value) -> None:
        """Note that `node` sets a variable."""
        self._note(variable, node, self._condition(node, texts_of(key)))

    def remove(self, variable: object, node: Node) -> None:
        """Note that `node` removes a variable: nothing above it counts for what is below, in the same function.

        At module level, for what is below in all functions.
        """
        around = function_of(node)
        place = None if around is None else around.id, node.end_byte
        self._removed.setdefault(variable, []).append(place)

    def put(self, node: Node, key: Value) -> None:
        """Note that `node` may set a name in a copy of the environment; any name if it is not known.

        A copy that an object holds (`self.env`) is the same copy in all its methods.
        """
        names = {choice.text for choice in alternatives(key) if isinstance(choice, Str)}
        for name in names or (None,):
            self._note(_Copied(name), node, _ALWAYS)
            if _is_kept(node):
                self._first[_Copied(name)][None, _ALWAYS] = _statement(node).end_byte

    def _note(self, variable: object, node: Node, condition: int) -> None:
        around = function_of(node)
        where = None if around is None else around.id, condition
        first = self._first.setdefault(variable, {})
        end = _statement(node).end_byte
        first[where] = min(end, first.get(where, end))

    def is_before(self, node: Node, variable: Variable, *, of_copy: bool = False) -> bool:
        """Whether a variable is always set before `node` reads it, in the environment or in a copy."""
        asked = (variable, *((_Copied(variable.name), _Copied(None)) if of_copy else ()))
        return any(self._is_set(node, each) for each in asked)

    def _is_set(self, node: Node, variable: object) -> bool:
        first = self._first.get(variable)
        if not first:
            return False
        around = function_of(node)
        homes = (None, around.id) if around is not None else (None,)
        removals = (at for home, at in self._removed.get(variable, ()) if home in homes)
        removed = max((at for at in removals if at <= node.start_byte), default=0)
        first = {where: at for where, at in first.items() if at > removed}
        inside = (_ALWAYS, *(arm.id for arm, _ in arms(node, self._root)))
        if around is not None and any((None, arm) in first for arm in inside):
            return True
        home = None if around is None else around.id
        return any(first.get((home, arm), node.start_byte + 1) <= node.start_byte for arm in inside)

    def _condition(self, node: Node, texts: Texts) -> int:
        """The id of the innermost condition around a setting that does not test the variable itself."""
        for arm, fork in arms(node, scope_of(node)):
            test = fork.child_by_field_name("condition")
            if test is None or texts.isdisjoint(self._told.by(test, there=False)):
                return arm.id
        return _ALWAYS


def _statement(setting: Node) -> Node:
    """The assignment of which `setting` is a target; its right side is read before."""
    parent = setting.parent
    return parent if parent is not None and parent.type == "assignment" else setting


def _is_kept(setting: Node) -> bool:
    """Whether an item of an attribute is set: `self.env["A"] = …`, `self.env.update(…)`."""
    function = setting.child_by_field_name("function")
    copy = setting.child_by_field_name("value") or setting.child_by_field_name("left")
    if function is not None:
        copy = function.child_by_field_name("object")
    return copy is not None and copy.type == "attribute"

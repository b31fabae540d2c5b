"""Whether all code that calls a function catches what it raises without a variable."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from configvars.model import Reference
from configvars.names.scopes import FUNCTIONS
from configvars.project import Project
from configvars.pydantic_model import SettingsLineage
from configvars.runs.catching import (
    calls_of_parameters,
    caught_by,
    ends,
    finally_leaves,
    is_called,
)
from configvars.runs.context_managers import ANY, exit_catches, is_decorator, managers, yielding
from configvars.runs.exception_names import INVALID, caught_as
from configvars.runs.made_by_fields import is_filled
from configvars.runs.mentions import Mentions
from configvars.runs.only_bases import classes_with
from configvars.runs.parsed_code import Code
from configvars.runs.use_kinds import is_base, is_replaced, is_target, taker
from configvars.syntax.python import Node, named
from configvars.text import Place

_DEPTH = 6
_GETTING = frozenset({"get", "getenv"})
_CASTS = frozenset({"int", "float", "len"})
_STARTS = frozenset({"__init__", "__post_init__"})
# With these decorators, a call still runs the function.
_SAME = frozenset({"cache", "lru_cache", "staticmethod", "classmethod"})


class Callers:
    """The callers of the functions of a project.

    `lenient`: what may catch an exception counts as catching it.
    """

    def __init__(self, project: Project, code: Callable[[str], Code], *, lenient: bool = False) -> None:
        self._project = project
        self._code = code
        self._catching = (True, None) if lenient else (True,)
        self._mentions = Mentions(project, code)
        self._known: dict[tuple[str, int, frozenset[str], frozenset[Place]], bool] = {}

    def is_filled(self, path: str, reference: Reference, names: Collection[str]) -> bool:
        """Whether variables with these names make a read of a settings class superfluous."""
        return is_filled(self._project, self._mentions, path, reference, names)

    def catch(self, path: str, reference: Reference, seen: frozenset[Place] | None) -> bool:
        """Whether all callers of the function around a read catch what it raises without its variable.

        `seen` are the calls that lead to the read while the programs start, if they catch this exception.
        """
        if classes := classes_with(self._project, path, reference):
            return self._creations_caught(classes, seen or frozenset())
        here = Place(path, reference.span)
        via = self._project.place(reference.via) if reference.via is not None else None
        raised = self._raised(via or here, reference)
        node, calls = self._node(here), seen or frozenset()
        function = _function(node)
        places = [here, via] if via is not None else [here]
        if any(self._is_dropped(self._code(each.path), self._node(each), raised) for each in places):
            return True
        if seen is not None and (function is None or _is_lambda_in(self._code(path), function, seen)):
            return True
        if function is None and via is None and node is not None:
            return self._catches_here(self._code(path), node, raised, _DEPTH) is True
        if via is None:
            return self._is_caught(path, node, raised, calls)
        of_wrapper = self._is_caught(via.path, self._node(via), raised, frozenset())
        return of_wrapper or (node is not None and self._catches(self._code(path), node, raised, calls))

    def _creations_caught(self, classes: Collection[SettingsLineage], seen: frozenset[Place]) -> bool:
        """Whether all code that creates objects of settings classes catches what pydantic raises."""
        found = [self._mentions.definition(one.name) for one in classes]
        return all(
            each is not None and self._is_caught_around(*each, frozenset({INVALID}), seen) for each in found
        )

    def _is_dropped(self, code: Code, node: Node | None, raised: frozenset[str]) -> bool:
        """Whether a `finally` or a context manager around a node in its function drops exceptions."""
        while node is not None and node.parent is not None and node.type not in FUNCTIONS:
            if node.type != "finally_clause" and finally_leaves(node.parent) in self._catching:
                return True
            if node.type == "block" and self._manager_catches(code, node.parent, raised, _DEPTH):
                return True
            node = node.parent
        return False

    def _node(self, place: Place) -> Node | None:
        tree = self._code(place.path).tree
        return tree.root.descendant_for_byte_range(tree.byte(place.span.start), tree.byte(place.span.end))

    def _raised(self, place: Place, reference: Reference) -> frozenset[str]:
        """The names of the exceptions that the function around a read raises; all of them must be caught."""
        code, node = self._code(place.path), self._node(place)
        function = _function(node)
        if node is None or function is None:
            return frozenset({ANY}) if node is None else _of_read(code, node)
        raised = frozenset(_raising(code, function))
        if raised or (reference.idiom != "wrapper" and not reference.idiom.startswith("os.")):
            return raised or frozenset({ANY})
        return _of_read(code, node)

    def _is_caught(
        self,
        path: str,
        node: Node | None,
        raised: frozenset[str],
        seen: frozenset[Place],
        depth: int = _DEPTH,
    ) -> bool:
        """Whether all callers of the function around a node catch exceptions."""
        function = _function(node)
        if node is None or function is None or not depth:
            return False
        key = path, function.start_byte, raised, seen
        if key not in self._known:
            self._known[key] = False  # a function that calls itself
            self._known[key] = self._is_caught_around(self._code(path), function, raised, seen, depth)
        return self._known[key]

    def _is_caught_around(
        self, code: Code, function: Node, raised: frozenset[str], seen: frozenset[Place], depth: int = _DEPTH
    ) -> bool:
        owner = _owner(code, function)
        name = code.source(owner.child_by_field_name("name"))
        is_async = function.children[0].type == "async"
        decorators = {*_decorators(code, owner), *_decorators(code, function)} - _SAME
        decorating = [self._passed_to(each, is_async, raised, depth) for each in sorted(decorators)]
        if any(decorating):
            return True
        is_sure = not any(each is False for each in decorating)
        if not name or not (is_sure or (seen and all(map(self._mentions.definition, decorators)))):
            return False
        uses = self._mentions.of(name, code, owner)
        if uses is None or self._mentions.is_named_elsewhere(code.path, name):
            return False
        calls = 0
        for where, leaf in uses:
            calls += 1
            of_subclass = function.type == "class_definition" and is_base(leaf)
            if _is_in(where, leaf, seen) or is_target(leaf) or of_subclass:
                continue
            if not is_sure:
                return False
            by = taker(where, leaf)
            if by and self._passed_to(by, is_async, raised, depth):
                if is_replaced(where, leaf):
                    return True
                continue
            if not is_called(leaf, is_async=is_async) or not self._catches(where, leaf, raised, seen, depth):
                return False
        return calls > 0

    def _catches(
        self, code: Code, leaf: Node, raised: frozenset[str], seen: frozenset[Place], depth: int = _DEPTH
    ) -> bool:
        """Whether the code around a call, or around the calls of its function, catches exceptions."""
        here = self._catches_here(code, leaf, raised, depth)
        return self._is_caught(code.path, leaf, raised, seen, depth - 1) if here is None else here

    def _catches_here(self, code: Code, leaf: Node, raised: frozenset[str], depth: int) -> bool | None:
        """Whether the statements around a call in its function catch exceptions; None if none does."""
        kinds = [caught_as(self._mentions, each) for each in sorted(raised)]
        child, parent = leaf, leaf.parent
        while parent is not None and parent.type not in FUNCTIONS:
            if child.type != "finally_clause" and finally_leaves(parent) in self._catching:
                return True
            if child.type == "block" and parent.child_by_field_name("body") == child:
                caught = [caught_by(code, parent, each) for each in kinds]
                if all(caught) or self._manager_catches(code, parent, raised, depth):
                    return True
                if any(each is not None for each in caught):
                    return False
            child, parent = parent, parent.parent
        return None

    def _manager_catches(self, code: Code, statement: Node, raised: frozenset[str], depth: int) -> bool:
        """Whether a context manager of the project catches exceptions in a `with` statement."""
        kinds = {each: caught_as(self._mentions, each) for each in raised}
        for name in managers(code, statement, frozenset[str]().union(*kinds.values())) if depth else ():
            found = self._mentions.definition(name)
            if exit_catches(self._mentions, name, kinds) in self._catching:
                return True
            places = yielding(*found) if found is not None else []
            if found is not None and places:
                return all(self._catches_here(found[0], each, raised, depth - 1) for each in places)
        return False

    def _passed_to(self, name: str, is_async: bool, raised: frozenset[str], depth: int) -> bool | None:
        """Whether what the project defines by a name catches the exceptions of a function that it gets.

        None if it calls the function later, and does not catch them; false also if that is not known.
        """
        found = self._mentions.definition(name) if depth else None
        if found is None:
            return False
        if is_decorator(*found):
            kinds = {each: caught_as(self._mentions, each) for each in raised}
            by_exit = exit_catches(self._mentions, name, kinds)
            return True if by_exit in self._catching else None if by_exit is False else False
        calls = yielding(*found) or calls_of_parameters(*found, is_async=is_async)
        caught = [self._catches_here(found[0], each, raised, depth - 1) for each in calls]
        if caught and all(caught):
            return True
        is_later = all(_function(each) != found[1] for each in calls)
        return None if caught and is_later and not any(each is False for each in caught) else False


def _function(node: Node | None) -> Node | None:
    """The function around a node."""
    while node is not None and node.type not in FUNCTIONS:
        node = node.parent
    return node


def _is_in(code: Code, leaf: Node, calls: frozenset[Place]) -> bool:
    """Whether a mention is in one of some calls."""
    span = code.tree.span(leaf)
    return any(
        each.path == code.path and each.span.start <= span.start and span.end <= each.span.end
        for each in calls
    )


def _is_lambda_in(code: Code, function: Node, calls: frozenset[Place]) -> bool:
    return function.type == "lambda" and _is_in(code, function, calls)


def _of_read(code: Code, node: Node) -> frozenset[str]:
    """The exceptions that a read and the code around it may raise if the variable is not set."""
    read: Node | None = node
    while read is not None and read.type not in ("call", "subscript"):
        read = read.parent
    if read is None:
        return frozenset({ANY})
    word = code.source(read.child_by_field_name("function")).rpartition(".")[2]
    if read.type == "subscript" or word not in _GETTING:
        return frozenset({"KeyError"} if read.type == "subscript" or word == "pop" else {ANY})
    user = read.parent
    if user is not None and user.type == "attribute":
        return frozenset({"AttributeError"})
    outer = user.parent if user is not None and user.type == "argument_list" else None
    is_cast = outer is not None and code.source(outer.child_by_field_name("function")) in _CASTS
    return frozenset({"TypeError"} if is_cast else {"TypeError", "AttributeError"})


def _decorators(code: Code, function: Node) -> list[str]:
    """The last words of the decorators of a function or class."""
    around = function.parent
    decorators = [] if around is None else [each for each in named(around) if each.type == "decorator"]
    return [code.source(each).strip("@").partition("(")[0].rpartition(".")[2] for each in decorators]


def _owner(code: Code, function: Node) -> Node:
    """What a call names to run a function: the class for its `__init__`, otherwise the function."""
    if code.source(function.child_by_field_name("name")) not in _STARTS:
        return function
    above = function.parent
    while above is not None and above.type != "class_definition":
        above = above.parent
    return above or function


def _raising(code: Code, function: Node) -> Iterator[str]:
    """The names of the exceptions that the statements of a function raise."""
    waiting = named(function)
    while waiting:
        node = waiting.pop()
        if node.type == "raise_statement":
            inner = next(iter(named(node)), None)
            if inner is not None:
                word = code.source(inner.child_by_field_name("function") if inner.type == "call" else inner)
                yield word.rpartition(".")[2]
        if ends(code, node) and node.type == "call":
            yield "SystemExit"
        waiting += named(node)

"""Whether all code that calls a function catches what it raises without a variable."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable, Iterator

from configvars.model import Reference
from configvars.names.scopes import FUNCTIONS
from configvars.project import Project
from configvars.runs.mentions import Mentions
from configvars.runs.parsed_code import Code
from configvars.syntax.python import Node, named
from configvars.text import Place

_DEPTH = 6
_GETTING = frozenset({"get", "getenv"})
_CASTS = frozenset({"int", "float", "len"})
_STARTS = frozenset({"__init__", "__post_init__"})
# With these decorators, a call still runs the function.
_SAME = frozenset({"cache", "lru_cache", "staticmethod", "classmethod"})
_EXITS = frozenset({"sys.exit", "exit", "quit", "os._exit"})
# What is raised is not known: only a handler for all exceptions catches it.
_ANY = "Exception"


class Callers:
    """The callers of the functions of a project."""

    def __init__(self, project: Project, code: Callable[[str], Code]) -> None:
        self._project = project
        self._code = code
        self._mentions = Mentions(project, code)
        self._known: dict[tuple[str, int, frozenset[str], frozenset[Place]], bool] = {}

    def catch(self, path: str, reference: Reference, seen: frozenset[Place] | None) -> bool:
        """Whether all callers of the function around a read catch what it raises without its variable.

        `seen` are the calls that lead to the read while the programs start, if they catch this exception.
        """
        here = Place(path, reference.span)
        via = self._project.place(reference.via) if reference.via is not None else None
        raised = self._raised(via or here, reference)
        node, calls = self._node(here), seen or frozenset()
        function = _function(node)
        if seen is not None and (function is None or _is_lambda_in(self._code(path), function, seen)):
            return True
        if via is None:
            return self._is_caught(path, node, raised, calls)
        of_wrapper = self._is_caught(via.path, self._node(via), raised, frozenset())
        return of_wrapper or (node is not None and self._catches(self._code(path), node, raised, calls))

    def _node(self, place: Place) -> Node | None:
        tree = self._code(place.path).tree
        return tree.root.descendant_for_byte_range(tree.byte(place.span.start), tree.byte(place.span.end))

    def _raised(self, place: Place, reference: Reference) -> frozenset[str]:
        """The names of the exceptions that the function around a read raises; all of them must be caught."""
        code, node = self._code(place.path), self._node(place)
        function = _function(node)
        if node is None or function is None:
            return frozenset({_ANY})
        raised = frozenset(_raising(code, function))
        if raised or (reference.idiom != "wrapper" and not reference.idiom.startswith("os.")):
            return raised or frozenset({_ANY})
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
        if not name or not _is_plain(code, owner) or not _is_plain(code, function):
            return False
        uses = self._mentions.of(name, code, owner)
        if uses is None or self._mentions.is_named_elsewhere(code.path, name):
            return False
        calls = 0
        for where, leaf in uses:
            calls += 1
            if _is_in(where, leaf, seen):
                continue
            if not _is_called(leaf, function) or not self._catches(where, leaf, raised, seen, depth):
                return False
        return calls > 0

    def _catches(
        self, code: Code, leaf: Node, raised: frozenset[str], seen: frozenset[Place], depth: int = _DEPTH
    ) -> bool:
        """Whether the code around a call, or around the calls of its function, catches exceptions."""
        kinds = [self._lineage(each) for each in sorted(raised)]
        child, parent = leaf, leaf.parent
        while parent is not None and parent.type not in FUNCTIONS:
            if child.type == "block" and parent.child_by_field_name("body") == child:
                caught = [_caught(code, parent, each) for each in kinds]
                if all(caught):
                    return True
                if any(each is not None for each in caught):
                    return False
            child, parent = parent, parent.parent
        return self._is_caught(code.path, leaf, raised, seen, depth - 1)

    def _lineage(self, name: str) -> frozenset[str]:
        """The names of an exception and of its base classes."""
        kind = getattr(builtins, name, None)
        if isinstance(kind, type):
            return frozenset(each.__name__ for each in kind.__mro__)
        return self._project.remembered(f"bases of exception {name}", lambda: frozenset(self._bases(name)))

    def _bases(self, name: str) -> Iterator[str]:
        waiting, seen = [name], {_ANY, "BaseException"}
        yield from seen
        while waiting:
            each = waiting.pop()
            if each in seen:
                continue
            seen.add(each)
            yield each
            kind = getattr(builtins, each, None)
            if isinstance(kind, type):
                waiting += [base.__name__ for base in kind.__mro__]
            defined = re.compile(rf"^[ \t]*class {re.escape(each)}\(([\w., ]+)\)", re.MULTILINE)
            for _, text in self._mentions.texts():
                if (found := defined.search(text)) is not None:
                    waiting += [base.strip().rpartition(".")[2] for base in found[1].split(",")]


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
        return frozenset({_ANY})
    word = code.source(read.child_by_field_name("function")).rpartition(".")[2]
    if read.type == "subscript" or word not in _GETTING:
        return frozenset({"KeyError"} if read.type == "subscript" or word == "pop" else {_ANY})
    user = read.parent
    if user is not None and user.type == "attribute":
        return frozenset({"AttributeError"})
    outer = user.parent if user is not None and user.type == "argument_list" else None
    is_cast = outer is not None and code.source(outer.child_by_field_name("function")) in _CASTS
    return frozenset({"TypeError"} if is_cast else {"TypeError", "AttributeError"})


def _is_plain(code: Code, function: Node) -> bool:
    """Whether a call of a function or class runs it: no decorator does something else."""
    around = function.parent
    decorators = [] if around is None else [each for each in named(around) if each.type == "decorator"]
    words = [code.source(each).strip("@").partition("(")[0].rpartition(".")[2] for each in decorators]
    return all(each in _SAME for each in words)


def _owner(code: Code, function: Node) -> Node:
    """What a call names to run a function: the class for its `__init__`, otherwise the function."""
    if code.source(function.child_by_field_name("name")) not in _STARTS:
        return function
    above = function.parent
    while above is not None and above.type != "class_definition":
        above = above.parent
    return above or function


def _is_called(leaf: Node, function: Node) -> bool:
    """Whether a mention of a function calls it, and waits for it if it is `async`."""
    whole = leaf
    if leaf.parent is not None and leaf.parent.child_by_field_name("attribute") == leaf:
        whole = leaf.parent
    call = whole.parent
    if call is None or call.type != "call" or call.child_by_field_name("function") != whole:
        return False
    is_async = function.children[0].type == "async"
    return not is_async or (call.parent is not None and call.parent.type == "await")


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
        if _ends(code, node) and node.type == "call":
            yield "SystemExit"
        waiting += named(node)


def _ends(code: Code, node: Node) -> bool:
    """Whether a node raises an exception or ends the program."""
    is_exit = node.type == "call" and code.source(node.child_by_field_name("function")) in _EXITS
    return is_exit or node.type == "raise_statement"


def _caught(code: Code, statement: Node, kinds: frozenset[str]) -> bool | None:
    """Whether a statement around its body catches an exception and goes on; None if it does not catch it."""
    if statement.type == "with_statement":
        return True if _is_suppressed(code, statement, kinds) else None
    for clause in named(statement) if statement.type == "try_statement" else ():
        if clause.type == "except_clause" and _is_for(code, named(clause)[:-1], kinds):
            return not _any_ends(code, named(clause)[-1])
    return None


def _is_suppressed(code: Code, statement: Node, kinds: frozenset[str]) -> bool:
    for clause in named(statement):
        for item in named(clause) if clause.type == "with_clause" else ():
            call = item.child_by_field_name("value")
            given = call.child_by_field_name("arguments") if call is not None else None
            if call is None or given is None or not named(given):
                continue
            word = code.source(call.child_by_field_name("function"))
            if word in ("suppress", "contextlib.suppress") and _is_for(code, named(given), kinds):
                return True
    return False


def _is_for(code: Code, parts: list[Node], kinds: frozenset[str]) -> bool:
    """Whether an `except` clause with these parts catches an exception."""
    waiting = list(parts)
    words: list[str] = []
    while waiting:
        node = waiting.pop()
        if node.type == "as_pattern":
            waiting.append(named(node)[0])
        elif node.type in ("tuple", "parenthesized_expression"):
            waiting += named(node)
        else:
            words.append(code.source(node).rpartition(".")[2])
    return not parts or not kinds.isdisjoint(words)


def _any_ends(code: Code, block: Node) -> bool:
    waiting = [block]
    while waiting:
        node = waiting.pop()
        if _ends(code, node):
            return True
        waiting += named(node)
    return False

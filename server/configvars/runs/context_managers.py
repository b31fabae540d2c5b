"""The context managers of a project: which exceptions their `__exit__` catches."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable, Collection, Iterator, Mapping

from configvars.runs.catching import within
from configvars.runs.mentions import Mentions
from configvars.runs.parsed_code import Code
from configvars.syntax.python import Node, named

# What is raised is not known: only a handler for all exceptions catches it.
ANY = "Exception"
_EXITS = ("__exit__", "__aexit__")
_TESTS = frozenset({"isinstance", "issubclass"})
_EQUAL = frozenset({"is", "==", "in"})
_SUPPRESS = "suppress"
_PARTIAL = "partial"
_STACK = "ExitStack"
_ENTERING = (".enter_context", ".enter_async_context", ".push", ".push_async_exit")


def managers(code: Code, statement: Node, kinds: Collection[str]) -> Iterator[str]:
    """The last words of what a `with` statement calls to get its context managers, or of their names.

    `suppress` stands for what perhaps catches one of `kinds`.
    """
    for clause in named(statement) if statement.type == "with_statement" else ():
        for item in named(clause) if clause.type == "with_clause" else ():
            value = item.child_by_field_name("value")
            one = named(value)[0] if value is not None and value.type == "as_pattern" else value
            yield from _words_of(code, one, kinds)
    for each in entered(code.source, statement):
        yield from _words_of(code, each, kinds)


def entered(source: Callable[[Node | None], str], statement: Node) -> Iterator[Node]:
    """The context managers that an `ExitStack` enters in its `with` statement: `stack.enter_context(…)`.

    `source` returns the text of a node.
    """
    clauses = [each for each in named(statement) if each.type == "with_clause"]
    if not any(_STACK in source(each) for each in clauses):
        return
    for each in within(statement):
        given = each.child_by_field_name("arguments") if each.type == "call" else None
        if given is not None and source(each.child_by_field_name("function")).endswith(_ENTERING):
            yield from named(given)[:1]


def _words_of(code: Code, one: Node | None, kinds: Collection[str]) -> Iterator[str]:
    if one is not None and one.type == "call":
        function = one.child_by_field_name("function")
        word = code.source(function).rpartition(".")[2]
        if function is not None and function.type == "call":  # partial(suppress, KeyError)()
            yield from _of_partial(code, function, kinds)
        elif word != _SUPPRESS or _may_suppress(code, _given(one), kinds):
            yield word
            if function is not None and function.type == "identifier" and _made_with(code, word) == _PARTIAL:
                yield from _of_partials(code, word, kinds)
    elif one is not None and one.type == "identifier":
        word = _made_with(code, code.source(one))
        yield _SUPPRESS if word == _STACK else word
    elif one is not None and one.type == "lambda":
        yield _SUPPRESS


def _of_partials(code: Code, name: str, kinds: Collection[str]) -> Iterator[str]:
    """What `name = partial(…)` makes."""
    for leaf in code.tree.words(name):
        right = leaf.parent.child_by_field_name("right") if leaf.parent is not None else None
        if right is not None and right.type == "call":
            yield from _of_partial(code, right, kinds)


def _of_partial(code: Code, call: Node, kinds: Collection[str]) -> Iterator[str]:
    given = _given(call)
    word = code.source(given[0]).rpartition(".")[2] if given else ""
    if word != _SUPPRESS or _may_suppress(code, given[1:], kinds):
        yield word


def _given(call: Node) -> list[Node]:
    given = call.child_by_field_name("arguments")
    return named(given) if given is not None else []


def _may_suppress(code: Code, given: list[Node], kinds: Collection[str]) -> bool:
    """Whether `suppress` with these arguments may catch one of `kinds`."""
    words = map(code.source, given)
    return any(word in kinds or not _is_builtin(word) for word in words)


def is_decorator(code: Code, definition: Node) -> bool:
    """Whether objects of a class are context managers that can be used as decorators."""
    bases = definition.child_by_field_name("superclasses")
    return bases is not None and "ContextDecorator" in code.source(bases)


def _is_builtin(word: str) -> bool:
    """Whether a word is the name of a class of Python, such as `KeyError`."""
    return isinstance(getattr(builtins, word, None), type)


def _made_with(code: Code, name: str) -> str:
    """The last word of what a file calls to get the object with a name; empty if that is not known."""
    made = re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*(?::[^=\n]+)?=[ \t]*(?:\w+\.)*(\w+)\(", re.MULTILINE)
    found = {each[1] for each in made.finditer(code.tree.text)}
    return found.pop() if len(found) == 1 else ""


def yielding(code: Code, definition: Node) -> list[Node]:
    """Where a function gives way to the body of a `with` statement; empty for other functions and classes."""
    decorators = named(definition.parent) if definition.parent is not None else []
    is_manager = any(
        each.type == "decorator" and code.source(each).endswith("contextmanager") for each in decorators
    )
    return [each for each in within(definition) if each.type == "yield"] if is_manager else []


def exit_catches(mentions: Mentions, name: str, kinds: Mapping[str, frozenset[str]]) -> bool | None:
    """Whether what the project defines by a name is a context manager that catches exceptions.

    None if it may. `kinds` are the names of the exceptions, each with the names of its base classes and its
    own. A function with `yield` catches none here.
    """
    waiting, seen = [name], set[str]()
    while waiting:
        each = waiting.pop(0)
        found = mentions.definition(each) if each not in seen else None
        seen.add(each)
        if each == _SUPPRESS:
            return None
        if found is None:
            continue
        code, definition = found
        if definition.type != "class_definition":
            return None if f"{_SUPPRESS}(" in code.source(definition) else False
        method = _exit_of(code, definition)
        if method is not None:
            return _all_of(_returned(code, method, raised, kinds[raised]) for raised in kinds)
        bases = definition.child_by_field_name("superclasses")
        waiting += (
            [code.source(base).rpartition(".")[2] for base in named(bases)] if bases is not None else []
        )
    return False


def _exit_of(code: Code, definition: Node) -> Node | None:
    """The `__exit__` or `__aexit__` of a class."""
    methods = (each for each in within(definition) if each.type == "function_definition")
    return next((each for each in methods if code.source(each.child_by_field_name("name")) in _EXITS), None)


def _all_of(verdicts: Iterator[bool | None]) -> bool | None:
    found = [*verdicts]
    return None if None in found and False not in found else all(found)


def _returned(code: Code, method: Node, raised: str, kinds: frozenset[str]) -> bool | None:
    """Whether an `__exit__` returns true for an exception; None if that is not known."""
    found: list[bool | None] = []
    for each in within(method):
        if each.type == "return_statement":
            verdict = _is_true(code, next(iter(named(each)), None), raised, kinds)
            is_always = each.parent == method.child_by_field_name("body")
            found.append(verdict if is_always or verdict is False else None)
    return found[0] if len(set(found)) == 1 else None if found else False


def _is_true(code: Code, value: Node | None, raised: str, kinds: frozenset[str]) -> bool | None:
    """Whether an expression in `__exit__` is true for an exception; None if that is not known."""
    if value is None or value.type in ("none", "false"):
        return False
    children = named(value)
    match value.type:
        case "true":
            return True
        case "parenthesized_expression":
            return _is_true(code, children[0], raised, kinds)
        case "boolean_operator" if code.source(children[0]).endswith("isnotNone"):
            return _is_true(code, children[1], raised, kinds) if value.children[1].type == "and" else None
        case "comparison_operator" if value.children[1].type in _EQUAL and len(children) == 2:
            return _names(code, children[1], raised, frozenset({raised}))
        case "call" if code.source(children[0]) in _TESTS and len(named(children[1])) == 2:
            return _names(code, named(children[1])[1], raised, kinds)
    return None


def _names(code: Code, node: Node, raised: str, kinds: frozenset[str]) -> bool | None:
    """Whether an expression names one of `kinds`; None if it may name something else that is raised."""
    is_several = node.type in ("tuple", "list", "set")
    words = {code.source(each) for each in (named(node) if is_several else [node])}
    if not words.isdisjoint(kinds):
        return True
    is_known = raised != ANY and all(map(_is_builtin, words))
    return False if is_known else None

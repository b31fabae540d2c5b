"""Calls that pass an app, or an object for its configuration, to a function of the workspace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from configvars.flask_model import NO_FEED, ConfigCall, ConfigEscape, ConfigFeed
from configvars.names import classes
from configvars.names.evaluate import Evaluator
from configvars.names.values import (
    UNKNOWN,
    Class,
    FilePath,
    Function,
    Instance,
    Known,
    Nothing,
    Str,
    Value,
    alternatives,
)
from configvars.patterns import lazy_pattern
from configvars.readers import flask_feed
from configvars.readers.flask_context import context_of
from configvars.readers.flask_escapes import escape
from configvars.readers.flask_owner import SOME_APP, Owner, is_app, owner_of
from configvars.readers.flask_paths import is_app_name
from configvars.syntax.python import Node, named

_CALL = lazy_pattern(rb"\s*\(")
# Names of factories: calls of these are examined even if no argument is an app.
_FACTORY, _FACTORIES = b"app", (b"create", b"make", b"build")


def calls(
    evaluator: Evaluator, apps: Iterable[str] = ()
) -> Iterator[tuple[Owner, int, ConfigCall | ConfigEscape]]:
    """The calls in a file, each with the app that it gets and its offset in bytes.

    `apps` are the names of the file's apps.
    """
    for call, has_app in _calls(evaluator, frozenset(apps)):
        known = [called_function(evaluator, callee) for callee in _callees(evaluator, call)]
        for callee in known:
            if callee is not None and (has_app or _may_feed(evaluator, callee)):
                yield from _call(evaluator, call, callee)
        if has_app and None in known:
            yield from _escapes(evaluator, call)


def _callees(evaluator: Evaluator, call: Node) -> tuple[Value, ...]:
    """The possible callees; `classes[name].method` is that method of each class in the dict."""
    function = call.child_by_field_name("function")
    found = alternatives(evaluator.value(function))
    of = function.child_by_field_name("object") if function is not None else None
    name = function.child_by_field_name("attribute") if function is not None else None
    if of is None or name is None or any(value != UNKNOWN for value in found):
        return found
    methods = [
        classes.member(evaluator, value, evaluator.tree.source(name))
        for value in alternatives(flask_feed.object_value(evaluator, of))
        if isinstance(value, Class | Instance)
    ]
    return tuple(methods) or found


def called_function(evaluator: Evaluator, callee: Value) -> Function | None:
    """The function that runs if a value is called; None if it is not in the workspace."""
    if isinstance(callee, Class):
        made = classes.member(evaluator, Instance(callee), "__init__")
        return made if isinstance(made, Function) else None
    if isinstance(callee, Instance):
        called = classes.member(evaluator, callee, "__call__")
        return called if isinstance(called, Function) else None
    return callee if isinstance(callee, Function) else None


def _escapes(evaluator: Evaluator, call: Node) -> Iterator[tuple[Owner, int, ConfigEscape]]:
    callee = evaluator.value(call.child_by_field_name("function"))
    given = call.child_by_field_name("arguments")
    for child in named(given) if given is not None and given.type == "argument_list" else ():
        node = child.child_by_field_name("value") if child.type == "keyword_argument" else child
        if node is not None and is_app(evaluator, evaluator.value(node)):
            found = escape(evaluator, call, callee, node, "app")
            yield owner_of(evaluator, node), call.start_byte, found
            return


def _may_feed(evaluator: Evaluator, callee: Function) -> bool:
    """Whether a function may configure an app: it uses one, or has a parameter named like one."""
    return evaluator.leads(callee.home) or any(is_app_name(formal.name) for formal in callee.formals)


def assigned_to(evaluator: Evaluator, call: Node) -> str | None:
    """The name to which the result of a call is assigned; empty if there is none."""
    left = call.parent.child_by_field_name("left") if call.parent is not None else None
    return evaluator.tree.source(left) if left is not None and left.type == "identifier" else None


def _made_apps(evaluator: Evaluator, factories: Iterable[str]) -> Iterator[str]:
    """The names that the file gives to apps that factories return."""
    for word in factories:
        for leaf in evaluator.tree.words(word):
            call = _called(leaf)
            name = assigned_to(evaluator, call) if call is not None else None
            if call is not None and name is not None and _makes_app(evaluator, call):
                yield name


def _makes_app(evaluator: Evaluator, call: Node) -> bool:
    """Whether a call returns an app; for most functions this is decided without evaluating them."""
    callees = alternatives(evaluator.value(call.child_by_field_name("function")))
    may_be = any(not isinstance(callee, Function) or _may_feed(evaluator, callee) for callee in callees)
    return may_be and is_app(evaluator, evaluator.value(call))


def _calls(evaluator: Evaluator, own: frozenset[str]) -> Iterator[tuple[Node, bool]]:
    """Calls of functions named like a factory, and calls with an app among their arguments (True)."""
    seen: set[int] = set()
    tree = evaluator.tree
    like = _like_factories(tree.vocabulary)
    apps = {name for word in like if is_app_name(name := word.decode("utf-8", "replace"))} | own
    factories = {word.decode("utf-8", "replace") for word in like if tree.is_before(word, _CALL)}
    apps |= set(_made_apps(evaluator, factories))
    for word in (*sorted(apps), *sorted(factories - apps)):
        for leaf in evaluator.tree.words(word):
            call = _called(leaf) or _given_to(leaf)
            if call is not None and call.id not in seen:
                seen.add(call.id)
                yield call, word in apps


def _like_factories(words: Iterable[bytes]) -> set[bytes]:
    """The words that contain `app`, or that start like the name of a factory, in any case."""
    text = b" ".join((b"", *words, b""))  # faster than looking at each word
    lower = text.lower()
    found: set[bytes] = set()
    for sought in (_FACTORY, *(b" " + start for start in _FACTORIES)):
        at = lower.find(sought)
        while at >= 0:
            end = text.index(b" ", at + 1)
            found.add(text[text.rfind(b" ", 0, at + 1) + 1 : end])
            at = lower.find(sought, end)
    return found


def _called(leaf: Node) -> Node | None:
    function = leaf.parent if leaf.parent is not None and leaf.parent.type == "attribute" else leaf
    call = function.parent
    is_call = call is not None and call.type == "call" and call.child_by_field_name("function") == function
    return call if is_call else None


def _given_to(leaf: Node) -> Node | None:
    parent = leaf.parent
    if parent is not None and parent.type == "keyword_argument":
        parent = parent.parent
    return parent.parent if parent is not None and parent.type == "argument_list" else None


def _call(evaluator: Evaluator, call: Node, callee: Function) -> Iterator[tuple[Owner, int, ConfigCall]]:
    owner: Owner = SOME_APP
    app: str | None = None
    where = call
    given: list[tuple[str, ConfigFeed]] = []
    for formal, node in arguments_of(evaluator, call, callee):
        if is_app(evaluator, evaluator.value(node)):
            owner, app, where = owner_of(evaluator, node), formal, node
        elif (feed := _feed(evaluator, node)) != NO_FEED:
            given.append((formal, feed))
    if app is not None or given:
        span, context = evaluator.tree.span(call), context_of(evaluator, where)
        yield owner, call.start_byte, ConfigCall(callee.home, span, app, tuple(given), **context)


def _feed(evaluator: Evaluator, node: Node) -> ConfigFeed:
    """The keys that an argument sets if the function passes it to the configuration."""
    if node.type == "dictionary":
        return flask_feed.mapping(evaluator, node)
    feed = flask_feed.config_object(evaluator, node)
    if not (feed.classes or feed.modules):
        feed = flask_feed.merged([feed, flask_feed.mapping(evaluator, node)])
    return replace(feed, open=feed.open and not _is_plain(evaluator.value(node)))


def _is_plain(value: Value) -> bool:
    """Whether an argument is a string, a number or similar, which sets no keys."""
    return all(isinstance(v, Str | Known | Nothing | FilePath) for v in alternatives(value))


def arguments_of(evaluator: Evaluator, call: Node, callee: Function) -> Iterator[tuple[str, Node]]:
    """The arguments of a call, each with the name of its parameter."""
    formals = [formal.name for formal in callee.formals if formal.kind == "positional"]
    known = {formal.name for formal in callee.formals}
    arguments = call.child_by_field_name("arguments")
    position = 0
    for child in named(arguments) if arguments is not None else ():
        if child.type == "keyword_argument":
            name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
            if name is not None and value is not None and evaluator.tree.source(name) in known:
                yield evaluator.tree.source(name), value
        elif child.type not in ("list_splat", "dictionary_splat"):
            if position < len(formals):
                yield formals[position], child
            position += 1

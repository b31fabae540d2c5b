"""Calls that hand an app, or what feeds one, to a function of the workspace."""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.flask_model import NO_FEED, ConfigCall, ConfigFeed
from configvars.names.evaluate import Evaluator
from configvars.names.values import Function, alternatives
from configvars.readers import flask_feed
from configvars.readers.flask_owner import SOME_APP, Owner, is_app, owner_of
from configvars.readers.flask_paths import is_app_name
from configvars.readers.flask_steps import is_conditional
from configvars.syntax.python import Node, named

_CALLED = re.compile(r"\b\w+\b(?=\s*\()")
# What factories are called: looked at even where no app is among the arguments.
_FACTORY = re.compile(r"app|^(?:create|make|build)", re.IGNORECASE)
_WITH_APP = re.compile(r"\b(?=\w)(?:\w*_)?(?:web)?app(?:lication)?\b")


def calls(evaluator: Evaluator) -> Iterator[tuple[Owner, int, ConfigCall]]:
    """The calls in a file, each with the app it is given and its place in bytes."""
    for call, has_app in _calls(evaluator):
        for callee in alternatives(evaluator.value(call.child_by_field_name("function"))):
            if isinstance(callee, Function) and (has_app or _may_feed(evaluator, callee)):
                yield from _call(evaluator, call, callee)


def _may_feed(evaluator: Evaluator, callee: Function) -> bool:
    """Whether a function may have to do with an app: it leads to one, or takes one."""
    return evaluator.leads(callee.home) or any(is_app_name(formal.name) for formal in callee.formals)


def _calls(evaluator: Evaluator) -> Iterator[tuple[Node, bool]]:
    """The calls of what is called like a factory, and those with an app among their arguments (True)."""
    seen: set[int] = set()
    apps = {word for word in set(_WITH_APP.findall(evaluator.tree.text)) if is_app_name(word)}
    factories = {word for word in set(_CALLED.findall(evaluator.tree.text)) if _FACTORY.search(word)}
    for word in (*sorted(apps), *sorted(factories - apps)):
        for leaf in evaluator.tree.words(word):
            call = _called(leaf) or _given_to(leaf)
            if call is not None and call.id not in seen:
                seen.add(call.id)
                yield call, word in apps


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
    given: list[tuple[str, ConfigFeed]] = []
    for formal, node in _arguments(evaluator, call, callee):
        if is_app(evaluator.value(node)):
            owner, app = owner_of(evaluator, node), formal
        elif (feed := _feed(evaluator, node)) != NO_FEED:
            given.append((formal, feed))
    if app is not None or given:
        span = evaluator.tree.span(call)
        yield owner, call.start_byte, ConfigCall(callee.home, span, app, tuple(given), is_conditional(call))


def _feed(evaluator: Evaluator, node: Node) -> ConfigFeed:
    """What an argument could feed a configuration with, if the function does that with it."""
    if node.type == "dictionary":
        return flask_feed.mapping(evaluator, node)
    feed = flask_feed.config_object(evaluator, node)
    if not (feed.classes or feed.modules):
        feed = flask_feed.merged([feed, flask_feed.mapping(evaluator, node)])
    return ConfigFeed(feed.keys, feed.classes, feed.modules, feed.parameters)


def _arguments(evaluator: Evaluator, call: Node, callee: Function) -> Iterator[tuple[str, Node]]:
    """The arguments of a call with the names of the parameters that take them."""
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

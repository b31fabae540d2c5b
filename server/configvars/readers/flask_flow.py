"""How the code of a file fills `app.config`: for each app the statements in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator
from itertools import chain
from typing import TypeVar

from configvars.flask_model import (
    ConfigAttribute,
    ConfigEvent,
    ConfigFlow,
    ConfigKey,
    ConfigStep,
    FlaskFacts,
)
from configvars.model import Definition, Variable
from configvars.names import imports
from configvars.names.evaluate import Evaluator
from configvars.names.scopes import scope_of
from configvars.names.values import External
from configvars.readers.flask_calls import assigned_to, calls
from configvars.readers.flask_context import is_conditional, is_tried
from configvars.readers.flask_features import feature_uses
from configvars.readers.flask_feed import literal_key
from configvars.readers.flask_lent import lent_at, reads_at
from configvars.readers.flask_objects import config_objects
from configvars.readers.flask_owner import Owner, is_app, is_config, owner_of, owner_of_config
from configvars.readers.flask_paths import APP, ATTRIBUTES
from configvars.readers.flask_steps import attribute_step, flask_arguments, item_key, step_at
from configvars.syntax.python import Node
from configvars.text import Span

KIND = "flask-config"

# Classes derived from Flask that set keys themselves.
_FRAMEWORKS = frozenset({"apiflask", "connexion", "eve", "flask_api", "flask_appbuilder", "flask_openapi3"})

_T = TypeVar("_T")
Event = tuple[Owner, int, ConfigEvent]


def flask_facts(evaluator: Evaluator, *, has_apps: bool = True) -> Generator[None, None, FlaskFacts]:
    """The facts about Flask's configuration in a file, in steps.

    If the file cannot contain an app, only what other files can load from it.
    """
    if not has_apps:
        return FlaskFacts(objects=(yield from _each(config_objects(evaluator))))
    events: defaultdict[Owner, list[tuple[int, ConfigEvent]]] = defaultdict(list)
    for app in _apps(evaluator):
        events[app] = []
    names = {name for app in events if app.call and (name := assigned_to(evaluator, app.call)) is not None}
    configs = list(config_nodes(evaluator))
    yield
    lent = (lent_at(evaluator, node) for node in configs)
    happening = chain(
        _steps(evaluator), _attributes(evaluator), calls(evaluator, names), chain.from_iterable(lent)
    )
    for owner, position, event in happening:
        events[owner].append((position, event))
        yield
    flows = tuple(
        _flow(evaluator, owner, tuple(event for _, event in sorted(found, key=lambda pair: pair[0])))
        for owner, found in events.items()
    )
    yield
    return FlaskFacts(
        flows,
        (yield from _each(config_objects(evaluator))),
        (yield from _each(_items(evaluator))),
        (yield from _each(feature_uses(evaluator))),
        (yield from _each(_config_attributes(evaluator))),
        _has_own_class(evaluator),
        (yield from _each(read for node in configs for read in reads_at(evaluator, node))),
    )


def _each(things: Iterable[_T | None]) -> Generator[None, None, tuple[_T, ...]]:
    """The things as a tuple, without None; the generator yields after each, so that a caller can pause it."""
    found: list[_T] = []
    for thing in things:
        found += [thing] if thing is not None else []
        yield
    return tuple(found)


def definitions_of(path: str, facts: FlaskFacts) -> Iterator[Definition]:
    """The keys that statements of the file `path` set, in order, as definitions."""
    steps = [event for flow in facts.flows for event in flow.events if isinstance(event, ConfigStep)]
    for step in sorted(steps, key=lambda step: step.span):
        if step.method != "attribute":
            for key in step.feed.keys:
                if key.path == path and key.name.isupper():
                    yield definition(key)


def definition(key: ConfigKey, kind: str = KIND) -> Definition:
    """A key that gets a value, as a definition."""
    return Definition(
        Variable("flask", key.name), key.span, kind, value_span=key.value, statement=key.statement
    )


def _flow(evaluator: Evaluator, owner: Owner, events: tuple[ConfigEvent, ...]) -> ConfigFlow:
    relative, instance_path = flask_arguments(evaluator, owner.call)
    made = evaluator.tree.span(owner.call) if owner.call is not None else None
    return ConfigFlow(
        owner.place,
        events,
        owner.parameter,
        made is not None,
        owner.maker,
        relative,
        instance_path,
        made,
        owner.of_class,
    )


def _apps(evaluator: Evaluator) -> Iterator[Owner]:
    """The apps that this file creates by calling `Flask` (under any name it was imported as)."""
    for name in ("Flask", *_names_of("Flask", evaluator)):
        for leaf in evaluator.tree.words(name):
            function = leaf.parent if leaf.parent is not None and leaf.parent.type == "attribute" else leaf
            call = function.parent
            if call is not None and call.type == "call" and call.child_by_field_name("function") == function:
                owner = owner_of(evaluator, call)
                if owner.call is not None:
                    yield owner


def _names_of(name: str, evaluator: Evaluator) -> Iterator[str]:
    """The names that an import or an assignment gives to something."""
    for leaf in evaluator.tree.words(name):
        around = (
            leaf.parent.parent
            if leaf.parent is not None and leaf.parent.type == "dotted_name"
            else leaf.parent
        )
        if around is not None and around.type == "aliased_import":
            alias = around.child_by_field_name("alias")
            if alias is not None:
                yield evaluator.tree.source(alias)


def config_nodes(evaluator: Evaluator) -> Iterator[Node]:
    """The expressions in a file that are an app's configuration: `app.config` and other names for it."""
    for name in ("config", *sorted(_config_names(evaluator) - {"config"})):
        for leaf in evaluator.tree.words(name):
            parent = leaf.parent
            if leaf.type != "identifier" or parent is None:
                continue
            is_attribute = parent.type == "attribute" and parent.child_by_field_name("attribute") == leaf
            node = parent if is_attribute else leaf
            if is_config(evaluator.value(node)):
                yield node


def _config_names(evaluator: Evaluator) -> set[str]:
    """The names and attributes to which something called `config` is assigned."""
    found: set[str] = set()
    for leaf in evaluator.tree.words("config"):
        right = leaf.parent
        if right is None or right.type != "attribute":
            continue
        target = right.parent.child_by_field_name("left") if right.parent is not None else None
        if target is not None and target.type == "attribute":
            target = target.child_by_field_name("attribute")
        if target is not None and target.type == "identifier" and target != leaf:
            found.add(evaluator.tree.source(target))
    return found


def _steps(evaluator: Evaluator) -> Iterator[Event]:
    for node in config_nodes(evaluator):
        found = step_at(evaluator, node)
        if found is not None:
            yield owner_of_config(evaluator, node), node.start_byte, found


def _config_attributes(evaluator: Evaluator) -> Iterator[ConfigAttribute]:
    """`app.config.KEY`, if `app` is certainly an app."""
    for node in config_nodes(evaluator):
        outer = node.parent
        if outer is None or outer.type != "attribute" or outer.child_by_field_name("object") != node:
            continue
        name = outer.child_by_field_name("attribute")
        word = evaluator.tree.source(name) if name is not None else ""
        if name is not None and word.isupper() and _is_certain(evaluator, node):
            around = outer.parent
            is_set = around is not None and around.child_by_field_name("left") == outer
            yield ConfigAttribute(word, evaluator.tree.span(name), sets=is_set)


def _is_certain(evaluator: Evaluator, config: Node) -> bool:
    """Whether the code shows that a configuration is Flask's; its name alone is not enough."""
    if config.type != "attribute":
        return False
    app = evaluator.value(config.child_by_field_name("object"))
    return isinstance(app, External) and app.path == APP


def _has_own_class(evaluator: Evaluator) -> bool:
    """Whether the apps of the file may get keys from their class: a framework's class, or one of the file."""
    if not _FRAMEWORKS.isdisjoint(module.partition(".")[0] for module in imports.modules(evaluator.tree)):
        return True
    words = (leaf for word in ("config_class", "make_config") for leaf in evaluator.tree.words(word))
    return any(_is_member(leaf) for leaf in words)


def _is_member(leaf: Node) -> bool:
    """Whether a name is assigned or defined in a class body."""
    around = leaf.parent
    is_bound = around is not None and around.type in ("assignment", "function_definition")
    return is_bound and around is not None and scope_of(around).type == "class_definition"


def _items(evaluator: Evaluator) -> Iterator[tuple[str, Span, bool]]:
    """`app.config["MAIL"]["PORT"]`, also with `.get("PORT")`, as `MAIL__PORT` at the inner key."""
    for node in config_nodes(evaluator):
        outer = node.parent
        if outer is None or outer.type != "subscript" or outer.child_by_field_name("value") != node:
            continue
        keys, inner = outer.child_by_field_name("subscript"), item_key(evaluator, outer)
        around = outer.parent
        if keys is None or inner is None or around is None:
            continue
        for key in literal_key(evaluator, keys, None, outer):
            for item in literal_key(evaluator, inner, None, outer):
                if key.name.isupper():
                    raises = around.type == "subscript" and not (is_conditional(outer) or is_tried(outer))
                    yield f"{key.name}__{item.name}", item.span, raises


def _attributes(evaluator: Evaluator) -> Iterator[Event]:
    """`app.secret_key = …` and other attributes that set configuration keys."""
    for word in ATTRIBUTES:
        for leaf in evaluator.tree.words(word):
            target = leaf.parent
            if (
                target is None
                or target.type != "attribute"
                or target.child_by_field_name("attribute") != leaf
            ):
                continue
            app = target.child_by_field_name("object")
            if (
                app is not None
                and is_app(evaluator, evaluator.value(app))
                and (found := attribute_step(evaluator, target))
            ):
                yield owner_of(evaluator, app), target.start_byte, found

"""What happens to `app.config` in a file: the statements that feed it, app by app and in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from configvars.flask_model import ConfigCall, ConfigFlow, ConfigKey, ConfigStep, FlaskFacts
from configvars.model import Definition, Variable
from configvars.names.evaluate import Evaluator
from configvars.readers.flask_calls import calls
from configvars.readers.flask_feed import literal_key
from configvars.readers.flask_objects import config_objects
from configvars.readers.flask_owner import Owner, is_app, is_config, owner_of, owner_of_config
from configvars.readers.flask_paths import ATTRIBUTES
from configvars.readers.flask_steps import attribute_step, flask_arguments, item_key, step_at
from configvars.syntax.python import Node
from configvars.text import Span

KIND = "flask-config"

Event = tuple[Owner, int, ConfigStep | ConfigCall]


def flask_facts(evaluator: Evaluator) -> FlaskFacts:
    """What a file says of Flask's configuration."""
    events: defaultdict[Owner, list[tuple[int, ConfigStep | ConfigCall]]] = defaultdict(list)
    for app in _apps(evaluator):
        events[app] = []
    for owner, position, event in (*_steps(evaluator), *_attributes(evaluator), *calls(evaluator)):
        events[owner].append((position, event))
    flows = tuple(
        _flow(evaluator, owner, tuple(event for _, event in sorted(found, key=lambda pair: pair[0])))
        for owner, found in events.items()
    )
    return FlaskFacts(flows, tuple(config_objects(evaluator)), tuple(_items(evaluator)))


def definitions_of(path: str, facts: FlaskFacts) -> Iterator[Definition]:
    """The keys that statements of the file `path` itself give a value, in order."""
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


def _flow(evaluator: Evaluator, owner: Owner, events: tuple[ConfigStep | ConfigCall, ...]) -> ConfigFlow:
    relative, instance_path = flask_arguments(evaluator, owner.call)
    makes = owner.call is not None
    return ConfigFlow(owner.place, events, owner.parameter, makes, owner.maker, relative, instance_path)


def _apps(evaluator: Evaluator) -> Iterator[Owner]:
    """The apps that are made in this file, by the calls of `Flask` (under whatever name it was imported)."""
    for name in ("Flask", *_names_of("Flask", evaluator)):
        for leaf in evaluator.tree.words(name):
            function = leaf.parent if leaf.parent is not None and leaf.parent.type == "attribute" else leaf
            call = function.parent
            if call is not None and call.type == "call" and call.child_by_field_name("function") == function:
                owner = owner_of(evaluator, call)
                if owner.call is not None:
                    yield owner


def _names_of(name: str, evaluator: Evaluator) -> Iterator[str]:
    """The names that an import or an assignment gives a thing instead of its own."""
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
    """The expressions in a file that are an app's configuration: `app.config` and names given to it."""
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


def _items(evaluator: Evaluator) -> Iterator[tuple[str, Span]]:
    """`app.config["MAIL"]["PORT"]`, and with `.get("PORT")`, as `MAIL__PORT` at the inner name."""
    for node in config_nodes(evaluator):
        outer = node.parent
        if outer is None or outer.type != "subscript" or outer.child_by_field_name("value") != node:
            continue
        keys, inner = outer.child_by_field_name("subscript"), item_key(evaluator, outer)
        if keys is None or inner is None:
            continue
        for key in literal_key(evaluator, keys, None, outer):
            for item in literal_key(evaluator, inner, None, outer):
                if key.name.isupper():
                    yield f"{key.name}__{item.name}", item.span


def _attributes(evaluator: Evaluator) -> Iterator[Event]:
    """`app.secret_key = …` and the other attributes that are keys of the configuration."""
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
                and is_app(evaluator.value(app))
                and (found := attribute_step(evaluator, target))
            ):
                yield owner_of(evaluator, app), target.start_byte, found

"""What an argument adds to a Flask configuration: keys, classes, modules, or a parameter of the function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from configvars.flask_model import NO_FEED, ConfigFeed, ConfigKey
from configvars.names.classes import member
from configvars.names.evaluate import Evaluator
from configvars.names.scopes import function_of
from configvars.names.values import (
    UNKNOWN,
    Class,
    External,
    Function,
    Instance,
    Mapping,
    Missing,
    Module,
    Nothing,
    Parameter,
    Str,
    Unknown,
    Value,
    alternatives,
    one_of,
)
from configvars.readers.flask_owner import bindings_of
from configvars.readers.flask_values import config_key
from configvars.syntax.python import Node, named
from configvars.syntax.python_strings import pieces
from configvars.text import Mark

_ITEMS = frozenset({"pair", "dictionary_splat"})


def merged(feeds: Iterable[ConfigFeed]) -> ConfigFeed:
    """The combination of several feeds."""
    known = tuple(feeds)
    return ConfigFeed(
        tuple(key for feed in known for key in feed.keys),
        tuple(dict.fromkeys(home for feed in known for home in feed.classes)),
        tuple(dict.fromkeys(name for feed in known for name in feed.modules)),
        tuple(dict.fromkeys(parameter for feed in known for parameter in feed.parameters)),
        any(feed.open for feed in known),
        any(feed.needs_caller for feed in known),
        any(feed.above for feed in known),
        tuple(dict.fromkeys(home for feed in known for home in feed.made)),
        tuple(dict.fromkeys(string for feed in known for string in feed.strings)),
    )


def given_keys(evaluator: Evaluator, arguments: Node | None) -> ConfigFeed:
    """The feed of the arguments of `update`, `from_mapping` or `|=`: dicts and keyword arguments."""
    return merged(_feeds(evaluator, named(arguments) if arguments is not None else []))


def mapping(evaluator: Evaluator, node: Node) -> ConfigFeed:
    """The feed of a dict display, a `dict(…)` call or another expression that is a mapping."""
    return merged(_feeds(evaluator, [node]))


def _feeds(evaluator: Evaluator, given: list[Node]) -> Iterator[ConfigFeed]:
    """The feed of mappings, items and keywords, in order; nested displays are expanded."""
    waiting = given[::-1]
    while waiting:
        node = waiting.pop()
        match node.type:
            case "keyword_argument":
                yield ConfigFeed(tuple(_keyword(evaluator, node)))
            case "dictionary_splat":
                waiting += node.named_children[:1]
            case "pair":
                yield _item(evaluator, node)
            case "dictionary":
                waiting += [child for child in reversed(named(node)) if child.type in _ITEMS]
            case "list" | "tuple" | "set":
                yield from (_pair(evaluator, child) for child in named(node))
            case _ if (inner := _arguments_of_dict(evaluator, node)) is not None:
                waiting += reversed(inner)
            case _:
                yield _named(evaluator, node)


def _arguments_of_dict(evaluator: Evaluator, node: Node) -> list[Node] | None:
    function = node.child_by_field_name("function") if node.type == "call" else None
    if function is None or evaluator.value(function) != External("builtins.dict"):
        return None
    arguments = node.child_by_field_name("arguments")
    return named(arguments) if arguments is not None else []


def _named(evaluator: Evaluator, node: Node) -> ConfigFeed:
    """The feed of an expression whose items are written elsewhere."""
    feed = merged(_of_mapping(value) for value in alternatives(evaluator.value(node)))
    return replace(feed, open=True) if _grows(evaluator, node) else feed


def _grows(evaluator: Evaluator, node: Node) -> bool:
    """Whether a name is a mapping to which statements of the file add items."""
    if node.type != "identifier":
        return False
    word = evaluator.tree.source(node)
    key, memory = ("grows", word), evaluator.memory
    grows: bool = memory.recall(evaluator.told, key, lambda: _is_put_into(evaluator, word), False)
    return grows


def _is_put_into(evaluator: Evaluator, word: str) -> bool:
    for leaf in evaluator.tree.words(word):
        parent = leaf.parent
        around = parent.parent if parent is not None else None
        if parent is None or around is None or parent.named_children[0] != leaf:
            continue
        if parent.type == "subscript" and around.child_by_field_name("left") == parent:
            return True
        name = parent.child_by_field_name("attribute") if parent.type == "attribute" else None
        if name is not None and evaluator.tree.source(name) in ("update", "setdefault"):
            return True
    return False


def _of_mapping(value: Value) -> ConfigFeed:
    match value:
        case Mapping():
            keys = [
                ConfigKey(key.text, key.written[0])
                for key, _ in value.items
                if isinstance(key, Str) and key.written
            ]
            return ConfigFeed(tuple(keys), open=len(keys) < len(value.items))
        case Parameter():
            own = ConfigFeed(parameters=((value.owner, value.name),), needs_caller=value.default is None)
            default = [] if value.default is None else map(_of_mapping, alternatives(value.default))
            return merged([own, *default])
        case Nothing():
            return NO_FEED
        case _:
            return ConfigFeed(open=True)


def _pair(evaluator: Evaluator, child: Node) -> ConfigFeed:
    """The feed of one key and value in a list of pairs: `update([("A", 1)])`."""
    parts = named(child) if child.type in ("tuple", "list") else []
    if len(parts) != 2:
        return ConfigFeed(open=True)
    keys = tuple(literal_key(evaluator, parts[0], parts[1], child))
    return ConfigFeed(keys, open=not keys)


def _item(evaluator: Evaluator, child: Node) -> ConfigFeed:
    key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
    if key is None or value is None:
        return NO_FEED
    keys = tuple(literal_key(evaluator, key, value, child))
    return ConfigFeed(keys, open=not keys)


def literal_key(evaluator: Evaluator, key: Node, value: Node | None, statement: Node) -> Iterator[ConfigKey]:
    """A key that is a string literal or a constant, with the expression for its value."""
    for alternative in alternatives(evaluator.value(key)):
        if isinstance(alternative, Str):
            place = evaluator.place(key)
            if key.type == "string" and (found := list(pieces(evaluator.tree, key))):
                place = type(place)(place.path, found[0].span)
            yield config_key(evaluator, alternative.text, place, value, statement)


def _keyword(evaluator: Evaluator, child: Node) -> Iterator[ConfigKey]:
    name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
    if name is not None and value is not None:
        yield config_key(evaluator, evaluator.tree.source(name), evaluator.place(name), value, child)


def config_object(evaluator: Evaluator, node: Node) -> ConfigFeed:
    """The feed of the argument of `from_object`."""
    while node.type == "parenthesized_expression" and node.named_children:
        node = node.named_children[0]
    values = alternatives(object_value(evaluator, node))
    values = tuple(_in_this_file(evaluator, node, value) or value for value in values)
    if node.type == "call":
        values = tuple(Instance(value) if isinstance(value, Class) else value for value in values)
    feed = merged(_of_object(evaluator, value) for value in values)
    own = _parameter(evaluator, node)
    if own is not None:
        return merged([own, feed])
    if node.type == "attribute" and any(isinstance(value, Instance) for value in values):
        of = alternatives(evaluator.value(node.child_by_field_name("object")))
        # A type hint gives the class of an attribute, including attributes of base classes.
        feed = replace(feed, open=feed.open or not all(isinstance(one, Module) for one in of))
    return replace(feed, above=False) if feed.above and function_of(node) is not None else feed


def _in_this_file(evaluator: Evaluator, node: Node, value: Value) -> Value | None:
    """The class of this file above the call that a string names: `from_object("app.Config")` in app.py."""
    if not isinstance(value, Str):
        return None
    *modules, name = value.text.replace(":", ".").split(".")
    parts = evaluator.path.removesuffix(".py").removesuffix("/__init__").split("/")
    is_here = bool(modules) and parts[-len(modules) :] == modules
    is_here = is_here and isinstance(evaluator.ask(value.text), External | Unknown)
    found = evaluator.resolve(name, node) if is_here else UNKNOWN
    return found if isinstance(found, Class) and "/" not in found.home.anchor else None


def _parameter(evaluator: Evaluator, node: Node) -> ConfigFeed | None:
    """The feed of a name that is a parameter; a caller may pass a subclass of what its type hint says."""
    found = bindings_of(evaluator, node) if node.type == "identifier" else []
    if len(found) != 1 or found[0].how != "parameter":
        return None
    (binding,) = found
    has_default = binding.source.child_by_field_name("value") is not None
    return ConfigFeed(
        parameters=((evaluator.home(binding.scope), evaluator.tree.source(node)),),
        needs_caller=not has_default,
    )


def object_value(evaluator: Evaluator, node: Node) -> Value:
    """The value of an expression; an item with an unknown key may be any item of the dict."""
    while True:
        if node.type == "parenthesized_expression" and node.named_children:
            node = node.named_children[0]
        elif node.type == "call" and not named(node.child_by_field_name("arguments") or node):
            node = node.child_by_field_name("function") or node
        else:
            break
    value = evaluator.value(node)
    if not isinstance(value, External) and any(
        isinstance(v, Class | Instance | Str | Module | Parameter | Mapping) for v in alternatives(value)
    ):
        return value
    held = _held(evaluator, node)
    items = [item for of in alternatives(held) if isinstance(of, Mapping) for _, item in of.items]
    return one_of(items) if items else value


def _held(evaluator: Evaluator, node: Node) -> Value:
    """The mapping in `mapping[…]` or `mapping.get(…)`."""
    if node.type == "subscript":
        return evaluator.value(node.child_by_field_name("value"))
    function = node.child_by_field_name("function")
    if function is not None and function.type == "attribute":
        name = function.child_by_field_name("attribute")
        if name is not None and evaluator.tree.source(name) == "get":
            return evaluator.value(function.child_by_field_name("object"))
    return UNKNOWN


def _of_object(evaluator: Evaluator, value: Value, depth: int = 0) -> ConfigFeed:
    match value:
        case Class():
            return ConfigFeed(classes=(value.home,))
        case Instance():
            has_more = isinstance(member(evaluator, value, "__init__"), Function)
            home = value.cls.home
            return ConfigFeed(classes=(home,), open=has_more, made=(home,))
        case Module():
            return ConfigFeed(modules=(value.dotted,))
        case Str() if depth == 0 and value.text:
            dotted = value.text.replace(":", ".")
            return replace(_of_object(evaluator, evaluator.ask(dotted), 1), strings=(dotted,))
        case External() if value.path in evaluator.asked:
            evaluator.needed.add(value.path)
            return ConfigFeed(modules=(value.path,), open=True)
        case Missing():
            evaluator.need(value)
            return ConfigFeed(modules=(value.dotted,), open=True)
        case Parameter():
            default = value.default
            own = ConfigFeed(parameters=((value.owner, value.name),), needs_caller=default is None)
            return own if default is None else merged([own, _of_object(evaluator, default, depth)])
        case External(path="builtins.__name__" | "sys.modules[]"):
            return ConfigFeed(classes=(Mark(evaluator.path),), above=True)
        case Nothing():
            return NO_FEED
        case _:
            return ConfigFeed(open=True)

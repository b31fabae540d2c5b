"""One statement that sets keys of `app.config`, or one call of `Flask`, as facts."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.flask_model import NO_FEED, ConfigFeed, ConfigStep
from configvars.names.evaluate import Evaluator
from configvars.names.holes import HOLE, patterns
from configvars.names.values import External, FilePath, Nothing, Parameter, Str, Value, alternatives
from configvars.readers import flask_feed
from configvars.readers.flask_context import context_of, is_tried
from configvars.readers.flask_paths import ATTRIBUTES
from configvars.readers.flask_values import config_key
from configvars.syntax.python import Node, named
from configvars.text import Span

_LOADERS = frozenset(
    {"from_envvar", "from_file", "from_mapping", "from_object", "from_prefixed_env", "from_pyfile"}
    | {"setdefault", "update"}
)


def step_at(evaluator: Evaluator, config: Node) -> ConfigStep | None:
    """The statement that sets keys in `config`, the expression for the configuration.

    None if there is none.
    """
    parent = config.parent
    if parent is None:
        return None
    match parent.type:
        case "attribute" if parent.child_by_field_name("object") == config:
            call = parent.parent
            if call is not None and call.type == "call" and call.child_by_field_name("function") == parent:
                return _load(evaluator, parent, call)
        case "subscript" if parent.child_by_field_name("value") == config:
            return _item(evaluator, parent)
        case "augmented_assignment" if parent.child_by_field_name("left") == config:
            right = parent.child_by_field_name("right")
            feed = flask_feed.mapping(evaluator, right) if right is not None else NO_FEED
            return _step(evaluator, "|=", config, parent, feed)
    return None


def attribute_step(evaluator: Evaluator, target: Node) -> ConfigStep | None:
    """`app.secret_key = …` as a step; `target` is the attribute."""
    statement = target.parent
    name = target.child_by_field_name("attribute")
    if name is None or statement is None or not _is_target(target, statement):
        return None
    word = evaluator.tree.source(name)
    value = statement.child_by_field_name("right")
    key = config_key(evaluator, ATTRIBUTES[word], evaluator.place(name), value, statement)
    return _step(evaluator, "attribute", target, statement, ConfigFeed((key,)))


def flask_arguments(evaluator: Evaluator, call: Node | None) -> tuple[Span | None, Span | None]:
    """The spans of the arguments `instance_relative_config` and `instance_path` of `Flask(…)`."""
    relative = argument(evaluator, call, None, "instance_relative_config") if call is not None else None
    folder = argument(evaluator, call, 7, "instance_path") if call is not None else None
    if any(isinstance(value, Parameter | Nothing) for value in alternatives(evaluator.value(folder))):
        folder = None
    is_relative = relative is not None and evaluator.tree.source(relative) == "True"
    return (
        evaluator.tree.span(relative.parent or relative) if relative is not None and is_relative else None,
        evaluator.tree.span(folder) if folder is not None else None,
    )


def argument(evaluator: Evaluator, call: Node, position: int | None, name: str) -> Node | None:
    """The argument of a call at a position or with a name."""
    given = call.child_by_field_name("arguments")
    plain: list[Node] = []
    for child in named(given) if given is not None else ():
        if child.type != "keyword_argument":
            plain.append(child)
        elif (word := child.child_by_field_name("name")) is not None and evaluator.tree.source(word) == name:
            return child.child_by_field_name("value")
    return plain[position] if position is not None and position < len(plain) else None


def item_key(evaluator: Evaluator, of: Node) -> Node | None:
    """The key in `of[key]` or `of.get(key)`."""
    parent = of.parent
    if parent is None:
        return None
    if parent.type == "subscript" and parent.child_by_field_name("value") == of:
        return parent.child_by_field_name("subscript")
    name, call = parent.child_by_field_name("attribute"), parent.parent
    is_get = name is not None and evaluator.tree.source(name) == "get"
    return (
        argument(evaluator, call, 0, "key") if is_get and call is not None and call.type == "call" else None
    )


def _is_target(target: Node, statement: Node) -> bool:
    is_assignment = statement.type in ("assignment", "augmented_assignment")
    return is_assignment and statement.child_by_field_name("left") == target


def _item(evaluator: Evaluator, target: Node) -> ConfigStep | None:
    statement, key = target.parent, target.child_by_field_name("subscript")
    if statement is None or key is None or not _is_target(target, statement):
        return None
    keys = tuple(flask_feed.literal_key(evaluator, key, statement.child_by_field_name("right"), statement))
    return _step(evaluator, "[]=", target, statement, ConfigFeed(keys, open=not keys))


def _load(evaluator: Evaluator, method: Node, call: Node) -> ConfigStep | None:
    name_node = method.child_by_field_name("attribute")
    name = evaluator.tree.source(name_node) if name_node is not None else ""
    if name not in _LOADERS:
        return None
    first = argument(evaluator, call, 0, _FIRST.get(name, ""))
    feed, file, variable, prefix = NO_FEED, None, None, None
    match name:
        case "update" | "from_mapping":
            feed = flask_feed.given_keys(evaluator, call.child_by_field_name("arguments"))
        case "setdefault" if first is not None:
            value = argument(evaluator, call, 1, "default")
            keys = tuple(flask_feed.literal_key(evaluator, first, value, call))
            feed = ConfigFeed(keys, open=not keys)
        case "from_object" if first is not None:
            feed = flask_feed.config_object(evaluator, first)
            strings = (*(feed.strings or _parts(evaluator, first)), *_defaults(evaluator, first))
            feed = replace(feed, strings=() if is_tried(call) else tuple(dict.fromkeys(strings)))
        case "from_pyfile" | "from_file":
            file = _text(evaluator.value(first))
        case "from_envvar":
            variable = _text(evaluator.value(first))
        case "from_prefixed_env":
            prefix = "FLASK" if first is None else _text(evaluator.value(first))
    silent = argument(evaluator, call, 1, "silent")
    step = _step(
        evaluator,
        name,
        method,
        call,
        feed,
        file=file,
        variable=variable,
        prefix=prefix,
        own_loads=name == "from_prefixed_env" and _has_own_loads(evaluator, call),
        silent=silent is not None and evaluator.tree.source(silent) == "True",
    )
    return (
        replace(step, refuses_text=True) if name == "from_file" and _opens_as_text(evaluator, call) else step
    )


def _parts(evaluator: Evaluator, node: Node) -> Iterator[str]:
    """A dotted name that is partly known, with `*` for the rest: `f"config.{env}Config"`."""
    found = patterns(evaluator, node) if node.type in ("string", "binary_operator", "identifier") else ()
    yield from (
        each.text.replace(":", ".") for each in found if isinstance(each, Str) and each.text.strip(HOLE)
    )


def _defaults(evaluator: Evaluator, node: Node) -> Iterator[str]:
    """The dotted name in a default: `os.getenv("X", "config.Prod")`."""
    default = argument(evaluator, node, 1, "default") if node.type == "call" else None
    for value in alternatives(evaluator.value(default)) if default is not None else ():
        if isinstance(value, Str):
            yield value.text.replace(":", ".")


def _has_own_loads(evaluator: Evaluator, call: Node) -> bool:
    """Whether `from_prefixed_env` is given another function than `json.loads` for the values."""
    given = argument(evaluator, call, None, "loads")
    value = evaluator.value(given) if given is not None else External("json.loads")
    return not (isinstance(value, External) and value.path == "json.loads")


def _opens_as_text(evaluator: Evaluator, call: Node) -> bool:
    """Whether `from_file` opens a file as text for a function that needs a binary one."""
    load, text = argument(evaluator, call, 1, "load"), argument(evaluator, call, 3, "text")
    value = evaluator.value(load) if load is not None else None
    is_binary = isinstance(value, External) and value.path in ("tomllib.load", "tomli.load")
    return is_binary and not is_tried(call) and (text is None or evaluator.tree.source(text) == "True")


_FIRST = {
    "from_envvar": "variable_name",
    "from_file": "filename",
    "from_object": "obj",
    "from_prefixed_env": "prefix",
    "from_pyfile": "filename",
}


def _text(value: Value) -> str | None:
    """The text of a value that is a string or path, or of a parameter's default that is one."""
    found = [
        v.text if isinstance(v, Str) else v.path for v in alternatives(value) if isinstance(v, Str | FilePath)
    ]
    return found[0] if len(found) == 1 else None


def _step(
    evaluator: Evaluator,
    method: str,
    config: Node,
    node: Node,
    feed: ConfigFeed,
    *,
    file: str | None = None,
    variable: str | None = None,
    prefix: str | None = None,
    own_loads: bool = False,
    silent: bool = False,
) -> ConfigStep:
    context = context_of(evaluator, config)
    span = evaluator.tree.span(node)
    return ConfigStep(method, span, feed, file, variable, prefix, own_loads, silent, **context)

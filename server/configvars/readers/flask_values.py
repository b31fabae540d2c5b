"""The kind of value that an expression gives to a key of Flask's configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from configvars.flask_model import ConfigKey, ValueKind
from configvars.limits import KEY_SOURCES
from configvars.names.evaluate import Evaluator
from configvars.names.scopes import Binding
from configvars.names.values import External, Function, Known, Nothing, Str, Value, alternatives
from configvars.readers.flask_owner import bindings_of
from configvars.syntax.python import Node, named
from configvars.text import Mark, Place

_UNKNOWN: frozenset[ValueKind] = frozenset({"unknown"})
_OF_NODES: Mapping[str, ValueKind] = {
    "integer": "number",
    "float": "number",
    "true": "bool",
    "false": "bool",
    "comparison_operator": "bool",
    "not_operator": "bool",
    "none": "none",
    "list": "list",
    "tuple": "list",
    "set": "list",
    "expression_list": "list",
    "list_comprehension": "list",
    "dictionary": "dict",
    "dictionary_comprehension": "dict",
}
_OF_CALLS: Mapping[str, ValueKind] = {
    "builtins.int": "number",
    "builtins.float": "number",
    "builtins.bool": "bool",
    "builtins.str": "text",
    "builtins.list": "list",
    "builtins.dict": "dict",
    "datetime.timedelta": "duration",
    "os.path.join": "text",
    "os.urandom": "bytes",
    "secrets.token_bytes": "bytes",
    "secrets.token_hex": "text",
    "secrets.token_urlsafe": "text",
    "uuid.uuid4": "unknown",
}
# Functions that return the string of a variable unchanged, with the position of their default (None: no
# default).
_READS: Mapping[str, int | None] = {
    "os.environ.get": 1,
    "os.getenv": 1,
    "os.environ.setdefault": 1,
    "os.environ.pop": 1,
}
_ITEMS = ("os.environ",)
_RANDOM = frozenset(
    {"os.urandom", "secrets.token_bytes", "secrets.token_hex", "secrets.token_urlsafe", "uuid.uuid4"}
    | {"cryptography.fernet.Fernet.generate_key", "uuid.uuid1", "secrets.choice", "secrets.randbits"}
    | {
        f"random.{name}"
        for name in ("choice", "choices", "getrandbits", "randint", "random", "randrange", "sample")
    }
    | {"random.SystemRandom().choice", "random.SystemRandom().choices"}
)
# Functions whose result is random if their argument is.
_PASSING = frozenset({"builtins.str", "base64.b64encode", "base64.urlsafe_b64encode", "builtins.hex"})
_PASSING |= {f"hashlib.{name}" for name in ("md5", "sha1", "sha256", "sha512")}
# Methods that keep a random value random: `uuid4().hex`, `urandom(24).hex()`.
_KEEPING = frozenset({"hex", "decode", "encode", "bytes", "hexdigest"})


def config_key(
    evaluator: Evaluator, name: str, place: Place | Mark, value: Node | None, statement: Node | None
) -> ConfigKey:
    """A key to which a statement of this file assigns the value of an expression."""
    span = evaluator.tree.span
    return ConfigKey(
        name,
        place,
        span(value) if value is not None else None,
        span(statement) if statement is not None else None,
        kinds_of(evaluator, value) if value is not None else (),
        value is not None and is_made_anew(evaluator, value),
    )


def kinds_of(evaluator: Evaluator, node: Node | None) -> tuple[ValueKind, ...]:
    """The kinds of values that an expression may have, sorted."""
    return tuple(sorted(_kinds(evaluator, node, 0)))


def _kinds(evaluator: Evaluator, node: Node | None, steps: int) -> frozenset[ValueKind]:
    if node is None:
        return _UNKNOWN
    if steps > KEY_SOURCES.most:
        evaluator.tree.hits.count(KEY_SOURCES)
        return _UNKNOWN
    if node.type in _OF_NODES:
        return frozenset({_OF_NODES[node.type]})
    rule = _RULES.get(node.type)
    if rule is None:
        return _UNKNOWN
    return evaluator.memory.recall(
        evaluator.told, (node.id, steps), lambda: frozenset(rule(evaluator, node, steps + 1)), _UNKNOWN
    )


def _string(evaluator: Evaluator, node: Node, steps: int) -> Iterator[ValueKind]:
    prefix = evaluator.tree.source(node)[:3].partition('"')[0].partition("'")[0].lower()
    yield "bytes" if "b" in prefix else "text"


def _inner(evaluator: Evaluator, node: Node, steps: int) -> Iterator[ValueKind]:
    children = named(node)
    yield from _kinds(evaluator, children[0] if len(children) == 1 else None, steps)


def _conditional(evaluator: Evaluator, node: Node, steps: int) -> Iterator[ValueKind]:
    parts = named(node)
    yield from _kinds(evaluator, parts[0], steps)
    yield from _kinds(evaluator, parts[-1], steps)


def _boolean(evaluator: Evaluator, node: Node, steps: int) -> Iterator[ValueKind]:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    operator = node.child_by_field_name("operator")
    is_or = operator is not None and operator.type == "or"
    # `a or b` is `a` only if `a` is true, so never None.
    yield from (kind for kind in _kinds(evaluator, left, steps) if not (is_or and kind == "none"))
    yield from _kinds(evaluator, right, steps)


def _binary(evaluator: Evaluator, node: Node, steps: int) -> Iterator[ValueKind]:
    """Concatenated strings are strings made by the code; numbers and durations keep their kind."""
    sides = {
        kind
        for side in ("left", "right")
        for kind in _kinds(evaluator, node.child_by_field_name(side), steps)
    }
    if sides & {"text", "environment"}:
        yield "text" if "number" not in sides else "unknown"
    elif sides == {"number"} or sides == {"duration"}:
        yield from sides
    else:
        yield "unknown"


def _call(evaluator: Evaluator, node: Node, steps: int) -> Iterator[ValueKind]:
    function = node.child_by_field_name("function")
    callees = alternatives(evaluator.value(function))
    if len(callees) != 1 or not isinstance(callees[0], External):
        yield from _method(evaluator, function, steps)
        return
    path = callees[0].path
    if path in _READS:
        yield from _read(evaluator, node, _READS[path], steps)
    else:
        yield _OF_CALLS.get(path, "unknown")


_STRIPPING = frozenset({"strip", "lstrip", "rstrip", "lower", "upper", "casefold", "title", "replace"})
_LISTING = frozenset({"split", "splitlines", "rsplit"})


def _method(evaluator: Evaluator, function: Node | None, steps: int) -> Iterator[ValueKind]:
    """The kind of a method's result: after a string method, the string of a variable is still a string."""
    name = function.child_by_field_name("attribute") if function is not None else None
    word = evaluator.tree.source(name) if name is not None else ""
    if word in _STRIPPING and function is not None:
        of = set(_kinds(evaluator, function.child_by_field_name("object"), steps))
        yield "text" if of <= {"environment", "text", "none"} else "unknown"
    elif word in _LISTING:
        yield "list"
    else:
        yield "unknown"


def _read(evaluator: Evaluator, call: Node, position: int | None, steps: int) -> Iterator[ValueKind]:
    given = call.child_by_field_name("arguments")
    plain = [child for child in named(given) if child.type != "keyword_argument"] if given is not None else []
    keywords = (
        [child for child in named(given) if child.type == "keyword_argument"] if given is not None else []
    )
    default = plain[position] if position is not None and position < len(plain) else None
    if default is None and keywords:
        default = keywords[0].child_by_field_name("value")
    yield "environment"
    if default is None:
        yield "none"
    else:
        yield from _kinds(evaluator, default, steps)


def _subscript(evaluator: Evaluator, node: Node, steps: int) -> Iterator[ValueKind]:
    of = evaluator.value(node.child_by_field_name("value"))
    yield "environment" if isinstance(of, External) and of.path in _ITEMS else "unknown"


def _name(evaluator: Evaluator, node: Node, steps: int) -> Iterator[ValueKind]:
    """The kinds of what this file assigns to a name; for a name of another file, the kind of its value."""
    found = bindings_of(evaluator, node)
    if not found or not all(_is_plain(binding) for binding in found):
        yield from _of_value(evaluator, node, steps)
        return
    for binding in found:
        yield from _kinds(evaluator, binding.source.child_by_field_name("right"), steps)


def _is_plain(binding: Binding) -> bool:
    """Whether a binding is `name = …` with nothing else on the left."""
    return binding.how == "assign" and binding.node.parent == binding.source


def _of_value(evaluator: Evaluator, node: Node, steps: int) -> Iterator[ValueKind]:
    for value in alternatives(evaluator.value(node)):
        match value:
            case Str():
                yield "text"
            case Nothing(is_sentinel=False):
                yield "none"
            case Known(text="True" | "False"):
                yield "bool"
            case Known(text=text) if text.isdecimal():
                yield "number"
            case _:
                yield "unknown"


_RULES: Mapping[str, Callable[[Evaluator, Node, int], Iterable[ValueKind]]] = {
    "string": _string,
    "concatenated_string": lambda evaluator, node, steps: _kinds(evaluator, node.named_children[0], steps),
    "parenthesized_expression": _inner,
    "conditional_expression": _conditional,
    "boolean_operator": _boolean,
    "binary_operator": _binary,
    "unary_operator": lambda evaluator, node, steps: _kinds(
        evaluator, node.child_by_field_name("argument"), steps
    ),
    "call": _call,
    "subscript": _subscript,
    "identifier": _name,
    "attribute": _of_value,
}


def is_made_anew(evaluator: Evaluator, node: Node | None) -> bool:
    """Whether an expression is always random, so that it differs in each process."""
    seen: set[int] = set()
    while node is not None and node.id not in seen:
        seen.add(node.id)
        match node.type:
            case "parenthesized_expression" if node.named_children:
                node = node.named_children[0]
            case "generator_expression" | "list_comprehension":
                node = node.child_by_field_name("body")
            case "attribute":
                name = node.child_by_field_name("attribute")
                is_kept = name is not None and evaluator.tree.source(name) in _KEEPING
                node = node.child_by_field_name("object") if is_kept else None
            case "call":
                function = node.child_by_field_name("function")
                value = evaluator.value(function)
                if isinstance(value, External) and value.path in _RANDOM:
                    return not (value.path.startswith("random.") and any(evaluator.tree.words("seed")))
                node = _random_part(evaluator, node, function, value)
            case "identifier" if len(found := bindings_of(evaluator, node)) == 1 and _is_plain(found[0]):
                node = found[0].source.child_by_field_name("right")
            case _:
                return False
    return False


def _random_part(evaluator: Evaluator, call: Node, function: Node | None, value: Value) -> Node | None:
    """The expression that has to be random for the result of a call to be random."""
    if isinstance(value, Function):
        body = evaluator.node(value.home)
        returned = [leaf.parent for leaf in evaluator.tree.words("return", body)] if body is not None else []
        return named(returned[0])[0] if len(returned) == 1 and returned[0] and named(returned[0]) else None
    is_joined = function is not None and evaluator.tree.source(function).endswith(('".join', "'.join"))
    if is_joined or (isinstance(value, External) and value.path in _PASSING):
        given = call.child_by_field_name("arguments")
        if given is not None and given.type == "generator_expression":
            return given
        return given.named_children[0] if given is not None and given.named_children else None
    return function if function is not None and function.type == "attribute" else None

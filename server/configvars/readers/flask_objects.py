"""What `from_object` and `from_pyfile` can load from a file: its classes, and the module itself."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from configvars.flask_model import ConfigKey, ConfigObject
from configvars.names import functions, imports
from configvars.names.evaluate import Evaluator
from configvars.names.values import Class, External, Instance, Missing, alternatives
from configvars.readers.flask_values import config_key
from configvars.syntax.python import Node, named
from configvars.text import Mark

_FILLING = ("exec", "globals", "locals", "vars")
_PROPERTY = (["property"], ["cached_property"], ["functools.cached_property"])
_WITHOUT_KEYS = ("abc.", "enum.", "typing.", "typing_extensions.")


def config_objects(evaluator: Evaluator) -> Iterator[ConfigObject | None]:
    """The classes of a file that have upper-case names, and the module if it has any or a star import.

    None after each small step without a result.
    """
    root = evaluator.tree.root
    for node in _classes(root):
        if node is None:
            yield None
            continue
        found = list(_bases(evaluator, node))
        bases = tuple(base for base in found if base is not None)
        keys, ignored = yield from _names(evaluator, node.child_by_field_name("body"))
        name = node.child_by_field_name("name")
        word = evaluator.tree.source(name) if name is not None else ""
        keys = (*keys, *_given_later(evaluator, word), *_given_later(evaluator, "cls", node))
        is_open = (
            None in found
            or bool(functions.decorators(node))
            or _has_fields(evaluator, node)
            or _is_filled(evaluator, node, word)
        )
        if found or keys or ignored or is_open:
            properties = tuple(_properties(evaluator, node.child_by_field_name("body")))
            yield ConfigObject(
                evaluator.home(node), word, keys, bases, ignored=ignored, open=is_open, properties=properties
            )
    for statement in _statements(root):
        yield _other_name(evaluator, statement)
    keys, ignored = yield from _names(evaluator, root)
    stars = imports.star_modules(evaluator.tree)
    if keys or stars:
        is_filled = _is_filled(evaluator, root, "")
        yield ConfigObject(Mark(evaluator.path), "", keys, stars=stars, ignored=ignored, open=is_filled)


def _statements(block: Node | None) -> Iterator[Node]:
    """The statements that run when a block runs, including those in conditional parts."""
    around = [iter(block.named_children if block is not None else ())]
    while around:
        child = next(around[-1], None)
        if child is None:
            around.pop()
        elif child.type in functions.HOLDERS:
            around.append(iter(child.named_children))
        elif child.type == "expression_statement":
            yield from named(child)
        elif child.type != "comment":
            yield child


def _classes(root: Node) -> Iterator[Node | None]:
    """The classes of a module; an outer class comes before its inner classes. None for other statements."""
    around = [_statements(root)]
    while around:
        statement = next(around[-1], None)
        if statement is None:
            around.pop()
            continue
        is_decorated = statement.type == "decorated_definition"
        node = statement.child_by_field_name("definition") if is_decorated else statement
        if node is not None and node.type == "class_definition":
            yield node
            around.append(_statements(node.child_by_field_name("body")))
        else:
            yield None


def _other_name(evaluator: Evaluator, statement: Node) -> ConfigObject | None:
    """Another name that a module gives to one of its classes or an instance of it: `Config = BaseConfig()`."""
    left, right = statement.child_by_field_name("left"), statement.child_by_field_name("right")
    if statement.type != "assignment" or left is None or right is None or left.type != "identifier":
        return None
    if right.type != "identifier" and not (
        right.type == "call" and evaluator.tree.source(right).endswith("()")
    ):
        return None
    classes = [v.cls if isinstance(v, Instance) else v for v in alternatives(evaluator.value(right))]
    homes = tuple(v.home for v in classes if isinstance(v, Class))
    return ConfigObject(evaluator.mark(left), evaluator.tree.source(left), (), homes) if homes else None


def _is_filled(evaluator: Evaluator, node: Node, name: str) -> bool:
    """Whether code sets computed names in a class or module: `vars()[key] = …`, `setattr(C, …)`."""
    for word in _FILLING:
        for leaf in evaluator.tree.words(word, node):
            if leaf.parent is not None and leaf.parent.type == "call":
                return True
    for leaf in evaluator.tree.words("setattr") if name else ():
        call = leaf.parent
        given = call.child_by_field_name("arguments") if call is not None else None
        first = given.named_children[0] if given is not None and given.named_children else None
        if first is not None and evaluator.tree.source(first) == name:
            return True
    return False


def _has_fields(evaluator: Evaluator, node: Node) -> bool:
    """Whether a class declares fields without values: `KEY: str`."""
    return any(
        statement.type == "assignment"
        and statement.child_by_field_name("right") is None
        and evaluator.tree.source(statement.child_by_field_name("left") or statement).isupper()
        for statement in _statements(node.child_by_field_name("body"))
    )


def _given_later(evaluator: Evaluator, name: str, within: Node | None = None) -> Iterator[ConfigKey]:
    """The keys that other statements set in a class: `Config.DEBUG = True`, and `cls.DEBUG = True` in its methods."""
    for leaf in evaluator.tree.words(name, within) if name else ():
        target = leaf.parent
        statement = target.parent if target is not None else None
        if target is None or statement is None or statement.type != "assignment":
            continue
        attribute = target.child_by_field_name("attribute")
        is_target = statement.child_by_field_name("left") == target
        is_of_class = is_target and target.child_by_field_name("object") == leaf
        if attribute is not None and is_of_class and evaluator.tree.source(attribute).isupper():
            yield from _key(evaluator, attribute, statement.child_by_field_name("right"), statement)


def _bases(evaluator: Evaluator, node: Node) -> Iterator[Mark | str | None]:
    """The base classes of a class; None for one that is not known, which may set any name."""
    superclasses = node.child_by_field_name("superclasses")
    for child in named(superclasses) if superclasses is not None else ():
        for base in alternatives(evaluator.value(child)):
            if isinstance(base, Class):
                yield base.home
            elif isinstance(base, Missing):
                yield base.dotted
            elif isinstance(base, External) and base.path in evaluator.asked:
                if not base.path.startswith(_WITHOUT_KEYS):
                    yield base.path
            elif base != External("builtins.object"):
                yield None


def _names(
    evaluator: Evaluator, block: Node | None
) -> Generator[None, None, tuple[tuple[ConfigKey, ...], tuple[ConfigKey, ...]]]:
    """The upper-case names to which a block assigns values, and other names that the file uses only here."""
    keys: list[ConfigKey] = []
    alone: list[ConfigKey] = []
    for statement in _statements(block):
        for name, value in _bound(evaluator, block, statement):
            word = evaluator.tree.source(name)
            if word.isupper():
                keys += _key(evaluator, name, value, statement)
            elif not word.startswith("_") and evaluator.tree.is_alone(word):
                alone += _key(evaluator, name, value, statement)
        yield
    return tuple(keys), tuple(alone)


def _properties(evaluator: Evaluator, block: Node | None) -> Iterator[ConfigKey]:
    """The upper-case properties of a class."""
    for statement in _statements(block):
        function = statement.child_by_field_name("definition")
        name = function.child_by_field_name("name") if function is not None else None
        if name is None or not evaluator.tree.source(name).isupper():
            continue
        texts = [evaluator.tree.source(each) for each in named(statement) if each.type == "decorator"]
        if [text.removeprefix("@").strip() for text in texts] in _PROPERTY:
            yield from _key(evaluator, name, None, statement)


_Bound = tuple[Node, Node | None]
"""A name that gets a value, and the value."""


def _bound(evaluator: Evaluator, block: Node | None, statement: Node) -> Iterator[_Bound]:
    if statement.type in ("assignment", "augmented_assignment"):
        yield from _assigned(statement)
    elif block is not None and block.type != "module":
        function = statement.child_by_field_name("definition") or statement
        name = function.child_by_field_name("name")
        if function.type == "function_definition" and name and evaluator.tree.source(name).isupper():
            yield name, None


def _assigned(statement: Node) -> Iterator[_Bound]:
    """The names of `A = 1`, `A: int = 1`, `A = B = 1` and `A, B = 1, 2`."""
    targets: list[Node] = []
    value: Node | None = statement
    while value is not None and value.type in ("assignment", "augmented_assignment"):
        left, value = value.child_by_field_name("left"), value.child_by_field_name("right")
        targets.extend([left] if left is not None else [])
    for target in targets if value is not None else ():
        if target.type == "identifier":
            yield target, value
        elif target.type in ("pattern_list", "tuple_pattern"):
            yield from ((name, None) for name in named(target))


def _key(evaluator: Evaluator, name: Node, value: Node | None, statement: Node) -> Iterator[ConfigKey]:
    if name.type == "identifier":
        yield config_key(evaluator, evaluator.tree.source(name), evaluator.place(name), value, statement)

"""Whether a deployed app calls a function, or creates a class, of which only some branches are known to run.

`S3() if os.getenv("USE_S3") else Local()`: without the variable, no code of `S3` runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from configvars.names.scopes import FUNCTIONS
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.branches import Branches
from configvars.runs.known_values import Known, Value
from configvars.runs.mentions import IMPORTS, Mentions
from configvars.runs.parsed_code import Code
from configvars.syntax.python import Node, named
from configvars.text import Span

_DEFINITIONS = FUNCTIONS | {"class_definition"}
# Where a class may be found without its name.
_REGISTERING = lazy_pattern(
    r"__subclasses__|__init_subclass__|\bglobals\(|\bgetmembers\(|metaclass=|__dict__"
)
_DEPTH = 4
_FACTORIES = frozenset({"create_app", "make_app"})  # the flask command finds these


class Entered:
    """What the functions and classes of a project are used for on one app."""

    def __init__(self, project: Project, branches: Branches) -> None:
        self._project = project
        self._branches = branches
        self._mentions = Mentions(project, branches.code)
        self._known: dict[tuple[str, int, int, bool], bool | None] = {}

    def at(self, path: str, span: Span, depth: int = _DEPTH, *, of_settings: bool = False) -> bool | None:
        """Whether the app comes to the function around a place; False if it certainly does not.

        True also if nothing is known about that; None if a value that is not known chooses among several.
        `of_settings`: the place is a field of a settings class, which is read when an object is made.
        """
        code = self._branches.code(path)
        node = code.tree.root.descendant_for_byte_range(code.tree.byte(span.start), code.tree.byte(span.end))
        owner = _owner(code, node, of_settings=of_settings)
        if owner is None or not depth:
            return True
        key = (path, owner.start_byte, depth, of_settings)
        if key not in self._known:
            self._known[key] = self._is_entered(code, owner, depth, of_settings=of_settings)
        return self._known[key]

    def _is_entered(self, home: Code, owner: Node, depth: int, *, of_settings: bool) -> bool | None:
        name = home.source(owner.child_by_field_name("name"))
        if name in _FACTORIES or self._mentions.is_named_elsewhere(home.path, name):
            return True
        if of_settings and self._project.remembered(f"{name} as a type", lambda: self._is_typed(name)):
            return True
        is_class = owner.type == "class_definition"
        if is_class and self._project.remembered("classes are found without their names", self._registers):
            return True
        uses = self._mentions.of(name, home, owner)
        if uses is None:
            return True
        found: set[bool | None] = set()
        for code, leaf in uses:
            if leads := self._leads(code, leaf, depth):
                return True
            found.add(leads)
        return _any(found) if found else True

    def _registers(self) -> bool:
        """Whether some code may find classes without their names."""
        return any(_REGISTERING.search(text) for _, text in self._mentions.texts())

    def _is_typed(self, name: str) -> bool:
        """Whether code may make a settings object by its type: a field of another one, or `Depends`."""
        types = re.compile(
            rf"\bDepends\b.*\b{re.escape(name)}\b|^\s+\w+\s*:[^=#(]*\b{re.escape(name)}\b", re.MULTILINE
        )
        return any(name in text and types.search(text) for _, text in self._mentions.texts())

    def _leads(self, code: Code, leaf: Node, depth: int) -> bool | None:
        span = code.tree.span(leaf)
        if leaf.type != "identifier" or self._branches.taken(code.path, span) is False:
            return leaf.type != "identifier"  # a string may name it
        chosen = self._chosen(code, leaf)
        return False if chosen is False else _all((chosen, self.at(code.path, span, depth - 1)))

    def _chosen(self, code: Code, leaf: Node) -> bool | None:
        """`{"s3": S3, "local": Local}[kind]`: whether the key of an item is looked up."""
        pair = leaf.parent
        if pair is None or pair.child_by_field_name("value") != leaf:
            return True
        table, key = self._entry(code, pair)
        sites = list(self._lookups(code, table)) if table is not None and isinstance(key, Known) else []
        if not isinstance(key, Known) or not sites or None in [each for _, each in sites]:
            return True
        values = [self._branches.value(where, each) for where, each in sites]
        return _any(each.value == key.value if isinstance(each, Known) else None for each in values)

    def _entry(self, code: Code, pair: Node) -> tuple[Node | None, Value]:
        """The dict that contains a pair, and the key of the pair: `{"s3": S3}`, `dict(s3=S3)`."""
        if pair.type == "pair":
            return pair.parent, self._branches.value(code, pair.child_by_field_name("key"))
        call = pair.parent.parent if pair.type == "keyword_argument" and pair.parent is not None else None
        is_dict = call is not None and code.source(call.child_by_field_name("function")) == "dict"
        return call if is_dict else None, Known(code.source(pair.child_by_field_name("name")))

    def _lookups(self, code: Code, table: Node) -> Iterator[tuple[Code, Node | None]]:
        """The keys with which a dict, or the name of it, is looked up; None for other uses."""
        assignment = table.parent
        target = assignment.child_by_field_name("left") if assignment is not None else None
        if assignment is None or assignment.type != "assignment" or target is None:
            yield code, _key(table)
            return
        if target.type != "identifier" or code.source(target) in ("", "_"):
            yield code, None
            return
        name = code.source(target)
        for path, text in self._mentions.texts():
            where = self._branches.code(path) if name in text else code
            for leaf in where.tree.words(name) if name in text else ():
                if leaf != target and leaf.type == "identifier" and not _is_import(leaf):
                    whole = leaf.parent if _is_attribute(leaf) else leaf
                    yield where, _key(whole) if whole is not None else None


def _owner(code: Code, node: Node | None, *, of_settings: bool) -> Node | None:
    """The outermost function or class around a place in a function, or around a field of settings.

    None if the place runs with the module, or if a decorator may register it.
    """
    owner: Node | None = None
    in_function = of_settings
    while node is not None:
        if node.type in FUNCTIONS and node.type != "lambda":
            in_function = True
        if node.type in _DEFINITIONS and node.type != "lambda":
            owner = node
        node = node.parent
    if owner is None or not in_function or owner.parent is None:
        return None
    is_decorated = owner.parent.type == "decorated_definition"
    return None if is_decorated else owner


def _is_import(leaf: Node) -> bool:
    above = leaf.parent
    while above is not None and above.type in ("dotted_name", "aliased_import"):
        above = above.parent
    return above is not None and above.type in IMPORTS


def _is_attribute(leaf: Node) -> bool:
    return leaf.parent is not None and leaf.parent.child_by_field_name("attribute") == leaf


def _key(node: Node) -> Node | None:
    """The key in `node[key]` and `node.get(key)`; None if the node is used in another way."""
    while node.parent is not None and node.parent.type == "parenthesized_expression":
        node = node.parent
    parent = node.parent
    if parent is None:
        return None
    if parent.type == "subscript" and parent.child_by_field_name("value") == node:
        return parent.child_by_field_name("subscript")
    call = parent.parent
    is_method = parent.type == "attribute" and call is not None and call.type == "call"
    method = parent.child_by_field_name("attribute") if is_method else None
    given = call.child_by_field_name("arguments") if call is not None and method is not None else None
    if given is None or method is None or method.text != b"get" or len(named(given)) != 1:
        return None
    return named(given)[0]


def _any(values: Iterable[bool | None]) -> bool | None:
    found = set(values)
    return True if True in found else None if None in found else False


def _all(values: Iterable[bool | None]) -> bool | None:
    found = set(values)
    return False if False in found else None if None in found else True

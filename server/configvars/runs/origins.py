"""From which read a value comes unchanged, through names, modules, classes and their objects."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from configvars.limits import FLOW
from configvars.model import FileFacts, Reference
from configvars.names.flow import bindings_for
from configvars.names.scopes import Binding, Scopes
from configvars.project import Project
from configvars.runs.imported_names import exporter, origin, target
from configvars.runs.parsed_code import Code, arguments_of, assigned_attributes
from configvars.syntax.python import Node, named
from configvars.text import Span

_SAME = frozenset({"boolean_operator", "conditional_expression", "parenthesized_expression", "await"})
_TEXTS = frozenset({"", "str", "str|None", "Optional[str]", "AnyUrl", "PostgresDsn", "RedisDsn"})
_VALIDATORS = ("validator", "field_validator", "model_validator", "root_validator")
_PYDANTIC = "pydantic-settings"
_Meant = tuple[Code, Node]
"""An expression, a class, a function or the assignment of a field, and its file."""


class Origins:
    """Finds the reads behind the values of a project's Python files."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._reads: dict[str, Mapping[Span, Reference]] = {}
        self._starts: dict[str, list[Span]] = {}  # the spans of the reads, in order
        self._fields: dict[tuple[str, int], Mapping[str, list[Node]]] = {}
        self._left = 0  # steps

    def code(self, path: str) -> Code:
        """The parsed file at a path."""

        def make() -> Code:
            tree = self._project.tree_of(path)
            return Code(path, tree, Scopes(tree))

        return self._project.code.kept_of(path, "code for an app", None, make)

    def read(self, code: Code, node: Node) -> tuple[str, Reference] | None:
        """The file and the read whose unchanged value an expression is; None if there is no such read."""
        waiting, self._left = [(code, node)], FLOW.most
        while waiting and self._left > 0:
            self._left -= 1
            at, value = waiting.pop(0)
            found = self._read_at(at, value)
            if found is not None:
                return at.path, found
            waiting += self._behind(at, value)
        return None

    def path_of(self, code: Code, function: Node) -> str:
        """The dotted name of a function, with the module that its first part is imported from."""
        first, _, rest = code.source(function).partition(".")
        found = code.scopes.bindings(first)
        if len(found) != 1 or found[0].how != "import":
            return code.source(function)
        return ".".join(filter(None, (*origin(code, found[0]), rest)))

    def _read_at(self, code: Code, node: Node) -> Reference | None:
        if code.path not in self._reads:
            facts = self._project.index.files.get(code.path)
            self._reads[code.path] = _reads(facts) if facts is not None else {}
            self._starts[code.path] = sorted(self._reads[code.path])
        reads = self._reads[code.path]
        if not reads:
            return None
        if node.type == "assignment":  # a field of a settings class
            starts, around = self._starts[code.path], code.tree.span(node)
            first, last = (bisect_left(starts, Span(at, at)) for at in (around.start, around.end))
            fields = {reads[span].variable: reads[span] for span in starts[first:last]}
            found = list(fields.values())
            return found[0] if len(found) == 1 and found[0].idiom == _PYDANTIC else None
        key: Node | None = None
        if node.type == "subscript":
            key = node.child_by_field_name("subscript")
        elif node.type == "call":
            key = (arguments_of(code, node) or {}).get("0")
        return None if key is None else next(filter(None, map(reads.get, _spans(code, key))), None)

    def _behind(self, code: Code, node: Node) -> Iterator[_Meant]:
        """The expressions whose value a value may be."""
        if node.type in _SAME:
            parts = named(node)
            tested = parts[1:2] if node.type == "conditional_expression" else []
            yield from ((code, part) for part in parts if part not in tested)
        elif node.type == "call":
            arguments = arguments_of(code, node) or {}
            if code.source(node.child_by_field_name("function")) == "str" and len(arguments) == 1:
                yield from ((code, each) for each in arguments.values())
        elif node.type == "assignment" and (value := node.child_by_field_name("right")) is not None:
            yield code, value
        elif (meant := self._meant(code, node)) is not None:
            yield meant

    def _meant(self, code: Code, node: Node) -> _Meant | None:
        """What a name or an attribute is: an expression, a class, a function or a field."""
        self._left -= 1
        if node.type == "identifier":
            return self._bound(code, bindings_for(code.scopes, code.source(node), node), "")
        of = node.child_by_field_name("object") if node.type == "attribute" else None
        if of is None:
            return None
        name = code.source(node.child_by_field_name("attribute"))
        if of.type == "identifier":
            return self._bound(code, bindings_for(code.scopes, code.source(of), of), name)
        if of.type == "attribute":
            inner = of.child_by_field_name("object")
            meant = self._meant(code, of) if inner is not None and inner.type == "identifier" else None
            return None if meant is None else self._member(*meant, name)
        return self._member(code, of, name) if of.type == "call" else None

    def _bound(self, code: Code, found: list[Binding], rest: str) -> _Meant | None:
        """What a name is, or its attribute `rest`; None if it does not have exactly one binding."""
        self._left -= 1
        if len(found) != 1 or self._left <= 0:
            return None
        binding, node = found[0], found[0].source
        if binding.how == "import":
            if rest in assigned_attributes(self._project):
                return None
            meant = target(self._project, code, binding, rest)
            return None if meant is None else self._exported(self.code(meant[0]), meant[1])
        value = node if binding.how in ("class", "def") else None
        if binding.how == "assign" and node.child_by_field_name("left") == binding.node:
            value = node.child_by_field_name("right")
        if value is None or not rest:
            return None if value is None else (code, value)
        return self._member(code, value, rest)

    def _exported(self, code: Code, name: str) -> _Meant | None:
        """What a name of a module is, or an attribute of it."""
        first, _, rest = name.partition(".")
        there = exporter(self._project, self.code, code, first)
        if there is None:
            return None
        return self._bound(there, there.scopes.in_scope(first, there.tree.root), rest)

    def _member(self, code: Code, node: Node, name: str) -> _Meant | None:
        """An attribute that no code assigns, of a class or an object, which a function may return."""
        if name in assigned_attributes(self._project):
            return None
        of_class = self._class_of(code, node)
        if of_class is None:
            return None
        there, cls = of_class
        found = self._fields_of(there, cls).get(name, [])
        if len(found) != 1:
            return None
        kind = there.source(found[0].child_by_field_name("type")).replace('"', "").replace("'", "")
        return (there, found[0]) if kind in _TEXTS else None

    def _fields_of(self, code: Code, cls: Node) -> Mapping[str, list[Node]]:
        """The assignments to the attributes of a class, by name; none if a validator may change values."""
        key = code.path, cls.start_byte
        if key not in self._fields:
            found: dict[str, list[Node]] = {}
            is_changed = any(True for word in _VALIDATORS for _ in code.tree.words(word, cls))
            for each in () if is_changed else _assignments(cls):
                found.setdefault(code.source(each.child_by_field_name("left")), []).append(each)
            self._fields[key] = found
        return self._fields[key]

    def _class_of(self, code: Code, node: Node) -> _Meant | None:
        """The class that an expression is, creates an object of, or gets an object of from a function."""
        while self._left > 0:
            self._left -= 1
            if node.type == "class_definition":
                return code, node
            if node.type == "call" and arguments_of(code, node) == {}:
                node = node.child_by_field_name("function") or node
            elif node.type == "function_definition":
                node = _returned(node) or node
            if node.type in ("identifier", "attribute"):
                meant = self._meant(code, node)
                if meant is None:
                    return None
                code, node = meant
            elif node.type != "call":
                return None
        return None


def _assignments(cls: Node) -> Iterator[Node]:
    """The assignments to the attributes of a class, and its fields without a value."""
    body = cls.child_by_field_name("body")
    for statement in named(body) if body is not None else ():
        inner = statement.named_children[:1]
        if statement.type == "expression_statement" and inner and inner[0].type == "assignment":
            yield inner[0]


def _reads(facts: FileFacts) -> Mapping[Span, Reference]:
    return {
        each.span: each for each in facts.references if each.need is not None and each.variable.scope == "env"
    }


def _spans(code: Code, key: Node) -> Iterator[Span]:
    """The spans that the name of a read may have: the expression, and the content of a string."""
    yield code.tree.span(key)
    yield from (code.tree.span(each) for each in named(key) if each.type == "string_content")


def _returned(function: Node) -> Node | None:
    """The expression that a function returns, if that is all that it does."""
    body = function.child_by_field_name("body")
    statements = [each for each in named(body) if each.type != "expression_statement"] if body else []
    if len(statements) != 1 or statements[0].type != "return_statement":
        return None
    return next(iter(named(statements[0])), None)

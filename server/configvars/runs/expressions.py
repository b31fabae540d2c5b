"""What the expressions in conditions evaluate to on a deployed app, if its names alone decide it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from configvars.model import Reference
from configvars.names.scopes import FUNCTIONS, Binding, Scopes, function_of, outer_scope, scope_of
from configvars.project import Project
from configvars.runs.called_functions import returned
from configvars.runs.effort import Effort, Key
from configvars.runs.flask_flags import is_off
from configvars.runs.imported_names import class_meant, exporter, function_meant, target
from configvars.runs.known_values import Known, State, Text, Unset, Value, compared, converted, method, truth
from configvars.runs.own_command import of_command
from configvars.runs.parsed_code import (
    Code,
    added,
    arguments_of,
    assigned_attributes,
    is_from_os,
    library_read,
    number,
    string,
)
from configvars.syntax.python import Node, named

Local = Mapping[str, Value]
"""The values of the parameters and names of a function that is evaluated."""
Taken = Callable[["Code", Node, Node], bool | None]
"""Whether a node certainly runs, or certainly not, if the scope around it runs."""

_CALL = 20  # steps
_NOTHING: Local = MappingProxyType({})
_GETTERS = frozenset({"os.getenv", "os.environ.get", "getenv", "environ.get"})
_ENVIRONS = frozenset({"os.environ", "environ"})
_CONSTANTS: Mapping[str, object] = MappingProxyType(
    {"sys.platform": "linux", "os.name": "posix", "TYPE_CHECKING": False, "typing.TYPE_CHECKING": False}
)
_CONVERSIONS = frozenset({"bool", "int", "float", "str"})
_WORDS = frozenset({"strtobool", "distutils.util.strtobool"})


class Expressions:
    """Evaluates expressions of the files of a project for one app."""

    def __init__(self, project: Project, state: State, taken: Taken) -> None:
        self._project = project
        self._state = state
        self._taken = taken
        self._known: dict[Key, Value] = {}
        self.effort = Effort()

    def code(self, path: str) -> Code:
        """The parsed file at a path."""

        def make() -> Code:
            tree = self._project.tree_of(path)
            return Code(path, tree, Scopes(tree))

        return self._project.code.kept_of(path, "code for an app", None, make)

    def value(self, code: Code, node: Node | None, local: Local = _NOTHING) -> Value:
        """The value of an expression; None if it is not known."""
        if node is None:
            return None
        key, left = (code.path, node.id), self.effort.left
        if not local and key in self._known:
            return self._known[key]
        if not self.effort.enter(code, key):
            return None
        try:
            is_flag = is_off(self._project, code, node, self._state)
            found = Known(False) if is_flag else self._found(code, node, local)
        finally:
            is_complete = self.effort.leave(key, left)
        if not local and is_complete:
            self._known[key] = found
        return found

    def truth(self, code: Code, node: Node | None, local: Local = _NOTHING) -> bool | None:
        """Whether an expression is true; None if it is not known."""
        return truth(self.value(code, node, local))

    def _found(self, code: Code, node: Node, local: Local) -> Value:
        match node.type:
            case "string" | "concatenated_string":
                return string(code, node, lambda each: self.value(code, each, local))
            case "integer" | "true" | "false" | "none" | "float":
                return number(code.source(node))
            case "parenthesized_expression":
                return self.value(code, next(iter(named(node)), None), local)
            case "tuple" | "list" | "set":
                items = [self.value(code, each, local) for each in named(node)]
                contents = [each.value for each in items if isinstance(each, Known)]
                return Known(tuple(contents)) if len(contents) == len(items) else None
            case "named_expression":
                return self.value(code, node.child_by_field_name("value"), local)
            case "identifier" | "attribute":
                return self._named(code, node, local)
            case "subscript":
                return self._item(code, node, local)
            case "call":
                return self._call(code, node, local)
            case "conditional_expression" if len(parts := named(node)) == 3:
                test = self.truth(code, parts[1], local)
                return None if test is None else self.value(code, parts[0 if test else 2], local)
            case _:
                return self._operation(code, node, local)

    def _operation(self, code: Code, node: Node, local: Local) -> Value:
        found: bool | None = None
        match node.type:
            case "not_operator":
                inner = self.truth(code, node.child_by_field_name("argument"), local)
                found = None if inner is None else not inner
            case "boolean_operator":
                return self._joined(code, node, local)
            case "comparison_operator":
                said = of_command(self._project, code, node)
                found = self._compared(code, node, local) if said is None else said
            case "binary_operator" if code.source(node.child_by_field_name("operator")) == "+":
                return added(
                    *(self.value(code, node.child_by_field_name(s), local) for s in ("left", "right"))
                )
        return None if found is None else Known(found)

    def _joined(self, code: Code, node: Node, local: Local) -> Value:
        """`and`, `or`: known if the deciding side is, whatever the other is."""
        left, right = (self.value(code, node.child_by_field_name(side), local) for side in ("left", "right"))
        is_or = code.source(node.child_by_field_name("operator")) == "or"
        first = truth(left)
        if first is None:
            return Known(is_or) if truth(right) is is_or and right is not None else None
        return left if first is is_or else right

    def _compared(self, code: Code, node: Node, local: Local) -> bool | None:
        parts = named(node)
        operators = [code.source(each) for each in node.children if not each.is_named or each not in parts]
        words = " ".join(operators).replace("notin", "not in").replace("isnot", "is not")
        if len(parts) != 2:
            return None
        if words in ("in", "not in") and self._is_environ(code, parts[1]):
            name = self.value(code, parts[0], local)
            state = self._state_of(name)
            return None if state is None else isinstance(state, Text) is (words == "in")
        return compared(self.value(code, parts[0], local), words, self.value(code, parts[1], local))

    def _is_environ(self, code: Code, node: Node) -> bool:
        source = code.source(node).removesuffix(".keys()")
        return source in _ENVIRONS and (source.startswith("os.") or is_from_os(code))

    def _state_of(self, name: Value) -> Text | Unset | None:
        is_name = isinstance(name, Known) and isinstance(name.value, str)
        return self._state(str(name.value)) if is_name and isinstance(name, Known) else None

    # ---- reads and calls

    def _item(self, code: Code, node: Node, local: Local) -> Value:
        outer, inner = node.child_by_field_name("value"), node.child_by_field_name("subscript")
        if outer is None or inner is None or not self._is_environ(code, outer):
            return None
        state = self._state_of(self.value(code, inner, local))
        return state if isinstance(state, Text) else None

    def _call(self, code: Code, node: Node, local: Local) -> Value:
        function = code.source(node.child_by_field_name("function"))
        arguments = arguments_of(code, node)
        if arguments is None:
            return None
        if function in _GETTERS and (function.startswith("os.") or is_from_os(code)):
            default = arguments.get("1") or arguments.get("default")
            name = arguments.get("0") or arguments.get("key")
            return self._read(code, name, default, local, or_none=True)
        if (read := library_read(self._project, code, arguments.get("0"))) is not None:
            return self._by_library(code, function, read, arguments, local)
        if function in _CONVERSIONS and len(arguments) == 1 and not code.scopes.bindings(function):
            return converted(self.value(code, arguments.get("0"), local), function)
        if function in _WORDS and len(arguments) == 1:
            return converted(self.value(code, arguments.get("0"), local), "flag")
        callee = node.child_by_field_name("function")
        if callee is not None and callee.type == "attribute":
            on = self.value(code, callee.child_by_field_name("object"), local)
            if on is not None:
                given = tuple(self.value(code, each, local) for each in arguments.values())
                return method(on, function.rpartition(".")[2], given)
        return self._of_function(code, callee, arguments, local)

    def _read(
        self,
        code: Code,
        name: Node | None,
        default: Node | None,
        local: Local,
        by: str = "",
        *,
        or_none: bool = False,
    ) -> Value:
        """A read with a default; without one it returns None if `or_none`, and raises otherwise."""
        state = self._state_of(self.value(code, name, local))
        if isinstance(state, Text):
            return state if by in ("", "str") else None
        if state is None:
            return None
        if default is None:
            return Known(None) if or_none else None
        return converted(self.value(code, default, local), by)

    def _by_library(
        self, code: Code, function: str, read: Reference, arguments: Mapping[str, Node], local: Local
    ) -> Value:
        cast = code.source(arguments.get("cast"))
        called = function.rpartition(".")[2] if "." in function else ""
        by = cast or called
        by = "flag" if by == "bool" else by
        second = None if read.idiom.startswith("starlette") else arguments.get("1")
        return self._read(code, arguments.get("0"), arguments.get("default") or second, local, by)

    # ---- names

    def _named(self, code: Code, node: Node, local: Local) -> Value:
        words = code.source(node)
        if words in _CONSTANTS:
            return Known(_CONSTANTS[words])
        if words in local:
            return local[words]
        first, _, rest = words.partition(".")
        scope: Node | None = scope_of(node)
        while scope is not None:
            found = code.scopes.in_scope(first, scope)
            if found and (scope.type != "class_definition" or scope == scope_of(node)):
                return self._bound(code, node, found, scope, rest)
            scope = outer_scope(scope)
        return self._exported(code, first, rest)

    def _bound(self, code: Code, node: Node, found: list[Binding], scope: Node, rest: str) -> Value:
        """The value of a name with some bindings in a scope at a node."""
        is_later = function_of(node) != (scope if scope.type in FUNCTIONS else function_of(scope))
        position = scope.end_byte + 1 if is_later else node.start_byte
        before = [each for each in found if each.effect <= position]
        return self._last(code, before, scope, rest)

    def _last(self, code: Code, found: list[Binding], scope: Node, rest: str) -> Value:
        """The value of the last of some bindings that certainly happens."""
        for binding in sorted(found, key=lambda each: each.effect, reverse=True):
            is_taken = self._taken(code, binding.source, scope)
            if is_taken is None:
                return None
            if is_taken:
                return self._of_binding(code, binding, rest)
        return None

    def _of_binding(self, code: Code, binding: Binding, rest: str) -> Value:
        if binding.how == "import":
            return self._imported(code, binding, rest)
        if rest and (inside := class_meant(code, binding)) is not None and rest.isidentifier():
            return self._attribute(code, inside, rest)
        if rest or binding.how not in ("assign", "walrus"):
            return None
        if binding.how == "walrus":
            return self.value(code, binding.source.child_by_field_name("value"))
        if binding.source.child_by_field_name("left") != binding.node:
            return None
        right = binding.source.child_by_field_name("right")
        while right is not None and right.type == "assignment":
            right = right.child_by_field_name("right")
        return self.value(code, right)

    def _imported(self, code: Code, binding: Binding, rest: str) -> Value:
        """A constant of another file: `from settings import DEBUG`, `settings.DEBUG`."""
        meant = target(self._project, code, binding, rest, self._state)
        if meant is None or (rest and rest.rpartition(".")[2] in assigned_attributes(self._project)):
            return None
        name, _, rest = meant[1].partition(".")
        return self._exported(self.code(meant[0]), name, rest)

    def _exported(self, code: Code, name: str, rest: str) -> Value:
        """A name of a module, perhaps from another one by `from other import *`, or an attribute of it."""
        there = exporter(self._project, self.code, code, name)
        if there is None:
            return None
        return self._last(there, there.scopes.in_scope(name, there.tree.root), there.tree.root, rest)

    def _attribute(self, code: Code, inside: Node, name: str) -> Value:
        """An attribute of a class, or of an instance, that no code assigns."""
        if name in assigned_attributes(self._project):
            return None
        return self._last(code, code.scopes.in_scope(name, inside), inside, "")

    def _of_function(
        self, code: Code, callee: Node | None, arguments: Mapping[str, Node], local: Local
    ) -> Value:
        """What a function of the project returns."""
        found = function_meant(self._project, self.code, code, callee)
        if found is None:
            return None
        self.effort.steps += _CALL
        values = {key: self.value(code, each, local) for key, each in arguments.items()}
        return returned(self, *found, values)

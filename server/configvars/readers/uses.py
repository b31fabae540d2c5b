"""What one syntax node reads, tests or writes, by the tables of the readers and by calls of wrappers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from msgspec.structs import replace

from configvars import failures
from configvars.model import Access, Need
from configvars.names import calls, classes, conditions, functions, operations, receivers
from configvars.names.evaluate import Evaluator
from configvars.names.memory import Ask, Listed
from configvars.names.scopes import function_of
from configvars.names.values import (
    Arguments,
    Class,
    External,
    Function,
    Instance,
    ParameterRead,
    Value,
    alternatives,
)
from configvars.readers.base import Argument, Fact, Handler, Use
from configvars.readers.caller_defaults import default_for
from configvars.readers.formatted import formatted
from configvars.readers.overriding import overridden
from configvars.readers.parts import matched_keys
from configvars.readers.put_into_environ import put_into_environ
from configvars.readers.set_tests import set_tests
from configvars.readers.site import SiteAt, access_of, argument
from configvars.readers.tables import Tables, handler_for
from configvars.syntax.python import Node, named


class Uses:
    """The facts of single nodes of one tree, each stored with the answers that it depends on."""

    def __init__(self, evaluator: Evaluator, tables: Tables) -> None:
        self._evaluator = evaluator
        self._tables = tables
        self._facts: Listed[tuple[Fact, ...]] = Listed()
        self._taken = {
            "call": (tables.calls, "function"),
            "subscript": (tables.subscripts, "value"),
            "attribute": (tables.attributes, "object"),
        }

    def facts_at(self, node: Node) -> tuple[Fact, ...]:
        """All facts of a call, subscript, comparison, `|=` or class statement."""
        return self._evaluator.memory.recall(
            self._facts, node.id, lambda: (*self._found(node), *self._wrapped(node)), ()
        )

    def forget(self, changed: Set[Ask]) -> None:
        """Discard the facts that depend on answers that have changed."""
        self._facts.forget(changed)

    def uses_at(self, node: Node) -> tuple[Use, ...]:
        """The facts that are uses."""
        return tuple(fact for fact in self.facts_at(node) if isinstance(fact, Use))

    def _found(self, node: Node) -> Iterator[Fact]:
        yield from put_into_environ(self._evaluator, node)
        match node.type:
            case "call" | "subscript" | "attribute":
                table, field = self._taken[node.type]
                for of in self._externals(node.child_by_field_name(field)):
                    yield from self._ask(table, of, node, *node.children_by_field_name("subscript"))
                if node.type == "call":
                    yield from self._made(node)
                    yield from self._got(node)
                    yield from formatted(self._evaluator, node)
                    yield from set_tests(self._evaluator, node)
            case "binary_operator":
                yield from formatted(self._evaluator, node)
                yield from set_tests(self._evaluator, node)
            case "comparison_operator" | "match_statement":
                for key, tested in _memberships(node):
                    for of in self._externals(tested):
                        yield from self._ask(self._tables.tests, of, node, key)
                yield from set_tests(self._evaluator, node)
            case "augmented_assignment":
                yield from self._merge(node)
            case "class_definition":
                yield from self._class(node)

    def _got(self, node: Node) -> Iterator[Fact]:
        """`getattr(settings, "PORT", default)` as `settings.PORT`; `hasattr` as a test; `partial` as a call."""
        arguments = node.child_by_field_name("arguments")
        given = named(arguments) if arguments is not None else []
        if len(given) < 2:
            return
        path = getattr(self._evaluator.value(node.child_by_field_name("function")), "path", "")
        if path == "functools.partial":
            yield from self._partial(node, given[0])
        tables = {"builtins.getattr": self._tables.attributes, "builtins.hasattr": self._tables.tests}
        table = tables.get(path, {})
        for of in self._externals(given[0]) if table and self._tables.attributes else ():
            yield from self._ask(table, of, node, *given[1:3])

    def _partial(self, node: Node, function: Node) -> Iterator[Fact]:
        """`partial(env.str, "X")`: calling the result reads X."""
        for of in self._externals(function):
            if (handler := handler_for(self._tables.calls, of.path)) is not None:
                for use in self._read(handler, SiteAt(self._evaluator, node, of, of.path, skipped=1)):
                    if isinstance(use, Use) and use.access is Access.READ:
                        passes = use.need is None and use.default is None and not use.raises
                        yield replace(use, need=Need.OPTIONAL) if passes else use

    def _merge(self, node: Node) -> Iterator[Fact]:
        operator, right = node.child_by_field_name("operator"), node.child_by_field_name("right")
        if operator is not None and operator.type == "|=" and right is not None:
            for of in self._externals(node.child_by_field_name("left")):
                yield from self._ask(self._tables.merges, of, node, right)

    def _ask(self, table: Mapping[str, Handler], value: External, node: Node, *keys: Node) -> Iterator[Fact]:
        handler = handler_for(table, value.path)
        if handler is not None:
            yield from self._read(handler, SiteAt(self._evaluator, node, value, value.path, keys))

    def _read(self, handler: Handler, site: SiteAt) -> Iterator[Fact]:
        """The facts that a reader finds at a place; an exception in a reader affects only this place."""
        with failures.contained(f"the reader of {site.path} in {self._evaluator.path}"):
            yield from handler(site)

    def _class(self, node: Node) -> Iterator[Fact]:
        cls = classes.class_of(self._evaluator, node)
        for base in external_bases(self._evaluator, cls):
            handler = self._tables.classes.get(base.path)
            if handler is not None:
                yield from self._read(handler, SiteAt(self._evaluator, node, base, base.path, (), cls))
                break
        yield from overridden(self._evaluator, node, cls)

    def _made(self, node: Node) -> Iterator[Fact]:
        """A call of a class of another file.

        For classes of its own file, a reader gets the class statement.
        """
        for cls in alternatives(self._evaluator.value(node.child_by_field_name("function"))):
            if isinstance(cls, Class) and cls.home.path != self._evaluator.path:
                for base in external_bases(self._evaluator, cls):
                    if (handler := self._tables.makes.get(base.path)) is not None:
                        site = SiteAt(self._evaluator, node, base, base.path, (), cls)
                        yield from self._read(handler, site)

    def _externals(self, node: Node | None) -> list[External]:
        found: list[External] = []
        for value in alternatives(self._evaluator.value(node)):
            default = getattr(value, "default", None)
            for choice in (value, *(alternatives(default) if default is not None else ())):
                if isinstance(choice, External):
                    found.append(choice)
                elif isinstance(choice, Instance):
                    found.extend(self._as_base(choice))
        return found

    def _as_base(self, instance: Instance) -> Iterator[External]:
        """An instance of a workspace class, as an instance of the external class from which it derives."""
        for base in external_bases(self._evaluator, instance.cls):
            if self._tables.interest.covers(base.path + "()"):
                yield External(base.path + "()", base, Arguments(rest=True))

    def _wrapped(self, node: Node) -> Iterator[Use]:
        """The reads of a wrapper, with the names that this call passes."""
        evaluator = self._evaluator
        if node.type == "call":
            for callee in alternatives(evaluator.value(node.child_by_field_name("function"))):
                function = called(evaluator, callee)
                reads = evaluator.reads(function.home) if function is not None else ()
                if function is not None and reads:
                    given = operations.arguments(evaluator, node)
                    for read in reads:
                        yield from self._use(node, function, given, read)
        elif node.type == "subscript":
            key = node.child_by_field_name("subscript")
            for of in alternatives(evaluator.value(node.child_by_field_name("value"))):
                taken = classes.member(evaluator, of, "__getitem__") if isinstance(of, Instance) else None
                if isinstance(taken, Function) and key is not None and access_of(node) is Access.READ:
                    for read in evaluator.reads(taken.home):
                        yield from self._use(node, taken, Arguments((evaluator.value(key),)), read)

    def _use(
        self,
        node: Node,
        function: Function,
        given: Arguments,
        read: ParameterRead,
        place: Node | None = None,
    ) -> Iterator[Use]:
        bound = calls.bind(function, given)
        instead = receivers.instead(self._evaluator, read, function) if place is None else None
        if instead is not None and read.asked is not None:
            at = place or self._argument(node, function, _own_words(function, read))
            for other in self._evaluator.reads(instead.home):
                yield from self._use(node, instead, calls.filled(read.asked.given, bound), other, at)
            return
        if receivers.is_own(read.key) and calls.substitute(read.key, bound) == read.key:
            return  # reported at the derived class
        key = calls.substitute(receivers.resolved(self._evaluator, read.key, function), bound)
        own = _own_words(function, read)
        if own and not given.rest and not any(calls.is_given(function, given, name) for name in own):
            return
        place = place or self._argument(node, function, own)
        if place is None:
            return
        span = argument(self._evaluator, place).span
        default, need = default_for(function, given, read, bound, span)
        left: list[conditions.All] = []
        bound = {**receivers.given_of(self._evaluator, read, function), **bound}
        if need is not None and conditions.is_unmet(read.only_if, bound):
            need = Need.GUARDED
        else:
            for one in read.fails_if:
                said = conditions.met(one, bound)
                if said is True:
                    need = Need.REQUIRED
                elif said:
                    left.append(said)
        yield Use(
            Argument(key, span),
            "wrapper",
            read.access,
            default=default,
            raises=need is Need.REQUIRED,
            need=need
            if need in (Need.GUARDED, Need.DEFAULTED) or (not read.passes and need is not Need.REQUIRED)
            else None,
            scope="flask" if read.scope == "flask" else "env",
            via=read.place,
            through=read.through,
            fails_if=() if need is Need.REQUIRED else tuple(left),
            asked=receivers.asked_of(node, function, given, read, bound),
            empty_fails_if=() if need is Need.GUARDED else conditions.left(read.empty_fails_if, bound),
            returns_empty=read.returns_empty,
        )

    def _argument(self, node: Node, function: Function, own: set[str]) -> Node | None:
        """The expression that a call passes for a parameter; if it passes none, the callee."""
        if node.type == "subscript":
            return node.child_by_field_name("subscript")
        arguments = node.child_by_field_name("arguments")
        skipped = len(function.given.positional) if function.given is not None else 0
        names = [formal.name for formal in function.formals if formal.kind == "positional"][skipped:]
        position = 0
        for child in named(arguments) if arguments is not None else []:
            if child.type == "keyword_argument":
                name = child.child_by_field_name("name")
                if name is not None and self._evaluator.tree.source(name) in own:
                    return child.child_by_field_name("value")
            elif child.type in ("list_splat", "dictionary_splat"):
                return child if own else node.child_by_field_name("function")
            else:
                if position < len(names) and names[position] in own:
                    return child
                position += 1
                if position > len(names) and own & {f.name for f in function.formals if f.kind == "args"}:
                    return arguments
        return node.child_by_field_name("function")


def _own_words(function: Function, read: ParameterRead) -> set[str]:
    """The parameters of a function that determine the name that a read in it reads."""
    return {one.name for one in calls.parameters_of(read.key) if one.owner == function.home}


def _memberships(node: Node) -> Iterator[tuple[Node, Node]]:
    """The key and mapping of each `key in mapping` comparison, and of the keys in a `match` statement."""
    if node.type == "match_statement":
        subject = node.child_by_field_name("subject")
        yield from ((key, subject) for key in matched_keys(node) if subject is not None)
        return
    children = node.children
    for before, sign, after in zip(children, children[1:], children[2:], strict=False):
        if sign.type in ("in", "not in"):
            yield before, after


def external_bases(evaluator: Evaluator, cls: Class) -> Iterator[External]:
    """The external classes from which a class derives, also through classes of the workspace."""
    return (base for base in classes.lineage(evaluator, cls) if isinstance(base, External))


def called(evaluator: Evaluator, callee: Value) -> Function | None:
    """The function that runs if a value is called: itself, a constructor, or `__call__`."""
    match callee:
        case Function():
            return callee
        case Class():
            taken = classes.member(evaluator, Instance(callee), "__init__")
        case Instance():
            taken = classes.member(evaluator, callee, "__call__")
        case _:
            return None
    return taken if isinstance(taken, Function) else None


__all__ = ["Uses", "external_bases", "function_of", "functions"]

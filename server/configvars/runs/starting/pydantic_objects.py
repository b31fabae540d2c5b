"""Objects of pydantic that a program makes while it starts: the values of their fields, and what it refuses.

The fields of settings classes have their defaults if their variables are not set. Tried with pydantic 2.14
and pydantic-settings 2.16, which validates defaults, too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from configvars.model import DynamicReference, Need, Reference, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.readers.pydantic_paths import IDIOM
from configvars.runs.parsed_code import names_matched, with_facts
from configvars.runs.starting.class_statements import closed
from configvars.runs.starting.endings import INVALID
from configvars.runs.starting.handlers import Handler, Handlers
from configvars.runs.starting.machine import Machine
from configvars.runs.starting.pydantic_fields import (
    NUMBERS,
    SCALARS,
    SETTINGS,
    TEXTS,
    URLS,
    Field,
    Shape,
    Validator,
    shape_of,
)
from configvars.runs.starting.values import (
    UNKNOWN,
    Class,
    Function,
    Object,
    Read,
    Reads,
    Scope,
    Value,
)
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.calls import Calls

_ASSIGNED = lazy_pattern(
    r"(?<!\bself)\.[ \t]*([A-Za-z_]\w*)[ \t]*=(?!=)|\bsetattr\([^,()]+,\s*[\"'](\w+)[\"']"
)


def made_by_pydantic(
    calls: Calls,
    scope: Scope,
    node: Node,
    one: Class,
    positional: list[Value],
    named_ones: Mapping[str, Value],
) -> Value | None:
    """An object of a class of pydantic of which all fields and validators are known; None for others."""
    shape = shape_of(calls.statements.expressions, one)
    if shape is None or positional or (shape.is_settings and named_ones):
        return None
    if shape.is_settings and (lacking := _lacking(calls.machine, shape)):
        calls.machine.fails(scope.module, node, lacking, INVALID)
    made = Object(closed(one))
    making = _Making(calls, scope, node, shape, made)
    for name, field in shape.fields.items():
        value = making.value_of(name, field, named_ones)
        is_known = value is not None and name not in _assigned(calls.machine.project)
        made.names[name] = value if is_known and value is not None else UNKNOWN
    for validator in shape.validators.values():
        if not validator.names:
            making.run(validator, [Value(known=made)])
    return Value(known=made)


class _Making(Struct, frozen=True):
    """The creation of an object at a node."""

    calls: Calls
    scope: Scope
    node: Node
    shape: Shape
    made: Object

    def value_of(self, name: str, field: Field, given: Mapping[str, Value]) -> Value | None:
        """The value of a field; None if it is not known. Notes what pydantic refuses."""
        if self.shape.is_settings:
            value = _unset(self.calls.machine, self.shape, field)
            return None if value is None else self._validated(name, field, value)
        if name not in given:
            return field.default
        return None if field.has_alias else self._validated(name, field, given[name])

    def _validated(self, name: str, field: Field, value: Value) -> Value | None:
        running = [each for each in self.shape.validators.values() if not each.names.isdisjoint({name, "*"})]
        if len(running) > 1 or any(each.mode not in ("after", "before") for each in running):
            return None
        if not running:
            return self._checked(field, value)
        if running[0].mode == "after":
            value = self._checked(field, value) or UNKNOWN
        if self.calls.machine.content(value) is None:
            return None
        result = self.run(running[0], [Value(known=self.made.of), value])
        return self._checked(field, result) if running[0].mode == "before" else result

    def _checked(self, field: Field, value: Value) -> Value | None:
        """A value that a field accepts and does not change; otherwise None."""
        machine = self.calls.machine
        if not field.nullable and field.kind and not self.shape.may_be_none(field):
            machine.fail(self.scope.module, self.node, machine.none_without(value), kind=INVALID)
        if field.kind in NUMBERS | URLS:
            machine.fail(self.scope.module, self.node, machine.empty_without(value), kind=INVALID)
        found = machine.content(value)
        content = found[0][0] if found is not None else value
        is_same = content is None and (field.nullable or self.shape.may_be_none(field))
        is_same = is_same or (isinstance(content, str) and field.kind in TEXTS)
        is_same = is_same or isinstance(value.known, Object)
        return value if is_same or field.kind == f"builtins.{type(content).__name__}" else None

    def run(self, validator: Validator, given: list[Value]) -> Value:
        """Run a validator, which may get further information as its last argument."""
        parameters = validator.node.child_by_field_name("parameters")
        count = len(named(parameters)) if parameters is not None else 0
        if validator.of.around is None:
            return UNKNOWN
        given = [*given, *[UNKNOWN] * (count - len(given))]
        function = Function(validator.node, validator.of.around)
        around = self.calls.machine.handlers
        around.append(Handlers((Handler((AssertionError, ValueError), ends=True, raises=INVALID),)))
        try:
            return self.calls.entered(self.scope, self.node, function, given[:count], {})
        finally:
            around.pop()


def _lacking(machine: Machine, shape: Shape) -> Reads:
    """The reads of the required fields of settings whose variables are certainly not set."""
    fields = [each for each in shape.fields.values() if each.default is None and not machine.muted]
    needs = (
        {Need.REQUIRED, Need.OPTIONAL} if shape.lacks_secrets and shape.base in SETTINGS else {Need.REQUIRED}
    )
    found = [(each.of.around, _unset_read(machine, shape, each)) for each in fields]
    return frozenset(
        Read(of.module.path, read.span, read.variable.name)
        for of, read in found
        if of is not None and read is not None and read.need in needs and not read.instead
    )


def _unset(machine: Machine, shape: Shape, field: Field) -> Value | None:
    """The value of a field of settings if its variable is certainly not set; None if that is not known."""
    read = _unset_read(machine, shape, field)
    if field.default is None or field.of.around is None or read is None or read.need is Need.REQUIRED:
        return None
    if isinstance(field.default.known, Object):
        return field.default
    path, name = field.of.around.module.path, read.variable.name
    return machine.environment.read(path, read.span, name, Read(path, read.span, name), field.default)


def _unset_read(machine: Machine, shape: Shape, field: Field) -> Reference | None:
    """The read of a field of settings whose variable is certainly not set; None for others."""
    if field.of.around is None:
        return None
    if "env_nested_delimiter" in shape.text and field.kind not in SCALARS:
        return None
    module = field.of.around.module
    span = module.tree.span(field.statement)
    reads = machine.project.remembered(
        f"fields that read in {module.path}", lambda: _reads_of_fields(machine.project, module.path)
    )
    first, end = (bisect_left(reads, at, key=_start) for at in (span.start, span.end))
    read = reads[first] if end - first == 1 else None
    if not isinstance(read, Reference) or read.variable.scope != "env":
        return None
    names = (read.variable.name, read.variable.name.lower())
    if not all(machine.environment.is_unset(module.path, read.span, name) for name in names):
        return None
    if "env_file" in shape.text and any(_may_be_in_file(machine.project, name) for name in names):
        return None
    return read


def _reads_of_fields(project: Project, path: str) -> list[Reference | DynamicReference]:
    """The reads of fields of settings in a file, by place."""
    facts = project.index.files.get(path)
    found: list[Reference | DynamicReference] = []
    if facts is not None:
        found += (*facts.references, *facts.dynamic)
    return sorted((each for each in found if each.idiom == IDIOM), key=_start)


def _start(read: Reference | DynamicReference) -> int:
    return read.span.start


def _may_be_in_file(project: Project, name: str) -> bool:
    """Whether an env file that is deployed may set a variable."""
    return any(
        project.tracked_by_git(found.path) is not False
        for found in project.index.definitions(Variable("env", name))
        if not found.definition.declaration
    )


def _assigned(project: Project) -> frozenset[str]:
    """The attributes that any code sets, except those of `self`."""
    return names_matched(project, "attributes set outside", _ASSIGNED, with_facts(project))

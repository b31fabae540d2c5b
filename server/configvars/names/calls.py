"""Calls: parameters are replaced by the values that the caller passes."""

from __future__ import annotations

from msgspec.structs import replace

from configvars.limits import SUBSTITUTION, beyond
from configvars.names import texts
from configvars.names.values import (
    UNKNOWN,
    Arguments,
    Asked,
    Class,
    External,
    Formal,
    Function,
    Instance,
    Item,
    Join,
    Mapping,
    Method,
    Missing,
    OneOf,
    Parameter,
    ParameterRead,
    Sequence,
    Str,
    Value,
    one_of,
)
from configvars.text import Mark

Given = dict[tuple[str, Mark], Value]


def bind(function: Function, arguments: Arguments) -> Given:
    """The value of each parameter of a function in a call; a parameter that gets none has its default."""
    given: Given = {(parameter.name, parameter.owner): value for parameter, value in function.bound}
    arguments = completed(function, arguments)
    keywords = dict(arguments.keywords)
    positional = list(arguments.positional)
    for formal in function.formals:
        value: Value | None = None
        if formal.kind == "args":
            value, positional = Sequence(tuple(positional)), []
        elif formal.kind == "kwargs":
            value = UNKNOWN
        elif formal.kind == "positional" and positional:
            value = positional.pop(0)
        else:
            value = keywords.pop(formal.name, None)
        given[formal.name, function.home] = value if value is not None else _default(formal, arguments)
    if any(formal.kind == "kwargs" for formal in function.formals):
        given.update(((name, function.home), value) for name, value in keywords.items())
    return given


def _default(formal: Formal, arguments: Arguments) -> Value:
    if arguments.rest or formal.default is None:
        return UNKNOWN
    return formal.default


def is_given(function: Function, arguments: Arguments, name: str) -> bool:
    """Whether a call itself (or a partial) passes a parameter."""
    arguments = completed(function, arguments)
    if any(keyword == name for keyword, _ in arguments.keywords):
        return True
    names = [formal.name for formal in function.formals if formal.kind in ("positional", "args")]
    return name in names[: len(arguments.positional)]


def items_of(value: Value) -> list[Value]:
    """The values that iterating over a value yields."""
    match value:
        case Sequence():
            return list(value.items)
        case Mapping():
            return [key for key, _ in value.items]
        case Parameter():
            known = items_of(value.default) if isinstance(value.default, Sequence | Mapping) else []
            return [Item(value), *known]
        case OneOf():
            return [item for alternative in value.values for item in items_of(alternative)]
        case Missing():
            return [value]
        case _:
            return [UNKNOWN]


def completed(called: Function | External, arguments: Arguments) -> Arguments:
    """All arguments of a call, those that a partial passes included."""
    return arguments if called.given is None else merged(called.given, arguments)


def merged(first: Arguments, then: Arguments) -> Arguments:
    """The combined arguments of a partial and of the call that completes it."""
    keywords = tuple({**dict(first.keywords), **dict(then.keywords)}.items())
    return Arguments(first.positional + then.positional, keywords, first.rest or then.rest)


def substitute(value: Value, given: Given, depth: int = 0) -> Value:
    """A value in which parameters are replaced by the values in `given`."""
    if not given:
        return value
    if depth > SUBSTITUTION.most:
        beyond(SUBSTITUTION)
        return value
    deeper = depth + 1
    match value:
        case Parameter():
            return given.get((value.name, value.owner), value)
        case Asked():
            usual = substitute(value.usual, given, deeper)
            return texts.asked(replace(value, given=filled(value.given, given, deeper), usual=usual))
        case Str() | Join() | Method() | Item():
            return _text(value, given, deeper)
        case OneOf():
            return one_of([substitute(item, given, deeper) for item in value.values])
        case Sequence():
            return Sequence(tuple(substitute(item, given, deeper) for item in value.items))
        case Mapping():
            return Mapping(
                tuple((substitute(k, given, deeper), substitute(v, given, deeper)) for k, v in value.items)
            )
        case _:
            return _closed(value, given, deeper)


def _text(value: Str | Join | Method | Item, given: Given, depth: int) -> Value:
    match value:
        case Str():
            found = value.of if value.of is None else substitute(value.of, given, depth)
            return value if found is None or found == value.of else found
        case Join():
            return texts.join([substitute(part, given, depth) for part in value.parts])
        case Method():
            return texts.again(value.name, substitute(value.of, given, depth))
        case Item():
            return one_of(items_of(given.get((value.of.name, value.of.owner), value.of)))


def _closed(value: Value, given: Given, depth: int) -> Value:
    if isinstance(value, External):
        return _external(value, given, depth)
    return closed(value, given, depth) if isinstance(value, Function | Instance) else value


def _external(value: External, given: Given, depth: int) -> External:
    if value.of is None:
        return value
    of = _external(value.of, given, depth)
    arguments, by_partial = (
        None if each is None else filled(each, given, depth) for each in (value.arguments, value.given)
    )
    return External(value.path, of, arguments, by_partial)


def filled(arguments: Arguments, given: Given, depth: int = 0) -> Arguments:
    """The arguments of a call in which parameters are replaced by the values in `given`."""
    return Arguments(
        tuple(substitute(value, given, depth) for value in arguments.positional),
        tuple((name, substitute(value, given, depth)) for name, value in arguments.keywords),
        arguments.rest,
    )


def closed(value: Function | Instance, given: Given, depth: int = 0) -> Value:
    """A function defined inside a call, or an instance, with the arguments of that call stored in it."""
    bound = {parameter: substitute(old, given, depth) for parameter, old in value.bound}
    home = value.home if isinstance(value, Function) else value.cls.home
    for (name, owner), new in given.items():
        if owner.encloses(home):
            bound.setdefault(Parameter(name, owner), new)
    items = tuple(bound.items())
    if isinstance(value, Instance):
        return Instance(value.cls, items)
    return replace(value, bound=items)


def with_bound(function: Function, bound: tuple[tuple[Parameter, Value], ...], of: Class) -> Function:
    """A method taken from an instance, with the arguments of the instance's constructor stored in it."""
    return replace(function, bound=function.bound + bound, of=of)


def parameters_of(value: Value, depth: int = 0) -> frozenset[Parameter]:
    """The parameters that a string value depends on."""
    match value:
        case Parameter():
            return frozenset({value})
        case Join():
            return frozenset().union(*(parameters_of(part) for part in value.parts))
        case Method() | Item():
            return parameters_of(value.of)
        case Str() if value.of is not None:
            return parameters_of(value.of)
        case Asked():
            return parameters_of(value.usual) | {Parameter(f".{value.name}(…)", value.owner)}
        case _:
            return frozenset()


__all__ = ["Class", "Given", "ParameterRead", "bind", "closed", "filled", "substitute"]

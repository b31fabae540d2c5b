"""Functions of the standard library with known results: copies, items, strings, modules, paths."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from configvars.names import classes, functions, paths, texts
from configvars.names.calls import items_of
from configvars.names.displays import copy_of
from configvars.names.values import (
    UNKNOWN,
    Arguments,
    External,
    FilePath,
    Function,
    Known,
    Mapping,
    Nothing,
    Parameter,
    Sequence,
    Str,
    Value,
    step,
)

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator


def _first(evaluator: Evaluator, given: Arguments) -> Value:
    return given.positional[0] if given.positional else UNKNOWN


def _second(evaluator: Evaluator, given: Arguments) -> Value:
    return given.positional[1] if len(given.positional) > 1 else UNKNOWN


def _items(evaluator: Evaluator, given: Arguments) -> Value:
    first = _first(evaluator, given)
    if isinstance(first, External):
        return _keys(evaluator, first)
    if isinstance(first, Parameter):
        return first  # with the same items
    return Sequence(tuple(items_of(first))) if isinstance(first, Sequence | Mapping) else UNKNOWN


def _keys(evaluator: Evaluator, of: External) -> Value:
    """`set(os.environ)`: the keys of an external mapping that leads to variables."""
    if of.path.endswith(".keys()"):
        return of
    keys = step(of, ".keys()")
    return keys if isinstance(keys, External) and evaluator.interest.covers(keys.path) else UNKNOWN


def _text(evaluator: Evaluator, given: Arguments) -> Value:
    first = _first(evaluator, given)
    if isinstance(first, Known):
        return texts.join([first])
    return first if texts.is_text(first) or isinstance(first, FilePath) else UNKNOWN


def _dict(evaluator: Evaluator, given: Arguments) -> Value:
    first = _first(evaluator, given)
    extra = tuple((Str(name), value) for name, value in given.keywords)
    if isinstance(first, Mapping):
        return Mapping(first.items + extra)
    return copy_of(first, over=(Mapping(extra),)) or (Mapping(extra) if not given.positional else UNKNOWN)


def _copy(evaluator: Evaluator, given: Arguments) -> Value:
    first = _first(evaluator, given)
    return copy_of(first) or first


def _chain(evaluator: Evaluator, given: Arguments) -> Value:
    """`ChainMap(a, os.environ, b)`: looked up in `a` first, then in the environment, then in `b`."""
    maps = given.positional
    outside = [at for at, one in enumerate(maps) if isinstance(one, External)]
    for at in sorted(outside, key=lambda at: maps[at] != External("os.environ")):
        return copy_of(maps[at], over=maps[:at], under=maps[at + 1 :]) or UNKNOWN
    return UNKNOWN


def _proxy(evaluator: Evaluator, given: Arguments) -> Value:
    """`LocalProxy(lambda: current_app.config)` means what the function returns."""
    first = _first(evaluator, given)
    return functions.returned(evaluator, first) if isinstance(first, Function) else UNKNOWN


def _enumerate(evaluator: Evaluator, given: Arguments) -> Value:
    items = items_of(_first(evaluator, given))
    return Sequence(tuple(Sequence((Known(), item)) for item in items))


def _zip(evaluator: Evaluator, given: Arguments) -> Value:
    known = [items_of(value) for value in given.positional if isinstance(value, Sequence | Mapping)]
    columns = [items_of(value) for value in given.positional]
    rows = range(min(map(len, known), default=0))
    return Sequence(tuple(Sequence(tuple(_at(column, row) for column in columns)) for row in rows))


def _at(column: list[Value], row: int) -> Value:
    return column[row] if row < len(column) else UNKNOWN


def _getattr(evaluator: Evaluator, given: Arguments) -> Value:
    of, name = _first(evaluator, given), _second(evaluator, given)
    if isinstance(name, Str):
        return classes.member(evaluator, of, name.text)
    any_name = f"{of.path}.*" if isinstance(of, External) else ""
    return step(of, ".*") if isinstance(of, External) and any_name in evaluator.interest.paths else UNKNOWN


def _module(evaluator: Evaluator, given: Arguments) -> Value:
    name = _first(evaluator, given)
    return evaluator.ask(name.text) if isinstance(name, Str) and not name.text.startswith(".") else UNKNOWN


def _partial(evaluator: Evaluator, given: Arguments) -> Value:
    function = _first(evaluator, given)
    rest = Arguments(given.positional[1:], given.keywords, given.rest)
    if isinstance(function, External) and rest.positional:
        return UNKNOWN
    return functions.partial(function, rest) if isinstance(function, Function | External) else UNKNOWN


def _vars(evaluator: Evaluator, given: Arguments) -> Value:
    """`vars(os)`, which is `os.__dict__`."""
    first = _first(evaluator, given)
    return step(first, DICT) if isinstance(first, External) else UNKNOWN


DICT = ".__dict__"


def _sentinel(evaluator: Evaluator, given: Arguments) -> Value:
    """`MISSING = object()`: a sentinel, treated like `None`."""
    return Nothing(is_sentinel=True)


FUNCTIONS: dict[str, Callable[[Evaluator, Arguments], Value]] = {
    "builtins.object": _sentinel,
    "builtins.dict": _dict,
    "builtins.str": _text,
    "builtins.list": _items,
    "builtins.tuple": _items,
    "builtins.set": _items,
    "builtins.frozenset": _items,
    "builtins.sorted": _items,
    "builtins.reversed": _items,
    "builtins.iter": _items,
    "builtins.enumerate": _enumerate,
    "builtins.zip": _zip,
    "builtins.getattr": _getattr,
    "builtins.vars": _vars,
    "builtins.__import__": _module,
    "importlib.import_module": _module,
    "functools.partial": _partial,
    "collections.ChainMap": _chain,
    "copy.copy": _copy,
    "copy.deepcopy": _copy,
    "types.MappingProxyType": _first,
    "typing.cast": _second,
    "werkzeug.local.LocalProxy": _proxy,
    **paths.FUNCTIONS,
}

"""Parsers of argparse, whose options have defaults from variables: `default=os.getenv("URL")`.

An option that the command of the process does not pass has its default.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import field

from configvars.patterns import lazy_pattern
from configvars.runs.starting.call import Call
from configvars.runs.starting.handlers import Handler, Handlers
from configvars.runs.starting.values import (
    UNKNOWN,
    Class,
    Constant,
    Items,
    Object,
    Reads,
    Table,
    Value,
    text_of,
)

if TYPE_CHECKING:
    from configvars.runs.starting.calls import Calls

_CHANGED = lazy_pattern(
    r"\bsys\.argv[ \t]*(?:\[[^\]\n]*\][ \t]*)?\+?=(?!=)|\bargv\.(?:append|extend|insert|pop|remove)\b"
)
# The command line of a program that gets no arguments, except options without a value.
_PLAIN = lazy_pattern(
    r"\s*(?:\w+:\s*)?(?:exec\s+)?python[\d.]*(?:\s+-[a-zA-Z]+(?<!m))*\s+(?:-m\s+[\w.]+|[\w./-]+\.py)"
    r"(?:\s+-[-\w]+(?:=[\w./:-]*)?)*\s*"
)
_HARMLESS = frozenset({"add_help", "description", "epilog", "formatter_class", "prog", "usage"})


class Parser(Table):
    """A parser: the defaults of its options by the attributes that they set, and how a command passes them.

    `types` convert defaults that are strings; `demanded` are options that a command must pass if variables
    are not set.
    """

    options: dict[str, Sequence[str]] = field(default_factory=dict)
    types: dict[str, Value] = field(default_factory=dict)
    demanded: dict[str, Reads] = field(default_factory=dict)


def parser_of(call: Call) -> Value | None:
    """The parser that a call makes; None for other calls."""
    if call.path != "argparse.ArgumentParser":
        return None
    is_open = not call.named.keys() <= _HARMLESS
    return Value(known=Parser(open=is_open, is_config=True))  # it is no plain dict


def parser_method(calls: Calls, on: Value, parser: Parser, call: Call) -> Value:
    """The result of a method of a parser, or of a group of its options; `call.path` is its name."""
    machine = calls.machine
    match call.path:
        case _ if machine.muted:
            return UNKNOWN
        case "add_argument":
            _add(calls, parser, call.positional, call.named)
        case "add_argument_group" | "add_mutually_exclusive_group":
            return on
        case "error":
            machine.end(call.module, call.node, SystemExit, fails=True)
        case "parse_args" | "parse_known_args":
            made = _parsed(calls, parser, call) if _gets_command(calls, parser, call) else UNKNOWN
            is_pair = call.path == "parse_known_args"
            return Value(known=Items((made, UNKNOWN), kind=tuple)) if is_pair else made
        case "print_help" | "print_usage":
            pass
        case _:
            parser.forget()
    return UNKNOWN


def _gets_command(calls: Calls, parser: Parser, call: Call) -> bool:
    """Whether a known parser certainly gets the arguments of the command."""
    given = [*call.positional, *call.named.values()]
    is_none = all(isinstance(each.known, Constant) and each.known.content is None for each in given)
    modules = calls.machine.modules.values()
    return is_none and not parser.open and not any(_CHANGED.search(each.tree.text) for each in modules)


def _add(calls: Calls, parser: Parser, names: list[Value], given: Mapping[str, Value]) -> None:
    """Add an option; a name that is not known may be any."""
    machine = calls.machine
    options = [text_of(each) or "" for each in names]
    longest = next((each for each in options if each.startswith("--")), next(iter(options), ""))
    into = text_of(given["dest"]) if "dest" in given else longest.lstrip("-").replace("-", "_")
    if not into or "" in options:
        parser.forget()
        return
    required, default = given.get("required"), given.get("default", UNKNOWN)
    demanded = machine.content(required) if required is not None else None
    if demanded is not None and demanded[0] == [True]:
        parser.demanded[into] = demanded[1]
    is_needed = _is_true(required) or (not longest.startswith("-") and not _may_be_left_out(given))
    is_other = is_needed or "action" in given or into in parser.items
    parser.items[into] = UNKNOWN if is_other else default
    parser.types.pop(into, None)
    if "type" in given:
        parser.types[into] = given["type"]
    parser.options[into] = [*parser.options.get(into, ()), *options]


def _may_be_left_out(given: Mapping[str, Value]) -> bool:
    """Whether a command need not pass a positional argument."""
    return "nargs" in given and text_of(given["nargs"]) in ("?", "*")


def _is_true(value: Value | None) -> bool:
    return value is not None and isinstance(value.known, Constant) and value.known.content is True


def _parsed(calls: Calls, parser: Parser, call: Call) -> Value:
    """The result of `parse_args()`. Notes that an option is missing which the command must pass."""
    values = {
        name: UNKNOWN
        if _passes(calls.machine.commands, parser.options[name])
        else _varying(_converted(calls, call, parser.types.get(name), value))
        for name, value in parser.items.items()
    }
    for name, reads in parser.demanded.items():
        if not _passes(calls.machine.commands, parser.options[name]):
            calls.machine.fail_without(call.module, call.node, reads, kind=SystemExit)
    return Value(known=Object(Class({}), names=values))


def _converted(calls: Calls, call: Call, kind: Value | None, default: Value) -> Value:
    """A default that the type of an option has converted, which argparse does with strings only."""
    machine = calls.machine
    found = machine.content(default) if kind is not None else None
    if kind is None or machine.none_without(default):
        return default
    if found is None or not isinstance(found[0][0], str):
        return UNKNOWN
    machine.handlers.append(Handlers((Handler((TypeError, ValueError), ends=True, raises=SystemExit),)))
    try:
        return calls.applied(call.scope, call.node, kind, [default])
    finally:
        machine.handlers.pop()


def _varying(value: Value) -> Value:
    """A default that depends on variables; another one may be changed in ways that are not followed."""
    depends = value.absent or value.empty or value.filled or value.exact is not None
    return value if depends else UNKNOWN


def _passes(commands: Iterable[str], options: Sequence[str]) -> bool:
    """Whether a command may pass an option, which it may abbreviate, or combine with others."""
    if not any(each.startswith("-") for each in options):
        return not all(map(_PLAIN.fullmatch, commands))
    return any(_may_mean(word, option) for word in _words(commands) for option in options)


def _words(commands: Iterable[str]) -> Iterator[str]:
    for command in commands:
        yield from (word.strip("'\",[]").partition("=")[0] for word in command.split())


def _may_mean(word: str, option: str) -> bool:
    if "$" in word or "`" in word:
        return True
    if word.startswith("--"):
        return option.startswith(word)
    return word.startswith("-") and not option.startswith("--") and option[1:2] in word

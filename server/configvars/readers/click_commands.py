"""`auto_envvar_prefix` of click: each option of a command can be set by a variable.

The names follow click 8.5 (`Context`, `Option.resolve_envvar_value`): the prefix of the program, the names of
the subcommands, the name of the option. Arguments have no variable.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from configvars.limits import GROUPS, WRAPPER_CALLS, beyond
from configvars.names import texts
from configvars.names.values import Arguments, External, Function, Mapping, Str, Value
from configvars.readers.base import Argument, Site
from configvars.readers.made import option

PREFIX = "auto_envvar_prefix"
_KINDS = (".group()", ".group", ".command()", ".command")
_ENDINGS = ("command", "cmd", "group", "grp")


def decorators(module: str) -> tuple[str, ...]:
    """The paths of the decorators that make commands and groups, including groups in groups."""
    found = [f"{module}{kind}" for kind in _KINDS]
    groups = [path for path in found if "group" in path]
    for _ in range(GROUPS.most + 1):  # the last level is not examined but counted
        inner = [f"{group}@{kind}" for group in groups for kind in _KINDS]
        found += inner
        groups = [path for path in inner if ".group" in path.rpartition("@")[2]]
    return tuple(found)


def option_variables(site: Site) -> Iterator[Argument]:
    """The variables that click derives for an option from the prefix of its program."""
    command, named = site.decorates, _option_name(site)
    if isinstance(command, External) and command.path.count("@") > GROUPS.most + 1:
        beyond(GROUPS)
    elif isinstance(command, External) and named is not None:
        for prefix in prefixes(site, command):
            yield named.changed("upper").prefixed("_").prefixed(prefix)


def prefixes(
    site: Site, command: External, known: dict[External, tuple[Value, ...]] | None = None
) -> tuple[Value, ...]:
    """The prefixes of the variables of a command's options; none without `auto_envvar_prefix`.

    `known` are the prefixes of groups that were examined before: a group may be in another in several ways.
    """
    known = {} if known is None else known
    if command not in known:
        known[command] = ()
        known[command] = _first(_prefixes(site, command, known))
    return known[command]


def _first(found: Iterator[Value]) -> tuple[Value, ...]:
    kept = tuple(islice(found, WRAPPER_CALLS.most))
    if next(found, None) is not None:
        beyond(WRAPPER_CALLS)
    return tuple(dict.fromkeys(kept))


def _prefixes(site: Site, command: External, known: dict[External, tuple[Value, ...]]) -> Iterator[Value]:
    made_by, given = _decorator(command)
    own = setting(given)
    started = [*_in_calls(site, command)] or ([] if own is None else [own])
    if started:
        yield from map(_as_prefix, started)
        return
    above = made_by.of if made_by is not None else None
    named = name_of(command)
    if above is not None and above.path.endswith("@"):
        yield from below(site, known, above, named)
    for call in site.calls("add_command"):
        added, group = call.argument(0, "cmd"), _owner(call.callee)
        if added is not None and group is not None and is_same(added.value, command):
            renamed = call.argument(1, "name")
            yield from below(site, known, group, renamed.value if renamed else named)


def setting(given: Arguments) -> Value | None:
    """The prefix in the arguments of a command: `context_settings={"auto_envvar_prefix": "APP"}`."""
    settings = option(given, None, "context_settings")
    pairs = settings.items if isinstance(settings, Mapping) else ()
    return next((value for key, value in pairs if isinstance(key, Str) and key.text == PREFIX), None)


def is_same(value: Value, command: External) -> bool:
    """Whether two commands were made from the same function."""
    function = function_of(value) if isinstance(value, External) else None
    return function is not None and function == function_of(command)


def function_of(command: External) -> Function | None:
    """The function from which decorators made a command."""
    given = command.arguments.positional if command.arguments is not None else ()
    return next((value for value in given if isinstance(value, Function)), None)


def below(
    site: Site, known: dict[External, tuple[Value, ...]], group: External, name: Value
) -> Iterator[Value]:
    """The prefixes of a command with a name in a group; `known` is as in `prefixes`."""
    for prefix in prefixes(site, group, known):
        yield _as_prefix(texts.join([prefix, Str("_"), name]))


def _as_prefix(value: Value) -> Value:
    return texts.replaced(texts.method("upper", value), Str("-"), Str("_"))


def _in_calls(site: Site, command: External) -> Iterator[Value]:
    """`cli(auto_envvar_prefix="APP")`, `cli.main(…)` and `runner.invoke(cli, …)` in the same file."""
    for call in site.calls(PREFIX):
        given = call.argument(None, PREFIX)
        started = (call.callee, _owner(call.callee), *(one.value for one in call.positional[:1]))
        if given is not None and any(is_same(one, command) for one in started if one is not None):
            yield given.value


def _owner(callee: Value) -> External | None:
    return callee.of if isinstance(callee, External) else None


def _decorator(command: External) -> tuple[External | None, Arguments]:
    """The decorator that made a command, without its call, and the arguments of that call."""
    by = command.of
    if by is not None and by.path.endswith("()"):
        return by.of, by.arguments or Arguments()
    return by, Arguments()


def name_of(command: External) -> Value:
    """The name of a command: `init-db`, if its function is called `init_db_command` and nothing names it."""
    given = option(_decorator(command)[1], 0, "name")
    if given is not None:
        return given
    named = command.arguments.positional[0] if command.arguments is not None else Str("")
    if not isinstance(named, Str):
        return named
    before, _, last = named.text.rpartition("_")
    return replace(named, text=before if before and last.lower() in _ENDINGS else named.text, written=())


def _option_name(site: Site) -> Argument | None:
    """The name of an option: the one that is an identifier, otherwise the first one with the most dashes."""
    found: list[tuple[int, Argument]] = []
    for declared in site.call.positional:
        if not isinstance(declared.value, Str):
            return declared if site.call.positional else None
        text = declared.value.text
        first = text.partition(";" if text.startswith("/") else "/")[0].rstrip()
        plain = first.lstrip("-").replace("-", "_")
        rank = 9 if text.isidentifier() else len(first) - len(first.lstrip("-"))
        if plain:
            found.append((rank, replace(declared, value=replace(declared.value, text=plain))))
    return max(found, key=lambda pair: pair[0])[1] if found else None

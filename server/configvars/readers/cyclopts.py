"""Cyclopts: `Parameter(env_var=…)`, and `config.Env("APP_")`, which sets the parameters of commands.

Parameters can be given on the command line instead, so no variable is required. Names follow Cyclopts 5.5
(`config/_env.py`): the prefix, the names of the subcommands, the name of the parameter.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.limits import GROUPS, WRAPPER_CALLS, beyond
from configvars.model import Example, Need
from configvars.names import texts
from configvars.names.values import NOTHING, UNKNOWN, Arguments, External, Known, Sequence, Str, Value
from configvars.readers.base import Argument, Fact, Field, PatternRead, Reader, Site, Use
from configvars.readers.made import option

_APP = "cyclopts.App()"
_PARAMETER = "cyclopts.Parameter"
_ENV = "cyclopts.config.Env()"


def _named(site: Site) -> Iterator[Fact]:
    """`Annotated[str, Parameter(env_var="A")] = "x"`."""
    names = site.argument(None, "env_var")
    for name in site.items(names) if names is not None else ():
        yield Use(name, "cyclopts env_var", need=_need(site.default))


def _command(site: Site) -> Iterator[Fact]:
    """`@app.command`, `@app.default`: the parameters of the function."""
    if site.decorates == UNKNOWN or site.of is None:
        return
    command = "" if _word(site) == "default" else _command_name(site)
    for prefix in _prefixes(site, site.of, command, iter(range(WRAPPER_CALLS.most))):
        for field in site.parameters():
            for name in _names(field):
                yield Use(name.prefixed(prefix), "cyclopts config.Env", need=_need(field.value))


def _attribute(site: Site) -> Iterator[Fact]:
    if _word(site) in ("command", "default"):
        yield from _command(site)


def _env(site: Site) -> Iterator[Fact]:
    """`config.Env("APP_")` reads every variable with this prefix."""
    prefix = site.argument(0, "prefix")
    if prefix is not None:
        yield PatternRead(prefix.value)


def _word(site: Site) -> str:
    """`command` or `default`, for a decorator with or without a call."""
    key = site.argument(0) if site.path == _APP else None
    text = key.value.text if key is not None and isinstance(key.value, Str) else site.path
    return text.rpartition(".")[2]


def _command_name(site: Site) -> Value:
    named = site.argument(None, "name") if site.path != _APP else None
    if named is not None:
        return named.value
    function = site.function_name
    return UNKNOWN if function is None else Str(function)


def _prefixes(
    site: Site, app: External, command: Value | str, budget: Iterator[int], depth: int = 0
) -> Iterator[Value]:
    """The prefixes of the variables of a command's parameters, one for each `Env` of its app."""
    given = app.arguments or Arguments()
    config = option(given, None, "config")
    path = [] if command == "" else [command if not isinstance(command, str) else Str(command)]
    for env in config.items if isinstance(config, Sequence) else (config,):
        if isinstance(env, External) and env.path == _ENV:
            yield _behind(env.arguments or Arguments(), path)
    if config is not None:
        return
    if depth > GROUPS.most or next(budget, None) is None:
        beyond(GROUPS if depth > GROUPS.most else WRAPPER_CALLS)
        return
    for call in site.calls("command"):
        added, above = call.argument(0, "obj"), call.callee
        owner = above.of if isinstance(above, External) else None
        if added is not None and added.value == app and owner is not None and owner != app:
            yield from _below(site, owner, option(given, 0, "name"), path, budget, depth)


def _below(
    site: Site, app: External, name: Value | None, path: list[Value], budget: Iterator[int], depth: int
) -> Iterator[Value]:
    whole = texts.join(
        [UNKNOWN if name is None else name, *(part for one in path for part in (Str("_"), one))]
    )
    yield from _prefixes(site, app, whole, budget, depth + 1)


def _behind(env: Arguments, path: list[Value]) -> Value:
    """The prefix of an `Env`, followed by the names of the commands unless the `Env` leaves them out."""
    prefix = option(env, 0, "prefix") or Str("")
    if not path or option(env, None, "command") == Known("False"):
        return prefix
    spelled = texts.method("upper", texts.replaced(path[0], Str("-"), Str("_")))
    return texts.join([prefix, spelled, Str("_")])


def _names(field: Field) -> Iterator[Argument]:
    """The names of a parameter: those in `Parameter(name=…)`, or its own name."""
    for call in field.calls:
        named = call.argument(0, "name")
        if isinstance(call.callee, External) and call.callee.path == _PARAMETER and named is not None:
            for value in named.value.items if isinstance(named.value, Sequence) else (named.value,):
                if isinstance(value, Str) and value.text.startswith("--"):
                    text = value.text.lstrip("-").replace("-", "_").replace(".", "_").upper()
                    yield Argument(replace(value, text=text), named.span)
            return
    yield Argument(Str(field.name.upper().strip("_")), field.span)


def _need(default: Argument | None) -> Need:
    return Need.OPTIONAL if default is None or default.value == NOTHING else Need.DEFAULTED


CYCLOPTS = Reader(
    name="cyclopts",
    triggers=(b"cyclopts",),
    calls={
        _PARAMETER: _named,
        _ENV.removesuffix("()"): _env,
        f"{_APP}.command": _command,
        f"{_APP}.default": _command,
    },
    attributes={_APP: _attribute},
    keep=(_ENV,),
    silent=(
        Example("from cyclopts import App\napp = App()\n@app.command\ndef run(host: str): ...\n"),
        Example("class App: ...\napp = App()\n@app.command\ndef run(host): ...\n"),
    ),
    examples=(
        Example(
            "from typing import Annotated\nfrom cyclopts import App, Parameter\napp = App()\n@app.default\n"
            "def run(a: Annotated[str, Parameter(env_var='A')], b: Annotated[int, Parameter(env_var=['B', 'C'])] = 1): ...\n",
            ("5:46 A read optional", "5:90 B read defaulted", "5:95 C read defaulted"),
        ),
        Example(
            "from cyclopts import App, config\napp = App(config=config.Env('APP_'))\n@app.default\ndef main(db_host='x'): ...\n"
            "@app.command\ndef init_db(rows: int): ...\n@app.command(name='other-one')\ndef more(size): ...\n",
            (
                "4:10 APP_DB_HOST read defaulted",
                "6:13 APP_INIT_DB_ROWS read optional",
                "8:10 APP_OTHER_ONE_SIZE read optional",
            ),
            "the names that parameters have by themselves",
        ),
    ),
)

"""What a call of `Dynaconf(…)` reads: its env file, the names that it takes, and what its validators require."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import EnvFileUse, Need
from configvars.names.values import Arguments, External, Known, Sequence, Str, Value
from configvars.readers.base import Argument, Fact, Handler, PatternRead, Site, Use
from configvars.readers.dynaconf_options import VALIDATOR, joined, must_exist, prefix_of, spelled
from configvars.readers.env_file_uses import path_text
from configvars.readers.made import given_to, option

BY_ITSELF = (PatternRead(Str("DYNACONF_")), PatternRead(Str(""), "_FOR_DYNACONF"))


def made(prefix: str) -> Handler:
    """`Dynaconf(…)` and its variants for frameworks, which have another default prefix."""

    def handle(site: Site) -> Iterator[Fact]:
        given = given_to(site.call)
        found = prefix_of(option(given, None, *spelled("envvar_prefix")) or Str(prefix))
        if found is not None:
            yield PatternRead(found)
        yield from BY_ITSELF
        named = site.argument(None, *spelled("env_switcher"))
        if named is not None:
            yield Use(named, "dynaconf env_switcher", need=Need.DEFAULTED)
        loads = option(given, None, *spelled("load_dotenv")) or Known(str(prefix != "DYNACONF"))
        if loads == Known("True"):
            yield from _env_file(site)
        if found is not None:
            yield from _validated(site, given, found)

    return handle


def _validated(site: Site, given: Arguments, prefix: Value) -> Iterator[Fact]:
    """The variables that `validators=[Validator("A", must_exist=True)]` requires, at the first use of a setting.

    A settings file may contain them instead.
    """
    names = ("settings_file", "settings_files", "settings_module", "includes", "preload", "loaders")
    validators = option(given, None, *spelled("validators"))
    if not isinstance(validators, Sequence) or any(option(given, None, *spelled(each)) for each in names):
        return
    for each in validators.items:
        asked = each.arguments if isinstance(each, External) and each.path == VALIDATOR else None
        if asked is None or asked.rest or not must_exist(asked):
            continue
        for key in asked.positional:
            if isinstance(key, Str):
                name = joined(Argument(Str(key.text.upper()), site.span), Str("__"))
                yield Use(name.prefixed(prefix), "dynaconf.Validator", raises=True)


def _env_file(site: Site) -> Iterator[Fact]:
    wins = site.argument(None, *spelled("dotenv_override"))
    override = wins is not None and wins.value == Known("True")
    named = site.argument(None, *spelled("dotenv_path"))
    path = None if named is None else path_text(named.value)
    if named is None:
        yield EnvFileUse(None, site.span, "dynaconf", override, "file", None, climbs=True)
    elif path is not None:
        yield EnvFileUse(path, named.span, "dynaconf", override, encoding=None)

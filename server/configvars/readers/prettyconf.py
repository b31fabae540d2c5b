"""prettyconf: `config("X", cast, default=…)`, which reads upper-case names.

Source of the signatures: prettyconf 3.0 (`configuration.py`, `loaders.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import EnvFileUse, Example
from configvars.names.values import UNKNOWN, Arguments, External, Nothing, Sequence, Str, Value, alternatives
from configvars.readers.base import Argument, Fact, Reader, Site, Use
from configvars.readers.env_file_uses import path_text
from configvars.readers.handlers import is_unset
from configvars.readers.made import either, made_with, option

_CONFIG = "prettyconf.Configuration()"
_ENVIRONMENT = "prettyconf.loaders.Environment()"
# The position of `var_format` among the arguments of the loaders that read variables or env files.
_LOADERS = {_ENVIRONMENT: 0, "prettyconf.loaders.EnvFile()": 1, "prettyconf.loaders.RecursiveSearch()": None}
_OTHERS = tuple(f"prettyconf.loaders.{name}()" for name in ("IniFile", "CommandLine", "AwsParameterStore"))
_ERRORS = frozenset({"prettyconf.exceptions.UnknownConfigurationError"})


def _read(site: Site) -> Iterator[Fact]:
    key, default = site.argument(0, "item"), site.argument(None, "default")
    if key is None:
        return
    names = list(dict.fromkeys(_spellings(key, option(made_with(site, _CONFIG), 0, "loaders"))))
    if names:
        read = Use(names[0], "prettyconf.config", default=default, raises=is_unset(default), errors=_ERRORS)
        yield from either(read, *names[1:])


def _spellings(key: Argument, loaders: Value | None) -> Iterator[Argument]:
    """The names that the loaders look up for a key."""
    if loaders is None or isinstance(loaders, Nothing):
        yield key.changed("upper")
        return
    for loader in loaders.items if isinstance(loaders, Sequence) else (UNKNOWN,):
        if not isinstance(loader, External):
            yield Argument(UNKNOWN, key.span)
        elif loader.path in _LOADERS:
            yield _spelled(key, option(loader.arguments or Arguments(), _LOADERS[loader.path], "var_format"))


def _spelled(key: Argument, var_format: Value | None) -> Argument:
    path = var_format.path if isinstance(var_format, External) else None
    known = {"builtins.str.upper": "upper", "builtins.str.lower": "lower", "builtins.str": "encode"}
    if var_format is None:
        return key.changed("upper")
    return key.changed(known[path]) if path in known else Argument(UNKNOWN, key.span)


def _env_file(site: Site) -> Iterator[Fact]:
    """`EnvFile("x.env")`, relative to the working directory.

    Without it prettyconf searches upwards from the code.
    """
    path = site.argument(0, "filename")
    for value in alternatives(path.value) if path is not None else (Str(".env"),):
        if (text := path_text(value)) is not None:
            yield EnvFileUse(text, site.span if path is None else path.span, "prettyconf.EnvFile")


PRETTYCONF = Reader(
    name="prettyconf",
    triggers=(b"prettyconf",),
    calls={_CONFIG: _read, "prettyconf.loaders.EnvFile": _env_file},
    objects=(_CONFIG,),
    keep=(*_LOADERS, *_OTHERS, "builtins.str.upper", "builtins.str.lower"),
    aliases={
        "prettyconf.config": _CONFIG,
        "prettyconf.configuration.Configuration": "prettyconf.Configuration",
    },
    silent=(
        Example("from prettyconf import config\nconfig.boolean('yes')\nconfig.list('a,b')\n"),
        Example(
            "from prettyconf import Configuration\nfrom prettyconf.loaders import IniFile\n"
            "config = Configuration(loaders=[IniFile('x.ini')])\nconfig('A')\n",
            note="no variables",
        ),
    ),
    examples=(
        Example(
            "from prettyconf import config\nconfig('A')\nconfig('b', cast=config.boolean, default=False)\n",
            ("2:9 A read required", "3:9 B read defaulted"),
        ),
        Example(
            "from prettyconf import Configuration\nfrom prettyconf.loaders import Environment, EnvFile\n"
            "config = Configuration(loaders=[EnvFile('x.env'), Environment(var_format=str.lower)])\nconfig('Ab')\n",
            ("3:41 loads x.env (cwd)", "4:9 AB read required", "4:9 ab read defaulted"),
        ),
        Example(
            "from prettyconf import Configuration\nfrom mine import loaders\n"
            "config = Configuration(loaders=loaders())\nconfig('A')\n",
            ("4:8 ? prettyconf.config",),
        ),
    ),
)

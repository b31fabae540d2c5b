"""Dynaconf: settings are variables with a prefix, or entries of a settings file.

Rules of dynaconf 3.3 (`base.py`, `loaders/env_loader.py`): prefixes are upper-cased; `"A,B"` means two
prefixes, `False` every variable, `""` names that start with an underscore, `None` no variables; parts of
nested settings are joined by `nested_separator`. `DYNACONF_*` and `*_FOR_DYNACONF` are always read.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.model import Access, EnvFileUse, Example, Need
from configvars.names.values import (
    UNKNOWN,
    Arguments,
    External,
    Known,
    Nothing,
    Sequence,
    Str,
    Value,
    one_of,
)
from configvars.readers.base import Argument, Fact, Handler, PatternRead, Reader, Site, Use
from configvars.readers.env_file_uses import path_text
from configvars.readers.made import given_to, option

_SETTINGS = "dynaconf.Dynaconf()"
_VALIDATOR = "dynaconf.Validator()"
_BY_ITSELF = (PatternRead(Str("DYNACONF_")), PatternRead(Str(""), "_FOR_DYNACONF"))
# Attributes of a settings object that are not settings.
_OWN = frozenset(
    {"as_bool", "as_dict", "as_float", "as_int", "as_json", "clean", "configure", "configured", "current_env"}
    | {"current_namespace", "dynaconf", "dynaconf_clone", "env", "environments", "execute_loaders", "exists"}
    | {"exists_in_environ", "find_file", "flag", "fresh", "from_env", "get", "get_environ", "get_fresh"}
    | {"is_overridden", "items", "keys", "load_file", "loaded_by_loaders", "loaded_envs", "loaded_files"}
    | {"loaders", "logger", "namespace", "path_for", "populate_obj", "pre_load", "reload", "root_path", "set"}
    | {"setdefault", "setenv", "settings_file", "settings_module", "store", "to_dict", "unset", "update"}
    | {"using_env", "using_namespace", "validators", "values"}
)


def _used(idiom: str, access: Access = Access.READ) -> Handler:
    """A read of a setting and of nested settings: `settings.db.host`, `get("DB.HOST")`."""

    def handle(site: Site) -> Iterator[Fact]:
        key = site.argument(0, "key")
        given = _constructor(site.of)
        prefix = _prefix(option(given, None, *_spelled("envvar_prefix")))
        if key is None or prefix is None or site.access is not Access.READ:
            return
        separator = option(given, None, *_spelled("nested_separator")) or Str("__")
        # A settings file can contain the setting instead, so the variable is never required.
        need = Need.DEFAULTED if access is Access.READ else None
        name = _joined(key.changed("upper"), separator).prefixed(prefix)
        yield Use(name, idiom, access, need=need)
        if access is Access.READ and _falls_back(
            option(given, None, *_spelled("sysenv_fallback")), key.value
        ):
            yield Use(key.changed("upper"), idiom, access, need=need)
        yield from (PatternRead(prefix), *_BY_ITSELF)
        for inner in site.onward() if access is Access.READ else ():
            if not isinstance(separator, Str) or not isinstance(inner.value, Str):
                return
            behind = name.suffixed(separator.text).suffixed(_joined(inner.changed("upper"), separator).value)
            name = replace(behind, span=inner.span)
            yield Use(name, idiom, access, need=need)

    return handle


def _falls_back(option: Value | None, key: Value) -> bool:
    """Whether the variable without the prefix counts, too: `sysenv_fallback=True`, or a list of keys."""
    if isinstance(option, Sequence) and isinstance(key, Str):
        return key.text.upper() in {item.text.upper() for item in option.items if isinstance(item, Str)}
    return option == Known("True")


def _joined(key: Argument, separator: Value) -> Argument:
    """The name of the variable for a key with dots."""
    if not isinstance(separator, Str):
        return key
    return key.replaced(".", separator.text)


def _attribute(site: Site) -> Iterator[Fact]:
    """`settings.PORT`: every attribute that is not a method is a setting, in upper or lower case."""
    name = site.argument(0)
    text = name.value.text if name is not None and isinstance(name.value, Str) else "_"
    if text not in _OWN and not text.startswith("_"):
        yield from _ATTRIBUTE(site)


_ATTRIBUTE = _used("dynaconf.")


def _made(prefix: str) -> Handler:
    """`Dynaconf(…)` and its variants for frameworks, which have another default prefix."""

    def handle(site: Site) -> Iterator[Fact]:
        given = given_to(site.call)
        found = _prefix(option(given, None, *_spelled("envvar_prefix")) or Str(prefix))
        if found is not None:
            yield PatternRead(found)
        yield from _BY_ITSELF
        named = site.argument(None, *_spelled("env_switcher"))
        if named is not None:
            yield Use(named, "dynaconf env_switcher", need=Need.DEFAULTED)
        loads = option(given, None, *_spelled("load_dotenv")) or Known(str(prefix != "DYNACONF"))
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
    validators = option(given, None, *_spelled("validators"))
    if not isinstance(validators, Sequence) or any(option(given, None, *_spelled(each)) for each in names):
        return
    for each in validators.items:
        asked = each.arguments if isinstance(each, External) and each.path == _VALIDATOR else None
        if asked is None or asked.rest or not _must_exist(asked):
            continue
        for key in asked.positional:
            if isinstance(key, Str):
                name = _joined(Argument(Str(key.text.upper()), site.span), Str("__"))
                yield Use(name.prefixed(prefix), "dynaconf.Validator", raises=True)


def _must_exist(asked: Arguments) -> bool:
    """Whether a validator requires its settings, without a default or a condition."""
    said = (option(asked, None, each) for each in ("must_exist", "required"))
    other = (option(asked, None, each) for each in ("default", "when", "env"))
    return Known("True") in said and not any(other)


def _env_file(site: Site) -> Iterator[Fact]:
    wins = site.argument(None, *_spelled("dotenv_override"))
    override = wins is not None and wins.value == Known("True")
    named = site.argument(None, *_spelled("dotenv_path"))
    path = None if named is None else path_text(named.value)
    if named is None:
        yield EnvFileUse(None, site.span, "dynaconf", override, "file", None, climbs=True)
    elif path is not None:
        yield EnvFileUse(path, named.span, "dynaconf", override, encoding=None)


def _spelled(name: str) -> tuple[str, ...]:
    """The names under which Dynaconf accepts an option."""
    return name, name.upper(), f"{name.upper()}_FOR_DYNACONF"


def _constructor(settings: External | None) -> Arguments:
    while settings is not None and settings.path != _SETTINGS:
        settings = settings.of
    return (settings.arguments if settings is not None else None) or Arguments()


def _prefix(given: Value | None) -> Value | None:
    """The prefix of the names, from the constructor's `envvar_prefix`; None if no variables are read."""
    if given is None:
        return Str("DYNACONF_")
    if isinstance(given, Nothing):
        return None
    if given == Known("False"):
        return Str("")
    if not isinstance(given, Str):
        return UNKNOWN
    return one_of([Str(f"{part.upper()}_") for part in given.text.split(",")])


DYNACONF = Reader(
    name="dynaconf",
    triggers=(b"dynaconf",),
    calls={
        f"{_SETTINGS}.{name}": _used("dynaconf.get")
        for name in ("get", "get_fresh", "as_int", "as_float", "as_bool", "as_json")
    }
    | {
        _SETTINGS: _used("dynaconf.get"),
        f"{_SETTINGS}.exists": _used("dynaconf.exists", Access.TEST),
        "dynaconf.Dynaconf": _made("DYNACONF"),
        "dynaconf.FlaskDynaconf": _made("FLASK"),
        "dynaconf.DjangoDynaconf": _made("DJANGO"),
    },
    attributes={_SETTINGS: _attribute},
    subscripts={_SETTINGS: _used("dynaconf[]")},
    tests={_SETTINGS: _used("in dynaconf", Access.TEST)},
    objects=(_SETTINGS,),
    keep=(_VALIDATOR,),
    aliases={
        "dynaconf.settings": _SETTINGS,
        "dynaconf.LazySettings": "dynaconf.Dynaconf",
        "dynaconf.base.LazySettings": "dynaconf.Dynaconf",
        "dynaconf.validator.Validator": "dynaconf.Validator",
        "dynaconf.contrib.FlaskDynaconf": "dynaconf.FlaskDynaconf",
    },
    silent=(
        Example("settings = {}\nsettings['X']\nsettings.get('Y')\n"),
        Example("from django.conf import settings\nsettings.get('X')\nsettings.Y\n"),
        Example("from dynaconf import Dynaconf\nDynaconf(envvar_prefix=None)['A']\n", note="no variables"),
        Example(
            "from dynaconf import Dynaconf, Validator as V\nDynaconf(validators=[V('A'), V('B', must_exist=False), "
            "V('C', must_exist=True, default=1), V('D', must_exist=True, when=V('E'))])\n",
            note="not required",
        ),
        Example(
            "from dynaconf import Dynaconf, Validator\n"
            "Dynaconf(settings_files=['s.toml'], validators=[Validator('A', must_exist=True)])\n",
            note="the file may contain it",
        ),
        Example("from dynaconf import settings\nsettings.reload()\nsettings.validators\nsettings.X = 1\n"),
    ),
    examples=(
        Example(
            "from dynaconf import Dynaconf\nsettings = Dynaconf(envvar_prefix='APP')\n"
            "settings['PORT']\nsettings.get('host')\n'DEBUG' in settings\n",
            ("3:11 APP_PORT read defaulted", "4:15 APP_HOST read defaulted", "5:2 APP_DEBUG test -"),
        ),
        Example(
            "-- config.py --\nfrom dynaconf import Dynaconf\nsettings = Dynaconf(envvar_prefix='APP')\n"
            "-- app.py --\nfrom config import settings\nprint(settings.PORT, settings.db.host)\nsettings('A')\n",
            (
                "app.py:2:16 APP_PORT read defaulted",
                "app.py:2:31 APP_DB read defaulted",
                "app.py:2:34 APP_DB__HOST read defaulted",
                "app.py:3:11 APP_A read defaulted",
            ),
            "attributes, in any case",
        ),
        Example(
            "from dynaconf import Dynaconf, Validator\n"
            "Dynaconf(envvar_prefix='APP', validators=[Validator('a.b', 'TOKEN', must_exist=True)])\n",
            ("2:1 APP_A__B read required", "2:1 APP_TOKEN read required"),
            "validators",
        ),
        Example("from dynaconf import settings\nsettings['PORT']\n", ("2:11 DYNACONF_PORT read defaulted",)),
        Example(
            "from dynaconf import Dynaconf\nsettings = Dynaconf(envvar_prefix=False)\nsettings['PORT']\n",
            ("3:11 PORT read defaulted",),
        ),
        Example(
            "from dynaconf import Dynaconf\ns = Dynaconf(envvar_prefix='app,Web', load_dotenv=True, env_switcher='MODE')\n"
            "s.get('db.host')\ns['db']['port'].strip()\ns.db.get('name')\n",
            (
                "2:5 loads the nearest .env (file)",
                "2:71 MODE read defaulted",
                "3:8 APP_DB__HOST read defaulted",
                "3:8 WEB_DB__HOST read defaulted",
                "4:4 APP_DB read defaulted",
                "4:4 WEB_DB read defaulted",
                "4:10 APP_DB__PORT read defaulted",
                "4:10 WEB_DB__PORT read defaulted",
                "5:3 APP_DB read defaulted",
                "5:3 WEB_DB read defaulted",
                "5:11 APP_DB__NAME read defaulted",
                "5:11 WEB_DB__NAME read defaulted",
            ),
            "two prefixes; nested settings",
        ),
        Example(
            "from dynaconf import Dynaconf\ns = Dynaconf(envvar_prefix='A', sysenv_fallback=['HOME_PAGE'])\n"
            "getattr(s, 'PORT'), s.get('HOME_PAGE')\n",
            (
                "3:13 A_PORT read defaulted",
                "3:28 A_HOME_PAGE read defaulted",
                "3:28 HOME_PAGE read defaulted",
            ),
            "`getattr`, and a key whose variable needs no prefix",
        ),
        Example(
            "from dynaconf import Dynaconf\nDynaconf(envvar_prefix='')['A']\n"
            "Dynaconf(nested_separator='___').db.host\n",
            (
                "2:29 _A read defaulted",
                "3:34 DYNACONF_DB read defaulted",
                "3:37 DYNACONF_DB___HOST read defaulted",
            ),
        ),
        Example(
            "from dynaconf import Dynaconf\nfrom mine import options\nDynaconf(**options)['A']\n",
            ("3:21 ? dynaconf[]",),
            "options that nothing tells",
        ),
        Example(
            "from dynaconf import Dynaconf\nfrom mine import prefix\nDynaconf(envvar_prefix=prefix())['A']\n",
            ("3:34 ? dynaconf[]",),
            "a prefix that nothing tells",
        ),
    ),
)

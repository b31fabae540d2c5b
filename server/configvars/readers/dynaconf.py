"""Dynaconf: settings are variables with a prefix, or entries of a settings file.

Rules of dynaconf 3.3 (`base.py`, `loaders/env_loader.py`): prefixes are upper-cased; `"A,B"` means two
prefixes, `False` every variable, `""` names that start with an underscore, `None` no variables; parts of
nested settings are joined by `nested_separator`. `DYNACONF_*` and `*_FOR_DYNACONF` are always read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from configvars.model import Access, Example, Need
from configvars.names.values import (
    UNKNOWN,
    Arguments,
    Str,
    alternatives,
)
from configvars.readers.base import NO_ERRORS, Argument, Fact, Handler, PatternRead, Reader, Site, Use
from configvars.readers.dynaconf_made import BY_ITSELF, made
from configvars.readers.dynaconf_options import (
    SETTINGS,
    VALIDATOR,
    constructor,
    falls_back,
    joined,
    may_be_given,
    prefix_of,
    spelled,
)
from configvars.readers.handlers import is_unset
from configvars.readers.made import either, keys_set, option

_ATTRIBUTE_ERROR = frozenset({"builtins.AttributeError"})
_KEY_ERROR = frozenset({"builtins.KeyError"})
_PARSE_ERROR = frozenset({"dynaconf.utils.parse_conf.DynaconfParseError"})
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


def _used(idiom: str, access: Access = Access.READ, fails: frozenset[str] = NO_ERRORS) -> Handler:
    """A read of a setting and of nested settings: `settings.db.host`, `get("DB.HOST")`.

    `fails` are the exceptions that a read without a default raises.
    """

    def handle(site: Site) -> Iterator[Fact]:
        key = site.argument(0, "key")
        given = constructor(site.of) or Arguments()
        prefix = prefix_of(option(given, None, *spelled("envvar_prefix")))
        if key is None or prefix is None or site.deletes:
            return
        separator = option(given, None, *spelled("nested_separator")) or Str("__")
        name = joined(key.changed("upper"), separator).prefixed(prefix)
        if site.access is Access.WRITE:
            yield Use(name, idiom, Access.WRITE, sets=True)
            return
        onward = site.onward() if access is Access.READ else ()
        default = site.argument(1, "default") if access is Access.READ else None
        is_plain_read = falls_back(option(given, None, *spelled("sysenv_fallback")), key.value)
        is_given = is_plain_read or bool(onward) or may_be_given(site, key.value)
        need = Need.DEFAULTED if is_given and access is Access.READ else None
        raises = bool(fails) and is_unset(default) and need is None
        first, *others = (replace(name, value=each) for each in alternatives(name.value))
        read = Use(first, idiom, access, default, raises, fails, need)
        yield from either(read, *others) if raises else (replace(read, key=each) for each in (first, *others))
        if access is Access.READ and is_plain_read:
            yield Use(key.changed("upper"), idiom, access, need=need)
        yield from (PatternRead(prefix), *BY_ITSELF)
        for inner in onward:
            if not isinstance(separator, Str) or not isinstance(inner.value, Str):
                return
            behind = name.suffixed(separator.text).suffixed(joined(inner.changed("upper"), separator).value)
            name = replace(behind, span=inner.span)
            yield Use(name, idiom, access, need=need)

    return handle


def _attribute(site: Site) -> Iterator[Fact]:
    """`settings.PORT`: every attribute that is not a method is a setting, in upper or lower case."""
    name = site.argument(0)
    text = name.value.text if name is not None and isinstance(name.value, Str) else "_"
    if text not in _OWN and not text.startswith("_"):
        yield from _ATTRIBUTE(site)


_ATTRIBUTE = _used("dynaconf.", fails=_ATTRIBUTE_ERROR)


def _written(keys: Callable[[Site], Iterable[Argument]]) -> Handler:
    """A call that sets settings in code."""

    def handle(site: Site) -> Iterator[Fact]:
        prefix = prefix_of(option(constructor(site.of) or Arguments(), None, *spelled("envvar_prefix")))
        for key in keys(site):
            if prefix is not None:
                name = joined(key.changed("upper"), Str("__")).prefixed(prefix)
                yield Use(name, "dynaconf.set", Access.WRITE, sets=True)

    return handle


def _key(site: Site) -> Iterator[Argument]:
    """The key of `settings.set("PORT", 1)`."""
    key = site.argument(0, "key")
    yield key or Argument(UNKNOWN, site.span)


def _unknown_key(site: Site) -> Iterator[Argument]:
    """Settings of a file, or defaults of validators that are added later."""
    yield Argument(UNKNOWN, site.span)


DYNACONF = Reader(
    name="dynaconf",
    triggers=(b"dynaconf",),
    calls={f"{SETTINGS}.{name}": _used("dynaconf.get") for name in ("get", "get_fresh", "as_bool")}
    | {
        SETTINGS: _used("dynaconf.get"),
        f"{SETTINGS}.as_int": _used("dynaconf.get", fails=_PARSE_ERROR),
        f"{SETTINGS}.as_float": _used("dynaconf.get", fails=_PARSE_ERROR),
        f"{SETTINGS}.as_json": _used("dynaconf.get", fails=_ATTRIBUTE_ERROR),
        **{f"{SETTINGS}.{name}": _written(_key) for name in ("set", "setdefault")},
        f"{SETTINGS}.update": _written(keys_set),
        **{
            f"{SETTINGS}.{name}": _written(_unknown_key)
            for name in ("configure", "load_file", "populate_obj", "validators.register")
        },
        f"{SETTINGS}.exists": _used("dynaconf.exists", Access.TEST),
        "dynaconf.Dynaconf": made("DYNACONF"),
        "dynaconf.FlaskDynaconf": made("FLASK"),
        "dynaconf.DjangoDynaconf": made("DJANGO"),
    },
    attributes={SETTINGS: _attribute},
    subscripts={SETTINGS: _used("dynaconf[]", fails=_KEY_ERROR)},
    tests={SETTINGS: _used("in dynaconf", Access.TEST)},
    objects=(SETTINGS,),
    keep=(VALIDATOR,),
    aliases={
        "dynaconf.settings": SETTINGS,
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
        Example("from dynaconf import settings\nsettings.reload()\nsettings.validators\n"),
    ),
    examples=(
        Example(
            "from dynaconf import Dynaconf\nsettings = Dynaconf(envvar_prefix='APP')\n"
            "settings['PORT']\nsettings.get('host')\n'DEBUG' in settings\n",
            ("3:11 APP_PORT read required", "4:15 APP_HOST read optional", "5:2 APP_DEBUG test -"),
        ),
        Example(
            "-- config.py --\nfrom dynaconf import Dynaconf\nsettings = Dynaconf(envvar_prefix='APP')\n"
            "-- app.py --\nfrom config import settings\nprint(settings.PORT, settings.db.host)\nsettings('A')\n",
            (
                "app.py:2:16 APP_PORT read required",
                "app.py:2:31 APP_DB read defaulted",
                "app.py:2:34 APP_DB__HOST read defaulted",
                "app.py:3:11 APP_A read optional",
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
            ("3:11 PORT read required",),
        ),
        Example(
            "from dynaconf import Dynaconf\ns = Dynaconf(envvar_prefix='app,Web', load_dotenv=True, env_switcher='MODE')\n"
            "s.get('db.host')\ns['db']['port'].strip()\ns.db.get('name')\n",
            (
                "2:5 loads the nearest .env (file)",
                "2:71 MODE read defaulted",
                "3:8 APP_DB__HOST read optional",
                "3:8 WEB_DB__HOST read optional",
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
                "3:13 A_PORT read required",
                "3:28 A_HOME_PAGE read defaulted",
                "3:28 HOME_PAGE read defaulted",
            ),
            "`getattr`, and a key whose variable needs no prefix",
        ),
        Example(
            "from dynaconf import Dynaconf\nDynaconf(envvar_prefix='')['A']\n"
            "Dynaconf(nested_separator='___').db.host\n",
            (
                "2:29 _A read required",
                "3:34 DYNACONF_DB read defaulted",
                "3:37 DYNACONF_DB___HOST read defaulted",
            ),
        ),
        Example(
            "from dynaconf import Dynaconf, Validator\n"
            "s = Dynaconf(A=1, validators=[Validator('B', default=2), Validator('C')])\ns.a, s.B, s.C\n"
            "getattr(s, 'D', 1), s.get('E', 1)\nif hasattr(s, 'F'):\n    s.F\nDynaconf(settings_files=['x.toml']).G\n",
            (
                "3:3 DYNACONF_A read defaulted",
                "3:8 DYNACONF_B read defaulted",
                "3:13 DYNACONF_C read required",
                "4:13 DYNACONF_D read defaulted",
                "4:28 DYNACONF_E read defaulted",
                "5:16 DYNACONF_F test -",
                "6:7 DYNACONF_F read guarded",
                "7:37 DYNACONF_G read defaulted",
            ),
            "defaults of the constructor, of validators and of a read; tests; a settings file",
        ),
        Example(
            "from dynaconf import Dynaconf\ns = Dynaconf()\ns.A = 1\ns.set('b', 2)\ns.update({'C': 3})\n"
            "s.configure()\nprint(s.A, s.B)\ntry:\n    s.D\nexcept AttributeError:\n    pass\n",
            (
                "3:3 DYNACONF_A write -",
                "4:8 DYNACONF_B write -",
                "5:12 DYNACONF_C write -",
                "6:1 ? dynaconf.set",
                "7:9 DYNACONF_A read guarded",
                "7:14 DYNACONF_B read guarded",
                "9:7 DYNACONF_D read guarded",
            ),
            "settings that code sets",
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

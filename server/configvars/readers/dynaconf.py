"""Dynaconf: `settings["X"]` and `settings.get("X")` read `PREFIX_X`, or what a settings file gives."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Access, Example, Need
from configvars.names.values import External, Known, Str, Value
from configvars.readers.base import Fact, Handler, Reader, Site, Use

_SETTINGS = "dynaconf.Dynaconf()"
# Attributes of a settings object that are no settings.
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
    def handle(site: Site) -> Iterator[Fact]:
        key = site.argument(0, "key")
        prefix = _prefix(site.of)
        if key is not None and prefix is not None and site.access is Access.READ:
            # A settings file is as good as the environment, so the variable is never needed.
            need = Need.DEFAULTED if access is Access.READ else None
            yield Use(key.changed("upper").prefixed(prefix), idiom, access, need=need)

    return handle


def _attribute(site: Site) -> Iterator[Fact]:
    """`settings.PORT`: what is no method, in any case, is a setting."""
    name = site.argument(0)
    text = name.value.text if name is not None and isinstance(name.value, Str) else "_"
    if text not in _OWN and not text.startswith("_"):
        yield from _ATTRIBUTE(site)


_ATTRIBUTE = _used("dynaconf.")


def _prefix(settings: External | None) -> Value | None:
    """The constructor's `envvar_prefix`; None where it cannot be told."""
    while settings is not None and settings.path != _SETTINGS:
        settings = settings.of
    given = (
        dict(settings.arguments.keywords) if settings is not None and settings.arguments is not None else {}
    )
    prefix = given.get("envvar_prefix", Str("DYNACONF"))
    if prefix == Known("False"):
        return Str("")
    if not isinstance(prefix, Str):
        return None
    return Str(f"{prefix.text}_", ()) if prefix.text else Str("")


DYNACONF = Reader(
    name="dynaconf",
    triggers=(b"dynaconf",),
    calls={
        f"{_SETTINGS}.{name}": _used("dynaconf.get")
        for name in ("get", "get_fresh", "as_int", "as_float", "as_bool", "as_json")
    }
    | {_SETTINGS: _used("dynaconf.get"), f"{_SETTINGS}.exists": _used("dynaconf.exists", Access.TEST)},
    attributes={_SETTINGS: _attribute},
    subscripts={_SETTINGS: _used("dynaconf[]")},
    tests={_SETTINGS: _used("in dynaconf", Access.TEST)},
    aliases={
        "dynaconf.settings": _SETTINGS,
        "dynaconf.LazySettings": "dynaconf.Dynaconf",
        "dynaconf.base.LazySettings": "dynaconf.Dynaconf",
    },
    silent=(
        Example("settings = {}\nsettings['X']\nsettings.get('Y')\n"),
        Example("from django.conf import settings\nsettings.get('X')\nsettings.Y\n"),
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
                "app.py:3:11 APP_A read defaulted",
            ),
            "attributes, in any case",
        ),
        Example("from dynaconf import settings\nsettings['PORT']\n", ("2:11 DYNACONF_PORT read defaulted",)),
        Example(
            "from dynaconf import Dynaconf\nsettings = Dynaconf(envvar_prefix=False)\nsettings['PORT']\n",
            ("3:11 PORT read defaulted",),
        ),
    ),
)

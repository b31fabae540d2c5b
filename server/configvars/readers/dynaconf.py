"""Dynaconf: `settings["X"]` and `settings.get("X")` read `PREFIX_X`, or what a settings file gives."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Access, Example, Need
from configvars.names.values import External, Known, Str, Value
from configvars.readers.base import Fact, Handler, Reader, Site, Use

_SETTINGS = "dynaconf.Dynaconf()"
_PREFIX = Str("DYNACONF_")


def _used(idiom: str, access: Access = Access.READ) -> Handler:
    def handle(site: Site) -> Iterator[Fact]:
        key = site.argument(0, "key")
        prefix = _prefix(site.of)
        if key is not None and prefix is not None and site.access is Access.READ:
            # A settings file is as good as the environment, so the variable is never needed.
            need = Need.DEFAULTED if access is Access.READ else None
            yield Use(key.changed("upper").prefixed(prefix), idiom, access, need=need)

    return handle


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
    },
    subscripts={_SETTINGS: _used("dynaconf[]")},
    tests={_SETTINGS: _used("in dynaconf", Access.TEST)},
    aliases={
        "dynaconf.settings": _SETTINGS,
        "dynaconf.LazySettings": "dynaconf.Dynaconf",
        "dynaconf.base.LazySettings": "dynaconf.Dynaconf",
    },
    silent=(
        Example("settings = {}\nsettings['X']\nsettings.get('Y')\n"),
        Example("from django.conf import settings\nsettings.get('X')\n"),
    ),
    examples=(
        Example(
            "from dynaconf import Dynaconf\nsettings = Dynaconf(envvar_prefix='APP')\n"
            "settings['PORT']\nsettings.get('host')\n'DEBUG' in settings\n",
            ("3:11 APP_PORT read defaulted", "4:15 APP_HOST read defaulted", "5:2 APP_DEBUG test -"),
        ),
        Example("from dynaconf import settings\nsettings['PORT']\n", ("2:11 DYNACONF_PORT read defaulted",)),
        Example(
            "from dynaconf import Dynaconf\nsettings = Dynaconf(envvar_prefix=False)\nsettings['PORT']\n",
            ("3:11 PORT read defaulted",),
        ),
    ),
)

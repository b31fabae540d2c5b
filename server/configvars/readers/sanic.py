"""Sanic: `app.config` reads every variable with its prefix when the app is created.

Source of the rules: Sanic 25.12 (`config.py`): a key without a default that nothing sets raises AttributeError or
KeyError. Keys that code sets are writes of their variables.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Access, Example, Need
from configvars.names.values import Arguments, Nothing, Str, Value
from configvars.readers.base import NO_ERRORS, Fact, Handler, PatternRead, Reader, Site, Use
from configvars.readers.handlers import is_unset
from configvars.readers.made import keys_set, made_with, option

_APP = "sanic.Sanic()"
_CONFIG = f"{_APP}.config"
_IDIOM = "sanic app.config"
_ATTRIBUTE_ERROR = frozenset({"builtins.AttributeError"})
_KEY_ERROR = frozenset({"builtins.KeyError"})
# `sanic.config.DEFAULT_CONFIG`
_DEFAULTS = frozenset(
    {
        "ACCESS_LOG",
        "AUTO_EXTEND",
        "AUTO_RELOAD",
        "DEPRECATION_FILTER",
        "EVENT_AUTOREGISTER",
        "FORWARDED_FOR_HEADER",
    }
    | {"FORWARDED_SECRET", "GRACEFUL_SHUTDOWN_TIMEOUT", "GRACEFUL_TCP_CLOSE_TIMEOUT", "INSPECTOR"}
    | {"INSPECTOR_API_KEY", "INSPECTOR_HOST", "INSPECTOR_PORT", "INSPECTOR_TLS_CERT", "INSPECTOR_TLS_KEY"}
    | {
        "KEEP_ALIVE",
        "KEEP_ALIVE_TIMEOUT",
        "LOCALHOST",
        "LOCAL_CERT_CREATOR",
        "LOCAL_TLS_CERT",
        "LOCAL_TLS_KEY",
    }
    | {"LOG_EXTRA", "MOTD", "MOTD_DISPLAY", "NOISY_EXCEPTIONS", "NO_COLOR", "PROXIES_COUNT", "REAL_IP_HEADER"}
    | {"REQUEST_BUFFER_SIZE", "REQUEST_ID_HEADER", "REQUEST_MAX_HEADER_SIZE", "REQUEST_MAX_SIZE"}
    | {
        "REQUEST_TIMEOUT",
        "RESPONSE_TIMEOUT",
        "TLS_CERT_PASSWORD",
        "TOUCHUP",
        "USE_UVLOOP",
        "WEBSOCKET_MAX_SIZE",
    }
    | {"WEBSOCKET_PING_INTERVAL", "WEBSOCKET_PING_TIMEOUT"}
)

# The keys of `sanic_ext.config.Config`.
_EXTENSIONS = ("CORS", "HEALTH", "HTTP_", "INJECTION_", "LOGG", "OAS", "SWAGGER_", "TEMPLATING_", "TRACE_")


def _prefix(given: Value | None) -> Value | None:
    """The prefix of the names; None if no variables are read."""
    if given is None:
        return Str("SANIC_")
    is_none = isinstance(given, Nothing) or (isinstance(given, Str) and not given.text)
    return None if is_none else given


def _made(site: Site) -> Iterator[Fact]:
    """`Sanic("shop", env_prefix="SHOP_")`."""
    named = site.argument(None, "env_prefix")
    prefix = _prefix(None if named is None else named.value)
    if prefix is not None:
        yield PatternRead(prefix)


def _loaded(site: Site) -> Iterator[Fact]:
    """`app.config.load_environment_vars("SHOP_")`."""
    named = site.argument(0, "prefix")
    yield PatternRead(Str("SANIC_") if named is None else named.value)


def _used(access: Access = Access.READ, fails: frozenset[str] = NO_ERRORS) -> Handler:
    """`app.config.KEY`, `app.config["KEY"]`, `app.config.get("KEY")`, `"KEY" in app.config`.

    `fails` are the exceptions that a read of a key raises if nothing sets it.
    """

    def handle(site: Site) -> Iterator[Fact]:
        key, default = site.argument(0, "key"), site.argument(1, "default")
        given = made_with(site, _APP)
        prefix = _prefix(option(given, None, "env_prefix"))
        word = key.value.text if key is not None and isinstance(key.value, Str) else "X"
        if key is None or prefix is None or site.deletes or not word.isupper():
            return
        name = key.prefixed(prefix)
        if site.access is Access.WRITE:
            yield Use(name, _IDIOM, Access.WRITE, sets=True)
        elif access is Access.TEST:
            yield Use(name, _IDIOM, Access.TEST)
        else:
            need = Need.DEFAULTED if _may_be_given(given, word) else None
            yield Use(
                name,
                _IDIOM,
                default=default,
                raises=bool(fails) and is_unset(default),
                errors=fails,
                need=need,
            )

    return handle


def _may_be_given(given: Arguments, key: str) -> bool:
    """Whether Sanic, its extensions or another class of configurations may set a key."""
    is_known = key in _DEFAULTS or key.startswith(_EXTENSIONS)
    return is_known or given.rest or option(given, None, "config") is not None


def _updated(site: Site) -> Iterator[Fact]:
    """`app.config.update({"KEY": 1})`; `update_config` of a class or a file sets keys that are not known."""
    prefix = _prefix(option(made_with(site, _APP), None, "env_prefix"))
    is_one = site.path.endswith(".setdefault")
    for key in site.call.positional[:1] if is_one else keys_set(site):
        if prefix is not None:
            yield Use(key.prefixed(prefix), _IDIOM, Access.WRITE, sets=True)


SANIC = Reader(
    name="sanic",
    triggers=(b"sanic",),
    calls={
        "sanic.Sanic": _made,
        f"{_CONFIG}.load_environment_vars": _loaded,
        f"{_CONFIG}.update": _updated,
        f"{_CONFIG}.setdefault": _updated,
        f"{_CONFIG}.update_config": _updated,
        f"{_APP}.update_config": _updated,
        f"{_CONFIG}.get": _used(),
    },
    attributes={_CONFIG: _used(fails=_ATTRIBUTE_ERROR)},
    subscripts={_CONFIG: _used(fails=_KEY_ERROR)},
    tests={_CONFIG: _used(Access.TEST)},
    objects=(_APP,),
    aliases={"sanic.app.Sanic": "sanic.Sanic", f"{_APP}.get_app()": _APP},
    silent=(
        Example(
            "from sanic import Sanic\napp = Sanic('x', env_prefix='')\napp.config.KEY\n", note="no variables"
        ),
        Example("from sanic import response\nresponse.text('X')\n"),
    ),
    examples=(
        Example(
            "from sanic import Sanic\napp = Sanic('shop')\napp.config.A\napp.config['B']\napp.config.get('C', 1)\n",
            ("3:12 SANIC_A read required", "4:13 SANIC_B read required", "5:17 SANIC_C read defaulted"),
        ),
        Example(
            "from sanic import Sanic\napp = Sanic('shop', env_prefix='SHOP_')\napp.config.A\n",
            ("3:12 SHOP_A read required",),
        ),
        Example(
            "from sanic import Sanic\napp = Sanic('shop')\napp.config.REQUEST_TIMEOUT\ngetattr(app.config, 'A', 1)\n"
            "app.config.get('B')\nif 'C' in app.config:\n    app.config.C\nSanic('x', config=Own()).config.D\n",
            (
                "3:12 SANIC_REQUEST_TIMEOUT read defaulted",
                "4:22 SANIC_A read defaulted",
                "5:17 SANIC_B read optional",
                "6:5 SANIC_C test -",
                "7:16 SANIC_C read guarded",
                "8:33 SANIC_D read defaulted",
            ),
            "defaults, tests and another configuration",
        ),
        Example(
            "from sanic import Sanic\napp = Sanic('x')\napp.config.A = 1\napp.config.update({'B': 1})\napp.config.setdefault('C', 1)\n"
            "app.update_config(Own)\nprint(app.config.A)\n",
            (
                "3:12 SANIC_A write -",
                "4:21 SANIC_B write -",
                "5:24 SANIC_C write -",
                "6:1 ? sanic app.config",
                "7:18 SANIC_A read guarded",
            ),
            "keys that code sets",
        ),
    ),
)

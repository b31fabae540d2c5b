"""typed-settings: `load(Settings, "shop")` reads `SHOP_…` for the fields of a class.

Source of the rules: typed-settings 26.0 (`_core.py`, `loaders.py`). Files can set every field, so no variable
is required.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.limits import NESTED_FIELDS, NESTED_MODELS
from configvars.model import Example, Need
from configvars.names import texts
from configvars.names.values import (
    NOTHING,
    UNKNOWN,
    Arguments,
    Class,
    External,
    Nothing,
    Sequence,
    Str,
    Value,
)
from configvars.patterns import lazy_pattern
from configvars.readers.base import Argument, CallParts, Fact, Field, PatternRead, Reader, Site, Use
from configvars.readers.class_fields import fields_of
from configvars.readers.made import option

_ENV = "typed_settings.EnvLoader()"
_DEFAULTS = "typed_settings.default_loaders()"
_NAME = lazy_pattern(r"[\w.]+")
_OPTIONS = frozenset(
    {"typed_settings.option", "typed_settings.secret", "attrs.field", "attr.ib", "dataclasses.field"}
)


def _load(site: Site) -> Iterator[Fact]:
    """`load(Settings, appname="shop", env_prefix=…, config_files_var=…)`."""
    cls, app = site.argument(0, "cls"), site.argument(1, "appname")
    prefix, files = site.argument(None, "env_prefix"), site.argument(None, "config_files_var")
    name = UNKNOWN if app is None else app.value
    if cls is not None:
        yield from _read(site, cls.value, _app_name(name, "_") if prefix is None else prefix.value)
        settings = Argument(_app_name(name, "_SETTINGS") if files is None else files.value, site.span)
        if not isinstance(settings.value, Nothing):
            yield Use(settings, "typed_settings config_files_var", need=Need.DEFAULTED)


def _load_settings(site: Site) -> Iterator[Fact]:
    """`load_settings(Settings, [FileLoader(…), EnvLoader("SHOP_")])`."""
    cls, loaders = site.argument(0, "cls"), site.argument(1, "loaders")
    for loader in loaders.value.items if loaders is not None and isinstance(loaders.value, Sequence) else ():
        if isinstance(loader, External) and loader.path == _ENV and cls is not None:
            yield from _read(site, cls.value, option(loader.arguments or Arguments(), 0, "prefix") or UNKNOWN)


def _app_name(name: Value, behind: str) -> Value:
    return texts.join([texts.replaced(texts.method("upper", name), Str("-"), Str("_")), Str(behind)])


def _read(site: Site, cls: Value, prefix: Value) -> Iterator[Fact]:
    if isinstance(prefix, Nothing):
        return
    yield PatternRead(prefix)
    budget = iter(range(NESTED_FIELDS.most))
    for field, name in _fields(site, cls, prefix, budget):
        yield Use(name, "typed_settings", need=_need(field))


def _fields(
    site: Site, cls: Value, prefix: Value, budget: Iterator[int], depth: int = 0
) -> Iterator[tuple[Field, Argument]]:
    """The fields of a class that are values, with their variables: `SHOP_HOST_NAME` for `host: Host`."""
    for field in fields_of(site, cls):
        if field.name.startswith("_") or next(budget, None) is None:
            continue
        name = Argument(Str(field.name.upper()), field.span).prefixed(prefix)
        models = [model for model in field.shape.models if isinstance(model, Class)]
        if len(models) == 1 and _NAME.fullmatch(field.annotation) and depth < NESTED_MODELS.most:
            yield from _fields(site, models[0], name.suffixed("_").value, budget, depth + 1)
        else:
            yield field, name


def _need(field: Field) -> Need:
    default = field.value
    call: CallParts | None = next((one for one in field.calls if _is_option(one)), None)
    if call is not None:
        default = call.argument(None, "default") or call.argument(None, "factory", "default_factory")
    return Need.OPTIONAL if default is None or default.value == NOTHING else Need.DEFAULTED


def _is_option(call: CallParts) -> bool:
    return isinstance(call.callee, External) and call.callee.path in _OPTIONS


TYPED_SETTINGS = Reader(
    name="typed-settings",
    triggers=(b"typed_settings",),
    calls={
        **dict.fromkeys(("typed_settings.load", "typed_settings.click_options", "typed_settings.cli"), _load),
        "typed_settings.load_settings": _load_settings,
    },
    keep=(_ENV, _DEFAULTS, *_OPTIONS),
    silent=(
        Example("import typed_settings as ts\n@ts.settings\nclass S:\n    host: str\n", note="never loaded"),
        Example("def load(cls, name): ...\nclass S:\n    host: str\nload(S, 'shop')\n"),
    ),
    examples=(
        Example(
            "import typed_settings as ts\n@ts.settings\nclass S:\n    host: str\n    port: int = 1\n"
            "    key: str = ts.secret(default='x')\nts.load(S, 'my-shop')\n",
            (
                "4:5 MY_SHOP_HOST read optional",
                "5:5 MY_SHOP_PORT read defaulted",
                "6:5 MY_SHOP_KEY read defaulted",
                "7:13 MY_SHOP_SETTINGS read defaulted",
            ),
        ),
        Example(
            "import typed_settings as ts\n@ts.settings\nclass Host:\n    name: str\n    port: int = 1\n"
            "@ts.settings\nclass S:\n    host: Host\nts.load(S, 'shop', config_files_var=None)\n",
            ("4:5 SHOP_HOST_NAME read optional", "5:5 SHOP_HOST_PORT read defaulted"),
            "nested classes",
        ),
        Example(
            "import typed_settings as ts\nfrom mine import S\n"
            "ts.load(S, 'x', env_prefix=None, config_files_var='FILES')\n",
            ("3:52 FILES read defaulted",),
        ),
    ),
)

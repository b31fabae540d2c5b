"""typed-settings: `load(Settings, "shop")` reads `SHOP_…` for the fields of a class.

Source of the rules: typed-settings 26.0 (`_core.py`, `loaders.py`). Files can set every field, so a variable is
required only if the code names no file. The variable `SHOP_SETTINGS` can name a file instead.
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


_NOT_VALID = frozenset(f"typed_settings.exceptions.{name}" for name in ("InvalidSettingsError", "TsError"))


def _load(site: Site) -> Iterator[Fact]:
    """`load(Settings, appname="shop", config_files=…, env_prefix=…, config_files_var=…)`."""
    files = site.argument(2, "config_files")
    yield from _loaded(site, only=files is None or files.value == Sequence(()))


def _command(site: Site) -> Iterator[Fact]:
    """`cli(Settings, "shop")`: options of the command can set every field."""
    yield from _loaded(site, only=False)


def _loaded(site: Site, *, only: bool) -> Iterator[Fact]:
    """The reads of `load`; `only`: only variables can set the fields, or the files that a variable names."""
    cls, app = site.argument(0, "cls"), site.argument(1, "appname")
    prefix, files = site.argument(None, "env_prefix"), site.argument(None, "config_files_var")
    name = UNKNOWN if app is None else app.value
    if cls is not None:
        start = _app_name(name, "_") if prefix is None else prefix.value
        settings = Argument(_app_name(name, "_SETTINGS") if files is None else files.value, site.span)
        instead = () if isinstance(settings.value, Nothing) else (settings,)
        only = only and not site.call.rest
        yield from _read(site, cls.value, start, instead, only=only)
        for each in instead:
            yield Use(each, "typed_settings config_files_var", need=Need.DEFAULTED)


def _load_settings(site: Site) -> Iterator[Fact]:
    """`load_settings(Settings, [FileLoader(…), EnvLoader("SHOP_")])`."""
    cls, loaders = site.argument(0, "cls"), site.argument(1, "loaders")
    items = loaders.value.items if loaders is not None and isinstance(loaders.value, Sequence) else ()
    for loader in items:
        if isinstance(loader, External) and loader.path == _ENV and cls is not None:
            prefix = option(loader.arguments or Arguments(), 0, "prefix") or UNKNOWN
            yield from _read(site, cls.value, prefix, (), only=len(items) == 1)


def _app_name(name: Value, behind: str) -> Value:
    return texts.join([texts.replaced(texts.method("upper", name), Str("-"), Str("_")), Str(behind)])


def _read(
    site: Site, cls: Value, prefix: Value, instead: tuple[Argument, ...], *, only: bool
) -> Iterator[Fact]:
    if isinstance(prefix, Nothing):
        return
    yield PatternRead(prefix)
    budget = iter(range(NESTED_FIELDS.most))
    for field, name in _fields(site, cls, prefix, budget):
        need = _need(field)
        if only and need is Need.REQUIRED:
            yield Use(name, "typed_settings", raises=True, errors=_NOT_VALID, instead=instead)
        else:
            yield Use(name, "typed_settings", need=Need.OPTIONAL if need is Need.REQUIRED else need)


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
        if call.argument(None, "init") is not None:
            return Need.OPTIONAL
    if default is None:
        return Need.REQUIRED
    return Need.OPTIONAL if default.value == NOTHING else Need.DEFAULTED


def _is_option(call: CallParts) -> bool:
    return isinstance(call.callee, External) and call.callee.path in _OPTIONS


TYPED_SETTINGS = Reader(
    name="typed-settings",
    triggers=(b"typed_settings",),
    calls={
        "typed_settings.load": _load,
        **dict.fromkeys(("typed_settings.click_options", "typed_settings.cli"), _command),
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
                "4:5 MY_SHOP_HOST read required",
                "5:5 MY_SHOP_PORT read defaulted",
                "6:5 MY_SHOP_KEY read defaulted",
                "7:13 MY_SHOP_SETTINGS read defaulted",
            ),
        ),
        Example(
            "import typed_settings as ts\n@ts.settings\nclass Host:\n    name: str\n    port: int = 1\n"
            "@ts.settings\nclass S:\n    host: Host\nts.load(S, 'shop', config_files_var=None)\n",
            ("4:5 SHOP_HOST_NAME read required", "5:5 SHOP_HOST_PORT read defaulted"),
            "nested classes",
        ),
        Example(
            "import attrs, typed_settings as ts\n@attrs.frozen\nclass S:\n    host: str\n"
            "ts.load(S, appname='shop', config_files=['shop.toml'])\n",
            ("4:5 SHOP_HOST read optional", "5:21 SHOP_SETTINGS read defaulted"),
            "a file may set it",
        ),
        Example(
            "import attrs, typed_settings as ts\n@attrs.frozen\nclass S:\n    host: str\n"
            "try: s = ts.load(S, 'shop', [])\nexcept ts.exceptions.InvalidSettingsError: s = None\n",
            ("4:5 SHOP_HOST read guarded", "5:22 SHOP_SETTINGS read defaulted"),
        ),
        Example(
            "import attrs, typed_settings as ts\n@attrs.frozen\nclass S:\n    host: str\n"
            "ts.load_settings(S, [ts.EnvLoader('P_')])\n"
            "@ts.cli(S, 'shop')\ndef main(s): pass\n",
            (
                "4:5 P_HOST read required",
                "4:5 SHOP_HOST read optional",
                "6:13 SHOP_SETTINGS read defaulted",
            ),
        ),
        Example(
            "import typed_settings as ts\nfrom mine import S\n"
            "ts.load(S, 'x', env_prefix=None, config_files_var='FILES')\n",
            ("3:52 FILES read defaulted",),
        ),
    ),
)

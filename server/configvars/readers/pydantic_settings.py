"""pydantic-settings, versions 1 and 2: the annotated fields of a `BaseSettings` class.

Which variable a field reads follows pydantic-settings 2 (`sources/base.py`, `_extract_field_info`) and
pydantic 1 (`env_settings.py`): the names of an alias without the prefix, else prefix and field. Names are
compared without regard to case unless `case_sensitive`; the variable of a field is then spelled in upper
case, as people do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from configvars.model import EnvFileUse, Example, Need
from configvars.names.values import Class, External, FilePath, Known, Mapping, Nothing, Sequence, Str, Value
from configvars.readers.base import Argument, CallParts, Fact, Field, Reader, Site, Use
from configvars.readers.env_file_uses import path_text
from configvars.readers.pydantic_models import model_fields
from configvars.text import Span

IDIOM = "pydantic-settings"
_BASES = (
    "pydantic_settings.BaseSettings",
    "pydantic_settings.main.BaseSettings",
    "pydantic.BaseSettings",
    "pydantic.v1.BaseSettings",
    "pydantic.env_settings.BaseSettings",
)
_FIELDS = frozenset({"pydantic.Field", "pydantic.v1.Field", "pydantic.fields.Field"})
_CHOICES = frozenset({"pydantic.AliasChoices", "pydantic.aliases.AliasChoices"})
_ELLIPSIS = Known("...")


@dataclass(frozen=True, slots=True)
class _Options:
    """What `model_config` or `class Config` says."""

    prefix: Value
    delimiter: str
    case_sensitive: bool
    files: tuple[Value, ...]


def _read(site: Site) -> Iterator[Fact]:
    options = _options(site)
    for file in options.files:
        text = path_text(file)
        if text is not None:
            yield EnvFileUse(text, site.span, "pydantic env_file")
    for field in site.fields():
        if field.annotated and not field.name.startswith("_") and field.name != "model_config":
            yield from _field(site, field, options)


def _options(site: Site) -> _Options:
    files = _option(site, "env_file")
    delimiter = _option(site, "env_nested_delimiter")
    return _Options(
        prefix=_option(site, "env_prefix") or Str(""),
        delimiter=delimiter.text if isinstance(delimiter, Str) else "",
        case_sensitive=_option(site, "case_sensitive") == Known("True"),
        files=files.items if isinstance(files, Sequence) else (files,) if files is not None else (),
    )


def _option(site: Site, name: str) -> Value | None:
    """An option of `model_config = SettingsConfigDict(…)` or `{…}`, of `class Config`, or of a base's."""
    config = site.member("model_config")
    pairs: tuple[tuple[str, Value], ...] = ()
    if isinstance(config, External) and config.arguments is not None:
        pairs = config.arguments.keywords
    elif isinstance(config, Mapping):
        pairs = tuple((key.text, value) for key, value in config.items if isinstance(key, Str))
    for key, value in pairs:
        if key == name:
            return value
    inner = site.member("Config")
    said = site.member("Config", name) if isinstance(inner, Class) else None
    return said if isinstance(said, Str | Known | Sequence | FilePath) else None


def _field(site: Site, field: Field, options: _Options) -> Iterator[Fact]:
    call = next((call for call in reversed(field.calls) if _path(call.callee) in _FIELDS), None)
    need = _need(site, field, call)
    aliases = _aliases(site, call)
    for alias in aliases:
        yield Use(alias, IDIOM, need=need)
        need = Need.OPTIONAL if need is Need.REQUIRED else need  # one of several names is enough
    if not aliases:
        yield Use(_spelled(field.name, field.span, options.prefix, options), IDIOM, need=need)
        yield from _nested(field, options)


def _spelled(name: str, span: Span, prefix: Value, options: _Options) -> Argument:
    key = Argument(Str(name), span).prefixed(prefix)
    return key if options.case_sensitive else key.changed("upper")


def _nested(field: Field, options: _Options) -> Iterator[Fact]:
    """With `env_nested_delimiter`, the fields of a model: `DB__HOST`."""
    if not options.delimiter:
        return
    for model in field.types:
        for name in model_fields(model):
            key = _spelled(field.name + options.delimiter + name, field.span, options.prefix, options)
            yield Use(key, IDIOM, need=Need.OPTIONAL)


def _aliases(site: Site, call: CallParts | None) -> tuple[Argument, ...]:
    """The names that `validation_alias`, `alias` or pydantic 1's `env` give a field."""
    given = (
        None
        if call is None
        else call.argument(None, "validation_alias") or call.argument(None, "env", "alias")
    )
    if given is None:
        return ()
    choices = site.parts_of(given)
    if choices is None:
        return site.items(given)
    return tuple(choices.positional) if _path(choices.callee) in _CHOICES else choices.positional[:1]


def _need(site: Site, field: Field, call: CallParts | None) -> Need:
    """Required without a default; optional where the default is None."""
    default = field.value
    assigned = None if default is None else site.parts_of(default)
    if call is not None and (default is None or (assigned is not None and _path(assigned.callee) in _FIELDS)):
        default = call.argument(0, "default") or call.argument(None, "default_factory")
    if default is None or default.value == _ELLIPSIS:
        return Need.REQUIRED
    return Need.OPTIONAL if isinstance(default.value, Nothing) else Need.DEFAULTED


def _path(value: Value | None) -> str:
    return value.path if isinstance(value, External) else ""


PYDANTIC_SETTINGS = Reader(
    name="pydantic-settings",
    triggers=(b"BaseSettings",),
    classes=dict.fromkeys(_BASES, _read),
    keep=(
        *_FIELDS,
        *_CHOICES,
        "pydantic.AliasPath()",
        "pydantic_settings.SettingsConfigDict()",
        "pydantic.ConfigDict()",
    ),
    silent=(
        Example("from pydantic import BaseModel\nclass User(BaseModel):\n    name: str\n"),
        Example("class BaseSettings: ...\nclass S(BaseSettings):\n    name: str\n"),
        Example(
            "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    _x: str\n    y = 1\n    def z(self): ...\n"
        ),
    ),
    examples=(
        Example(
            "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n"
            "    secret_key: str\n    debug: bool = False\n    dsn: str | None = None\n",
            (
                "3:5 SECRET_KEY read required",
                "4:5 DEBUG read defaulted",
                "5:5 DSN read optional",
            ),
        ),
        Example(
            "from pydantic_settings import BaseSettings, SettingsConfigDict\nclass S(BaseSettings):\n"
            "    model_config = SettingsConfigDict(env_prefix='APP_', env_file='.env')\n    host: str\n",
            ("2:1 loads .env (cwd)", "4:5 APP_HOST read required"),
        ),
        Example(
            "from pydantic import BaseSettings, Field\nclass S(BaseSettings):\n"
            "    a: str = Field(..., env='A_NAME')\n    b: str = Field('x', env=['B1', 'B2'])\n"
            "    class Config:\n        env_prefix = 'P_'\n    c: int\n",
            (
                "3:30 A_NAME read required",
                "4:31 B1 read defaulted",
                "4:37 B2 read defaulted",
                "7:5 P_C read required",
            ),
            "version 1",
        ),
        Example(
            "from pydantic import AliasChoices, Field\nfrom pydantic_settings import BaseSettings\n"
            "class S(BaseSettings):\n    a: str = Field(validation_alias=AliasChoices('A1', 'A2'))\n"
            "    b: str = Field(alias='B_NAME', default='x')\n",
            (
                "4:51 A1 read required",
                "4:57 A2 read optional",
                "5:27 B_NAME read defaulted",
            ),
        ),
        Example(
            "from typing import Annotated\nfrom pydantic import Field\nfrom pydantic_settings import BaseSettings\n"
            "class S(BaseSettings):\n    a: Annotated[str, Field(alias='X')]\n    b: Annotated[int, Field(gt=0)] = 1\n",
            ("5:36 X read required", "6:5 B read defaulted"),
        ),
        Example(
            "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n"
            "    model_config = {'case_sensitive': True}\n    Host: str\n",
            ("4:5 Host read required",),
        ),
        Example(
            "-- base.py --\nfrom pydantic_settings import BaseSettings, SettingsConfigDict\n"
            "class Base(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix='APP_')\n"
            "-- app.py --\nfrom base import Base\nclass S(Base):\n    host: str\n",
            ("app.py:3:5 APP_HOST read required",),
            "inherited",
        ),
    ),
)

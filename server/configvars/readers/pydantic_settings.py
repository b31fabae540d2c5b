"""pydantic-settings, versions 1 and 2: the annotated fields of a `BaseSettings` class.

Which variable a field reads follows pydantic-settings 2 (`sources/base.py`, `_extract_field_info`) and
pydantic 1 (`env_settings.py`): the names of an alias without the prefix, else prefix and field. Names are
compared without regard to case unless `case_sensitive`; the variable of a field is then spelled in upper
case, as people do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.limits import NESTED_FIELDS, NESTED_MODELS
from configvars.model import EnvFileUse, Example, Need
from configvars.names.values import External, Known, Mapping, Nothing, Sequence, Str, Value
from configvars.readers.base import Argument, CallParts, Fact, Field, Reader, Site, Use
from configvars.readers.env_file_uses import path_text
from configvars.readers.pydantic_options import Options, mapping, options_of
from configvars.text import Place, Span

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
_NULLABLE = re.compile(r"\b(?:Optional\[|None\b)")


def _read(site: Site) -> Iterator[Fact]:
    options = options_of(site)
    for file in options.files:
        text = path_text(file)
        if text is not None:
            yield EnvFileUse(
                text, site.span, "pydantic env_file", encoding=options.encoding, only_for="pydantic"
            )
    budget = iter(range(NESTED_FIELDS.most))
    for field in _fields(site, options):
        yield from _field(site, field, options, budget)
    for base in site.lineage()[1:]:
        inherited = site.statement_of(base)
        if inherited is not None and options_of(inherited).prefix != options.prefix:
            for field in _fields(inherited, options):
                yield from _field(inherited, field, options, budget)


def _fields(site: Site, options: Options) -> Iterator[Field]:
    for field in site.fields():
        if field.name.startswith("_") or field.name == "model_config" or "ClassVar" in field.annotation:
            continue
        is_plain = field.value is not None and isinstance(field.value.value, Str | Known)
        if field.annotated or (options.is_first_version and is_plain):
            yield field


def _field(site: Site, field: Field, options: Options, budget: Iterator[int]) -> Iterator[Fact]:
    call = next((call for call in reversed(field.calls) if _path(call.callee) in _FIELDS), None)
    need = _need(site, field, call, options)
    aliases = _aliases(site, call, options) or tuple(_named_by_config(field, options))
    if len(aliases) > 1 and need is Need.REQUIRED:
        need = Need.OPTIONAL  # one of the names is enough, and none of them is the one
    for alias in aliases:
        yield Use(alias, IDIOM, need=need)
    if not aliases:
        nested = tuple(_nested(site, field, field.name, options, need, budget)) if options.delimiter else ()
        mine = Need.DEFAULTED if nested and need is Need.REQUIRED else need  # JSON, or each on its own
        yield Use(_spelled(field.name, field.span, options), IDIOM, need=mine)
        yield from nested


def _spelled(name: str, span: Span, options: Options) -> Argument:
    key = Argument(Str(name), span).prefixed(options.prefix)
    return key if options.case_sensitive else key.changed("upper")


def _nested(
    site: Site, field: Field, before: str, options: Options, need: Need, budget: Iterator[int], depth: int = 0
) -> Iterator[Use]:
    """With `env_nested_delimiter`, the fields of a model: `DB__HOST`, where the model is written if here.

    `budget` has an item for each that may still be followed.
    """
    if depth > NESTED_MODELS.most:
        return
    for model in field.types:
        here = site.statement_of(model)
        for inner in _fields(here, options) if here is not None else ():
            if next(budget, None) is None:
                return
            name = before + options.delimiter + inner.name
            call = next((call for call in reversed(inner.calls) if _path(call.callee) in _FIELDS), None)
            own = need if need is not Need.REQUIRED or here is None else _need(here, inner, call, options)
            deeper = tuple(_nested(site, inner, name, options, own, budget, depth + 1))
            own = Need.DEFAULTED if deeper and own is Need.REQUIRED else own
            yield Use(_spelled(name, inner.span, options), IDIOM, need=own)
            yield from deeper
        yield from _nested_elsewhere(site, model, before, field.span, options, need, budget, depth)


def _nested_elsewhere(
    site: Site,
    model: Value,
    before: str,
    span: Span,
    options: Options,
    need: Need,
    budget: Iterator[int],
    depth: int,
) -> Iterator[Use]:
    """The fields of a model of another file, at the field that is of it."""
    for inner, of in site.fields_elsewhere(model) if depth <= NESTED_MODELS.most else ():
        if next(budget, None) is None:
            return
        if not inner.startswith("_") and inner != "model_config":
            name = before + options.delimiter + inner
            mine = Need.OPTIONAL if need is Need.REQUIRED else need
            yield Use(_spelled(name, span, options), IDIOM, need=mine)
            yield from _nested_elsewhere(site, of, name, span, options, need, budget, depth + 1)


def _aliases(site: Site, call: CallParts | None, options: Options) -> tuple[Argument, ...]:
    """The names that `validation_alias` or `alias` give a field; in version 1 `env` alone."""
    if call is None:
        return ()
    names = ("env",) if options.is_first_version else ("validation_alias", "alias")
    given = next((one for name in names if (one := call.argument(None, name)) is not None), None)
    if given is None:
        return ()
    choices = site.parts_of(given)
    if choices is None:
        return site.items(given)
    return tuple(choices.positional) if _path(choices.callee) in _CHOICES else choices.positional[:1]


def _named_by_config(field: Field, options: Options) -> Iterator[Argument]:
    """Version 1's `class Config: fields = {"key": {"env": "NAME"}}`."""
    said = mapping(options.named).get(field.name)
    given = mapping(said).get("env") if isinstance(said, Mapping) else None
    for name in given.items if isinstance(given, Sequence) else (given,):
        if isinstance(name, Str) and len(name.written) == 1 and isinstance(at := name.written[0], Place):
            yield Argument(name, at.span)


def _need(site: Site, field: Field, call: CallParts | None, options: Options) -> Need:
    """Required without a default; optional where the default is None."""
    default = field.value
    assigned = None if default is None else site.parts_of(default)
    if call is not None and (default is None or (assigned is not None and _path(assigned.callee) in _FIELDS)):
        default = call.argument(0, "default") or call.argument(None, "default_factory")
    if default is None and options.is_first_version and _NULLABLE.search(field.annotation):
        return Need.OPTIONAL
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
        Example(
            "from typing import ClassVar\nfrom pydantic_settings import BaseSettings\n"
            "class S(BaseSettings):\n    x: ClassVar[int] = 1\n    y: 'ClassVar[str]'\n"
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
                "4:51 A1 read optional",
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
            "class Root(BaseSettings, case_sensitive=True):\n    pass\n"
            "class Base(Root):\n    model_config = SettingsConfigDict(env_prefix='APP_')\n"
            "-- app.py --\nfrom base import Base\nclass S(Base):\n    host: str\n",
            ("app.py:3:5 APP_host read required",),
            "inherited",
        ),
        Example(
            "from pydantic_settings import BaseSettings, SettingsConfigDict\n"
            "class A(BaseSettings, env_prefix='A_'):\n    model_config = SettingsConfigDict(case_sensitive=True)\n"
            "    x: int\nclass B(A):\n    model_config = SettingsConfigDict(extra='ignore')\n    y: int\n",
            ("4:5 A_x read required", "7:5 A_y read required"),
            "options are inherited one by one; keywords of the class are its own",
        ),
        Example(
            "from pydantic_settings import BaseSettings\nclass A(BaseSettings):\n    x: int = 1\n"
            "class B(A):\n    model_config = {'env_prefix': 'B_'}\n",
            ("3:5 B_X read defaulted", "3:5 X read defaulted"),
            "inherited fields under a prefix of one's own",
        ),
        Example(
            "from pydantic import BaseModel\nfrom pydantic_settings import BaseSettings\n"
            "class Db(BaseModel):\n    host: str\n    port: int = 1\n"
            "class S(BaseSettings):\n    model_config = {'env_nested_delimiter': '__'}\n    db: Db\n",
            ("4:5 DB__HOST read required", "5:5 DB__PORT read defaulted", "8:5 DB read defaulted"),
            "the fields of a model, where they are written",
        ),
        Example(
            "-- models.py --\nfrom pydantic import BaseModel\nclass Db(BaseModel):\n    host: str\n"
            "-- app.py --\nfrom pydantic_settings import BaseSettings\nfrom models import Db\n"
            "class S(BaseSettings):\n    model_config = {'env_nested_delimiter': '__'}\n    db: Db = Db()\n",
            ("app.py:5:5 DB read defaulted", "app.py:5:5 DB__HOST read defaulted"),
            "of a model of another file, at the field",
        ),
        Example(
            "from typing import Optional\nfrom pydantic import BaseSettings\nclass S(BaseSettings):\n"
            "    a: Optional[str]\n    b = 'x'\n    c: str\n"
            "    class Config:\n        fields = {'c': {'env': 'C_NAME'}}\n",
            ("4:5 A read optional", "5:5 B read defaulted", "8:33 C_NAME read required"),
            "version 1",
        ),
    ),
)

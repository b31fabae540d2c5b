"""pydantic-settings, versions 1 and 2: the annotated fields of a `BaseSettings` class.

The name of a field's variable follows pydantic-settings 2 (`sources/base.py`, `_extract_field_info`) and
pydantic 1 (`env_settings.py`); `tests/oracles/test_pydantic_settings.py` compares it with the library. Unless
`case_sensitive` is set, names are compared without regard to case, and the variable is shown in upper case,
as people write it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from configvars.limits import NESTED_FIELDS
from configvars.model import EnvFileUse, Example, Need
from configvars.names.holes import ANY_FILE
from configvars.names.values import UNKNOWN, Class, Value
from configvars.pydantic_model import SettingsMade
from configvars.readers.base import Argument, Fact, PatternRead, Reader, Site, Use
from configvars.readers.env_file_uses import path_text
from configvars.readers.pydantic_aliases import names_of, prefixed
from configvars.readers.pydantic_created import created
from configvars.readers.pydantic_fields import Found, fields_of, need_of
from configvars.readers.pydantic_lineage import lineage, names_in
from configvars.readers.pydantic_makes import Make, make_of, makes_of
from configvars.readers.pydantic_nested import Way, any_part_of, nested, parts_of, with_a_required_one
from configvars.readers.pydantic_options import Config, Options, config_of, is_said_by, options_from
from configvars.readers.pydantic_paths import BASES, FIRST_VERSION, GOODCONF, IDIOM, KEPT
from configvars.readers.pydantic_sources import Sources, sources_of
from configvars.readers.pydantic_taken import taken
from configvars.text import Mark, Span

_STRENGTH = (Need.DEFAULTED, Need.OPTIONAL, Need.REQUIRED)
_Reads = dict[tuple[Value, Span], Use]
_Uses = tuple[Use | PatternRead, ...]


def _declared(site: Site) -> Iterator[Fact]:
    """The reads of a class statement, for each way in which its file creates objects of the class."""
    if site.cls is not None:
        yield from _read(site, site.cls, makes_of(site, site.cls), site.span)


def _made(site: Site) -> Iterator[Fact]:
    """The reads at a call of a settings class of another file, if the call changes them."""
    make = make_of(site.call)
    if site.cls is not None:
        yield SettingsMade(site.cls.home)
    if site.cls is not None and make.options:
        yield from _read(site, site.cls, [make], site.name_span)


def _read(site: Site, cls: Class, makes: list[Make], at: Span) -> Iterator[Fact]:
    is_first_version = site.path in FIRST_VERSION
    sources, said = sources_of(site, cls), config_of(site, cls)
    fields = fields_of(site, cls, site.name_span, is_first_version=is_first_version)
    budget = iter(range(NESTED_FIELDS.most))
    reads: _Reads = {}
    makes = makes if sources.arguments else [each.without_fields() for each in makes]
    inherited: set[tuple[Mark, str]] = set()
    for make in makes:
        config = Config(dict(said.values), said.open)
        config.add(make.config())
        options = options_from(config, is_first_version=is_first_version, is_shared=sources.others)
        files = [path_text(file) for file in options.files] if sources.files else []
        for text in files:  # a path that is computed at run time may be any file
            yield EnvFileUse(
                text or ANY_FILE,
                at,
                "pydantic env_file",
                encoding=options.encoding,
                pattern=not text,
                only_for="pydantic",
            )
        bases = {found.of for found in fields.values() if found.of != cls}
        said_there = {base for base in bases if is_said_by(site, base, options)}
        said_by_base = frozenset() if options.delimiter else said_there
        uses = {
            name: _shared(site, found, sources, find) if found.of in said_by_base else tuple(find())
            for name, found in fields.items()
            for find in (partial(_field, site, found, options, sources, make, budget),)
        }
        if not is_first_version:
            yield taken(site, make, fields, uses, options, files)
        for name, found in fields.items():
            if found.of in said_there:
                inherited.update((found.of.home, text) for text, _ in names_in(uses[name]))
                continue
            for use in uses[name]:
                if isinstance(use, Use):
                    _keep(reads, use)
                else:
                    yield use
    yield from reads.values()
    if site.is_here(cls.home):
        given = frozenset().union(*(make.given for make in makes))
        left = [found.field for name, found in fields.items() if name not in given]
        yield lineage(site, cls, reads.values(), inherited, left)


def _keep(reads: _Reads, use: Use) -> None:
    """Of the same read by several ways of creation, keep the one with the strongest need."""
    key = (use.key.value, use.key.span)
    known = reads.get(key)
    if known is None or _strength(use) > _strength(known):
        reads[key] = use


def _strength(use: Use) -> int:
    return _STRENGTH.index(use.need) if use.need in _STRENGTH else 0


def _shared(
    site: Site, found: Found, sources: Sources, find: Callable[[], Iterable[Use | PatternRead]]
) -> _Uses:
    """The reads of an inherited field: the same in all classes, except for what they need."""
    return site.once(("uses", found.of.home, found.field.name, sources.reads), lambda: tuple(find()), ())


def _field(
    site: Site, found: Found, options: Options, sources: Sources, make: Make, budget: Iterator[int]
) -> Iterator[Use | PatternRead]:
    field = found.field
    if not sources.reads:
        if sources.reads is None:
            yield Use(Argument(UNKNOWN, field.span), IDIOM, need=Need.OPTIONAL)
        return
    names = names_of(site, field, options)
    keys = [prefixed(name, options) for name in names]
    # A class that is only derived from may get a validator there that corrects a default.
    checks_defaults = options.checks_defaults and make.is_call and found.of == site.cls
    need = need_of(site, field, is_first_version=options.is_first_version, checks_defaults=checks_defaults)
    is_given = make.gives([field.name, *(getattr(name.value, "text", "") for name, _ in names)], options)
    need = Need.DEFAULTED if is_given else need
    has_others = make.open or options.is_shared  # another source is enough
    is_default = not (has_others or is_given or need is Need.REQUIRED or options.is_first_version)
    need = Need.OPTIONAL if need is Need.REQUIRED and has_others else need
    deeper: tuple[Use | PatternRead, ...] = ()
    any_with: Argument | None = None
    if options.delimiter:
        ways = [Way(key) for key in keys]
        any_with = any_part_of(site, field, ways, options)
        made_by = parts_of(field, ways, options) if is_default else None
        deeper = tuple(nested(site, field, ways, options, need, budget, made_by=made_by))
    elif options.delimiter is None:
        yield Use(Argument(UNKNOWN, field.span), IDIOM, need=Need.OPTIONAL)
    is_json = need is Need.REQUIRED and bool(deeper)
    deeper = with_a_required_one(deeper, keys, any_with) if is_json else deeper
    for key in keys:
        others = tuple(other for other in keys if other != key)
        mine = need if key == keys[0] or need is not Need.REQUIRED else Need.OPTIONAL  # one is enough
        mine = Need.DEFAULTED if is_json else mine
        yield Use(key, IDIOM, need=mine, instead=others, exact=options.case_sensitive, any_with=any_with)
    yield from deeper


PYDANTIC_SETTINGS = Reader(
    name="pydantic-settings",
    triggers=(b"BaseSettings",),
    classes={path: _declared for path in BASES if path != GOODCONF},
    makes=dict.fromkeys(BASES, _made),
    calls=dict.fromkeys(("pydantic.create_model", "pydantic.main.create_model"), created),
    keep=KEPT,
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
            "from pydantic import model_validator\nfrom pydantic_settings import BaseSettings\n"
            "class S(BaseSettings):\n    a: str\n    b: str\n    @model_validator(mode='before')\n"
            "    def fill(cls, data):\n        data.setdefault('a', 'x')\n        return data\n",
            ("4:5 A read optional", "5:5 B read required"),
            "a validator may set the field",
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

"""A program for each way in which a settings class can define what it reads.

The library itself shows what that is.
"""

from __future__ import annotations

from dataclasses import dataclass

HEAD = """\
import os
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any, ClassVar, Dict, List, Literal, NamedTuple, Optional, Union
from typing_extensions import TypedDict
from pydantic import AliasChoices, AliasPath, BaseModel, ConfigDict, Field, Json, SecretStr, create_model
from pydantic.dataclasses import dataclass as validated
from pydantic_settings import BaseSettings, SettingsConfigDict
"""


@dataclass(frozen=True)
class Example:
    """`since` is the first release that accepts the program. `needs`: required names are compared, too.

    `dynamic`: the engine must report that some name is dynamic. `values` are needed for the program to run.
    """

    name: str
    text: str
    since: tuple[int, ...] = (2, 0)
    needs: bool = True
    dynamic: bool = False
    values: tuple[tuple[str, str], ...] = ()


def settings(body: str, *, before: str = "", call: str = "S()", of: str = "BaseSettings") -> str:
    """A settings class `S` with this body. `main` creates an object of it."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"{HEAD}{before}class S({of}):\n{lines}def main():\n    return {call}\n"


DB = "class Db(BaseModel):\n    host: str\n    port: int = 1\n"
NESTED = "model_config = SettingsConfigDict(env_nested_delimiter='__')\n"


def nested(fields: str, before: str = DB, **more: str) -> str:
    """The same with a nested delimiter, and after a model `Db`."""
    return settings(NESTED + fields, before=before, **more)


PLAIN = (
    Example("plain", settings("host: str\nport: int = 1\ndsn: str | None = None")),
    Example(
        "private and class variables",
        settings("host: str\n_x: int = 1\nY: ClassVar[int] = 2"),
    ),
    Example("prefix", settings("model_config = SettingsConfigDict(env_prefix='APP_')\nhost: str")),
    Example("prefix as a dict", settings("model_config = {'env_prefix': 'APP_'}\nhost: str")),
    Example(
        "prefix in a constant",
        settings("model_config = SettingsConfigDict(env_prefix=P + '_')\nhost: str", before="P = 'APP'\n"),
    ),
    Example("prefix by keyword", settings("host: str", of="BaseSettings, env_prefix='APP_'")),
    Example("class Config", settings("host: str\nclass Config:\n    env_prefix = 'APP_'")),
    Example(
        "case", settings("model_config = SettingsConfigDict(case_sensitive=True)\nHost: str\nport: int = 1")
    ),
    Example(
        "case and prefix",
        settings("model_config = SettingsConfigDict(case_sensitive=True, env_prefix='App_')\nHost: str"),
    ),
    Example(
        "env file",
        "-- app.py --\n" + settings("model_config = {'env_file': 'a.env'}\nhost: str") + "-- a.env --\n#\n",
    ),
    Example(
        "enum, literal, secret",
        settings(
            "kind: Kind\nmode: Literal['7', 'b']\nkey: SecretStr", before="class Kind(Enum):\n    A = '7'\n"
        ),
    ),
    Example(
        "fields of a call",
        settings(
            "host: str = Field(...)\nport: int = Field(1)\nx: int = Field(default=2)\ny: list = Field(default_factory=list)"
        ),
    ),
    Example(
        "Annotated",
        settings("host: Annotated[str, Field(min_length=1)]\nport: Annotated[int, Field(gt=0)] = 1"),
    ),
)
ALIASES = (
    Example("alias", settings("model_config = {'env_prefix': 'A_'}\nkey: str = Field(alias='API_KEY')")),
    Example("validation alias", settings("key: str = Field(validation_alias='API_KEY', alias='other')")),
    Example(
        "alias in Annotated",
        settings(
            "key: Annotated[str, Field(alias='API_KEY')]\nother: Annotated[str, Field(alias='O')] = 'x'"
        ),
    ),
    Example("alias in a constant", settings("key: str = Field(alias=NAME)", before="NAME = 'API_KEY'\n")),
    Example(
        "populate by name",
        settings(
            "model_config = {'env_prefix': 'A_', 'populate_by_name': True}\nkey: str = Field(alias='API_KEY')"
        ),
        since=(2, 6),
    ),
    Example(
        "populate by name, with a default",
        settings("model_config = {'populate_by_name': True}\nkey: str = Field('x', alias='API_KEY')"),
        since=(2, 6),
    ),
    Example(
        "validate by name",
        settings("model_config = {'validate_by_name': True}\nkey: str = Field(alias='API_KEY')"),
        since=(2, 10),
    ),
    Example(
        "not by alias",
        settings(
            "model_config = {'validate_by_name': True, 'validate_by_alias': False}\nkey: str = Field(alias='API_KEY')"
        ),
        since=(2, 16),
    ),
    Example(
        "choices", settings("key: str = Field(validation_alias=AliasChoices('A1', 'A2'))\nother: str = 'x'")
    ),
    Example(
        "choices with a path",
        settings("key: str = Field(validation_alias=AliasChoices('A1', AliasPath('A2', 0)))"),
        values=(("A2", '["7"]'),),
    ),
    Example(
        "a path",
        settings("key: str = Field(validation_alias=AliasPath('A2', 0))"),
        since=(2, 16),
        values=(("A2", '["7"]'),),
    ),
    Example(
        "prefix target all",
        settings(
            "model_config = SettingsConfigDict(env_prefix='A_', env_prefix_target='all')\nhost: str\nkey: str = Field(alias='k')"
        ),
        since=(2, 14),
    ),
    Example(
        "prefix target alias",
        settings(
            "model_config = SettingsConfigDict(env_prefix='A_', env_prefix_target='alias')\nhost: str\nkey: str = Field(alias='k')"
        ),
        since=(2, 14),
    ),
    Example(
        "generator",
        settings(
            "model_config = SettingsConfigDict(env_prefix='A_', alias_generator=to_camel)\nmy_host: str\nkey: str = Field(alias='k')",
            before="from pydantic.alias_generators import to_camel\n",
        ),
    ),
    Example(
        "generator of its own",
        settings(
            "model_config = SettingsConfigDict(alias_generator=lambda name: 'X_' + name.upper())\nhost: str"
        ),
    ),
    Example(
        "generator as a function",
        settings(
            "model_config = SettingsConfigDict(alias_generator=made)\nhost: str",
            before="def made(name):\n    return f'x_{name}'\n",
        ),
    ),
    Example(
        "AliasGenerator",
        settings(
            "model_config = SettingsConfigDict(alias_generator=AliasGenerator(validation_alias=str.upper))\nhost: str",
            before="from pydantic import AliasGenerator\n",
        ),
        since=(2, 1),
    ),
    Example(
        "alias by a function",
        settings(
            "key: str = Field(validation_alias=make('key'))",
            before="def make(name):\n    return 'A_' + name.upper()\n",
        ),
    ),
)
MODELS = (
    Example("nested", nested("db: Db")),
    Example("nested with a default", nested("db: Db = Db(host='x')")),
    Example("nested, or None", nested("db: Db | None = None")),
    Example("nested Optional", nested("db: Optional[Db] = None")),
    Example("nested with an alias", nested("db: Db = Field(alias='DATABASE')")),
    Example("nested with choices", nested("db: Db = Field(validation_alias=AliasChoices('D1', 'D2'))")),
    Example(
        "nested and a prefix",
        settings(
            "model_config = SettingsConfigDict(env_prefix='A__', env_nested_delimiter='__')\ndb: Db",
            before=DB,
        ),
    ),
    Example("nested without a delimiter", settings("db: Db", before=DB)),
    Example(
        "alias inside",
        nested(
            "db: Db", "class Db(BaseModel):\n    host: str = Field(alias='hostname')\n    port: int = 1\n"
        ),
    ),
    Example(
        "alias or name inside",
        nested(
            "db: Db",
            "class Db(BaseModel):\n    model_config = ConfigDict(populate_by_name=True)\n    host: str = Field(alias='hostname')\n",
        ),
        needs=False,
    ),
    Example(
        "generator inside",
        nested(
            "db: Db",
            "class Db(BaseModel):\n    model_config = ConfigDict(alias_generator=str.upper)\n    host: str\n",
        ),
    ),
    Example(
        "two levels",
        nested(
            "db: Db",
            "class Pool(BaseModel):\n    size: int\nclass Db(BaseModel):\n    pool: Pool\n    host: str = 'x'\n",
        ),
    ),
    Example(
        "inherited inside",
        nested("db: Db", "class Base(BaseModel):\n    host: str\nclass Db(Base):\n    port: int = 1\n"),
    ),
    Example(
        "quoted",
        f"{HEAD}class S(BaseSettings):\n    {NESTED}    db: 'Db'\n{DB}S.model_rebuild()\ndef main():\n    return S()\n",
    ),
    Example(
        "quoted, or None",
        f"{HEAD}class S(BaseSettings):\n    {NESTED}    db: 'Db | None' = None\n{DB}S.model_rebuild()\ndef main():\n    return S()\n",
    ),
    Example(
        "future annotations",
        f"from __future__ import annotations\n{HEAD}class S(BaseSettings):\n    {NESTED}    db: Db\n{DB}S.model_rebuild()\ndef main():\n    return S()\n",
    ),
    Example("union", nested("db: Union[Db, Other]", DB + "class Other(BaseModel):\n    path: str\n")),
    Example(
        "union in a name",
        nested("db: Any_", DB + "class Other(BaseModel):\n    path: str\nAny_ = Union[Db, Other]\n"),
    ),
    Example(
        "discriminated",
        nested(
            "pet: Annotated[Union[Cat, Dog], Field(discriminator='kind')]",
            "class Cat(BaseModel):\n    kind: Literal['7']\n    lives: int = 9\nclass Dog(BaseModel):\n    kind: Literal['dog']\n    name: str = 'x'\n",
        ),
        needs=False,
    ),
    Example(
        "dataclass",
        nested(
            "db: Db",
            "@dataclass\nclass Db:\n    host: str\n    port: int = 1\n    tags: list = field(default_factory=list)\n",
        ),
    ),
    Example(
        "pydantic dataclass", nested("db: Db", "@validated\nclass Db:\n    host: str\n    port: int = 1\n")
    ),
    Example("TypedDict", nested("db: Db", "class Db(TypedDict):\n    host: str\n    port: int\n")),
    Example(
        "TypedDict, partial",
        nested("db: Db", "class Db(TypedDict, total=False):\n    host: str\n"),
        needs=False,
    ),
    Example("dict", nested("labels: dict[str, str]", "")),
    Example("dict with a default", nested("labels: Dict[str, str] = {}", "")),
    Example("dict of models", nested("dbs: dict[str, Db] = {}")),
    Example(
        "dict inside",
        nested(
            "db: Db = None", "class Db(BaseModel):\n    labels: dict[str, str] = {}\n".replace("= None", "")
        ).replace("db: Db = None", "db: Db"),
    ),
    Example("list", nested("hosts: list[str] = []\nports: List[int]", "")),
    Example(
        "settings inside settings",
        nested(
            "db: Db = Db()",
            "class Db(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix='D_')\n    host: str = ''\n",
        ),
    ),
    Example(
        "delimiter inside a name",
        settings(
            "model_config = SettingsConfigDict(env_nested_delimiter='_')\ndb: Db",
            before="class Db(BaseModel):\n    api_key: str = 'x'\n    host: str\n",
        ),
    ),
    Example(
        "splits",
        settings(
            "model_config = SettingsConfigDict(env_nested_delimiter='_', env_nested_max_split=1)\ndb: Db",
            before="class Db(BaseModel):\n    api_key: str\n",
        ),
        since=(2, 8),
    ),
    Example(
        "generic model",
        nested(
            "db: Db[int]",
            "from typing import Generic, TypeVar\nT = TypeVar('T')\nclass Db(BaseModel, Generic[T]):\n    size: T\n",
        ),
    ),
    Example("Json", nested("db: Json[Db]")),
    Example(
        "case and nested",
        settings(
            "model_config = SettingsConfigDict(case_sensitive=True, env_nested_delimiter='__')\ndb: Db",
            before=DB,
        ),
    ),
    Example(
        "model elsewhere",
        "-- models.py --\nfrom pydantic import BaseModel, Field\nclass Db(BaseModel):\n    host: str\n    key: str = Field('x', alias='secret')\n-- app.py --\n"
        + nested("db: Db", "from models import Db\n"),
    ),
)
BASES = (
    Example(
        "inherited", settings("port: int = 1", before="class Base(BaseSettings):\n    host: str\n", of="Base")
    ),
    Example(
        "inherited under a prefix",
        settings(
            "model_config = {'env_prefix': 'B_'}\nport: int = 1",
            before="class Base(BaseSettings):\n    host: str\n",
            of="Base",
        ).replace(
            "class Base(BaseSettings):\n    host: str",
            "class Base(BaseSettings):\n    model_config = {'env_prefix': 'B_'}\n    host: str",
        ),
    ),
    Example(
        "mixin",
        settings(
            "port: int = 1",
            before="class Mixin(BaseModel):\n    host: str\n    token: str\n",
            of="Mixin, BaseSettings",
        ),
    ),
    Example(
        "mixin elsewhere",
        "-- mixins.py --\nfrom pydantic import BaseModel\nclass Mixin(BaseModel):\n    host: str\n-- app.py --\n"
        + settings("port: int = 1", before="from mixins import Mixin\n", of="Mixin, BaseSettings"),
    ),
    Example(
        "the last base wins",
        settings(
            "z: int = 1",
            before="class A(BaseSettings):\n    model_config = {'env_prefix': 'X_'}\nclass B(BaseSettings):\n    model_config = {'env_prefix': 'Y_'}\n",
            of="A, B",
        ),
    ),
    Example(
        "BaseSettings last",
        settings(
            "z: int = 1",
            before="class A(BaseModel):\n    model_config = {'env_prefix': 'X_'}\n",
            of="A, BaseSettings",
        ),
    ),
    Example(
        "options one by one",
        settings(
            "model_config = {'extra': 'ignore'}\nhost: str",
            before="class A(BaseSettings, env_prefix='A_'):\n    model_config = {'case_sensitive': True}\n",
            of="A",
        ),
    ),
    Example(
        "overridden",
        settings("host: str = 'x'", before="class A(BaseSettings):\n    host: str\n", of="A").replace(
            "class A(BaseSettings):\n    host: str\n", "class A(BaseSettings):\n    host: str = ''\n"
        ),
    ),
    Example(
        "base elsewhere",
        "-- base.py --\nfrom pydantic_settings import BaseSettings\nclass Base(BaseSettings):\n    model_config = {'env_prefix': 'P_'}\n-- app.py --\n"
        + settings("host: str", before="from base import Base\n", of="Base"),
    ),
)
CALLS = (
    Example("prefix at the call", settings("host: str", call="S(_env_prefix='P_')")),
    Example("case at the call", settings("Host: str", call="S(_case_sensitive=True)")),
    Example("delimiter at the call", settings("db: Db", before=DB, call="S(_env_nested_delimiter='__')")),
    Example(
        "file at the call",
        "-- app.py --\n" + settings("host: str", call="S(_env_file='prod.env')") + "-- prod.env --\n#\n",
    ),
    Example(
        "no file at the call",
        "-- app.py --\n"
        + settings("model_config = {'env_file': 'a.env'}\nhost: str", call="S(_env_file=None)")
        + "-- a.env --\n#\n",
    ),
    Example("a field at the call", settings("host: str\nkey: str", call="S(host='x')")),
    Example(
        "an alias at the call",
        settings("host: str\nkey: str = Field(alias='API_KEY')", call="S(API_KEY='x')"),
    ),
    Example("two calls", settings("host: str\nkey: str", call="[S(host='x'), S(host='y', key='z')]")),
    Example(
        "many fields at the call", settings("host: str\nport: int", call="S(**dict(host='x'))"), needs=False
    ),
    Example(
        "constructor",
        settings("host: str\ndef __init__(self, **data):\n    super().__init__(_env_prefix='P_', **data)"),
    ),
    Example(
        "constructor without arguments",
        settings("host: str\nkey: str\ndef __init__(self):\n    super().__init__(host='x')"),
    ),
    Example(
        "secrets", settings("model_config = SettingsConfigDict(secrets_dir='.')\nhost: str"), needs=False
    ),
    Example(
        "command line",
        settings("model_config = SettingsConfigDict(cli_parse_args=True)\nhost: str = ''"),
        since=(2, 4),
    ),
    Example(
        "create_model",
        f"{HEAD}S = create_model('S', __base__=BaseSettings, host=(str, ...), port=(int, 1))\ndef main():\n    return S()\n",
    ),
    Example(
        "create_model with Field",
        f"{HEAD}S = create_model('S', __base__=BaseSettings, key=(str, Field(alias='SHOP_KEY')), "
        "size=(int, Field(5, validation_alias=AliasChoices('SIZE_A', 'SIZE_B'))), host=(str, Field(...)), "
        "port=(int, Field(default=1)), name=(str, Field(description='x')))\ndef main():\n    return S()\n",
    ),
    Example(
        "create_model of a class",
        f"{HEAD}class B(BaseSettings):\n    model_config = {{'env_prefix': 'P_'}}\nS = create_model('S', __base__=B, host=(str, 'x'))\ndef main():\n    return S()\n",
    ),
)
_CUSTOM = """\
host: str = ''
@classmethod
def settings_customise_sources(cls, settings_cls, init_settings, env_settings, dotenv_settings, file_secret_settings):
    return """
SOURCES = (
    Example(
        "all sources",
        settings(_CUSTOM + "init_settings, env_settings, dotenv_settings, file_secret_settings"),
    ),
    Example("no environment", settings(_CUSTOM + "(init_settings,)")),
    Example("environment first", settings(_CUSTOM + "env_settings, init_settings")),
    Example(
        "arguments are no source",
        settings(_CUSTOM.replace(" = ''", "") + "(env_settings,)", call="S(host='x')"),
    ),
    Example(
        "arguments inside another source",
        settings(
            _CUSTOM.replace(" = ''", "") + "(env_settings, Mine(init_settings))",
            before="class Mine:\n    def __init__(self, of):\n        self.of = of\n    def __call__(self):\n        return self.of()\n",
            call="S(host='x')",
        ),
        needs=False,
    ),
    Example(
        "a source of its own",
        settings(
            _CUSTOM + "env_settings, Mine(settings_cls)",
            before="from pydantic_settings import InitSettingsSource\nclass Mine(InitSettingsSource):\n    def __init__(self, cls):\n        super().__init__(cls, {})\n",
        ),
        needs=False,
    ),
    Example(
        "environment of its own",
        settings(
            _CUSTOM + "(Mine(settings_cls),)",
            before="from pydantic_settings import EnvSettingsSource\nclass Mine(EnvSettingsSource):\n    def prepare_field_value(self, *args):\n        return super().prepare_field_value(*args)\n",
        ),
    ),
)
NOT_KNOWN = (
    Example(
        "prefix from the environment",
        settings(
            "model_config = SettingsConfigDict(env_prefix=os.environ.get('PFX', 'APP_'))\nhost: str"
        ).replace("def main():\n    return S()", "x = S"),
        dynamic=True,
    ),
    Example(
        "prefix as a parameter",
        f"{HEAD}def make(prefix):\n    class S(BaseSettings):\n        model_config = {{'env_prefix': prefix}}\n        host: str\n    return S()\ndef main():\n    return make('P_')\n",
    ),
    Example(
        "an item of the options",
        settings("model_config = SettingsConfigDict()\nmodel_config['env_prefix'] = 'APP_'\nhost: str"),
    ),
    Example(
        "an item of the options, perhaps",
        settings(
            "model_config = SettingsConfigDict()\nif len(os.sep) == 1:\n    model_config['env_prefix'] = 'APP_'\nhost: str"
        ),
        dynamic=True,
    ),
    Example(
        "options unpacked",
        settings(
            "model_config = SettingsConfigDict(**CONFIG, extra='ignore')\nhost: str",
            before="CONFIG = {'env_prefix': 'APP_'}\n",
        ),
    ),
    Example(
        "options from a function",
        settings(
            "model_config = made('APP_')\nhost: str",
            before="def made(prefix):\n    return SettingsConfigDict(env_prefix=prefix)\n",
        ),
    ),
    Example(
        "options from a class",
        settings(
            "model_config = Mine(env_prefix='APP_')\nhost: str",
            before="class Mine(SettingsConfigDict):\n    pass\n",
        ),
        dynamic=True,
    ),
    Example(
        "options unpacked from an unknown dict",
        settings(
            "model_config = SettingsConfigDict(**made())\nhost: str",
            before="def made():\n    return dict([('env_prefix', 'APP_')])\n",
        ),
        dynamic=True,
    ),
    Example(
        "a dict with more in it",
        settings(
            "model_config = {**made(), 'extra': 'ignore'}\nhost: str",
            before="def made():\n    return dict([('env_prefix', 'APP_')])\n",
        ),
        dynamic=True,
    ),
    Example(
        "options of a class, changed below",
        settings("host: str").replace("def main", "S.model_config['env_prefix'] = 'APP_'\ndef main"),
        dynamic=True,
    ),
    Example(
        "dynamic alias",
        settings("key: str = Field(alias=''.join(['a', 'b'][::1]))"),
        dynamic=True,
    ),
    Example(
        "dynamic generator",
        settings("model_config = {'alias_generator': lambda name: name[::-1]}\nhost: str"),
        dynamic=True,
    ),
    Example(
        "prefix of the call in a variable",
        settings("host: str", call="[S(_env_prefix=p) for p in ['A_'][::1]]"),
        dynamic=True,
    ),
    Example(
        "dynamic sources",
        settings(
            "host: str\n@classmethod\ndef settings_customise_sources(cls, settings_cls, **sources):\n    return tuple(sources.values())"
        ),
        dynamic=True,
    ),
)
_BEFORE = "host: str\nport: int\n@model_validator(mode='before')\n@classmethod\ndef fill(cls, data):\n"
_VALIDATOR = "from pydantic import field_validator, model_validator\n"


def _before(*lines: str) -> str:
    """A class whose validator gets the values before they are checked."""
    return settings(_BEFORE + "".join(f"    {line}\n" for line in lines), before=_VALIDATOR)


FILLED = (
    Example(
        "a validator that only checks", _before("if not data.get('host'):", "    raise E", "return data")
    ),
    Example("a validator that strips", _before("return {k: v.strip() for k, v in data.items()}")),
    Example("a validator that prints a dict", _before("print({'level': 1})", "return data")),
    Example("a validator for values or none", _before("data = data or {}", "return data")),
    Example("setdefault", _before("data.setdefault('host', 'x')", "return data")),
    Example("an item", _before("data['host'] = data.get('host') or 'x'", "return data")),
    Example("an item of a copy", _before("data = dict(data)", "data['host'] = 'x'", "return data")),
    Example("a dict around the values", _before("return {'host': 'x', **data}")),
    Example(
        "a loop over names",
        _before("for key in ('host', 'port'):", "    data.setdefault(key, '1')", "return data"),
    ),
    Example("a dict of other values", _before("return {key: '1' for key in ('host', 'port')}")),
    Example("values from elsewhere", _before("return dict([('host', 'x'), ('port', 1)])"), needs=False),
    Example(
        "a validator after the check",
        settings(
            "host: str\n@model_validator(mode='after')\ndef check(self):\n    return self", before=_VALIDATOR
        ),
    ),
    Example(
        "a validator of a field",
        settings(
            "host: str\n@field_validator('host', mode='before')\n@classmethod\ndef check(cls, v):\n    return v or 'x'",
            before=_VALIDATOR,
        ),
    ),
    Example(
        "a validator around the check",
        settings(
            "host: str\nport: int\n@model_validator(mode='wrap')\n@classmethod\ndef check(cls, data, handler):\n    return handler({'host': 'x', **data})",
            before=_VALIDATOR,
        ),
    ),
    Example(
        "a constructor that fills",
        settings(
            "host: str\nport: int\ndef __init__(self, **given):\n    given.setdefault('host', 'x')\n    super().__init__(**given)"
        ),
    ),
    Example(
        "a constructor that passes on",
        settings(
            "host: str\ndef __init__(self, **given):\n    super().__init__(**given)\n    print({'a': 1})"
        ),
    ),
    Example("a model as factory", nested("db: Db = Field(default_factory=Db)")),
    Example(
        "a model as factory, without delimiter", settings("db: Db = Field(default_factory=Db)", before=DB)
    ),
    Example(
        "a model with defaults as factory",
        nested("db: Db = Field(default_factory=Db)", DB.replace("str", "str = 'x'")),
    ),
    Example(
        "settings as factory",
        settings(
            "db: Other = Field(default_factory=Other)", before="class Other(BaseSettings):\n    token: str\n"
        ),
    ),
    Example(
        "a generic base",
        f"{HEAD}from typing import Generic, TypeVar\nT = TypeVar('T')\nclass Base(BaseSettings, Generic[T]):\n    item: T\nclass S(Base[int]):\n    zone: str\ndef main():\n    return S()\n",
    ),
)
_NONE = "host: str = None\nport: int = Field(None, gt=0)\n"


def _corrected(sign: str, *, before: str = "", of: str = "BaseSettings") -> str:
    """A class with defaults that its fields do not accept, and a validator that returns another value."""
    body = f"{_NONE}@field_validator({sign})\n@classmethod\ndef check(cls, v):\n    return v or 1"
    return settings(body.replace("or 1", "or '1'"), before=_VALIDATOR + before, of=of)


REFUSED = (
    Example("a corrected default", _corrected("'host', 'port', mode='before'")),
    Example("corrected defaults", _corrected("'*', mode='before'")),
    Example(
        "corrected defaults, in a constant",
        _corrected("*BOTH, mode='before'", before="BOTH = 'host', 'port'\n"),
    ),
    Example("one corrected default", _corrected('"host", mode = "before"')),
    Example("defaults that are not corrected", _corrected("'host', 'port', mode='after'")),
    Example("defaults that are checked later", _corrected("'host', 'port'")),
    Example(
        "defaults that are not checked", settings("model_config = {'validate_default': False}\n" + _NONE)
    ),
    Example(
        "defaults that are not checked, in Config",
        settings(_NONE + "class Config:\n    validate_default = False"),
    ),
    Example("a default that is not checked", settings("host: str = Field(None, validate_default=False)")),
    Example(
        "a corrected default, in the annotation",
        settings(
            "host: Annotated[str, BeforeValidator(str)] = None",
            before="from pydantic import BeforeValidator\n",
        ),
    ),
    Example(
        "accepted defaults",
        settings("a: Any = None\nb: Optional[str] = None\nc: object = None\nd: 'str | None' = None"),
    ),
    Example(
        "a default that another class does not check", nested("db: Db", DB.replace("int = 1", "int = None"))
    ),
    Example(
        "refused defaults",
        settings(
            _NONE + "items: list[str] = None\nkey: 'SecretStr' = Field(default=None, validation_alias='KEY')"
        ),
    ),
    Example(
        "a refused default of a mixin",
        settings(
            "port: int = 1",
            before="class Mixin(BaseModel):\n    host: str = None\n",
            of="Mixin, BaseSettings",
        ),
        needs=False,
    ),
    Example(
        "a refused default of a base",
        settings("port: int = 1", before="class Base(BaseSettings):\n    host: str = None\n", of="Base"),
        needs=False,
    ),
    Example(
        "a field that the call passes in another case",
        settings("host: str\nport: int", call="S(HOST='x')"),
        since=(2, 16),
    ),
    Example(
        "a validator of a derived class",
        settings(
            "@field_validator('host', mode='before')\n@classmethod\ndef check(cls, v):\n    return v or 'x'",
            before=_VALIDATOR + "class Base(BaseSettings):\n    host: str = None\n",
            of="Base",
        ),
    ),
)

EXAMPLES = (*REFUSED, *FILLED, *PLAIN, *ALIASES, *MODELS, *BASES, *CALLS, *SOURCES, *NOT_KNOWN)

"""`check --deploy`: settings and models of pydantic whose variables are not set.

Each program is also really started without its variable.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.properties import REAL_STARTS
from support.started import failing, found_on_app, severities, starting, starts

_APP = (
    "-- app.py --\nimport os\nfrom functools import lru_cache\nfrom typing import Optional\n"
    "from pydantic import BaseModel, Field, computed_field, HttpUrl, SecretStr, ValidationError\n"
    "from pydantic import field_validator, model_validator\n"
    "from pydantic_settings import BaseSettings, SettingsConfigDict\n"
)
_S = f"{_APP}class S(BaseSettings):\n"
_NONE = f"{_S}    a: str | None = None\n"
_EMPTY = f'{_S}    a: str = ""\n'
_HANDLED = "except ValidationError:\n    s = None\n"
_CHECKED = "    @model_validator(mode='after')\n    def check(self):\n"
_FIELD = "    @field_validator('a')\n    @classmethod\n    def check(cls, value):\n"

# Programs that start without the variable.
SILENT = {
    "set on what a cache returns": (
        f"{_NONE}@lru_cache\ndef get():\n    return S()\nget().a = 'x'\nB = get().a.lower()\n"
    ),
    "the variable is set before": f"{_NONE}os.environ['A'] = 'x'\nB = S().a.lower()\n",
    "other types": f"{_S}    a: str | int | None = None\n    b: 'str' = 'x'\nB = S().b.lower()\n",
    "validators of all fields": (
        f"{_EMPTY}    @field_validator('*')\n    @classmethod\n    def check(cls, value):\n"
        "        return value or 'x:y'\nB = S().a.split(':')[1]\n"
    ),
    "settings in settings with other names": (
        f"{_NONE}class T(BaseSettings):\n    model_config = SettingsConfigDict(env_nested_delimiter='__')\n"
        "    s: S = S()\nos.environ['S__A'] = 'x'\nB = T().s.a.lower()\n"
    ),
    "a property": (
        f"{_NONE}    @property\n    def url(self):\n        return self.a.lower() if self.a else ''\n"
        "B = S().url\n"
    ),
    "a property of a required field": (
        f"{_S}    path: str\n    a: str | None = None\n    @property\n    def url(self):\n"
        "        return self.path.lower()\nB = S().url\n"
    ),
    "a method of pydantic": f"{_NONE}B = S().model_copy(update={{'a': 'x'}}).a.lower()\n",
    "a private attribute": (
        f"{_NONE}    _b: str | None = None\n    def model_post_init(self, context):\n        self._b = 'x'\n"
        "B = S()._b.lower()\n"
    ),
    "a validated field that is not known": (
        f"{_NONE}    @field_validator('a', mode='wrap')\n    @classmethod\n"
        "    def check(cls, value, handler):\n        return 'x'\n"
        "    def url(self):\n        return self.a.lower()\nB = S().url()\n"
    ),
    "None": f"{_NONE}B = S().a\n",
    "a default that fits": f'{_S}    a: str = "1"\nB = int(S().a)\n',
    "a number": f"{_S}    a: int = 5432\nB = S().a + 1\n",
    "tested": f"{_NONE}s = S()\nif s.a:\n    B = s.a.lower()\n",
    "an alternative": f'{_NONE}B = (S().a or "x").lower()\n',
    "given": f'{_NONE}B = S(a="x").a.lower()\n',
    "options of the call": f'{_NONE}import tempfile\nB = S(_env_file="x").a\n',
    "assigned elsewhere": (
        f'{_NONE}s = S()\ndef f(one):\n    one.a = "x"\nlist(map(f, [s]))\nB = s.a.lower()\n'
    ),
    "replaced": f'{_NONE}s = S()\ns.a = "x"\nB = s.a.lower()\n',
    "caught": f"{_EMPTY}{_FIELD}        if not value:\n            raise ValueError\n        return value\n"
    "try:\n    s = S()\nexcept ValidationError:\n    s = None\n",
    "what a validator raises is caught": (
        f"{_EMPTY}{_CHECKED}        assert self.a\n        return self\ntry:\n    s = S()\n{_HANDLED}"
    ),
    "a validator that sets a default": (
        f'{_EMPTY}{_FIELD}        return value or "x:y"\nB = S().a.split(":")[1]\n'
    ),
    "a validator that sets another field": (
        f'{_NONE}{_CHECKED}        self.a = "x"\n        return self\nB = S().a.lower()\n'
    ),
    "a validator before": (
        f"{_NONE}    @model_validator(mode='before')\n    @classmethod\n    def check(cls, values):\n"
        '        return {**values, "a": "x"}\nB = S().a.lower()\n'
    ),
    "a validator around": (
        f"{_NONE}    @field_validator('a', mode='wrap')\n    @classmethod\n"
        '    def check(cls, value, handler):\n        return "x"\nB = S().a.lower()\n'
    ),
    "a validator of its type": (
        f"{_APP}from typing import Annotated\nfrom pydantic import BeforeValidator\n"
        "class S(BaseSettings):\n    a: Annotated[str, BeforeValidator(lambda v: v or 'x')] = None\n"
        "B = S().a.lower()\n"
    ),
    "defaults that are not validated": (
        f"{_S}    model_config = SettingsConfigDict(validate_default=False)\n    a: str = None\nB = S()\n"
    ),
    "another source": (
        f"{_S}    a: str | None = None\n    @classmethod\n"
        "    def settings_customise_sources(cls, settings_cls, **_):\n"
        '        return (lambda: {"a": "x"},)\nB = S().a.lower()\n'
    ),
    "in __init__": (
        f"{_NONE}    def __init__(self, **given):\n        super().__init__(a='x')\nB = S().a.lower()\n"
    ),
    "a file that is deployed": (
        "-- defaults.env --\nA=x\n"
        f"{_S}    model_config = SettingsConfigDict(env_file='defaults.env')\n    a: str | None = None\n"
        "B = S().a.lower()\n"
    ),
    "other names": (f"{_S}    a: str | None = Field(None, validation_alias='PATH')\nB = S().a.lower()\n"),
    "a prefix": (
        f"{_S}    model_config = SettingsConfigDict(env_prefix='PA')\n    th: str | None = None\n"
        "B = S().th.lower()\n"
    ),
    "a default of a subclass": f'{_NONE}class T(S):\n    a: str = "x"\nB = T().a.lower()\n',
    "a validator that accepts it": (
        f"{_EMPTY}{_CHECKED}        if self.a and len(self.a) < 3:\n            raise ValueError\n"
        "        return self\nB = S()\n"
    ),
    "a validator of a subclass": (
        f"{_EMPTY}{_CHECKED}        if not self.a:\n            raise ValueError\n        return self\n"
        "class T(S):\n    def check(self):\n        return self\nB = T()\n"
    ),
    "a model that accepts None": (
        f"{_APP}class M(BaseModel):\n    a: Optional[str]\nB = M(a=os.getenv('A'))\n"
    ),
    "a model with another name": (
        f"{_APP}class M(BaseModel):\n    a: str = Field('x', alias='b')\nB = M(a=os.getenv('A'))\n"
    ),
    "defaults of a model": f"{_APP}class M(BaseModel):\n    a: str = os.getenv('A')\nB = M()\n",
    "a validator of a model": (
        f"{_APP}class M(BaseModel):\n    a: str\n    @field_validator('a', mode='before')\n    @classmethod\n"
        "    def check(cls, value):\n        return value or 'x'\nB = M(a=os.getenv('A'))\n"
    ),
}

_REQUIRED = f"{_S}    a: str\n"
_CONF = _REQUIRED.replace("app.py", "conf.py")
_OVERRIDDEN = f"{_REQUIRED}    b: int = 1\nclass T(S):\n    a: str = 'x'\n"
SILENT |= {
    "a required field, and all exceptions are caught": (
        f"{_REQUIRED}try:\n    s = S()\nexcept Exception:\n    s = None\n"
    ),
    "a required field, and the exception is caught": f"{_REQUIRED}try:\n    s = S()\n{_HANDLED}",
    "a required field, and its base class is suppressed": (
        f"{_REQUIRED}import contextlib\nwith contextlib.suppress(ValueError):\n    s = S()\n"
    ),
    "a required field of a function": (
        f"{_REQUIRED}def get():\n    return S()\ntry:\n    s = get()\n{_HANDLED}"
    ),
    "a required field of a base class": (
        f"{_REQUIRED}class T(S):\n    b: int = 1\ntry:\n    s = T()\n{_HANDLED}"
    ),
    "a required field of another file": (
        f"{_CONF}-- app.py --\nimport conf\ntry:\n    s = conf.S()\nexcept ValueError:\n    s = None\n"
    ),
    "an import that fails without a required field": (
        f"-- requirements.txt --\npydantic\npydantic-settings\n{_CONF}s = S()\n"
        "-- app.py --\ntry:\n    from conf import s\nexcept ValueError:\n    s = None\n"
    ),
    "a default of a subclass for a required field": f"{_OVERRIDDEN}B = T()\n",
    "None of a subclass for a required field": (
        f"{_REQUIRED}class T(S):\n    a: Optional[str] = None\nB = T()\n"
    ),
    "a default of a base of the subclass": f"{_OVERRIDDEN}class U(T):\n    c: int = 1\nB = U()\n",
}

_SECRETS = f"{_S}    model_config = SettingsConfigDict(secrets_dir='/run/secrets')\n"
SILENT |= {
    "a folder of secrets in the project": (
        "-- secrets/a --\nx\n" + f"{_SECRETS}    a: str\nB = S()\n".replace("/run/secrets", "secrets")
    ),
    "a folder of secrets, and a default": f"{_SECRETS}    a: str = 'x'\nB = S()\n",
    "a folder of secrets, and a handler": f"{_SECRETS}    a: str\ntry:\n    s = S()\n{_HANDLED}",
}

# Programs that fail without it.
FOUND = {
    "a folder of secrets that a dyno lacks": f"{_SECRETS}    a: str\nB = S()\n",
    "a folder of secrets, and None": f"{_SECRETS}    a: str | None = None\nB = S().a.lower()\n",
    "a required field, and another exception is caught": (
        f"{_REQUIRED}try:\n    s = S()\nexcept KeyError:\n    s = None\n"
    ),
    "a required field, and a handler that exits": (
        f"{_REQUIRED}try:\n    s = S()\nexcept ValidationError:\n    raise SystemExit('A')\n"
    ),
    "a required field, and another object": f"{_REQUIRED}try:\n    s = S()\n{_HANDLED}S()\n",
    "a required field, and an object of a subclass": (
        f"{_REQUIRED}class T(S):\n    b: int = 1\ntry:\n    s = S()\n{_HANDLED}T()\n"
    ),
    "a required field, and the result is used": f"{_REQUIRED}try:\n    s = S()\n{_HANDLED}s.a.lower()\n",
    "an exception of a validator that another handler would catch": (
        f"{_EMPTY}{_CHECKED}        assert self.a\n        return self\n"
        "try:\n    s = S()\nexcept AssertionError:\n    s = None\n"
    ),
    "an import without a handler": f"{_CONF}s = S()\n-- app.py --\nfrom conf import s\n",
    "a default of a subclass, and an object of the base": f"{_OVERRIDDEN}B = T(), S()\n",
    "a default of one subclass": f"{_OVERRIDDEN}class U(S):\n    c: int = 1\nB = T(), U()\n",
    "a subclass that still requires it": f"{_REQUIRED}class T(S):\n    a: int\nB = T()\n",
    "a subclass with another field": f"{_REQUIRED}class T(S):\n    c: int = 1\nB = T()\n",
    "settings in settings": f"{_NONE}class T(BaseSettings):\n    s: S = S()\nB = T().s.a.lower()\n",
    "a property": f"{_NONE}    @property\n    def url(self):\n        return 'x:' + self.a\nB = S().url\n",
    "a computed field": (
        f"{_NONE}    @computed_field\n    @property\n    def url(self) -> str:\n"
        "        return self.a.lower()\nB = S().url\n"
    ),
    "a method": f"{_NONE}    def url(self):\n        return self.a.lower()\nB = S().url()\n",
    "an inherited method": (
        f"{_NONE}    def url(self):\n        return self.a.lower()\nclass T(S):\n    b: int = 1\n"
        "B = T().url()\n"
    ),
    "None": f"{_NONE}B = S().a.lower()\n",
    "Optional": f"{_S}    a: Optional[str] = None\nB = S().a + '/v1'\n",
    "Field": f"{_S}    a: str | None = Field(default=None, description='x')\nB = S().a + '/v1'\n",
    "an empty string": f"{_EMPTY}s = S()\nB = s.a.split(':')[1]\n",
    "a function": (f"{_NONE}@lru_cache\ndef get_settings():\n    return S()\nB = get_settings().a.lower()\n"),
    "a function that returns it": (
        f"{_NONE}@lru_cache()\ndef get_settings() -> S:\n    return S()\n"
        "settings = get_settings()\nif not settings.a:\n    raise RuntimeError('no A')\n"
    ),
    "of another module": (
        f"{_NONE.replace('app.py', 'config.py')}settings = S()\n"
        "-- app.py --\nfrom config import settings\nB = settings.a.lower()\n"
    ),
    "inherited": f"{_NONE}class T(S):\n    b: int = 1\nB = T().a.lower()\n",
    "a validator": (
        f"{_EMPTY}{_CHECKED}        if not self.a:\n            raise ValueError('no A')\n"
        "        return self\nB = S()\n"
    ),
    "a validator of a field": (
        f"{_EMPTY}{_FIELD}        if not value:\n            raise ValueError('no A')\n"
        "        return value\nB = S()\n"
    ),
    "a validator before": (
        f"{_EMPTY}    @field_validator('a', mode='before')\n    @classmethod\n"
        "    def check(cls, value, info):\n        assert value, 'no A'\n        return value\nB = S()\n"
    ),
    "model_post_init": (
        f"{_NONE}    def model_post_init(self, context):\n        if self.a is None:\n"
        "            raise ValueError('no A')\nB = S()\n"
    ),
    "a variable as the default": f"{_S}    a: str = os.getenv('A')\nB = S()\n",
    "a secret": f"{_S}    a: SecretStr = os.getenv('A')\nB = S()\n",
    "None for a string": f"{_S}    a: str = None\nB = S()\n",
    "an empty number": f"{_S}    a: int = os.getenv('A', '')\nB = S()\n",
    "an empty URL": f"{_S}    a: HttpUrl = ''\nB = S()\n",
    "a model": f"{_APP}class M(BaseModel):\n    a: str\nB = M(a=os.getenv('A'))\n",
    "an empty number of a model": f"{_APP}class M(BaseModel):\n    a: int\nB = M(a=os.getenv('A', ''))\n",
    "a validator of a model": (
        f"{_APP}class M(BaseModel):\n    a: str\n{_FIELD}        if not value:\n"
        "            raise ValueError\n        return value\nB = M(a=os.getenv('A', ''))\n"
    ),
    "an engine": (f"{_NONE}from sqlalchemy import create_engine\nengine = create_engine(S().a)\n"),
}

test_program_that_starts_without_its_variable = starting(SILENT)
test_program_that_fails_while_it_starts = failing(FOUND)


def test_names_of_variables_are_compared_without_regard_to_case(tmp_path: Path) -> None:
    found = found_on_app(tmp_path, f"{_NONE}B = S().a.lower()\n", "a=x\n")
    assert not [each for each in found if each.check == "not-on-heroku"]


_NESTED = (
    f"{_APP}class Db(BaseModel):\n    url: str = 'x'\n    port: int = 1\n"
    "class S(BaseSettings):\n    model_config = SettingsConfigDict(env_nested_delimiter='__')\n"
)


@pytest.mark.parametrize("field", ["db: Db = Db()", "db: Db | None = None"])
def test_nested_model_with_a_default(tmp_path: Path, field: str) -> None:
    files = f"{_NESTED}    {field}\nS()\n"
    assert not severities(tmp_path, files)
    if REAL_STARTS:
        assert starts(tmp_path)


def test_nested_model_without_a_default_requires_one_of_its_variables(tmp_path: Path) -> None:
    files = f"{_NESTED}    db: Db\nS()\n"
    found = [each.message for each in found_on_app(tmp_path, files) if each.severity == "error"]
    assert len(found) == 1
    assert "unless DB__URL, DB or DB__PORT is set" in found[0], found
    if REAL_STARTS:
        assert not starts(tmp_path)


@pytest.mark.parametrize("name", ["DB__PORT", "DB", "DB__OTHER", "db__other"])
def test_one_variable_of_a_nested_model_is_enough(tmp_path: Path, name: str) -> None:
    assert not severities(tmp_path, f"{_NESTED}    db: Db\nS()\n", f"{name}={{}}\n")


@pytest.mark.parametrize(
    ("options", "does_start"), [("extra='allow'", True), ("extra='forbid'", False), ("", True)]
)
def test_unknown_name_of_a_nested_model(tmp_path: Path, options: str, does_start: bool) -> None:
    nested = _NESTED.replace("    url:", f"    model_config = dict({options})\n    url:")
    found = severities(tmp_path, f"{nested}    db: Db\nS()\n", "DB__OTHER=x\n")
    assert found == (set() if does_start else {"error"})
    if REAL_STARTS:
        assert _started_with(tmp_path, "DB__OTHER=x\n") == does_start


_PARTS = (
    f"{_APP}from typing import Annotated\nfrom pydantic import BeforeValidator\n"
    "class Pool(BaseModel):\n    size: int\n    name: str = 'x'\n"
    "class Db(BaseModel):\n    host: str\n    port: int\n    pool: Pool | None = None\n"
    "class S(BaseSettings):\n    model_config = SettingsConfigDict(env_nested_delimiter='__')\n"
)
_DEFAULT = "db: Db = Db(host='x', port=1)"
_BOTH = "DB__HOST=x\nDB__PORT=1\n"
# Optional fields and config vars of which some set parts of a model: programs that start.
PARTS_THAT_START = {
    "none": ("db: Db | None = None", ""),
    "all that are required": ("db: Db | None = None", _BOTH),
    "all in JSON": ("db: Db | None = None", 'DB={"host":"x","port":1}\n'),
    "the others in JSON": ("db: Db | None = None", 'DB={"host":"x"}\nDB__PORT=1\n'),
    "one in a default that is kept": (
        f"model_config['nested_model_default_partial_update'] = True\n    {_DEFAULT}",
        "DB__PORT=1\n",
    ),
    "another type accepts them": ("db: Db | dict | None = None", "DB__PORT=1\n"),
    "another model accepts them": ("db: Db | Pool | None = None", "DB__SIZE=1\n"),
    "a model with defaults": ("pool: Pool = Pool(size=1)", "POOL__SIZE=1\n"),
    "a model in the model": ("db: Db | None = None", f"{_BOTH}DB__POOL__SIZE=1\n"),
    "a validator adds the others": (
        "db: Db | None = None\n    @field_validator('db', mode='before')\n    @classmethod\n"
        "    def add(cls, value):\n        return {'host': 'x', **(value or {})}",
        "DB__PORT=1\n",
    ),
    "a validator in the annotation adds the others": (
        "db: Annotated[Db | None, BeforeValidator(lambda v: {'host': 'x', **v})] = None",
        "DB__PORT=1\n",
    ),
    "a validator in the annotation of a required model": (
        "db: Annotated[Db, BeforeValidator(lambda v: {'host': 'x', **v})]",
        "DB__PORT=1\n",
    ),
    "an empty one does not count": (
        "model_config['env_ignore_empty'] = True\n    db: Db | None = None",
        "DB__PORT=\n",
    ),
    "a name that only begins in the same way": ("db: Db | None = None", "DBA__PORT=1\n"),
}
# Programs that fail, with the variable that they lack.
PARTS_THAT_FAIL = {
    "one of an optional model": ("db: Db | None = None", "DB__PORT=1\n", "DB__HOST"),
    "in lower case": ("db: Optional[Db] = None", "db__port=1\n", "DB__HOST"),
    "one of a default": (_DEFAULT, "DB__PORT=1\n", "DB__HOST"),
    "a factory": (
        "db: Db = Field(default_factory=lambda: Db(host='x', port=1))",
        "DB__PORT=1\n",
        "DB__HOST",
    ),
    "a part of a part": ("db: Db | None = None", f"{_BOTH}DB__POOL__NAME=x\n", "DB__POOL__SIZE"),
    "a part of a part of a required model": ("db: Db", f"{_BOTH}DB__POOL__NAME=x\n", "DB__POOL__SIZE"),
    "another name": ("db: Db | None = Field(None, alias='X')", "X__PORT=1\n", "X__HOST"),
}


def _started_with(root: Path, variables: str) -> bool:
    pairs = (line.split("=", 1) for line in variables.splitlines())
    code = "".join(f"import os; os.environ[{name!r}] = {value!r}; " for name, value in pairs)
    return starts(root, f"{code}import app")


@pytest.mark.parametrize(("field", "variables"), PARTS_THAT_START.values(), ids=PARTS_THAT_START)
def test_parts_of_an_optional_model_that_are_enough(tmp_path: Path, field: str, variables: str) -> None:
    found = found_on_app(tmp_path, f"{_PARTS}    {field}\nS()\n", variables)
    assert not [each for each in found if each.check == "not-on-heroku"]
    if REAL_STARTS:
        assert _started_with(tmp_path, variables)


@pytest.mark.parametrize(("field", "variables", "name"), PARTS_THAT_FAIL.values(), ids=PARTS_THAT_FAIL)
def test_parts_of_an_optional_model_without_a_required_one(
    tmp_path: Path, field: str, variables: str, name: str
) -> None:
    found = found_on_app(tmp_path, f"{_PARTS}    {field}\nS()\n", variables)
    (one,) = [each for each in found if each.check == "not-on-heroku"]
    assert (one.severity, one.variable and one.variable.name) == ("error", name)
    last = variables.splitlines()[-1].partition("=")[0]
    assert f"; because {last} is set, the code fails" in one.message
    if REAL_STARTS:
        assert not _started_with(tmp_path, variables)


@pytest.mark.parametrize(
    ("field", "default", "variables"),
    [
        ("db: Db", "db: Db = Db(host='x', port=1)", ""),
        ("db: Db | None = None", "db: dict = {}", "DB__PORT=1\n"),
    ],
)
def test_only_a_subclass_that_replaces_a_nested_model_is_used(
    tmp_path: Path, field: str, default: str, variables: str
) -> None:
    files = f"{_PARTS}    {field}\nclass T(S):\n    {default}\nT()\n"
    assert not severities(tmp_path, files, variables)
    if REAL_STARTS:
        assert _started_with(tmp_path, variables)


def test_exception_about_a_part_is_caught(tmp_path: Path) -> None:
    files = f"{_PARTS}    db: Db | None = None\ntry:\n    s = S()\n{_HANDLED}"
    assert not severities(tmp_path, files, "DB__PORT=1\n")
    if REAL_STARTS:
        assert _started_with(tmp_path, "DB__PORT=1\n")


_POOL = (
    f"{_APP}class Pool(BaseSettings):\n    size: int\n    name: str = 'x'\n"
    "class Db(BaseModel):\n    pool: Pool{}\n"
    "class S(BaseSettings):\n    model_config = SettingsConfigDict(env_nested_delimiter='__')\n    {}\nS()\n"
)
_BY_FACTORY = " = Field(default_factory=Pool)"
_FACTORY = f"pool: Pool{_BY_FACTORY}"


@pytest.mark.parametrize(
    ("inner", "field", "variables"),
    [
        ("", "pool: Pool", "POOL__SIZE=1\n"),
        ("", _FACTORY, "POOL__SIZE=1\n"),
        ("", _FACTORY, 'POOL={"size":1}\n'),
        ("", _FACTORY, "SIZE=1\nPOOL__NAME=x\n"),
        ("", "pool: Pool = Field(default_factory=lambda: Pool())", "POOL__SIZE=1\n"),
        ("", "db: Db", "DB__POOL__SIZE=1\n"),
        (_BY_FACTORY, "db: Db", "DB__POOL__SIZE=1\n"),
        (_BY_FACTORY, "db: Db = Field(default_factory=Db)", "DB__POOL__SIZE=1\n"),
    ],
)
def test_settings_in_a_field_get_their_values_from_the_outer_class(
    tmp_path: Path, inner: str, field: str, variables: str
) -> None:
    assert not severities(tmp_path, _POOL.format(inner, field), variables)
    if REAL_STARTS:
        assert _started_with(tmp_path, variables)


@pytest.mark.parametrize(
    ("field", "variables"),
    [
        (_FACTORY, ""),
        (_FACTORY, "POOL__NAME=x\n"),
        ("pool: Pool = Pool()", "POOL__SIZE=1\n"),
        (f"{_FACTORY}\nPool()", "POOL__SIZE=1\n"),
    ],
)
def test_settings_in_a_field_without_their_variable(tmp_path: Path, field: str, variables: str) -> None:
    found = found_on_app(tmp_path, _POOL.format(_BY_FACTORY, field), variables)
    assert [each.variable and each.variable.name for each in found if each.severity == "error"] == ["SIZE"]
    if REAL_STARTS:
        assert not _started_with(tmp_path, variables)


@pytest.mark.parametrize(
    ("variables", "does_start"), [("POOL__SIZE=1\n", False), ('POOL={"size":1}\n', True)]
)
def test_settings_in_a_field_without_a_delimiter(tmp_path: Path, variables: str, does_start: bool) -> None:
    files = _POOL.format(_BY_FACTORY, _FACTORY).replace("env_nested_delimiter='__'", "title='x'")
    assert severities(tmp_path, files, variables) == (set() if does_start else {"error"})
    if REAL_STARTS:
        assert _started_with(tmp_path, variables) == does_start


_CHOICES = f"{_S}    a: str = Field(validation_alias=AliasChoices('first', 'second'))\nS()\n".replace(
    "ValidationError\n", "ValidationError, AliasChoices\n", 1
)
_TWICE = (
    f"{_S}    model_config = SettingsConfigDict(env_prefix='X_')\n"
    "    model_config = SettingsConfigDict(extra='ignore')\n    a: str\nS()\n"
)
_DEEP = _POOL.replace("class Db(BaseModel)", "class Db(BaseSettings)").format(
    _BY_FACTORY, "db: Db = Field(default_factory=Db)"
)


@pytest.mark.parametrize(
    ("files", "variables", "does_start"),
    [
        (_CHOICES, "SECOND=1\n", True),
        (_CHOICES, "A=1\n", False),
        (_TWICE, "A=1\n", True),
        (_TWICE, "X_A=1\n", False),
        (_DEEP, "SIZE=1\n", True),
        (_DEEP, 'POOL={"size":1}\n', True),
        (_DEEP, 'DB={"pool":{"size":1}}\n', True),
        (_DEEP, "DB__POOL__SIZE=1\n", True),
        (_DEEP, "DB__POOL__NAME=x\n", False),
        (_DEEP.replace(_BY_FACTORY, "", 1), "DB__POOL__SIZE=1\n", True),
    ],
)
def test_other_names_of_a_field(tmp_path: Path, files: str, variables: str, does_start: bool) -> None:
    assert severities(tmp_path, files, variables) == (set() if does_start else {"error"})
    if REAL_STARTS:
        assert _started_with(tmp_path, variables) == does_start


def test_secrets_of_an_image(tmp_path: Path) -> None:
    files = FOUND["a folder of secrets that a dyno lacks"]
    built = (
        "-- heroku.yml --\nbuild:\n  docker:\n    web: Dockerfile\n-- Dockerfile --\nCOPY . /run/secrets\n"
    )
    assert "error" not in severities(tmp_path, f"{built}{files}")

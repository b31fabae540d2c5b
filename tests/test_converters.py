"""Whether a string can be converted, compared with the real converters."""

from __future__ import annotations

import ast
import json
import uuid
from collections.abc import Callable
from decimal import Decimal

import pytest
from decouple import Config as DecoupleConfig
from decouple import RepositoryEmpty
from environs import Env
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, networks
from sqlalchemy.engine import make_url
from starlette.config import Config as StarletteConfig

from configvars.converters import CONVERTERS, PYDANTIC_URLS, refused_by, takes
from configvars.secret import Secret
from support.properties import thorough

pytestmark = pytest.mark.slow

env = Env()


def environs(method: str, **options: object) -> Callable[[str], object]:
    def convert(text: str) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CONVERTED", text)
            return getattr(env, method)("CONVERTED", **options)

    return convert


decouple, starlette = DecoupleConfig(RepositoryEmpty()), StarletteConfig(environ={})
REAL: dict[str, Callable[[str], object]] = {
    "int": int,
    "float": float,
    "Decimal": Decimal,
    "UUID": uuid.UUID,
    "json.loads": json.loads,
    "SQLAlchemy URL": make_url,
    "decouple.bool": lambda text: decouple("NONE", default=text, cast=bool),
    "environs.bool": environs("bool"),
    "environs.float": environs("float"),
    "environs.json": environs("json"),
    "environs.Decimal": environs("decimal"),
    "environs.dict": environs("dict"),
    "environs.dict of int": environs("dict", subcast_values=int),
    "environs.log_level": environs("log_level"),
    "environs.list of int": environs("list", subcast=int),
    "environs.list of float": environs("list", subcast=float),
    "environs.list of bool": environs("list", subcast=bool),
    "environs.list of Decimal": environs("list", subcast=Decimal),
    "pydantic.bool": TypeAdapter(bool).validate_python,
    "Starlette.bool": lambda text: starlette("NONE", default=text, cast=bool),
}
WORDS = [
    "true",
    "FALSE",
    "Yes",
    "off",
    "1",
    "0",
    "2",
    "",
    " 1 ",
    "t",
    "1e3",
    "[1]",
    "1,2",
    "on, off",
    "a=1,b",
    "a=1, b = 2",
    "Warning",
    "raiseExceptions",
]
URLS = [
    "http://h",
    " HTTPS://h/x ",
    "postgres://h/x",
    "postgresql+asyncpg://h/x",
    "redis://",
    "amqps://h",
    "h.example",
    "localhost:80",
]
URLS += [
    "mysql+pymysql://h/x",
    "mariadb://h/x",
    "mongodb+srv://h/x",
    "cockroachdb://h/x",
    "http:h",
    "://h",
    "ftp://h",
]
ADDRESSES = ["sqlite://", "h/d", "a+b://h:1/d", "://x"]
texts = st.sampled_from(WORDS + ADDRESSES) | st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), max_size=8
)


@pytest.mark.parametrize("name", REAL)
@thorough
@given(texts)
@example("9" * 5000)
@example("1e999999999")
@example("[" * 3000)
def test_a_string_is_refused_if_it_raises(name: str, text: str) -> None:
    try:
        REAL[name](text)
        raises = False
    except Exception:
        raises = True
    assert takes(name, text) == (not raises)


@thorough
@given(texts | st.text("Trueabd1_, $-", max_size=8))
@example("True")
@example("a" * 3000)
@example("-" * 3000 + "!")
@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
def test_strings_that_are_not_literals(text: str) -> None:
    if not takes("ast.literal_eval", text):
        with pytest.raises(Exception):  # noqa: B017, PT011
            ast.literal_eval(text)


@thorough
@given(texts | st.text("1_.e 0", max_size=8))
@example("80.0")
def test_pydantic_rejects_the_same_integers(text: str) -> None:
    if not takes("pydantic.int", text):
        with pytest.raises(ValueError, match=r"int"):
            TypeAdapter(int).validate_python(text)


@pytest.mark.parametrize("name", PYDANTIC_URLS)
@pytest.mark.parametrize("text", [*URLS, *WORDS])
def test_pydantic_rejects_the_same_urls(name: str, text: str) -> None:
    if not takes(f"pydantic.{name}", text):
        with pytest.raises(ValueError, match=r"url"):
            TypeAdapter(getattr(networks, name)).validate_python(text)
    own = {"http": "HttpUrl", "postgres": "PostgresDsn", "mariadb": "MariaDBDsn", "mongodb+srv": "MongoDsn"}
    assert takes(f"pydantic.{name}", text) or own.get(text.partition(":")[0]) != name


def test_unknown_converters_accept_everything() -> None:
    assert takes("f", "x")
    assert refused_by("80") == {
        "SQLAlchemy URL",
        "UUID",
        "decouple.bool",
        "Starlette.bool",
        "environs.bool",
        "environs.dict",
        "environs.dict of int",
        "environs.list of bool",
        "pydantic.bool",
        "strtobool",
        *(f"pydantic.{name}" for name in PYDANTIC_URLS),
    }
    assert "pydantic.not empty" in refused_by("")
    assert set(REAL) < set(CONVERTERS)


@pytest.mark.parametrize(
    ("text", "word"), [("True", "True"), ("off", "off"), ("0", "0"), ("s3cret", ""), ("", "")]
)
def test_a_word_for_true_or_false_is_a_fact_about_a_value(text: str, word: str) -> None:
    assert Secret(text).facts().word == word

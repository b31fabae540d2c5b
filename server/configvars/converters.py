"""Whether code can convert a string. The answer is a fact about the string, and never contains it.

Unknown converters accept everything. The answers were measured with the functions and libraries themselves.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from configvars.patterns import lazy_pattern

_TRUE = frozenset({"y", "yes", "t", "true", "on", "1"})
_FALSE = frozenset({"n", "no", "f", "false", "off", "0"})
_MARSHMALLOW = frozenset(
    spelling for word in _TRUE | _FALSE for spelling in (word, word.upper(), word.capitalize())
)
_SCHEME = lazy_pattern(r"[\w+]+://")
# A single word is not a literal. This is checked first, because Python's parser may print warnings.
_WORDS = lazy_pattern(r"[\w,$ -]*(?<![\w.])(?!(?:True|False|None)\b)[A-Za-z_$][\w,$ -]*", re.ASCII)


def _one_of(words: frozenset[str]) -> Callable[[str], object]:
    def convert(text: str) -> object:
        if text.lower() not in words:
            raise ValueError
        return text

    return convert


def _exactly(words: frozenset[str]) -> Callable[[str], object]:
    def convert(text: str) -> object:
        if text not in words:
            raise ValueError
        return text

    return convert


def _lax_int(text: str) -> object:
    """Int as pydantic converts it: `80.0` and underscores anywhere are accepted, too."""
    digits = text.replace("_", "")
    try:
        return int(digits)
    except ValueError:
        if not float(digits).is_integer():
            raise
    return text


def _finite_float(text: str) -> object:
    """Float as environs (marshmallow) converts it: `nan` and infinity are rejected."""
    if not math.isfinite(float(text)):
        raise ValueError
    return text


def _decimal(text: str) -> object:
    from decimal import Decimal

    return Decimal(text)


def _uuid(text: str) -> object:
    from uuid import UUID

    return UUID(text)


def _finite_decimal(text: str) -> object:
    from decimal import Decimal

    if not Decimal(text).is_finite():
        raise ValueError
    return text


def _json_but_null(text: str) -> object:
    if json.loads(text) is None:
        raise ValueError
    return text


def _each(convert: Callable[[str], object]) -> Callable[[str], object]:
    """A list as environs parses it: separated by commas, and an empty string is an empty list."""

    def convert_all(text: str) -> object:
        for part in text.split(",") if text else ():
            convert(part)
        return text

    return convert_all


def _pair(text: str) -> object:
    """An item of a dict as environs parses it."""
    if "=" not in text:
        raise ValueError
    return text


def _number_pair(text: str) -> object:
    """An item of a dict of ints."""
    return int(text.split("=", 1)[1]) if _pair(text) else text


def _log_level(text: str) -> object:
    """A number, or the name of a constant of `logging` in any case."""
    import logging

    try:
        return int(text)
    except ValueError:
        if not isinstance(getattr(logging, text.upper(), None), int):
            raise
    return text


def _flask_port(text: str) -> object:
    """The port of `app.run()`: without one, Flask takes that of SERVER_NAME, or 5000."""
    return int(text) if text else text


def _sqlalchemy_url(text: str) -> object:
    if _SCHEME.match(text) is None:
        raise ValueError
    return text


def _not_empty(text: str) -> object:
    if not text:
        raise ValueError
    return text


def _literal(text: str) -> object:
    if not text.strip() or _WORDS.fullmatch(text):
        raise ValueError
    return text


NOT_EMPTY = "pydantic.not empty"
"""The conversion of a required field of a class with `env_ignore_empty`: an empty value counts as not set."""
# The schemes of pydantic's URL types, without what follows a `+`: releases differ in the drivers they accept.
PYDANTIC_URLS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "AnyHttpUrl": frozenset({"http", "https"}),
        "HttpUrl": frozenset({"http", "https"}),
        "PostgresDsn": frozenset({"postgres", "postgresql"}),
        "CockroachDsn": frozenset({"cockroachdb"}),
        "MySQLDsn": frozenset({"mysql"}),
        "MariaDBDsn": frozenset({"mariadb"}),
        "MongoDsn": frozenset({"mongodb"}),
        "RedisDsn": frozenset({"redis", "rediss"}),
        "AmqpDsn": frozenset({"amqp", "amqps"}),
    }
)


def _pydantic_url(schemes: frozenset[str]) -> Callable[[str], object]:
    def convert(text: str) -> object:
        scheme, colon, _ = text.strip().partition(":")
        if not colon or scheme.lower().partition("+")[0] not in schemes:
            raise ValueError
        return text

    return convert


_URLS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {f"pydantic.{name}": _pydantic_url(schemes) for name, schemes in PYDANTIC_URLS.items()}
)
CONVERTERS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "int": int,
        "float": float,
        "Decimal": _decimal,
        "UUID": _uuid,
        "json.loads": json.loads,
        "ast.literal_eval": _literal,
        "SQLAlchemy URL": _sqlalchemy_url,
        "Flask port": _flask_port,
        "strtobool": _one_of(_TRUE | _FALSE),
        "decouple.bool": _one_of(_TRUE | _FALSE | {""}),
        "Starlette.bool": _one_of(frozenset({"true", "1", "false", "0"})),
        "environs.float": _finite_float,
        "environs.Decimal": _finite_decimal,
        "environs.json": _json_but_null,
        "environs.bool": _exactly(_MARSHMALLOW),
        "environs.dict": _each(_pair),
        "environs.dict of int": _each(_number_pair),
        "environs.log_level": _log_level,
        "environs.list of int": _each(int),
        "environs.list of float": _each(_finite_float),
        "environs.list of bool": _each(_exactly(_MARSHMALLOW)),
        "environs.list of Decimal": _each(_finite_decimal),
        "pydantic.int": _lax_int,
        "pydantic.bool": _one_of(_TRUE | _FALSE),
        NOT_EMPTY: _not_empty,
        **_URLS,
    }
)


def takes(converter: str, text: str) -> bool:
    """Whether a converter accepts a string."""
    convert = CONVERTERS.get(converter)
    if convert is None:
        return True
    try:
        convert(text)
    except (ValueError, ArithmeticError, SyntaxError, TypeError, RecursionError, MemoryError):
        return False
    return True


def refused_by(text: str) -> frozenset[str]:
    """The converters that raise for a string."""
    return frozenset(name for name in CONVERTERS if not takes(name, text))

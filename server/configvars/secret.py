"""A value that cannot be shown by accident, and the facts about it that may be shown."""

from __future__ import annotations

import json
import os
import re
from typing import Literal, Never, final

from msgspec import Struct

from configvars.converters import refused_by
from configvars.live_values import live_kind
from configvars.patterns import lazy_pattern
from configvars.secret_shapes import (
    bits,
    has_password,
    is_address,
    is_encrypted,
    is_head_of_private_key,
    is_known_key,
    is_local_url,
    is_placeholder,
)

Kind = Literal["empty", "url", "number", "boolean", "json", "pem", "text"]
Secrecy = Literal["plain", "placeholder", "encrypted", "key"]

# Digests can be compared within this process and have no meaning outside it.
_DIGEST_KEY = os.urandom(32)
_URL = lazy_pattern(r"([A-Za-z][A-Za-z0-9+.-]*)://\S")
_BOOLEANS = frozenset({"true", "false", "yes", "no", "on", "off", "t", "f", "y", "n"})
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "1", "0"})
_RANDOM_MIN_LENGTH = 16
_RANDOM_MIN_BITS = 3.0
_LOOKED_AT = 4096  # characters; what makes a value a secret is near its start


class ValueFacts(Struct, frozen=True):
    """Facts about a value that is not stored: safe to show, log and compare.

    `secrecy` is `key` for certain secrets: a key of a known service, a private key, a URL with a password.
    `placeholder` means that a person has to fill the value in, `encrypted` that dotenvx encrypted it.
    `digest` is keyed with a random key of this process: equal digests mean equal values, and nothing else can
    be learned from one. It must not be written anywhere. `word` is the value if it is a word for true or
    false, `refused_by` are the converters (`converters.py`) that raise for the value. `live_kind`: the
    kind of a value that affects real accounts or data (`live_values.py`). `is_local_url`: it is the complete
    URL of a service on this machine.
    """

    kind: Kind
    scheme: str | None
    byte_size: int
    is_empty: bool
    looks_random: bool
    secrecy: Secrecy
    digest: bytes
    word: str = ""
    refused_by: frozenset[str] = frozenset()
    live_kind: str = ""
    is_local_url: bool = False

    def __repr__(self) -> str:
        return f"ValueFacts({self.kind}, {self.byte_size} bytes)"


@final
class Secret:
    """A config var's value, wrapped as soon as it is read.

    `str()`, `repr()` and `format()` return ``***``; it cannot be pickled. `reveal()` is called only in
    `syntax/dotenv.py` (interpolation) and in `edits/` (writing); a test checks that.
    """

    __slots__ = ("_facts", "_value")

    def __init__(self, value: str) -> None:
        self._value = value
        self._facts: ValueFacts | None = None

    def reveal(self) -> str:
        """The value itself, as a plain string."""
        return self._value

    @property
    def is_empty(self) -> bool:
        """Whether the value is empty; faster than computing all `facts`."""
        return not self._value

    def facts(self) -> ValueFacts:
        """The facts about the value that may be shown; computed at the first call."""
        if self._facts is None:
            self._facts = _facts_of(self._value)
        return self._facts

    def __eq__(self, other: object) -> bool:
        from hmac import compare_digest  # slow to import, and a folder may have no value

        return isinstance(other, Secret) and compare_digest(
            self._value.encode("utf-8", "surrogatepass"), other._value.encode("utf-8", "surrogatepass")
        )

    def __hash__(self) -> int:
        return hash(self._value)

    def __bool__(self) -> Never:
        raise TypeError("ask facts().is_empty, not the truth of a secret")

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return "***"

    def __reduce__(self) -> Never:
        raise TypeError("a secret cannot be pickled")


def _facts_of(value: str) -> ValueFacts:
    from hmac import digest

    data = value.encode("utf-8", "surrogatepass")
    return ValueFacts(
        kind=_kind(value),
        scheme=_scheme(value),
        byte_size=len(data),
        is_empty=not value,
        looks_random=_looks_random(value),
        secrecy=_secrecy(value),
        digest=digest(_DIGEST_KEY, data, "sha256"),
        word=value if value.casefold() in _WORDS else "",
        refused_by=refused_by(value),
        live_kind=live_kind(value[:_LOOKED_AT]),
        is_local_url=is_local_url(value[:_LOOKED_AT]),
    )


def _kind(value: str) -> Kind:
    if not value:
        return "empty"
    if _URL.match(value):
        return "url"
    if value.startswith("-----BEGIN "):
        return "pem"
    if value.casefold() in _BOOLEANS:
        return "boolean"
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
        return "number"
    if value[0] in "[{" and _is_json(value):
        return "json"
    return "text"


def _secrecy(value: str) -> Secrecy:
    value = value[:_LOOKED_AT]
    if is_encrypted(value):
        return "encrypted"
    if is_known_key(value) or has_password(value) or is_head_of_private_key(value):
        return "key"
    return "placeholder" if is_placeholder(value) else "plain"


def _is_json(value: str) -> bool:
    try:
        json.loads(value)
    except (ValueError, RecursionError):
        return False
    return True


def _scheme(value: str) -> str | None:
    found = _URL.match(value)
    return found[1].lower() if found else None


def _looks_random(value: str) -> bool:
    """Long, without blanks, and with a high entropy for each character: keys and tokens, not words."""
    if len(value) < _RANDOM_MIN_LENGTH or any(map(str.isspace, value)):
        return False
    if _URL.match(value) or is_address(value):
        return False
    return bits(value) >= _RANDOM_MIN_BITS and any(map(str.isdigit, value))

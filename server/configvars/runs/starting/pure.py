"""Functions and methods of Python that change nothing, so that a start can compute what they return.

They are called only with contents that are written in the code, and that are small. The repository chooses
these contents, so nothing may be called that takes long or returns something large.
"""

from __future__ import annotations

import importlib
import operator
from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from functools import partial
from types import MappingProxyType
from typing import Final

from configvars.limits import CONDITION_VALUE
from configvars.patterns import lazy_pattern

_NAMES: Final = {
    "builtins": "abs all any ascii bool bytes chr dict enumerate float frozenset int len list max min "
    "ord repr reversed round set sorted str sum tuple",
    "ast": "literal_eval",
    "base64": "b16decode b32decode b64decode b64encode b85decode standard_b64decode urlsafe_b64decode "
    "urlsafe_b64encode",
    "binascii": "a2b_base64 a2b_hex b2a_hex hexlify unhexlify",
    "datetime": "date.fromisoformat datetime.fromisoformat datetime.fromtimestamp datetime.strptime "
    "time.fromisoformat timedelta",
    "decimal": "Decimal",
    "email.utils": "formataddr parseaddr",
    "hashlib": "blake2b blake2s md5 sha1 sha224 sha256 sha384 sha512",
    "hmac": "compare_digest new",
    "html": "escape unescape",
    "ipaddress": "IPv4Address IPv4Network IPv6Address IPv6Network ip_address ip_interface ip_network",
    "json": "dumps loads",
    "math": "ceil floor sqrt trunc",
    "operator": "attrgetter itemgetter",
    "os.path": "basename dirname join normpath split splitext",
    "re": "escape",
    "shlex": "quote split",
    "textwrap": "dedent indent",
    "urllib.parse": "parse_qs parse_qsl quote quote_plus unquote unquote_plus urlencode urljoin urlparse "
    "urlsplit",
    "uuid": "UUID",
}
_PATHS: Final = frozenset(f"{module}.{name}" for module, names in _NAMES.items() for name in names.split())
# What these return can be used only once, and Python computes the items only then.
_LAZY: Final = frozenset({"enumerate", "filter", "map", "reversed", "zip"})

_OPERATORS: Final[Mapping[str, Callable[..., object]]] = MappingProxyType(
    {
        "+": operator.add,
        "-": operator.sub,
        "*": lambda left, right: _times(left, right),
        "/": operator.truediv,
        "//": operator.floordiv,
        "%": lambda left, right: _formatted(operator.mod, left, right),
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
        "==": operator.eq,
        "!=": operator.ne,
        "is": lambda left, right: _is(left, right),
        "isnot": lambda left, right: not _is(left, right),
        "in": lambda left, right: left in right,
        "notin": lambda left, right: left not in right,
    }
)
_METHODS: Final[Mapping[type, str]] = MappingProxyType(
    {
        str: "capitalize casefold count encode endswith find format index isalnum isalpha isascii isdecimal "
        "isdigit isidentifier islower isnumeric isspace istitle isupper join lower lstrip partition "
        "removeprefix removesuffix replace rfind rindex rpartition rsplit rstrip split splitlines startswith "
        "strip swapcase title translate upper",
        bytes: "count decode endswith find hex join lower lstrip replace rstrip split startswith strip upper",
        list: "copy count index",
        tuple: "count index",
        dict: "copy get items keys values",
        int: "bit_length to_bytes",
        float: "is_integer",
    }
)
RAISED = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, StopIteration, SyntaxError)
"""What the functions of the table raise."""
_LARGE = lazy_pattern(r"\d{4}|\*|\{[^{}]*[.\[{]")
_FORMATTING = frozenset({"format", "strftime"})
_CONTAINERS = (list, tuple, set, frozenset, dict, KeysView, ValuesView, ItemsView)
_SMALL_TYPES = ("builtins", "datetime", "uuid", "_hashlib")
MOST_NESTED = 20


def pure(path: str) -> Callable[..., object] | None:
    """The function or class at a dotted path; None if it is not one of the table."""
    module, _, name = path.rpartition(".")
    if module == "builtins" and name in _LAZY:
        return _repeatable(name)
    if path not in _PATHS:
        return None
    while module not in _NAMES:
        module = module.rpartition(".")[0]
    return limited(operator.attrgetter(path[len(module) + 1 :])(importlib.import_module(module)))


def pure_operator(sign: str) -> Callable[..., object] | None:
    """The function of an operator or a comparison."""
    return _OPERATORS.get(sign)


def pure_method(on: object, name: str) -> Callable[..., object] | None:
    """The method of an object, if it changes nothing and is quick."""
    names = next((names for kind, names in _METHODS.items() if type(on) is kind), "")
    plain = type(on).__module__ in ("urllib.parse", "datetime", "uuid", "_hashlib")
    made = getattr(on, name, None) if name in names.split() or plain else None
    if not callable(made):
        return None
    method: Callable[..., object] = made
    if name in _FORMATTING:
        return lambda *given, **named: _formatted(partial(method, **named), *given, on=on)
    return method


def is_plain(content: object) -> bool:
    """Whether all attributes of an object are known: of the types of the language, and of parsed URLs."""
    return content is None or type(content).__module__ in ("builtins", "urllib.parse")


class TooLargeError(Exception):
    """The result is not computed, because it may be large or is not certain."""


def _times(left: object, right: object) -> object:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, int) and one > CONDITION_VALUE.most and not isinstance(other, int | float):
            raise TooLargeError
    return operator.mul(left, right)


def _formatted(function: Callable[..., object], *given: object, on: object = None) -> object:
    """What a function returns that formats: unless a format is wide, or looks into objects."""
    if any(isinstance(each, str) and _LARGE.search(each) for each in (on, *given)):
        raise TooLargeError
    return function(*given)


def _is(left: object, right: object) -> bool:
    """Whether two objects are the same; that two equal strings are is not known."""
    if not isinstance(left, bool | None) and not isinstance(right, bool | None):
        raise TooLargeError
    return left is right


def limited(function: Callable[..., object]) -> Callable[..., object]:
    """A function that raises `TooLargeError` if its arguments may make it slow, or its result is large."""

    def call(*given: object, **named: object) -> object:
        _check((*given, *named.values()))
        result = function(*given, **named)
        if isinstance(result, _CONTAINERS):
            _check((result,))
        return result

    return call


def _check(contents: Iterable[object]) -> None:
    """Raises `TooLargeError` if contents are large together, or one may stand for something large."""
    left = CONDITION_VALUE.most
    waiting = [(each, 0) for each in contents]
    while waiting:
        content, depth = waiting.pop()
        left -= 1
        if left < 0 or depth > MOST_NESTED or _is_large(content):
            raise TooLargeError
        if isinstance(content, Mapping):
            content = (*content.keys(), *content.values())
        if isinstance(content, _CONTAINERS):
            if len(content) > left:
                raise TooLargeError
            waiting += ((each, depth + 1) for each in content)


def _is_large(content: object) -> bool:
    """Whether a content alone is large. A number or network of another type may be of any size."""
    match content:
        case bool():
            return False
        case int():
            return abs(content) > CONDITION_VALUE.most**2
        case str() | bytes() if len(content) > CONDITION_VALUE.most:
            return True
        case _Repeated() | tuple():
            return False
        case _:
            return not (callable(content) or type(content).__module__ in _SMALL_TYPES)


def generated(items: Iterable[object]) -> Iterable[object]:
    """What a generator yields, which can be used again."""
    kept = list(items)
    return _Repeated(lambda: iter(kept))


class _Repeated:
    """The result of `map` or `zip`, which can be used again."""

    def __init__(self, make: Callable[[], Iterator[object]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[object]:
        return self._make()


def _repeatable(name: str) -> Callable[..., object]:
    made = getattr(importlib.import_module("builtins"), name)
    return limited(lambda *given, **named: _Repeated(lambda: iter(made(*given, **named))))

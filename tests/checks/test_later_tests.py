"""Which code tests the string of a read after it has passed it on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from configvars.checks.later_tests import LaterTests
from configvars.syntax.python import parse
from configvars.text import Span
from support.growth import grows_too_fast

READ = 'os.environ["A"]'
MAKE = "def make(key, name='', *, url=''):\n"


def is_tested(code: str) -> bool:
    text = code.replace("READ", READ)
    start = text.index('"A"') + 1
    return LaterTests(parse(text)).follow(Span(start, start + 1))


@pytest.mark.parametrize(
    "code",
    [
        f"{MAKE}    if not key: return None\nmake(READ)\n",
        f"{MAKE}    if name is None or len(name) == 0: return key\na = READ\nmake('x', a.strip())\n",
        f"{MAKE}    return url or 'x'\nmake('x', url=READ)\n",
        f"{MAKE}    return other(name)\ndef other(x: str):\n    return x if x else 'x'\nmake(1, READ)\n",
        "class Mail:\n    def __init__(self, host: str = ''):\n        self.host = host\n"
        "    def send(self):\n        if self.host: print(1)\nMail(READ)\n",
        "class Mail:\n    def send(self, host):\n        if host: print(1)\nMail().send(READ)\n",
        f"{MAKE}    if not key:\n        log()\n        return\nmake(READ)\n",
        "class Mail:\n    @classmethod\n    def send(cls, host):\n        if host: pass\nMail.send(READ)\n",
        "class M:\n    @staticmethod\n    def f(host, port):\n        if host: pass\nM.f(READ, 1)\n",
        "@cached\ndef make(key):\n    if key: print(1)\nmake(READ)\n",
        f"{MAKE}    while name: pass\nmake(1, # one\n READ)\n",
    ],
)
def test_a_function_of_the_file_tests_its_parameter(code: str) -> None:
    assert is_tested(code)


@pytest.mark.parametrize(
    "code",
    [
        f"{MAKE}    return key\nmake(READ)\n",
        f"{MAKE}    if name: return key\nmake(READ)\n",
        f"{MAKE}    if not key:\n        raise RuntimeError\nmake(READ)\n",
        f"{MAKE}    assert key\nmake(READ)\n",
        f"{MAKE}    if not key:\n        log()\n        sys.exit('no key')\nmake(READ)\n",
        f"{MAKE}    if name: print(1)\n    elif not key: exit(1)\nmake(READ)\n",
        "class M:\n    @staticmethod\n    def f(host, port):\n        if port: pass\nM.f(READ, 1)\n",
        "class Mail:\n    def send(self, host):\n        if self: print(1)\nMail().send(READ)\n",
        f"{MAKE}    if url: print(1)\nmake('x', name=READ, url='x')\n",
        "def make(key):\n    self.key = 1\n    if self.key: print(1)\nmake(READ)\n",
        "make(READ)\ndef other(key):\n    if not key: return\n",
        "def make(*keys):\n    if keys: return\nmake(READ)\n",
        "def make(key):\n    return make(key)\nmake(READ)\n",
    ],
)
def test_no_function_tests_its_parameter(code: str) -> None:
    assert not is_tested(code)


@pytest.mark.beyond_limits
@pytest.mark.parametrize(
    "code",
    [
        lambda n: "def f(x): pass\na = READ\n" + "f(a)\n" * n,
        lambda n: f"def f(x): pass\na = READ\nf({'a, ' * n})\n",
        lambda n: f"def f(x): pass\na = READ\n{', '.join('f' * n)} = {', '.join('a' * n)}\n",
        lambda n: "def f(x): pass\n" * n + "a = READ\n" + "f(a)\n" * n,
    ],
)
def test_the_work_is_linear_in_the_number_of_calls(code: Callable[[int], str]) -> None:
    assert grows_too_fast(lambda n: is_tested(code(n)), 100) is None


@pytest.mark.parametrize(
    "code",
    [
        "READ.split()\n",
        "READ.strip().splitlines()\n",
        "a = READ\nfor each in a.split(): print(each)\n",
        "[x for x in READ.split(',') if x]\n",
        "[x for x in READ.split(',') if not x.startswith('#')]\n",
        "a = [x.strip() for x in READ.split(',')]\na = [x for x in a if x]\n",
        "list(filter(None, READ.split(',')))\n",
        "set(filter(None, map(str.strip, READ.replace(';', ',').split(','))))\n",
        "a = set(READ.split(','))\ndef f(x): return x in a\n",
        "for each in READ.split(','):\n    if each: print(each)\n",
        "if READ.split(',')[0] == 'x': pass\n",
        "a = READ.rsplit(':')[0] or 'x'\n",
    ],
)
def test_the_parts_of_the_string_are_tested(code: str) -> None:
    assert is_tested(code)


@pytest.mark.parametrize(
    "code",
    [
        "READ.split(',')\n",
        "a = READ.split(',')\nCORS(app, origins=a)\n",
        "[x.strip() for x in READ.split(',')]\n",
        "[x for x in READ.split(',') for y in other]\n",
        "for each in READ.split(','): print(each)\n",
        "a, b = READ.split(',')\n",
        "READ.replace('a', 'b')\n",
        "','.split(READ)\n",
    ],
)
def test_the_parts_of_the_string_are_not_tested(code: str) -> None:
    assert not is_tested(code)

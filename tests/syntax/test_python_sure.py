"""Whether calling a function runs its body."""

from __future__ import annotations

import pytest

from configvars.syntax.python import Node, parse
from configvars.syntax.python_sure import is_plain
from support.growth import calls_of


def function(text: str) -> Node:
    return parse(text).root.named_children[0]


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    yield 1\n",
        "def f():\n    if a:\n        b = yield\n",
        "def f():\n    yield from g()\n",
        "async def f():\n    pass\n",
        "def f():\n    # yield\n    a = 'yield \\n yield', yielded\n    yield\n",
        "def f():\n    def g():\n        yield 1\n    a = lambda: (yield)\n    yield 2\n",
        "def f():\n    a = [(yield x) for x in y]\n",
    ],
)
def test_generators_and_coroutines(text: str) -> None:
    assert not is_plain(function(text))


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    return 1\n",
        "def f():\n    return 1  # a yield\n",
        "def f():\n    def g():\n        yield 1\n    return g\n",
        "class C:\n    pass\n",
        "def f(a=(yield)):\n    return a\n",
        "def f():\n    return lambda: (yield), 'a yield', yielded\n",
    ],
)
def test_plain_functions(text: str) -> None:
    assert is_plain(function(text))


def test_a_long_function_without_yield_is_not_searched() -> None:
    long = function("def f():\n" + "    a = 1\n" * 10_000)
    assert calls_of(lambda: is_plain(long)) < 100
    long = function("def f():\n    # yield\n" + "    a = 1\n" * 10_000)
    assert calls_of(lambda: is_plain(long)) < 100

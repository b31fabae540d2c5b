"""The conditions under which code runs, as a message shows them."""

from __future__ import annotations

import pytest

from configvars.checks.conditions import Conditions
from configvars.syntax.python import parse
from configvars.text import Span


def of_flags(code: str) -> str | None:
    start = code.index("read()")
    return Conditions(lambda: parse(code)).of_flags(Span(start, start + len("read()")))


@pytest.mark.parametrize(
    "code",
    [
        "read()\n",
        "if settings.mode:\n    read()\n",
        "if settings.MODE == 'prod':\n    read()\n",
        "if read():\n    settings.DEBUG\n",
        "settings.DEBUG if read() else 1\n",
        "read() and settings.DEBUG\n",
        "if settings.DEBUG:\n    def f():\n        read()\n",
        "if settings.DEBUG:\n    pass\nelif mode():\n    pass\nelse:\n    read()\n",
        "for x in settings.DEBUG:\n    pass\nelse:\n    read()\n",
    ],
)
def test_no_condition_of_flags(code: str) -> None:
    assert of_flags(code) is None


@pytest.mark.parametrize(
    ("code", "condition"),
    [
        ("if settings.DEBUG:\n    read()\n", "settings.DEBUG"),
        ("if not settings.DEBUG:\n    read()\n", "not settings.DEBUG"),
        ("if settings.DEBUG:\n    pass\nelse:\n    read()\n", "not settings.DEBUG"),
        ("if not settings.DEBUG:\n    pass\nelse:\n    read()\n", "settings.DEBUG"),
        ("if A_A and B_B:\n    pass\nelse:\n    read()\n", "not (A_A and B_B)"),
        ("if A_A:\n    pass\nelif B_B:\n    pass\nelse:\n    read()\n", "not A_A and not B_B"),
        ("if A_A:\n    pass\nelif B_B:\n    read()\n", "B_B"),
        ("x = read() if settings.DEBUG else ''\n", "settings.DEBUG"),
        ("x = '' if settings.DEBUG else read()\n", "not settings.DEBUG"),
        ("x = settings.DEBUG and read()\n", "settings.DEBUG"),
        ("x = settings.DEBUG or read()\n", "not settings.DEBUG"),
        ("if settings.DEBUG:\n    x = read() if f() else g()\n", "settings.DEBUG"),
    ],
)
def test_condition_of_flags(code: str, condition: str) -> None:
    assert of_flags(code) == condition

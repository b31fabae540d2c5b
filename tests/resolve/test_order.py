"""The files that a file imports are analysed before it."""

from __future__ import annotations

import pytest

from configvars.resolve.modules import Modules
from configvars.resolve.order import imported_first
from support.fixtures import fixture

CASES = {
    "nothing is imported": ("-- b.py --\n\n-- a.py --\n\n", ["b.py", "a.py"]),
    "a module": ("-- app.py --\nfrom settings import X\n-- settings.py --\n\n", ["settings.py", "app.py"]),
    "through several": (
        "-- a.py --\nimport b\n-- b.py --\nimport c\n-- c.py --\n\n",
        ["c.py", "b.py", "a.py"],
    ),
    "relative": (
        "-- p/__init__.py --\n\n-- p/a.py --\nfrom .b import X\n-- p/b.py --\n\n",
        ["p/__init__.py", "p/b.py", "p/a.py"],
    ),
    "in a circle": ("-- a.py --\nimport b\n-- b.py --\nimport a\n", ["b.py", "a.py"]),
    "outside modules": ("-- a.py --\nimport os\nfrom flask import Flask\n", ["a.py"]),
}


@pytest.mark.parametrize(("text", "order"), CASES.values(), ids=CASES)
def test_imported_first(text: str, order: list[str]) -> None:
    texts = {f"/ws/{path}": body for path, body in fixture(text).files.items()}
    modules = Modules("/ws")
    for path in texts:
        modules.add(path)
    assert [f"/ws/{path}" for path in order] == imported_first(texts, modules.find)

"""Which files a process loads."""

from __future__ import annotations

import pytest

from configvars.cli.reached import LoadsByName, Reached
from support.fixtures import fixture

FILES = """\
-- app.py --
from shop import views
import helpers as h
-- other.py --
import helpers
-- helpers.py --
TEXT = "not a module."
-- shop/__init__.py --
from .models import Order as O
-- shop/models.py --
-- shop/views/__init__.py --
-- shop/views/cart.py --
-- named.py --
NAME = "shop.views.cart:main"
-- config.py --
-- instance/settings_prod.cfg --
-- configured.py --
app.config.from_pyfile(name)
-- dynamic.py --
import importlib
importlib.import_module(name)
-- typed.py --
import typing
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import helpers
else:
    import other_helpers
if typing.TYPE_CHECKING:
    from shop import models
-- other_helpers.py --
-- circle/a.py --
from . import b
-- circle/b.py --
from . import a
"""


def folder() -> Reached:
    texts = {f"/ws/{path}": text for path, text in fixture(FILES).files.items()}
    return Reached("/ws", texts, texts.get)


def loaded(*starts: str) -> list[str]:
    found = folder().from_(f"/ws/{start}" for start in starts)
    return sorted(path.removeprefix("/ws/") for path in found.files)


SHOP = ["shop/__init__.py", "shop/models.py", "shop/views/__init__.py"]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("helpers.py", ["helpers.py"]),
        ("other.py", ["helpers.py", "other.py"]),
        ("app.py", ["app.py", "helpers.py", *SHOP]),
        (
            "named.py",
            [
                "named.py",
                "shop/__init__.py",
                "shop/models.py",
                "shop/views/__init__.py",
                "shop/views/cart.py",
            ],
        ),
        ("shop/views/cart.py", [*SHOP, "shop/views/cart.py"]),
        ("configured.py", ["config.py", "configured.py", "instance/settings_prod.cfg"]),
        ("typed.py", ["other_helpers.py", "typed.py"]),
        ("circle/a.py", ["circle/a.py", "circle/b.py"]),
    ],
)
def test_what_a_file_loads(start: str, expected: list[str]) -> None:
    assert loaded(start) == expected


def test_several_starts() -> None:
    assert loaded("helpers.py", "circle/b.py") == ["circle/a.py", "circle/b.py", "helpers.py"]


@pytest.mark.parametrize("start", ["dynamic.py", "gone.py"])
def test_what_is_not_known(start: str) -> None:
    with pytest.raises(LoadsByName, match=rf"/ws/{start}"):
        loaded("helpers.py", start)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("gone", []),
        ("gone.py", []),
        ("../ws/other.py", ["/ws/other.py"]),
        ("shop/models.py", ["/ws/shop/models.py"]),
        ("shop.models", ["/ws/shop/models.py", "/ws/shop/__init__.py"]),
        ("shop", ["/ws/shop/__init__.py"]),
    ],
)
def test_where_a_command_starts(entry: str, expected: list[str]) -> None:
    assert folder().starts(entry) == expected

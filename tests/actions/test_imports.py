"""Where import statements are added, and where they cannot be."""

from __future__ import annotations

import pytest

from configvars.actions.imports import add_imports
from configvars.edits import apply_edits

UNCLEAR = [
    "import (\n",
    "os = 1\n",
    "def f(os): pass\n",
    "def os(): pass\n",
    "import x as os\n",
    "x = 1\0",
    "\ufeffx = 1\n",
]
ADDED = [
    ("", "import os\n"),
    ("x = 1\n", "import os\nx = 1\n"),
    ("import sys\n", "import os\nimport sys\n"),
    ('"""About."""\nimport sys\n', '"""About."""\nimport os\nimport sys\n'),
    ('"""About."""\n\nx = 1\n', '"""About."""\n\nimport os\nx = 1\n'),
    ('"""About."""\n', '"""About."""\nimport os\n'),
    ("x = 1\n'a text'\n", "import os\nx = 1\n'a text'\n"),
    ("from __future__ import annotations\nx = 1\n", "from __future__ import annotations\nimport os\nx = 1\n"),
    ("# c\r\nx = 1\r\n", "# c\r\nimport os\r\nx = 1\r\n"),
    ("import sys, os\n", "import sys, os\n"),
    ("import os.path\n", None),
]


@pytest.mark.parametrize("text", UNCLEAR)
def test_a_name_that_means_something_else_is_not_imported(text: str) -> None:
    assert add_imports(text, ["import os"]) is None


def test_an_import_from_a_module_of_the_package_is_another_one() -> None:
    assert add_imports("from .env import get\n", ["from env import get"]) is None
    assert add_imports("from env import get\n", ["from env import get"]) is not None


@pytest.mark.parametrize(("text", "after"), ADDED)
def test_an_import_is_added_before_the_others(text: str, after: str | None) -> None:
    edit = add_imports(text, ["import os"])
    assert (None if edit is None else apply_edits(text, [edit])) == after


def test_plain_imports_come_first() -> None:
    edit = add_imports("x = 1\n", ["from json import loads", "import os"])
    assert edit is not None
    assert edit.text == "import os\nfrom json import loads\n"

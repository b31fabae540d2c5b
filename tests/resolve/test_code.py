"""What is known of the Python files of a folder, and when it is computed again."""

from __future__ import annotations

import pytest

from configvars.resolve.code import Code
from configvars.resolve.modules import Modules
from configvars.syntax.python_imports import Import

ROOT = "/ws"
APP = f"{ROOT}/app.py"
FILES = ("app.py", "shop/__init__.py", "shop/views/__init__.py", "shop/views/cart.py", "plain/mod.py")


class Folder:
    """Files in memory, each with its text."""

    def __init__(self) -> None:
        self.texts = dict.fromkeys((f"{ROOT}/{name}" for name in FILES), "")
        modules = Modules(ROOT)
        for path in self.texts:
            modules.add(path)
        self.code = Code(self.texts.get, modules.find, modules.is_ours)

    def write(self, path: str, text: str) -> None:
        self.texts[path] = text
        self.code.changed(path)

    def runs(self, module: str, *names: str) -> list[str]:
        found = self.code.runs_at_import(APP, Import(module, names))
        return [path.removeprefix(f"{ROOT}/") for path in found]


@pytest.fixture
def folder() -> Folder:
    return Folder()


@pytest.mark.parametrize(
    ("module", "names", "expected"),
    [
        ("os.path", ("join",), []),
        ("plain", ("mod",), ["plain/mod.py"]),
        ("shop", (), ["shop/__init__.py"]),
        ("shop.views.cart", (), ["shop/__init__.py", "shop/views/__init__.py", "shop/views/cart.py"]),
        ("shop.views", ("cart",), ["shop/__init__.py", "shop/views/__init__.py", "shop/views/cart.py"]),
        (".shop", ("views",), ["shop/__init__.py", "shop/views/__init__.py"]),
    ],
)
def test_an_import_runs_packages_before_their_modules(
    folder: Folder, module: str, names: tuple[str, ...], expected: list[str]
) -> None:
    assert folder.runs(module, *names) == expected


def test_the_imports_of_a_file_are_read_again_after_a_change(folder: Folder) -> None:
    assert folder.code.top_modules(APP) == set()
    folder.write(APP, "import os.path\nfrom . import x\nimportlib.import_module('shop.views')\n")
    assert folder.code.top_modules(APP) == {"os", "", "shop"}
    assert [one.module for one in folder.code.imports(APP)] == ["os.path", ".", "shop.views"]


def test_the_layout_changes_with_imports_and_files_only(folder: Folder) -> None:
    folder.write(APP, "import os\n")
    first = folder.code.layout
    folder.write(APP, "import os\nx = 1\n")
    assert folder.code.layout == first
    folder.write(APP, "import sys\n")
    changed = folder.code.layout
    assert changed > first
    del folder.texts[APP]
    folder.code.changed(APP)
    assert folder.code.layout > changed
    assert not folder.code.has(APP)


def test_only_other_files_count_as_others(folder: Folder) -> None:
    for path, revision, others in ((APP, 1, 0), (f"{ROOT}/a.ipynb", 2, 0), (f"{ROOT}/Procfile", 3, 1)):
        folder.code.changed(path)
        assert (folder.code.revision, folder.code.others) == (revision, others)


def test_what_is_kept_is_computed_again_for_another_version(folder: Folder) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return made[-1]

    assert [folder.code.kept("what", version, make) for version in (1, 1, 2)] == [0, 0, 1]
    assert [folder.code.kept_of(APP, "what", version, make) for version in (1, 1, 2)] == [2, 2, 3]
    assert folder.code.has_kept(APP, "what", 2)
    assert not folder.code.has_kept(APP, "what", 1)
    folder.write(APP, "x")
    assert not folder.code.has_kept(APP, "what", 2)
    assert [folder.code.once("once", 1, make), folder.code.once("once", 1, make)] == [4, 4]
    folder.code.changed(APP)
    assert folder.code.once("once", 1, make) == 5

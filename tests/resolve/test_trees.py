"""Checks and runs get the tree of a file's current text; what the analysis keeps is not parsed again."""

from __future__ import annotations

import gc

import pytest

from configvars.limits import NESTING
from configvars.resolve.link import Linker
from configvars.resolve.trees import Trees
from configvars.slices import result
from configvars.syntax.python import PythonTree
from support.python_facts import ROOT

NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
APP = f"{ROOT}/app.py"


class Folder:
    """A linker with some files, and their trees."""

    def __init__(self, **files: str) -> None:
        self.linker = Linker(ROOT)
        self.texts = {f"{ROOT}/{name.replace('_', '.')}": text for name, text in files.items()}
        for path, text in self.texts.items():
            self.linker.update(path, text)
        self.linker.settle()
        self.trees = Trees(self.texts.get, self.at_hand)

    def at_hand(self, path: str) -> PythonTree | None:
        unit = self.linker.units.get(path)
        return None if unit is None else unit.tree()


@pytest.mark.beyond_limits
def test_a_file_at_hand_is_not_parsed_again_and_what_checks_exceed_is_not_its_own() -> None:
    folder = Folder(app_py="import os\nfrom names import KEY\nos.environ[KEY]\n", names_py="KEY = 'A'\n")
    tree, kept = folder.trees.tree(APP), folder.at_hand(APP)
    assert kept is not None
    assert tree.root == kept.root == result(folder.trees.parsing(APP)).root
    tree.hits.count(NESTING)
    folder.linker.update(f"{ROOT}/names.py", "KEY = 'B'\n")
    facts = {one.path: one for one in folder.linker.settle()}[APP]
    assert [str(one.variable.name) for one in facts.references] == ["B"]
    assert facts.limits == ()


@pytest.mark.parametrize("name", ["app.py", "a.ipynb", "other.py"])
def test_another_text_a_notebook_and_an_unknown_file_are_parsed(name: str) -> None:
    folder = Folder(app_py="A = 1\n", a_ipynb=NOTEBOOK)
    path = f"{ROOT}/{name}"
    folder.texts |= {APP: "B = 1\n", f"{ROOT}/other.py": "A = 1\n"}
    text = folder.texts[path]
    assert (folder.trees.tree(path).text, result(folder.trees.parsing(path)).text) == (text, text)
    assert folder.trees.tree(path).root.child_count == 1


def test_a_tree_is_kept_while_somebody_uses_it_and_its_text_is_the_current_one() -> None:
    folder = Folder()
    folder.texts[APP] = "A = 1\n"
    tree = folder.trees.tree(APP)
    assert folder.trees.tree(APP) is result(folder.trees.parsing(APP)) is tree
    folder.texts[APP] = "B = 1\n"
    assert folder.trees.tree(APP).text == "B = 1\n"
    del folder.texts[APP]
    assert folder.trees.tree(APP).text == ""


@pytest.mark.beyond_limits
def test_a_tree_that_nobody_uses_is_not_kept() -> None:
    folder = Folder()
    folder.texts[APP] = "A = 1\n"
    folder.trees.tree(APP).hits.count(NESTING)
    gc.collect()
    assert folder.trees.tree(APP).hits.counts == ()

"""The pages in docs/checks are up to date with the checks, and `make expected` finds their examples."""

from __future__ import annotations

import pytest

from configvars.checks import CHECKS
from support.check_pages import FOLDER, pages
from support.expected import calls_elsewhere


@pytest.mark.parametrize(("name", "text"), [pytest.param(name, text, id=name) for name, text in pages()])
def test_page_is_current(name, text):
    assert (FOLDER / name).read_text(encoding="utf-8") == text, "run: make pages"


def test_a_removed_check_has_no_page():
    assert {path.name for path in FOLDER.iterdir()} == {name for name, _ in pages()}


def test_each_example_can_be_rewritten():
    examples = {each.text for check in CHECKS for each in (*check.silent, *check.examples)}
    assert examples <= calls_elsewhere().keys()

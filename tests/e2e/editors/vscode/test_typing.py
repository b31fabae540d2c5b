"""While a name is being typed, nothing is said about it, and the line does not move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support import workbench as by_hand
from support.code_server import code_server, open_folder
from support.fixtures import fixture

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.e2e

SHOP = """\
-- app.py --
import os

key = os.environ["STRIPE_API_KEY"]
word = os.environ[""]
-- .env --
PAGE_SIZE=20

-- .vscode/settings.json --
{"configvars.inlayHints": true, "configvars.codeLens": "all"}
"""
NAME = "MAIL_PASSWORD"


def test_the_name_under_the_cursor_waits_in_code(browser, tmp_path):
    shop = tmp_path / "shop"
    fixture(SHOP).write(shop)
    with (
        code_server("code-server", tmp_path / "vs", trusted=True) as server,
        open_folder(browser, server, shop) as page,
    ):
        by_hand.open_file(page, "app.py")
        by_hand.squiggles(page).first.wait_for()
        view = by_hand.expand_view(page, "Config Vars")
        view.locator(".monaco-list-row", has_text="STRIPE_API_KEY").wait_for()
        row = view.locator(".monaco-list-row", has_text=NAME[:4])
        by_hand.go_to(page, 4, 20)
        for letter in NAME:
            page.keyboard.type(letter)
            assert (by_hand.squiggles(page).count(), row.count()) == (1, 0)
        page.wait_for_timeout(3000)  # a pause is not the end of a name
        assert (by_hand.squiggles(page).count(), row.count()) == (1, 0)
        page.keyboard.press("ArrowUp")
        by_hand.squiggles(page).nth(1).wait_for()
        row.first.wait_for()


def test_the_line_under_the_cursor_stays_where_it_is_in_an_env_file(browser, tmp_path):
    shop = tmp_path / "shop"
    fixture(SHOP).write(shop)
    with (
        code_server("code-server", tmp_path / "vs", trusted=True) as server,
        open_folder(browser, server, shop) as page,
    ):
        by_hand.open_in_explorer(page, ".env")
        lenses = page.locator(".codelens-decoration")
        lenses.first.wait_for()
        by_hand.go_to(page, 2, 1)
        top, before = line(page, 2), by_hand.squiggles(page).count()
        for letter in NAME:
            page.keyboard.type(letter)
            assert (line(page, 2), lenses.count()) == (top, 1)
        page.wait_for_timeout(3000)
        assert (line(page, 2), lenses.count(), by_hand.squiggles(page).count()) == (top, 1, before)
        page.keyboard.type("=x")
        page.keyboard.press("Control+s")
        lenses.nth(1).wait_for()


def line(page: Page, number: int) -> float:
    """The vertical place of a line, in pixels."""
    margin: Locator = page.locator(".line-numbers", has_text=str(number)).first
    box = margin.bounding_box()
    assert box is not None
    return float(box["y"])

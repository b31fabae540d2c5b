"""While a name is being typed, nothing is said about it, and the line does not move."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support import workbench as by_hand
from support.code_server import code_server, open_folder
from support.fixtures import fixture
from support.waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FloatRect, Locator, Page

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


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A window with the folder."""
    shop = tmp_path / "shop"
    fixture(SHOP).write(shop)
    with (
        code_server("code-server", tmp_path / "vs", trusted=True) as server,
        open_folder(browser, server, shop) as page,
    ):
        yield page


def test_the_name_under_the_cursor_waits_in_code(page: Page) -> None:
    by_hand.open_file(page, "app.py")
    by_hand.squiggles(page).first.wait_for()
    rows = by_hand.expand_view(page, "Config Vars").locator(".monaco-list-row")
    rows.filter(has_text="STRIPE_API_KEY").wait_for()
    row = rows.filter(has_text=NAME[:4])
    by_hand.go_to(page, 4, 20)
    for letter in NAME:
        page.keyboard.type(letter)
        assert (by_hand.squiggles(page).count(), row.count()) == (1, 0)
    ask_twice(page)
    assert (by_hand.squiggles(page).count(), row.count()) == (1, 0)
    page.keyboard.press("ArrowUp")
    by_hand.squiggles(page).nth(1).wait_for()
    row.first.wait_for()


def test_the_line_under_the_cursor_stays_where_it_is_in_an_env_file(page: Page) -> None:
    by_hand.open_in_explorer(page, ".env")
    lenses = page.locator(".codelens-decoration")
    lenses.first.wait_for()
    by_hand.go_to(page, 2, 1)
    top, before = line(page, 2), by_hand.squiggles(page).count()
    for letter in NAME:
        page.keyboard.type(letter)
        assert (line(page, 2), lenses.count()) == (top, 1)
    ask_twice(page)
    assert (line(page, 2), lenses.count(), by_hand.squiggles(page).count()) == (top, 1, before)
    page.keyboard.type("=x")
    page.keyboard.press("Control+s")
    lenses.nth(1).wait_for()


def ask_twice(page: Page) -> None:
    """Ask the server for completions: between the two answers it has reported what it had to report."""
    for _ in range(2):
        page.keyboard.press("Control+Space")
        page.locator(".suggest-widget.visible").wait_for()
        page.keyboard.press("Escape")
        page.locator(".suggest-widget.visible").wait_for(state="hidden")


def line(page: Page, number: int) -> float:
    """The vertical place of a line, in pixels."""
    margin: Locator = page.locator(".line-numbers", has_text=str(number)).first
    boxes: list[FloatRect] = []
    until(lambda: boxes.extend(filter(None, [margin.bounding_box()])) or boxes)  # it is drawn again at times
    return boxes[0]["y"]

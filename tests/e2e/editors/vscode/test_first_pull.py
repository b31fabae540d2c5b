"""From the installed extension to the first pulled variable, counting clicks, and what a narrow window shows.

No click of these tests is made by a helper, so that `Mouse` counts all of them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from dotenv import dotenv_values

from support import workbench as by_hand
from support.code_server import code_server, open_folder
from support.heroku import logged_in
from support.parts import REPOSITORY
from support.waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.e2e

MOST = 5  # clicks, the one on Install included
HEROKU = '[remote "heroku"]\n\turl = https://git.heroku.com/shop-demo.git\n'
GITHUB = '[remote "origin"]\n\turl = https://github.com/acme/shop.git\n'
LONG = "MAIL_SEND_TOKENS"
NARROW = 210


class Mouse:
    """Clicks, and counts the clicks; the first was the one on Install."""

    def __init__(self) -> None:
        self.clicks = 1

    def click(self, place: Locator) -> None:
        place.click()
        self.clicks += 1


def test_a_clone_with_the_remote_of_its_app(browser, tmp_path):
    shop = clone(tmp_path, HEROKU)
    mouse = Mouse()
    with window(browser, tmp_path, shop) as page:
        mouse.click(button(page, "and has no .env", "From shop-demo"))
        mouse.click(button(page, "from Heroku app shop-demo into .env?", "Pull"))
        mouse.click(button(page, "STRIPE_API_KEY is a live Stripe key", "Write it anyway"))
        until(lambda: dotenv_values(shop / ".env").get("STRIPE_API_KEY") == "sk_live_of_the_demo")
        page.locator(".tabs-container .tab.active[data-resource-name='.env']").wait_for()
    assert mouse.clicks <= MOST


def test_a_clone_from_another_host(browser, tmp_path):
    shop = clone(tmp_path, GITHUB)
    mouse = Mouse()
    with window(browser, tmp_path, shop) as page:
        mouse.click(button(page, "and has no .env", "From .env.example"))
        page.locator(".tabs-container .tab.active[data-resource-name='.env']").wait_for()
        mouse.click(
            page.locator(".lightBulbWidget:visible, [class*='codicon-gutter-lightbulb']:visible").first
        )
        mouse.click(page.locator(".action-widget .monaco-list-row", has_text="Pull SECRET_KEY from Heroku…"))
        mouse.click(page.locator(".quick-input-list .monaco-list-row", has_text="shop-demo").first)
        until(lambda: "f0e4c2f76c58916ec258f246851bea09" in (shop / ".env").read_text("utf-8"))
    assert mouse.clicks <= MOST


def test_the_question_does_not_wait_any_more_when_there_is_a_file(browser, tmp_path):
    shop = clone(tmp_path, GITHUB)
    with window(browser, tmp_path, shop) as page:
        create = button(page, "and has no .env", "From .env.example")
        create.wait_for()
        waits = page.locator(".statusbar-item", has_text="Config Vars has a question")
        waits.wait_for()
        (shop / ".env").write_text("", "utf-8")
        waits.wait_for(state="detached")
        page.locator(".statusbar-item", has_text="Choose Heroku app").wait_for()
        create.click()
        page.locator(".statusbar-item", has_text="There is a .env now").wait_for()
        page.locator(".tabs-container .tab.active[data-resource-name='.env']").wait_for()
        assert page.locator(".notification-list-item", has_text=".env").count() == 0
    assert (shop / ".env").read_text("utf-8") == ""


def test_a_clone_without_a_remote_and_without_a_template(browser, tmp_path):
    shop = clone(tmp_path, GITHUB)
    (shop / ".env.example").unlink()
    (shop / "app.json").unlink()
    with window(browser, tmp_path, shop) as page:
        by_hand.run_command(page, "Config Vars: Create .env…")
        page.locator(".quick-input-list .monaco-list-row", has_text="Code").first.wait_for()
        assert page.locator(".quick-input-list .monaco-list-row", has_text="Template").count() == 0
        page.keyboard.press("Escape")
        mouse = Mouse()
        mouse.click(button(page, "and has no .env", "Choose Heroku App…"))
        mouse.click(page.locator(".quick-input-list .monaco-list-row", has_text="shop-demo").first)
        mouse.click(button(page, "from Heroku app shop-demo into .env?", "Pull"))
        mouse.click(button(page, "STRIPE_API_KEY is a live Stripe key", "Write it anyway"))
        until(lambda: dotenv_values(shop / ".env").get("STRIPE_API_KEY") == "sk_live_of_the_demo")
        page.locator(".tabs-container .tab.active[data-resource-name='.env']").wait_for()
    assert mouse.clicks <= MOST


def test_a_command_in_a_window_without_a_folder_offers_to_open_one_at_once(browser, tmp_path):
    with (
        code_server("code-server", tmp_path / "vs", trusted=True) as server,
        open_folder(browser, server, None) as page,
    ):
        by_hand.run_command(page, "Config Vars: Pull from Heroku into .env…")
        button(page, "No folder is open", "Open Folder…").click()
        page.locator(".quick-input-title", has_text="Open Folder").wait_for()
        page.keyboard.press("Escape")


def test_a_narrow_side_bar_says_why_a_variable_needs_attention(browser, tmp_path):
    shop = clone(tmp_path, HEROKU)
    (shop / ".env").write_text("PAGE_SIZE=20\n", "utf-8")
    (shop / "shop/mail.py").write_text(f'import os\n\ntoken = os.environ["{LONG}"]\n', "utf-8")
    with window(browser, tmp_path, shop) as page:
        view = by_hand.expand_view(page, "Config Vars")
        page.locator(".pane-header", has_text="shop").first.click()  # folds the files, for more room
        by_hand.run_command(page, "Config Vars: Choose Heroku App…")
        by_hand.choose(page, "shop-demo")
        by_hand.widen_side_bar(page, NARROW - page.locator(".part.sidebar").bounding_box()["width"])
        for words in ("Missing, on Heroku", "Missing everywhere", LONG):
            text = view.locator(".monaco-icon-label-container", has_text=words).first
            text.wait_for()
            assert text.evaluate("element => element.scrollWidth <= element.clientWidth"), words


@contextmanager
def window(browser: Browser, root: Path, folder: Path) -> Iterator[Page]:
    """A window with the packaged extension and a user who is logged in to Heroku."""
    with (
        logged_in() as environment,
        code_server("code-server", root / "vs", trusted=True, environment=environment) as server,
        open_folder(browser, server, folder) as page,
    ):
        yield page


def button(page: Page, question: str, label: str) -> Locator:
    """A button of a notification."""
    toast = page.locator(".notification-list-item", has_text=question)
    return toast.locator(".monaco-button", has_text=label).first


def clone(folder: Path, remote: str) -> Path:
    """The sample app as git clones it: without `.env`."""
    shop = folder / "shop"
    shutil.copytree(
        REPOSITORY / "examples/shop", shop, ignore=shutil.ignore_patterns("__pycache__", "*.db", ".env")
    )
    (shop / ".git").mkdir()
    (shop / ".git/HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    (shop / ".git/config").write_text(remote, "utf-8")
    return shop

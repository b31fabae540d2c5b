"""Every button of a message leads on: after the step, what the user wanted to do is done."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support import workbench as by_hand
from support.code_server import code_server, open_folder
from support.fake_heroku import FakeHeroku, fake_heroku
from support.fixtures import fixture
from support.waiting import until
from support.workbench import answer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.e2e

SHOP = """\
-- app.py --
import os

key = os.environ["MAIL_PASSWORD"]
-- .env --
PAGE_SIZE=20
"""
APPS = {"walrus": {"MAIL_PASSWORD": "tusk"}}
PULL = "Config Vars: Pull from Heroku into .env…"


def test_a_pull_goes_on_after_each_step(browser: Browser, tmp_path: Path) -> None:
    settings = {"configvars.heroku.timeout": 3}
    with window(browser, tmp_path, settings, trusted=False) as (page, heroku):
        by_hand.run_command(page, PULL)
        answer(page, "trust this workspace first", "Manage Trust")
        page.locator(".workspace-trust-editor .monaco-button", has_text="Trust").first.click()
        asked(page)
        page.keyboard.press("Escape")  # in front of the window
        page.locator(".workspace-trust-editor").wait_for(state="hidden")

        heroku.log_out()
        by_hand.run_command(page, PULL)
        answer(page, "You are not logged in to Heroku", "Log In")
        asked(page)

        heroku.uninstall()
        by_hand.run_command(page, PULL)
        answer(page, "was not found", "Install the Heroku CLI")
        page.locator(".monaco-dialog-box", has_text="devcenter.heroku.com").wait_for()
        page.keyboard.press("Escape")
        answer(page, "was not found", "Open Settings")
        see_setting(page, "Heroku: Path")
        heroku.install()
        answer(page, "was not found", "Try Again")
        asked(page)

        heroku.hang()
        by_hand.run_command(page, PULL)
        # `answer` would open the notifications meanwhile, which closes the picker and so cancels the request.
        page.locator(".notification-list-item", has_text="did not answer in time").wait_for()
        answer(page, "did not answer in time", "Open Settings")
        see_setting(page, "Heroku: Timeout")
        heroku.go_on()
        answer(page, "did not answer in time", "Try Again")
        row(page, "walrus").first.click()
        row(page, "MAIL_PASSWORD").first.wait_for()
        by_hand.tick(page, "MAIL_PASSWORD")
        pulled(tmp_path)


def test_a_quick_fix_goes_on_with_another_app(browser: Browser, tmp_path: Path) -> None:
    with window(browser, tmp_path, {"configvars.heroku.apps": ["gone"]}) as (page, heroku):
        by_hand.open_file(page, "app.py")
        answer(page, "no app called gone", "Choose App")
        row(page, "walrus").first.wait_for()
        page.keyboard.press("Escape")
        heroku.log_out()
        by_hand.go_to(page, 3, 20)
        by_hand.quick_fix(page, "Pull MAIL_PASSWORD from Heroku…")
        answer(page, "You are not logged in to Heroku", "Log In")
        answer(page, "no app called gone", "Choose App")
        row(page, "walrus").first.wait_for()
        by_hand.choose(page, "walrus")
        pulled(tmp_path)


def test_a_wrong_python_is_shown_until_it_is_replaced(browser: Browser, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong-python"
    wrong.write_text("#!/bin/sh\nexit 1\n")
    wrong.chmod(0o755)
    with window(browser, tmp_path, {"configvars.interpreter": str(wrong)}) as (page, _):
        answer(page, "wrong-python, could not be run", "Open Settings")
        see_setting(page, "Interpreter")
        by_hand.run_command(page, PULL)
        answer(page, "wrong-python, could not be run", "Choose Python…")
        for python in (wrong, Path(sys.executable)):
            choose_file(page, python)
            if python == wrong:
                answer(page, "wrong-python, could not be run", "Choose Python…")
        page.locator(".statusbar-item", has_text="Choose Heroku app").wait_for()  # the server runs
        by_hand.run_command(page, PULL)
        asked(page)


def choose_file(page: Page, path: Path) -> None:
    """Choose a file in the dialog; what is typed before the dialog has listed its folder does not count."""
    box = page.locator(".quick-input-widget input[type=text]")
    row(page, "..").first.wait_for()
    box.fill(str(path))
    row(page, path.name).first.wait_for()
    box.press("Enter")
    box.wait_for(state="hidden")


def asked(page: Page) -> None:
    """Wait for the question about the app, and close it."""
    row(page, "walrus").first.wait_for()
    page.keyboard.press("Escape")
    row(page, "walrus").first.wait_for(state="hidden")


def see_setting(page: Page, title: str) -> None:
    """Wait until the settings editor shows a setting, and close it: it is in front of the window."""
    editor = page.locator(".settings-editor")
    editor.locator(".setting-item", has_text=title).first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    editor.wait_for(state="hidden")


def row(page: Page, label: str) -> Locator:
    """The rows of a picker with this text."""
    return page.locator(".quick-input-list .monaco-list-row", has_text=label)


def pulled(root: Path) -> None:
    until(lambda: "MAIL_PASSWORD=tusk" in (root / "shop/.env").read_text("utf-8"))


@contextmanager
def window(
    browser: Browser, root: Path, settings: dict[str, object] | None = None, *, trusted: bool = True
) -> Iterator[tuple[Page, FakeHeroku]]:
    """A window with the folder, and the Heroku CLI that it uses."""
    shop = root / "shop"
    fixture(SHOP).write(shop)
    heroku = fake_heroku(root / "heroku", APPS)
    environment = {"PATH": str(heroku.folder / "bin")}
    with code_server("code-server", root / "vs", trusted=trusted, environment=environment) as server:
        (root / "vs/user/Machine/settings.json").write_text(json.dumps(settings or {}))
        with open_folder(browser, server, shop) as page:
            yield page, heroku

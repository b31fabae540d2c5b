"""VS Code used in a browser: from a missing variable to a pull with the real Heroku CLI.

With CONFIGVARS_PICTURES=1 the pictures in the documentation are taken again.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from dotenv import dotenv_values

from support import workbench as by_hand
from support.code_server import code_server, open_folder
from support.editors import CLIENT
from support.heroku import logged_in
from support.parts import REPOSITORY
from support.waiting import until
from support.workbench import answer

pytestmark = pytest.mark.e2e

PICTURES = CLIENT / "images"
ENV = "# Mine\nSECRET_KEY=dev\nSHOW_BANNER=false\nPAGE_SIZE=20\nDATABASE_URL=postgresql://localhost/shop\n"


def test_a_variable_is_pulled_from_heroku_into_the_file(browser, tmp_path):
    shop = sample(tmp_path)
    with (
        logged_in() as environment,
        code_server("code-server", tmp_path / "vs", trusted=False, environment=environment) as server,
        open_folder(browser, server, shop) as page,
    ):
        by_hand.open_file(page, "shop/checkout.py")
        by_hand.squiggles(page).first.wait_for()
        trust(page)
        choose_app(page)
        pull(page)
        until(lambda: "MAIL_PASSWORD" in dotenv_values(shop / ".env"))
        assert dotenv_values(shop / ".env")["MAIL_PASSWORD"] == "correct horse # battery ${staple}"
        assert (shop / ".env").read_text("utf-8").startswith(ENV)
        compare(page)
        show_value(page)
        hide_values(page)


def trust(page):
    """In Restricted Mode Heroku is not called. As soon as the folder is trusted it is, without a restart."""
    by_hand.run_command(page, "Config Vars: Choose Heroku App…")
    page.locator(".notification-list-item", has_text="trust").wait_for()
    by_hand.run_command(page, "Notifications: Clear All Notifications")
    by_hand.run_command(page, "Workspaces: Manage Workspace Trust")
    page.locator(".workspace-trust-editor .monaco-button", has_text="Trust").first.click()
    page.locator(".workspace-trust-editor", has_text="You trust").wait_for()


def choose_app(page):
    by_hand.open_file(page, "shop/checkout.py")
    by_hand.run_command(page, "Config Vars: Choose Heroku App…")
    page.locator(".quick-input-list .monaco-list-row", has_text="shop-demo").wait_for()
    picture(page.locator(".quick-input-widget"), "app")
    by_hand.choose(page, "shop-demo")
    view = by_hand.expand_view(page, "Config Vars")
    view.locator(".monaco-list-row", has_text="Missing, on Heroku").first.wait_for()
    page.locator(".statusbar-item", has_text="shop-demo · just now").wait_for()
    page.locator(".pane-header", has_text="shop").first.click()  # folding the files makes room for the view
    by_hand.widen_side_bar(page, 110)  # wide enough for the reasons in the view
    by_hand.go_to(page, 15, 32)
    assert "shop-demo" in by_hand.show_hover(page).inner_text()
    for part in ("Read by", "Quick Fix..."):  # "Checking for quick fixes..." comes before it
        page.locator(".monaco-hover:visible", has_text=part).first.wait_for()
    picture(page.locator(".monaco-workbench"), "code", top=36, height=354)
    page.keyboard.press("Escape")


def pull(page):
    by_hand.run_command(page, "Config Vars: Pull from Heroku into .env…")
    page.locator(".quick-input-list .monaco-list-row", has_text="MAIL_PASSWORD").wait_for()
    picture(page.locator(".quick-input-widget"), "pull")
    by_hand.tick(page, "MAIL_PASSWORD", "STRIPE_API_KEY")
    answer(page, "STRIPE_API_KEY is a live Stripe key", "Write it anyway")


def compare(page):
    by_hand.run_command(page, "Config Vars: Compare with Heroku App…")
    table = page.frame_locator("iframe.webview.ready").frame_locator("iframe#active-frame")
    table.get_by_role("status").filter(has_text="fetched").wait_for()
    table.get_by_role("searchbox").fill("sec")
    table.locator("tr", has_text="SECRET_KEY").get_by_role("button", name="Pull SECRET_KEY").wait_for()
    table.locator("tr", has_text="PAGE_SIZE").wait_for(state="detached")
    table.get_by_role("searchbox").fill("")
    picture(page.locator(".editor-group-container"), "compare", height=456)


def hide_values(page):
    """The values of an env file are hidden until the user reveals them."""
    value = page.locator(".view-line span", has_text="20").last
    assert opacity(value) == "0"
    picture(page.locator(".editor-group-container"), "cloak", height=220)
    by_hand.run_command(page, "Config Vars: Show Values of Env Files")
    until(lambda: opacity(value) == "1")
    by_hand.run_command(page, "Config Vars: Hide Values of Env Files")
    until(lambda: opacity(value) == "0")


def opacity(place) -> str:
    return place.evaluate("element => getComputedStyle(element).opacity")


def show_value(page):
    rows = by_hand.expand_view(page, "Config Vars").locator(".monaco-list-row")
    for text in ("All others", "PAGE_SIZE", ".env:4"):
        rows.filter(has_text=text).first.click()
    page.locator(".tabs-container .tab.active[data-resource-name='.env']").wait_for()
    by_hand.run_command(page, "Config Vars: Show Value…")
    dialog = page.locator(".monaco-dialog-box")
    dialog.get_by_text("PAGE_SIZE=20").wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")


def sample(folder: Path) -> Path:
    """The sample app as a developer has it."""
    shop = folder / "shop"
    shutil.copytree(REPOSITORY / "examples/shop", shop, ignore=shutil.ignore_patterns("__pycache__", "*.db"))
    (shop / ".env").touch(mode=0o600)
    (shop / ".env").write_text(ENV, "utf-8")
    return shop


def picture(part, name: str, *, top: float = 0, height: float | None = None) -> None:
    """Take a picture of a part of the window: `height` pixels from `top` on, or all."""
    if os.environ.get("CONFIGVARS_PICTURES"):
        box = part.bounding_box()
        box["y"] += top
        box["height"] = min(box["height"] - top, height or box["height"])
        part.page.screenshot(path=PICTURES / f"{name}.png", clip=box)

"""The page of Compare in a browser: what the keyboard is on stays there while the rows are drawn again."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.editors import CLIENT
from support.parts import missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.e2e
_WRITE = """
const html = require(process.argv[1]).page("a", "shop", "abc");
const api = "window.sent = []; window.acquireVsCodeApi = () => ({ postMessage: (each) => sent.push(each) });";
process.stdout.write(html.replace('<script nonce="abc">', '<script nonce="abc">' + api));
"""
_TELL = "(data) => window.dispatchEvent(new MessageEvent('message', { data }))"
_FOCUSED = "() => document.activeElement.ariaLabel || document.activeElement.textContent"


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    esbuild = CLIENT / "node_modules/.bin/esbuild"
    if not esbuild.exists():
        missing("the client's npm packages", "run `make client`")
    bundle, written = tmp_path / "page.cjs", tmp_path / "page.html"
    build = [esbuild, "src/comparePage.ts", "--bundle", "--format=cjs", f"--outfile={bundle}"]
    subprocess.run([*build, "--log-level=warning"], cwd=CLIENT, check=True)
    html = subprocess.run(["node", "-e", _WRITE, bundle], capture_output=True, check=True).stdout
    written.write_bytes(html)
    shown = browser.new_page()
    shown.goto(written.as_uri())
    yield shown
    shown.close()


def tell(page: Page, *rows: str, pulling: tuple[str, ...] = ()) -> str:
    """Send rows to the page, with a pull if the name ends with "!"; returns what has the focus then."""
    state = {"busy": False, "note": "", "fetched": None, "production": False}
    row = {"here": "missing", "there": "set", "addon": "", "kind": "missing"}
    lines = [{**row, "name": each.rstrip("!"), "pull": each.endswith("!")} for each in rows]
    page.evaluate(_TELL, {"rows": lines, "pulling": list(pulling), **state})
    return str(page.evaluate(_FOCUSED))


def test_the_focus_stays_on_the_row_then_goes_to_the_next_one_then_to_the_heading(page: Page) -> None:
    tell(page, "A!", "B!", "C!")
    page.get_by_role("button", name="Pull B").focus()
    page.keyboard.press("Enter")
    assert tell(page, "A!", "B!", "C!", pulling=("B",)) == "Pulling… B"
    assert page.locator("tr[aria-busy=true]").inner_text().startswith("B")
    page.keyboard.press("Enter")  # does not pull twice
    assert page.evaluate("sent") == ["ready", {"command": "pull", "name": "B"}]
    assert tell(page, "A!", "B!", "C!") == "Pull B"  # the pull has failed
    assert tell(page, "A!", "C!", "B") == "Pull C"
    assert tell(page, "A!", "B", "C") == "Variable"
    assert tell(page, "A!") == "Variable"


def test_the_page_takes_no_focus_from_another_part_of_the_window(page: Page) -> None:
    tell(page, "A!", "B!")
    page.get_by_role("button", name="Pull A").focus()
    page.evaluate("document.hasFocus = () => false")
    tell(page, "A!", "B!", pulling=("A",))
    tell(page, "A", "B!")
    assert page.evaluate("document.activeElement === document.body")
    page.evaluate("document.hasFocus = () => true; window.dispatchEvent(new Event('focus'))")
    assert page.evaluate(_FOCUSED) == "Pull B"
    page.get_by_role("searchbox").focus()
    tell(page, "A!", "B!")
    assert page.evaluate("document.activeElement.id") == "filter"

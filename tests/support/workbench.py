"""Uses VS Code as a user does: keys, menus and pickers, and waiting until each result is visible."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

TRIES = 6
SHORT = 2500  # ms; after this, input that VS Code may have lost is repeated


def run_command(page: Page, title: str) -> None:
    """Run a command by its title in the command palette."""
    page.keyboard.press("F1")
    box = page.locator(".quick-input-widget input[type=text]")
    box.wait_for()
    row = page.locator(".quick-input-list .monaco-list-row.focused", has_text=title)
    for _ in range(TRIES):
        # If the text is typed while the list is still being built, the command may never appear.
        box.fill(f">{title}")
        if _appears(row):
            break
        box.fill(">")
    else:
        row.wait_for()
    page.keyboard.press("Enter")


def _appears(row: Locator) -> bool:
    from playwright.sync_api import TimeoutError as TooLate

    try:
        row.wait_for(timeout=SHORT)
    except TooLate:
        return False
    return True


def open_file(page: Page, path: str) -> None:
    """Open a file that git does not ignore, by its path relative to the folder."""
    name = path.rsplit("/", 1)[-1]
    page.keyboard.press("Control+p")
    page.locator(".quick-input-widget input[type=text]").fill(path)
    page.locator(".quick-input-list .monaco-list-row", has_text=name).first.click()
    page.locator(f".tabs-container .tab.active[data-resource-name='{name}']").wait_for()


def open_in_explorer(page: Page, path: str) -> None:
    """Open a file by clicking through the explorer; its names must be unique there.

    Unlike `open_file`, this needs no file search, which the oldest supported VS Code has only with ripgrep.
    """
    *folders, name = path.split("/")
    rows = page.locator(".explorer-folders-view .monaco-list-row")
    for folder in folders:
        row = rows.filter(has=page.get_by_text(folder, exact=True))
        row.wait_for()
        if row.get_attribute("aria-expanded") == "false":
            row.click()
    rows.filter(has=page.get_by_text(name, exact=True)).click()
    page.locator(f".tabs-container .tab.active[data-resource-name='{name}']").wait_for()


def go_to(page: Page, line: int, column: int) -> None:
    """Move the cursor to a 1-based line and column."""
    page.keyboard.press("Control+g")
    page.locator(".quick-input-widget input[type=text]").fill(f":{line}:{column}")
    page.locator(".quick-input-list .monaco-list-row.focused", has_text=str(line)).wait_for()
    page.keyboard.press("Enter")
    page.locator(".quick-input-widget").wait_for(state="hidden")


def squiggles(page: Page) -> Locator:
    """The underlined places of the active editor."""
    return page.locator(".editor-instance").locator(".squiggly-error, .squiggly-warning, .squiggly-info")


def show_hover(page: Page) -> Locator:
    """Show the hover at the cursor."""
    page.keyboard.press("Control+k")
    page.keyboard.press("Control+i")
    hover = page.locator(".monaco-hover:visible").first
    hover.wait_for()
    return hover


def quick_fix(page: Page, title: str) -> None:
    """Apply the quick fix with this title at the cursor.

    A late answer can close the menu, so this is repeated.
    """
    from playwright.sync_api import TimeoutError as TooLate

    entry = page.locator(".action-widget .monaco-list-row", has_text=title)
    for _ in range(TRIES):
        page.keyboard.press("Control+.")
        try:
            entry.wait_for(timeout=SHORT)
            while not entry.locator("xpath=self::*[contains(@class, 'focused')]").count():
                page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
            entry.wait_for(state="hidden", timeout=SHORT)
        except TooLate:
            page.keyboard.press("Escape")
        else:
            return
    raise AssertionError(f"no quick fix {title}")


def tick(page: Page, *labels: str) -> None:
    """In a picker with check boxes, tick exactly these items and accept."""
    rows = page.locator(".quick-input-list .monaco-list-row")
    rows.first.wait_for()
    for row in rows.all():
        box = row.locator("input[type=checkbox], [role=checkbox]").first
        label = row.locator(".label-name").first.inner_text()
        if box.is_checked() != (label in labels):
            row.click()
    page.keyboard.press("Enter")
    rows.first.wait_for(state="hidden")


def choose(page: Page, label: str) -> None:
    """In a picker without check boxes, choose an item with the keyboard."""
    row = page.locator(".quick-input-list .monaco-list-row", has_text=label)
    row.first.wait_for()
    page.keyboard.type(label)
    page.locator(".quick-input-list .monaco-list-row.focused", has_text=label).wait_for()
    page.keyboard.press("Enter")
    row.first.wait_for(state="hidden")


def expand_view(page: Page, title: str) -> Locator:
    """Expand a view of the explorer; return the element that contains its rows."""
    header = page.locator(".pane-header", has_text=title).first
    header.wait_for()
    if header.get_attribute("aria-expanded") == "false":
        header.click()
    return page.locator(".pane", has=page.locator(".pane-header", has_text=title)).first


def widen_side_bar(page: Page, pixels: int) -> None:
    """Make the side bar wider by dragging its edge to the right."""
    box = page.locator(".part.sidebar").bounding_box()
    assert box is not None
    edge, middle = box["x"] + box["width"], box["y"] + box["height"] / 2
    page.mouse.move(edge, middle)
    page.mouse.down()
    page.mouse.move(edge + pixels, middle, steps=4)
    page.mouse.up()
    page.mouse.move(edge + 2 * pixels, middle)  # moves the mouse away, so that the edge is not highlighted


def answer(page: Page, question: str, button: str) -> None:
    """Answer a question in a notification, which may already be hidden behind the bell."""
    toast = page.locator(".notification-list-item", has_text=question)
    for _ in range(TRIES):
        if _appears(toast.first):
            break
        run_command(page, "Notifications: Show Notifications")
    toast.locator(".monaco-button", has_text=button).first.click()

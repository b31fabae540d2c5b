"""The values of env files are hidden wherever the files are, also in windows without Python."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import workbench as by_hand
from support.code_server import code_server, open_folder
from support.waiting import until

pytestmark = pytest.mark.e2e

PROC = Path("/proc")

FILES = {
    "index.html": "<p>No Python here</p>\n",
    ".vscode/settings.json": json.dumps(
        {"files.associations": {"*.env": "properties", ".envrc": "plaintext"}}
    ),
    "backend/.env": "STRIPE=hunter2\n",
    "deploy/production.env": "STRIPE=hunter2\n",
    "deploy/.env.staging": "STRIPE=hunter2\n",
    ".envrc": "export STRIPE=hunter2\n",
}


@pytest.mark.parametrize("version", ["code-server", "code-server-4.100"])
def test_values_are_hidden_in_every_folder_and_language(version, browser, tmp_path):
    folder = tmp_path / "web"
    for name, text in FILES.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    with (
        code_server(version, tmp_path / "vs", trusted=True) as server,
        open_folder(browser, server, folder) as page,
    ):
        by_hand.open_in_explorer(page, "index.html")
        assert not started(tmp_path), "a window without Python needs no server"
        for name in ("backend/.env", "deploy/production.env", "deploy/.env.staging", ".envrc"):
            by_hand.open_in_explorer(page, name)
            value = page.locator(".view-line span", has_text="hunter2").last
            until(lambda value=value: is_hidden(value))
        until(lambda: started(tmp_path))


@pytest.mark.parametrize("version", ["code-server", "code-server-4.100"])
def test_a_name_is_shown_to_the_user_who_is_typing_it(version, browser, tmp_path):
    folder = tmp_path / "web"
    folder.mkdir()
    (folder / ".env").write_text("DATABASE_URL=\n\nSTRIPE=walrus\n", "utf-8")
    with (
        code_server(version, tmp_path / "vs", trusted=True) as server,
        open_folder(browser, server, folder) as page,
    ):
        by_hand.open_in_explorer(page, ".env")

        def hides(text: str) -> bool:
            return is_hidden(page.locator(".view-line span", has_text=text).last)

        page.locator(".view-line", has_text="walrus").wait_for()
        until(lambda: hides("walrus"))  # what was typed before this is not known to be a name
        page.locator(".view-line").nth(1).click()
        for end, letter in enumerate("MAIL_USE_TLX", 1):
            page.keyboard.type(letter)
            until(lambda end=end: not hides("MAIL_USE_TLX"[:end]))
        page.locator(".view-line", has_text="DATABASE_URL").click()  # an arrow moves in a list of suggestions
        until(lambda: hides("MAIL_USE_TLX"))
        page.keyboard.press("End")
        for _ in "E_URL=":
            page.keyboard.press("Backspace")
        until(lambda: not hides("DATABAS"))
        page.keyboard.type("=hunter2")
        until(lambda: hides("hunter2"))
        page.keyboard.press("Home")
        for _ in "DATABAS=":
            page.keyboard.press("Delete")
        # All are shown and hidden again: what is hidden then takes these deletions into account.
        for command, hidden in (("Show Values of Env Files", False), ("Hide Values of Env Files", True)):
            by_hand.run_command(page, f"Config Vars: {command}")
            until(lambda hidden=hidden: hides("hunter2") is hidden)


def test_neither_the_minimap_nor_a_suggestion_shows_a_value(browser, tmp_path):
    folder = tmp_path / "web"
    (folder / ".vscode").mkdir(parents=True)
    settings = {"editor.minimap.enabled": True, "editor.wordBasedSuggestions": "matchingDocuments"}
    (folder / ".vscode/settings.json").write_text(json.dumps(settings))
    (folder / ".env").write_text("MAIL_SERVER=hunter2\nA=hun\n", "utf-8")
    with (
        code_server("code-server", tmp_path / "vs", trusted=True) as server,
        open_folder(browser, server, folder) as page,
    ):
        by_hand.open_in_explorer(page, ".env")
        until(lambda: is_hidden(page.locator(".view-line span", has_text="hunter2").last))
        assert page.locator(".editor-instance .minimap").evaluate("element => element.offsetWidth") == 0
        page.locator(".view-line").nth(1).click()
        page.keyboard.press("End")
        page.keyboard.press("Control+Space")
        page.locator(".suggest-widget.visible", has_text="No suggestions.").wait_for()


def started(root: Path) -> bool:
    """Whether the extension that is installed below a folder runs its server."""
    return any(
        str(root).encode() in line and b"bundled/start.py" in line
        for line in map(command_line, PROC.iterdir())
    )


def command_line(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:  # it has ended, or is no process
        return b""


def is_hidden(place) -> bool:
    """Whether a text has no color. Its opacity says less: VS Code fades what a finding calls unnecessary."""
    return str(place.evaluate("element => getComputedStyle(element).color")) == "rgba(0, 0, 0, 0)"

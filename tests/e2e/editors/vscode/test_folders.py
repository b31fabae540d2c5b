"""Several folders in one window. The settings of each folder name its Heroku apps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import workbench as by_hand
from support.code_server import code_server, open_folder
from support.heroku import logged_in
from support.workbench import answer

pytestmark = pytest.mark.e2e

CODE = 'import os\n\nkey = os.environ["STRIPE_API_KEY"]\nqueue = os.environ["QUEUE"]\n'


def test_each_folder_has_the_apps_that_its_settings_name_once_the_user_agrees(browser, tmp_path):
    workspace = two_folders(tmp_path, api="shop-demo", web="worker-staging")
    with (
        logged_in() as environment,
        code_server("code-server", tmp_path / "vs", trusted=True, environment=environment) as server,
        open_folder(browser, server, workspace) as page,
    ):
        answer(page, "The settings of web name Heroku app worker-staging", "Not Now")
        answer(page, "The settings of api name Heroku app shop-demo", "Use shop-demo")
        by_hand.open_file(page, "api/api.py")
        status = page.locator(".statusbar-item[id='configvars.configvars.configvars.app']")
        status.get_by_text("shop-demo · just now · 2 missing").wait_for()
        assert language_status(page).startswith("shop-demo")
        by_hand.open_file(page, "web/web.py")
        status.get_by_text("Choose Heroku app · 2 missing").wait_for()

        name_apps(tmp_path / "api", "shop-staging")
        answer(page, "api name Heroku app shop-staging, but shop-demo is chosen for api", "Keep shop-demo")
        by_hand.open_file(page, "api/api.py")
        status.get_by_text("shop-demo · ").wait_for()
        name_apps(tmp_path / "web", "shop-staging")
        answer(page, "web name Heroku app shop-staging", "Use shop-staging")
        by_hand.open_file(page, "web/web.py")
        status.get_by_text("shop-staging · just now").wait_for()


def test_a_click_on_the_app_switches_to_another_while_the_question_of_another_folder_waits(browser, tmp_path):
    workspace = two_folders(tmp_path, api="shop-demo", web="worker-staging")
    for name in ("api", "web"):
        (tmp_path / name / ".env").unlink()
        (tmp_path / name / ".vscode/settings.json").unlink()
    with (
        logged_in() as environment,
        code_server("code-server", tmp_path / "vs", trusted=True, environment=environment) as server,
        open_folder(browser, server, workspace) as page,
    ):
        by_hand.open_file(page, "api/api.py")
        status = page.locator(".statusbar-item[id='configvars.configvars.configvars.app']")
        question = page.locator(".statusbar-item", has_text="Config Vars has a question")
        question.wait_for()
        by_hand.open_file(page, "web/web.py")
        for app in ("shop-demo", "shop-staging"):
            status.click()
            by_hand.choose(page, app)
            status.get_by_text(f"{app} · just now · 2 missing").wait_for()
        assert status.inner_text().strip().startswith("shop-staging"), "it is not added to the other"

        status.click()
        by_hand.choose(page, "Several apps")
        by_hand.tick(page, "shop-demo", "shop-staging")
        status.get_by_text("shop-staging, shop-demo · ").wait_for()

        status.click()
        page.locator(".quick-input-list .monaco-list-row", has_text="shop-demo").wait_for()
        page.keyboard.type("shpo-demo")
        page.locator(".quick-input-list .monaco-list-row").first.wait_for(state="hidden")
        page.keyboard.press("Enter")
        page.locator(".quick-input-widget", has_text="Heroku app of web").wait_for()
        page.keyboard.press("Escape")
        status.get_by_text("shop-staging, shop-demo · ").wait_for()
        question.wait_for()


def two_folders(root: Path, **apps: str) -> Path:
    """A workspace of folders that contain code and an env file, and whose settings name an app."""
    for name, app in apps.items():
        folder = root / name
        (folder / ".vscode").mkdir(parents=True)
        (folder / f"{name}.py").write_text(CODE, "utf-8")
        (folder / ".env").touch(mode=0o600)
        name_apps(folder, app)
    workspace = root / "all.code-workspace"
    workspace.write_text(json.dumps({"folders": [{"path": name} for name in apps]}), "utf-8")
    return workspace


def name_apps(folder: Path, *apps: str) -> None:
    """Name the apps of a folder in its settings."""
    (folder / ".vscode/settings.json").write_text(json.dumps({"configvars.heroku.apps": apps}), "utf-8")


def language_status(page) -> str:
    """The text of our item in the language status, which opens when the mouse is over the braces."""
    page.locator(".statusbar-item[id='status.languageStatus']").hover()
    return str(page.locator(".hover-language-status .left", has_text="shop").first.inner_text()).strip()

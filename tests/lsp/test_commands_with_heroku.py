"""Commands that ask Heroku and change files. The CLI is a script here; `e2e` has tests with the real one."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dotenv import dotenv_values

from configvars.lsp.convert.uris import uri_of
from configvars.storage import chosen_apps, remember_apps, remember_asked, state_folder
from support.fake_heroku import FakeHeroku, fake_heroku
from support.fixtures import fixture
from support.git import git
from support.lsp_client import FULL_CAPABILITIES, REFUSED, LspClient
from support.lsp_in_process import client_of_thread
from support.processes import with_in_environment

CANARY = "canary\"'${HOME}\\ #\n✓"
APPS = {
    "shop": {"SECRET_KEY": CANARY, "DATABASE_URL": "postgres://canary"},
    "shop-prod": {"SECRET_KEY": "canary"},
}
CANCELLED = {"ok": False, "message": "Cancelled: nothing was changed.", "dismissed": True}
PROJECT = """\
-- app.py --
import os
os.environ["SECRET_KEY"], os.environ["DATABASE_URL"]
-- .env --
# mine
A=1
-- .git/HEAD --
ref: refs/heads/main
-- .git/config --
[remote "heroku"]
	url = https://git.heroku.com/shop.git
-- .gitignore --
.env
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    fixture(PROJECT).write(root)
    return root


@pytest.fixture
def heroku(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeHeroku:
    found = fake_heroku(tmp_path / "heroku", APPS)
    monkeypatch.setenv("PATH", found.env["PATH"])
    return found


@pytest.fixture
def client(heroku: FakeHeroku, caplog: pytest.LogCaptureFixture) -> Iterator[LspClient]:
    with client_of_thread() as started:
        yield started
    assert "canary" not in caplog.text


def picks(client: LspClient, *titles: str | None) -> list[str]:
    """Let the client answer the next questions with these titles.

    Returns the list of questions that were asked.
    """
    asked: list[str] = []
    left = list(titles)

    def answer(params: Any) -> Any:
        asked.append(params["message"])
        title = left.pop(0) if left else None
        offered = [action["title"] for action in params["actions"]]
        assert title is None or title in offered, f"{title} is not among {offered}"
        return {"title": title} if title else None

    client.answers["window/showMessageRequest"] = answer
    return asked


def test_nothing_is_started_in_an_untrusted_folder(
    client: LspClient, project: Path, heroku: FakeHeroku
) -> None:
    remember_apps(state_folder(), str(project), ("shop",))
    client.initialize(project, status=True)
    assert client.notified("configvars/status")["state"] == "untrusted"
    folder = {"folder": uri_of(str(project))}
    for name, more in (
        ("pull", {"app": "shop"}),
        ("refresh", {}),
        ("chooseApp", {}),
        ("createEnvFile", {"from": "heroku"}),
    ):
        outcome = client.command(f"configvars.{name}", {**folder, **more})
        assert outcome["ok"] is False
        assert "trust" in outcome["message"] or "already" in outcome["message"]
    assert client.call("configvars/apps", folder)["ok"] is False
    assert heroku.calls == []


def test_without_trust_no_folder_is_refreshed(client: LspClient, project: Path, heroku: FakeHeroku) -> None:
    client.initialize(project, status=True)
    outcome = client.command("configvars.refresh", {})
    assert (outcome["ok"], "trust" in outcome["message"]) == (False, True)
    assert heroku.calls == []


def test_an_app_that_was_not_chosen_is_not_contacted(
    client: LspClient, project: Path, heroku: FakeHeroku
) -> None:
    client.initialize(project, trusted=True, status=True)
    assert client.notified("configvars/status")["state"] == "none"
    assert client.exit() == 0
    assert heroku.calls == []


def test_choosing_an_app_and_pulling_from_it(client: LspClient, project: Path) -> None:
    client.initialize(project, trusted=True, status=True)
    folder = {"folder": uri_of(str(project))}
    asked = picks(client, "shop (git remote heroku)", "Skip it")
    assert client.command("configvars.chooseApp", folder)["ok"] is True
    assert asked == ["Which Heroku app does project run on?"]
    told = client.notified("configvars/status", lambda p: p["state"] == "idle")
    assert told["apps"] == ["shop"]
    assert told["fetched"].endswith("Z")

    app = client.open(project / "app.py")
    client.diagnostics(app, lambda found: len(found) == 2)
    hover = client.at("hover", app, 1, 14)["contents"]["value"]
    assert "shop" in hover

    outcome = client.command("configvars.pull", {**folder, "names": ["SECRET_KEY", "DATABASE_URL"]})
    assert outcome["ok"] is True
    assert "held back DATABASE_URL" in outcome["message"]
    text = (project / ".env").read_bytes().decode()
    assert text.startswith("# mine\nA=1\n")
    assert "SECRET_KEY=" in text
    assert "DATABASE_URL" not in text
    client.diagnostics(app, lambda found: len(found) == 1)
    assert "canary" not in client.raw.decode()


def test_a_pull_asks_for_the_app_and_continues(client: LspClient, project: Path) -> None:
    client.initialize(project, trusted=True)
    asked = picks(client, "shop (git remote heroku)")
    argument = {"folder": uri_of(str(project)), "names": ["SECRET_KEY"]}
    assert client.command("configvars.pull", argument)["ok"] is True
    assert asked == ["Which Heroku app does project run on?"]
    assert "SECRET_KEY=" in (project / ".env").read_text()


@pytest.mark.parametrize("is_chosen", [True, False])
def test_one_variable_is_pulled_into_a_new_env_file(
    client: LspClient, project: Path, is_chosen: bool
) -> None:
    (project / ".env").unlink()
    apps = ["shop"] if is_chosen else []
    picks(client)
    client.initialize(project, trusted=True, settings={"heroku": {"apps": apps}}, status=True)
    app = client.open(project / "app.py")
    client.diagnostics(app, bool)
    client.notified("configvars/status", lambda status: status["state"] == ("idle" if is_chosen else "none"))
    title, argument = offered(client, app, "SECRET_KEY")
    assert title == f"Pull SECRET_KEY from Heroku{' app shop into .env' if is_chosen else '…'}"
    asked = picks(client, *([] if is_chosen else ["shop (git remote heroku)"]))
    assert client.command("configvars.pull", argument)["ok"] is True
    assert len(asked) == (0 if is_chosen else 1)
    assert (project / ".env").stat().st_mode & 0o777 == 0o600
    assert dotenv_values(project / ".env", interpolate=True) == {"SECRET_KEY": CANARY}


def test_an_empty_value_is_filled_without_a_question(client: LspClient, project: Path) -> None:
    (project / ".env").write_text("SECRET_KEY= # here\nB=2\n")
    client.initialize(project, trusted=True)
    asked = picks(client)
    argument = {"folder": str(project), "app": "shop", "names": ["SECRET_KEY"]}
    assert client.command("configvars.pull", argument)["ok"] is True
    assert asked == []
    assert dotenv_values(project / ".env", interpolate=True)["SECRET_KEY"] == CANARY


def test_empty_variables_count_as_missing(client: LspClient, project: Path) -> None:
    (project / ".env").write_text("SECRET_KEY=\n")
    client.initialize(project, trusted=True)
    asked = picks(client, "Pull")
    assert client.command("configvars.pull", {"folder": str(project), "app": "shop"})["ok"] is True
    assert asked == ["Pull SECRET_KEY from Heroku app shop into .env?"]


SHOWS = {**FULL_CAPABILITIES, "window": {**FULL_CAPABILITIES["window"], "showDocument": {"support": True}}}


def test_creating_the_first_env_file_is_offered_only_once(heroku: FakeHeroku, project: Path) -> None:
    (project / ".env").unlink()
    (project / "app.py").write_text('import os\nos.environ["SECRET_KEY"], os.environ["ONLY_HERE"]\n')
    (project / ".env.example").write_text("ONLY_HERE=\nSECRET_KEY=\n")
    with client_of_thread() as client:
        asked = picks(client, "From shop", "Pull")
        client.initialize(project, capabilities=SHOWS, trusted=True, status=True)
        shown = client.notified("window/showDocument")
        assert asked[0] == "project needs 2 variables and has no .env. Create it?"
        assert client.notified("configvars/outcome")["message"].startswith("Pulled SECRET_KEY from shop")
        assert shown["uri"] == uri_of(str(project / ".env"))
        assert shown["selection"]["start"] == {"line": 0, "character": len("ONLY_HERE=")}
        assert (project / ".env").read_bytes().decode().startswith("ONLY_HERE=\nSECRET_KEY=")
    (project / ".env").unlink()
    with client_of_thread() as client:
        asked = picks(client)
        client.initialize(project, capabilities=SHOWS, trusted=True, status=True)
        client.diagnostics(client.open(project / "app.py"), lambda found: len(found) == 2)
        assert client.exit() == 0
        assert asked == []


@pytest.mark.parametrize("can", [FULL_CAPABILITIES, {}], ids=["asks", "does not ask"])
@pytest.mark.parametrize("trusted", [True, False])
def test_who_has_asked_for_nothing_is_told_once(
    heroku: FakeHeroku, project: Path, can: dict[str, object], trusted: bool
) -> None:
    (project / ".env").unlink()
    for is_told in (True, False):
        with client_of_thread() as client:
            asked = picks(client)
            client.initialize(project, capabilities=can, trusted=trusted)
            client.diagnostics(client.open(project / "app.py"), bool)
            if is_told:
                told = client.notified("window/showMessage")
                assert (told["type"], told["message"].split(":")[1]) == (
                    3,
                    " run configvars.createEnvFile or its code action.",
                )
            assert client.exit() == 0
            assert asked == []
            shown = [each for each in client.heard if each.get("method") == "window/showMessage"]
            assert len(shown) == is_told


@pytest.mark.parametrize(
    "made", ["nothing needs it", "there is one", "the editor cannot ask", "not trusted yet"]
)
def test_no_env_file_is_offered(client: LspClient, project: Path, made: str) -> None:
    asked = picks(client)
    (project / ".env.example").write_text("SECRET_KEY=\n")
    if made != "there is one":
        (project / ".env").unlink()
    if made == "nothing needs it":
        (project / "app.py").write_text('import os\nos.getenv("A", "x")\n')
    can = {**FULL_CAPABILITIES, "window": {}} if made == "the editor cannot ask" else FULL_CAPABILITIES
    client.initialize(project, capabilities=can, trusted=made != "not trusted yet", status=True)
    client.notified("configvars/overviewChanged")
    client.call("configvars/overview", {"folder": uri_of(str(project))})
    assert client.exit() == 0
    assert asked == []


def test_an_open_env_file_is_changed_through_the_editor(client: LspClient, project: Path) -> None:
    client.answers["workspace/applyEdit"] = lambda params: {"applied": True}
    client.initialize(project, trusted=True)
    env = client.open(project / ".env", version=7)
    argument = {"folder": str(project), "app": "shop", "names": ["SECRET_KEY"]}
    assert client.command("configvars.pull", argument)["ok"] is True
    edit = client.notified("workspace/applyEdit")["edit"]
    (change,) = edit["documentChanges"]
    assert change["textDocument"] == {"uri": env, "version": 7}
    assert (project / ".env").read_text() == "# mine\nA=1\n"
    assert client.notified("window/showMessage")["message"].startswith("Pulled SECRET_KEY from shop")


@pytest.mark.parametrize("saves", [False, True])
def test_a_pull_into_a_file_that_stays_unsaved_says_so(client: LspClient, project: Path, saves: bool) -> None:
    """An editor saves the file itself at most if it had no changes before."""
    client.initialize(project, trusted=True)
    mine = "# mine\nA=1\nTYPED=canary-typed\n"
    client.open(project / ".env", "# mine\nA=1\n" if saves else mine)

    def apply(params: Any) -> Any:
        if saves:
            (project / ".env").write_text("# mine\nA=1\nSECRET_KEY=canary\n")
        return {"applied": True}

    client.answers["workspace/applyEdit"] = apply
    argument = {"folder": str(project), "app": "shop", "names": ["SECRET_KEY"]}
    outcome = client.command("configvars.pull", argument)
    (edits,) = client.notified("workspace/applyEdit")["edit"]["documentChanges"]
    assert [each["range"]["start"]["line"] for each in edits["edits"]] == [1 if saves else 2]
    assert ("save it so that the program gets them" in outcome["message"]) is not saves
    if not saves:
        assert (project / ".env").read_text() == "# mine\nA=1\n"


def test_an_edit_that_the_editor_rejects_is_reported(client: LspClient, project: Path) -> None:
    client.answers["workspace/applyEdit"] = lambda params: {"applied": False}
    client.initialize(project, trusted=True)
    client.open(project / ".env")
    argument = {"folder": str(project), "app": "shop", "names": ["SECRET_KEY"]}
    outcome = client.command("configvars.pull", argument)
    assert outcome == {"ok": False, "message": "The editor rejected the change; nothing was written."}


def test_the_question_names_a_production_app_before_writing(client: LspClient, project: Path) -> None:
    client.initialize(project, trusted=True)
    asked = picks(client)
    argument = {"folder": str(project), "app": "shop-prod", "names": ["SECRET_KEY"]}
    assert client.command("configvars.pull", argument) == CANCELLED
    assert asked == ["Pull SECRET_KEY from the production app shop-prod into .env?"]
    assert (project / ".env").read_text() == "# mine\nA=1\n"


def test_the_question_about_a_production_app_does_not_wait_for_heroku(
    client: LspClient, project: Path, heroku: FakeHeroku
) -> None:
    client.initialize(project, trusted=True)
    client.command("configvars.chooseApp", {"folder": str(project), "apps": ["shop-prod"]})
    client.command("configvars.refresh", {"folder": str(project)})
    heroku.hang()
    asked = picks(client)
    argument = {"folder": str(project), "app": "shop-prod", "names": ["SECRET_KEY"]}
    assert client.command("configvars.pull", argument) == CANCELLED
    assert asked == ["Pull SECRET_KEY from the production app shop-prod into .env?"]
    heroku.go_on()
    asked = picks(client, "Pull")
    assert client.command("configvars.pull", argument)["message"].startswith(
        "Pulled SECRET_KEY from shop-prod"
    )
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("name", "text", "question"),
    [
        ("DATABASE_URL", "# mine\n", "should not be copied"),
        ("SECRET_KEY", "SECRET_KEY=other\n", "Overwrite the local value?"),
    ],
)
def test_a_name_of_a_production_app_that_needs_another_question_is_one_question(
    client: LspClient, project: Path, heroku: FakeHeroku, name: str, text: str, question: str
) -> None:
    heroku.answer({"shop-prod": {"SECRET_KEY": "canary", "DATABASE_URL": "postgres://canary"}})
    (project / ".env").write_text(text)
    client.initialize(project, trusted=True)
    client.command("configvars.chooseApp", {"folder": str(project), "apps": ["shop-prod"]})
    client.command("configvars.refresh", {"folder": str(project)})
    asked = picks(client)
    client.command("configvars.pull", {"folder": str(project), "app": "shop-prod", "names": [name]})
    assert len(asked) == 1
    assert question in asked[0]


LIVE = {
    "pay": {
        "STRIPE_KEY": "sk_live_canary",
        "SECRET_KEY": "canary",
        "DB": "mysql://u:h8xqz@db.shop.net/canary",
    }
}


@pytest.mark.parametrize(
    ("answer", "written"),
    [(None, ""), ("Skip it", "SECRET_KEY=canary\n"), ("Write it anyway", "STRIPE_KEY=sk_live_canary\n")],
)
def test_live_keys_need_confirmation(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch, answer: str | None, written: str
) -> None:
    monkeypatch.setenv("PATH", fake_heroku(tmp_path / "live", LIVE).env["PATH"])
    with client_of_thread() as client:
        client.initialize(project, trusted=True)
        asked = picks(client, answer)
        argument = {"folder": str(project), "app": "pay", "names": ["STRIPE_KEY", "SECRET_KEY", "DB"]}
        client.command("configvars.pull", argument)
        assert asked == [
            "On Heroku app pay, STRIPE_KEY is a live Stripe key and DB connects to a MySQL database on"
            " another machine: code that runs on this machine then uses real accounts and data. Write them"
            " into .env?"
        ]
        text = (project / ".env").read_text().removeprefix("# mine\nA=1\n")
        assert written in text
        assert bool(text) == bool(written)
        assert ("sk_live" in text) == (answer == "Write it anyway")


def test_a_file_that_git_does_not_ignore_is_added_to_gitignore_first(
    client: LspClient, project: Path
) -> None:
    (project / ".gitignore").unlink()
    client.initialize(project, trusted=True)
    asked = picks(client, "Add to .gitignore")
    argument = {"folder": str(project), "app": "shop", "names": ["SECRET_KEY"]}
    assert client.command("configvars.pull", argument)["ok"] is True
    assert asked[0].startswith("Git does not ignore .env")
    assert (project / ".gitignore").read_text() == ".env\n"


def test_a_tracked_file_is_written_only_after_a_yes(client: LspClient, project: Path) -> None:
    shutil.rmtree(project / ".git")
    git(project, "init", "-q")
    git(project, "add", "-f", ".env")
    client.initialize(project, trusted=True)
    asked = picks(client, None, "Write it anyway")
    argument = {"folder": str(project), "app": "shop", "names": ["SECRET_KEY"]}
    assert client.command("configvars.pull", argument) == CANCELLED
    assert (project / ".env").read_text() == "# mine\nA=1\n"
    assert client.command("configvars.pull", argument)["ok"] is True
    assert asked == ["Git tracks .env: values written there go into the next commit."] * 2
    assert "SECRET_KEY" in (project / ".env").read_text()


def test_values_are_not_pulled_into_a_template(client: LspClient, project: Path, heroku: FakeHeroku) -> None:
    (project / ".env.example").write_text("SECRET_KEY=\n")
    client.initialize(project, trusted=True)
    argument = {"folder": str(project), "app": "shop", "names": ["SECRET_KEY"], "into": ".env.example"}
    assert client.command("configvars.pull", argument) == {
        "ok": False,
        "message": ".env.example is a template, so no value is pulled into it.",
    }
    assert (project / ".env.example").read_text() == "SECRET_KEY=\n"
    assert heroku.calls == []


@pytest.mark.parametrize("into", ["../outside.env", "file:///etc/x.env", "/tmp/.env"])
def test_nothing_is_written_outside_the_folder(client: LspClient, project: Path, into: str) -> None:
    client.initialize(project, trusted=True)
    argument = {"folder": str(project), "app": "shop", "names": ["SECRET_KEY"], "into": into}
    assert client.command("configvars.pull", argument)["ok"] is False


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("configvars.pull", {"folder": "/nowhere"}),
        ("configvars.pull", {"app": "--help"}),
        ("configvars.pull", {"names": "X"}),
        ("configvars.chooseApp", {"apps": ["-x"]}),
        ("configvars.createEnvFile", {"from": "x"}),
        ("configvars.addToGitignore", {}),
        ("configvars.unknown", {}),
    ],
)
def test_wrong_arguments(client: LspClient, project: Path, name: str, argument: dict[str, Any]) -> None:
    (project / ".env").unlink()
    client.initialize(project, trusted=True)
    assert client.error("workspace/executeCommand", {"command": name, "arguments": [argument]}) == -32602


def test_a_hanging_heroku_blocks_nothing_and_leaves_no_child(
    client: LspClient, project: Path, heroku: FakeHeroku, hermetic: Path
) -> None:
    remember_apps(state_folder(), str(project), ("shop",))
    heroku.hang()
    client.initialize(project, trusted=True, status=True)
    client.notified("configvars/status", lambda p: p["state"] == "fetching")
    token = client.notified("window/workDoneProgress/create")["token"]
    app = client.open(project / "app.py")
    assert client.at("hover", app, 1, 14)
    client.notified("$/progress", lambda p: p["token"] == token)
    while not heroku.calls:
        assert client.at("hover", app, 1, 14)
    assert with_in_environment(f"HOME={hermetic}") != []
    assert client.exit() == 0
    assert with_in_environment(f"HOME={hermetic}") == []


def test_the_progress_report_can_cancel_the_work(
    client: LspClient, project: Path, heroku: FakeHeroku, hermetic: Path
) -> None:
    heroku.hang()
    client.initialize(project, trusted=True, status=True, settings={"heroku.timeout": 600})
    argument = {"folder": str(project), "app": "shop", "names": ["SECRET_KEY"]}
    pulling = client.request(
        "workspace/executeCommand", {"command": "configvars.pull", "arguments": [argument]}
    )
    token = client.notified("$/progress")["token"]
    client.notify("window/workDoneProgress/cancel", {"token": token})
    assert client.response(pulling)["result"] == CANCELLED
    assert (project / ".env").read_text() == "# mine\nA=1\n"
    end = time.monotonic() + 60
    while with_in_environment(f"HOME={hermetic}"):  # its process ends, although it would hang for longer
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize("status", [False, True])
def test_a_failure_is_reported_once(client: LspClient, project: Path, status: bool) -> None:
    """A client that shows the status also shows the failure, with a button that leads to the solution."""
    remember_apps(state_folder(), str(project), ("gone",))
    client.initialize(project, trusted=True, status=status)
    app = client.open(project / "app.py")
    assert client.at("hover", app, 1, 14)
    if status:
        failed = client.notified("configvars/status", lambda p: p["state"] == "failed")
        assert failed["next"] == "choose-app"
        assert client.command("configvars.refresh", {})["message"] == failed["message"]
    else:
        client.notified("window/showMessage")
    assert len([m for m in client.heard if m.get("method") == "window/showMessage"]) == (not status)


def test_a_cli_that_is_too_slow_can_be_tried_again_or_get_more_time(
    client: LspClient, project: Path, heroku: FakeHeroku
) -> None:
    heroku.hang()
    remember_apps(state_folder(), str(project), ("shop",))
    client.initialize(project, trusted=True, status=True, settings={"heroku.timeout": 1})
    steps = {"setting": "heroku.timeout", "retry": True}
    failed = client.notified("configvars/status", lambda p: p["state"] == "failed")
    argument = {"folder": str(project), "app": "shop", "names": ["SECRET_KEY"]}
    outcome = client.command("configvars.pull", argument)
    assert outcome == {"ok": False, "message": failed["message"], **steps}
    assert {key: failed.get(key) for key in ("next", *steps)} == {"next": None, **steps}
    heroku.go_on()
    assert client.command("configvars.pull", argument)["ok"] is True


def test_the_apps_of_a_folder_are_those_that_were_chosen_for_it(client: LspClient, project: Path) -> None:
    client.initialize(project, trusted=True, status=True, settings={"heroku.apps": ["shop-prod"]})
    assert client.notified("configvars/status", lambda p: p["state"] == "idle")["apps"] == ["shop-prod"]
    folder = {"folder": uri_of(str(project))}
    client.command("configvars.chooseApp", {**folder, "apps": ["shop"]})
    assert client.notified("configvars/status", lambda p: p["apps"] == ["shop"])
    said = client.notified("window/logMessage")["message"]
    assert said == "shop is chosen for project and overrides the setting heroku.apps."
    told = client.command("configvars.chooseApp", {**folder, "apps": []})["message"]
    assert told.endswith("The setting heroku.apps names shop-prod, which is used again.")


def test_only_an_app_that_was_chosen_is_not_chosen_any_more(client: LspClient, project: Path) -> None:
    client.initialize(project, trusted=True)
    folder = {"folder": uri_of(str(project))}
    told = [
        client.command("configvars.chooseApp", {**folder, "apps": apps})["message"]
        for apps in ([], ["shop"], [])
    ]
    assert told[::2] == [
        "No Heroku app is chosen for this folder.",
        "No Heroku app is chosen for this folder any more.",
    ]


def test_an_app_that_is_no_longer_chosen_causes_no_findings(client: LspClient, project: Path) -> None:
    (project / ".env").write_text("SECRET_KEY=x\nONLY_HERE=x\n")
    client.initialize(project, trusted=True, status=True, settings={"heroku.apps": ["shop"]})
    client.notified("configvars/status", lambda p: p["state"] == "idle")
    app = client.open(project / "app.py")
    assert "shop" in client.at("hover", app, 1, 14)["contents"]["value"]
    client.notify("workspace/didChangeConfiguration", {"settings": {"configvars": {"heroku": {"apps": []}}}})
    client.notified("configvars/status", lambda p: p["apps"] == [])
    assert "shop" not in client.at("hover", app, 1, 14)["contents"]["value"]


def test_trust_that_is_granted_later(client: LspClient, project: Path, heroku: FakeHeroku) -> None:
    remember_apps(state_folder(), str(project), ("shop",))
    client.initialize(project, status=True)
    client.notified("configvars/status", lambda p: p["state"] == "untrusted")
    chosen = client.command("configvars.chooseApp", {"folder": str(project), "apps": ["shop"]})
    assert (chosen["ok"], chosen["next"]) == (True, "trust")
    assert heroku.calls == []
    client.notify("configvars/didChangeTrust", {"trusted": True})
    client.notified("configvars/status", lambda p: p["state"] == "idle")
    listed = client.call("configvars/apps", {"folder": uri_of(str(project))})
    assert listed["available"] == [{"name": "shop", "team": "acme"}, {"name": "shop-prod", "team": None}]
    assert (listed["chosen"], listed["suggested"]) == (["shop"], ["shop"])


def test_a_heroku_command_in_the_workspace_is_not_run(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = fake_heroku(project / "tools", APPS)
    monkeypatch.setenv("PATH", f"{planted.folder / 'bin'}{os.pathsep}/usr/bin:/bin")
    with client_of_thread() as client:
        client.initialize(project, trusted=True)
        argument = {"folder": str(project), "app": "shop", "names": ["SECRET_KEY"]}
        assert client.command("configvars.pull", argument)["ok"] is False
    assert planted.calls == []


def test_a_clone_without_remote_and_template_can_choose_an_app(client: LspClient, project: Path) -> None:
    (project / ".env").unlink()
    (project / ".git/config").write_text("")
    asked = picks(client, "Choose Heroku App…", "shop", "Pull")
    client.initialize(project, capabilities=SHOWS, trusted=True, status=True)
    assert client.notified("configvars/outcome")["message"].startswith("Pulled SECRET_KEY from shop")
    assert asked[1] == "Which Heroku app does project run on?"
    assert chosen_apps(state_folder(), str(project)) == ("shop",)
    assert dotenv_values(project / ".env")["SECRET_KEY"] == CANARY


@pytest.mark.parametrize(
    ("answer", "env"),
    [({"app": "shop"}, CANARY), ({"app": None}, None), ({"app": "--help"}, None), (None, None)],
)
def test_a_client_with_a_picker_is_asked_for_the_app_there(
    client: LspClient, project: Path, answer: object, env: str | None
) -> None:
    (project / ".env").unlink()
    remember_asked(state_folder(), str(project))
    client.initialize(project, trusted=True, pickApp=True)
    asked = picks(client, "Pull")
    folders: list[str] = []
    client.answers["configvars/pickApp"] = lambda params: folders.append(params["folder"]) or answer
    outcome = client.command("configvars.createEnvFile", {"folder": str(project), "from": "heroku"})
    assert outcome["ok"] is (env is not None)
    assert folders == [uri_of(str(project))]
    assert dotenv_values(project / ".env").get("SECRET_KEY") == env
    assert chosen_apps(state_folder(), str(project)) == (("shop",) if env else None)
    assert len(asked) == (1 if env else 0), "only whether to pull"


def test_without_a_heroku_cli_no_app_is_offered(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (project / ".env").unlink()
    (project / ".git/config").write_text("")
    with client_of_thread() as client:
        picks(client, "From the code")
        client.initialize(project, capabilities=SHOWS, trusted=True, status=True)
        client.notified("configvars/outcome")
        (asked,) = [each for each in client.heard if each.get("method") == "window/showMessageRequest"]
    assert [action["title"] for action in asked["params"]["actions"]] == ["From the code", "Not now"]


def test_names_that_no_env_file_can_set_are_left_out_of_the_first_one(
    client: LspClient, project: Path
) -> None:
    (project / ".env").unlink()
    (project / "app.py").write_text(
        'import os\nos.environ["SECRET_KEY"], os.environ["MAIL-HOST"], os.environ["B"]\n'
    )
    remember_asked(state_folder(), str(project))
    client.initialize(project, trusted=True)
    picks(client, "Pull")
    argument = {"folder": str(project), "from": "heroku", "app": "shop"}
    assert client.command("configvars.createEnvFile", argument)["ok"] is True
    assert dotenv_values(project / ".env") == {"SECRET_KEY": CANARY, "B": ""}


def test_the_first_env_file_cannot_come_from_an_app_that_is_gone(client: LspClient, project: Path) -> None:
    (project / ".env").unlink()
    config = project / ".git/config"
    config.write_text(config.read_text().replace("shop.git", "gone.git"))
    remember_asked(state_folder(), str(project))
    client.initialize(project, trusted=True)
    picks(client, "From gone")
    outcome = client.command("configvars.createEnvFile", {"folder": str(project)})
    assert (outcome["ok"], outcome.get("dismissed", False)) == (False, False)
    assert "gone" in outcome["message"]
    assert not (project / ".env").exists()


def test_the_first_env_file_says_what_is_left_to_fill_in(client: LspClient, project: Path) -> None:
    (project / ".env").unlink()
    reads = 'os.environ["SECRET_KEY"], os.environ["DATABASE_URL"], os.environ["HERE"], os.getenv("MORE")'
    (project / "app.py").write_text(f"import os\n{reads}\n")
    remember_asked(state_folder(), str(project))
    client.initialize(project, capabilities=SHOWS, trusted=True)
    picks(client, "From shop", "Pull")
    outcome = client.command("configvars.createEnvFile", {"folder": str(project)})
    assert chosen_apps(state_folder(), str(project)) == ("shop",)
    assert outcome["message"].startswith(
        "Pulled SECRET_KEY from shop into .env; held back DATABASE_URL (it holds the credentials of a"
        " database; for this machine, use postgresql://localhost/shop);"
    )
    assert outcome["message"].endswith(". Fill in DATABASE_URL and HERE in .env.")
    assert (outcome["next"], outcome["name"]) == ("open", "DATABASE_URL")
    assert dotenv_values(project / ".env") == {"SECRET_KEY": CANARY, "DATABASE_URL": "", "HERE": ""}
    env_file = client.open(project / ".env")
    found = client.diagnostics(env_file, lambda found: len(found) == 3)
    about, other = [each for each in found if each["code"] == "empty-variable"]
    assert about["message"].startswith("DATABASE_URL is empty")
    assert other["message"].startswith("HERE is empty")
    params = {"textDocument": {"uri": env_file}, "range": about["range"], "context": {"diagnostics": [about]}}
    titles = [action["title"] for action in client.call("textDocument/codeAction", params)]
    assert titles[:2] == [
        "Fill in DATABASE_URL in .env",
        "Pull DATABASE_URL from Heroku app shop into .env",
    ]


@pytest.mark.parametrize("mine", ["A=1\nDATABASE_URL=\n", "A=1\n"])
def test_the_value_of_the_template_comes_before_a_pull_of_an_add_ons(
    client: LspClient, project: Path, mine: str
) -> None:
    (project / ".env").write_text(mine)
    (project / ".env.example").write_text("A=\nDATABASE_URL=postgresql://localhost/bakery\nSECRET_KEY=\n")
    remember_apps(state_folder(), str(project), ("shop",))
    client.initialize(project, trusted=True, status=True, commandLinks=True)
    client.notified("configvars/status", lambda status: status["state"] == "idle")
    place = (project / ".env", 1, 3) if "DATABASE_URL" in mine else (project / "app.py", 1, 45)
    uri = client.open(place[0])
    client.diagnostics(uri, bool)
    at = {"line": place[1], "character": place[2]}
    params = {"textDocument": {"uri": uri}, "range": {"start": at, "end": at}, "context": {"diagnostics": []}}
    actions = client.call("textDocument/codeAction", params)
    titles = [action["title"] for action in actions]
    pull = "Pull DATABASE_URL from Heroku app shop into .env"
    assert titles[0] == "Use the value of .env.example"
    assert pull in titles
    (change,) = actions[0]["edit"]["documentChanges"]
    assert change["edits"][0]["newText"].strip().endswith("postgresql://localhost/bakery")
    hover = client.at("hover", uri, *place[1:])["contents"]["value"]
    assert hover.index("[Use the value of .env.example](command:configvars.fix?") < hover.index(
        "command:configvars.pull?"
    )
    if place[0].name == ".env":
        (lens,) = client.call("textDocument/codeLens", {"textDocument": {"uri": uri}})
        assert lens["command"]["title"] == "Use the value of .env.example"
        argument = lens["command"]["arguments"][0]
        client.answers["workspace/applyEdit"] = lambda params: {"applied": True}
        assert client.command("configvars.fix", argument) == {"ok": True, "message": "Changed .env."}


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (["HERE"], "HERE"),
        (["SECRET_KEY", "NOWHERE", "HERE"], "HERE"),
        (["SECRET_KEY"], None),
        (["NOWHERE"], None),
    ],
)
def test_a_pull_leads_to_a_line_that_stays_empty(
    client: LspClient, project: Path, names: list[str], left: str | None
) -> None:
    (project / ".env").write_text("OTHER=\nHERE=\n")
    client.initialize(project, trusted=True)
    outcome = client.command("configvars.pull", {"folder": str(project), "app": "shop", "names": names})
    assert outcome["ok"] is True
    assert outcome.get("name") == left
    assert ("next" in outcome) == (left is not None or "SECRET_KEY" in names)


def test_no_env_file_is_created_if_there_is_nothing_to_write(client: LspClient, project: Path) -> None:
    (project / ".env").unlink()
    (project / "app.py").write_text("print(1)\n")
    client.initialize(project, trusted=True)
    outcome = client.command(
        "configvars.createEnvFile", {"folder": str(project), "from": "heroku", "app": "shop"}
    )
    assert outcome == {"ok": True, "message": "shop has none of the variables that are missing here."}
    assert not (project / ".env").exists()


@pytest.mark.parametrize(
    ("reads", "message"),
    [
        (
            'os.environ["DATABASE_URL"]',
            "Pulled nothing; held back DATABASE_URL (it holds the credentials of a database;"
            " for this machine, use postgresql://localhost/shop). Fill in DATABASE_URL in .env.",
        ),
        (
            'os.environ["HERE"]',
            "shop has none of the variables that are missing here. Fill in HERE in .env.",
        ),
    ],
)
def test_the_first_env_file_is_created_even_if_nothing_can_be_pulled(
    client: LspClient, project: Path, reads: str, message: str
) -> None:
    (project / ".env").unlink()
    (project / "app.py").write_text(f"import os\n{reads}\n")
    remember_asked(state_folder(), str(project))
    client.initialize(project, trusted=True)
    argument = {"folder": str(project), "from": "heroku", "app": "shop"}
    outcome = client.command("configvars.createEnvFile", argument)
    assert (outcome["ok"], outcome["message"], outcome["next"]) == (True, message, "open")
    assert list(dotenv_values(project / ".env").values()) == [""]
    assert client.command("configvars.createEnvFile", argument)["next"] == "open"


@pytest.mark.parametrize("origin", ["template", "code"])
def test_the_first_env_file(client: LspClient, project: Path, origin: str) -> None:
    (project / ".env").unlink()
    (project / ".env.example").write_text("# keys\nSECRET_KEY=\n")
    client.initialize(project)
    argument = {"folder": uri_of(str(project)), "from": origin}
    assert client.command("configvars.createEnvFile", argument)["ok"] is True
    assert "SECRET_KEY=\n" in (project / ".env").read_text()
    assert (project / ".env").stat().st_mode & 0o777 == 0o600
    assert client.command("configvars.createEnvFile", argument)["ok"] is False


def test_a_local_value_stays_unless_the_user_agrees(client: LspClient, project: Path) -> None:
    mine = "# mine\nSECRET_KEY='canary-local' # keep\nB=2\n"
    (project / ".env").write_text(mine)
    client.initialize(project, trusted=True)
    argument = {"folder": str(project), "app": "shop", "names": ["SECRET_KEY"]}
    for answers in ([], ["Keep the local value"], ["Overwrite"]):
        assert (project / ".env").read_text() == mine
        asked = picks(client, *answers)
        assert client.command("configvars.pull", argument)["ok"] is True
        assert asked[0].startswith("SECRET_KEY has a different value in .env than on Heroku app shop.")
    text = (project / ".env").read_bytes().decode()
    assert text.startswith("# mine\nSECRET_KEY=")
    assert text.endswith(" # keep\nB=2\n")
    assert "canary" not in client.raw.decode()


@pytest.mark.parametrize(
    ("picked", "written"),
    [
        ("Use a local value", "DATABASE_URL=postgresql://localhost/"),
        ("Pull anyway", "DATABASE_URL=postgres://canary\n"),
        ("Skip it", ""),
        (None, ""),
    ],
)
def test_a_variable_that_an_add_on_owns(
    client: LspClient, project: Path, picked: str | None, written: str
) -> None:
    client.initialize(project, trusted=True)
    asked = picks(client, *([picked] if picked else []))
    argument = {"folder": str(project), "app": "shop", "names": ["DATABASE_URL"]}
    client.command("configvars.pull", argument)
    assert "DATABASE_URL of app shop should not be copied" in asked[0]
    text = (project / ".env").read_text().removeprefix("# mine\nA=1\n")
    assert text.startswith(written)
    assert bool(text) == bool(written)
    assert "canary" not in client.raw.decode()


@pytest.mark.parametrize("production", [False, True])
@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize("differs", [False, True])
@pytest.mark.parametrize("held_back", [False, True])
@pytest.mark.parametrize("published", [False, True])
def test_a_pull_that_needs_consent_does_what_the_questions_said(
    tmp_path: Path,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    published: bool,
    held_back: bool,
    differs: bool,
    live: bool,
    production: bool,
) -> None:
    name = "DATABASE_URL" if held_back else "STRIPE_KEY"
    value = (
        ("postgres://u:h8xqz7K2@db.shop.net/canary" if held_back else "sk_live_canary") if live else "canary"
    )
    app = "shop-prod" if production else "shop"
    monkeypatch.setenv("PATH", fake_heroku(tmp_path / "consent", {app: {name: value}}).env["PATH"])
    before = f"# mine\n{name}=mine\n" if differs else "# mine\n"
    expected: dict[str, tuple[str, ...]] = {}
    if held_back:
        expected["Pull anyway"] = ("should not be copied", *(["overwrite the different value"] * differs))
    elif differs:
        expected["Overwrite"] = ("Overwrite the local value?", *(["is a live Stripe key"] * live))
    else:
        expected |= {"Pull": (f"Pull {name} from the production",)} if production else {}
        expected |= {"Write it anyway": ("is a live Stripe key",)} if live else {}
    expected |= {"Add to .gitignore": ("Git does not ignore .env",)} if published else {}
    yes = list(expected)
    if published:
        (project / ".gitignore").unlink()
    (project / ".env").write_text(before)
    with client_of_thread() as client:
        client.initialize(project, trusted=True)
        argument = {"folder": str(project), "app": app, "names": [name]}
        for agreed in range(len(yes) + 1):
            assert (project / ".env").read_text() == before
            asked = picks(client, *yes[:agreed])
            outcome = client.command("configvars.pull", argument)
            assert len(asked) == min(agreed + 1, len(yes))
            for question, said in zip(asked, expected.values(), strict=False):
                assert all(words in question for words in said)
            assert not asked or not production or "production app" in asked[0]
            is_written = agreed == len(yes)
            assert dotenv_values(project / ".env").get(name) == (
                value if is_written else "mine" if differs else None
            )
            assert outcome["message"].startswith(f"Pulled {name} from {app}") is is_written
        assert "canary" not in client.raw.decode()


def test_nothing_is_written_through_a_link_out_of_the_folder(
    client: LspClient, project: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.env"
    outside.write_text("B=1\n")
    (project / ".env").unlink()
    (project / ".env").symlink_to(outside)
    client.initialize(project, trusted=True)
    argument = {"folder": str(project), "app": "shop", "names": ["SECRET_KEY"]}
    picks(client)
    assert client.command("configvars.pull", argument) == CANCELLED
    client.answers["window/showMessageRequest"] = lambda _: REFUSED
    outcome = client.command("configvars.pull", argument)
    assert outcome["ok"] is False
    assert outcome["message"].endswith(f"run `configvars pull --app NAME --into {outside}` in a terminal.")
    assert outside.read_text() == "B=1\n"
    assert (project / ".env").is_symlink()


@pytest.mark.parametrize("agrees", [True, False])
@pytest.mark.parametrize("place", ["main/.env", "conf/local.env", "project/config/.env"])
@pytest.mark.parametrize("named", [True, False])
def test_the_file_that_a_link_leads_to_is_written_if_the_user_agrees(
    client: LspClient, project: Path, tmp_path: Path, agrees: bool, place: str, named: bool
) -> None:
    target = tmp_path / place
    fixture("-- main/.git/HEAD --\nref: x\n-- main/.gitignore --\n.env\n").write(tmp_path)
    target.parent.mkdir(exist_ok=True)
    target.write_text("# theirs\nA=1\n")
    (project / ".env").unlink()
    (project / ".env").symlink_to(target)
    client.initialize(project, trusted=True, settings={"heroku": {"apps": ["shop"]}}, status=True)
    app = client.open(project / "app.py")
    client.diagnostics(app, bool)
    client.notified("configvars/status", lambda status: status["state"] == "idle")
    title, argument = offered(client, app, "SECRET_KEY")
    shown = os.path.relpath(target, project)
    assert title == f"Pull SECRET_KEY from Heroku app shop into {shown}…"
    answers = ["Write to that file" if agrees else None, *([] if named else ["Pull"])]
    asked = picks(client, *answers, "Write it anyway")
    outcome = client.command("configvars.pull", argument if named else {**argument, "names": None})
    why = f".env is a symbolic link to {shown}, and configvars does not write through a link."
    assert asked[0] == f"{why} Write to {shown} itself?"
    assert (project / ".env").is_symlink()
    assert outcome["ok"] is agrees, outcome
    lines = target.read_text().splitlines()
    assert (lines[0], any(line.startswith("SECRET_KEY=") for line in lines)) == ("# theirs", agrees)
    if agrees:
        assert f"from shop into {shown}" in outcome["message"]
        client.diagnostics(app, lambda found: not [d for d in found if "SECRET_KEY" in d["message"]])
    assert all("main" not in m["params"]["uri"] for m in client.heard if "Diagnostics" in m.get("method", ""))


@pytest.mark.parametrize("unsaved", [True, False])
def test_a_file_that_is_also_open_as_a_link_with_unsaved_changes(
    client: LspClient, project: Path, unsaved: bool
) -> None:
    (project / "config").mkdir()
    (project / ".env").replace(project / "config/.env")
    (project / ".env").symlink_to("config/.env")
    client.answers["workspace/applyEdit"] = lambda params: {"applied": True}
    client.initialize(project, trusted=True)
    text = (project / "config/.env").read_text()
    client.open(project / ".env", f"{text}MINE=1\n" if unsaved else text)
    client.open(project / "config/.env", text)
    picks(client, "Write to that file", "Write it anyway")
    argument = {"folder": str(project), "app": "shop", "names": ["SECRET_KEY"]}
    outcome = client.command("configvars.pull", argument)
    assert outcome["ok"] is not unsaved
    assert ("Save the changes first. Nothing was changed." in outcome["message"]) is unsaved
    edited = [m for m in client.heard if m.get("method") == "workspace/applyEdit"]
    assert bool(edited) is not unsaved


@pytest.mark.parametrize("argument", [True, False])
def test_refreshing_without_an_app_names_the_setting(
    client: LspClient, project: Path, argument: bool
) -> None:
    client.initialize(project, trusted=True)
    outcome = client.command("configvars.refresh", {"folder": str(project)} if argument else {})
    assert outcome["message"].startswith("No Heroku app is chosen")
    assert outcome["message"].endswith(" Name the app in the setting `configvars.heroku.apps`.")


def offered(client: LspClient, uri: str, name: str) -> tuple[str, Any]:
    """The title and the argument of the pull of one variable."""
    for found in client.diagnostics(uri, bool):
        context = {"diagnostics": [found]}
        params = {"textDocument": {"uri": uri}, "range": found["range"], "context": context}
        for action in client.call("textDocument/codeAction", params):
            command = action.get("command")
            if command and command["command"] == "configvars.pull" and name in action["title"]:
                return action["title"], command["arguments"][0]
    raise AssertionError(name)


def test_text_typed_while_a_question_is_open_counts(client: LspClient, project: Path) -> None:
    client.answers["workspace/applyEdit"] = lambda params: {"applied": True}
    client.initialize(project, trusted=True)
    env = client.open(project / ".env", version=1)

    def type_on(params: Any) -> Any:
        client.change(env, "# mine\nA=1\nSECRET_KEY=canary-typed\n", 2)
        return {"title": "Pull"}

    client.answers["window/showMessageRequest"] = type_on
    argument = {"folder": str(project), "app": "shop-prod", "names": ["SECRET_KEY"]}
    outcome = client.command("configvars.pull", argument)
    assert outcome == {"ok": True, "message": "Pulled nothing; kept the local value of SECRET_KEY."}
    assert not [m for m in client.heard if m.get("method") == "workspace/applyEdit"]

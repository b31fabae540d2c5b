import json
import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from configvars import storage
from configvars.crashes import blamed
from support.forked import run_python

KILLED = """
import os, signal, sys
from pathlib import Path
from configvars import storage
os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
storage.remember_apps(Path(sys.argv[1]), "/a", ("shop",))
"""


def test_nothing_is_stored_at_first(tmp_path: Path) -> None:
    assert storage.chosen_apps(tmp_path / "state", "/srv/shop") is None


def test_a_choice_is_stored_for_each_folder_and_can_be_empty(tmp_path: Path) -> None:
    state = tmp_path / "deep" / "state"
    storage.remember_apps(state, "/a", ("shop", "shop-staging"))
    storage.remember_apps(state, "/b", ())
    assert storage.chosen_apps(state, "/a") == ("shop", "shop-staging")
    assert storage.chosen_apps(state, "/b") == ()
    assert storage.chosen_apps(state, "/c") is None


def test_a_forgotten_folder_is_asked_again_and_the_others_are_not(tmp_path: Path) -> None:
    storage.remember_apps(tmp_path, "/a", ("shop",))
    storage.remember_apps(tmp_path, "/b", ("blog",))
    storage.forget_apps(tmp_path, "/a")
    storage.forget_apps(tmp_path, "/never")
    assert storage.chosen_apps(tmp_path, "/a") is None
    assert storage.chosen_apps(tmp_path, "/b") == ("blog",)


def test_the_choice_of_no_app_can_be_forgotten(tmp_path: Path) -> None:
    storage.remember_apps(tmp_path, "/a", ())
    storage.forget_apps(tmp_path, "/a")
    assert storage.chosen_apps(tmp_path, "/a") is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_only_the_owner_can_read_the_file(tmp_path: Path) -> None:
    state = tmp_path / "state"
    storage.remember_apps(state, "/a", ("shop",))
    storage.remember_apps(state, "/a", ("blog",))
    (file,) = state.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    assert json.loads(file.read_text()) == {"version": 1, "folders": {"/a": ["blog"]}}


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"folders": 3}', '{"folders": {"/a": "shop"}}', '{"folders": {"/a": [1]}}',
     "[" * 100_000, "\x00"],
)  # fmt: skip
def test_a_damaged_file_is_ignored_and_replaced(tmp_path: Path, text: str) -> None:
    (tmp_path / "apps.json").write_text(text)
    assert storage.chosen_apps(tmp_path, "/a") is None
    storage.remember_apps(tmp_path, "/a", ("shop",))
    assert storage.chosen_apps(tmp_path, "/a") == ("shop",)


def test_invalid_utf_8_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "apps.json").write_bytes(b"\xff\xfe{")
    assert storage.chosen_apps(tmp_path, "/a") is None


def test_nothing_partial_is_left_where_the_file_cannot_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "apps.json" / "in the way").mkdir(parents=True)
    with pytest.raises(OSError, match=r"apps\.json"):
        storage.remember_apps(tmp_path, "/a", ("shop",))
    assert [file.name for file in tmp_path.iterdir()] == ["apps.json"]


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """A state folder in which a process was killed while it wrote."""
    argv = ("-c", KILLED, str(tmp_path))
    ended = run_python(*argv, cwd=tmp_path, env=os.environ, prepared=("configvars.storage",))
    assert ended.returncode == -signal.SIGKILL
    assert [path.is_dir() for path in tmp_path.iterdir()] == [True]
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_the_next_write_removes_what_a_killed_process_left(killed: Path) -> None:
    storage.remember_asked(killed, "/a")
    assert [path.name for path in killed.iterdir()] == ["asked.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_the_next_server_removes_what_a_killed_process_left(killed: Path) -> None:
    assert blamed(killed) == {}
    assert list(killed.iterdir()) == []


def asked(state: Path) -> list[object]:
    found: list[object] = json.loads((state / "asked.json").read_text())["folders"]
    return found


def test_nobody_was_asked_at_first(tmp_path: Path) -> None:
    assert not storage.was_asked(tmp_path / "state", "/a")


def test_each_folder_that_was_asked_about_is_stored_once_the_last_one_at_the_end(tmp_path: Path) -> None:
    for folder in ("/a", "/b", "/a"):
        storage.remember_asked(tmp_path, folder)
    assert [storage.was_asked(tmp_path, folder) for folder in ("/a", "/b", "/c")] == [True, True, False]
    assert asked(tmp_path) == ["/b", "/a"]


def test_of_very_many_folders_the_last_thousand_are_stored(tmp_path: Path) -> None:
    many = [f"/{number}" for number in range(1000)]
    (tmp_path / "asked.json").write_text(json.dumps({"version": 1, "folders": many}))
    storage.remember_asked(tmp_path, "/new")
    assert asked(tmp_path) == [*many[1:], "/new"]


@pytest.mark.parametrize("text", ["", "[]", '{"folders": {"/a": 1}}', "[" * 100_000, "\x00"])
def test_a_damaged_file_of_folders_is_ignored_and_replaced(tmp_path: Path, text: str) -> None:
    (tmp_path / "asked.json").write_text(text)
    assert not storage.was_asked(tmp_path, "/a")
    storage.remember_asked(tmp_path, "/a")
    assert asked(tmp_path) == ["/a"]


def test_what_is_no_folder_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "asked.json").write_text('{"folders": [1, null, "/a"]}')
    storage.remember_asked(tmp_path, "/b")
    assert asked(tmp_path) == ["/a", "/b"]

import json
import stat
import sys
from pathlib import Path

import pytest

from configvars import storage


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

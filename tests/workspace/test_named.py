"""Env files with unusual names, and the encodings in which code reads them."""

from __future__ import annotations

import pytest

from configvars.model import EnvFileUse, FileFacts
from configvars.run_model import Start
from configvars.text import Span
from configvars.workspace.named import is_listed, loaded_paths, named_encodings


def use(path: str | None, relative_to: str = "cwd", **more: object) -> EnvFileUse:
    return EnvFileUse(path, Span(0, 0), "load_dotenv", relative_to, **more)  # type: ignore[arg-type]


def loaded(*uses: EnvFileUse) -> list[str]:
    facts = FileFacts("/ws/app/conf/load.py", "python", env_files=uses)
    return sorted(loaded_paths({facts.path: facts}, "/ws"))


@pytest.mark.parametrize(
    ("loads", "expected"),
    [
        (use(None), []),
        (use("*.env", pattern=True), []),
        (use("../../../out.env", "folder"), []),
        (use("a.env"), ["/ws/a.env", "/ws/app/a.env", "/ws/app/conf/a.env"]),
        (use("../a.env", "folder"), ["/ws/a.env", "/ws/app/a.env"]),
        (use("/ws/x/a.env"), ["/ws/x/a.env"]),
    ],
)
def test_the_paths_that_a_load_may_mean(loads: EnvFileUse, expected: list[str]) -> None:
    assert loaded(loads) == expected


def test_the_env_files_of_a_start_are_in_its_own_folder() -> None:
    start = Start("web", Span(0, 0), "compose", folder="app", env_files=("prod.env", "../../../out.env"))
    facts = FileFacts("/ws/deploy/compose.yml", "compose", starts=(start,))
    assert list(loaded_paths({facts.path: facts}, "/ws")) == ["/ws/deploy/app/prod.env"]


def test_encodings_other_than_utf_8() -> None:
    uses = (use(None, encoding="latin-1"), use("a.env", encoding="UTF-8"), use("b.env", encoding="cp1252"))
    facts = FileFacts("/ws/load.py", "python", env_files=uses)
    other = FileFacts("/ws/other.py", "python", env_files=(use(".env", encoding="cp1252"), use("a.env")))
    assert named_encodings({facts.path: facts, other.path: other}, "/ws") == {
        "/ws/.env": ("cp1252", "latin-1"),
        "/ws/b.env": ("cp1252",),
    }


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("other.env", False),
        ("a.env", False),
        ("deploy", False),
        ("deploy/a.env", True),
        ("./deploy/a.env", True),
        ("deploy/*.env", True),
        ("/ws/deploy/a.env", True),
        ("*.ENV", False),
    ],
)
def test_the_setting_lists_files(pattern: str, expected: bool) -> None:
    assert is_listed("/ws/deploy/a.env", ["x", pattern], "/ws") is expected

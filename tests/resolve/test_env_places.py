"""Where the env files of a folder are, and which code loads them."""

from __future__ import annotations

import pytest

from configvars.model import EnvFileUse, FileFacts, Unread
from configvars.resolve.env_places import Files, Places, below, is_env_file, is_test_file, places_of, upwards
from configvars.text import Span

ROOT = "/ws"


def at(name: str) -> str:
    return f"{ROOT}/{name}"


def use(path: str, start: int = 0) -> EnvFileUse:
    return EnvFileUse(path, Span(start, start), "load_dotenv", "cwd")


def places(*names: str, loads: dict[str, tuple[EnvFileUse, ...]] | None = None) -> Places:
    files = {at(name): FileFacts(at(name), "dotenv" if ".env" in name else "other") for name in names}
    for name, uses in (loads or {}).items():
        files[at(name)] = FileFacts(at(name), "python", env_files=uses)
    return Places(files, ROOT)


NO_TESTS = [
    "app.py",
    "test_app/main.py",
    "testing.py",
    "latest.py",
    "contest.py",
    "app/test.py",
    "my_test/a.py",
]
TESTS = [
    "tests/a.py",
    "app/test/a.py",
    "testing/a.py",
    "tests-perf/a.py",
    "api_tests/a.py",
    "load_test/a.py",
    "e2e-test/a.py",
    "conftest.py",
    "test_app.py",
    "app/app_test.py",
]


@pytest.mark.parametrize("name", NO_TESTS)
def test_files_that_are_no_tests(name: str) -> None:
    assert not is_test_file(at(name), ROOT)


@pytest.mark.parametrize("name", TESTS)
def test_files_of_tests(name: str) -> None:
    assert is_test_file(at(name), ROOT)


def test_folders_above_the_root_do_not_count() -> None:
    assert not is_test_file("/tests/ws/app.py", "/tests/ws")
    assert below("/ws/a/b.py", "/ws") == below("/ws/a/b.py", "/ws/") == "a/b.py"
    assert list(upwards("/ws/a/b", "/ws")) == ["/ws/a/b", "/ws/a", "/ws"]
    assert list(upwards("/other/a", "/ws")) == ["/other/a", "/other", "/"]


def test_env_files_that_can_set_variables() -> None:
    files = {
        at(name): FileFacts(at(name), kind, unread=unread)
        for name, kind, unread in (
            (".env", "dotenv", None),
            (".env.example", "dotenv", None),
            ("app.json", "app.json", None),
            ("link.env", "dotenv", Unread("permission", "is not readable")),
            ("folder.env", "dotenv", Unread("folder", "is a folder")),
        )
    }
    unread = {name: one.unread.gives for name, one in files.items() if one.unread}
    assert {name: is_env_file(name, files) for name in (*files, at("no.env"))} == {
        at(".env"): True,
        at(".env.example"): False,
        at("app.json"): False,
        **unread,
        at("no.env"): False,
    }
    assert set(unread.values()) == {True, False}


def test_the_home_of_a_file_is_the_folder_of_its_app() -> None:
    found = places("web/Procfile", "web/sub/x.txt", "jobs/app.json", "cron/.env", "lib/x.txt")
    homes = {
        name: found.home_of(at(name)) for name in ("web/sub/deep/a.py", "web/a.py", "jobs/a.py", "cron/a.py")
    }
    assert homes == {
        "web/sub/deep/a.py": at("web"),
        "web/a.py": at("web"),
        "jobs/a.py": at("jobs"),
        "cron/a.py": at("cron"),
    }
    assert [found.home_of(at(name)) for name in ("lib/a.py", "lib/b/c.py", "a.py", "web/sub/b.py")] == [
        *[ROOT] * 3,
        at("web"),
    ]


def test_env_files_by_folder() -> None:
    found = places("b.env", "a.env", "app/x.env", "app-2/y.env", "app/sub/z.env", "app.env")
    assert found.env_files_in(ROOT) == [at("a.env"), at("app.env"), at("b.env")]
    assert found.env_files_in(at("other")) == []
    assert found.env_files_below(at("app")) == [at("app/sub/z.env"), at("app/x.env")]
    assert found.env_files_below(ROOT) == found.env_files()


def test_the_loaders_of_an_app() -> None:
    found = places(
        "web/Procfile",
        "jobs/Procfile",
        loads={
            "web/b.py": (use("second.env", 9), use("first.env", 1)),
            "web/a.py": (use("a.env"),),
            "web/tests/conftest.py": (use("test.env"),),
            "jobs/main.py": (use("jobs.env"),),
            "lib.py": (use("lib.env"),),
        },
    )

    def loaded(name: str) -> list[str | None]:
        return [each.path for one in found.loaders(at(name)) for each in one.uses]

    assert loaded("web/main.py") == ["lib.env", "a.env", "first.env", "second.env"]
    assert loaded("web/tests/test_a.py") == ["lib.env", "a.env", "first.env", "second.env", "test.env"]
    assert loaded("jobs/other.py") == ["jobs.env", "lib.env"]
    assert loaded("other.py") == ["jobs.env", "lib.env", "a.env", "first.env", "second.env"]


def test_what_was_computed_is_stored_with_the_files() -> None:
    files = Files({}, int, int)
    assert places_of(files, ROOT) is places_of(files, ROOT)
    assert places_of(files, ROOT) is not places_of(files, at("a"))
    assert places_of({}, ROOT) is not places_of({}, ROOT)
    asked: list[int] = []
    found = places_of(files, ROOT)
    assert [found.once("x", lambda: asked.append(1)), found.once("x", lambda: asked.append(2))] == [
        None,
        None,
    ]
    assert asked == [1]

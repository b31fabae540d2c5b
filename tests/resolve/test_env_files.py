"""Which env files apply to which code."""

from __future__ import annotations

import os

import pytest

from configvars.model import EnvFileUse, FileFacts
from configvars.resolve.env_files import env_files_for, file_in, is_env_file
from configvars.settings import Settings
from configvars.sources.dotenv import analyze
from configvars.text import Span

ROOT = os.path.abspath(os.sep + "shop")


def at(name: str) -> str:
    return os.path.normpath(os.path.join(ROOT, name))


def files(*names: str, loads: dict[str, list[EnvFileUse]] | None = None) -> dict[str, FileFacts]:
    """The env files and app roots by name; `loads`: the files that each code file loads."""
    found = {}
    for name in names:
        plain = os.path.basename(name) in ("Procfile", "app.json")
        found[at(name)] = FileFacts(at(name), "procfile") if plain else analyze(at(name), "A=1\n")
    for name, uses in (loads or {}).items():
        found[at(name)] = FileFacts(at(name), "python", env_files=tuple(uses))
    return found


def use(path: str | None, relative_to="cwd") -> EnvFileUse:
    return EnvFileUse(path, Span(0, 0), "load_dotenv", relative_to=relative_to)


def answering(path: str, known: dict[str, FileFacts], *setting: str) -> list[str]:
    found = env_files_for(at(path), known, ROOT, Settings(env_files=setting))
    return [os.path.relpath(name, ROOT).replace(os.sep, "/") for name in found]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([], []),
        ([".env.example", "env.sample", ".env-template", ".env.dist"], []),
        ([".env.local", ".env.test", "prod.env"], []),
        (["other/.env"], []),
        (["app/sub/.env"], []),
        (["../.env"], []),
        ([".env"], [".env"]),
        ([".env", "app/.env"], ["app/.env"]),
        (["app/.env", ".flaskenv"], ["app/.env", ".flaskenv"]),
    ],
)
def test_the_nearest_env_file_applies(known, expected):
    assert answering("app/main.py", files(*known)) == expected


@pytest.mark.parametrize(
    ("loaded", "expected"),
    [
        (use("absent.env"), []),
        (use(".env.example"), []),
        (use("../outside.env"), []),
        (use("test.env"), ["test.env"]),
        (use("test.env", "file"), ["config/test.env"]),
        (use("../test.env", "file"), ["test.env"]),
        (use("deploy/x.env", "file"), ["deploy/x.env"]),
        (use(at("deploy/x.env")), ["deploy/x.env"]),
        (use(None), ["config/.env"]),
    ],
)
def test_files_that_code_loads_apply_to_all_code_of_the_app(loaded, expected):
    names = ["test.env", "config/test.env", "deploy/x.env", ".env.example"]
    names += ["config/.env"] if loaded.path is None else []
    known = files(*names, loads={"config/settings.py": [loaded]})
    assert answering("app/main.py", known) == expected


@pytest.mark.parametrize(
    ("idiom", "cwd", "expected"),
    [
        ("environ.Env.read_env", "app", None),
        ("load_dotenv", "other/app", "other/test.env"),
        ("environ.Env.read_env", ".", "test.env"),
        ("load_dotenv", "app", "test.env"),
    ],
)
def test_only_some_libraries_search_above_the_working_directory(idiom, cwd, expected):
    known, loaded = files("test.env", "other/test.env"), EnvFileUse("test.env", Span(0, 0), idiom, "cwd")
    assert file_in(loaded, at(cwd), known, ROOT) == (None if expected is None else at(expected))


def test_env_files_that_tests_load_apply_only_to_tests():
    known = files("tests/.testenv", loads={"tests/conftest.py": [use(".testenv", "file")]})
    assert answering("app/main.py", known) == []
    assert answering("tests/test_main.py", known) == ["tests/.testenv"]


def test_env_files_of_one_app_do_not_apply_to_another():
    known = files("web/Procfile", "web/web.env", "jobs/.env", "lib/lib.env", loads={
        "web/main.py": [use("web.env")], "lib/load.py": [use("lib.env", "file")]})  # fmt: skip
    assert answering("web/main.py", known) == ["lib/lib.env", "web/web.env"]
    assert answering("jobs/main.py", known) == ["jobs/.env", "lib/lib.env"]


def test_the_setting_names_files_and_globs():
    known = files(".env", "deploy/a.env", "deploy/b.env", "deploy/c.env.example")
    assert answering("app.py", known, "deploy/b.env", "absent.env") == ["deploy/b.env", ".env"]
    assert answering("app.py", known, "deploy/*") == ["deploy/a.env", "deploy/b.env", ".env"]


def test_files_that_are_env_files():
    known = files(".env", ".env.example", "Procfile")
    assert [is_env_file(at(n), known) for n in (".env", ".env.example", "Procfile", "no.env")] == [
        True, False, False, False,
    ]  # fmt: skip

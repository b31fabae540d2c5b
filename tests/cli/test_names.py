"""The checks that options and the settings file select together."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from configvars.checks.groups import DEPLOY, ON_APPS, is_selected
from configvars.cli.errors import CannotRun
from configvars.cli.names import paths_among_names, split, with_selection
from configvars.model import Severity
from configvars.settings import Settings

NO_OPTIONS = {"deploy": False, "select": [], "extend_select": [], "ignore": [], "exclude": []}


def selected(settings: Settings, **options: object) -> Settings:
    return with_selection(settings, argparse.Namespace(**{**NO_OPTIONS, **options}))


def test_names_and_the_paths_after_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "src").mkdir()
    assert split(["bare-name,invalid-name,", "unused-variable", "src", "-"]) == (
        ("bare-name", "invalid-name", "unused-variable"),
        ["src", "-"],
    )
    args = argparse.Namespace(select=["bare-name", "src"], extend_select=["-"], ignore=["invalid-name"])
    assert paths_among_names(args) == ["src", "-"]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("bare-nam", "There is no check bare-nam. Did you mean bare-name?"),
        ("bare-name,xyzzy", "There is no check xyzzy. `configvars rule` lists them."),
        ("src", "There is no check src."),
    ],
)
def test_a_word_that_is_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotRun) as refused:
        split([word])
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("settings", "options", "name", "expected"),
    [
        (Settings(), {}, "missing-variable", True),
        (Settings(ignore=("missing-variable",)), {}, "missing-variable", False),
        (Settings(), {"ignore": ["missing-variable"]}, "missing-variable", False),
        (Settings(), {"select": ["bare-name"]}, "missing-variable", False),
        (Settings(select=("bare-name",)), {}, "missing-variable", False),
        (Settings(select=("bare-name",)), {"select": ["missing-variable"]}, "bare-name", False),
        (Settings(select=("bare-name",)), {"extend_select": ["missing-variable"]}, "bare-name", True),
        (Settings(select=("bare-name",)), {"extend_select": ["missing-variable"]}, "missing-variable", True),
        (Settings(ignore=("bare-name",)), {"extend_select": ["bare-name"]}, "bare-name", True),
        (Settings(ignore=("bare-name",)), {"extend_select": ["invalid-name"]}, "bare-name", False),
        (Settings(ignore=("bare-name",)), {"select": ["bare-name"]}, "bare-name", True),
        (Settings(), {"select": ["bare-name"], "ignore": ["bare-name"]}, "bare-name", False),
        (Settings(), {"deploy": True}, "bare-name", False),
        (Settings(), {"deploy": True, "select": ["bare-name"]}, "bare-name", True),
        (Settings(ignore=(DEPLOY[0],)), {"deploy": True}, DEPLOY[0], True),
        (Settings(), {"deploy": True}, ON_APPS[0], True),
        (Settings(ignore=(ON_APPS[0],)), {"deploy": True}, ON_APPS[0], False),
    ],
)
def test_which_checks_run(settings: Settings, options: dict[str, object], name: str, expected: bool) -> None:
    assert is_selected(name, selected(settings, **options)) is expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, {"bare-name": None, "invalid-name": Severity.HINT}),
        ({"select": ["bare-name"]}, {"invalid-name": Severity.HINT}),
        ({"extend_select": ["bare-name"]}, {"invalid-name": Severity.HINT}),
        ({"select": ["invalid-name"]}, {"bare-name": None, "invalid-name": Severity.HINT}),
    ],
)
def test_a_check_that_is_named_is_not_off(options: dict[str, object], expected: dict[str, object]) -> None:
    settings = Settings(checks={"bare-name": None, "invalid-name": Severity.HINT})
    assert selected(settings, **options).checks == expected


def test_a_deploy_uses_the_default_severities() -> None:
    checks = {DEPLOY[0]: Severity.HINT, DEPLOY[1]: None, ON_APPS[0]: Severity.HINT}
    assert selected(Settings(checks=checks), deploy=True).checks == {ON_APPS[0]: Severity.HINT}


def test_excluded_paths_are_added() -> None:
    settings = Settings(exclude=("old",))
    assert selected(settings, exclude=["a,b,", "c"]).exclude == ("old", "a", "b", "c")

"""Settings out of the editor's section and out of pyproject.toml: what is taken, what is said."""

from __future__ import annotations

from dataclasses import fields

import pytest

from configvars.model import Severity
from configvars.settings import Settings
from configvars.settings_file import (
    SETTINGS,
    settings_from,
    settings_from_pyproject,
    settings_of_repository,
    suggested_apps,
)

DEFAULTS = Settings()


def test_every_field_is_a_setting() -> None:
    assert [setting.field for setting in SETTINGS] == [field.name for field in fields(Settings)]


@pytest.mark.parametrize(
    ("section", "problem"),
    [
        ({}, None),
        ({"envFiles": None, "heroku": None}, None),
        ({"trace": {"server": "verbose"}}, None),
        ({"envFiles": ".env"}, "envFiles is not a list of texts"),
        ({"exclude": [1]}, "exclude is not a list of texts"),
        ({"heroku": {"apps": "shop"}}, "heroku.apps is not a list of texts"),
        ({"heroku": {"refresh": "always"}}, 'heroku.refresh is not "onOpen" or "manual"'),
        ({"heroku": {"timeout": 0}}, "heroku.timeout is not a number of seconds from 1 to 600"),
        ({"heroku": {"timeout": 1e9}}, "heroku.timeout is not a number of seconds"),
        ({"heroku": "shop"}, None),
        ({"select": "ALL"}, "select is not a list of texts"),
        ({"checks": {"unused-variable": "loud"}}, "checks is not check names, each with one of error"),
        ({"checks": ["unused-variable"]}, "checks is not check names"),
        ({"maxFileSize": "1 MB"}, "maxFileSize is not a number of bytes"),
        ({"maxFileSize": True}, "maxFileSize is not a number of bytes"),
        ({"maxFileSize": 1}, "maxFileSize is not a number of bytes, 1024 or more"),
        ({"path": 3}, "path is not a text"),
        (
            {"perFileIgnores": ["app.json"]},
            "perFileIgnores is not patterns of files, each with a list of check",
        ),
        ({"perFileIgnores": {"app.json": "syntax-error"}}, "perFileIgnores is not a list of texts"),
    ],
)
def test_bad_settings_are_said_and_defaults_used(section: dict[str, object], problem: str | None) -> None:
    settings, problems = settings_from(section, DEFAULTS)
    assert settings == DEFAULTS
    assert len(problems) == (0 if problem is None else 1)
    assert all(f"configvars.{problem}" in text and "default" in text for text in problems)


def test_the_editors_section() -> None:
    section: dict[str, object] = {
        "heroku": {"apps": ["shop"], "path": "/opt/heroku", "refresh": "manual", "timeout": 60},
        "envFiles": ["config/local.env"],
        "exclude": ["vendor/"],
        "given": ["AWS_*"],
        "checks": {"unused-variable": "off", "bare-name": "error"},
        "interpreter": "/usr/bin/python3",
        "path": "/usr/bin/configvars",
        "maxFileSize": 2048,
    }
    expected = Settings(
        heroku_apps=("shop",),
        heroku_path="/opt/heroku",
        heroku_refresh="manual",
        heroku_timeout=60,
        env_files=("config/local.env",),
        exclude=("vendor/",),
        given=("AWS_*",),
        checks={"unused-variable": None, "bare-name": Severity.ERROR},
        interpreter="/usr/bin/python3",
        path="/usr/bin/configvars",
        max_file_size=2048,
    )
    assert settings_from(section, DEFAULTS) == (expected, ())


def test_dotted_names_are_read_too() -> None:
    assert settings_from({"heroku.apps": ["shop"]}, DEFAULTS)[0].heroku_apps == ("shop",)


def test_one_bad_setting_leaves_the_others() -> None:
    settings, problems = settings_from({"given": 1, "exclude": ["x"]}, DEFAULTS)
    assert settings == Settings(exclude=("x",))
    assert len(problems) == 1


def test_the_editors_settings_lie_over_pyproject() -> None:
    project, _ = settings_from_pyproject('[tool.configvars]\ngiven = ["A"]\nexclude = ["b"]\n', DEFAULTS)
    settings, _ = settings_from({"given": ["C"]}, project)
    assert (settings.given, settings.exclude) == (("C",), ("b",))


def test_pyproject() -> None:
    text = """
[project]
name = "shop"

[tool.configvars]
env-files = ["config/local.env"]
exclude = ["vendor/"]
given = ["AWS_*"]
max-file-size = 2048

[tool.configvars.checks]
unused-variable = "off"

[tool.configvars.per-file-ignores]
"app.json" = ["syntax-error"]
"""
    expected = Settings(
        env_files=("config/local.env",),
        exclude=("vendor/",),
        given=("AWS_*",),
        checks={"unused-variable": None},
        max_file_size=2048,
        per_file_ignores={"app.json": ("syntax-error",)},
    )
    assert settings_from_pyproject(text, DEFAULTS) == (expected, ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", None),
        ("[tool.other]\nx = 1", None),
        ("[project", None),  # somebody else's trouble
        ("[tool.configvars", "pyproject.toml is not valid TOML"),
        ("tool = 1 # configvars", "not valid TOML"),
        ("[tool]\nconfigvars = 1", "is not a table"),
        ("x = " + "[" * 100_000 + " # configvars", "not valid TOML"),
        ("[tool.configvars]\nenv-file = []", "has no setting env-file"),
        ("[tool.configvars]\nenvFiles = []", "has no setting envFiles"),
        ("[tool.configvars]\ngiven = 'A'", "given is not a list of texts"),
        ("[tool.configvars]\npath = '/tmp/evil'", "path is for users to set"),
        ("[tool.configvars]\ninterpreter = '/tmp/evil'", "interpreter is for users to set"),
        ("[tool.configvars.heroku]\npath = '/tmp/evil'", "heroku.path is for users to set"),
        ("[tool.configvars.heroku]\nrefresh = 'onOpen'", "heroku.refresh is for users to set"),
        ("[tool.configvars.heroku]\napps = ['victim']", None),
    ],
)
def test_pyproject_says_what_it_does_not_use(text: str, problem: str | None) -> None:
    settings, problems = settings_from_pyproject(text, DEFAULTS)
    assert settings == DEFAULTS
    assert len(problems) == (0 if problem is None else 1)
    assert all(str(problem) in said for said in problems)


def test_a_repository_only_suggests_an_app() -> None:
    text = "[tool.configvars.heroku]\napps = ['shop']"
    assert suggested_apps({"pyproject.toml": text}.get) == ("shop",)
    assert suggested_apps({"pyproject.toml": text, "configvars.toml": "heroku.apps = ['own']"}.get) == (
        "own",
    )
    assert suggested_apps({"pyproject.toml": "[tool.configvars.heroku]\napps = 'shop'"}.get) == ()
    assert suggested_apps({"configvars.toml": "["}.get) == ()
    assert suggested_apps({}.get) == ()


def test_a_settings_file_of_its_own_counts_alone() -> None:
    files = {
        "configvars.toml": 'given = ["A"]\nnope = 1\n',
        "pyproject.toml": '[tool.configvars]\nexclude = ["b"]\n',
    }
    settings, problems = settings_of_repository(files.get, DEFAULTS)
    assert settings == Settings(given=("A",))
    assert problems == ("configvars.toml has no setting nope.",)
    broken = settings_of_repository({"configvars.toml": "given = ["}.get, DEFAULTS)
    assert broken == (DEFAULTS, ("configvars.toml is not valid TOML; its settings are not used.",))

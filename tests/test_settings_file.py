"""Settings from the editor and from pyproject.toml: what is used, and which mistakes are reported."""

from __future__ import annotations

import pytest
from msgspec.structs import fields

from configvars.checks.groups import NAMES
from configvars.model import Severity
from configvars.settings import Settings
from configvars.settings_file import (
    SETTINGS,
    mistake_span,
    settings_from,
    settings_from_own_file,
    settings_from_pyproject,
    settings_of_repository,
    suggested_apps,
)
from configvars.settings_values import LONGEST_ITEM, MAX_FILE_SIZE, MOST_ITEMS
from configvars.text import LineIndex

DEFAULTS = Settings()


def test_every_field_is_a_setting() -> None:
    assert [setting.field for setting in SETTINGS] == [field.name for field in fields(Settings)]


@pytest.mark.parametrize(
    ("section", "problem"),
    [
        ({}, None),
        ({"envFiles": None, "heroku": None}, None),
        ({"trace": {"server": "verbose"}}, None),
        ({"envFiles": ".env"}, "envFiles must be a list of strings"),
        ({"exclude": [1]}, "exclude must be a list of strings"),
        ({"heroku": {"apps": "shop"}}, "heroku.apps must be a list of strings"),
        ({"heroku": {"refresh": "always"}}, 'heroku.refresh must be "onOpen" or "manual"'),
        ({"heroku": {"timeout": 0}}, "heroku.timeout must be a number of seconds from 1 to 600"),
        ({"heroku": {"timeout": 601}}, "heroku.timeout must be a number of seconds from 1 to 600"),
        ({"heroku": {"timeout": 1e9}}, "heroku.timeout must be a number of seconds"),
        ({"heroku": "shop"}, None),
        ({"select": "ALL"}, "select must be a list of strings"),
        ({"checks": {"unused-variable": "loud"}}, "checks must set unused-variable to one of error, warning"),
        ({"checks": {"unused-variable": "warn"}}, "checks must set unused-variable to one of error, warning"),
        ({"checks": {"unused-variable": []}}, "checks must set unused-variable to one of error, warning"),
        ({"checks": {"unused-varable": "off"}}, "checks names an unknown check"),
        ({"checks": ["unused-variable"]}, "checks must be a table of check names"),
        ({"maxFileSize": "1 MB"}, "maxFileSize must be a number of bytes"),
        ({"maxFileSize": True}, "maxFileSize must be a number of bytes"),
        ({"maxFileSize": 1023}, f"maxFileSize must be a number of bytes from 1024 to {MAX_FILE_SIZE}"),
        ({"maxFileSize": MAX_FILE_SIZE + 1}, "maxFileSize must be a number of bytes from 1024"),
        ({"given": ["A"] * (MOST_ITEMS + 1)}, f"given must be a list of at most {MOST_ITEMS} strings"),
        ({"given": ["A" * (LONGEST_ITEM + 1)]}, f"given must be a list of at most {MOST_ITEMS} strings"),
        ({"exclude": ["*a*a*a*a"]}, "exclude has a pattern with more than 3 stars in a name"),
        ({"exclude": ["**/a/**/a/**/a/**/a"]}, "exclude has a pattern with more than 3 stars"),
        ({"path": 3}, "path must be a string"),
        (
            {"perFileIgnores": ["app.json"]},
            "perFileIgnores must be a table of file patterns, each with a list of check",
        ),
        ({"perFileIgnores": {"app.json": "syntax-error"}}, "perFileIgnores has no list of check names"),
        ({"perFileIgnores": {"*a*a*a*a": []}}, "perFileIgnores has a pattern with more than 3 stars"),
    ],
)
def test_mistakes_are_reported_and_defaults_used(section: dict[str, object], problem: str | None) -> None:
    settings, mistakes = settings_from(section, DEFAULTS, NAMES)
    assert settings == DEFAULTS
    assert len(mistakes) == (0 if problem is None else 1)
    assert all(f"configvars.{problem}" in str(mistake) for mistake in mistakes)


def test_wrong_names_of_checks_do_not_affect_the_others() -> None:
    section = {
        "checks": {"bare-name": "off", "bear-name": "off", "unused-variable": "loud"},
        "perFileIgnores": {"app.json": ["syntax-error", "sintax-error"], "x": 1},
        "select": ["ALL", "flask", "flsk", "bare-name"],
    }
    settings, mistakes = settings_from(section, DEFAULTS, NAMES)
    assert settings == Settings(
        select=("ALL", "flask", "bare-name"),
        checks={"bare-name": None},
        per_file_ignores={"app.json": ("syntax-error",)},
    )
    assert [(mistake.keys[-1], mistake.meant) for mistake in mistakes] == [
        ("flsk", "flask"),
        ("bear-name", "bare-name"),
        ("unused-variable", None),
        ("sintax-error", "syntax-error"),
        ("x", None),
    ]


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


def test_dotted_names_are_accepted() -> None:
    assert settings_from({"heroku.apps": ["shop"]}, DEFAULTS)[0].heroku_apps == ("shop",)


def test_one_mistake_does_not_affect_other_settings() -> None:
    settings, problems = settings_from({"given": 1, "exclude": ["x"]}, DEFAULTS)
    assert settings == Settings(exclude=("x",))
    assert len(problems) == 1


def test_the_editor_s_settings_override_pyproject() -> None:
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
        ("[project", None),  # settings of another tool
        ("[tool.configvars", "pyproject.toml is not valid TOML"),
        ("tool = 1 # configvars", "is not a table"),
        ("[tool]\nconfigvars = 1", "is not a table"),
        ("x = " + "[" * 100_000 + " # configvars", "not valid TOML"),
        ("[tool.configvars]\n" + "# large\n" * 20_000, "A settings file is longer than 128 KiB"),
        ("[tool.configvars]\nenv-file = []", "has an unknown setting env-file. Did you mean env-files?"),
        ("[tool.configvars]\nenvFiles = []", "has an unknown setting envFiles. Did you mean env-files?"),
        ("[tool.configvars]\nxyz = []", "has an unknown setting xyz."),
        ("[tool.configvars]\n'\\' = []", "has an unknown setting with other characters."),
        (
            "[tool.configvars.heroku]\napp = 's'",
            "has an unknown setting heroku.app. Did you mean heroku.apps?",
        ),
        ("[tool.configvars]\nmax-file-size = 99999999999", "max-file-size must be a number of bytes from"),
        ("[tool.configvars]\ngiven = 'A'", "given must be a list of strings"),
        ("[tool.configvars]\npath = '/tmp/evil'", "path can be set by the user only"),
        ("[tool.configvars]\ninterpreter = '/tmp/evil'", "interpreter can be set by the user only"),
        ("[tool.configvars.heroku]\npath = '/tmp/evil'", "heroku.path can be set by the user only"),
        ("[tool.configvars.heroku]\nrefresh = 'onOpen'", "heroku.refresh can be set by the user only"),
        ("[tool.configvars.heroku]\napps = ['victim']", None),
    ],
)
def test_settings_that_pyproject_may_not_contain_are_reported(text: str, problem: str | None) -> None:
    settings, mistakes = settings_from_pyproject(text, DEFAULTS, NAMES)
    assert settings == DEFAULTS
    assert len(mistakes) == (0 if problem is None else 1)
    assert all(str(problem) in str(mistake) for mistake in mistakes)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[tool.configvars]\nenv-file = []\n", "2:1 env-file"),
        ("[tool]\nconfigvars = {xyz = 1}\n", "2:15 xyz"),
        ("tool.configvars.xyz = 1\n", "1:17 xyz"),
        ("[tool.configvars]\nchecks.bear-name = 'off'\n", "2:8 bear-name"),
        ("[tool.configvars]\nchecks = {bear-name = 'off'}\n", "2:11 bear-name"),
        ("[tool.configvars.checks]\nbare-name = 'of'\n", "2:14 of"),
        ("[tool.configvars.checks]\r\nx = 'off'\r\n", "2:1 x"),
        ("[tool.'configvars'.per-file-ignores]\n'a.json' = [\n 'bare-name',\n 'x',\n]\n", "4:3 x"),
        ("[tool.other]\nxyz = 1\n[tool.configvars]\nxyz = 1\n", "4:1 xyz"),
        ("[tool.configvars.heroku]\nxyz = 1\n", "2:1 xyz"),
        ("[tool.configvars]\nx = 1\ny = [\n\n", "5:1 "),
        ("[tool.configvars]\nx = \ny = 1\n", "2:1 x = "),
        ("[tool]\nconfigvars = 1\n", "2:1 configvars"),
    ],
)
def test_a_mistake_has_a_place(text: str, place: str) -> None:
    (mistake,) = settings_from_pyproject(text, DEFAULTS, NAMES)[1]
    span = mistake_span("pyproject.toml", text, mistake)
    line, column = LineIndex(text).position(span.start)
    assert f"{line + 1}:{column + 1} {span.of(text)}" == place


def test_a_repository_only_suggests_an_app() -> None:
    text = "[tool.configvars.heroku]\napps = ['shop']"
    assert suggested_apps({"pyproject.toml": text}.get) == ("shop",)
    assert suggested_apps({"pyproject.toml": text, "configvars.toml": "heroku.apps = ['own']"}.get) == (
        "own",
    )
    assert suggested_apps({"pyproject.toml": text, "configvars.toml": ""}.get) == ()
    assert suggested_apps({"pyproject.toml": "[tool.configvars.heroku]\napps = 'shop'"}.get) == ()
    assert suggested_apps({"configvars.toml": "["}.get) == ()
    assert suggested_apps({}.get) == ()


def test_configvars_toml_replaces_pyproject() -> None:
    files = {
        "configvars.toml": 'given = ["A"]\nnope = 1\n',
        "pyproject.toml": '[tool.configvars]\nexclude = ["b"]\n',
    }
    settings, problems = settings_of_repository(files.get, DEFAULTS)
    assert settings == Settings(given=("A",))
    assert [str(problem) for problem in problems] == ["configvars.toml has an unknown setting nope."]
    settings, problems = settings_of_repository({"configvars.toml": "given = ["}.get, DEFAULTS)
    assert settings == DEFAULTS
    assert [str(problem) for problem in problems] == [
        "configvars.toml is not valid TOML; its settings are not used."
    ]


def test_a_mistake_in_configvars_toml_has_a_place() -> None:
    text = "# about\nnope = 1\n"
    (mistake,) = settings_from_own_file(text, DEFAULTS, NAMES)[1]
    assert mistake_span("configvars.toml", text, mistake).of(text) == "nope"


def test_very_many_mistakes_are_summarised() -> None:
    text = "[tool.configvars]\n" + "".join(f"nosuch{n} = 1\n" for n in range(5000))
    _, mistakes = settings_from_pyproject(text, Settings())
    assert len(mistakes) == 51
    assert mistakes[0].message == "pyproject.toml: [tool.configvars] has an unknown setting nosuch0."
    assert mistakes[-1].message == "pyproject.toml has 4950 more mistakes."


@pytest.mark.parametrize(
    "text",
    [
        "[checks]\n" + "".join(f"missing-varia{n} = 'error'\n" for n in range(900)),
        "[checks]\n" + "".join(f"missing-varia{n} = 'eror'\n" for n in range(900)),
        f"select = {[f'missing-varia{n}' for n in range(900)]}",
        f"[per-file-ignores]\n'*.py' = {[f'missing-varia{n}' for n in range(900)]}",
    ],
)
def test_similar_names_are_searched_for_a_few_mistakes_only(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []
    monkeypatch.setattr("configvars.settings_values.near", lambda name, known: searched.append(name))
    _, mistakes = settings_from_own_file(text, DEFAULTS, NAMES)
    assert len(mistakes) == len(searched) + 1 == 51


@pytest.mark.parametrize(
    "section",
    [
        {"checks": {f"no-such-{n}": "error" for n in range(5000)}},
        {"perFileIgnores": {f"{n}.py": "x" for n in range(5000)}},
        {"perFileIgnores": {"*.py": [f"no-such-{n}" for n in range(5000)]}},
    ],
)
def test_tables_and_lists_of_thousands_are_not_used(section: dict[str, object]) -> None:
    settings, mistakes = settings_from(section, DEFAULTS, NAMES)
    assert settings == DEFAULTS
    assert len(mistakes) == 1


def test_an_editor_gets_few_messages_about_its_settings() -> None:
    section = {"checks": {f"no-such-{n}": "error" for n in range(900)}}
    _, mistakes = settings_from(section, DEFAULTS, NAMES)
    assert [mistake.message for mistake in mistakes][4:] == [
        "The setting configvars.checks names an unknown check: no-such-4. `configvars rule` lists them.",
        "The settings have 895 more mistakes.",
    ]

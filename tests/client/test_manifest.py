"""package.json and the extension's README agree with the server and with each other."""

from __future__ import annotations

import json
import os
import re
import struct

import pytest

import configvars
from configvars.checks import CHECKS
from configvars.checks.groups import known_names
from configvars.settings import Settings
from configvars.settings_file import SETTINGS
from support.editors import CLIENT

MANIFEST = json.loads((CLIENT / "package.json").read_text("utf-8"))
PROPERTIES = MANIFEST["contributes"]["configuration"]["properties"]
USERS_ALONE = "machine"
# The settings of a folder may name apps for it; they are used after the user has agreed.
ASKED_ABOUT = "configvars.heroku.apps"


def plain(value: object) -> object:
    return json.loads(json.dumps(value, default=dict))


def test_the_extension_has_the_server_s_version():
    assert MANIFEST["version"] == configvars.__version__


def test_the_settings_are_the_server_s_with_its_defaults():
    defaults = Settings()
    expected = {f"configvars.{own.name}": plain(getattr(defaults, own.field)) for own in SETTINGS}
    assert {name: setting["default"] for name, setting in PROPERTIES.items()} == expected


def test_settings_that_a_repository_may_not_set_have_machine_scope():
    theirs = {f"configvars.{setting.name}" for setting in SETTINGS if not setting.in_repository}
    users_alone = {name for name, setting in PROPERTIES.items() if setting["scope"] == USERS_ALONE}
    assert users_alone | {ASKED_ABOUT} == theirs
    assert PROPERTIES[ASKED_ABOUT]["scope"] == "resource"
    assert set(MANIFEST["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"]) == theirs


def test_every_command_is_declared_registered_and_under_one_prefix():
    declared = [command["command"] for command in MANIFEST["contributes"]["commands"]]
    source = (CLIENT / "src/commands.ts").read_text("utf-8")
    table = re.search(r"const table: .*? = \{\n(.*?)\n  \};", source, re.S)
    assert table
    registered = [f"configvars.ui.{name}" for name in re.findall(r"^    (\w+):", table[1], re.M)]
    assert sorted(declared) == sorted(registered)
    assert {command["category"] for command in MANIFEST["contributes"]["commands"]} == {"Config Vars"}


def test_settings_complete_the_names_of_checks():
    checks = PROPERTIES["configvars.checks"]
    assert {name: each["description"] for name, each in checks["properties"].items()} == {
        check.name: check.summary for check in CHECKS
    }
    assert {tuple(each["enum"]) for each in checks["properties"].values()} == {
        tuple(checks["additionalProperties"]["enum"])
    }
    for name in ("select", "ignore"):
        assert PROPERTIES[f"configvars.{name}"]["items"]["enum"] == known_names()


def test_every_window_hides_values_whatever_the_place_and_language_of_an_env_file():
    # Files that are open when the window starts have one of these languages; onStartupFinished is later.
    languages = {"dotenv", "properties", "ini", "shellscript", "plaintext"}
    events = set(MANIFEST["activationEvents"])
    assert {"onStartupFinished", *(f"onLanguage:{each}" for each in languages)} <= events


def test_values_are_hidden_before_the_rest_of_the_extension_is_loaded():
    imports = {
        name: set(
            re.findall(
                r'^import (?!type).*from "([^"]+)"', (CLIENT / f"src/{name}.ts").read_text("utf-8"), re.M
            )
        )
        for name in ("extension", "cloak", "hiding", "cloaked", "shownLines", "typed")
    }
    assert imports == {
        "extension": {"./cloak"},
        "cloak": {"vscode", "./cloaked", "./hiding"},
        "hiding": {"./cloaked", "./shownLines", "./typed"},
        "cloaked": set(),
        "shownLines": set(),
        "typed": set(),
    }


def test_every_picture_is_used_and_the_icon_is_large_enough():
    used = {
        f"images/{name}"
        for name in re.findall(r"\(images/([^)]+)\)", (CLIENT / "README.md").read_text("utf-8"))
    }
    used |= set(re.findall(r'"(images/[^"]+)"', (CLIENT / "package.json").read_text("utf-8")))
    there = {f"images/{file.name}" for file in (CLIENT / "images").iterdir()}
    assert there - used == {"images/icon.svg"}, "the icon's drawing is not packaged"
    assert used <= there
    icon = (CLIENT / MANIFEST["icon"]).read_bytes()
    assert struct.unpack(">II", icon[16:24]) == (256, 256)


def test_no_language_is_claimed():
    assert "languages" not in MANIFEST["contributes"]
    assert "grammars" not in MANIFEST["contributes"]
    assert "extensionDependencies" not in MANIFEST


def settings_table() -> str:
    rows = ["| setting | whose | default | |", "|---|---|---|---|"]
    for name, setting in PROPERTIES.items():
        whose = "user" if setting["scope"] == USERS_ALONE else "folder"
        whose = "folder (asks)" if name == ASKED_ABOUT else whose
        default = json.dumps(setting["default"])
        text = setting.get("markdownDescription") or setting["description"]
        rows.append(f"| `{name}` | {whose} | `{default}` | {text} |")
    return "\n".join(rows)


def commands_table() -> str:
    hidden = {
        entry["command"]
        for entry in MANIFEST["contributes"]["menus"]["commandPalette"]
        if entry["when"] == "false"
    }
    shown = [entry for entry in MANIFEST["contributes"]["commands"] if entry["command"] not in hidden]
    return "\n".join(f"- **{entry['category']}: {entry['title']}**" for entry in shown)


@pytest.mark.parametrize(("mark", "make"), [("settings", settings_table), ("commands", commands_table)])
def test_the_readme_lists_all_settings_and_commands(mark, make):
    """With CONFIGVARS_UPDATE=1 the README is rewritten instead."""
    readme = CLIENT / "README.md"
    text = readme.read_text("utf-8")
    begin, end = f"<!-- {mark}: kept equal to package.json by a test -->\n", f"\n<!-- /{mark} -->"
    expected = text.split(begin)[0] + begin + make() + end + text.split(end)[1]
    if os.environ.get("CONFIGVARS_UPDATE"):
        readme.write_text(expected, "utf-8")
    else:
        assert text == expected

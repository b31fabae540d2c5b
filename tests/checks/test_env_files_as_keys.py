"""`app.config.update(dotenv_values(".env"))`: the names in the file become keys, and all values strings."""

from __future__ import annotations

import pytest

from configvars.checks.string_truthiness import STRING_TRUTHINESS
from configvars.checks.text_config_value import TEXT_CONFIG_VALUE
from configvars.checks.unused_variable import UNUSED_VARIABLE
from configvars.flask.env_files_as_keys import takers
from support.examples import findings
from support.projects import opened

APP = "-- app.py --\nfrom dotenv import dotenv_values\nfrom flask import Flask\napp = Flask(__name__)\n"
UPDATE = f"{APP}app.config.update(dotenv_values('.env'))\n"
WAYS = {
    "update": UPDATE,
    "from_mapping": f"{APP}app.config.from_mapping(dotenv_values('.env'))\n",
    "keywords": f"{APP}app.config.update(**dotenv_values('.env'))\n",
    "by a name": f"{APP}values = dotenv_values('.env')\napp.config.update(values)\n",
}
RIGHT = {
    "true": ("SESSION_COOKIE_SECURE=True\n", UPDATE),
    "a string": ("SECRET_KEY=no\n", UPDATE),
    "set again": ("TESTING=False\n", f"{UPDATE}app.config['TESTING'] = False\n"),
    "another file": ("TESTING=False\n", UPDATE.replace("'.env'", "'other.env'")),
    "only one name": ("TESTING=False\n", f"{APP}app.config.update(A=dotenv_values('.env')['A'])\n"),
    "other names": (
        "TESTING=False\n",
        f"{APP}app.config.update({{f'A_{{k}}': v for k, v in dotenv_values('.env').items()}})\n",
    ),
    "for something else": ("TESTING=False\n", f"{APP}print(dotenv_values('.env'))\n"),
}


@pytest.mark.parametrize("code", WAYS.values(), ids=WAYS)
def test_a_name_that_becomes_a_key_is_used(tmp_path, code):
    assert unused(tmp_path, f"-- .env --\nSECRET_KEY=x\nPAGES=3\nOTHER=1\n{code}app.config['PAGES']\n") == [
        "Nothing in this workspace reads OTHER"
    ]


def test_a_name_in_a_file_that_fills_no_configuration_is_not_used(tmp_path):
    text = f"-- .env --\nSECRET_KEY=x\n{APP}print(dotenv_values('.env'))\n"
    assert unused(tmp_path, text) == ["Nothing in this workspace reads SECRET_KEY"]


@pytest.mark.parametrize(("env", "code"), RIGHT.values(), ids=RIGHT)
def test_a_value_that_is_right_as_a_string(tmp_path, env, code):
    assert wrong(tmp_path, f"-- .env --\n{env}{code}") == []


def test_the_statement_that_takes_a_name(tmp_path):
    project = opened(tmp_path, f"-- .env --\nSECRET_KEY=x\nOTHER=1\n{UPDATE}")
    lines = {name: [*_readers(project.project, name)] for name in ("SECRET_KEY", "OTHER")}
    assert lines == {"SECRET_KEY": ["app.config.update(dotenv_values('.env'))"], "OTHER": []}


def test_values_that_are_no_strings_for_their_keys(tmp_path):
    assert wrong(tmp_path, f"-- .env --\nSESSION_COOKIE_SECURE=False\nMAX_CONTENT_LENGTH=1000\n{UPDATE}") == [
        "app.config gets SESSION_COOKIE_SECURE from dotenv_values, which returns strings: this one is true",
        "app.config gets MAX_CONTENT_LENGTH from dotenv_values, which returns strings: "
        "TypeError at the first request with a body",
    ]


def _readers(project, name):
    return (one.span.of(project.text_of(one.path)) for one in takers(project, name))


def unused(folder, text):
    return [each.message for each in findings(opened(folder, text).project, [UNUSED_VARIABLE])]


def wrong(folder, text):
    found = findings(opened(folder, text).project, [STRING_TRUTHINESS, TEXT_CONFIG_VALUE])
    return [each.message for each in sorted(found, key=lambda one: one.span)]

"""File names: which are env files, which are templates, and which are certainly env files."""

from __future__ import annotations

import pytest

from configvars.sources.env_names import is_env_file_name, is_template_name, is_usual_name


@pytest.mark.parametrize(
    "name",
    [
        "env", ".envrc", ".environment", "environment.py", "env.py", ".env.py", "prod.env.yaml", ".env.vault",
        ".env.json", ".env.gpg", ".env.swp", "env.local", "my_env", "example", "envexample", ".flaskenvs",
        ".env.patch", ".env.diff", ".env.rej", ".env.j2", ".env.jinja2", ".env.erb", ".env.erb.example",
        ".env.example.j2", ".env.PATCH", ".flaskenv.patch", ".env-local.patch", ".env.mustache", ".env.php",
        ".env.ts", ".env.js.dist", ".env.ini", ".env.sh", ".env.log", ".env.tar", ".env~", ".env.local~",
        "env.patch", "dotenv.erb", ".env.age", ".env.sops", ".env.properties", ".env.tfvars", ".env.pem",
    ],
)  # fmt: skip
def test_names_of_other_files(name):
    assert not is_env_file_name(name)
    assert not is_usual_name(name)


@pytest.mark.parametrize(
    ("name", "template"),
    [
        (".env", False),
        (".env.local", False),
        (".env-test", False),
        (".env_prod", False),
        (".env.development.local", False),
        (".env.Production", False),
        (".env.secrets", False),
        (".flaskenv", False),
        (".env.example", True),
        (".env.sample", True),
        (".env.template", True),
        (".env.dist", True),
        (".env.tpl", True),
        (".env.test.example", True),
        (".env.example.local", True),
        ("env.example", True),
        ("env-template", True),
        ("env.prod.example", True),
        ("dotenv.sample", True),
        (".env-sample", True),
        (".env_EXAMPLE", True),
        (".flaskenv.example", True),
        (".env.exemple", True),
        (".env.exemplo", True),
        ("env.ejemplo", True),
        (".env-vorlage", True),
    ],
)
def test_certain_names_of_env_files(name, template):
    assert is_env_file_name(name)
    assert is_template_name(name) is template
    assert is_usual_name(name)


@pytest.mark.parametrize(
    ("name", "template"),
    [
        ("prod.env", False),
        ("x.patch.env", False),
        (".env.exampleapp", False),
        (".env.exempleapp", False),
        (".env.eu-west-1", False),
        (".env.bak", False),
        (".env.old", False),
        (".env.orig", False),
        (".env.20260101", False),
        ("example.env", True),
    ],
)
def test_env_files_that_are_not_changed_without_asking(name, template):
    assert is_env_file_name(name)
    assert is_template_name(name) is template
    assert not is_usual_name(name)

"""Features that need a key, imported from the packages of extensions or from the modules in them."""

from __future__ import annotations

import importlib

import pytest

from configvars.checks.required_config_key import REQUIRED_CONFIG_KEY
from configvars.readers.flask_paths import ALIASES
from support.examples import findings
from support.projects import opened

APP = "from flask import Flask\napp = Flask(__name__)\n"
FORM = "from flask_wtf.form import FlaskForm\n"
NEEDLESS = {
    "another package": f"{APP}from shop.csrf import CSRFProtect\nCSRFProtect(app)\n",
    "another name of the module": f"{APP}from flask_wtf.csrf import generate_csrf\n",
    "a base without protection": (
        f"{APP}{FORM}class Base(FlaskForm):\n    class Meta:\n        csrf = False\n"
        "class Search(Base):\n    pass\nSearch()\n"
    ),
    "classes that extend each other": f"{APP}{FORM}class A(B):\n    pass\nclass B(A):\n    pass\nA()\n",
    "never created": f"{APP}{FORM}class Base(FlaskForm):\n    pass\nclass Search(Base):\n    pass\n",
}
NEEDY = {
    "CSRFProtect": f"{APP}from flask_wtf.csrf import CSRFProtect\nCSRFProtect(app)\n",
    "CSRFProtect of another file": (
        f"{APP}from extensions import csrf\ncsrf.init_app(app)\n-- extensions.py --\n"
        "from flask_wtf.csrf import CSRFProtect\ncsrf = CSRFProtect()\n"
    ),
    "CsrfProtect": f"{APP}from flask_wtf.csrf import CsrfProtect\nCsrfProtect(app)\n",
    "FlaskForm": f"{APP}{FORM}class Search(FlaskForm):\n    pass\nSearch()\n",
    "FlaskForm behind another class": (
        f"{APP}{FORM}class Base(FlaskForm):\n    pass\nclass Search(Base):\n    pass\nSearch()\n"
    ),
    "session": f"{APP}from flask.globals import session\ndef view():\n    session['a'] = 1\n",
    "flash": f"{APP}from flask.helpers import flash\ndef view():\n    flash('Saved')\n",
    "create_access_token": (
        f"{APP}from flask_jwt_extended.utils import create_access_token\n"
        "def view():\n    create_access_token(1)\n"
    ),
    "SQLAlchemy": f"{APP}from flask_sqlalchemy.extension import SQLAlchemy\nSQLAlchemy(app)\n",
}
MODULES = [
    pytest.param(path, meant, id=path)
    for path, meant in ALIASES.items()
    if meant.partition(".")[0] in ("flask_jwt_extended", "flask_login", "flask_sqlalchemy", "flask_wtf")
    and "CsrfProtect" not in path  # its name until Flask-WTF 0.14
]


@pytest.mark.parametrize("code", NEEDLESS.values(), ids=NEEDLESS)
def test_no_feature_that_needs_a_key(tmp_path, code):
    assert needs(tmp_path, code) == []


@pytest.mark.parametrize("feature", NEEDY)
def test_a_feature_that_needs_a_key(tmp_path, feature):
    assert [message.partition(" ")[0] for message in needs(tmp_path, NEEDY[feature])] == [
        {"CsrfProtect": "CSRFProtect"}.get(feature, feature.partition(" ")[0])
    ]


@pytest.mark.parametrize(("path", "meant"), MODULES)
def test_a_module_of_a_package_has_the_same_object(path, meant):
    assert named(path) is named(meant)


def named(path):
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module), name)


def needs(folder, code):
    project = opened(folder, f"-- app.py --\n{code}").project
    return [each.message for each in findings(project, [REQUIRED_CONFIG_KEY])]

"""Generates small Flask apps that fill their configuration in many ways and use it.

Flask shows the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

HEAD = """\
import functools, json, os, tomllib
from flask import Flask, current_app, flash, render_template, session
from flask_jwt_extended import JWTManager, create_access_token
from flask_login import LoginManager, UserMixin, login_user
from flask_mail import Mail, Message
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect, FlaskForm
from helpers import configure, silent
from settings import Base, Dev, Live, by_name
db = SQLAlchemy()
mail = Mail()
class SearchForm(FlaskForm):
    pass
class Local:
    A = C = 1
"""
FILES = {
    "helpers.py": """\
def configure(app, extra=None):
    app.config.setdefault("A", 7)
    app.config.update(extra or {})
def silent(app):
    app.jinja_env.globals["x"] = 1
""",
    "settings.py": """\
import os
class Base:
    A = 1
    B = None
class Dev(Base):
    C = "x"
    lower = 2
class Live(Base):
    B = os.environ.get("MISSING")
    SECRET_KEY = os.environ.get("SECRET", "x")
by_name = {"dev": Dev, "live": Live}
""",
    "extra.cfg": "A = 5\nD = [1]\nlower = 1\n",
    "data.json": '{"B": true, "D": {"E": 1}, "lower": 1}',
    "data.toml": 'C = "x"\nlower = 1\n',
    "templates/a.html": "{{ config.A|int }}",
    "templates/b.html": "{{ config.B }}",
    "templates/c.html": "{% if config.C %}{{ config.C.upper() }}{% endif %}",
}

# Statements that fill the configuration; the analysis cannot follow the last ones.
STEPS = (
    'app.config["A"] = 1',
    'app.config["B"] = os.environ.get("MISSING")',
    'app.config["C"] = os.environ.get("MISSING") or "x"',
    'app.config.update(A="x", B=2)',
    'app.config.update([("C", 3)], D=True)',
    'app.config.from_mapping({"A": None}, B=True, lower=1)',
    'app.config.setdefault("A", 5)',
    'app.config |= {"D": 1}',
    "app.config.from_object(Dev)",
    "app.config.from_object(Live())",
    "app.config.from_object(Local)",
    "app.config.from_object(__name__)",
    'app.config.from_object("settings.Base")',
    'app.config.from_object("settings")',
    'app.config.from_object(by_name["live"])',
    'app.config.from_object(by_name[os.environ.get("MODE", "dev")])',
    'app.config.from_pyfile("extra.cfg")',
    'app.config.from_file("data.json", load=json.load)',
    'app.config.from_file("data.toml", load=tomllib.load, text=False)',
    'app.secret_key = "x"',
    'app.config["SECRET_KEY"] = None',
    'app.config["SECRET_KEY"] = os.environ.get("MISSING")',
    'app.config["JWT_SECRET_KEY"] = "x" * 40',
    'app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"',
    'if os.environ.get("MODE"):\n    app.config["A"] = 2',
    "configure(app)",
    'configure(app, {"D": 2})',
    "silent(app)",
    "JWTManager(app)",
    "CSRFProtect(app)",
    "db.init_app(app)",
    "mail.init_app(app)",
    "LoginManager(app)",
    'app.config.from_pyfile("absent.cfg", silent=True)',
    "getattr(__import__('helpers'), 'silent')(app)",
    "app.config.from_object(os.environ.get('SETTINGS', 'settings.Dev'))",
)
# What the view does, with the statements around it.
USES = (
    'session["n"] = 1',
    'session.get("n")',
    'flash("done")',
    "login_user(UserMixin())",
    'current_app.config["A"]',
    'current_app.config["B"]',
    'app.config["D"]',
    'app.config.get("C")',
    'app.config["SECRET_KEY"]',
    "app.config.A",
    'if "C" in app.config:\n    app.config["C"]',
    'create_access_token("me")',
    "SearchForm()",
    'mail.send(Message("x", ["me@example.org"], "x"))',
    'mail.send(Message("x", ["me@example.org"], "x", sender="me@example.org"))',
    'render_template("a.html")',
    'render_template("b.html")',
    'render_template("c.html")',
)
BELOW = ("", 'A = "below"\nD = 1\n')
# Only the oracle runs this: two requests, or the existing keys with the types of their values.
MAIN = """\
def main():
    application = create_app() if "create_app" in globals() else app
    application.testing = True
    if os.environ.get("ASKED") == "keys":
        return {key: type(application.config[key]).__name__ for key in "ABCD" if key in application.config}
    client = application.test_client()
    return client.get("/").status_code, client.post("/").status_code
"""


def program(steps: Sequence[str], use: str, below: str, *, factory: bool) -> Mapping[str, str]:
    """The files of one app."""
    view = f"@app.route('/', methods=['GET', 'POST'])\ndef view():\n{_indented(use)}    return 'x'\n"
    body = "app = Flask(__name__)\n" + "".join(f"{step}\n" for step in steps) + view
    if factory:
        body = f"def create_app():\n{_indented(body)}    return app\n"
    return {"app.py": HEAD + body + below, **FILES}


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())

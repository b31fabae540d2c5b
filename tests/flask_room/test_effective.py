"""What each app's configuration contains after set-up, and whether it is closed."""

from __future__ import annotations

import pytest

from support.flask_stories import told
from support.projects import opened

HEAD = "-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"

OPEN = {
    "a function that is not in the folder": (
        f"{HEAD}from shop_tools import init\ninit(app)\n",
        "app.py:4:1 the app is passed to shop_tools.init, which is not known here",
    ),
    "an extension that is not known": (
        f"{HEAD}import extensions_of_ours\next = extensions_of_ours.Ext()\next.init_app(app)\n",
        "app.py:5:1 the app is passed to init_app, which is not known here",
    ),
    "a mapping that is not known": (
        f"{HEAD}import shop\napp.config.update(shop.load())\n",
        "app.py:4:1 update receives a value that is not known here",
    ),
    "a key that is not known": (
        f"{HEAD}import sys\napp.config[sys.argv[1]] = 1\n",
        "app.py:4:1 []= receives a value that is not known here",
    ),
    "the configuration, handed on": (
        f"{HEAD}import shop\nshop.fill(app.config)\n",
        "app.py:4:1 app.config is passed to shop.fill, which is not known here",
    ),
    "a file that is not in the folder": (
        f"{HEAD}app.config.from_pyfile('local.cfg', silent=True)\n",
        "app.py:3:1 from_pyfile loads a file that is not in this folder",
    ),
    "a file that a variable names": (
        f"{HEAD}app.config.from_envvar('SHOP_SETTINGS')\n",
        "app.py:3:1 from_envvar loads a file that a variable names",
    ),
    "a class with a base from elsewhere": (
        f"{HEAD}import shop\nclass C(shop.Base):\n    A = 1\napp.config.from_object(C)\n",
        "app.py:6:1 from_object loads names that are not in this folder",
    ),
    "an instance that may have more names than its class": (
        f"{HEAD}class C:\n    def __init__(self):\n        self.A = 1\napp.config.from_object(C())\n",
        "app.py:6:1 from_object receives a value that is not known here",
    ),
    "a class that only declares attributes of its instances": (
        f"{HEAD}from dataclasses import dataclass\n@dataclass\nclass C:\n    A: str\n"
        "app.config.from_object(C('x'))\n",
        "app.py:7:1 from_object loads names that are not in this folder",
    ),
    "a class to which code adds names": (
        f"{HEAD}import os\nclass C:\n    A = 1\nfor name in os.environ:\n    setattr(C, name, 1)\n"
        "app.config.from_object(C)\n",
        "app.py:8:1 from_object loads names that are not in this folder",
    ),
    "a module that adds names to itself": (
        f"{HEAD}import settings\napp.config.from_object(settings)\n"
        "-- settings.py --\nimport os\nA = 1\nglobals().update(os.environ)\n",
        "app.py:4:1 from_object loads names that are not in this folder",
    ),
    "a mapping that grows": (
        f"{HEAD}import sys\nextra = {{'A': 1}}\nextra[sys.argv[1]] = 2\napp.config.update(extra)\n",
        "app.py:6:1 update receives a value that is not known here",
    ),
    "an attribute that a type hint describes": (
        "-- app.py --\nfrom flask import Flask\nclass Keys:\n    A = 1\nclass Settings:\n    FLASK: Keys\n"
        "def create_app(settings: Settings):\n    app = Flask(__name__)\n"
        "    app.config.from_object(settings.FLASK)\n    return app\n",
        "app.py:8:5 from_object receives a value that is not known here",
    ),
    "an argument of a caller, with a type hint": (
        "-- app.py --\nfrom flask import Flask\nclass Base:\n    A = 1\ndef create_app(config: Base):\n"
        "    app = Flask(__name__)\n    app.config.from_object(config)\n    return app\n",
        "app.py:6:5 from_object receives a value that the caller decides",
    ),
    "what a caller decides": (
        "-- app.py --\nfrom flask import Flask\ndef create_app(config):\n    app = Flask(__name__)\n"
        "    app.config.from_object(config)\n    return app\n",
        "app.py:4:5 from_object receives a value that the caller decides",
    ),
    "a module that is not in the folder": (
        f"{HEAD}app.config.from_object('shop_settings')\n",
        "app.py:3:1 from_object loads a module that is not in this folder",
    ),
    "a class that creates the configuration": (
        "-- app.py --\nfrom flask import Flask\nclass Shop(Flask):\n    config_class = dict\n"
        "app = Shop(__name__)\napp.config['A'] = 1\n",
        "app.py:1:1 a custom class provides the configuration",
    ),
}


@pytest.mark.parametrize(("text", "why"), OPEN.values(), ids=OPEN)
def test_unknown_code_makes_a_configuration_open(tmp_path, text, why):
    lines = told(opened(tmp_path, text)).splitlines()
    assert lines[0].endswith(" open")
    assert f"  {why}" in lines


CLOSED = {
    "extensions, helpers, servers": """\
-- app.py --
import logging
from flask import Flask
from flask_mail import Mail
from waitress import serve
from extensions import db
from views import register
app = Flask(__name__)
Mail(app)
db.init_app(app)
register(app)
logging.info(app)
print(app.config, len(app.config), dict(app.config))
celery.conf.update(app.config)
if __name__ == "__main__":
    serve(app)
-- extensions.py --
from flask_sqlalchemy import SQLAlchemy
db = SQLAlchemy()
-- views.py --
def register(app):
    app.register_blueprint(None)
""",
    "a class of the folder that gets apps": """\
-- app.py --
from flask import Flask
from ours import Ours
app = Flask(__name__)
Ours(app)
-- ours.py --
class Ours:
    def __init__(self, app=None):
        if app is not None:
            self.init_app(app)
    def init_app(self, app):
        app.config.setdefault("OURS", 1)
""",
    "classes by name": """\
-- app.py --
from flask import Flask
from config import by_name
def create_app(name="dev"):
    app = Flask(__name__)
    app.config.from_object(by_name[name])
    return app
-- config.py --
from abc import ABC
class Dev(ABC):
    A = 1
class Live(Dev):
    B = 1
by_name = {"dev": Dev, "live": Live}
-- wsgi.py --
from app import create_app
app = create_app("live")
""",
    "an object of another module": """\
-- app.py --
from flask import Flask
import config
app = Flask(__name__)
app.config.from_object(config.settings)
-- config.py --
class Base:
    A = 1
settings = Base()
""",
    "a class that the caller passes": """\
-- app.py --
from flask import Flask
def create_app(config):
    app = Flask(__name__)
    app.config.from_object(config)
    return app
-- config.py --
class Live:
    A = 1
-- wsgi.py --
from app import create_app
from config import Live
app = create_app(Live)
""",
}


@pytest.mark.parametrize("text", CLOSED.values(), ids=CLOSED)
def test_known_code_leaves_it_closed(tmp_path, text):
    assert told(opened(tmp_path, text)).splitlines()[0].endswith(" closed")


KEYS = {
    "who wins": (
        """\
-- app.py --
from flask import Flask, current_app
class C:
    A = B = 1
app = Flask(__name__)
app.config.from_object(C)
app.config["A"] = "x"
app.config.setdefault("A", 3)
app.config.setdefault("DEBUG", 3)
if app.config["A"]:
    app.config["B"] = None
def view():
    return current_app.config["B"]
if __name__ == "__main__":
    app.config["A"] = 5
    app.config["C"] = 5
""",
        """\
app.py:4:7 closed
  A = text at app.py:6:13 not app.py:3:5 not app.py:7:24 not app.py:14:17 read at app.py:9:16
  B = none|number at app.py:10:17 or app.py:3:9 read at app.py:12:32
  C: nobody not app.py:15:17
  DEBUG: default of Flask not app.py:8:24""",
    ),
    "only upper-case names, where Flask takes no others": (
        """\
-- app.py --
from flask import Flask
class C:
    A = lower = 1
app = Flask(__name__)
app.config.from_object(C)
app.config.from_mapping(M=1, lower=1)
app.config.update(B=1, other=1)
""",
        """\
app.py:4:7 closed
  A = number at app.py:3:5
  B = number at app.py:7:19
  M = number at app.py:6:25
  other = number at app.py:7:24""",
    ),
    "the main block, and what runs instead of it": (
        """\
-- app.py --
from flask import Flask
app = Flask(__name__)
if __name__ == "__main__":
    app.config["A"] = 1
else:
    app.config["B"] = 1
""",
        "app.py:2:7 closed\n  A: nobody not app.py:4:17\n  B = number at app.py:6:17",
    ),
    "only names above the call": (
        """\
-- app.py --
from flask import Flask
A = 1
app = Flask(__name__)
app.config.from_object(__name__)
B = 2
""",
        "app.py:3:7 closed\n  A = number at app.py:2:1",
    ),
    "all names, if the call is in a function": (
        """\
-- app.py --
from flask import Flask
def create_app():
    app = Flask(__name__)
    app.config.from_object(__name__)
    return app
B = 2
""",
        "app.py:3:11 closed\n  B = number at app.py:6:1",
    ),
    "files": (
        """\
-- app.py --
import json, tomllib
from flask import Flask
app = Flask(__name__)
app.config.from_file("config.toml", load=tomllib.load, text=False)
app.config.from_file("conf.json", load=json.load)
app.config.from_pyfile("shop.cfg")
-- config.toml --
A = "x"
lower = 1
[MAIL]
PORT = 25
-- conf.json --
{"B": true, "lower": 1}
-- shop.cfg --
C = 1
""",
        """\
app.py:3:7 closed
  A = text at config.toml:1:1
  B = bool at conf.json:1:3
  C = number at shop.cfg:1:1
  MAIL = dict at config.toml:3:2""",
    ),
    "pairs, splats and other mappings": (
        """\
-- app.py --
from flask import Flask
app = Flask(__name__)
app.config.from_mapping([("A", 1)])
app.config.update([("B", 1), ["C", "x"]], **{"D": 1}, E=2)
app.config |= dict(F=1)
""",
        """\
app.py:2:7 closed
  A = number at app.py:3:28
  B = number at app.py:4:22
  C = text at app.py:4:32
  D = number at app.py:4:47
  E = number at app.py:4:55
  F = number at app.py:5:20""",
    ),
    "prefixes of their app; extensions that read a key": (
        """\
-- web/app.py --
from flask import Flask
from flask_mail import Mail
app = Flask(__name__)
app.config.from_prefixed_env("WEB")
mail = Mail()
mail.init_app(app)
app.config["MAIL_PORT"] = 1
-- admin/app.py --
from flask import Flask
app = Flask(__name__)
app.config["X"] = 1
""",
        """\
admin/app.py:2:7 closed
  X = number at admin/app.py:3:13
web/app.py:3:7 closed
  MAIL_PORT = number at web/app.py:7:13 taken at web/app.py:6:1""",
    ),
    "attributes that are keys": (
        f"{HEAD}app.secret_key = 'x'\napp.testing = True\n",
        "app.py:2:7 closed\n  SECRET_KEY = text at app.py:3:5\n  TESTING = bool at app.py:4:5",
    ),
    "keys that other code sets in some app": (
        """\
-- shop/__init__.py --
from flask import Flask
def create_app():
    app = Flask(__name__)
    return app
-- shop/views.py --
from flask import Blueprint
bp = Blueprint("x", __name__)
@bp.record
def setup(state):
    state.app.config["A"] = 1
""",
        "shop/__init__.py:3:11 closed\n  A = number at shop/views.py:5:23",
    ),
}


@pytest.mark.parametrize(("text", "expected"), KEYS.values(), ids=KEYS)
def test_keys(tmp_path, text, expected):
    assert told(opened(tmp_path, text)) == expected


KINDS = {
    'os.environ["A"]': "environment",
    'os.getenv("A")': "environment|none",
    'os.getenv("A") or 5': "environment|number",
    'os.getenv("A", False)': "bool|environment",
    'os.environ.get("A", None)': "environment|none",
    'int(os.getenv("A", 1))': "number",
    'os.getenv("A", "x").strip()': "text",
    'os.getenv("A").split(",")': "list",
    'os.getenv("A") == "yes"': "bool",
    "not TEXT": "bool",
    "TEXT": "environment|text",
    'f"{TEXT}!"': "text",
    "1 if TEXT else None": "none|number",
    "-1": "number",
    "60 * 60": "number",
    "timedelta(days=1)": "duration",
    "timedelta(days=1) * 2": "unknown",
    "None": "none",
    "[1]": "list",
    "{}": "dict",
    'b"x"': "bytes",
    "TWO": "number|text",
    "shop()": "unknown",
    "shop[1]": "unknown",
}


@pytest.mark.parametrize(("value", "kinds"), KINDS.items(), ids=KINDS)
def test_kinds_of_values(tmp_path, value, kinds):
    text = (
        "-- app.py --\nimport os\nfrom datetime import timedelta\nfrom flask import Flask\n"
        'TEXT = os.getenv("TEXT", "no")\nTWO = "x"\nif TEXT:\n    TWO = 2\n'
        f"app = Flask(__name__)\napp.config['KEY'] = {value}\n"
    )
    assert told(opened(tmp_path, text)).splitlines()[1].startswith(f"  KEY = {kinds} ")


def test_apps_of_tests_are_not_included(tmp_path):
    it = opened(tmp_path, "-- tests/conftest.py --\nfrom flask import Flask\napp = Flask(__name__)\n")
    assert told(it) == ""

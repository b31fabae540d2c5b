"""Which classes, modules and files define configuration keys, and which keys come from the environment."""

from __future__ import annotations

import pytest

from configvars.resolve.link import Linker
from support.python_facts import ROOT, rendered

APP = "from flask import Flask\napp = Flask(__name__)\n"

SILENT = {
    "a template of a file that nothing loads": (
        "-- app.py --\n" + APP + "app.config.from_pyfile('shop.py')\n-- shop.cfg.example --\nA = 1\n"
    ),
    "a template that has only a class": (
        "-- app.py --\n"
        + APP
        + "app.config.from_pyfile('shop.cfg')\n-- shop.cfg.example --\nclass C:\n    A = 1\n"
    ),
    "a file of the instance folder that has only a class": (
        "-- app.py --\nfrom flask import Flask\napp = Flask(__name__, instance_relative_config=True)\n"
        "-- instance/shop.py --\nclass C:\n    A = 1\n"
    ),
    "an instance folder that no app has": "-- app.py --\n" + APP + "-- instance/shop.py --\nA = 1\n",
    "an instance folder in another folder": (
        "-- app.py --\nfrom flask import Flask\napp = Flask(__name__, instance_relative_config=True)\n"
        "-- other/instance/shop.py --\nA = 1\n"
    ),
    "a class nobody loads": "-- app.py --\n" + APP + "-- shop.py --\nclass Shop:\n    A = 1\n",
    "lower case": "-- app.py --\n" + APP + "class C:\n    a = 1\n    Ab = 2\napp.config.from_object(C)\n",
    "no Flask": "-- config.py --\nSECRET_KEY = 'x'\nclass Config:\n    A = 1\n",
    "another from_object": "class C:\n    A = 1\ncelery.config_from_object(C)\nloader.from_object(C)\n",
    "a mapping that is no configuration": (
        "-- app.py --\n" + APP + "from setup import setup\nsetup({'A': 1})\n"
        "-- setup.py --\ndef setup(config):\n    config['B'] = config['A']\n"
    ),
    "a function that does something else with a configuration": (
        "-- app.py --\n" + APP + "from setup import setup\nsetup(app.config)\n"
        "-- setup.py --\ndef setup(config):\n    config['A'] = 1\n    return config\n"
    ),
    "a prefix of keys that the code sets": (
        "-- app.py --\n" + APP + "app.config.from_prefixed_env()\napp.run()\n"
    ),
}

FOUND = {
    "only the first of the files that from_pyfile may load": (
        "-- app.py --\nfrom flask import Flask\napp = Flask(__name__, instance_relative_config=True)\n"
        "app.config.from_pyfile('shop.cfg')\n-- instance/shop.cfg --\nA = 1\n-- shop.cfg --\nB = 1\n",
        ["instance/shop.cfg:1:1 flask:A ="],
    ),
    "the template of a file": (
        "-- app.py --\n" + APP + "app.config.from_pyfile('shop.cfg')\n-- shop.cfg.example --\nA = 1\n"
        "-- other.cfg.example --\nB = 1\n",
        ["shop.cfg.example:1:1 flask:A ="],
    ),
    "the template of a file that a variable names": (
        "-- app.py --\n" + APP + "app.config.from_envvar('SHOP')\n-- shop.cfg.docker --\nA = 1\n",
        ["app.py:3:25 SHOP read required", "shop.cfg.docker:1:1 flask:A ="],
    ),
    "a class": (
        APP + "class C:\n    A = 1\napp.config.from_object(C)\n",
        ["4:5 flask:A ="],
    ),
    "a class, but not constants next to it": (
        "-- app.py --\n" + APP + "from config import C\napp.config.from_object(C)\n"
        "-- config.py --\nBASE_DIR = '/'\nclass C:\n    A = 1\n",
        ["config.py:3:5 flask:A ="],
    ),
    "a class, its base classes and subclasses": (
        "-- app.py --\n" + APP + "from config import C\napp.config.from_object(C)\n"
        "-- config.py --\nclass Base:\n    A = 1\nclass C(Base):\n    B = 2\n"
        "-- tests.py --\nfrom config import C\nclass TestConfig(C):\n    T = True\n",
        ["config.py:2:5 flask:A =", "config.py:4:5 flask:B =", "tests.py:3:5 flask:T ="],
    ),
    "a string": (
        "-- app.py --\n" + APP + "app.config.from_object('shop.config.C')\n"
        "-- shop/__init__.py --\n-- shop/config.py --\nclass C:\n    A = 1\n",
        ["shop/config.py:2:5 flask:A ="],
    ),
    "a module": (
        "-- app.py --\n" + APP + "app.config.from_object('settings')\n-- settings.py --\nSECRET_KEY = 1\n",
        ["settings.py:1:1 flask:SECRET_KEY ="],
    ),
    "a dict of classes": (
        "-- app.py --\nfrom flask import Flask\nfrom config import config\n"
        "def create_app(name):\n    app = Flask(__name__)\n    app.config.from_object(config[name])\n"
        "-- config.py --\nclass Dev:\n    A = 1\nclass Prod:\n    A = 2\n"
        "config = {'dev': Dev, 'prod': Prod}\n",
        ["config.py:2:5 flask:A =", "config.py:4:5 flask:A ="],
    ),
    "arguments that callers of a factory pass": (
        "-- app.py --\nfrom flask import Flask\ndef create_app(config, extra=None):\n"
        "    app = Flask(__name__)\n    app.config.from_object(config)\n    app.config.update(extra or {})\n"
        "    app.config.from_mapping(extra)\n    return app\n"
        "-- wsgi.py --\nfrom app import create_app\nclass Odd:\n    A = 1\napp = create_app(Odd, {'B': 2})\n",
        ["wsgi.py:3:5 flask:A =", "wsgi.py:4:25 flask:B ="],
    ),
    "a dict that reaches the app through two callers": (
        "-- app.py --\n" + APP + "from setup import first\nfirst(app, {'A': 1})\n"
        "-- setup.py --\ndef first(app, config):\n    second(app, config)\n"
        "def second(app, config):\n    third(app, config)\n"
        "def third(app, config):\n    app.config.update(config)\n",
        ["app.py:4:14 flask:A ="],
    ),
    "objects named like a configuration, if the environment decides": (
        "-- app.py --\nimport os\n" + APP + "app.config.from_object(os.environ['SETTINGS'])\n"
        "-- config.py --\nimport os\nBASE = '/'\nclass Dev:\n    SECRET_KEY = 1\n",
        ["app.py:4:36 SETTINGS read required", "config.py:4:5 flask:SECRET_KEY ="],
    ),
    "a file": (
        "-- app.py --\n" + APP + "app.config.from_pyfile('shop.cfg')\n-- shop.cfg --\nSECRET_KEY = 1\n",
        ["shop.cfg:1:1 flask:SECRET_KEY ="],
    ),
    "a file of the instance folder": (
        "-- shop/__init__.py --\nfrom flask import Flask\n"
        "app = Flask(__name__, instance_relative_config=True)\n"
        "app.config.from_pyfile('config.py')\n-- instance/config.py --\nSECRET_KEY = 1\n",
        ["instance/config.py:1:1 flask:SECRET_KEY ="],
    ),
    "a file next to the code, which is not in the instance folder": (
        "-- app.py --\nfrom flask import Flask\napp = Flask(__name__, instance_relative_config=True)\n"
        "app.config.from_pyfile('config.py', silent=True)\n-- config.py --\nSECRET_KEY = 1\n",
        [],
    ),
    "a file of the instance folder that a library loads": (
        "-- shop/__init__.py --\nfrom flask import Flask\nimport coaster\n"
        "app = Flask(__name__, instance_relative_config=True)\ncoaster.init_app(app)\n"
        "-- instance/settings.py --\nA = 1\n-- instance/lib/x.py --\nB = 1\n-- shop/x.py --\nC = 1\n",
        ["instance/settings.py:1:1 flask:A ="],
    ),
    "a key that the environment sets": (
        APP + "app.config.from_prefixed_env()\napp.config['A']\napp.config.get('B')\napp.config['B'] = 1\n",
        [
            "4:13 FLASK_A read optional",
            "4:13 flask:A read required",
            "5:17 flask:B read optional",
            "6:13 flask:B =",
        ],
    ),
    "items in a function that gets the configuration": (
        "-- app.py --\n"
        + APP
        + "from setup import Mail, setup\nsetup(app.config)\nMail(options=app.config)\n"
        "-- setup.py --\ndef setup(config):\n    config['A'] = config.get('B', 1)\n"
        "    config.setdefault('C', 2)\n"
        "    config.update({'D': 3}, E=4)\n    if 'F' in config:\n        config['F'], config['lower']\n"
        "class Mail:\n    def __init__(self, options):\n        self.host = options['HOST']\n",
        [
            "setup.py:2:13 flask:A =",
            "setup.py:2:31 flask:B read defaulted",
            "setup.py:3:24 flask:C =",
            "setup.py:4:21 flask:D =",
            "setup.py:4:29 flask:E =",
            "setup.py:6:17 flask:F read optional",
            "setup.py:9:30 flask:HOST read required",
        ],
    ),
    "an item that the environment gives in a function that gets the configuration": (
        "-- app.py --\n" + APP + "from setup import use\napp.config.from_prefixed_env()\nuse(app.config)\n"
        "-- setup.py --\ndef use(config):\n    config['A']\n",
        ["setup.py:2:13 FLASK_A read optional", "setup.py:2:13 flask:A read required"],
    ),
    "an item that the environment sets": (
        APP + "app.config.from_prefixed_env('SHOP')\napp.config['MAIL']['PORT']\n",
        [
            "4:13 SHOP_MAIL read optional",
            "4:13 flask:MAIL read required",
            "4:21 SHOP_MAIL__PORT read optional",
        ],
    ),
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text):
    assert rendered(text) == []


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND.keys())
def test_found(text, expected):
    assert rendered(text) == expected


def test_a_test_s_parameter_is_what_its_fixture_gives():
    text = (
        "-- tests/conftest.py --\nimport pytest\nfrom flask import Flask\n@pytest.fixture(scope='session')\n"
        "def shop():\n    app = Flask(__name__)\n    with app.app_context():\n        yield app\n"
        "@pytest.fixture\ndef other():\n    yield object()\n"
        "-- tests/unit/test_shop.py --\ndef test_it(shop, other):\n"
        "    assert shop.config['A']\n    assert other.config['B']\n    assert unknown.config['C']\n"
    )
    assert rendered(text) == ["tests/unit/test_shop.py:2:25 flask:A read required"]


def test_a_name_app_is_a_flask_app_if_some_file_imports_flask() -> None:
    linker = Linker(ROOT)
    linker.update(f"{ROOT}/keys.py", "def prepare(app):\n    app.secret_key = 'x'\n")
    assert not any(facts.flask.flows for facts in linker.settle())
    linker.update(f"{ROOT}/app.py", APP)
    assert {facts.path for facts in linker.settle() if facts.flask.flows} == {
        f"{ROOT}/app.py",
        f"{ROOT}/keys.py",
    }


def test_an_edit_of_a_function_that_gets_the_configuration_changes_what_it_reads() -> None:
    linker = Linker(ROOT)
    linker.update(f"{ROOT}/app.py", f"{APP}from setup import use\nuse(app.config)\n")
    read = []
    for body in ("config['A']", "config['B']", "other(config)"):
        linker.update(f"{ROOT}/setup.py", f"# new\ndef use(config):\n    {body}\n")
        facts = {one.path: one for one in linker.settle()}[f"{ROOT}/setup.py"]
        read.append([(one.variable.name, one.span.start) for one in facts.references])
    assert read == [[("A", 35)], [("B", 35)], []]

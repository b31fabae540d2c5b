"""`check --deploy`: keys of `app.config` that Flask and its extensions need, and that come from elsewhere.

Each program is also really started without its variables; where a view needs the key, it is called.
"""

from __future__ import annotations

from pathlib import Path

from support.started import failing, is_reported, starting

_DB = "from flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\napp = Flask('x')\n"
_CONFIG = '-- config.py --\nimport os\nA = os.getenv("A")\n'
_CLASS = f"{_CONFIG}class Config:\n    SQLALCHEMY_DATABASE_URI = A\n    SECRET_KEY = A\n"
_APP = "-- app.py --\nfrom flask import Flask, session\nimport config\napp = Flask('x')\n"
_URI = 'app.config["SQLALCHEMY_DATABASE_URI"]'
_VIEW = "@app.get('/')\ndef index():\n    session['x'] = 1\n    return ''\n"
_FACTORY = (
    "-- Procfile --\nweb: gunicorn 'shop:create_app()'\n-- shop/config.py --\nimport os\n"
    "class Config:\n    A = os.environ.get('A')\n    SQLALCHEMY_DATABASE_URI = A\n"
    "-- app.py --\nfrom shop import create_app\napp = create_app()\n"
    "-- shop/__init__.py --\nfrom flask import Flask\nfrom .config import Config\ndef create_app():\n"
    "    app = Flask('x')\n    app.config.from_object(Config)\n"
)

_NAMED = (
    "-- config.py --\nclass Config:\n    KEY = 1\n-- app.py --\nimport os\nfrom flask import Flask\n"
    "app = Flask('x')\napp.config.from_object(os.getenv('A'))\n"
)

# Programs that start without the variable, and whose view works.
_TOKEN = (
    "-- views.py --\nfrom flask import Blueprint\nfrom flask_jwt_extended import create_access_token\n"
    "bp = Blueprint('v', 'v')\n@bp.get('/')\ndef index():\n    return create_access_token('x')\n"
)
SILENT = {
    "an object that a variable names, and keys of others": (
        f"{_NAMED}app.config['KEY'] = 1\napp.config['KEY']\napp.config['SECRET_KEY']\n"
        "app.config.get('OTHER')\n"
    ),
    "an object that a variable names, and unknown code": (
        f"{_NAMED}import json\napp.config.update(json.loads('{{\"KEY\": 1}}'))\napp.config['KEY']\n"
    ),
    "an object that a variable names, and a default": (
        f"{_NAMED}try:\n    app.config['KEY']\nexcept KeyError:\n    pass\n"
    ),
    "another address": (
        f'-- app.py --\nimport os\n{_DB}uri = os.getenv("A")\nif not uri:\n    uri = "sqlite://"\n'
        f"{_URI} = uri\ndb = SQLAlchemy(app)\n"
    ),
    "another address by or": (
        f'-- app.py --\nimport os\n{_DB}{_URI} = os.getenv("A") or "sqlite://"\ndb = SQLAlchemy(app)\n'
    ),
    "an address before": (
        f'-- app.py --\nimport os\n{_DB}{_URI} = "sqlite://"\nif os.getenv("A"):\n'
        f'    {_URI} = os.getenv("A")\n'
        "db = SQLAlchemy(app)\n"
    ),
    "other databases": (
        f"{_CONFIG}-- app.py --\nimport config\n{_DB}{_URI} = config.A\n"
        "app.config['SQLALCHEMY_BINDS'] = {'x': 'sqlite://'}\ndb = SQLAlchemy(app)\n"
    ),
    "an address in the options": (
        f"{_CONFIG}-- app.py --\nimport config\n{_DB}{_URI} = config.A\n"
        "app.config['SQLALCHEMY_ENGINE_OPTIONS'] = {'url': 'sqlite://'}\ndb = SQLAlchemy(app)\n"
    ),
    "other databases beside the read": (
        f"-- app.py --\nimport os\n{_DB}{_URI} = os.getenv('A')\n"
        "app.config['SQLALCHEMY_BINDS'] = {'x': 'sqlite://'}\ndb = SQLAlchemy(app)\n"
    ),
    "other databases of a class": (
        "-- config.py --\nimport os\nclass Config:\n    SQLALCHEMY_DATABASE_URI = os.getenv('A')\n"
        "    SQLALCHEMY_BINDS = {'x': 'sqlite://'}\n"
        f"-- app.py --\nfrom config import Config\n{_DB}app.config.from_object(Config)\nSQLAlchemy(app)\n"
    ),
    "other databases in one call": (
        f"-- app.py --\nimport os\n{_DB}app.config.update(SQLALCHEMY_DATABASE_URI=os.getenv('A'), "
        "SQLALCHEMY_BINDS={'x': 'sqlite://'})\nSQLAlchemy(app)\n"
    ),
    "an address that is passed": (
        f"-- app.py --\nimport os\n{_DB}{_URI} = os.getenv('A')\n"
        "SQLAlchemy(app, engine_options={'url': 'sqlite://'})\n"
    ),
    "an address that is passed before the app": (
        f"{_CONFIG}-- app.py --\nimport config\n{_DB}{_URI} = config.A\n"
        "db = SQLAlchemy(engine_options={'url': 'sqlite://'})\ndb.init_app(app)\n"
    ),
    "no app": (
        f"{_CLASS}-- app.py --\nimport config\n{_DB}app.config.from_object(config.Config)\nSQLAlchemy()\n"
    ),
    "a derived class": (
        f"{_CLASS}class Test(Config):\n    SQLALCHEMY_DATABASE_URI = 'sqlite://'\n"
        f"-- app.py --\nfrom config import Test\n{_DB}app.config.from_object(Test)\nSQLAlchemy(app)\n"
    ),
    "a function sets it": (
        f"{_CLASS}-- more.py --\ndef more(app):\n    {_URI} = 'sqlite://'\n"
        f"-- app.py --\nfrom config import Config\nfrom more import more\n"
        f"{_DB}app.config.from_object(Config)\n"
        "more(app)\nSQLAlchemy(app)\n"
    ),
    "unknown code sets it": (
        f"{_CLASS}-- more.py --\ndef more(app):\n    {_URI} = 'sqlite://'\n"
        f"-- app.py --\nfrom config import Config\nfrom more import more\n"
        f"{_DB}app.config.from_object(Config)\n"
        "list(map(more, [app]))\nSQLAlchemy(app)\n"
    ),
    "a token in a blueprint, with another key": (
        f"{_CONFIG}{_APP}from flask_jwt_extended import JWTManager\nfrom views import bp\n"
        f"app.config.update(SECRET_KEY='x', JWT_SECRET_KEY=config.A)\nJWTManager(app)\n"
        f"app.register_blueprint(bp)\n{_TOKEN}"
    ),
    "functions that return the keys of tokens": (
        f"{_CONFIG}{_APP}from flask_jwt_extended import JWTManager, create_access_token\n"
        "app.config['JWT_SECRET_KEY'] = config.A\njwt = JWTManager(app)\n"
        "@jwt.encode_key_loader\ndef key(identity):\n    return 'x' * 40\n"
        "@app.get('/')\ndef index():\n    return create_access_token('x')\n"
    ),
    "a key that no view needs": f"{_CONFIG}{_APP}app.config['JWT_SECRET_KEY'] = config.A\n",
    "a random key": f"{_CONFIG}{_APP}import os\napp.secret_key = config.A or os.urandom(9)\n{_VIEW}",
    "a key that is set afterwards": f"{_CONFIG}{_APP}app.secret_key = config.A\n"
    f"app.secret_key = 'x'\n{_VIEW}",
    "a key that is set if it is missing": (
        f'-- app.py --\nimport os\n{_DB}uri = os.getenv("A")\nif uri:\n    {_URI} = uri\n'
        'app.config.setdefault("SQLALCHEMY_DATABASE_URI", "sqlite://")\nSQLAlchemy(app)\n'
    ),
    "another session": (
        f"{_CONFIG}{_APP}import flask.sessions as s\n"
        "class S(s.SessionInterface):\n"
        "    def open_session(self, app, request):\n        return s.SecureCookieSession()\n"
        "    def save_session(self, app, session, response):\n        pass\n"
        f"app.secret_key = config.A or None\napp.session_interface = S()\n{_VIEW}"
    ),
    "a key that a hook sets": (
        f"{_CONFIG}{_APP}app.config.from_mapping(SECRET_KEY=config.A)\n"
        f"if not app.config['SECRET_KEY']:\n    app.config.update(SECRET_KEY='x')\n{_VIEW}"
    ),
    "Flask's own key": f"{_CONFIG}{_APP}B = app.config.get('PERMANENT_SESSION_LIFETIME').days\n",
    "a key with a default": f"{_CONFIG}{_APP}app.config['A'] = config.A\n"
    "(app.config.get('A') or 'x').lower()\n",
    "in the factory": f"{_FACTORY}    return app\n",
    "a function that gets the app": (
        f"{_FACTORY}    from .mail import start\n    start(app)\n    return app\n"
        "-- shop/mail.py --\ndef start(app):\n    if app.config['A']:\n        print('x' + app.config['A'])\n"
    ),
}

# Programs that fail without it.
FOUND = {
    "a key of an object that a variable names": f"{_NAMED}KEY = app.config['KEY']\n",
    "a database of an object that a variable names": (
        f"{_NAMED}from flask_sqlalchemy import SQLAlchemy\nSQLAlchemy(app)\n"
    ),
    "binds of tests": (
        f"-- app.py --\nimport os\n{_DB}{_URI} = os.getenv('A')\nif app.config['TESTING']:\n"
        "    app.config['SQLALCHEMY_BINDS'] = {'x': 'sqlite://'}\nSQLAlchemy(app)\n"
        "-- tests/conftest.py --\nfrom app import app\n"
        "app.config['SQLALCHEMY_BINDS'] = {'x': 'sqlite://'}\n"
    ),
    "binds under a condition": (
        f"-- app.py --\nimport os\n{_DB}{_URI} = os.getenv('A')\nif os.getenv('B'):\n"
        "    app.config['SQLALCHEMY_BINDS'] = {'x': os.environ['B']}\nSQLAlchemy(app)\n"
    ),
    "another database without an address": (
        f"-- app.py --\nimport os\n{_DB}{_URI} = 'sqlite://'\n"
        "app.config['SQLALCHEMY_BINDS'] = {'x': os.getenv('A')}\nSQLAlchemy(app)\n"
    ),
    "another database with an empty address": (
        f"-- app.py --\nimport os\n{_DB}{_URI} = 'sqlite://'\n"
        "app.config['SQLALCHEMY_BINDS'] = {'x': {'url': os.getenv('A', '')}}\nSQLAlchemy(app)\n"
    ),
    "no other databases": (
        f"{_CONFIG}-- app.py --\nimport config\n{_DB}{_URI} = config.A\n"
        "app.config['SQLALCHEMY_BINDS'] = {}\nSQLAlchemy(app)\n"
    ),
    "options without an address": (
        f"{_CONFIG}-- app.py --\nimport config\n{_DB}{_URI} = config.A\n"
        "SQLAlchemy(app, engine_options={'pool_pre_ping': True})\n"
    ),
    "an address that is changed if it is set": (
        f'-- app.py --\nimport os\n{_DB}uri = os.getenv("A")\nif uri and uri.startswith("postgres://"):\n'
        f'    uri = uri.replace("postgres://", "postgresql://", 1)\n{_URI} = uri\ndb = SQLAlchemy(app)\n'
    ),
    "an empty address": (
        f'-- app.py --\nimport os\n{_DB}{_URI} = os.environ.get("A", "").replace("postgres://", "x://", 1)\n'
        "db = SQLAlchemy(app)\n"
    ),
    "an address in a class": (
        '-- config.py --\nimport os\nuri = os.getenv("A")\nif uri and uri.startswith("postgres://"):\n'
        '    uri = uri.replace("postgres://", "postgresql://", 1)\n'
        "class Config:\n    SQLALCHEMY_DATABASE_URI = uri\n"
        f"-- app.py --\nfrom config import Config\n{_DB}app.config.from_object(Config)\n"
        f"db = SQLAlchemy(app)\n"
    ),
    "an address of a module": (
        f"{_CONFIG}-- app.py --\nfrom config import A\n{_DB}{_URI} = A\ndb = SQLAlchemy()\ndb.init_app(app)\n"
    ),
    "an address that is only set if there is one": (
        f'-- app.py --\nimport os\n{_DB}uri = os.getenv("A")\nif uri:\n    {_URI} = uri\n'
        f"db = SQLAlchemy(app)\n"
    ),
    "a mapping": (
        f"{_CONFIG}-- app.py --\nimport config\n"
        f"{_DB}app.config.from_mapping(SQLALCHEMY_DATABASE_URI=config.A)\n"
        "app.config['SQLALCHEMY_ENGINE_OPTIONS'] = {'pool_pre_ping': True}\ndb = SQLAlchemy(app)\n"
    ),
    "extensions of their own module": (
        f"{_CLASS}-- extensions.py --\nfrom flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\n"
        "-- app.py --\nfrom flask import Flask\nfrom extensions import db\ndef make():\n"
        "    app = Flask('x')\n"
        "    app.config.from_object('config.Config')\n    db.init_app(app)\n    return app\napp = make()\n"
    ),
    "a factory": (
        f"{_FACTORY}    from .models import db\n    db.init_app(app)\n    return app\n"
        "-- shop/models.py --\nfrom flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\n"
    ),
    "a function that gets the app": (
        f"{_FACTORY}    from .mail import start\n    start(app)\n    return app\n"
        "-- shop/mail.py --\ndef start(app):\n    key = app.config['A']\n    print('using ' + key)\n"
    ),
    "a class that gets the app": (
        f"{_FACTORY}    from .mail import Mail\n    Mail(app)\n    return app\n"
        "-- shop/mail.py --\nclass Mail:\n    def __init__(self, app):\n        self.init_app(app)\n"
        "    def init_app(self, app):\n        self.key = app.config.get('A').strip()\n"
    ),
    "a session": f"{_CONFIG}{_APP}app.secret_key = config.A\n{_VIEW}",
    "a session, as a key": f"{_CONFIG}{_APP}app.config['SECRET_KEY'] = config.A\n{_VIEW}",
    "a session, from a class": f"{_CLASS}{_APP}app.config.from_object(config.Config)\n{_VIEW}",
    "a session in a blueprint": (
        f"{_CLASS}{_APP}app.config.from_object('config.Config')\nfrom views import bp\n"
        "app.register_blueprint(bp)\n-- views.py --\n"
        "from flask import Blueprint, current_app, flash\nbp = Blueprint('v', 'v')\n"
        "@bp.get('/')\ndef index():\n    flash('x')\n    return current_app.config['A']\n"
    ),
    "a session in a blueprint without an app": (
        f"{_CLASS}{_APP}app.config.from_object('config.Config')\nfrom views import bp\n"
        "app.register_blueprint(bp)\n-- views.py --\n"
        "from flask import Blueprint, session\nbp = Blueprint('v', 'v')\n"
        "@bp.get('/')\ndef index():\n    session['x'] = 1\n    return ''\n"
    ),
    "a token in a blueprint": (
        f"{_CONFIG}{_APP}from flask_jwt_extended import JWTManager\nfrom views import bp\n"
        f"app.config['JWT_SECRET_KEY'] = config.A\nJWTManager(app)\napp.register_blueprint(bp)\n{_TOKEN}"
    ),
    "a token": (
        f"{_CONFIG}{_APP}from flask_jwt_extended import JWTManager, create_access_token\n"
        "app.config['JWT_SECRET_KEY'] = config.A\nJWTManager(app)\n"
        "@app.get('/')\ndef index():\n    return create_access_token('x')\n"
    ),
}
_OWN = f"{_CLASS}-- app.py --\nfrom flask import Flask, session\nimport config\nclass Shop(Flask):\n"
_FILLED = "self.config.from_object('config.Config')\n"
_OWN_INIT = f"{_OWN}    def __init__(self, name):\n        super().__init__(name)\n"
SILENT |= {
    "a class of apps with a key": (
        f"{_OWN_INIT}        {_FILLED}app = Shop('x')\napp.secret_key = 'x'\n{_VIEW}"
    ),
    "a class of apps that sets a key": (
        f"{_OWN_INIT}        {_FILLED}        self.fill()\n    def fill(self):\n"
        f"        self.config['SECRET_KEY'] = 'x'\napp = Shop('x')\n{_VIEW}"
    ),
    "a class of apps with its key": f"{_OWN}    secret_key = 'x'\napp = Shop('x')\n{_VIEW}",
    "a class of apps with a configuration": (
        f"{_OWN}    def make_config(self, relative=False):\n        found = super().make_config(relative)\n"
        f"        found['SECRET_KEY'] = 'x'\n        return found\napp = Shop('x')\n{_VIEW}"
    ),
    "a class of apps with a default": (
        f"{_OWN}    default_config = {{**Flask.default_config, 'SECRET_KEY': 'x'}}\napp = Shop('x')\n{_VIEW}"
    ),
    "a class of apps with a session": (
        f"{_OWN}    pass\napp = Shop('x')\napp.session_interface = config.Session()\n{_VIEW}".replace(
            "class Config",
            "from flask.sessions import SessionInterface, SessionMixin\n"
            "class Own(dict, SessionMixin):\n    pass\nclass Session(SessionInterface):\n"
            "    def open_session(self, app, request):\n        return Own()\n"
            "    def save_session(self, app, session, response):\n        pass\nclass Config",
        )
    ),
    "a class of apps with another base": (
        f"{_OWN}    pass\nclass Base:\n    def __init__(self, *args):\n        super().__init__(*args)\n"
        f"        self.config['SECRET_KEY'] = 'x'\nclass Other(Base, Shop):\n    pass\n"
        f"app = Other('x')\napp.config.setdefault('SECRET_KEY', config.A)\n{_VIEW}"
    ),
    "a class of apps with another value": (
        f"{_OWN}    limit = config.A or '1'\napp = Shop('x')\nint(app.limit)\n"
    ),
}
FOUND |= {
    "a class of apps": f"{_OWN}    pass\napp = Shop('x')\napp.{_FILLED[5:]}{_VIEW}",
    "a class of apps that fills its configuration": f"{_OWN_INIT}        {_FILLED}app = Shop('x')\n{_VIEW}",
    "a class of apps that reads its configuration": (
        f"{_OWN_INIT}        {_FILLED}        self.limit = int(self.config['SECRET_KEY'])\napp = Shop('x')\n"
    ),
    "a method of a class of apps": (
        f"{_OWN_INIT}        {_FILLED}    def limit(self):\n        return int(self.config['SECRET_KEY'])\n"
        "app = Shop('x')\napp.limit()\n"
    ),
    "a class of apps with a database": (
        f"{_OWN_INIT}        {_FILLED}app = Shop('x')\n"
        "from flask_sqlalchemy import SQLAlchemy\nSQLAlchemy(app)\n"
    ),
    "an attribute of a class of apps": f"{_OWN}    limit = config.A\napp = Shop('x')\nint(app.limit)\n",
}
_CALL = "from app import app; app.testing = True; app.test_client().get('/')"


test_program_that_starts = starting(SILENT, _CALL)


test_program_that_fails = failing(FOUND, _CALL)


def test_a_blueprint_that_checks_tokens(tmp_path: Path) -> None:
    views = _TOKEN.replace("create_access_token", "jwt_required").replace("def ", "@jwt_required()\ndef ")
    views = views.replace("return jwt_required('x')", "return ''")
    files = FOUND["a token in a blueprint"].replace(_TOKEN, views)
    assert "@jwt_required()" in files
    assert is_reported(tmp_path, files)

"""The computed configuration of apps, compared with what Flask itself computes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from configvars.resolve.flask_app import FlaskApp
from configvars.resolve.flask_walk import flask_apps
from configvars.resolve.link import Linker
from configvars.text import LineIndex
from support.fixtures import fixture
from support.flask_apps import generate
from support.flask_oracle import Origin, run_apps

SEEDS = 60


def apps_of(root: Path, files: dict[str, str]) -> tuple[FlaskApp, ...]:
    linker = Linker(str(root))
    for name, text in files.items():
        if name.endswith((".py", ".cfg")):
            linker.update(str(root / name), text)
    return flask_apps({facts.path: facts.flask for facts in linker.settle()})


def told(root: Path, files: dict[str, str]) -> dict[str, list[Origin]]:
    """The places that set each key in the only app; the winner is the last."""
    (app,) = apps_of(root, files)
    environ = re.findall(r"^(\w+)=", files.get(".env", ""), re.MULTILINE)
    found: dict[str, list[Origin]] = {}
    for key, origins in app.origins(environ, Flask.default_config).items():
        for origin in origins:
            path = Path(origin.loaded.path).relative_to(root).as_posix()
            line = LineIndex(files[path]).position(origin.loaded.step.span.start).line + 1
            found.setdefault(key, []).append(Origin(origin.loaded.step.method, path, line))
    return found


def written(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.mark.slow
def test_generated_apps_have_the_keys_and_origins_that_flask_gives_them(tmp_path):
    folders = [written(tmp_path / str(seed), generate(seed)) for seed in range(SEEDS)]
    for seed, config in enumerate(run_apps(folders)):
        assert not config.error
        files = generate(seed)
        ours = told(folders[seed], files)
        real = config.own()
        sure = "config.config[name]" not in files["app.py"]
        if sure:
            assert {key: origins[-1] for key, origins in ours.items()} == real, files["app.py"]
        else:
            assert real.keys() <= ours.keys(), files["app.py"]
            assert all(origin in ours[key] for key, origin in real.items()), files["app.py"]


APPS = {
    "classes": """\
-- app.py --
from flask import Flask
from config import Config
class Local(Config):
    DEBUG = True
app = Flask(__name__)
app.config.from_object(Local)
-- config.py --
class Base:
    A = B = 1
    lower = 2
class Config(Base):
    B: int = 2
    C, D = 3, 4
    def E(self): ...
""",
    "subclass of Flask": """\
-- app.py --
from flask import Flask
class Shop(Flask):
    def __init__(self):
        super().__init__(__name__)
        self.config["A"] = 1
app = Shop()
app.config["B"] = 2
""",
    "helpers in another module": """\
-- app.py --
from flask import Flask
from setup import configure
def create_app():
    app = Flask(__name__)
    configure(app, dict(A=1))
    return app
-- setup.py --
def configure(flask_app, extra, more=None):
    flask_app.config.update(extra)
    flask_app.config.setdefault("A", 2)
    flask_app.config.setdefault("B", 2)
""",
    "instance folder": """\
-- app.py --
from flask import Flask
app = Flask(__name__, instance_relative_config=True)
app.config.from_pyfile("config.py")
-- instance/config.py --
A = 1
-- config.py --
B = 1
""",
    "star import": """\
-- app.py --
from flask import Flask
import settings
app = Flask(__name__)
app.config.from_object(settings)
-- settings.py --
from base_settings import *
A = 2
-- base_settings.py --
A = B = 1
""",
    "attributes": """\
-- app.py --
from flask import Flask
app = Flask(__name__)
app.secret_key = "x"
app.testing = True
""",
}


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """What Flask itself computes for each app, in one process, because importing Flask takes long."""
    folders = [written(tmp_path_factory.mktemp("app"), fixture(text).files) for text in APPS.values()]
    return dict(zip(APPS, run_apps(folders), strict=True))


@pytest.mark.parametrize("name", APPS)
def test_apps(tmp_path, real, name):
    files = fixture(APPS[name]).files
    assert not real[name].error
    ours = {key: origins[-1] for key, origins in told(tmp_path, files).items()}
    assert {key: replace(o, method=o.method.replace("attribute", "[]=")) for key, o in ours.items()} == real[
        name
    ].own()

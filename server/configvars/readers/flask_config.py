"""Flask's `app.config`: the keys that code reads, and the variable that names a file to load.

`flask_flow` finds what sets the keys, because their order matters there.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Access, Example
from configvars.names.values import Str, alternatives
from configvars.readers.base import Argument, ConditionalTriggers, Fact, Handler, Reader, Site, Use
from configvars.readers.flask_features import SIGNS
from configvars.readers.flask_paths import (
    ALIASES,
    APP,
    CONFIGS,
    CONVENTIONS,
    COPIES,
    EXTENSIONS,
    FRAMEWORKS,
    KEPT,
    OTHER_FRAMEWORKS,
)

_RUNTIME_ERROR = frozenset({"builtins.RuntimeError"})


def _is_key(argument: Argument) -> bool:
    """Whether an argument can be the name of a key: Flask loads only upper-case keys."""
    return all(not isinstance(value, Str) or value.text.isupper() for value in alternatives(argument.value))


def _getter(idiom: str) -> Handler:
    def handle(site: Site) -> Iterator[Fact]:
        key = site.argument(0, "key")
        if key is not None and _is_key(key):
            yield Use(key, idiom, default=site.argument(1, "default"), scope="flask")

    return handle


def _popped(site: Site) -> Iterator[Fact]:
    key, default = site.argument(0, "key"), site.argument(1, "default")
    if key is not None and _is_key(key):
        yield Use(key, "app.config.pop", default=default, raises=default is None, scope="flask")


def _item(site: Site) -> Iterator[Fact]:
    """`config["X"]`; an assignment to it is a definition, not a use. A copy may have other keys."""
    key = site.argument(0)
    if key is None or not _is_key(key):
        return
    if site.access is Access.READ:
        idiom = "app.config.copy()[]" if site.path in COPIES else "app.config[]"
        yield Use(key, idiom, raises=True, scope="flask")
    elif site.deletes:
        yield Use(key, "app.config[]", Access.WRITE, scope="flask")


def _tested(site: Site) -> Iterator[Fact]:
    key = site.argument(0)
    if key is not None and _is_key(key):
        yield Use(key, "in app.config", Access.TEST, scope="flask")


def _from_envvar(site: Site) -> Iterator[Fact]:
    """`config.from_envvar("X")` raises if the variable is not set, unless `silent=True`."""
    key, silent = site.argument(0, "variable_name"), site.argument(1, "silent")
    if key is not None:
        yield Use(key, "app.config.from_envvar", raises=silent is None, errors=_RUNTIME_ERROR)


FLASK_CONFIG = Reader(
    name="flask.config",
    triggers=(b"Flask", b"from_prefixed_env"),
    conditional_triggers=ConditionalTriggers((b".config", b"current_app"), FRAMEWORKS, SIGNS),
    calls={
        path: handler
        for config in CONFIGS + COPIES
        for path, handler in (
            (f"{config}.get", _getter("app.config.get")),
            (f"{config}.__getitem__", _getter("app.config[]")),
            (f"{config}.pop", _popped),
            (f"{config}.from_envvar", _from_envvar),
        )
    },
    subscripts=dict.fromkeys(CONFIGS + COPIES, _item),
    tests=dict.fromkeys(CONFIGS + COPIES, _tested),
    aliases=ALIASES,
    conventions=CONVENTIONS,
    other_frameworks=OTHER_FRAMEWORKS,
    keep=(APP, *KEPT, *(f"{path}()" for path in EXTENSIONS)),
    silent=(
        Example(
            "from flask import Flask\napp = Flask(__name__)\napp.config.X\n", note="an attribute, not a key"
        ),
        Example(
            "from flask import current_app\ncurrent_app.config['lower']\n", note="not a key that Flask loads"
        ),
        Example("class Service:\n    def run(self):\n        self.config['KEY']\n", note="another config"),
        Example("from alembic import context\ncontext.config['KEY']\n"),
        Example("def f(client, plugin):\n    client.config['KEY'], plugin.config.get('KEY')\n"),
        Example("from quart import Quart\napp = Quart('x')\napp.config['KEY']\n", note="another framework"),
        Example("from alembic import config\nconfig['KEY']\n"),
        Example("from aiohttp import web\ndef f(app):\n    app.config['KEY']\n"),
    ),
    examples=(
        Example(
            "import os\ndef url(app):\n    return app.config and os.environ[app]\n", ("3:38 ? os.environ[]",)
        ),
        Example(
            "from flask import Flask\napp = Flask(__name__)\napp.config['A']\napp.config.get('B', 1)\n'C' in app.config\n",
            ("3:13 flask:A read required", "4:17 flask:B read defaulted", "5:2 flask:C test -"),
        ),
        Example(
            "from flask import Flask\napp = Flask(__name__)\napp.config['A'] = 1\napp.config.update(B=2)\n"
            "app.config.update({'C': 3})\napp.config.setdefault('D', 4)\napp.config.from_mapping(E=5, f=6)\n"
            "app.config |= {'F': 6}\n",
            (
                "3:13 flask:A =",
                "4:19 flask:B =",
                "5:21 flask:C =",
                "6:24 flask:D =",
                "7:25 flask:E =",
                "8:17 flask:F =",
            ),
        ),
        Example(
            "from flask import current_app as ca\nconfig = ca.config\nconfig['A']\nKEY = 'B'\nca.config[KEY]\n",
            ("3:9 flask:A read required", "5:11 flask:B read required"),
        ),
        Example(
            "from flask import Flask\nclass Shop(Flask):\n    def __init__(self):\n        self.config['A']\n",
            ("4:22 flask:A read required",),
        ),
        Example(
            "def make() -> Flask:\n    return Flask(__name__)\nfrom flask import Flask\nmake().config['A']\n",
            ("4:16 flask:A read required",),
        ),
        Example(
            "class Mail:\n    def init_app(self, app):\n        app.config.setdefault('A', 1)\n"
            "        self.app = app\n    def send(self):\n        self.app.config.get('B')\n",
            ("3:32 flask:A =", "6:30 flask:B read optional"),
            note="extensions, by convention",
        ),
        Example(
            "from shop import app\napp.config['A']\n",
            ("2:13 flask:A read required",),
            note="an app recognised by its name",
        ),
        Example(
            "from flask import Blueprint\nbp = Blueprint('x', __name__)\n@bp.record\ndef setup(state):\n"
            "    state.app.config['A']\n",
            ("5:23 flask:A read required",),
        ),
        Example(
            "from flask import Flask\ndef get(key):\n    return app.config[key]\napp = Flask(__name__)\nget('A')\n",
            ("5:6 flask:A read required",),
            note="a wrapper",
        ),
        Example(
            "from flask import Flask\napp = Flask(__name__)\napp.config.from_envvar('A')\n"
            "app.config.from_envvar('B', silent=True)\n",
            ("3:25 A read required", "4:25 B read optional"),
        ),
    ),
)

"""unset-config-key: code uses a Flask configuration key that nothing sets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.jinja_uses import JinjaUse, jinja_uses
from configvars.checks.subjects import Subject
from configvars.flask.apps import apps_of, has_apps
from configvars.flask.unset import elsewhere, first_below, set_nowhere
from configvars.flask_model import ConfigAttribute
from configvars.model import Example, FileFacts, Finding, Need, Place, Reference, Severity, Variable
from configvars.names.imports import dotted
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.flask_lent import LENT
from configvars.runs.givers import is_test
from configvars.runs.remarks import place_of_span
from configvars.text import Span

NAME = "unset-config-key"
_RAISING = ("app.config[]", "app.config.pop", LENT)
_FLASK = lazy_pattern(r"\b(?:from|import)\s+flask\w*\b", re.IGNORECASE)


def _run(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    if not has_apps(project) or is_test(project, facts.path):
        return
    if facts.kind == "python":
        yield from _attributes(facts, project)
        yield from _in_python(facts, project)
    elif facts.kind == "jinja":
        yield from _in_jinja(facts, project)


def _attributes(facts: FileFacts, project: Project) -> Iterator[Finding]:
    """Findings for `app.config.KEY`, if no code sets such an attribute."""
    if not facts.flask.attributes:
        return
    others = project.index.each("flask").values()
    given = {one.name for other in others for one in other.attributes if one.sets}
    has_own = any(other.own_class for other in others) or _has_dynaconf(project)
    for one in facts.flask.attributes:
        if not one.sets and one.name not in given and not has_own:
            yield _attribute(facts, one)


def _has_dynaconf(project: Project) -> bool:
    """Whether `FlaskDynaconf` replaces `app.config` with an object whose keys are attributes, too."""
    return project.code.anywhere("uses FlaskDynaconf", lambda text: "FlaskDynaconf" in text)


def _attribute(facts: FileFacts, one: ConfigAttribute) -> Finding:
    message = f'Configuration keys are not attributes: config.{one.name} raises AttributeError, use config["{one.name}"]'
    return Finding(NAME, Severity.ERROR, message, facts.path, one.span, Variable("flask", one.name))


def _in_python(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    nowhere = set_nowhere(project, facts.path)
    found: list[Finding] = []
    for one in filter(_raises, facts.references):
        found += filter(None, [_of_read(facts, project, one, nowhere)])
        yield None
    if found:
        is_of_flask = _is_of_flask(facts, project)
        lent = {one.span for one in facts.references if one.idiom == LENT}
        yield from (finding for finding in found if is_of_flask or finding.span in lent)


def _of_read(facts: FileFacts, project: Project, read: Reference, nowhere: frozenset[str]) -> Finding | None:
    """The finding for a read that raises because its key is set `nowhere`, or only by a step below it."""
    name = read.variable.name
    if name in nowhere:
        message = f"Nothing sets {name} in app.config: this raises KeyError"
        return _finding(facts, project, name, read.span, Severity.WARNING, message)
    below = first_below(project, facts.path, name, read.span.start)
    if below is None:
        return None
    place = place_of_span(project, below.path, below.span)
    message = f"app.config gets {name} only later, at {place}: this raises KeyError"
    return Finding(NAME, Severity.WARNING, message, facts.path, read.span, read.variable)


def _raises(reference: Reference) -> bool:
    is_raising = reference.idiom in _RAISING and reference.need is Need.REQUIRED
    return is_raising and reference.variable.scope == "flask"


def _is_of_flask(facts: FileFacts, project: Project) -> bool:
    """Whether the name `app` in a file can be a Flask app, and not another object."""
    apps = apps_of(project, facts.path)
    if any(facts.path in app.paths for app in apps) or _FLASK.search(project.text_of(facts.path) or ""):
        return True
    named = {(app.path, "app") for app in apps}
    imports = (one for one in project.code.imports(facts.path) if "app" in one.names)
    return any(project.code.module(facts.path, dotted(one.module, "app")) in named for one in imports)


def _in_jinja(facts: FileFacts, project: Project) -> Iterator[Finding]:
    nowhere = set_nowhere(project, facts.path)
    uses = [use for use in _unguarded(facts, project) if use.name in nowhere]
    for use in uses:
        if use.breaks:
            message = f"Nothing sets {use.name} in app.config: this raises UndefinedError"
            yield _finding(facts, project, use.name, use.span, Severity.WARNING, message)
        else:
            message = f"Nothing sets {use.name} in app.config: this renders as an empty string"
            yield _finding(facts, project, use.name, use.span, Severity.INFORMATION, message)


def _unguarded(facts: FileFacts, project: Project) -> list[JinjaUse]:
    """The uses of keys that the template never tests."""
    names = {one.variable.name for one in facts.references if one.need is Need.OPTIONAL}
    text = project.text_of(facts.path) if names else None
    uses = list(jinja_uses(facts, text)) if text else []
    tested = {use.name for use in uses if use.tests}
    return [use for use in uses if use.name not in tested]


def _finding(
    facts: FileFacts, project: Project, name: str, span: Span, severity: Severity, message: str
) -> Finding:
    others = elsewhere(project, facts.path, name)
    related = tuple(
        (Place(path, Span(start, start + len(name))), "Set here, in code that is not loaded")
        for path, start in others[:3]
    )
    return Finding(NAME, severity, message, facts.path, span, Variable("flask", name), related=related)


_APP = "-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"

UNSET_CONFIG_KEY = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="The code uses a Flask configuration key that nothing sets.",
    what="""\
`app.config["KEY"]`, where configvars knows every step that fills the app's configuration, from `Flask(…)`
to the first request, and none of them sets the key; nor does Flask or an extension. If one step is not
understood (a function or class from outside the folder receives the app, a file is not here, only the
environment names the class), nothing is reported. Nor is it if the code tests for the key or uses a
default. A key that only statements below the read set, in the same module or function, is reported, too.
`app.config.KEY` in Python is always an error, because keys are items and not attributes. In a template, a
missing key renders as nothing, which is information, unless the template does something with it:
`config.KEY.name`, `config.KEY|int`.""",
    why="""\
The line raises `KeyError` when it runs, which may be in a view that no test covers. Often the key is in a
class that is no longer loaded, or its name is misspelt.""",
    run=_run,
    about=Subject.READS | Subject.ATTRIBUTES | Subject.OTHER,
    silent=(
        Example(f"{_APP}app.config['SECRET_KEY'], app.config['DEBUG']\n", note="keys that Flask sets"),
        Example(f"{_APP}app.config['A'] = 1\napp.config['A']\n"),
        Example(f"{_APP}def view():\n    return app.config['A']\napp.config['A'] = 1\n", note="called later"),
        Example(
            f"{_APP}def fill():\n    app.config['A'] = 1\nfill()\napp.config['A']\napp.config['A'] = 2\n",
            note="set in a function",
        ),
        Example(f"{_APP}page = lambda: app.config['A']\napp.config.from_mapping(A=1)\npage()\n"),
        Example(f"{_APP}try:\n    app.config['A']\nexcept KeyError:\n    app.config['A'] = 1\n"),
        Example(f"{_APP}app.config['A'] = 1\napp.config['A'] = app.config['A'] + 1\n"),
        Example(
            "-- shop/__init__.py --\nfrom flask import Flask\napp = Flask(__name__)\napp.config.update(PAGE=1)\n"
            "from shop import views\n-- shop/views.py --\nfrom shop import app\nPAGE = app.config['PAGE']\n",
            note="in a module that is imported later",
        ),
        Example(
            f"{_APP}from dynaconf import FlaskDynaconf\nFlaskDynaconf(app)\nprint(app.config.TITLE)\n",
            note="keys of dynaconf are attributes, too",
        ),
        Example(
            "-- shop/__init__.py --\nfrom flask import Flask\nclass Base:\n    A = 1\nclass Config(Base):\n    B = 1\n"
            "def create_app():\n    app = Flask(__name__)\n    app.config.from_object('shop.Config')\n"
            "    app.config.from_object('shop:Late')\n"
            "    return app.config['A'], app.config['B'], app.config['L']\nclass Late:\n    L = 1\n",
            note="classes of the same module, named by strings",
        ),
        Example(
            f"{_APP}app.config.from_object('app.Config')\napp.config['A']\nclass Config: ...\n",
            note="a class that does not exist yet",
        ),
        Example(
            f"{_APP}def f():\n    class Config: ...\n    app.config.from_object('app.Config')\napp.config['A']\n",
            note="a local class of that name",
        ),
        Example(f"{_APP}app.config.get('A'), app.config.get('B', 1)\n", note="`get` raises no error"),
        Example(f"{_APP}if 'A' in app.config:\n    app.config['A']\n", note="tested first"),
        Example(
            f"{_APP}own = app.config.copy()\nown.setdefault('A', 1)\nown['A']\n", note="a copy with more"
        ),
        Example(
            f"-- setup.py --\ndef setup(config, more=1):\n    config['A'] = 1\n    config.update(B=2)\n"
            f"    config.setdefault('C', 3)\n{_APP}import setup\nsetup.setup(app.config)\n"
            "app.config['A'], app.config['B'], app.config['C']\n",
            note="set in a function that gets the configuration",
        ),
        Example(
            f"-- setup.py --\ndef setup(config):\n    fill(config)\n{_APP}from setup import setup\nsetup(app.config)\n"
            "app.config['A']\n",
            note="the function passes it on",
        ),
        Example(
            f"{_APP}def use(config):\n    if 'A' in config:\n        config['A']\n    config.get('B')\nuse(app.config)\n",
            note="tested first, in a function that gets it",
        ),
        Example(
            f"{_APP}import ours\nours.init(app)\napp.config['A']\n", note="a class of the project may set it"
        ),
        Example(
            f"{_APP}app.config.from_pyfile('local.cfg', silent=True)\napp.config['A']\n",
            note="a module that is not in the folder",
        ),
        Example(
            f"{_APP}import os\nclass A:\n    X = 1\nclass B:\n    Y = 1\nby_name = {{'a': A, 'b': B}}\n"
            "app.config.from_object(by_name[os.environ['MODE']])\napp.config['Y']\n",
            note="one of the classes sets it",
        ),
        Example(
            f"{_APP}from flask_sqlalchemy import SQLAlchemy\napp.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite://'\n"
            "SQLAlchemy(app)\napp.config['SQLALCHEMY_ECHO']\nfrom flask_restx import Api\nApi(shop)\n"
            "app.register_blueprint(shop)\napp.config['RESTX_MASK_HEADER']\n",
            note="the extension sets it, and one that gets the app with its blueprint",
        ),
        Example(
            f"{_APP}app.config.from_prefixed_env()\napp.config['A']\n", note="missing-variable reports it"
        ),
        Example(
            "-- app.py --\nfrom flask import current_app\ncurrent_app.config['A']\n",
            note="no app in the folder",
        ),
        Example(f"{_APP}-- tests/test_app.py --\nfrom app import app\napp.config['A']\n", note="a test"),
        Example(f"{_APP}app.config.A = 1\nprint(app.config.A)\n", note="the code sets such an attribute"),
        Example(
            f"{_APP}-- templates/a.html --\n{{% if config.A %}}{{{{ config.A.b }}}}{{% endif %}}\n"
            "{{ config.B|default('x') }}\n",
        ),
    ),
    examples=(
        Example(
            "-- app.py --\nfrom flask import Flask\nclass Config:\n    A = 1\napp = Flask(__name__)\n"
            "app.config.from_object('app.Config')\napp.config['A'], app.config['B']\n",
            ("app.py:6:30 warning Nothing sets B in app.config: this raises KeyError",),
            note="a string that names a class of the same module",
        ),
        Example(
            f"{_APP}app.config['STRIPE_KEY']\n",
            ("app.py:3:13 warning Nothing sets STRIPE_KEY in app.config: this raises KeyError",),
        ),
        Example(
            f"{_APP}class Config:\n    A = 1\npage = app.config['A']\napp.config.from_object(Config)\n",
            ("app.py:5:20 warning app.config gets A only later, at app.py:6: this raises KeyError",),
            note="loaded below the read",
        ),
        Example(
            "-- shop/__init__.py --\nfrom flask import Flask\napp = Flask(__name__)\nfrom shop import views\n"
            "app.config.update(PAGE=1)\n-- shop/views.py --\nfrom shop import app\nPAGE = app.config['PAGE']\n",
            (
                "shop/views.py:2:20 warning app.config gets PAGE only later, at shop/__init__.py:4: this raises KeyError",
            ),
            note="in a module that is imported before",
        ),
        Example(
            f"-- mail.py --\ndef connect(config):\n    return config['MAIL_HOST']\n{_APP}from mail import connect\n"
            "connect(app.config)\napp.config['MAIL_USER']\n",
            (
                "app.py:5:13 warning Nothing sets MAIL_USER in app.config: this raises KeyError",
                "mail.py:2:20 warning Nothing sets MAIL_HOST in app.config: this raises KeyError",
            ),
            note="in a function that gets the configuration",
        ),
        Example(
            f"{_APP}class Live:\n    A = 1\nclass Dev:\n    B = 1\napp.config.from_object(Dev)\napp.config['A']\n",
            (
                "app.py:8:13 warning Nothing sets A in app.config: this raises KeyError [see app.py:4:5: Set here, in code that is not loaded]",
            ),
            note="the class that sets it is not loaded",
        ),
        Example(
            f"{_APP}-- views.py --\nfrom flask import current_app\ndef view():\n    return current_app.config['A']\n",
            ("views.py:3:32 warning Nothing sets A in app.config: this raises KeyError",),
        ),
        Example(
            f"{_APP}app.config['A'] = 1\nprint(app.config.A)\n",
            (
                'app.py:4:18 error Configuration keys are not attributes: config.A raises AttributeError, use config["A"]',
            ),
        ),
        Example(
            f"{_APP}-- templates/a.html --\n{{{{ config.A }}}} {{{{ config.B.c }}}} {{{{ config['C']|int }}}}\n",
            (
                "templates/a.html:1:11 information Nothing sets A in app.config: this renders as an empty string",
                "templates/a.html:1:26 warning Nothing sets B in app.config: this raises UndefinedError",
                "templates/a.html:1:44 warning Nothing sets C in app.config: this raises UndefinedError",
            ),
        ),
    ),
    of_all_files=True,
)

"""`check --deploy`: code that uses `flask.current_app` in a context of the app.

Each program is really started.
"""

from __future__ import annotations

from support.started import failing, starting

_FACTORY = (
    "-- app.py --\nimport os\nfrom flask import Flask, current_app\n"
    "def create_app():\n    app = Flask('x')\n    app.config['A'] = os.environ.get('A')\n"
)
_MADE = "    with app.app_context():\n        {}\n    return app\napp = create_app()\n"
_ROUTES = _FACTORY + _MADE.format("import routes") + "-- routes.py --\n"
_FROM = f"{_ROUTES}from flask import current_app as app\n"
_CALLED = _FACTORY.replace("def create", "from start import begin\ndef create") + _MADE.format("begin()")
_CATCHING = _CALLED.replace(
    "        begin()", "        try:\n            begin()\n        except AttributeError:\n            pass"
)
_BEGIN = f"{_CALLED}-- start.py --\nimport flask\nfrom flask import current_app\ndef begin():\n"
_APP = (
    "-- app.py --\nimport os\nfrom flask import Flask, current_app\napp = Flask('x')\n"
    "app.config['A'] = os.environ.get('A')\n"
)
_OTHER = "other = Flask('y')\nother.config['A'] = 'x'\n"
_WITH = "with app.app_context():\n"
_OWN = (
    "from contextlib import contextmanager\n@contextmanager\ndef entered(app):\n"
    "    with app.app_context():\n        yield\n"
)

# Programs that start without the variable.
SILENT = {
    "a default": f"{_FROM}B = (app.config['A'] or 'x').rstrip('/')\n",
    "a value that is only kept": f"{_FROM}B = app.config['A']\nC = app.config.get('A')\n",
    "a key of Flask": f"{_FROM}B = app.config['PERMANENT_SESSION_LIFETIME'].days\n",
    "a test": f"{_FROM}if app.config['A']:\n    B = app.config['A'].rstrip('/')\n",
    "a function that is not called": f"{_FROM}def f():\n    return app.config['A'].rstrip('/')\n",
    "a view": f"{_APP}@app.get('/')\ndef f():\n    return current_app.config['A'].rstrip('/')\n",
    "an exception that is caught": (
        f"{_FROM}try:\n    B = app.config['A'].rstrip('/')\nexcept AttributeError:\n    B = ''\n"
    ),
    "a call that is caught": (
        f"{_CATCHING}-- start.py --\nfrom flask import current_app\n"
        "def begin():\n    current_app.config['A'].strip()\n"
    ),
    "no context": f"{_APP}try:\n    current_app.config['A'].strip()\nexcept RuntimeError:\n    pass\n",
    "behind the context": (
        f"{_APP}{_WITH}    pass\ntry:\n    current_app.config['A'].strip()\nexcept RuntimeError:\n    pass\n"
    ),
    "another app": f"{_APP}{_OTHER}with other.app_context():\n    current_app.config['A'].strip()\n",
    "another app inside": (
        f"{_APP}{_OTHER}{_WITH}    with other.app_context():\n        current_app.config['A'].strip()\n"
    ),
    "two contexts": (
        f"{_APP}{_OTHER}with app.app_context(), other.app_context():\n    current_app.config['A'].strip()\n"
    ),
    "another app that is pushed": (
        f"{_APP}{_OTHER}{_WITH}    context = other.app_context()\n    context.push()\n"
        "    current_app.config['A'].strip()\n    context.pop()\n"
    ),
    "a context of another app that has ended": (
        f"{_APP}{_OTHER}{_WITH}    context = other.app_context()\n    context.push()\n    context.pop()\n"
        "    current_app.config['A'] = 'x'\napp.config['A'].strip()\n"
    ),
    "another app that is entered by a method": (
        f"{_APP}{_OTHER}{_WITH}    context = other.app_context()\n    context.__enter__()\n"
        "    current_app.config['A'].strip()\n    context.__exit__(None, None, None)\n"
    ),
    "another app on a stack": (
        f"{_APP}{_OTHER}from contextlib import ExitStack\n{_WITH}    with ExitStack() as stack:\n"
        "        stack.enter_context(other.app_context())\n        current_app.config['A'].strip()\n"
    ),
    "another app in an own context manager": (
        f"{_APP}{_OTHER}{_OWN}{_WITH}    with entered(other):\n        current_app.config['A'].strip()\n"
    ),
    "another app that is not known": (
        f"{_APP}{_OTHER}apps = dict(other=other)\n"
        f"{_WITH}    with [other, app][len(apps) - 1].app_context():\n        pass\n"
        "    with apps[str('other')].app_context():\n        current_app.config['A'].strip()\n"
    ),
    "another app of an own class": (
        f"{_APP}class Own(Flask):\n    pass\nother = Own('y')\nother.config['A'] = 'x'\n"
        f"{_WITH}    with other.app_context():\n        current_app.config['A'].strip()\n"
    ),
    "it is set in the context": (
        f"{_APP}{_WITH}    current_app.config['A'] = 'x'\n    current_app.config['A'].strip()\n"
        "app.config['A'].strip()\n"
    ),
    "a function sets it": (
        f"{_BEGIN}    current_app.config.update(A='x')\n    current_app.config['A'].strip()\n"
    ),
    "a function sets it through the app itself": (
        f"{_BEGIN}    app = current_app._get_current_object()\n    app.config['A'] = 'x'\n"
        "    current_app.config['A'].strip()\n"
    ),
    "the app itself, in another context manager": (
        f"{_APP}{_OWN}with entered(app):\n    current_app._get_current_object().config['A'] = 'x'\n"
        "app.config['A'].strip()\n"
    ),
    "a function sets it by the module": (
        f"{_BEGIN}    flask.current_app.config['A'] = 'x'\n    current_app.config['A'].strip()\n"
    ),
    "a function sets it in another context manager": (
        f"{_APP}{_OWN}with entered(app):\n    current_app.config['A'] = 'x'\napp.config['A'].strip()\n"
    ),
    "a function that gets the app sets it": (
        f"{_BEGIN}    fill(current_app)\n    current_app.config['A'].strip()\n"
        "def fill(app):\n    app.config['A'] = 'x'\n"
    ),
    "unknown code gets the app": (
        f"{_BEGIN}    list(map(fill, [current_app]))\n    current_app.config['A'].strip()\n"
        "def fill(app):\n    app.config['A'] = 'x'\n"
    ),
    "unknown code gets the configuration": (
        f"{_BEGIN}    list(map(fill, [current_app.config]))\n    current_app.config['A'].strip()\n"
        "def fill(config):\n    config['A'] = 'x'\n"
    ),
    "it is set under a condition": (
        f"{_BEGIN}    if len(current_app.config) > 3:\n        current_app.config['A'] = 'x'\n"
        "    current_app.config['A'].strip()\n"
    ),
    "the context under a condition": (
        f"{_APP}if len(os.environ) > 10**6:\n    {_WITH}        current_app.config['A'].strip()\n"
    ),
    "a context that may be another": (
        f"{_APP}{_OTHER}app.app_context().push()\nif len(os.environ) < 10**6:\n"
        "    other.app_context().push()\ncurrent_app.config['A'].strip()\n"
    ),
    "no error": f"{_BEGIN}    if not current_app.config['A']:\n        print('no A')\n",
    "a key that is set": f"{_APP}app.config['B'] = 'x'\n{_WITH}    current_app.config['B'].strip()\n",
}

# Programs that fail without it.
FOUND = {
    "a module with routes": f"{_FROM}B = app.config['A'].rstrip('/')\n",
    "a module with routes, by get": f"{_FROM}B = app.config.get('A').rstrip('/')\n",
    "by the name of the module": f"{_ROUTES}import flask\nB = flask.current_app.config['A'].rstrip('/')\n",
    "a function": f"{_BEGIN}    current_app.config['A'].rstrip('/')\n",
    "a function that raises": (
        f"{_BEGIN}    if not current_app.config['A']:\n        raise RuntimeError('A')\n"
    ),
    "a module that raises": f"{_FROM}if not app.config['A']:\n    raise RuntimeError('A')\n",
    "a function of a function": (
        f"{_BEGIN}    return more()\ndef more():\n    config = current_app.config\n"
        "    return 'x' + config['A']\n"
    ),
    "the app itself": (f"{_BEGIN}    more(current_app)\ndef more(app):\n    return 'x' + app.config['A']\n"),
    "the app behind current_app": (
        f"{_BEGIN}    app = current_app._get_current_object()\n    return 'x' + app.config['A']\n"
    ),
    "a module that creates the app": f"{_APP}{_WITH}    current_app.config['A'].strip()\n",
    "a context of a request": (
        f"{_APP}with app.test_request_context():\n    current_app.config['A'].strip()\n"
    ),
    "a context with a name": f"{_APP}with app.app_context() as c:\n    current_app.config['A'].strip()\n",
    "a context that is pushed": f"{_APP}app.app_context().push()\ncurrent_app.config['A'].strip()\n",
    "a context with a name that is pushed": (
        f"{_APP}context = app.app_context()\ncontext.push()\ncurrent_app.config['A'].strip()\n"
    ),
    "behind a context of another app on a stack": (
        f"{_APP}{_OTHER}from contextlib import ExitStack\n{_WITH}    with ExitStack() as stack:\n"
        "        stack.enter_context(other.app_context())\n    current_app.config['A'].strip()\n"
    ),
    "behind a context of another app that is left by a method": (
        f"{_APP}{_OTHER}{_WITH}    context = other.app_context()\n    context.__enter__()\n"
        "    context.__exit__(None, None, None)\n    current_app.config['A'].strip()\n"
    ),
    "behind a context of another app": (
        f"{_APP}{_OTHER}{_WITH}    with other.app_context():\n        pass\n"
        "    current_app.config['A'].strip()\n"
    ),
    "a database": (
        f"{_APP}from flask_sqlalchemy import SQLAlchemy\napp.config['SQLALCHEMY_DATABASE_URI'] = "
        f"os.getenv('A')\n{_WITH}    SQLAlchemy(current_app)\n"
    ),
}

test_program_that_starts = starting(SILENT)

test_program_that_fails = failing(FOUND)

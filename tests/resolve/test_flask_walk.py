"""Code that passes apps on and configures them without end: there are limits, and reaching them is
reported.
"""

from __future__ import annotations

import pytest

from configvars.limits import APP_CALLS, APP_EVENTS, LOADED_KEYS, Hits
from configvars.resolve.flask_app import FlaskApp
from configvars.resolve.flask_walk import flask_apps
from configvars.resolve.link import Linker

APP = "from flask import Flask\napp = Flask(__name__)\n"
PATH = "/ws/app.py"


def walked(text: str) -> tuple[FlaskApp, dict[str, Hits]]:
    linker = Linker("/ws")
    linker.update(PATH, text)
    met: dict[str, Hits] = {}
    (app,) = flask_apps({facts.path: facts.flask for facts in linker.settle()}, met)
    return app, met


def test_code_within_the_limits_is_followed() -> None:
    functions = "".join(f"def f{i}(app): f{i - 1}(app)\n" for i in range(1, 10))
    app, met = walked(f"{APP}def f0(app): app.config['K'] = 1\n{functions}f9(app)\n")
    assert ([key.name for step in app.steps for key in step.keys], met) == (["K"], {})


@pytest.mark.beyond_limits
def test_functions_that_call_the_next_one_four_times() -> None:
    functions = "".join(f"def f{i}(app):\n" + f"    f{i - 1}(app)\n" * 4 for i in range(1, 12))
    app, met = walked(f"{APP}def f0(app): app.config['K'] = 1\n{functions}f11(app)\n")
    assert len(app.events) < 2 * APP_EVENTS.most
    assert dict(met[PATH].counts).keys() == {APP_EVENTS.name}


@pytest.mark.beyond_limits
def test_a_recursive_function_leaves_the_configuration_open() -> None:
    app, met = walked(f"{APP}def f(app):\n    app.config['K'] = 1\n    f(app)\nf(app)\n")
    assert len(app.events) == APP_CALLS.most + 1
    assert dict(met[PATH].counts) == {APP_CALLS.name: 1}


@pytest.mark.beyond_limits
def test_one_configuration_that_is_loaded_many_times() -> None:
    keys = "".join(f"    K{i} = 1\n" for i in range(300))
    app, met = walked(f"{APP}class C:\n{keys}" + "app.config.from_object(C)\n" * 300)
    assert sum(len(step.keys) for step in app.steps) <= LOADED_KEYS.most
    assert app.steps[-1].opens == "argument"
    assert dict(met[PATH].counts).keys() == {LOADED_KEYS.name}

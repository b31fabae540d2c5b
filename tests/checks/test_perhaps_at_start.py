"""`check --deploy`: functions of which it is not known whether they run, and what they may change.

Each program is really started.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.limits import START_STEPS
from support.started import failing, is_reported, starting

_APP = (
    "-- app.py --\nimport os, sys\nfrom flask import Flask, current_app\napp = Flask('x')\n"
    "app.config['A'] = os.environ.get('A')\n"
)
_D = "-- app.py --\nimport os, sys\nD = {'a': os.environ.get('A')}\n"
_SETS = "def f():\n    app.config['A'] = 'x'\n"
_PERHAPS = "if len(sys.argv) < 9:\n    {}\n"
_CALLED = _PERHAPS.format("f()")
_LEAVES = "    if len(sys.argv) > 9:\n        return\n"
_USE = "app.config['A'].strip()\n"
_PROXY = f"{_APP}from werkzeug.local import LocalProxy\n"
_USE_D = "D['a'].strip()\n"

SILENT = {
    "a function": f"{_APP}{_SETS}{_CALLED}{_USE}",
    "a function of a function": f"{_APP}{_SETS}def g():\n    f()\n{_PERHAPS.format('g()')}{_USE}",
    "a function that calls itself": f"{_APP}{_SETS}    if app is None:\n        f()\n{_CALLED}{_USE}",
    "a method": (
        f"{_APP}class S:\n    def f(self):\n        self.a.config['A'] = 'x'\n"
        f"s = S()\ns.a = app\n{_PERHAPS.format('s.f()')}{_USE}"
    ),
    "a dict": f"{_D}def f():\n    D['a'] = 'x'\n{_CALLED}{_USE_D}",
    "a dict with another name": f"{_D}def f():\n    d = D\n    d['a'] = 'x'\n{_CALLED}{_USE_D}",
    "a loop": f"{_APP}{_SETS}for each in sys.argv:\n    f()\n{_USE}",
    "in a context": (
        f"{_APP}def f():\n    current_app.config['A'] = 'x'\n"
        f"with app.app_context():\n    if len(sys.argv) < 9:\n        f()\n{_USE}"
    ),
    "the rest of a function": f"{_APP}def f():\n{_LEAVES}    app.config['A'] = 'x'\nf()\n{_USE}",
    "the rest of a block": (
        f"{_APP}def f(x=True):\n    if x:\n        if len(sys.argv) > 9:\n            return\n"
        f"        app.config['A'] = 'x'\nf()\n{_USE}"
    ),
    "a handler": (
        f"{_APP}def f():\n    try:\n        return open('/nothing')\n    except OSError:\n"
        f"        app.config['A'] = 'x'\nf()\n{_USE}"
    ),
    "a generator": f"{_APP}{_SETS}    yield\nlist(f())\n{_USE}",
    "a function in a thread": (
        f"{_APP}import threading\n{_SETS}t = threading.Thread(target=f)\nt.start()\nt.join()\n{_USE}"
    ),
    "a function that a library replaces": (
        f"{_APP}import functools\n@functools.singledispatch\ndef f(x):\n    app.config['A'] = 'x'\n"
        f"f(1)\n{_USE}"
    ),
    "a proxy of the configuration": (
        f"{_PROXY}conf = LocalProxy(lambda: current_app.config)\n"
        f"with app.app_context():\n    conf['A'] = 'x'\n{_USE}"
    ),
    "a proxy of the app": f"{_PROXY}p = LocalProxy(lambda: app)\np.config['A'] = 'x'\n{_USE}",
    "a proxy by a function": (
        f"{_PROXY}def get():\n    return app.config\nconf = LocalProxy(get)\nconf['A'] = 'x'\n{_USE}"
    ),
}

FOUND = {
    "a function that only reads": f"{_APP}def f():\n    return app.config['A']\n{_CALLED}{_USE}",
    "a function that changes a dict of its own": f"{_D}def f(D):\n    D['a'] = 'x'\n{_CALLED}{_USE_D}",
    "a function that is not called": f"{_APP}{_SETS}{_PERHAPS.format('print(f.__name__)')}{_USE}",
    "a function inside a function": (
        f"{_APP}def f():\n    def g():\n        app.config['A'] = 'x'\n{_CALLED}{_USE}"
    ),
    "a callback that only reads": (
        f"{_APP}import atexit\ndef f():\n    return app.config['A']\natexit.register(f)\n{_USE}"
    ),
    "the rest of a function": f"{_APP}def f():\n{_LEAVES}    print('x')\nf()\n{_USE}",
    "before the rest of a function": (
        f"{_APP}def f():\n    app.config['B'] = os.environ.get('A')\n{_LEAVES}    print('x')\n"
        "f()\napp.config['B'].strip()\n"
    ),
}

test_program_that_starts = starting(SILENT)
test_program_that_fails = failing(FOUND)


@pytest.mark.beyond_limits
@pytest.mark.parametrize(
    ("lines", "is_found"), [(1, True), pytest.param(START_STEPS.most, False, marks=pytest.mark.slow)]
)
def test_functions_that_are_too_long(tmp_path: Path, lines: int, is_found: bool) -> None:
    long = "def f():\n" + "    pass\n" * lines
    assert is_reported(tmp_path, f"{_APP}{long}{_CALLED}{_USE}") == is_found

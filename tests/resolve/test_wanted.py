"""Which files are analysed because others import or define certain names."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from itertools import pairwise

import pytest

from configvars.resolve.link import Linker
from support.python_facts import ROOT

TELLS = """\
import os
from functools import partial
def need(name): return os.environ[name]
read = partial(os.getenv, 'A')
"""


@pytest.mark.parametrize(
    ("text", "is_wanted"),
    [
        ("from tells import partial\n", False),
        ("from tells import other\n", False),
        ("from elsewhere import need\n", False),
        ("import tells\n", False),
        ("from tells import need\n", True),
        ("from tells import need as ask\n", True),
        ("import tells\ntells.need('A')\n", True),
        ("from tells import *\nneed('A')\n", True),
        ("from tells import *\n", True),
        ("from tells import *\nfrom tells import other\n", True),
        ("import tells\nfrom tells import *\n", True),
        ("import importlib\nimportlib.import_module('tells').need('A')\n", True),
    ],
)
def test_a_file_is_wanted_for_what_it_imports(text: str, is_wanted: bool) -> None:
    linker = Linker(ROOT)
    for name in ("tells", "asks"):
        linker.know(f"{ROOT}/{name}.py")
    asks = f"{ROOT}/asks.py"
    assert not linker.wants(asks, text.encode())
    linker.update(f"{ROOT}/tells.py", TELLS)
    linker.settle()
    linker.learn()
    assert (asks in linker.in_question({asks}) and linker.wants(asks, text.encode())) == is_wanted


@pytest.mark.parametrize(
    ("text", "is_wanted"),
    [
        ("from flask import session\nsession.user\n", False),
        ("from sqlalchemy.orm import Session\ndef f(session): session['x'] = 1\n", False),
        ("from flask import flash\n", False),
        ("from flask_login import current_user\n", False),
        ("from flask_mail import Mail\nfrom email import Message\n", False),
        ("from flask import session\nsession['x'] = 1\n", True),
        ("from flask import g, session\nsession.pop('x')\n", True),
        ("from flask import (\n    session as s,\n)\ns['x'] = 1\n", True),
        ("import flask\nflask.session.permanent = True\n", True),
        ("from web import session\nsession ['x'] = 1\n", True),
        ("from flask import flash\nflash('x')\n", True),
        ("from flask_login import login_user\nlogin_user(user)\n", True),
        ("from flask_jwt_extended import jwt_required\n@jwt_required()\ndef f(): ...\n", True),
        ("import flask_mail\nflask_mail.Message('x')\n", True),
    ],
)
def test_a_file_is_wanted_if_it_uses_a_feature_of_flask(text: str, is_wanted: bool) -> None:
    linker = Linker(ROOT)
    linker.wants(f"{ROOT}/app.py", b"from flask import Flask\napp = Flask(__name__)\n")
    linker.learn()
    assert linker.wants(f"{ROOT}/views.py", text.encode()) == is_wanted


def test_a_file_without_such_words_is_not_read_again_for_them() -> None:
    linker = Linker(ROOT)
    views, other = f"{ROOT}/views.py", f"{ROOT}/other.py"
    assert not linker.wants(other, b"def view(app): return app.configuration\n")
    assert not linker.wants(views, b"def view(app): return app.config['KEY']\n")
    assert linker.wants(f"{ROOT}/app.py", b"from flask import Flask\napp = Flask(__name__)\n")
    assert linker.learn()
    assert linker.in_question({views, other}) == {views}


@pytest.mark.parametrize("how", ["edited", "gone"])
def test_a_trigger_counts_while_some_file_imports_its_module(how: str) -> None:
    linker = Linker(ROOT)
    app, views = f"{ROOT}/app.py", f"{ROOT}/views.py"
    uses = b"def view(app): return app.config['KEY']\n"
    assert not linker.wants(views, uses)
    assert linker.wants(app, b"from flask import Flask\napp = Flask(__name__)\n")
    assert linker.learn()
    assert views in linker.in_question({views})
    assert linker.wants(views, uses)
    linker.update(views, uses.decode())
    if how == "edited":
        linker.wants(app, b"app = None\n")
    else:
        linker.remove(app)
    assert linker.learn()
    assert views in linker.in_question(set())
    assert not linker.wants(views, uses)


def test_files_whose_names_are_no_unicode_are_files_like_others() -> None:
    linker, asks, odd = Linker(ROOT), f"{ROOT}/asks.py", f"{ROOT}/t\udcff.py"
    linker.know(odd)
    text = b"import importlib\nimportlib.import_module(name).need('A')\nfrom . import x\n"
    assert not linker.wants(asks, text)
    linker.update(odd, TELLS)
    linker.settle()
    assert linker.learn()
    assert not linker.wants(asks, text)


def kept_by(work: Callable[[int], None]) -> int:
    """The bytes that 300 rounds add to what is allocated, after 400 rounds.

    The smaller of two measurements: what other threads allocate meanwhile is not the work's.
    """
    for number in range(100):
        work(number)
    gc.collect()
    tracemalloc.start()
    try:
        kept = [_allocated_after(work, range(first, first + 300)) for first in (100, 400, 700)]
    finally:
        tracemalloc.stop()
    return min(later - earlier for earlier, later in pairwise(kept))


def _allocated_after(work: Callable[[int], None], numbers: range) -> int:
    for number in numbers:
        work(number)
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["", "import importlib\nimportlib.import_module('tells')\n"])
def test_files_that_come_and_go_leave_nothing_behind(ending: str) -> None:
    linker = Linker(ROOT)
    linker.update(f"{ROOT}/tells.py", TELLS)

    def work(number: int) -> None:
        path = f"{ROOT}/a_file_with_a_name_of_its_own_{number}.py"
        linker.know(path)
        linker.wants(path, f"from tells import other_{number}\n{ending}".encode())
        linker.settle()
        linker.learn()
        linker.remove(path)

    assert kept_by(work) < 300 * 50


@pytest.mark.slow
def test_names_that_are_no_longer_there_are_forgotten() -> None:
    linker = Linker(ROOT)

    def work(number: int) -> None:
        names = "".join(f"def a_name_of_its_own_{number}_{n}(k): return os.environ[k]\n" for n in range(10))
        linker.update(f"{ROOT}/tells.py", f"import os\n{names}")
        linker.settle()
        linker.learn()

    assert kept_by(work) < 300 * 10 * 20

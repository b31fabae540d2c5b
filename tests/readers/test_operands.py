"""What is on the other side of an operator, compared with really running `… > os.environ["MAX"]`."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.forked import run_python
from support.properties import REAL_STARTS
from support.python_facts import analyze

HEAD = """\
import os, random, time
from datetime import datetime, timedelta
from flask import Flask, request, session
app = Flask(__name__)
"""
VIEW = '{rule}\ndef view({name}):\n    {name} > os.environ["MAX"]\n    return ""\n'
RUN = """
app.test_client().get("/5")
with app.test_request_context("/", data="abc", method="POST"):
    {body}
"""

# They may be strings, or anything that can be compared with a string.
NOT_KNOWN = (
    '"5" > os.environ["MAX"]',
    'str(5) > os.environ["MAX"]',
    'os.environ["MAX"] + str(5)',
    'n = 5\nstr(n) > os.environ["MAX"]',
    'n = len("a")\nn = "5"\nn > os.environ["MAX"]',
    'def f(n):\n    n = str(n)\n    return n > os.environ["MAX"]\nf(5)',
    'def f(n: int):\n    n = str(n)\n    return n > os.environ["MAX"]\nf(5)',
    'def f(n: "int"):\n    return n > os.environ["MAX"]\nf("5")',
    'len("abc") * "5" > os.environ["MAX"]',
    '"%s" % len("abc") > os.environ["MAX"]',
    '"5" + str(len("abc")) > os.environ["MAX"]',
    'def len(x): return "5"\nlen("abc") > os.environ["MAX"]',
    'n = 5\ndef f():\n    n = "5"\n    return n > os.environ["MAX"]\nf()',
    'for n in ["5"]: n > os.environ["MAX"]',
    'n = m = len("abc")\nm = str(m)\nm > os.environ["MAX"]',
    'n, m = len("abc"), "5"\nm > os.environ["MAX"]',
    'class C:\n    n = len("abc")\n    def f(self): return n > os.environ["MAX"]\nn = "5"\nC().f()',
    *(
        VIEW.format(rule=rule, name="n")
        for rule in (
            '@app.route("/<n>")',
            '@app.route("/<string:n>")',
            '@app.get("/<path:n>")',
            '@app.route("/x/<int:n>")\n@app.route("/<n>")',
        )
    ),
    '@app.route("/<int:n>")\ndef view(n):\n    n = str(n)\n    n > os.environ["MAX"]\n    return ""\n',
    '@app.route("/<int:m>")\ndef view(m):\n    def f(n): n > os.environ["MAX"]\n    f("5")\n    return ""\n',
)
NUMBERS = (
    'len("abc") > os.environ["MAX"]',
    '(len("abc")) > os.environ["MAX"]',
    'os.environ["MAX"] <= len("abc")',
    'n = len("abc")\nn > os.environ["MAX"]',
    'int("5") > os.environ["MAX"]',
    'def f(n: int):\n    return n > os.environ["MAX"]\nf(5)',
    'def f(n: int = 5):\n    return n > os.environ["MAX"]\nf()',
    'time.time() > os.environ["MAX"]',
    'start = 5\nn = time.time() - start\nn > os.environ["MAX"]',
    'len("abc") + 1 > os.environ["MAX"]',
    '1 - len("abc") > os.environ["MAX"]',
    '(datetime.now() - datetime.now()).total_seconds() > os.environ["MAX"]',
    'random.randint(1, 5) > os.environ["MAX"]',
    'request.content_length > os.environ["MAX"]',
    'len("abc") + os.environ["MAX"]',
    *(
        VIEW.format(rule=rule, name="n")
        for rule in (
            '@app.route("/<int:n>")',
            '@app.get("/<int(min=1):n>")',
            '@app.route("/<int:n>")\n@app.route("/x/<float:n>")',
            'RULE = "/<int:n>"\n@app.route(RULE)',
        )
    ),
)


@pytest.mark.parametrize("code", NOT_KNOWN)
def test_what_may_be_a_string_is_not_known(code: str, tmp_path: Path) -> None:
    assert kinds(code) <= {("text",), ("other",)}
    if REAL_STARTS:
        assert "TypeError" not in raised(code, tmp_path)


@pytest.mark.parametrize("code", NUMBERS)
def test_numbers(code: str, tmp_path: Path) -> None:
    assert kinds(code) == {("number",)}
    if REAL_STARTS:
        assert "TypeError" in raised(code, tmp_path)


def test_a_number_of_rows() -> None:
    assert kinds('Post.query.filter_by(a=1).count() > os.environ["MAX"]') == {("number",)}
    assert kinds('func.count(Post.id) > os.environ["MAX"]') == {("other",)}


def kinds(code: str) -> set[tuple[str, ...]]:
    """The kinds with which the variable is compared or calculated."""
    references = analyze("/ws/app.py", HEAD + code).references
    uses = [use for one in references if one.flow is not None for use in one.flow.uses]
    return {use.against for use in uses if use.kind in ("order", "arithmetic")}


def raised(code: str, folder: Path) -> str:
    """What the program writes about exceptions, with MAX=10; a request calls its view."""
    is_of_request = code.startswith("request")
    head, body = ("", code) if is_of_request else (code, "pass")
    (folder / "app.py").write_text(f"{HEAD}{head}{RUN.format(body=body)}", "utf-8")
    return run_python("app.py", cwd=folder, env={"MAX": "10", "PATH": ""}).stderr

"""Values that a library with a dialect of its own cannot convert, in projects with a Flask app."""

from __future__ import annotations

import pytest

from configvars.checks.unconvertible_value import UNCONVERTIBLE_VALUE
from support.examples import findings
from support.projects import opened

FLASK = "-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"
DECOUPLE = f"-- .env --\nPORT=8000 # dev\n{FLASK}from decouple import config\nconfig('PORT', cast=int)\n"
STARLETTE = (
    f"-- .env --\nDEBUG=False # local\n{FLASK}from starlette.config import Config\n"
    "config = Config('.env')\nconfig('DEBUG', cast=bool)\n"
)
ENVIRON = "import environ\nenv = environ.Env()\nenviron.Env.read_env('.env')\n"
PROXY = f"-- .env --\nKEY=$other\n{FLASK}{ENVIRON}app.secret_key = env('KEY')\n"
PINNED = "-- requirements.txt --\nFlask\npython-decouple\n"
RIGHT = {
    "python-dotenv is installed": f"{DECOUPLE}{PINNED}python-dotenv\n",
    "the code loads the file first": DECOUPLE.replace(
        "from decouple", "from dotenv import load_dotenv\nload_dotenv()\nfrom decouple"
    ),
    "started by the flask command": f"{DECOUPLE}-- Makefile --\nrun:\n\tflask run\n",
    "the other variable is set": PROXY.replace("KEY=$other", "KEY=$other\nother=x"),
    "a comment": PROXY.replace("$other", "$other # note"),
    "a default": PROXY.replace("env('KEY')", "env('KEY', default='x')"),
    "read from the environment": PROXY.replace("env('KEY')", "__import__('os').environ['KEY']"),
}
WRONG = {
    "Flask without python-dotenv": f"{DECOUPLE}{PINNED}",
    "started by python": f"{DECOUPLE}-- Makefile --\nrun:\n\tpython app.py\n",
    "nothing tells how it is started": DECOUPLE,
    "Starlette": STARLETTE,
    "django-environ": PROXY,
    "django-environ, a value with # inside": PROXY.replace("$other", '"$a&b#c"'),
    "django-environ after python-dotenv": f"{PROXY}-- requirements.txt --\nFlask\npython-dotenv\n",
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_a_value_that_the_code_may_get_otherwise(tmp_path, text):
    assert found_in(tmp_path, text) == []


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_a_value_that_raises(tmp_path, text):
    (message,) = found_in(tmp_path, text)
    assert message.endswith(("this raises an exception", "raises ImproperlyConfigured"))


def found_in(folder, text):
    return [each.message for each in findings(opened(folder, text).project, [UNCONVERTIBLE_VALUE])]

"""What explain reports about a key of Flask's configuration and the environment variable with its name."""

from __future__ import annotations

import pytest

from configvars.features.explain import explain
from configvars.features.explain_flask import sentences
from configvars.features.explain_text import as_markdown, as_text
from support.projects import opened

SHOP = """\
-- app.py --
import os
from flask import Flask
class Config:
    PAGE = int(os.environ.get("PAGE_SIZE", "10"))
    SECRET_KEY = os.environ["SECRET_KEY"]
app = Flask(__name__)
app.config.from_object(Config)
app.config["PAGE"] = 20
app.config["MAIL_PASSWORD"] = "canary"
@app.get("/")
def index():
    return app.config["PAGE"] + app.config["NOPE"]
"""


def told(tmp_path, name: str, text: str = SHOP) -> list[str]:
    it = opened(tmp_path, text)
    explanation = explain(it.project, name)
    assert "canary" not in as_text(explanation, it.project) + as_markdown(explanation, it.project)
    lines = as_text(explanation, it.project).splitlines()[1:]
    return [line.strip() for line in lines if "Flask app" in line]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("PAGE_SIZE", []),
        ("OTHER", []),
        ("NOPE", ["Flask app at app.py:6  not set"]),
        ("DEBUG", ["Flask app at app.py:6  not set by this code; Flask has a default"]),
        ("PAGE", ["Flask app at app.py:6  set by app.py:8 (a number); app.py:4 does not count"]),
        ("MAIL_PASSWORD", ["Flask app at app.py:6  set by app.py:9 (a string in the code)"]),
        (
            "SECRET_KEY",
            [
                "Flask app at app.py:6  set by app.py:5 (a string from the environment); "
                "its value comes from SECRET_KEY"
            ],
        ),
    ],
)
def test_a_key(tmp_path, name, expected):
    assert told(tmp_path, name) == expected


PREFIXED = """\
-- .env --
SHOP_A=1
SHOP_B=2
-- app.py --
from flask import Flask
app = Flask(__name__)
app.config["A"] = 10
app.config["C"] = 10
app.config.from_prefixed_env("SHOP")
app.config["B"] = 20
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "A",
            "set by app.py:3 (a number); from_prefixed_env replaces it by SHOP_A where .env:1 is loaded",
        ),
        ("B", "set by app.py:6 (a number); SHOP_B from from_prefixed_env is overwritten"),
        ("C", "set by app.py:4 (a number); SHOP_C would set it by from_prefixed_env"),
    ],
)
def test_variables_with_a_prefix(tmp_path, name, expected):
    assert told(tmp_path, name, PREFIXED) == [f"Flask app at app.py:2  {expected}"]


NAMED = """\
-- .env --
SHOP_SETTINGS=conf/canary.cfg
-- app.py --
from flask import Flask
app = Flask(__name__)
app.config["PAGE"] = 10
app.config.from_envvar("SHOP_SETTINGS")
-- conf/canary.cfg --
PAGE = 20
lower = 1
"""


@pytest.mark.parametrize(
    ("env_file", "first"),
    [
        (".env", "set by conf/canary.cfg:1 (a number)"),
        (".env.example", "set by app.py:3 (a number)"),
    ],
    ids=["an env file", "a template"],
)
def test_a_file_that_a_variable_names(tmp_path, env_file, first):
    it = opened(tmp_path, NAMED.replace("-- .env --", f"-- {env_file} --"))
    (story,) = explain(it.project, "PAGE").stories
    said = next(iter(sentences(story, it.project)))
    assert said == first
    assert not story.is_closed


def test_a_name_that_is_only_a_key_has_no_runs(tmp_path):
    it = opened(tmp_path, SHOP)
    assert explain(it.project, "PAGE").outcomes == ()
    assert explain(it.project, "SECRET_KEY").outcomes
    assert explain(it.project, "OTHER").outcomes


def test_unknown_code_may_set_the_key(tmp_path):
    text = SHOP.replace('app.config["PAGE"] = 20\n', "from other import set_up\nset_up(app)\n")
    (line,) = told(tmp_path, "NOPE", text)
    assert line.startswith("Flask app at app.py:6  not known to be set; other code may set it: ")
    assert line.endswith("at app.py:9")


def test_each_app_has_its_own_template(tmp_path):
    made = "-- a.py --\nfrom flask import Flask\napp = Flask(__name__)\n"
    text = f"{made}app.config['X'] = 1\napp.config['X']\n"
    both = text + text.replace("a.py", "b.py").replace("= 1", "= 'b'")
    assert told(tmp_path, "X", both) == [
        "Flask app at a.py:2  set by a.py:3 (a number)",
        "Flask app at b.py:2  set by b.py:3 (a string in the code)",
    ]


def test_where_an_extension_reads_the_key(tmp_path):
    text = (
        "-- app.py --\nfrom flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\n"
        "app = Flask(__name__)\n"
        'app.config["SQLALCHEMY_DATABASE_URI"] = "x"\n\ndb = SQLAlchemy(app)\n'
    )
    assert told(tmp_path, "SQLALCHEMY_DATABASE_URI", text) == [
        "Flask app at app.py:3  set by app.py:4 (a string in the code); flask_sqlalchemy reads it once, "
        "at app.py:6"
    ]

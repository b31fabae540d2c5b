"""Moving configuration from code to the environment: Flask gets the same configuration before and after."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.actions.extract import extract_actions
from configvars.edits import apply_edits
from configvars.text import Span
from configvars.workspace.git import reader
from support.fixtures import fixture
from support.flask_oracle import run_app
from support.git import git
from support.projects import opened

APP = "-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"


def actions(tmp_path, text):
    it = opened(tmp_path, text)
    path, offset = it.cursor
    return {
        each.fix.title: each.fix for each in extract_actions(it.project, path, Span(offset, offset), reader())
    }


def apply(fix):
    """Apply the changes on disk and return the content of the changed files, by name."""
    changed = {}
    for change in fix.changes:
        path = Path(change.path)
        assert path.exists() is not change.create
        before = "" if change.create else path.read_bytes().decode()
        path.write_bytes(apply_edits(before, change.edits).encode())
        changed[path.name] = path.read_bytes().decode()
    return changed


VALUES = (
    "'a b'",
    "' a '",
    "''",
    "'${HOME} \"x\" \\'y\\' # \\n \\\\'",
    "('a'\n    'b')",
    "25",
    "0o600",
    "-1",
    "16 * 1024 * 1024",
    "1.5",
    "True",
    "False",
    "b'abc'",
    "['a', 1, None, True]",
    "('headers', 'cookies')",
    "{'a'}",
    "{'a': {'b': [1.5]}}",
    "timedelta(days=1, minutes=5)",
)
KEPT = {
    "nothing": "None",
    "a call": "make()",
    "an environment variable": "os.environ.get('A')",
    "a formatted text": "f'{app.name}'",
    "a dict JSON would change": "{1: 2}",
    "nested tuples": "[(1, 2)]",
    "bytes that are not text": "b'\\xff'",
    "what overflows": "'x' * 10 ** 9",
}


def test_literals_read_the_same_from_the_environment(tmp_path):
    keys = {f"KEY_{number}": value for number, value in enumerate(VALUES)}
    body = "".join(f"    {key} = {value}\n" for key, value in keys.items())
    text = (
        "from datetime import timedelta\nfrom flask import Flask\napp = Flask(__name__)\n"
        f"class Config:\n{body}app.config.from_object(Config)\n"
    )
    written = {"app.py": text}
    opened(tmp_path, fixture(text))
    before = run_app(tmp_path)
    for key, value in keys.items():
        marked = written["app.py"].replace(f"    {key} ", f"    <CURSOR>{key} ")
        written |= apply(actions(tmp_path, f"-- app.py --\n{marked}")[f"Move {key} to the environment"])
        assert f"{key} = {value}" not in written["app.py"]
        assert f"{key}=" in written[".env"]
    assert run_app(tmp_path).values == before.values


@pytest.mark.parametrize("value", KEPT.values(), ids=KEPT.keys())
def test_values_that_cannot_be_restored_exactly_are_not_moved(tmp_path, value):
    assert actions(tmp_path, f"{APP}app.config['KE<CURSOR>Y'] = {value}\n") == {}


FORMS = """\
app.config['A'] = 1
app.config.update(B=1, C=2)
app.config.from_mapping({'D': 1})
app.config.setdefault('E', 1)
app.secret_key = 'x'
"""


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("Move {} to the environment", marks=pytest.mark.slow),
        "Let the environment override {}",
    ],
)
def test_every_form_of_a_definition(tmp_path, title):
    written = {"app.py": APP.removeprefix("-- app.py --\n") + FORMS}
    opened(tmp_path, fixture(written["app.py"]))
    before = run_app(tmp_path)
    for key, place in (
        ("A", "A'"),
        ("B", "B="),
        ("C", "C="),
        ("D", "D'"),
        ("E", "E'"),
        ("SECRET_KEY", "secret_key"),
    ):
        marked = written["app.py"].replace(place, f"<CURSOR>{place}", 1)
        written |= apply(actions(tmp_path, f"-- app.py --\n{marked}")[title.format(key)])
    assert run_app(tmp_path).values == before.values
    assert "'x'" not in written["app.py"] or "override" in title


def test_the_cursor_may_be_in_the_value(tmp_path):
    assert actions(tmp_path, f"{APP}app.config['KEY'] = 2<CURSOR>5\n")


def test_all_files_that_change(tmp_path):
    found = actions(
        tmp_path,
        "-- app.py --\n'''The shop.'''\nfrom __future__ import annotations\n\nfrom flask import Flask\n\n"
        "app = Flask(__name__)\napp.config['MAIL_P<CURSOR>ORT'] = 25  # plain\n"
        "-- .env --\nMAIL_SERVER=h\nZ=1\n"
        "-- .env.example --\nMAIL_SERVER=\n"
        '-- app.json --\n{"env": {"MAIL_SERVER": {"description": "SMTP"}}}\n',
    )
    assert apply(found["Move MAIL_PORT to the environment"]) == {
        "app.py": "'''The shop.'''\nfrom __future__ import annotations\n\nimport os\n"
        "from flask import Flask\n\napp = Flask(__name__)\n"
        "app.config['MAIL_PORT'] = int(os.environ[\"MAIL_PORT\"])  # plain\n",
        ".env": "MAIL_SERVER=h\nMAIL_PORT=25\nZ=1\n",
        ".env.example": "MAIL_SERVER=\nMAIL_PORT=\n",
        "app.json": '{"env": {"MAIL_SERVER": {"description": "SMTP"}, "MAIL_PORT": {"description": ""}}}\n',
    }


def test_a_variable_with_a_default_is_declared_too(tmp_path):
    code = f"{APP}app.config['DEB<CURSOR>UG'] = True\n-- .env.example --\nA=\n"
    changed = apply(actions(tmp_path, code)["Let the environment override DEBUG"])
    assert changed[".env.example"] == "A=\nDEBUG=\n"


def test_the_default_stays_in_the_code(tmp_path):
    found = actions(tmp_path, f"{APP}app.config['DEB<CURSOR>UG'] = True\n")
    changed = apply(found["Let the environment override DEBUG"])
    assert changed == {
        "app.py": "import os\nfrom flask import Flask\napp = Flask(__name__)\n"
        'app.config[\'DEBUG\'] = os.environ.get("DEBUG", "true").lower() == "true"\n'
    }


def test_a_value_that_is_no_short_string_has_no_default(tmp_path):
    found = actions(tmp_path, f"{APP}app.config['HO<CURSOR>STS'] = ['a']\n")
    assert list(found) == ["Move HOSTS to the environment"]


@pytest.mark.parametrize("env", ["[]", '{"DEBUG": {}}'])
def test_an_app_json_that_cannot_be_added_to_stays(tmp_path, env):
    code = f"{APP}app.config['DEB<CURSOR>UG'] = True\n-- app.json --\n{{\"env\": {env}}}\n"
    changed = apply(actions(tmp_path, code)["Let the environment override DEBUG"])
    assert list(changed) == ["app.py"]


DEEP = "-" * 20_000 + "1"


def test_a_name_that_is_already_used_gets_a_prefix(tmp_path):
    found = actions(tmp_path, f"-- .env --\nKEY=other\n{APP}app.config['K<CURSOR>EY'] = 'x'\n")
    assert apply(found["Move KEY to the environment"])[".env"] == "KEY=other\nAPP_KEY=x\n"


def test_a_name_that_the_platform_sets_gets_a_prefix(tmp_path):
    found = actions(tmp_path, f"-- .env --\nA=1\n{APP}app.config['PO<CURSOR>RT'] = 80\n")
    assert apply(found["Move PORT to the environment"])[".env"] == "A=1\nAPP_PORT=80\n"


@pytest.mark.parametrize(
    "line", ["os = 1", "def f(os): ...", "import os.path as os", "def f(:", f"x = {DEEP}"]
)
def test_no_import_if_the_name_is_used_or_the_file_is_invalid(tmp_path, line):
    assert actions(tmp_path, f"{APP}{line}\napp.config['K<CURSOR>EY'] = 'x'\n") == {}


INSTANCE = """\
\"\"\"Local settings.\"\"\"
import os
from datetime import timedelta

BASE = os.path.dirname(__file__)
host = "db"
SECRET_KEY = "s3cr3t"
DEBUG = True
SQLALCHEMY_DATABASE_URI = f"postgresql://{host}/shop"
SQLALCHEMY_BINDS = {"other": "sqlite://"}
MAX_CONTENT_LENGTH = 16 * 1024 * 1024
PERMANENT_SESSION_LIFETIME = timedelta(days=1)
ADMINS = ["a@h", "b@h"]
SERVER_NAME = None
A = B = 1
"""
LOADING = {
    "instance folder": (
        "-- app.py --\nfrom flask import Flask\n\ndef create_app():\n"
        "    app = Flask(__name__, instance_relative_config=True)\n"
        "    app.config.from_mapping(SECRET_KEY='dev', C=1)\n"
        "    app.config.from_py<CURSOR>file('config.py', silent=True)\n    return app\n"
        f"-- instance/config.py --\n{INSTANCE}",
        "Move instance config to the environment",
    ),
    "another file": (
        f"{APP}app.config.from_pyf<CURSOR>ile('shop.cfg')\n-- shop.cfg --\n{INSTANCE}",
        "Move shop.cfg to the environment",
    ),
}


@pytest.mark.parametrize(("text", "title"), LOADING.values(), ids=LOADING.keys())
def test_a_loaded_file_reads_the_same_from_the_environment(tmp_path, text, title):
    found = actions(tmp_path, text)
    before = run_app(tmp_path)
    changed = apply(found[title])
    for name in fixture(text).files:
        if not name.startswith("app"):
            (tmp_path / name).unlink()
    after = run_app(tmp_path)
    assert after.values == before.values
    assert "from_pyfile" not in changed["app.py"]


def test_the_loading_line_becomes_a_mapping(tmp_path):
    found = actions(
        tmp_path,
        f"{APP}if app.debug:\n    app.config.from_py<CURSOR>file('a.cfg')\n"
        "-- a.cfg --\nA = 'x'\nb = 1\nN = None\nP = 25\n",
    )
    assert apply(found["Move a.cfg to the environment"]) == {
        "app.py": "import os\nfrom flask import Flask\napp = Flask(__name__)\nif app.debug:\n"
        '    app.config.from_mapping(\n        A=os.environ["A"],\n        N=None,\n'
        '        P=int(os.environ["P"]),\n    )\n',
        ".env": "A=x\nP=25\n",
    }


@pytest.mark.beyond_limits
@pytest.mark.parametrize(
    "body", ["A = make()\n", "if x:\n    A = 1\n", "A = [(1,)]\n", "A = (\n", "a = 1\n", "", f"A = {DEEP}\n"]
)
def test_a_file_whose_values_are_computed_is_not_moved(tmp_path, body):
    assert actions(tmp_path, f"{APP}app.config.from_py<CURSOR>file('a.cfg')\n-- a.cfg --\n{body}") == {}


LITERAL = APP + "app.config['SECRET_KEY'] = '<CURSOR>canary'\n"
GIT = "-- .git/HEAD --\nref: refs/heads/main\n"


def test_an_env_file_that_git_does_not_ignore_is_added_to_gitignore(tmp_path):
    found = actions(tmp_path, f"{GIT}{LITERAL}")
    changed = apply(found["Move SECRET_KEY to the environment"])
    assert (changed[".gitignore"], changed[".env"]) == (".env\n", "SECRET_KEY=canary\n")


def test_no_value_is_moved_to_a_file_that_git_tracks(tmp_path):
    git(tmp_path, "init", "-q")
    (tmp_path / ".env").write_text("A=1\n")
    git(tmp_path, "add", "-f", ".env")
    found = actions(tmp_path, f"{LITERAL}-- .gitignore --\n.env\n")
    assert list(found) == ["Let the environment override SECRET_KEY"]


# Split in two, so that scanners do not report it as a real key.
LIVE = "sk_" + "live_9aKq2LmT40pZr81vBx7"
READS = "-- app.py --\nimport os\nos.environ.get('A')\n"


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("STRIPE_KEY = {}", "STRIPE_KEY"),
        ("stripe.api_key = {}", "STRIPE_API_KEY"),
        ("stripe_key: str = {}", "STRIPE_KEY"),
        ("_key = ({})", "KEY"),
        ("A1 = B1 = {}", "B1"),
        ("def run(self):\n    self.api_key = {}", "API_KEY"),
        ("class Pay:\n    def run(self):\n        key = {}", "KEY"),
        ("# Ünïcode 🔑\nif True:\n    x.y.pay_key = {}  # pay", "Y_PAY_KEY"),
    ],
)
def test_a_secret_that_is_assigned_to_a_name_is_moved(tmp_path, statement, name):
    code = f"{READS}{statement.format(f'{LIVE!r}').replace('sk_', 'sk<CURSOR>_')}\n"
    changed = apply(actions(tmp_path, code)[f"Move {name} to the environment"])
    after = statement.format(f'os.environ["{name}"]').replace("(os", "os").replace("])", "]")
    assert changed == {".env": f"{name}={LIVE}\n", "app.py": f"import os\nos.environ.get('A')\n{after}\n"}


@pytest.mark.parametrize(
    "statement",
    [
        "connect({})",
        "connect(api_key={})",
        "def run(key={}): ...",
        "KEY = {} + x",
        "KEY = f'{{x}}' {}",
        "KEY = os.environ.get('B', {})",
        "KEY = [{}]",
        "KEY += {}",
        "A1, B1 = {}, 1",
        "os.environ['KEY'] = {}",
        "clients[0].key = {}",
        "class Settings(BaseSettings):\n    key: str = {}",
        "KEY = {}\nfrom dotenv import load_dotenv\nload_dotenv()",
        "os = 1\nKEY = {}",
    ],
)
def test_a_secret_that_is_a_part_of_something_else_stays(tmp_path, statement):
    code = READS.replace("import os\n", "") if "os = 1" in statement else READS
    assert actions(tmp_path, f"{code}{statement.format(f'{LIVE!r}').replace('sk_', 'sk<CURSOR>_')}\n") == {}


def test_only_secrets_are_moved_from_names_that_are_no_flask_keys(tmp_path):
    assert actions(tmp_path, f"{READS}PAGE_<CURSOR>SIZE = '25'\n") == {}


def test_a_django_setting_is_moved(tmp_path):
    code = "-- settings.py --\nINSTALLED_APPS = []\nSECRET_<CURSOR>KEY = '9f2c1e7ab40d58c3e6f1a7b2'\n"
    changed = apply(actions(tmp_path, code)["Move SECRET_KEY to the environment"])
    assert changed["settings.py"] == 'import os\nINSTALLED_APPS = []\nSECRET_KEY = os.environ["SECRET_KEY"]\n'

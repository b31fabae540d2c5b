"""The messages about missing variables, as users see them."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.checks.missing_variable import MISSING_VARIABLE
from support.fixtures import fixture
from support.git import commit
from support.projects import Opened, opened


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ("-- .env --\nA=1\n", "B is missing from .env; this code fails without it"),
        (
            "-- .env --\nA=1\n-- .env.local --\nB=1\n",
            "B is missing from .env; this code fails without it"
            " (set in .env.local, which nothing loads here)",
        ),
        (
            "-- .env --\nA=1\n-- jobs/.env --\nA=1\n"
            "-- jobs/run.py --\nfrom dotenv import load_dotenv\nload_dotenv()\n",
            "B is missing from .env; this code fails without it",
        ),
        (
            "-- .env --\nA=1\n-- heroku:shop --\nB=1\n",
            "B is missing from .env; this code fails without it (set on Heroku app shop)",
        ),
        ("-- .env --\nA=1\n-- .flaskenv --\nA=1\n", "B is missing from .env; this code fails without it"),
        (
            "-- .env --\nA=1\n-- .env.b --\nA=1\n"
            "-- b.py --\nfrom dotenv import load_dotenv\nload_dotenv('.env.b')\n",
            "B is missing from .env and .env.b; this code fails without it",
        ),
    ],
)
def test_message(tmp_path: Path, files: str, message: str) -> None:
    it = opened(tmp_path, f"{files}-- app.py --\nimport os\nos.environ['B']\n")
    facts = it.project.index.files[it.path("app.py")]
    found = [each.message for each in MISSING_VARIABLE.run(facts, it.project) if each is not None]
    assert found == [message]


APP = "import os\nfrom flask import Flask\napp = Flask(__name__)\n"
KEY = f"{APP}app.config['SECRET_KEY'] = os.getenv('SECRET_KEY')\n"


@pytest.mark.parametrize("other", [KEY, "import os\nos.environ['SECRET_KEY']\n"])
def test_without_an_env_file_each_variable_is_reported_once(tmp_path: Path, other: str) -> None:
    it = opened(tmp_path, f"-- a.py --\n{KEY}-- b.py --\n{other}")
    assert len(told(it, "a.py")) == 1
    assert told(it, "b.py") == []


READS_IN_A_LOOP = "-- app.py --\nimport os\nfor name in ('A', 'B', 'C', 'D'):\n    os.environ[name]\n"
LOOP = f"-- .env --\nA=1\n{READS_IN_A_LOOP}"


def told(it: Opened, path: str) -> list[str]:
    """The findings of all checks in a file, each as ``severity message``."""
    return [f"{each.severity} {each.message}" for each in run_checks(it.project, it.path(path))]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (LOOP, "warning B, C and D are missing from .env; this code fails without them"),
        (
            READS_IN_A_LOOP,
            "information A, B, C and D are required here, and there is no env file that could set them",
        ),
        (
            "-- .env --\nCOMPOSE_X=1\n-- compose.yaml --\nservices:\n  web:\n    environment: [A, B, C, D]\n"
            + READS_IN_A_LOOP,
            "information A, B, C and D are missing from .env, from which compose.yaml hands them on",
        ),
    ],
)
def test_a_loop_is_one_finding(tmp_path: Path, files: str, says: str) -> None:
    it = opened(tmp_path, files)
    assert told(it, "app.py") == [says]


def test_one_of_several_variables_is_enough(tmp_path: Path) -> None:
    code = "from openai import OpenAI\nOpenAI()\n"
    it = opened(tmp_path, f"-- .env --\nB=1\n-- heroku:shop --\n-- app.py --\n{code}")
    needs = "unless OPENAI_API_KEY or OPENAI_ADMIN_KEY is set"
    assert told(it, "app.py") == [
        "warning OPENAI_API_KEY is not set on Heroku app shop and missing from .env; "
        f"the code fails there {needs}"
    ]
    it = opened(tmp_path / "here", f"-- .env --\nB=1\n-- app.py --\n{code}")
    assert told(it, "app.py") == [f"warning OPENAI_API_KEY is missing from .env; this code fails {needs}"]


@pytest.mark.parametrize(
    ("path", "severity"),
    [
        ("scripts/run.py", "information"),
        ("tests/test_a.py", "hint"),
        ("tests-perf/run.py", "hint"),
        ("load_test/run.py", "hint"),
        ("vendor/lib/a.py", "information"),
        ("setup.py", "information"),
    ],
)
def test_findings_in_auxiliary_files_are_less_severe(tmp_path: Path, path: str, severity: str) -> None:
    it = opened(tmp_path, f"-- .env --\nA=1\n-- {path} --\nimport os\nos.environ['B'], os.getenv('C')\n")
    assert told(it, path) == [f"{severity} B is missing from .env; this code fails without it"]


SWITCHES = """\
-- .env --
DEBUG=
USE_S3=
USE_AZURE=
-- app.py --
import os
DEBUG = os.getenv("DEBUG")
USE_S3, USE_AZURE = os.getenv("USE_S3"), os.getenv("USE_AZURE")
if not DEBUG:
    os.environ["SENTRY_URL"]
if USE_S3:
    os.environ["BUCKET"]
elif USE_AZURE:
    os.environ["ACCOUNT"]
if os.getenv("DEBUG") == "hunter2":
    os.environ["SECRET_URL"]
"""


def test_the_message_quotes_the_condition(tmp_path: Path) -> None:
    found = [line for line in told(opened(tmp_path, SWITCHES), "app.py") if "missing" in line]
    assert found == [
        "information SENTRY_URL is missing from .env; this code fails without it if `not DEBUG`",
        "information BUCKET is missing from .env; this code fails without it if `USE_S3`",
        "information ACCOUNT is missing from .env; this code fails without it if `USE_AZURE`",
        "information SECRET_URL is missing from .env; this code fails without it depending on DEBUG",
    ]


PROGRAMS = """\
-- .env --
KEY=1
-- common.py --
import os
KEY = os.environ["KEY"]
-- web.py --
from dotenv import load_dotenv
load_dotenv()
import common
-- worker.py --
import common
-- {file} --
{web}gunicorn web:app
{worker}python worker.py
"""


@pytest.mark.parametrize(
    ("file", "web", "worker", "severity"),
    [
        ("Procfile", "web: ", "worker: ", ""),
        ("run.sh", "", "KEY=1 ", ""),
        ("run.sh", "", "", "information"),
        ("Makefile", "web:\n\t", "worker:\n\t", "warning"),
    ],
)
def test_one_program_loads_the_env_file_and_another_does_not(
    tmp_path: Path, file: str, web: str, worker: str, severity: str
) -> None:
    it = opened(tmp_path, PROGRAMS.format(file=file, web=web, worker=worker))
    lacking, having = f"python worker.py ({file})", f"gunicorn web:app ({file})"
    message = f"KEY is not set for {lacking}, which loads no env file, unlike {having}"
    found = [f"{severity} {message}; this code fails there without it"] if severity else []
    assert told(it, "common.py") == found


ITEMS = """\
-- .env --
{line}
-- app.py --
from flask import Flask
app = Flask(__name__)
app.config.from_prefixed_env()
{read}
"""


@pytest.mark.parametrize(
    ("line", "read", "what"),
    [
        ("FLASK_MAIL__PORT=1", "app.config['MAIL']['PORT']", ""),
        ("FLASK_MAIL={}", "app.config['MAIL']['PORT']", ""),
        ("A=1", "app.config['MAIL'] = {'PORT': 1}\napp.config['MAIL']['PORT']", ""),
        ("FLASK_MAIL__HOST=x", "app.config['MAIL'].get('PORT')", "hint FLASK_MAIL__PORT"),
        (
            "FLASK_MAIL__HOST=x",
            "app.config['MAIL']['PORT']",
            "warning FLASK_MAIL__PORT; this code fails without it",
        ),
    ],
)
def test_an_item_that_from_prefixed_env_would_set(tmp_path: Path, line: str, read: str, what: str) -> None:
    found = list(told(opened(tmp_path, ITEMS.format(line=line, read=read)), "app.py"))
    start, clause, end = what.partition(";")
    assert found == ([f"{start} is missing from .env{clause}{end}"] if what else [])


def test_another_prefix_sets_the_same_key(tmp_path: Path) -> None:
    code = (
        "-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\napp.config.from_prefixed_env('A')\n"
        "app.config.from_prefixed_env('B')\nprint(app.config['KEY'], app.config['OTHER'])\n"
    )
    it = opened(tmp_path, f"-- .env --\nA_KEY=1\n{code}")
    assert told(it, "app.py") == [
        "warning A_OTHER and B_OTHER are missing from .env; this code fails without them"
    ]


STREAMS = {
    "open": "load_dotenv(stream=open('x.env'))",
    "with": "with open('x.env') as file:\n    load_dotenv(stream=file)",
    "StringIO": "load_dotenv(stream=io.StringIO(pathlib.Path('x.env').read_text()))",
}


@pytest.mark.parametrize(
    "load",
    ["load_dotenv(stream=io.StringIO('C=1'))", "load_dotenv(stream=open('other.env'))", "load_dotenv()"],
)
def test_a_stream_that_is_another_file_or_a_string_does_not_load_a_file(tmp_path: Path, load: str) -> None:
    assert len(with_stream(tmp_path, load)) == 1


@pytest.mark.parametrize("load", STREAMS.values(), ids=STREAMS)
def test_a_stream_may_load_a_file(tmp_path: Path, load: str) -> None:
    assert with_stream(tmp_path, load) == []


def with_stream(folder: Path, load: str) -> list[str]:
    imports = "import io, os, pathlib\nfrom dotenv import load_dotenv\n"
    app = f"-- app.py --\n{imports}{load}\nX = os.environ['<CURSOR>TOKEN']\n"
    it = opened(folder, f"-- .env --\nA=1\n-- x.env --\nTOKEN=1\n{app}")
    found = run_checks(it.project, str(folder / "app.py"))
    return [each.message for each in found if each.check == "missing-variable"]


def test_a_settings_class_that_distinguishes_case(tmp_path: Path) -> None:
    it = opened(
        tmp_path,
        "-- .env --\nAPI_KEY=1\nsize=1\n-- app.py --\nfrom pydantic_settings import BaseSettings\n"
        "class S(BaseSettings):\n    model_config = {'case_sensitive': True}\n    api_key: str\n"
        "class T(BaseSettings):\n    size: int\n",
    )
    found = run_checks(it.project, it.path("app.py"), [MISSING_VARIABLE])
    assert [finding.message for finding in found] == [
        "api_key is missing from .env; this code fails without it"
    ]


def test_no_env_file_is_offered_where_something_else_is(tmp_path: Path) -> None:
    """`.env` is a folder, such as a virtual environment."""
    code = "-- app.py --\nimport os\nos.environ['A']\n"
    titles = {
        name: [fix.title for each in run_checks(it.project, it.path("app.py")) for fix in each.fixes]
        for name, files in (("free", code), ("folder", f"-- .env/x --\n{code}"))
        for it in [opened(tmp_path / name, files)]
    }
    assert titles == {"free": ["Create .env with the names that the code reads"], "folder": []}


@pytest.mark.parametrize(
    ("file", "tracked", "severities"),
    [
        ("web/.env.dev", "web/.env.dev", []),
        ("web/.env.dev", "web/app.py", ["warning"]),
        ("web/.env.test", "web/.env.test", ["warning"]),
    ],
)
def test_a_tracked_env_file_nearer_to_the_code_that_nothing_loads(
    tmp_path: Path, file: str, tracked: str, severities: list[str]
) -> None:
    """A script of an image may load it from another path; one for tests is not loaded there."""
    fixture(f"-- .env --\nB=1\n-- {file} --\nA=1\n-- web/app.py --\nimport os\nos.environ['A']\n").write(
        tmp_path
    )
    commit(tmp_path, tracked)
    it = opened(tmp_path, "")
    found = run_checks(it.project, str(tmp_path / "web" / "app.py"))
    assert [each.severity.value for each in found if each.check == MISSING_VARIABLE.name] == severities


@pytest.mark.parametrize(("value", "titles"), [("", []), ("x", ["Pull A from Heroku app shop into .env"])])
def test_an_empty_value_is_pulled_from_an_app_that_has_one(
    tmp_path: Path, value: str, titles: list[str]
) -> None:
    code = "import os\nos.environ['A'].strip()\n"
    it = opened(tmp_path, f"-- heroku:shop --\nA={value}\n-- .env --\nA=\n-- app.py --\n{code}")
    found = run_checks(it.project, str(tmp_path / ".env"))
    assert [fix.title for each in found if each.check == "empty-variable" for fix in each.fixes] == titles

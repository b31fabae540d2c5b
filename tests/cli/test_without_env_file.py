"""What is reported if there is no env file: code is compared with templates and with Heroku's own files."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.fixtures import fixture
from support.git import commit

from .conftest import Run

READS = (
    "-- app.py --\nimport os\nos.environ['DATABASE_URL']\nos.environ['CACHE_URL']\nos.environ['S3_BUCKET']\n"
)
NOBODY = "is required here, and there is no env file that could set it"
FAILS = "this code fails without it"


def told(run: Run, folder: Path, text: str) -> list[str]:
    """The output of `check` about the code, one line per finding."""
    fixture(text).write(folder)
    return [line for line in run(folder, "check").out.splitlines() if line.startswith("app.py:")]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (
            '-- app.json --\n{"addons": ["heroku-postgresql:mini",\n'
            ' {"plan": "heroku-redis", "as": "CACHE"}]}\n',
            [f"app.py:4:13 information missing-variable S3_BUCKET {NOBODY}"],
        ),
        (
            '-- app.json --\n{"env": {"A": "1"}, "addons": ["heroku-postgresql"],\n'
            ' "environments": {"review": {"addons": [{"plan": "heroku-redis", "as": "CACHE"}]}}}\n',
            [f"app.py:4:13 warning missing-variable S3_BUCKET is not listed in app.json; {FAILS}"],
        ),
        (
            "-- .env.example --\nCACHE_URL=\n-- heroku.yml --\nsetup:\n  addons:\n"
            "  - plan: heroku-postgresql\n  config:\n    S3_BUCKET: shop\n",
            [],
        ),
        (
            "-- .env.example --\nCACHE_URL=\n-- .flaskenv --\nFLASK_APP=app\nS3_BUCKET=x\n",
            [
                f"app.py:2:13 warning missing-variable DATABASE_URL is not listed in .env.example; {FAILS}",
            ],
        ),
        (
            "-- .flaskenv --\nFLASK_APP=app\nS3_BUCKET=x\n",
            [
                f"app.py:2:13 information missing-variable DATABASE_URL {NOBODY}",
                f"app.py:3:13 information missing-variable CACHE_URL {NOBODY}",
            ],
        ),
    ],
)
def test_required_variables(run: Run, tmp_path: Path, files: str, found: list[str]) -> None:
    assert told(run, tmp_path, files + READS) == found


def test_with_an_env_file_add_ons_set_nothing_here(run: Run, tmp_path: Path) -> None:
    text = '-- .env --\nA=1\n-- app.json --\n{"addons": ["heroku-postgresql"]}\n'
    assert told(run, tmp_path, text + READS)[0].startswith(
        "app.py:2:13 warning missing-variable DATABASE_URL is missing from .env"
    )


OPTIONAL = "-- app.py --\nimport os\nif os.getenv('SMTP_HOST'): pass\n"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ('-- app.json --\n{"env": {"A": "1"}}\n', []),
        (
            "-- .env.example --\nA=\n",
            ["app.py:2:15 hint undeclared-variable SMTP_HOST is read here but not listed in"],
        ),
    ],
)
def test_optional_variables_are_compared_only_with_a_template(
    run: Run, tmp_path: Path, files: str, found: list[str]
) -> None:
    assert [line.removesuffix(" .env.example") for line in told(run, tmp_path, files + OPTIONAL)] == found


BESIDE = """\
-- .env.example --
A=
-- conf/.env.example --
B=
-- app.py --
import os
from dotenv import load_dotenv
load_dotenv(os.path.join(os.path.dirname(__file__), "conf", ".env"))
os.environ["B"], os.environ["A"]
"""


def test_the_template_beside_the_file_that_code_loads(run: Run, tmp_path: Path) -> None:
    (line,) = told(run, tmp_path, BESIDE)
    assert line == f"app.py:4:30 warning missing-variable A is not listed in conf/.env.example; {FAILS}"


READ_TWICE = """\
-- .env.example --
A=
-- app.py --
import os
def sign():
    if USE_KEYS:
        os.environ["KEY"]
    return os.environ["KEY"], os.environ["KEY"]
-- forms.py --
import os
os.getenv("KEY")
-- views.py --
import os
os.environ["KEY"], os.environ["SALT"]
"""


def test_each_variable_that_no_template_lists_is_reported_once(run: Run, tmp_path: Path) -> None:
    fixture(READ_TWICE).write(tmp_path)
    found = [line for line in run(tmp_path, "check").out.splitlines() if " missing-variable " in line]
    assert found == [
        f"app.py:5:24 warning missing-variable KEY is not listed in .env.example; {FAILS}",
        f"views.py:2:32 warning missing-variable SALT is not listed in .env.example; {FAILS}",
    ]


def test_a_shared_env_file_is_not_compared_with(run: Run, tmp_path: Path) -> None:
    fixture("-- .flaskenv --\nFLASK_APP=app\n" + READS).write(tmp_path)
    out = run(tmp_path, "check").out
    assert (
        "There is no env file here besides .flaskenv, and no template or app.json to compare the code with.\n"
        in out
    )


def test_a_template_that_cannot_be_read_is_not_said_to_be_absent(run: Run, tmp_path: Path) -> None:
    fixture("-- .env.example as utf-16 --\nA=\n" + READS).write(tmp_path)
    out = run(tmp_path, "check").out
    assert ".env.example is UTF-16, not UTF-8 and was not checked.\n" in out
    assert "no template or app.json that can be read, to compare the code with.\n" in out


@pytest.mark.parametrize(("tracked", "found"), [("web/.env.dev", 0), ("web/app.py", 2)])
def test_a_template_need_not_list_what_a_tracked_file_sets(
    run: Run, tmp_path: Path, tracked: str, found: int
) -> None:
    code = "import os\nos.environ['A']\nprint(os.environ.get('B'))\n"
    fixture(f"-- .env.example --\nC=1\n-- web/.env.dev --\nA=1\nB=1\n-- web/app.py --\n{code}").write(
        tmp_path
    )
    commit(tmp_path, tracked)
    lines = run(tmp_path, "check").out.splitlines()
    assert len([line for line in lines if line.startswith("web/app.py:")]) == found

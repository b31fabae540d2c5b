from pathlib import Path

import pytest

from configvars.features.drift import Cell, Drift, drift
from support.projects import opened

SHOP = """\
-- app.py --
import os
os.environ["SECRET_KEY"]
os.environ["DATABASE_URL"]
os.environ["PORT"]
os.getenv("MAIL_SERVER")
os.getenv("MAIL_SERVER", "localhost")
os.getenv("PAGE_SIZE", "20")
-- .env --
SECRET_KEY=CANARY-1
MAIL_SERVER=
OLD=1
SECOND=${SECRET_KEY}
-- .env.example --
SECRET_KEY=
MAIL_SERVER=
-- app.json --
{"env": {"SECRET_KEY": {"generator": "secret"}}}
-- heroku:shop --
SECRET_KEY=CANARY-2
DATABASE_URL=postgres://CANARY-3 @heroku-postgresql
OLD=1
SECOND=x
-- heroku:shop-staging --
SECRET_KEY=CANARY-1
EXTRA=1
"""


def shown(cell: Cell) -> str:
    state = "-" if cell.state == "missing" else cell.state
    return state + (f" @{cell.addon}" if cell.addon else "")


def rendered(found: Drift) -> list[str]:
    head = ["", "code", *(column.name for column in found.columns)]
    rows = [
        [row.name, "given" if row.given else str(row.need or "-"), *map(shown, row.cells), *row.missing]
        for row in found.rows
    ]
    return [" | ".join(line) for line in (head, *rows)]


def test_the_matrix(tmp_path: Path) -> None:
    assert rendered(drift(opened(tmp_path, SHOP).project)) == [
        " | code | .env | .env.example | app.json | shop | shop-staging",
        "DATABASE_URL | required | - | - | - | set @heroku-postgresql | - | env files | shop-staging",
        "EXTRA | - | - | - | - | - | set",
        "MAIL_SERVER | optional | empty | declared | - | - | -",
        "OLD | - | set | - | - | same | -",
        "PAGE_SIZE | defaulted | - | - | - | - | -",
        "SECOND | - | set | - | - | set | -",
        "SECRET_KEY | required | set | declared | declared | differs | same",
    ]


def test_the_matrix_contains_no_value(tmp_path: Path) -> None:
    assert "CANARY" not in repr(drift(opened(tmp_path, SHOP).project))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('-- .env --\nA=1\n-- app.py --\nimport os\nos.environ["A"]\n', id="given"),
        pytest.param('-- .env --\na=1\n-- app.py --\nfrom pydantic_settings import BaseSettings\n'
                     'class S(BaseSettings):\n    A: str\n', id="set with another case, for pydantic"),
        pytest.param('-- .env --\nB=1\n-- manage.py --\nimport os\nos.environ["A"] = "x"\n'
                     '-- app.py --\nimport os\nos.environ["A"]\n', id="set by code"),
        pytest.param('-- .env --\nB=1\n-- app.py --\nimport os\nif os.getenv("B"):\n    os.environ["A"]\n',
                     id="behind a switch"),
        pytest.param('-- .env --\nB=1\n-- app.py --\nimport os\nos.getenv("A")\n',
                     id="optional"),
    ],
)  # fmt: skip
def test_nothing_is_missing_that_no_check_reports(tmp_path: Path, text: str) -> None:
    found = drift(opened(tmp_path, text).project)
    assert [row.missing for row in found.rows if row.missing] == []


@pytest.mark.parametrize(
    ("env_files", "columns"),
    [
        ("", ""),
        ("-- .env --\n", " | .env"),
        ("-- .env --\n# nothing yet\n", " | .env"),
        ("-- .env.example --\nA=\n", " | .env.example"),
        ('-- app.json --\n{"env": {"A": ""}}\n', " | app.json"),
    ],
    ids=["none", "empty", "comment", "template", "app.json"],
)
def test_a_variable_that_no_env_file_sets_is_missing(tmp_path: Path, env_files: str, columns: str) -> None:
    found = drift(opened(tmp_path, env_files + '-- app.py --\nimport os\nos.environ["A"]\n').project)
    head, row = rendered(found)
    assert head == " | code" + columns
    assert row.endswith(" | env files")
    assert found.drifts


def test_an_app_lacks_what_the_check_reports(tmp_path: Path) -> None:
    """It does not lack variables that only tests read, or that a deployed file sets."""
    text = (
        '-- .env --\nA=1\nB=1\n-- app.py --\nimport os\nos.environ["A"]\n'
        '-- tests/test_app.py --\nimport os\nos.environ["B"]\n-- heroku:shop --\n'
    )
    found = drift(opened(tmp_path, text).project)
    assert {row.name: row.missing for row in found.rows} == {"A": ("shop",), "B": ()}


def test_variables_of_the_platform_are_never_missing(tmp_path: Path) -> None:
    text = '-- .env --\nPORT=5000\n-- app.py --\nimport os\nos.environ["PORT"]\n-- heroku:shop --\n'
    found = drift(opened(tmp_path, text).project)
    assert rendered(found) == [" | code | .env | shop", "PORT | given | set | -"]
    assert not found.drifts

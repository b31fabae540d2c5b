from pathlib import Path

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


def test_no_value_is_in_it(tmp_path: Path) -> None:
    assert "CANARY" not in repr(drift(opened(tmp_path, SHOP).project))


def test_without_env_files_and_apps_nothing_is_missing(tmp_path: Path) -> None:
    found = drift(opened(tmp_path, 'import os\nos.environ["A"]\n').project)
    assert rendered(found) == [" | code", "A | required"]
    assert not found.drifts


def test_what_the_platform_gives_is_never_missing(tmp_path: Path) -> None:
    text = '-- .env --\nPORT=5000\n-- app.py --\nimport os\nos.environ["PORT"]\n-- heroku:shop --\n'
    found = drift(opened(tmp_path, text).project)
    assert rendered(found) == [" | code | .env | shop", "PORT | given | set | -"]
    assert not found.drifts

"""`check --deploy`: connections to PostgreSQL to which no argument names a server.

The connections were tried with psycopg2 2.9 and asyncpg 0.32, on a machine without a server.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.started import is_reported

_APP = "-- app.py --\nimport os\nimport asyncpg, psycopg, psycopg2\n"
_CONFIG = '-- config.py --\nimport os\nURL = os.getenv("A")\n'
_CONNECT = "psycopg2.connect(os.environ.get('A'), sslmode='require')\n"

SILENT = {
    "a default": f"{_APP}psycopg2.connect(os.getenv('A', 'postgres://db.example/x'))\n",
    "a host": f"{_APP}psycopg2.connect(os.getenv('A'), host='db.example')\n",
    "a host that is computed": f"{_APP}psycopg2.connect(os.getenv('A'), host=os.uname()[1])\n",
    "a service": f"{_APP}psycopg.connect(os.getenv('A'), service='x')\n",
    "unpacked": f"{_APP}psycopg2.connect(os.getenv('A'), **options)\n",
    "a password": f"{_APP}psycopg2.connect(host='db.example', password=os.getenv('A'))\n",
    "tested": f"{_APP}url = os.getenv('A')\nif url:\n    psycopg2.connect(url)\n",
    "in a try": f"{_APP}try:\n    psycopg2.connect(os.getenv('A'))\nexcept psycopg2.Error:\n    pass\n",
    "in a function that nothing calls": f"{_APP}def connect():\n    return {_CONNECT}",
    "a function of its own": f"{_APP}def connect(url):\n    return url\nconnect(os.getenv('A'))\n",
    "a host of another variable": (
        "-- heroku:shop --\nB=1\n" + f"{_APP}psycopg2.connect(os.getenv('A'), host=os.getenv('B'))\n"
    ),
    "PGHOST": "-- heroku:shop --\nPGHOST=1\n" + f"{_APP}{_CONNECT}",
}
FOUND = {
    "a URL": f"{_APP}psycopg2.connect(os.environ.get('A'))\n",
    "with TLS": f"{_APP}{_CONNECT}",
    "by name": f"{_APP}psycopg2.connect(dsn=os.environ.get('A'))\n",
    "an empty default": f"{_APP}psycopg2.connect(os.environ.get('A', ''))\n",
    "of another module": f"{_CONFIG}{_APP}from config import URL\npsycopg.connect(URL)\n",
    "in a function": f"{_APP}def connect():\n    return {_CONNECT}connect()\n",
    "a host": f"{_APP}psycopg2.connect(host=os.environ.get('A'), dbname='x', user='x')\n",
    "a coroutine": (
        f"{_APP}import asyncio\nasync def main():\n    await asyncpg.connect(os.getenv('A'))\n"
        "asyncio.run(main())\n"
    ),
}


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_program_that_may_find_a_server(tmp_path: Path, files: str) -> None:
    assert not is_reported(tmp_path, files)


@pytest.mark.parametrize("files", FOUND.values(), ids=FOUND)
def test_program_that_finds_no_server(tmp_path: Path, files: str) -> None:
    assert is_reported(tmp_path, files)

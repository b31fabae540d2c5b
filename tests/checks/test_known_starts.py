"""`check --deploy`: commands of processes, and the files that they start. Each file fails without A."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.started import is_reported

_CODE = "import config\nconfig.A.split()\n"
_CONFIG = 'import os\nA = os.getenv("A")\n'


def project(command: str, file: str, more: str = "") -> str:
    """A project whose `file` fails without A, with the modules that read A."""
    folder = file.rpartition("/")[0]
    beside = f"-- {folder}/config.py --\n{_CONFIG}" if folder else ""
    return f"-- Procfile --\nweb: {command}\n-- {file} --\n{_CODE}-- config.py --\n{_CONFIG}{beside}{more}"


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("streamlit hello", "app.py"),
        ("rq worker high", "app.py"),
        ("unknown run app.py", "app.py"),
        ("gunicorn --config other.py x:app", "gunicorn.conf.py"),
        ("celery -A shop:app worker", "shop/celery.py"),
        ("FLASK_APP=shop flask run", "app.py"),
        ("python -c 'print(1)'", "app.py"),
        ("uvicorn app.other:app", "app.py"),
    ],
)
def test_command_that_does_not_start_the_file(tmp_path: Path, command: str, file: str) -> None:
    more = "-- x.py --\n-- other.py --\n-- shop/__init__.py --\n"
    assert not is_reported(tmp_path, project(command, file, more))


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("streamlit run app.py", "app.py"),
        ("python -m streamlit run src/app.py", "src/app.py"),
        ("panel serve app.py --port $PORT", "app.py"),
        ("fastapi run", "main.py"),
        ("dramatiq app", "app.py"),
        ("huey_consumer app.huey", "app.py"),
        ("celery -A app.celery worker", "app.py"),
        ("celery --app=shop worker", "shop/celery.py"),
        ("gunicorn x:app", "gunicorn.conf.py"),
        ("gunicorn -c deploy/g.py x:app", "deploy/g.py"),
        ("gunicorn --config python:conf x:app", "conf.py"),
        ("FLASK_APP=main.py flask run", "main.py"),
        ("alembic upgrade head", "alembic/env.py"),
        ("python /app/bot.py", "bot.py"),
        ("cd /app && gunicorn app:app", "app.py"),
        ("cd $HOME/src && gunicorn app:app", "src/app.py"),
        ("bin/start", "app.py"),
        ("wait-for-it db:1 -- gunicorn app:app", "app.py"),
    ],
)
def test_command_that_starts_the_file(tmp_path: Path, command: str, file: str) -> None:
    more = "-- x.py --\n-- shop/__init__.py --\n-- bin/start --\n#!/bin/sh\ncd .. && exec gunicorn app:app\n"
    assert is_reported(tmp_path, project(command, file, more))


_STOPS = "import streamlit as st\nif not {name}:\n    st.error('A?')\n    st.stop()\n{name}.split()\n"


@pytest.mark.parametrize(
    "code",
    [
        f"import os\nA = os.getenv('A')\n{_STOPS.format(name='A')}",
        f"import config\n{_STOPS.format(name='config.A')}",
    ],
)
def test_script_of_streamlit_that_stops(tmp_path: Path, code: str) -> None:
    files = f"-- Procfile --\nweb: streamlit run app.py\n-- config.py --\n{_CONFIG}-- app.py --\n{code}"
    assert not is_reported(tmp_path, files)

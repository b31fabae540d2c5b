"""Which programs serve an app, by the files that start them."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.flask.servers import importing_server, many_processes
from support.projects import opened

APP = "-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n-- other.py --\n"
COMMANDS = {
    "gunicorn other:app": (False, False),
    "python app.py": (False, False),
    "waitress-serve app:app": (True, False),
    "flask --app app run": (True, False),
    "gunicorn -w 1 app:app": (True, False),
    "gunicorn app:app --workers=1": (True, False),
    "gunicorn --preload app:app": (True, False),
    "gunicorn app:app": (True, True),
    "gunicorn -w 12 app:app": (True, True),
    "gunicorn -w 1.5 app:app": (True, True),
    "uwsgi --module app:app": (True, True),
}
IMAGES = {
    '["gunicorn", "app:app"]': False,
    '["gunicorn", "-c", "conf.py", "app:app"]': True,
    '["gunicorn", "-w", "12", "app:app"]': True,
    '["gunicorn", "-w", "1", "app:app"]': False,
    '["gunicorn", "--workers=1", "app:app"]': False,
    '["gunicorn", "app:app", "--preload"]': False,
}
SERVICE = "-- compose.yml --\nservices:\n  web:\n    command: {}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_lines_of_a_procfile(tmp_path: Path, command: str) -> None:
    it = opened(tmp_path, f"{APP}-- Procfile --\nweb: {command}\n")
    path, procfile = it.path("app.py"), it.path("Procfile")
    found = [answer(it.project, path) == procfile for answer in (importing_server, many_processes)]
    assert tuple(found) == COMMANDS[command]


@pytest.mark.parametrize(
    ("command", "is_many"),
    [
        ("waitress-serve app:app", False),
        ("gunicorn app:app", False),
        ("gunicorn -w 4 app:app", True),
        ("gunicorn app:app\n    environment: {WEB_CONCURRENCY: 2}", True),
        ("gunicorn app:app\n-- gunicorn.conf.py --\nworkers = 2", True),
    ],
)
def test_a_service_has_one_process_unless_its_server_makes_more(
    tmp_path: Path, command: str, is_many: bool
) -> None:
    it = opened(tmp_path, f"{APP}{SERVICE.format(command)}")
    assert importing_server(it.project, it.path("app.py")) == it.path("compose.yml")
    assert (many_processes(it.project, it.path("app.py")) is not None) is is_many


@pytest.mark.parametrize("command", IMAGES)
def test_the_command_of_an_image(tmp_path: Path, command: str) -> None:
    it = opened(tmp_path, f"{APP}-- Dockerfile --\nCMD {command}\n")
    assert (many_processes(it.project, it.path("app.py")) is not None) is IMAGES[command]


def test_an_app_that_some_file_runs_as_a_program_is_not_imported(tmp_path: Path) -> None:
    it = opened(tmp_path, f"{APP}-- Procfile --\nweb: gunicorn app:app\ndev: python app.py\n")
    assert importing_server(it.project, it.path("app.py")) is None

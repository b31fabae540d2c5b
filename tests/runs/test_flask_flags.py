"""`check --deploy`: code under `if app.testing:` and `if app.debug:`, which are usually false on an app."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.started import severities

_APP = "-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\n"
_READ = '    os.environ["A"]\n'
_NAMES = (
    '    for name in ("A", "B"):\n        if name not in os.environ:\n            raise RuntimeError(name)\n'
)

# What is under the condition does not run.
SILENT = {
    "testing": f"{_APP}if app.testing:\n{_READ}",
    "names": f"{_APP}if app.testing:\n{_NAMES}",
    "config": f'{_APP}if app.config["TESTING"]:\n{_READ}',
    "get": f"{_APP}if app.config.get('TESTING', False):\n{_READ}",
    "debug": f"{_APP}if app.debug:\n{_READ}",
    "and": f"{_APP}if app.debug and app.name:\n{_READ}",
    "a class for tests": f"{_APP}class TestConfig:\n    TESTING = True\nif app.testing:\n{_READ}",
    "false": f"{_APP}class Config:\n    DEBUG = False\nif app.debug:\n{_READ}",
    "tests": (
        f"{_APP}if app.testing:\n{_READ}-- tests/test_app.py --\nfrom app import app\n"
        'app.config["TESTING"] = True\n'
    ),
}

# It may run.
FOUND = {
    "not": f"{_APP}if not app.debug:\n{_READ}",
    "set": f'{_APP}app.config["TESTING"] = True\nif app.testing:\n{_READ}',
    "attribute": f"{_APP}app.testing = bool(app.name)\nif app.testing:\n{_READ}",
    "a class": f"{_APP}class Config:\n    TESTING = True\nif app.testing:\n{_READ}",
    "behind a class": f"{_APP}class TestConfig:\n    pass\nDEBUG = True\nif app.debug:\n{_READ}",
    "a file": f'{_APP}app.config.from_pyfile("x.cfg")\nif app.testing:\n{_READ}',
    "an option": f"-- Procfile --\nweb: flask run --debug\n{_APP}if app.debug:\n{_READ}",
    "another app": f"{_APP.replace('flask', 'fastapi').replace('Flask', 'FastAPI')}if app.debug:\n{_READ}",
}


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_code_for_tests_and_development(tmp_path: Path, files: str) -> None:
    assert severities(tmp_path, files) <= {"information"}


@pytest.mark.parametrize("files", FOUND.values(), ids=FOUND)
def test_code_that_may_run(tmp_path: Path, files: str) -> None:
    assert {"error", "warning"} & severities(tmp_path, files)


def test_a_variable_that_turns_debug_on(tmp_path: Path) -> None:
    files = f"{_APP}if app.debug:\n{_READ}"
    assert {"error", "warning"} & severities(tmp_path, files, "FLASK_DEBUG=1\n")

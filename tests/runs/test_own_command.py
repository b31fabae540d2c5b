"""Conditions about the arguments of the program and about pytest, for a deploy."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.started import severities

_WORKER = "-- Procfile --\nworker: python worker.py\n"


def _read(condition: str, more: str = "") -> str:
    return f"{more or _WORKER}-- worker.py --\nimport os, sys\nif {condition}:\n    os.environ['A']\n"


# What a deploy must not take for code that does not run.
KEPT = {
    "the word is an argument": _read("'seed' in sys.argv", "-- Procfile --\nworker: python worker.py seed\n"),
    "another argument": _read("len(sys.argv) > 1", "-- Procfile --\nworker: python worker.py x\n"),
    "as many arguments": _read("len(sys.argv) == 1"),
    "the word is missing": _read("'seed' not in sys.argv"),
    "a script passes it": _read(
        "'seed' in sys.argv",
        "-- Procfile --\nworker: sh run.sh\n-- run.sh --\npython worker.py seed\n",
    ),
    "an argument of a variable": _read(
        "'seed' in sys.argv", "-- Procfile --\nworker: python worker.py $MODE\n"
    ),
    "the count of a variable": _read("len(sys.argv) > 1", "-- Procfile --\nworker: python worker.py $MODE\n"),
    "app.json runs it": _read(
        "'seed' in sys.argv",
        f'{_WORKER}-- app.json --\n{{"scripts": {{"postdeploy": "python worker.py seed"}}}}\n',
    ),
    "another Procfile": _read(
        "'seed' in sys.argv",
        "-- Procfile --\nworker: honcho start -f Procfile.x\n-- Procfile.x --\na: python worker.py seed\n",
    ),
    "supervisord": _read(
        "'seed' in sys.argv",
        "-- Procfile --\nworker: supervisord -c supervisord.conf\n"
        "-- supervisord.conf --\n[program:a]\ncommand=python worker.py seed\n",
    ),
    "code sets the arguments": _read(
        "'seed' in sys.argv", f"{_WORKER}-- b.py --\nimport sys\nsys.argv[1:] = 'x'\n"
    ),
    "a server": _read("len(sys.argv) > 1", "-- Procfile --\nweb: gunicorn worker:app\n"),
    "one of two programs": _read(
        "len(sys.argv) > 1", "-- Procfile --\nweb: gunicorn worker:app\nworker: python worker.py\n"
    ),
    "code imports pytest": _read("'pytest' in sys.modules", f"{_WORKER}-- checks.py --\nimport pytest\n"),
    "the process runs pytest": _read("'pytest' in sys.modules", "-- Procfile --\nworker: pytest worker.py\n"),
    "another module": _read("'redis' in sys.modules"),
}

# What certainly does not run.
OFF = {
    "pytest": _read("'pytest' in sys.modules"),
    "not without pytest": _read("not ('pytest' not in sys.modules)"),
    "pytest in a test": _read('"pytest" in sys.modules', f"{_WORKER}-- tests/test_a.py --\nimport pytest\n"),
    "a word": _read("'test' in sys.argv"),
    "a word behind the program": _read("'test' in sys.argv[1:]"),
    "a word, and more": _read("len(sys.argv) > 1 and sys.argv[1] == 'test'"),
    "a first word": _read("sys.argv[1] == 'test'", "-- Procfile --\nworker: python worker.py run\n"),
    "too many": _read("len(sys.argv) > 1"),
    "too many for a module": _read("len(sys.argv) >= 2", "-- Procfile --\nworker: python -m worker\n"),
    "too few": _read("not len(sys.argv) < 2"),
}


@pytest.mark.parametrize("files", KEPT.values(), ids=KEPT)
def test_code_that_may_run(tmp_path: Path, files: str) -> None:
    assert {"error", "warning"} & severities(tmp_path, files)


@pytest.mark.parametrize("files", OFF.values(), ids=OFF)
def test_code_that_does_not_run(tmp_path: Path, files: str) -> None:
    assert not {"error", "warning"} & severities(tmp_path, files)

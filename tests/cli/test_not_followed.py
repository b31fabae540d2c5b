"""`check --deploy`: a process of which it is not known where it starts is named."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run
from support.fake_heroku import fake_heroku

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the fake Heroku CLI is a shell script")

_CODE = "-- app.py --\nimport os\nos.getenv('A')\n"
_SAID = "It is not known which Python file"


@pytest.mark.parametrize(
    ("procfile", "expected"),
    [
        ("web: gunicorn app:app\n", ""),
        ("release: echo done\nweb: streamlit run app.py\n", ""),
        ("worker: rq worker\n", f"{_SAID} the process worker starts, so what it does"),
        ("web: gunicorn wsgi:app\n", f"{_SAID} the process web starts"),
        (
            "web: npm start\nworker: rq worker\n",
            f"{_SAID} the processes web and worker start, so what they do",
        ),
    ],
)
def test_processes_that_are_not_followed(
    run: Run,
    tree: Callable[[str], Path],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    procfile: str,
    expected: str,
) -> None:
    monkeypatch.setenv("PATH", fake_heroku(tmp_path_factory.mktemp("heroku"), {"shop": {}}).env["PATH"])
    ran = run(tree(f"-- Procfile --\n{procfile}{_CODE}"), "check", "--deploy", "--app", "shop")
    assert ran.status == 0
    assert (expected in ran.out) if expected else (_SAID not in ran.out)

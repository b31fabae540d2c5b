"""Which code a process of the Procfile loads. If that is not certain, all code counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run
from configvars.cli.processes import NotKnown, entries
from configvars.cli.reached import LoadsByName, Reached
from support.fake_heroku import fake_heroku
from support.fixtures import fixture

Tree = Callable[[str], Path]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("gunicorn shop.wsgi:app", ["shop.wsgi", "gunicorn.conf.py"]),
        ("gunicorn -w 4 -b 0.0.0.0:$PORT 'shop:create_app()'", ["shop", "gunicorn.conf.py"]),
        ("gunicorn -c conf/gunicorn.py app:app", ["app", "gunicorn.conf.py", "conf/gunicorn.py"]),
        ("ENV=prod uvicorn main:app --port ${PORT}", ["main"]),
        ("python worker.py", ["worker.py"]),
        ("python3.12 -u ./jobs/worker.py --fast", ["jobs/worker.py"]),
        ("python -m shop.worker", ["shop.worker"]),
        ("python -m flask --app shop run", ["shop"]),
        ("flask --app=shop:create_app db upgrade && python seed.py", ["shop", "seed.py"]),
        ("celery -A shop.tasks worker -l info", ["shop.tasks"]),
    ],
)
def test_entries_of_commands(command: str, expected: list[str]) -> None:
    assert list(entries(command)) == expected


@pytest.mark.parametrize(
    "command",
    [
        "./release.sh",
        "bin/start-nginx gunicorn app:app",
        "flask db upgrade",
        "python manage.py migrate",
        "python -c 'import app'",
        "rq worker",
        "gunicorn $APP",
        "gunicorn",
        "celery worker",
        "gunicorn app:app | tee log",
        "$(which python) worker.py",
        "python worker.py && ./more.sh",
        "python 'worker.py",
    ],
)
def test_commands_with_unknown_entries(command: str) -> None:
    with pytest.raises(NotKnown):
        list(entries(command))


SHOP = """\
-- web.py --
from shop import create_app
app = create_app()
-- shop/__init__.py --
from . import views
from shop.db import engine as e
def create_app():
    app.config.from_object("config.Production")
-- shop/views.py --
def view():
    import late
-- shop/db.py --
import os, json.decoder
-- late.py --
-- config.py --
-- shop/unused.py --
-- worker.py --
import tasks.mail
-- tasks/__init__.py --
-- tasks/mail.py --
-- tasks/other.py --
-- magic.py --
import importlib
-- dj.py --
import django
"""


@pytest.fixture
def reached(tmp_path: Path) -> Reached:
    fixture(SHOP).write(tmp_path)
    files = [str(path) for path in tmp_path.rglob("*.py")]
    return Reached(str(tmp_path), files, lambda path: Path(path).read_text("utf-8"))


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("late", "late.py"),
        ("worker.py", "tasks/__init__.py tasks/mail.py worker.py"),
        ("tasks/mail.py", "tasks/__init__.py tasks/mail.py"),
        ("web", "config.py late.py shop/__init__.py shop/db.py shop/views.py web.py"),
        ("shop.db", "config.py late.py shop/__init__.py shop/db.py shop/views.py"),
        ("nowhere", ""),
        ("nowhere.py", ""),
    ],
)
def test_files_that_a_module_loads(reached: Reached, tmp_path: Path, entry: str, expected: str) -> None:
    loaded = reached.from_(reached.starts(entry))
    assert " ".join(sorted(Path(path).relative_to(tmp_path).as_posix() for path in loaded)) == expected


@pytest.mark.parametrize("entry", ["magic", "dj"])
def test_imports_by_computed_names_are_not_known(reached: Reached, entry: str) -> None:
    with pytest.raises(LoadsByName):
        reached.from_(reached.starts(entry))


GATE = """\
-- Procfile --
web: gunicorn web:app
worker: python worker.py
release: ./release.sh
-- web.py --
import os
os.environ["WEB"]
-- worker.py --
import os
os.environ["WORKER"]
"""


@pytest.mark.parametrize(
    ("arguments", "told", "said"),
    [
        ([], {"WEB", "WORKER"}, ""),
        (["--process", "web"], {"WEB"}, "web loads 1 of 2 Python files."),
        (["--process", "web,worker"], {"WEB", "WORKER"}, "web and worker load 2 of 2 Python files."),
        (["--process", "web", "--process", "worker"], {"WEB", "WORKER"}, "web and worker load 2 of 2"),
        (
            ["--process", "web,release"],
            {"WEB", "WORKER"},
            "What the process release loads is not known: all code was checked.",
        ),
    ],
)
def test_the_gate_of_some_processes(
    run: Run,
    tree: Tree,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    told: set[str],
    said: str,
) -> None:
    monkeypatch.setenv("PATH", fake_heroku(tmp_path_factory.mktemp("heroku"), {"shop": {}}).env["PATH"])
    ran = run(tree(GATE), "check", "--deploy", "--app", "shop", *arguments)
    assert ran.status == 1
    assert {name for name in ("WEB", "WORKER") if f"{name} is not set" in ran.out} == told
    assert said in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--deploy", "--process", "wrker"], "no process wrker in the Procfile. Did you mean worker?"),
        (["--process", "web"], "--process can only be used with --deploy."),
    ],
)
def test_wrong_use(
    run: Run,
    tree: Tree,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.setenv("PATH", fake_heroku(tmp_path_factory.mktemp("heroku"), {"shop": {}}).env["PATH"])
    ran = run(tree(GATE), "check", "--app", "shop", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_without_a_procfile(
    run: Run, tree: Tree, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", fake_heroku(tmp_path_factory.mktemp("heroku"), {"shop": {}}).env["PATH"])
    folder = tree("-- .env --\n-- lib.py --\n-- src/app.py --\n")
    command = ("check", "--deploy", "--app", "shop", "--process", "web")
    none_in = "configvars: --process needs a Procfile, and there is none in"
    assert run(folder, *command).err == f"{none_in} this folder.\n"
    assert run(folder / "src", *command).err == f"{none_in} {folder}.\n"
    tree("-- b/Procfile --\nweb: python app.py\n-- b/app.py --\n-- a/Procfile --\n")
    (folder / "a").rename(folder / "my a")
    assert run(folder, *command).err == f"{none_in} this folder. Name a folder that has one: b, 'my a'.\n"
    assert run(folder, *command, "b").status == 0
    tree("".join(f"-- {number}/Procfile --\nweb: python app.py\n" for number in range(4)))
    assert run(folder, *command).err.endswith("that has one: 0, 1, 2, 3, b and 1 more.\n")

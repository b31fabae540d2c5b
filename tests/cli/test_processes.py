"""Which code a process of the Procfile loads. If that is not certain, all code counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
        ("celery -A shop.tasks worker -l info", ["shop.tasks", "shop.tasks.celery"]),
        ("celery --workdir jobs -A tasks worker", ["jobs.tasks", "jobs.tasks.celery"]),
        ("gunicorn --pythonpath src web:app", ["src.web", "gunicorn.conf.py"]),
        ("gunicorn --pythonpath=src web.wsgi --log-file -", ["src.web.wsgi", "gunicorn.conf.py"]),
        ("gunicorn --preload --capture-output shop.wsgi", ["shop.wsgi", "gunicorn.conf.py"]),
        ("gunicorn --workers 4 shop.wsgi", ["shop.wsgi", "gunicorn.conf.py"]),
        ("gunicorn shop.wsgi --log-file -", ["shop.wsgi", "gunicorn.conf.py"]),
        ("gunicorn --chdir src web:app", ["src.web", "gunicorn.conf.py"]),
        ("cd src && python job.py && python -m more", ["src/job.py", "src.more"]),
        ("env A=1 newrelic-admin run-program python job.py", ["job.py"]),
        ("bash -c 'export A=$(date) && exec gunicorn app:app'", ["app", "gunicorn.conf.py"]),
        ("python manage.py migrate", ["manage.py"]),
        ("bin/start-nginx gunicorn app:app", ["app", "gunicorn.conf.py"]),
        ("flask db upgrade", ["$FLASK_APP"]),
        ("alembic upgrade head", ["$MIGRATIONS"]),
        ("dramatiq jobs.mail -p 2", ["jobs.mail"]),
        ("streamlit run page.py", ["page.py"]),
    ],
)
def test_entries_of_commands(command: str, expected: list[str]) -> None:
    assert list(entries(command)) == expected


@pytest.mark.parametrize(
    "command",
    [
        "./release.sh",
        "bin/start-server gunicorn app:app",
        "cd $HOME && python job.py",
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


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("#!/bin/sh\nset -e\nexport A=1\nexec gunicorn app:app\n", ["app", "gunicorn.conf.py"]),
        ('if [ "$A" ]; then\n  python a.py\nelse\n  python b.py & \nfi\n', ["a.py", "b.py"]),
        ("if ! python a.py; then python b.py; fi\n", ["a.py", "b.py"]),
        ("cd jobs\npython \\\n  run.py\n", ["jobs/run.py"]),
        ('exec "$@"\n', None),
        ("./other.sh\n", None),
        (". bin/start\npython a.py\n", None),
        ("ruby x.rb\n", None),
    ],
)
def test_entries_of_scripts(script: str, expected: list[str] | None) -> None:
    texts = {"bin/start": script}
    for command in ("bin/start", "./bin/start web", "bash bin/start"):
        if expected is not None:
            assert list(entries(command, texts.get)) == expected
        else:
            with pytest.raises(NotKnown):
                list(entries(command, texts.get))


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
importlib.import_module(name)
-- alias.py --
from importlib import import_module as load
-- spawn.py --
import subprocess, sys
subprocess.run([sys.executable, path])
-- runs.py --
exec(open(path).read())
-- dj.py --
import django
-- version.py --
import importlib.metadata
importlib.metadata.version("x"), session.exec(query)  # see django
"""
LOADED = """\
-- star.py --
from stars import *
-- stars/__init__.py --
-- stars/one.py --
-- plugged.py --
import importlib
for name in names: importlib.import_module(f"plugins.{name}")
-- plugins/a.py --
-- plugins/b.py --
-- added.py --
load("plugins." + name)
-- formatted.py --
load("plugins.%s" % name)
-- own/__init__.py --
from importlib import import_module
import_module(f"{__name__}.{name}")
-- own/part.py --
-- celery_app.py --
app.autodiscover_tasks(["jobs"])
-- jobs/__init__.py --
-- jobs/tasks.py --
-- djangos.py --
app.autodiscover_tasks()
-- lazy/__init__.py --
from importlib import import_module
def __getattr__(name): return import_module(f".{name}", __name__)
-- lazy/sub.py --
-- listed/__init__.py --
__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submodules=["sub"])
-- listed/sub.py --
-- far.py --
import sys
sys.path.insert(0, "vendor/x")
import hidden
-- vendor/x/hidden.py --
-- shell.py --
import os
os.system("python bin/job.py")
-- module.py --
import subprocess
subprocess.run(["python", "-m", "tool"])
-- tool/__init__.py --
-- tool/__main__.py --
-- bin/job.py --
-- chosen.py --
app.config.from_object(f"envs.{env}")
-- envs/prod.py --
-- manage.py --
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings")
import django
-- site1/__init__.py --
-- site1/settings.py --
INSTALLED_APPS = ["blog.apps.BlogConfig"]
ROOT_URLCONF = "site1.urls"
-- site1/urls.py --
-- blog/__init__.py --
-- blog/apps.py --
-- blog/models.py --
-- said.py --
'''plugins.a'''
message = f"{a}.{b}", f"hello {name}", "x*", f"{name}.py"
"""


@pytest.fixture
def reached(tmp_path: Path) -> Reached:
    return reached_in(tmp_path, SHOP)


def reached_in(folder: Path, text: str) -> Reached:
    """The files of a fixture, written into a folder."""
    fixture(text).write(folder)
    texts = {str(path): path.read_text("utf-8") for path in folder.rglob("*.*") if path.is_file()}
    return Reached(str(folder), [path for path in texts if path.endswith(".py")], texts.get)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("late", "late.py"),
        ("version", "version.py"),
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
    assert names(loaded.files, tmp_path) == expected
    assert loaded.unsure == ""


def names(paths: Iterable[str], folder: Path) -> str:
    return " ".join(sorted(Path(path).relative_to(folder).as_posix() for path in paths))


@pytest.mark.parametrize(
    ("entry", "expected", "unsure"),
    [
        ("said", "said.py", ""),
        ("star", "star.py stars/__init__.py stars/one.py", "star.py"),
        ("plugged", "plugged.py plugins/a.py plugins/b.py", "plugged.py"),
        ("added", "added.py plugins/a.py plugins/b.py", "added.py"),
        ("formatted", "formatted.py plugins/a.py plugins/b.py", "formatted.py"),
        ("own", "own/__init__.py own/part.py", "own/__init__.py"),
        ("celery_app", "celery_app.py jobs/__init__.py jobs/tasks.py", "celery_app.py"),
        ("djangos", "djangos.py jobs/__init__.py jobs/tasks.py", "djangos.py"),
        ("lazy", "lazy/__init__.py lazy/sub.py", "lazy/__init__.py"),
        ("listed", "listed/__init__.py listed/sub.py", ""),
        ("far", "far.py vendor/x/hidden.py", "far.py"),
        ("shell", "bin/job.py shell.py", ""),
        ("module", "module.py tool/__init__.py tool/__main__.py", ""),
        ("tool", "tool/__init__.py tool/__main__.py", ""),
        ("chosen", "chosen.py envs/prod.py", "chosen.py"),
        (
            "manage.py",
            "blog/__init__.py blog/apps.py blog/models.py manage.py site1/__init__.py site1/settings.py"
            " site1/urls.py",
            "site1/settings.py",
        ),
    ],
)
def test_files_that_a_module_may_load(tmp_path: Path, entry: str, expected: str, unsure: str) -> None:
    reached = reached_in(tmp_path, LOADED)
    loaded = reached.from_(reached.starts(entry))
    assert names(loaded.files, tmp_path) == expected
    assert names([loaded.unsure] if loaded.unsure else [], tmp_path) == unsure


def test_files_that_python_and_libraries_load_by_themselves(tmp_path: Path) -> None:
    packaging = '[project.entry-points."flask.commands"]\nadmin = "commands:group"\n'
    files = f"-- app.py --\n-- sitecustomize.py --\n-- commands.py --\n-- pyproject.toml --\n{packaging}"
    reached = reached_in(tmp_path, files)
    loaded = reached.from_(reached.starts("app"))
    assert names(loaded.files, tmp_path) == "app.py commands.py sitecustomize.py"


@pytest.mark.parametrize("entry", ["magic", "alias", "spawn", "runs", "dj"])
def test_imports_by_computed_names_are_not_known(reached: Reached, entry: str) -> None:
    with pytest.raises(LoadsByName):
        reached.from_(reached.starts(entry))


GATE = """\
-- Procfile --
web: gunicorn web:app
worker: python worker.py
release: ./release.sh
guessing: python guess.py
-- guess.py --
load(f"worker.{part}")
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
        (["--process", "web"], {"WEB"}, "The web process loads 1 of 3 Python files."),
        (
            ["--process", "web,worker"],
            {"WEB", "WORKER"},
            "The web and worker processes load 2 of 3 Python files.",
        ),
        (
            ["--process", "web", "--process", "worker"],
            {"WEB", "WORKER"},
            "The web and worker processes load 2 of 3",
        ),
        (
            ["--process", "web,release"],
            {"WEB", "WORKER"},
            "What the release phase loads is not known: all code was checked.",
        ),
        (
            ["--process", "guessing"],
            {"WORKER"},
            "The guessing process loads at most 2 of 3 Python files: "
            "it is not known exactly what guess.py loads.",
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


READ = 'import os\nos.environ["A"]\n'
WEB = "-- Procfile --\nweb: python web.py\n-- web.py --\nprint(1)\n"


@pytest.mark.parametrize(
    "files",
    [
        f"-- Procfile --\nweb: python web.py\n-- web.py --\nimport other\n-- other.py --\n{READ}",
        f"-- Procfile --\nweb: rq worker\n-- other.py --\n{READ}",
        f"{WEB}-- api/Procfile --\nweb: python app.py\n-- api/app.py --\n{READ}",
        f"{WEB}-- heroku.yml --\nrun:\n  web: ./start\n-- other.py --\n{READ}",
        f'{WEB}-- app.json --\n{{"scripts": {{"postdeploy": "python other.py"}}}}\n-- other.py --\n{READ}',
        f"{WEB}-- bin/post_compile --\npython -m other\n-- other.py --\n{READ}",
        "-- Procfile --\nweb: python web.py\n-- web.py --\nimport subprocess, sys, other\n"
        'subprocess.run([sys.executable, "other.py"])\n'
        '-- other.py --\nif __name__ == "__main__":\n    import os\n    os.environ["A"]\n',
        f"-- other.py --\n{READ}",
    ],
)
def test_code_that_a_process_may_run(
    run: Run,
    tree: Tree,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    files: str,
) -> None:
    monkeypatch.setenv("PATH", fake_heroku(tmp_path_factory.mktemp("heroku"), {"shop": {}}).env["PATH"])
    ran = run(tree(files), "check", "--deploy", "--app", "shop")
    assert (ran.status, "error not-on-heroku A is not set" in ran.out) == (1, True)


@pytest.mark.parametrize(
    ("files", "why"),
    [
        (f"{WEB}-- other.py --\n{READ}", "no process of the Procfile loads this file"),
        (f"{WEB}-- scripts/seed.py --\n{READ}", "no process of the Procfile loads this file"),
        (
            f"-- Procfile --\nweb: rq worker\n-- web.py --\n-- noxfile.py --\n{READ}",
            "no process of the Procfile loads this file",
        ),
        (
            '-- Procfile --\nweb: gunicorn web:app\n-- web.py --\nif __name__ == "__main__":\n'
            '    import os\n    os.environ["A"]\n',
            "the processes of the Procfile do not run this file as a program",
        ),
    ],
)
def test_code_that_no_process_runs(
    run: Run,
    tree: Tree,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    files: str,
    why: str,
) -> None:
    monkeypatch.setenv("PATH", fake_heroku(tmp_path_factory.mktemp("heroku"), {"shop": {}}).env["PATH"])
    ran = run(tree(files), "check", "--deploy", "--app", "shop")
    assert ran.status == 0
    assert "information not-on-heroku A is not set on Heroku app shop; the code fails there" in ran.out
    assert f"without it, but {why}\n" in ran.out


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

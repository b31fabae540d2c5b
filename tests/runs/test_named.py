"""The runs that the files of a project define, and which variables each of them sets."""

from __future__ import annotations

import pytest

from configvars.features.explain import explain
from configvars.features.explain_text import sentence
from configvars.runs.named import loaded_for_any_program, set_before
from support.projects import opened

SHOP = """\
-- shop/__init__.py --
import os
X = os.environ["X"]
-- shop/__main__.py --
from shop import X
-- tool.py --
import other
-- .env --
X=1
-- prod.env --
X=2
"""
SERVICE = "-- deploy/shop.service --\n[Service]\n"
COMPOSE = "-- compose.yaml --\nservices:\n  web:\n    command: python -m shop\n    environment:\n      "
BY_ENV = "set by .env:1 (a number, short)"
GENERIC = {"flask run", "load_dotenv()", "gunicorn", "heroku local"}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ("-- Procfile --\nweb: npm start\n", {}),
        ("-- Procfile --\nweb: python tool.py\n", {}),
        ("-- Procfile --\nweb: gunicorn gone:app\n", {}),
        (
            "-- Procfile --\nweb: gunicorn shop:app\n",
            {"gunicorn shop:app (Procfile)": "not set; on Heroku, the app's config vars decide"},
        ),
        (
            "-- Procfile --\nweb: gunicorn --pythonpath=back api.wsgi --log-file -\n"
            "-- back/api/__init__.py --\n-- back/api/wsgi.py --\nimport shop\n",
            {"gunicorn api.wsgi (Procfile)": "not set; on Heroku, the app's config vars decide"},
        ),
        (
            "-- Procfile --\nweb: gunicorn --pythonpath back shop\n-- back/other.py --\n",
            {"gunicorn shop (Procfile)": "not set; on Heroku, the app's config vars decide"},
        ),
        (
            "-- compose.yaml --\nservices:\n  web:\n    command: python -m shop\n    env_file: prod.env\n",
            {"python -m shop (compose.yaml)": "set by prod.env:1 (a number, short)"},
        ),
        (
            "-- compose.yaml --\nservices:\n  web:\n    command: python -m shop\n    env_file: prod.env\n"
            "    environment:\n      X: '3'\n",
            {"python -m shop (compose.yaml)": "set by compose.yaml:6; prod.env:1 does not count"},
        ),
        *(
            (
                f"{COMPOSE}{passed_on}\n    env_file: prod.env\n",
                {"python -m shop (compose.yaml)": f"{BY_ENV}; prod.env:1 does not count"},
            )
            for passed_on in ("- X", "X:", "X: ${X}", "- X=${X:?not set}")
        ),
        (
            COMPOSE.replace("compose.yaml", "deploy/compose.yaml") + "- X\n",
            {
                "python -m shop (deploy/compose.yaml)": "not set; .env, prod.env have it, "
                "but nothing here loads it"
            },
        ),
        (
            f"{SERVICE}WorkingDirectory=/srv/gone\nEnvironmentFile=/srv/gone/prod.env\n"
            "ExecStart=/srv/gone/venv/bin/python other.py\n",
            {},
        ),
        (
            f"{SERVICE}WorkingDirectory=/srv/shop\nEnvironmentFile=/etc/prod.env\n"
            "ExecStart=/usr/bin/python -m shop\n",
            {
                "python -m shop (deploy/shop.service)": "not set; .env, prod.env have it, "
                "but nothing here loads it"
            },
        ),
        (
            f"{SERVICE}WorkingDirectory=/srv/shop\nEnvironmentFile=-/srv/shop/prod.env\n"
            "ExecStart=/srv/shop/venv/bin/gunicorn shop:app\n",
            {"gunicorn shop:app (deploy/shop.service)": "set by prod.env:1 (a number, short)"},
        ),
        (
            "-- Dockerfile --\nENV X=1\nCMD flask --app shop run\n",
            {"flask shop (Dockerfile)": "set by Dockerfile:1; .env:1 does not count"},
        ),
        (
            '-- docker/Dockerfile --\nCMD ["uvicorn", "shop:app", "--env-file", "../prod.env"]\n',
            {"uvicorn shop:app (docker/Dockerfile)": "set by prod.env:1 (a number, short)"},
        ),
        (
            "-- render.yaml --\nservices:\n  - startCommand: gunicorn shop:app\n"
            "    envVars:\n      - key: X\n",
            {
                "gunicorn shop:app (render.yaml)": "set by render.yaml:4;"
                " variables set on the platform itself decide"
            },
        ),
        (
            "-- fly.toml --\n[processes]\nweb = 'python -m shop'\n",
            {"python -m shop (fly.toml)": "not set; variables set on the platform itself decide"},
        ),
    ],
)
def test_named_runs(tmp_path, files, expected):
    it = opened(tmp_path, SHOP + files)
    outcomes = explain(it.project, "X").outcomes
    named = {each.runtime: sentence(each, it.project) for each in outcomes if each.runtime not in GENERIC}
    assert named == expected


@pytest.mark.parametrize(
    ("files", "names"),
    [
        ("-- render.yaml --\nservices:\n  - name: shop\n    envVars:\n      - key: X\n", set()),
        ("-- fly.toml --\n[env]\nX = '1'\n", set()),
        ("-- compose.yaml --\nservices:\n  web:\n    environment:\n      X: '3'\n", {"X"}),
        ("-- server.py --\nraw_env = ['X=1']\n", set()),
        ("-- gunicorn.conf.py --\nraw_env = names = other = ['no']\nprint(raw_env, ['X=1'])\n", set()),
        ("-- gunicorn.conf.py --\nraw_env = ['X=1', f'Y={1}', other, r\"Z=\"]\n", {"X", "Y", "Z"}),
        ("-- deploy/gunicorn_config.py --\nraw_env = []\nraw_env += ('X=1',)\n", {"X"}),
    ],
)
def test_variables_of_a_deployment_are_not_set_here(tmp_path, files, names):
    assert set_before(opened(tmp_path, files).project) == names


def test_gunicorn_sets_the_variables_of_its_configuration(tmp_path):
    files = "-- gunicorn.conf.py --\nbind = ':80'\nraw_env = [\n  'X=1',\n]\n"
    it = opened(tmp_path, f"{SHOP}{files}-- Dockerfile --\nENV X=2\nCMD gunicorn shop:app\n")
    told = {each.runtime: sentence(each, it.project) for each in explain(it.project, "X").outcomes}
    assert told["gunicorn"] == "set by gunicorn.conf.py:3; neither it nor the code loads an env file"
    assert told["gunicorn shop:app (Dockerfile)"] == "set by gunicorn.conf.py:3"
    assert told["heroku local"] == "set by .env:1 (a number, short)"


@pytest.mark.parametrize(
    ("process", "is_set"), [("gunicorn shop:app", True), ("waitress-serve shop:app", False)]
)
def test_heroku_local_starts_gunicorn_with_its_configuration(tmp_path, process, is_set):
    files = f"-- gunicorn.conf.py --\nraw_env = ['Y=1']\n-- Procfile --\nweb: {process}\n"
    it = opened(tmp_path, f"{files}-- shop.py --\nimport os\nos.environ['Y']\napp = 1\n")
    told = {each.runtime: sentence(each, it.project) for each in explain(it.project, "Y").outcomes}
    assert told["heroku local"].startswith("set by gunicorn.conf.py:1" if is_set else "not set")


COMMAND = "dotenv -f x.env run pytest"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (f"-- .github/workflows/a.yml --\njobs:\n  a:\n    steps:\n    - run: {COMMAND}\n", []),
        (f"-- .gitlab-ci.yml --\na:\n  script: {COMMAND}\n", []),
        ("-- Makefile --\na:\n\tdotenv -f x.env run flask run\n", []),
        (f"-- Makefile --\na:\n\t{COMMAND}\n", ["x.env"]),
        ('-- pyproject.toml --\n[tool.poe.tasks.t]\ncmd = "pytest"\nenvfile = "x.env"\n', ["x.env"]),
    ],
    ids=["GitHub", "GitLab", "a known program", "make", "a task"],
)
def test_files_that_are_loaded_here_for_unknown_programs(tmp_path, files, found):
    code = "-- x.env --\nA=1\n-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"
    it = opened(tmp_path, files + code)
    assert [it.project.relative(path) for _, path in loaded_for_any_program(it.project)] == found

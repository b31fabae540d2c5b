"""The Python programs that shell commands start."""

from __future__ import annotations

import pytest

from configvars.limits import Hits, counted_in
from configvars.syntax.commands import Program, programs


def shown(program: Program) -> str:
    more = [f"in {program.folder}"] if program.folder else []
    more += [f"with {' '.join(program.given)}"] if program.given else []
    more += [f"after {' '.join(program.env_files)}"] if program.env_files else []
    return ", ".join([program.label, *more])


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("", ""),
        ("npm start", ""),
        ("echo gunicorn", ""),
        ("pip install flask", ""),
        ("python -c 'print(1)'", ""),
        ("streamlit hello", "streamlit"),
        ("panel convert app.py", "panel"),
        ("rq worker high", "rq"),
        ("sanic --port 8000", "sanic"),
        ("wait-for-it db:5432", ""),
        ("gunicorn -k workers:Mine shop", "gunicorn shop"),
        ("python", ""),
        ("gunicorn app:app", "gunicorn app:app"),
        ("gunicorn -w 4 -b 0.0.0.0:$PORT shop.wsgi --log-file -", "gunicorn shop.wsgi"),
        ("gunicorn --workers=3 'shop:create_app()'", "gunicorn shop:create_app"),
        ("exec gunicorn -c gunicorn.conf.py shop:app", "gunicorn shop:app"),
        ("gunicorn --chdir src shop:app", "gunicorn shop:app, in src"),
        ("uvicorn shop.main:app --env-file .env.prod", "uvicorn shop.main:app, after .env.prod"),
        ("python -m gunicorn shop:app", "gunicorn shop:app"),
        ("flask run", "flask"),
        ("flask --app shop run --debug", "flask shop"),
        ("flask --app src/shop.py -e local.env run", "flask src/shop.py, after local.env"),
        ("FLASK_APP=shop flask db upgrade", "flask shop, with FLASK_APP"),
        ("python manage.py runserver", "python manage.py"),
        ("/usr/bin/python3.12 -u ./app.py", "python3.12 app.py"),
        ("python -m shop", "python -m shop"),
        ("./worker.py", "python worker.py"),
        (". ./dev.env && python app.py", "python app.py"),
        ("set -e; . ./dev.env; python app.py", "python app.py"),
        ("set -a && . ./dev.env && set +a && python app.py", "python app.py, after dev.env"),
        ("set -o allexport; source conf/.env.dev; python app.py", "python app.py, after conf/.env.dev"),
        ("env $(grep -v '^#' .env | xargs) python app.py", "python app.py, after .env"),
        ('export "$(cat a.env)" && A=1 python app.py', "python app.py, with A, after a.env"),
        ("echo $(cat .env) && python app.py", "python app.py"),
        ("celery -A shop.tasks worker", "celery shop.tasks"),
        ("celery --workdir=src -A shop worker", "celery shop, in src"),
        ("python -c 'import app'", "python -c app"),
        ("python -c 'import os; from shop import db'", "python -c os"),
        ("FLASK_APP=main.py flask run", "flask main, with FLASK_APP"),
        ("export FLASK_APP=shop:make && flask run", "flask shop, with FLASK_APP"),
        ("streamlit run app.py --server.port $PORT", "streamlit app.py"),
        ("chainlit run app.py", "chainlit app.py, after .env"),
        ("shiny run --host 0.0.0.0 app.py:app", "shiny app.py"),
        ("dramatiq -p 2 shop.tasks:broker", "dramatiq shop.tasks"),
        ("huey_consumer.py shop.huey -w 2", "huey_consumer shop.huey"),
        ("taskiq worker shop:broker", "taskiq shop"),
        ("procrastinate --app=shop.app worker", "procrastinate shop.app"),
        ("rq worker -c settings", "rq settings"),
        ("sanic shop:app --host=0.0.0.0", "sanic shop"),
        ("uwsgi --http :$PORT --wsgi-file app.py --callable app", "uwsgi app"),
        ("uwsgi --http-socket :$PORT -w shop:app", "uwsgi shop:app"),
        ("waitress-serve --call shop:make", "waitress-serve shop:make"),
        ("gunicorn --preload shop:app", "gunicorn shop:app"),
        ("gunicorn -c python:conf shop:app", "gunicorn shop:app"),
        ("(cd web && gunicorn shop:app)", "gunicorn shop:app, in web"),
        ("doppler run --token $T -- gunicorn shop:app", "gunicorn shop:app"),
        ("wait-for-it.sh db:5432 -t 30 -- gunicorn shop:app", "gunicorn shop:app"),
        ("dockerize -wait tcp://db:1 gunicorn shop:app", "gunicorn shop:app"),
        ("timeout 60m python bot.py", "python bot.py"),
        ("hatch run prod:gunicorn shop:app", "gunicorn shop:app"),
        ("opentelemetry-instrument --service_name x python bot.py", "python bot.py"),
        ("cd web && python app.py", "python app.py, in web"),
        ("export A=1 B=2; python app.py", "python app.py, with A B"),
        ("sh -c 'A=1 python app.py'", "python app.py, with A"),
        ("env A=1 python app.py", "python app.py, with A"),
        ("dotenv run -- python app.py", "python app.py, after .env"),
        ("dotenvx run -- python app.py", "python app.py, after .env"),
        ("dotenvx run -f .env.production -- gunicorn app:app", "gunicorn app:app, after .env.production"),
        ("honcho run python app.py", "python app.py, after .env"),
        ("honcho -e x.env run python app.py", "python app.py, after x.env"),
        ("honcho start", ""),
        ("docker run -p 80:80 shop", ""),
        ("docker build --env-file x.env .", ""),
        ("docker compose --env-file x.env up", ""),
        (
            "docker run --rm --env-file x.env --env-file=y.env -e A=1 -e B shop",
            "docker run, with A, after x.env y.env",
        ),
        ("sudo podman container run --env-file x.env shop", "podman run, after x.env"),
        ("gunicorn -e A=1 --env B=2 --env=C=3 shop:app", "gunicorn shop:app, with A B C"),
        (
            "A=1 bash -c 'export B=2 && C=3 python app.py; python b.py'",
            "python app.py, with A B C | python b.py, with A B",
        ),
        ("echo 'a; python app.py' && python b.py", "python b.py"),
        ("dotenv -f x.env run python app.py", "python app.py, after x.env"),
        ("uv run --env-file .env python app.py", "python app.py, after .env"),
        ("uv run flask --app shop run", "flask shop"),
        ("poetry run gunicorn shop:app", "gunicorn shop:app"),
        ("pipenv run python app.py", "python app.py, after .env"),
        ("newrelic-admin run-program gunicorn shop:app", "gunicorn shop:app"),
        ("flask db upgrade && gunicorn shop:app", "flask | gunicorn shop:app"),
        ("python 'app.py", ""),
    ],
)
def test_programs(command, expected):
    assert " | ".join(map(shown, programs(command))) == expected


@pytest.mark.parametrize("command", ["a=$(b", "'", "\\", "sh -c", "sh -c \"sh -c 'sh -c x'\"", "env " * 500])
def test_no_command_raises_an_exception(command):
    list(programs(command))


def test_a_label_contains_no_value():
    (program,) = programs("SECRET=canary gunicorn --token canary -e KEY=canary shop:app canary:canary")
    assert "canary" not in program.label


@pytest.mark.beyond_limits
def test_the_program_is_one_of_the_first_words():
    with counted_in(hits := Hits()):
        assert [*programs("A=1 " * 3000 + "flask run")] == []
        assert [program.label for program in programs("flask run " + "x " * 3000)] == ["flask"]
    assert hits.counts == (("words of a command", 2),)

"""`check --deploy`: variables whose default is a server on the same machine, where a dyno has none.

The calls were tried on a machine without servers.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.started import found_on_app, is_reported, severities

_REDIS = "os.getenv('A', 'redis://localhost:6379/0')"
_URL = "os.getenv('A', 'postgresql://u:p@127.0.0.1/shop')"
_APP = "-- app.py --\nimport os\n"
_CLIENT = f"{_APP}import redis\nr = redis.from_url({_REDIS})\n"
_CELERY = f"{_APP}from celery import Celery\n"
_WORKER = "-- Procfile --\nworker: celery -A app worker -l info\n"
_FLASK = (
    f"{_APP}from flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\napp = Flask('x')\n"
    f"app.config['SQLALCHEMY_DATABASE_URI'] = {_URL}\ndb = SQLAlchemy(app)\n"
)
_POOL = f"{_APP}from psycopg2.pool import SimpleConnectionPool\n"
_SETTINGS = (
    "-- manage.py --\nimport os, sys\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n"
    "from django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n"
    "-- settings.py --\nimport os\nimport dj_database_url\nSECRET_KEY = 'x'\nINSTALLED_APPS = []\n"
)
_MIGRATE = f"-- Procfile --\nrelease: python manage.py migrate\n{_SETTINGS}"

# Programs that connect to no server on the dyno, as far as it is known.
SILENT = {
    "a server elsewhere": (
        f"{_APP}import redis\nredis.from_url(os.getenv('A', 'redis://cache.example')).ping()\n"
    ),
    "a server that the app starts": (
        f"-- Procfile --\nweb: redis-server & gunicorn app:app\n{_CLIENT}r.ping()\n"
    ),
    "a tunnel": f"-- Procfile --\nweb: bin/start-stunnel gunicorn app:app\n{_CLIENT}",
    "SQLite": (
        f"{_APP}import sqlalchemy\nsqlalchemy.create_engine(os.getenv('A', 'sqlite:///x.db')).connect()\n"
    ),
    "another API": f"{_APP}import httpx\nhttpx.Client(base_url=os.getenv('A', 'http://localhost:8000'))\n",
    "a class that nothing uses": f"{_APP}class Dev:\n    URL = {_REDIS}\n",
    "a function that nothing calls": (
        f"{_APP}import redis\ndef connect():\n    redis.from_url({_REDIS}).ping()\n"
    ),
    "in a try": (
        f"{_APP}import redis\ntry:\n    redis.from_url({_REDIS}).ping()\nexcept Exception:\n    pass\n"
    ),
    "an empty default": (
        f"{_APP}import redis\nurl = os.getenv('A', '')\nif url:\n    redis.from_url(url).ping()\n"
    ),
    "another broker": (
        f"{_WORKER}{_CELERY}app = Celery('x', broker=os.getenv('A'))\napp.conf.broker_url = 'redis://x'\n"
    ),
    "a broker of a variable": (
        f"{_WORKER}{_CELERY}app = Celery('x', broker=os.getenv('B') or os.getenv('A'))\n"
    ),
    "no broker for a web process": f"{_CELERY}celery = Celery('x', broker=os.getenv('A'))\n",
    "no database for collectstatic": (
        f"-- Procfile --\nrelease: python manage.py collectstatic\n{_SETTINGS}"
        "DATABASES = {'default': dj_database_url.config('A', default='postgres://localhost/x')}\n"
    ),
    "a database elsewhere": (
        f"{_MIGRATE}DATABASES = {{'default': dj_database_url.config('A', default='sqlite:///x')}}\n"
    ),
    "a pool that connects later": f"{_POOL}SimpleConnectionPool(0, 5, os.getenv('A'))\n",
    "a pool of a size that is not known": f"{_POOL}SimpleConnectionPool(f(), 5, os.getenv('A'))\n",
    "a pool with a server": (
        f"{_APP}from psycopg2.pool import ThreadedConnectionPool\n"
        "ThreadedConnectionPool(1, 5, host=os.getenv('A') or 'db.example')\n"
    ),
    "a host that nothing uses": f"{_APP}import redis\nr = redis.Redis(host=os.getenv('A'))\n",
    "a socket": f"{_APP}import redis\nredis.Redis(host=os.getenv('A'), unix_socket_path='/x').ping()\n",
    "arguments with a server": (
        f"{_APP}import psycopg2\nC = {{'user': os.getenv('A'), 'host': 'x'}}\npsycopg2.connect(**C)\n"
    ),
    "arguments that code changes": (
        f"{_APP}import psycopg2\nC = {{'host': os.getenv('A')}}\nload(C)\npsycopg2.connect(**C)\n"
    ),
}

# Programs that start, but whose client finds no server.
LATER = {
    "a cache": _CLIENT,
    "a host": f"{_APP}import redis\nredis.Redis(host=os.getenv('A', 'localhost'), port=6379)\n",
    "an engine": f"{_APP}from sqlalchemy import create_engine\nengine = create_engine({_URL})\n",
    "of another module": (
        f"-- config.py --\nimport os\nURL = {_URL}\n{_APP}import config, sqlalchemy\n"
        f"sqlalchemy.create_engine(config.URL)\n"
    ),
    "documents": (
        f"{_APP}from pymongo import MongoClient\nMongoClient(os.getenv('A', 'mongodb://localhost:27017/'))\n"
    ),
    "Flask-SQLAlchemy": _FLASK,
    "a broker": f"{_CELERY}celery = Celery('x', broker={_REDIS})\n",
}

# Programs that connect while they start.
FOUND = {
    "a cache": f"{_CLIENT}r.ping()\n",
    "a connection": f"{_APP}import psycopg2\npsycopg2.connect({_URL})\n",
    "a host": f"{_APP}import psycopg2\npsycopg2.connect(host=os.getenv('A', 'localhost'), dbname='x')\n",
    "an engine": f"{_APP}from sqlalchemy import create_engine\ncreate_engine({_URL}).connect()\n",
    "tables": (
        f"{_APP}from sqlalchemy import create_engine\nfrom sqlalchemy.orm import DeclarativeBase\n"
        f"engine = create_engine({_URL})\nclass Base(DeclarativeBase):\n    pass\n"
        f"Base.metadata.create_all(engine)\n"
    ),
    "tables of Flask-SQLAlchemy": f"{_FLASK}with app.app_context():\n    db.create_all()\n",
    "a database without a name": (
        f"{_APP}from pymongo import MongoClient\nMongoClient(os.getenv('A')).get_default_database()\n"
    ),
    "a pool": f"{_APP}import psycopg2.pool\npsycopg2.pool.SimpleConnectionPool(1, 5, os.getenv('A'))\n",
    "a pool with names": (
        f"{_APP}from psycopg2.pool import ThreadedConnectionPool as Pool\n"
        "Pool(minconn=1, maxconn=5, dsn=os.getenv('A'))\n"
    ),
    "a pool on the dyno": f"{_APP}from psycopg2 import pool\npool.SimpleConnectionPool(1, 5, {_URL})\n",
    "arguments in a dict": (
        f"{_APP}import psycopg2\nC = {{'host': os.getenv('A'), 'user': f()}}\npsycopg2.connect(**C)\n"
    ),
    "arguments in a dict and others": (
        f"{_APP}import psycopg2\nC = {{'dsn': os.getenv('A')}}\npsycopg2.connect(**C, connect_timeout=3)\n"
    ),
    "a host of a cache": f"{_APP}import redis\nredis.Redis(host=os.getenv('A'), port=6379).ping()\n",
    "an empty host of a cache": f"{_APP}import redis\nr = redis.Redis(os.getenv('A', ''))\nr.get('x')\n",
    "a worker's broker": f"{_WORKER}{_CELERY}app = Celery('x', broker={_REDIS})\n",
    "a worker without a broker": f"{_WORKER}{_CELERY}app = Celery('x', broker=os.getenv('A'))\n",
    "migrate": (
        f"{_MIGRATE}DATABASES = {{'default': dj_database_url.config('A', default='postgres://localhost/x')}}\n"
    ),
    "migrate with a URL": f"{_MIGRATE}DATABASES = {{'default': dj_database_url.parse({_URL})}}\n",
    "migrate with a host": (
        f"{_MIGRATE}DATABASES = {{'default': {{'ENGINE': 'django.db.backends.postgresql', 'NAME': 'x', "
        "'HOST': os.getenv('A', 'localhost')}}\n"
    ),
}


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_program_that_may_find_a_server(tmp_path: Path, files: str) -> None:
    assert not severities(tmp_path, files, "B=1\n") & {"error", "warning"}


@pytest.mark.parametrize("files", LATER.values(), ids=LATER)
def test_client_that_finds_no_server_later(tmp_path: Path, files: str) -> None:
    assert severities(tmp_path, files) == {"warning"}


@pytest.mark.parametrize("files", FOUND.values(), ids=FOUND)
def test_program_that_finds_no_server(tmp_path: Path, files: str) -> None:
    assert is_reported(tmp_path, files)


def test_variable_that_the_app_has(tmp_path: Path) -> None:
    assert not severities(tmp_path, f"{_CLIENT}r.ping()\n", "A=1\n")


def test_message(tmp_path: Path) -> None:
    (found,) = (each for each in found_on_app(tmp_path, _CLIENT) if each.severity == "warning")
    assert (
        "its default is a server on the dyno, where none runs, so what uses the client fails" in found.message
    )

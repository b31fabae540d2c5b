"""URLs that reach SQLAlchemy, redis-py and Celery by way of modules, classes, objects and functions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from configvars.checks import CHECKS
from configvars.checks.handed_over import handed_over
from configvars.slices import finish
from support.examples import findings
from support.growth import calls_of, is_too_fast
from support.projects import opened
from test_slices import most

_APPS = (
    '-- app.json --\n{"addons": ["heroku-postgresql:mini", "heroku-redis:mini"]}\n'
    "-- requirements.txt --\npydantic-settings\nsqlalchemy\nredis\ncelery\n"
)
_PLAIN = (
    '-- settings.py --\nimport os\nDATABASE_URL = os.environ["DATABASE_URL"]\n'
    'REDIS_URL = os.environ["REDIS_URL"]\n'
)
_PYDANTIC = (
    "-- settings.py --\nfrom pydantic_settings import BaseSettings\n"
    "class Settings(BaseSettings):\n    database_url: str\n    redis_url: str\nsettings = Settings()\n"
)
_CLASS = (
    "-- settings.py --\nimport os\nclass Config:\n"
    '    DATABASE_URL = os.environ["DATABASE_URL"]\n    REDIS_URL = os.environ.get("REDIS_URL")\n'
    "config = Config()\n"
)
_GETTER = _PYDANTIC.replace(
    "settings = Settings()\n",
    '@lru_cache\ndef get_settings():\n    """The settings."""\n    return Settings()\n',
)
_ENGINE = "-- db.py --\nfrom sqlalchemy import create_engine\n"
_CLIENT = "-- cache.py --\nimport redis\n"
_QUEUE = "-- worker.py --\nfrom celery import Celery\n"

_SILENT = {
    "replaced in the settings": _PLAIN.replace(
        '["DATABASE_URL"]', '["DATABASE_URL"].replace("postgres://", "postgresql://", 1)'
    )
    + f"{_ENGINE}import settings\ncreate_engine(settings.DATABASE_URL)\n",
    "replaced where it is used": f"{_PLAIN}{_ENGINE}import settings\n"
    'create_engine(settings.DATABASE_URL.replace("postgres://", "postgresql://", 1))\n',
    "another function changes it": f"{_PLAIN}{_ENGINE}import settings\n"
    f"create_engine(fixed(settings.DATABASE_URL))\n",
    "a part of it": f"{_PLAIN}{_ENGINE}import settings\ncreate_engine(settings.DATABASE_URL[8:])\n",
    "a validator may change it": _PYDANTIC.replace(
        "settings = ",
        '    @field_validator("database_url")\n    def fix(cls, value):\n'
        "        return fixed(value)\nsettings = ",
    )
    + f"{_ENGINE}from settings import settings\ncreate_engine(settings.database_url)\n",
    "assigned twice": f"{_PLAIN}DATABASE_URL = fixed(DATABASE_URL)\n{_ENGINE}import settings\n"
    "create_engine(settings.DATABASE_URL)\n",
    "changed from elsewhere": f"{_PLAIN}{_ENGINE}import settings\nsettings.DATABASE_URL = fixed()\n"
    "create_engine(settings.DATABASE_URL)\n",
    "an object with arguments": _CLASS.replace("Config()", "Config(url)")
    + f"{_ENGINE}from settings import config\ncreate_engine(config.DATABASE_URL)\n",
    "a method": f"{_CLASS}{_ENGINE}from settings import config\ncreate_engine(config.database_url())\n",
    "an argument of a function": f"{_PLAIN}{_ENGINE}def connect(settings):\n"
    f"    create_engine(settings.DATABASE_URL)\n",
    "another function of the same name": f"{_PLAIN}{_CLIENT}import settings\nfrom cache import from_url\n"
    "from_url(settings.REDIS_URL)\n",
    "ssl_cert_reqs": f"{_PLAIN}{_CLIENT}import settings\n"
    f"redis.from_url(settings.REDIS_URL, ssl_cert_reqs=None)\n",
    "Celery with its options": f"{_PLAIN}{_QUEUE}import settings\napp = Celery(broker=settings.REDIS_URL, "
    "broker_use_ssl=OPTIONS, redis_backend_use_ssl=OPTIONS)\n",
    "a circle of imports": "-- a.py --\nfrom b import URL\n-- b.py --\nfrom a import URL\n"
    f"{_ENGINE}from a import URL\ncreate_engine(URL)\n",
    "a key with two values": f"{_PLAIN}-- app.py --\nimport os, redis, settings\n"
    "from flask import Flask\napp = Flask(__name__)\n"
    "app.config['URL'] = settings.REDIS_URL\nif other:\n    app.config['URL'] = fixed(settings.REDIS_URL)\n"
    "redis.from_url(app.config['URL'])\n",
    "a key that a function changes": f"{_CLASS}{_CLIENT}from flask import Flask\n"
    "from settings import Config\napp = Flask(__name__)\n"
    "app.config.from_object(Config)\nredis.from_url(fixed(app.config['REDIS_URL']))\n",
    "an item of another object": f"{_CLASS}{_CLIENT}def connect(options):\n"
    "    redis.from_url(options['REDIS_URL'])\n",
    "a test": f"{_PLAIN}-- tests/test_db.py --\nimport settings\ncreate_engine(settings.DATABASE_URL)\n",
}
_DATABASE = {
    "a module": f"{_PLAIN}{_ENGINE}import settings\nengine = create_engine(settings.DATABASE_URL)\n",
    "a name of a module": f"{_PLAIN}{_ENGINE}from settings import DATABASE_URL as url\n"
    f"engine = create_engine(url, echo=True)\n",
    "an alias": f"{_PLAIN}-- db.py --\nimport settings as s\n"
    f"from sqlalchemy.ext.asyncio import create_async_engine\n"
    "create_async_engine(url=s.DATABASE_URL)\n",
    "a package": _PLAIN.replace("-- settings.py --", "-- shop/settings.py --")
    + "-- shop/__init__.py --\n-- shop/db.py --\nfrom . import settings\n"
    "create_engine(settings.DATABASE_URL)\n",
    "a star": f"{_PLAIN}-- conf.py --\nfrom settings import *\n{_ENGINE}import conf\n"
    f"create_engine(conf.DATABASE_URL)\n",
    "a key": f"{_PLAIN}-- db.py --\nimport settings\n"
    f"app.config['SQLALCHEMY_DATABASE_URI'] = settings.DATABASE_URL\n",
    "an object of pydantic": f"{_PYDANTIC}{_ENGINE}from settings import settings\n"
    f"create_engine(settings.database_url)\n",
    "an object of a module": f"{_PYDANTIC}{_ENGINE}import settings\n"
    f"create_engine(settings.settings.database_url)\n",
    "pydantic's own type": _PYDANTIC.replace("database_url: str", "database_url: PostgresDsn")
    + f"{_ENGINE}from settings import settings\ncreate_engine(str(settings.database_url))\n",
    "an object made where it is used": f"{_PYDANTIC}{_ENGINE}from settings import Settings\n"
    "cfg = Settings()\ncreate_engine(cfg.database_url)\n",
    "a function that makes it": f"{_GETTER}{_ENGINE}from settings import get_settings\n"
    "create_engine(get_settings().database_url)\n",
    "what a function returned": f"{_GETTER}{_ENGINE}from settings import get_settings\n"
    "settings = get_settings()\ncreate_engine(settings.database_url)\n",
    "a class": f"{_CLASS}{_ENGINE}from settings import Config\ncreate_engine(Config.DATABASE_URL)\n",
    "an object of a class": f"{_CLASS}{_ENGINE}from settings import config\n"
    f"create_engine(config.DATABASE_URL)\n",
    "a local name": f"{_CLASS}{_ENGINE}from settings import config\ndef make():\n"
    f"    url = config.DATABASE_URL\n"
    "    return create_engine(url)\n",
}
_REDIS = {
    "a module": f"{_PLAIN}{_CLIENT}import settings\nr = redis.from_url(settings.REDIS_URL)\n",
    "a name": f"{_PLAIN}{_CLIENT}from settings import REDIS_URL\n"
    f"r = redis.Redis.from_url(REDIS_URL, decode_responses=True)\n",
    "a function of the library": f"{_PLAIN}-- cache.py --\nfrom redis.asyncio import from_url\n"
    f"import settings\n"
    "from_url(settings.REDIS_URL)\n",
    "an object": f"{_CLASS}{_CLIENT}from settings import config\nredis.from_url(config.REDIS_URL)\n",
    "pydantic": f"{_PYDANTIC}{_CLIENT}from settings import settings\nredis.from_url(settings.redis_url)\n",
    "Celery": f"{_PYDANTIC}{_QUEUE}from settings import settings\n"
    f"Celery('shop', broker=settings.redis_url)\n",
    "Celery's configuration": f"{_PLAIN}{_QUEUE}import settings\n"
    f"app.conf.update(result_backend=settings.REDIS_URL)\n",
    "a key of app.config": f"{_CLASS}{_CLIENT}from flask import Flask\n"
    "from settings import Config\ndef create_app():\n"
    "    app = Flask(__name__)\n    app.config.from_object(Config)\n"
    "    app.redis = redis.from_url(app.config['REDIS_URL'])\n    return app\n",
    "a key of the current app": f"{_CLASS}-- app.py --\nfrom flask import Flask\n"
    "from settings import Config\napp = Flask(__name__)\napp.config.from_object(Config)\n"
    f"{_CLIENT}from flask import current_app\ndef connect():\n"
    "    return redis.from_url(current_app.config.get('REDIS_URL'))\n",
    "Celery's module": f"{_PLAIN}-- celeryconfig.py --\nfrom settings import REDIS_URL\n"
    f"broker_url = REDIS_URL\n",
}


def _found(tmp_path, text: str) -> list[str]:
    names = ("postgres-scheme", "rediss-certificate")
    it = opened(tmp_path, _APPS + text)
    found = findings(it.project, [check for check in CHECKS if check.name in names])
    return [
        f"{each.path.rpartition('/')[2]} {each.check} {each.message.partition(' starts')[0]}"
        for each in found
    ]


@pytest.mark.parametrize("text", _SILENT.values(), ids=_SILENT)
def test_nothing_is_reported_for_a_value_that_may_have_changed(tmp_path, text):
    assert _found(tmp_path, text) == []


@pytest.mark.parametrize("text", _DATABASE.values(), ids=_DATABASE)
def test_the_read_of_a_database_url_that_another_module_uses_is_reported(tmp_path, text):
    assert _found(tmp_path, text) == ["settings.py postgres-scheme On Heroku, DATABASE_URL"]


@pytest.mark.parametrize("text", _REDIS.values(), ids=_REDIS)
def test_the_read_of_a_redis_url_that_another_module_uses_is_reported(tmp_path, text):
    (line,) = _found(tmp_path, text)
    assert line.startswith("settings.py rediss-certificate REDIS_URL")


def test_a_replacement_in_a_file_that_reads_no_variable_counts(tmp_path):
    used = f"{_PLAIN}{_ENGINE}import settings\ncreate_engine(settings.DATABASE_URL)\n"
    assert _found(tmp_path, f'{used}-- urls.py --\nOLD = "postgres://"\n') == []


def test_the_fix_changes_the_file_with_the_call(tmp_path):
    it = opened(tmp_path, f"{_APPS}{_PLAIN}{_CLIENT}import settings\nredis.from_url(settings.REDIS_URL)\n")
    (found,) = findings(it.project, [check for check in CHECKS if check.name == "rediss-certificate"])
    ((change,),) = (fix.changes for fix in found.fixes)
    assert change.path.endswith("cache.py")
    assert [edit.text for edit in change.edits] == [", ssl_cert_reqs=None"]


def _engines(n: int) -> str:
    names = [f"url_{number}" for number in range(n)]
    fields = "".join(f"    {name}: str\n" for name in names)
    engines = "".join(f"create_engine(settings.{name})\n" for name in names)
    return (
        f"-- settings.py --\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n{fields}"
        f"settings = S()\n-- db.py --\nfrom settings import settings\n{engines}"
    )


def test_fields_and_engines_are_linear_work_in_slices(tmp_path: Path) -> None:
    def work(n: int) -> Callable[[], object]:
        project = opened(tmp_path / str(n), _engines(n)).project
        return lambda: finish(handed_over(project, "", ("create_engine",)))

    one, two, four = (calls_of(work(n)) for n in (40, 80, 160))
    assert not is_too_fast(one, two, four), (one, two, four)
    project = opened(tmp_path / "slices", _engines(160)).project
    assert most(handed_over(project, "", ("create_engine",))) < four / 3

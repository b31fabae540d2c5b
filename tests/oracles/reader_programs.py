"""Small programs for the libraries that read variables, based on their documentation and tests.

Each is one file; one with several files has `-- path --` lines. `VALUES` contains the values that variables
must have for the program to run.
"""

from __future__ import annotations

_FILES = ("FILE_OF_KEYS",)
VALUES = {
    "APP_MODE": "production",
    "CACHE": "locmemcache://",
    "CACHE_2": "locmem://",
    "CACHE_URL": "locmem://",
    "CHANNELS_URL": "inmemory://",
    "DB": '{"host": "h"}',
    "DEBUG": "1",
    "DJANGO_DEBUG": "1",
    "DJANGO_DICTIONARY": "{'a': 1}",
    "DATABASE_URL": "sqlite:///x",
    "EMAIL_URL": "smtp://u:p@host:25",
    "FLAG": "1",
    "HOSTS": '["a"]',
    "JSON": '{"a": 1}',
    "LEVEL": "INFO",
    "MY_APP_DEBUG": "1",
    "LINK": "https://example.org",
    "MAIL_URL": "smtp://u:p@host:25",
    "OTHER_DB": "sqlite:///z",
    "PAIRS": "a=1",
    "REPLICA_URL": "sqlite:///y",
    "SEARCH_URL": "simple:///",
    **dict.fromkeys(_FILES, "number.txt"),
}

ENVIRONS = (
    """
from environs import Env
env = Env()
x = [env("A"), env.str("B", "x"), env.int("C", 1), env.bool("FLAG"), env.float("D", default=None)]
""",
    """
from environs import env, validate
x = [env.list("A"), env.dict("PAIRS"), env.json("JSON", {}), env.url("LINK")]
z = env.log_level("LEVEL"), env.path("P")
y = env.int("N", default=3, validate=validate.Range(min=1))
""",
    """
from functools import partial
from environs import Env
env = Env()
text, need, ids = partial(env.str, default="x"), partial(env.str), partial(env.list, subcast=int)
x = text("A"), need("B"), ids("N"), partial(env.int, default=None)("C"), partial(text, default="y")("D")
y = partial(env.str, "E")(), partial(env.int, "F", default=1)()
""",
    """
from environs import Env
env = Env(prefix="APP_")
with env.prefixed("DB_"):
    host, port = env("HOST"), env.int("PORT", 1)
    with env.prefixed("POOL_") as pool:
        size = pool.int("SIZE")
name = env("NAME")
""",
    """
from environs import Env
env = Env(eager=False)
x = env("A"), env("B", "1")
env.seal()
""",
    """
from environs import Env
env = Env()
@env.parser_for("shout")
def shout(value):
    return value.upper()
env.add_parser("twice", lambda value: value * 2)
x = env.shout("A"), env.twice("B", default="b")
""",
    """
from environs import Env, EnvError
env = Env()
try:
    x = env("A")
except EnvError:
    x = None
""",
    """
from environs import Env
def load(source, *, more):
    return source.int("A"), more("B", None)
class Settings:
    def __init__(self, env):
        self.env = env
        self.key = env("KEY")
    def late(self):
        return self.env("LATE", "x")
env = Env()
x = load(env, more=env), Settings(env).late()
""",
    """
-- settings.py --
from environs import Env
env = Env()
env.read_env("x.env")
-- app.py --
from settings import env
x = env("A")
-- x.env --
Z=1
""",
    """
from environs import FileAwareEnv
env = FileAwareEnv()
x = env("A", "x"), env("B", default=None), env("C")
""",
    """
from environs import FileAwareEnv
env = FileAwareEnv(file_suffix="_PATH", prefix="P_")
x = env("A", "x")
""",
)

DJANGO_ENVIRON = (
    """
import environ
env = environ.Env(DEBUG=(bool, False), NAME=str)
x = env("DEBUG"), env("A"), env.str("B", default="x"), env("NAME")
""",
    """
from environ import Env
env = Env()
x = env("A", int, 1), env.list("B", str, []), env.bool("C", False), env.int("D"), env.float("E", 1.5)
y = env.json("JSON"), env.tuple("T"), env.dict("PAIRS"), env.url("LINK"), env.bytes("Y", b""), env.path("P")
""",
    """
import environ
env = environ.Env()
x = env.db(), env.db("REPLICA_URL"), env.email_url("EMAIL_URL", "smtp://x")
y = env.search_url(), env.channels_url()
""",
    """
import environ
env = environ.Env()
x = env.db_url(default="sqlite:///x"), env.cache("CACHE", default="locmemcache://")
""",
    """
import environ
env = environ.Env(P_A=(int, 3))
x = env("B")
env.prefix = "P_"
y = env("A"), env("B", default="b")
def later():
    return env("C", None)
z = later()
""",
    """
import environ
env = environ.Env()
x = env("A", default="$B")
""",
    """
import environ
env = environ.FileAwareEnv()
x = env("A", default="x"), env.str("N", default=None)
""",
    """
import environ
environ.Env.read_env("x.env")
x = environ.Env()("A")
-- x.env --
Z=1
""".replace("\nimport", "\n-- app.py --\nimport", 1),
    """
import environ
env = environ.Env()
def url(name, default=environ.Env.NOTSET):
    return env.str(name, default)
x = url("A"), url("B", "x"), env.get_value("C", default="x")
""",
)

DECOUPLE = (
    """
from functools import partial
from decouple import config
flag, need = partial(config, cast=bool, default=False), partial(config, cast=int)
x = flag("DEBUG"), need("N"), partial(config, "B")(), partial(config, "C", default="x")()
""",
    """
from decouple import config
x = config("A"), config("FLAG", default=False, cast=bool), config("C", "x"), config("D", default=None)
""",
    """
-- app.py --
import decouple
config = decouple.Config(decouple.RepositoryEnv("prod.env"))
x = config.get("A"), config("B", cast=int)
-- prod.env --
Z=1
""",
    """
from decouple import AutoConfig, Csv, UndefinedValueError
config = AutoConfig(search_path="/nonexistent")
x = config("A", cast=Csv())
try:
    y = config("B")
except UndefinedValueError:
    y = None
def get(name, **options):
    return config(name, **options)
z = get("C"), get("D", default="x")
""",
)

STARLETTE = (
    """
from functools import partial
from starlette.config import Config
config = Config()
x = partial(config, default=None)("A"), partial(config, cast=int)("N")
""",
    """
from starlette.config import Config
config = Config()
x = config("A"), config("FLAG", cast=bool, default=False)
y = config.get("C", str, "x"), config("D", default=None)
""",
    """
from starlette.config import Config
config = Config(env_prefix="APP_")
x = config("A"), config("B", default="x")
""",
    """
-- app.py --
from starlette.config import Config
x = Config("x.env")("A")
-- x.env --
Z=1
""",
    """
from starlette.config import Config, Environ
environ = Environ()
environ["SET"] = "1"
x = environ["A"], environ.get("B"), Config(environ=environ)("C")
def load(config):
    return config("D")
y = load(Config())
""",
)

ADDRESSES = (
    """
import dj_database_url
x = dj_database_url.config(conn_max_age=600), dj_database_url.config("REPLICA_URL")
y = dj_database_url.config(env="OTHER_DB", default="sqlite:///x")
z = dj_database_url.config(dj_database_url.DEFAULT_ENV)
""",
    """
import dj_email_url, django_cache_url
x = dj_email_url.config(), dj_email_url.config("MAIL_URL", default="smtp://x"), django_cache_url.config()
y = django_cache_url.config(env="CACHE_2", default=None)
""",
)

PRETTYCONF = (
    """
from prettyconf import config
x = config("A"), config("flag", cast=config.boolean, default=False), config("C", lambda v: v, default=None)
""",
    """
from prettyconf import Configuration
from prettyconf.loaders import Environment
config = Configuration(loaders=[Environment(var_format=str.lower), Environment()])
x = config("Ab")
""",
)

ENVPARSE = (
    """
from envparse import Env, env
x = env("A"), env.int("B", default=1), env("C", None), env.list("L", subcast=int)
y = Env(D=bool, E=dict(cast=int, default=1))
z = y("D"), y("E")
""",
    """
-- app.py --
from envparse import env
env.read_envfile("x.env")
x = env.bool("FLAG")
-- x.env --
Z=1
""",
)

EVERETT = (
    """
from everett.manager import ConfigManager, ConfigOSEnv
config = ConfigManager([ConfigOSEnv()])
x = config("a"), config("b", namespace="c", default="1"), config("e", parser=int)
z = config("d", raise_error=False)
y = config.with_namespace("ns").with_namespace("deep")("f"), config("g", namespace=["h", "i"])
""",
    """
from everett.manager import ConfigManager, ConfigOSEnv
config = ConfigManager([ConfigOSEnv()]).with_namespace("ns")
x = config("k", alternate_keys=["l", "root:m"])
""",
    """
-- app.py --
from everett.manager import ConfigManager, Option
class App:
    class Config:
        host = Option(default="x")
        port = Option(parser=int)
    def __init__(self, config):
        self.config = config.with_options(self)
        self.x = self.config("host"), self.config("port")
config = ConfigManager.basic_config("x.env")
x = App(config.with_namespace("app")).x
-- x.env --
Z=1
""",
)

CLICK = (
    """
import click
@click.command()
@click.option("--a", envvar="A")
@click.option("--b", envvar=["B", "C"], default="x")
@click.argument("d", envvar="D", required=False)
def cli(a, b, d):
    return a, b, d
x = cli.main([], standalone_mode=False)
""",
    """
import click
@click.command(context_settings={"auto_envvar_prefix": "my-app"})
@click.option("--db-host", "-h")
@click.option("-p", "--port", type=int, default=1)
@click.option("--debug/--no-debug")
@click.option("-n", "name", envvar="OTHER")
@click.argument("path", required=False)
def cli(**options):
    return options
x = cli.main([], standalone_mode=False)
""",
    """
import click
@click.group()
@click.option("--level", default="x")
def cli(level): ...
@cli.group("db")
@click.option("--url")
def database(url): ...
@database.command()
@click.option("--rows")
def init_tables_command(rows):
    return rows
@click.command("extra-thing")
@click.option("--size")
def extra(size):
    return size
cli.add_command(extra)
x = cli(["db", "init-tables"], auto_envvar_prefix="APP", standalone_mode=False)
y = cli.main(["extra-thing"], auto_envvar_prefix="APP", standalone_mode=False)
""",
    """
import click
@click.group(context_settings=dict(auto_envvar_prefix="OUTER"))
def cli(): ...
@cli.command(context_settings={"auto_envvar_prefix": "INNER"})
@click.option("--a")
def sub(a):
    return a
x = cli(["sub"], standalone_mode=False)
""",
)

TYPER = (
    """
import typer
from typing import Annotated
app = typer.Typer()
@app.command()
def run(
    a: str = typer.Option("x", envvar="A"),
    b: Annotated[str, typer.Option(envvar="B")] = "x",
    c: Annotated[int, typer.Argument(envvar=["C", "D"])] = 1,
):
    return a, b, c
x = app([], standalone_mode=False)
""",
    """
import typer
from typing import Annotated
app = typer.Typer(context_settings={"auto_envvar_prefix": "SHOP"})
@app.command()
def run(
    host: Annotated[str, typer.Argument()] = "x",
    db_port: int = 1,
    verbose: Annotated[int, typer.Option("--loud", "-v")] = 0,
    kind: str = typer.Option("x", envvar="KIND"),
    path: str = typer.Argument("x"),
):
    return db_port
x = app([], standalone_mode=False)
""",
    """
import typer
app, sub = typer.Typer(context_settings={"auto_envvar_prefix": "my-shop"}), typer.Typer()
app.add_typer(sub, name="db-tools")
@app.callback()
def main(debug: bool = False):
    pass
@app.command()
def load_all(rows: int = 1):
    pass
@app.command("other", context_settings={"auto_envvar_prefix": "OTHER"})
def named(rows: int = 1):
    pass
@sub.command("make")
def make_it(x: int = 1):
    pass
x = [app(args, standalone_mode=False) for args in (["load-all"], ["other"], ["db-tools", "make"])]
""",
    """
import typer
app = typer.Typer(context_settings={"auto_envvar_prefix": "SHOP"})
added = typer.Typer(name="added")
app.add_typer(added, context_settings={"auto_envvar_prefix": "ADDED"})
@added.command("go")
def run(x: int = 1):
    pass
merged = typer.Typer(help="x")
app.add_typer(merged)
@merged.command()
def inside(x: int = 1):
    pass
x = [app(args, standalone_mode=False) for args in (["added", "go"], ["inside"])]
""",
    """
import typer
app = typer.Typer(context_settings={"auto_envvar_prefix": "SHOP"})
@app.command()
def run(x: int = 1):
    pass
x = app([], standalone_mode=False, auto_envvar_prefix="LATE")
""",
    """
import typer
app, other, db, user = typer.Typer(), typer.Typer(), typer.Typer(), typer.Typer()
app.add_typer(db, name="db")
app.add_typer(user, name="user")
@app.command()
def run(x: int = 1):
    pass
@db.command()
def make(x: int = 1):
    pass
@user.command()
def add(y: int = 1):
    pass
@other.command()
def second(z: int = 1):
    pass
calls = (["run"], ["db", "make"], ["user", "add"])
x = [app(args, standalone_mode=False, auto_envvar_prefix="A") for args in calls]
y = other([], standalone_mode=False)
""",
)

DYNACONF = (
    """
from dynaconf import Dynaconf
settings = Dynaconf()
x = settings.PORT, settings.get("HOST"), settings("NAME"), settings["KEY"], "DEBUG" in settings
""",
    """
from dynaconf import Dynaconf
settings = Dynaconf(envvar_prefix="shop")
x = settings.PORT, settings.get("theme", "x")
""",
    """
from dynaconf import Dynaconf
settings = Dynaconf(envvar_prefix="SHOP,WEB")
x = settings.get("PORT"), settings.get("THEME")
""",
    """
from dynaconf import Dynaconf
settings = Dynaconf(envvar_prefix=False)
x = settings.get("PORT_OF_OURS")
""",
    """
from dynaconf import Dynaconf
settings = Dynaconf(envvar_prefix="")
x = settings.get("PORT")
""",
    """
from dynaconf import Dynaconf
x = Dynaconf(envvar_prefix=None).get("PORT")
""",
    """
from dynaconf import Dynaconf
settings = Dynaconf(envvar_prefix="APP")
x = settings.get("db.host"), settings.get("DB__PORT"), settings.exists("mail")
""",
    """
from dynaconf import Dynaconf
settings = Dynaconf(envvar_prefix="APP", nested_separator="___")
x = settings.get("db.host")
""",
    """
from dynaconf import LazySettings
settings = LazySettings(ENVVAR_PREFIX_FOR_DYNACONF="APP", environments=True, env_switcher="APP_MODE")
x = settings.get("PORT"), settings.as_int("COUNT"), settings.current_env
""",
    """
-- app.py --
from dynaconf import Dynaconf
settings = Dynaconf(load_dotenv=True, dotenv_path="x.env")
x = settings.get("PORT")
-- x.env --
DYNACONF_Z=1
""",
)

CONFIGARGPARSE = (
    """
import configargparse
parser = configargparse.ArgParser(default_config_files=["/nonexistent"])
parser.add("-c", "--config", is_config_file=True)
parser.add_argument("--a", env_var="A")
parser.add_argument_group("more").add_argument("-b", "--bb", env_var="B", default="x")
parser.add_argument_group("most").add_mutually_exclusive_group().add_argument("--d", env_var="D")
x = parser.parse_args([])
""",
    """
import configargparse
def more(parser):
    parser.add("--in-function")
parser = configargparse.ArgumentParser(auto_env_var_prefix="my_app-")
parser.add_argument("-h2", "--db-host", "--host")
parser.add_argument("--port", default=1)
parser.add_argument("-x")
parser.add_argument("--version", action="version", version="1")
more(parser)
x = parser.parse_args([])
""",
)

OMEGACONF = (
    """
from omegaconf import OmegaConf
conf = OmegaConf.create({"user": "${oc.env:A}", "url": "x://${oc.env:B,null}:${oc.env:C, 1}"})
x = OmegaConf.to_container(conf, resolve=True)
""",
    """
from dataclasses import dataclass, field
from omegaconf import OmegaConf
@dataclass
class Db:
    host: str = "${oc.env:HOST,localhost}"
x = OmegaConf.structured(Db).host
""",
)

SANIC = (
    """
from sanic import Sanic
app = Sanic("shop")
x = app.config.get("A"), app.config.get("B", 1)
Sanic._app_registry.clear()
""",
    """
from sanic import Sanic
app = Sanic("shop", env_prefix="SHOP_")
x = app.config.get("A")
Sanic._app_registry.clear()
""",
)

QUART = (
    """
-- app.py --
from quart import Quart
app = Quart("shop")
x = app.config.from_envvar("FILE_OF_KEYS"), app.config.from_envvar("OTHER_FILE", silent=True)
-- number.txt --
A = 7
""",
)

CYCLOPTS = (
    """
from typing import Annotated
from cyclopts import App, Parameter
app = App(result_action="return_value")
@app.default
def run(
    a: Annotated[str, Parameter(env_var="A")] = "x",
    b: Annotated[str, Parameter(env_var=["B", "C"])] = "y",
    c: str = "z",
):
    return a, b, c
x = app([])
""",
    """
from typing import Annotated
from cyclopts import App, Parameter, config
app = App(config=config.Env("APP_"), result_action="return_value")
@app.default
def main(db_host: str = "x"):
    return db_host
@app.command
def init_db(rows: int = 1, *, size: Annotated[str, Parameter(name="--how-big")] = "x"):
    return rows, size
@app.command(name="other-one")
def more(level: str = "x"):
    return level
x = app([]), app(["init-db"]), app(["other-one"])
""",
    """
import cyclopts
app = cyclopts.App(config=cyclopts.config.Env("APP_", command=False), result_action="return_value")
sub = cyclopts.App(name="sub", result_action="return_value")
app.command(sub)
@sub.command
def run(level: str = "x"):
    return level
x = app(["sub", "run"])
""",
)

JSONARGPARSE = (
    """
from jsonargparse import ArgumentParser
parser = ArgumentParser(default_env=True, env_prefix="my-app", prog="x")
parser.add_argument("--db.host")
parser.add_argument_group("more").add_argument("--dry-run", default="1")
x = parser.parse_args([])
""",
    """
from jsonargparse import ArgumentParser
parser = ArgumentParser(prog="shop.py")
parser.add_argument("--a", default="x")
x = parser.parse_env()
""",
    """
from jsonargparse import ArgumentParser
parser = ArgumentParser(env_prefix=False, default_env=True)
parser.add_argument("-p", "--port")
x = parser.parse_args([])
""",
)

TYPED_SETTINGS = (
    """
import typed_settings as ts
@ts.settings
class Zone:
    name: str = "x"
@ts.settings
class Host:
    zone: Zone = Zone()
    size: str = "1"
@ts.settings
class S:
    host: Host = Host()
    size: str = "2"
x = ts.load(S, appname="shop", config_files_var=None)
""",
    """
import typed_settings as ts
@ts.settings
class Settings:
    host: str = "x"
    port: int = 1
    key: ts.SecretStr = ts.secret(default="x")
x = ts.load(Settings, "my-shop")
""",
    """
import typed_settings as ts
from attrs import define
@define
class Settings:
    host: str = "x"
x = ts.load_settings(Settings, [ts.EnvLoader("P_")])
y = ts.load(Settings, "shop", env_prefix="Q_", config_files_var=None)
""",
)

GOODCONF = (
    """
from goodconf import Field, GoodConf
class Config(GoodConf):
    debug: bool = False
    key: str = Field(initial=str)
    level: str = Field(default="x", description="y")
    hosts: list[str] | None = None
x = Config(load=True)
""",
    """
from goodconf import GoodConf, GoodConfConfigDict
class Config(GoodConf):
    model_config = GoodConfConfigDict(env_prefix="SHOP_")
    key: str
    port: int = 1
x = Config(load=True)
""",
    """
-- app.py --
from goodconf import GoodConf
class Config(GoodConf):
    model_config = {"default_files": ["absent.json", "settings.json"], "env_prefix": "SHOP_"}
    key: str
    host: str
x = Config(load=True)
-- settings.json --
{"key": "x", "host": "h"}
""",
    """
from goodconf import GoodConf
class Base(GoodConf):
    model_config = {"env_prefix": "A_"}
    host: str
class Config(Base):
    port: int = 1
x = Config(load=True)
""",
    """
from goodconf import Field, GoodConf
from pydantic import BaseModel
class Db(BaseModel):
    host: str = "h"
    port: int = 1
class Config(GoodConf):
    model_config = {"env_nested_delimiter": "__"}
    db: Db = Db()
    key: str = Field(validation_alias="SECRET")
x = Config(load=True)
""",
)

DJANGO_CONFIGURATIONS = (
    """
from configurations import Configuration, values
class Dev(Configuration):
    DEBUG = values.BooleanValue(False)
    KEY = values.SecretValue()
    NAME = values.Value("x", environ_prefix="SHOP")
    HOSTS = values.ListValue(["a"])
    PLAIN = values.Value(environ_prefix=None)
    FIXED = values.Value("x", environ=False)
Dev.setup()
x = Dev.DEBUG, Dev.KEY, Dev.NAME, Dev.HOSTS, Dev.PLAIN
""",
    """
from configurations import Configuration, values
class Base(Configuration):
    HOST = values.Value("h")
class Dev(Base):
    PORT = values.PositiveIntegerValue(80, environ_required=True)
    NAME = values.Value("dev", environ_prefix="")
    lower = values.Value("x")
Dev.setup()
x = Dev.PORT, Dev.HOST, Dev.NAME
""",
    """
from configurations import Configuration, values
class Dev(Configuration):
    DATABASES = values.DatabaseURLValue("sqlite:///x")
    CACHES = values.CacheURLValue("locmem://")
    EMAIL = values.EmailURLValue("smtp://u:p@host:25")
    OTHER = values.DatabaseURLValue("sqlite:///x", environ_name="OTHER_DB")
Dev.setup()
x = Dev.DATABASES, Dev.OTHER
""",
    """
from configurations import Configuration, values
class Dev(Configuration):
    PATHS = values.TupleValue()
    A = values.SetValue()
    DICTIONARY = values.DictValue()
    C = values.FloatValue(1.0)
    D = values.DecimalValue("1", environ_name="NUMBER")
    E = values.PathValue("x", check_exists=False)
    F = values.RegexValue("a", regex=r"\\w+")
Dev.setup()
x = Dev.PATHS, Dev.C
""",
    """
from configurations import values
token = values.Value("x", environ_name="TOKEN", environ_prefix="API")
number = values.IntegerValue(1, environ_name="NUMBER")
needed = values.Value(environ_name="NEEDED", environ_required=True)
""",
    """
-- app.py --
from configurations import Configuration, values
class Dev(Configuration):
    DOTENV = "dev.env"
    B = values.Value("x")
Dev.load_dotenv()
Dev.setup()
x = Dev.B
-- dev.env --
DJANGO_A=1
""",
)

# django-heroku itself needs a compiler and PostgreSQL to be installed; this fork is the same code.
DJANGO_HEROKU = (
    """
import django_on_heroku
BASE_DIR, MIDDLEWARE = ".", []
django_on_heroku.settings(locals())
""",
    """
import django_on_heroku
BASE_DIR, MIDDLEWARE, DATABASES = ".", [], {"default": {}}
django_on_heroku.settings(locals(), databases=False, test_runner=False)
""",
    """
import django_on_heroku
django_on_heroku.settings(locals(), staticfiles=False, secret_key=False)
""",
)

# This package has the same name as django-environ, so only one of the two can be installed.
ENVIRON_CONFIG = (
    """
import environ
@environ.config(prefix="SHOP")
class Config:
    @environ.config
    class Db:
        host = environ.var()
        port = environ.var(5432, converter=int)
    @environ.config(prefix="OTHER")
    class Second:
        a = environ.var(name="A")
        b = environ.var()
    db = environ.group(Db)
    second = environ.group(Second)
    debug = environ.bool_var(False)
x = environ.to_config(Config)
""",
    """
import environ
@environ.config
class Config:
    a = environ.var()
    b = environ.var(None)
x = Config.from_environ()
""",
)

# By package: the module whose look-ups are recorded, and the programs.
PROGRAMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "environs": ("environs", ENVIRONS),
    "django-environ": ("environ", DJANGO_ENVIRON),
    "python-decouple": ("decouple", DECOUPLE),
    "starlette": ("starlette.config", STARLETTE),
    "dj-database-url": ("dj_database_url", ADDRESSES),
    "prettyconf": ("prettyconf", PRETTYCONF),
    "envparse": ("envparse", ENVPARSE),
    "everett": ("everett.manager", EVERETT),
    "click": ("click", CLICK),
    "typer": ("typer", TYPER),
    "dynaconf": ("dynaconf", DYNACONF),
    "configargparse": ("configargparse", CONFIGARGPARSE),
    "omegaconf": ("omegaconf", OMEGACONF),
    "cyclopts": ("cyclopts", CYCLOPTS),
    "jsonargparse": ("jsonargparse", JSONARGPARSE),
    "typed-settings": ("typed_settings", TYPED_SETTINGS),
    "sanic": ("sanic", SANIC),
    "quart": ("quart", QUART),
    "goodconf": ("goodconf", GOODCONF),
    "django-configurations": ("configurations", DJANGO_CONFIGURATIONS),
}
ALONE = {
    "environ-config": ("environ", ENVIRON_CONFIG),
    "django-on-heroku": ("django_on_heroku", DJANGO_HEROKU),
}

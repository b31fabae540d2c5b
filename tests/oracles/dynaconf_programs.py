"""A sample of what dynaconf's documentation shows: each option with each way to read a setting."""

from __future__ import annotations

_IMPORT = "from dynaconf import Dynaconf, Validator\n"

# How settings are made, and how they are read in each of them.
_MADE = (
    "Dynaconf()",
    'Dynaconf(envvar_prefix="SHOP")',
    'Dynaconf(envvar_prefix="shop")',
    'Dynaconf(envvar_prefix="SHOP,WEB")',
    'Dynaconf(ENVVAR_PREFIX_FOR_DYNACONF="SHOP", environments=True)',
)
_READ = (
    "s.PORT",
    "s.port",
    "s['PORT']",
    "s('NAME')",
    "s.get('theme', 'x')",
    "s.get('db.host')",
    "'DEBUG' in s",
    "s.exists('MAIL')",
    "s.as_int('COUNT')",
    "s.get('A', default=1), s.get('B', cast='@str')",
    "getattr(s, 'PORT')",
)
# What needs options of its own.
_ALONE = (
    'Dynaconf(envvar_prefix=False).get("PORT_OF_OURS")',
    'Dynaconf(envvar_prefix="").get("PORT")',
    'Dynaconf(envvar_prefix=None).get("PORT")',
    'Dynaconf(envvar_prefix="A", nested_separator="___").get("db.host")',
    'Dynaconf(envvar_prefix="A", nested_separator="_x_").get("DB.PORT")',
    'Dynaconf(envvar_prefix="A", dotted_lookup=False).get("PLAIN")',
    'Dynaconf(envvar_prefix="A", environments=True, env_switcher="APP_MODE").current_env',
    'Dynaconf(envvar_prefix="A", environments=["dev", "prod"]).get("X")',
    'Dynaconf(envvar_prefix="A", environments=True, env="prod").get("X")',
    'Dynaconf(envvar_prefix="A", environments=True).from_env("prod").get("X")',
    'Dynaconf(envvar_prefix="A", settings_files=["settings.toml"]).get("X", 1)',
    'Dynaconf(envvar_prefix="A", lowercase_read=False).X',
    'Dynaconf(envvar_prefix="A", merge_enabled=True).get("X")',
    'Dynaconf(envvar_prefix="A", auto_cast=False).get("X")',
    'Dynaconf(envvar_prefix="A", ignore_unknown_envvars=True, X=1).get("X")',
    'Dynaconf(envvar_prefix="A", fresh_vars=["X"]).X',
    'Dynaconf(envvar_prefix="A", X=1).X',
    'Dynaconf(envvar_prefix="A", environments=False).get("X.Y")',
    'Dynaconf(envvar_prefix="A", sysenv_fallback=["WHOLE"]).get("WHOLE")',
    'Dynaconf(envvar_prefix="A", validators=[Validator("X", default=1)]).X',
    'Dynaconf(envvar_prefix="A", validators=[Validator("X", must_exist=True)]).X',
    'Dynaconf(envvar_prefix="A", validators=[Validator("X", "Y", default="z")]).get("Y")',
    'Dynaconf(envvar_prefix="A", core_loaders=[]).get("X")',
    'Dynaconf(envvar_prefix="A").to_dict()',
    'list(Dynaconf(envvar_prefix="A").keys())',
    'Dynaconf(envvar_prefix="A").get("X.Y.Z")',
    'Dynaconf(envvar_prefix="A").get_fresh("X")',
    'Dynaconf(envvar_prefix="A").as_float("X")',
)
_PROGRAMS = (
    """
from dynaconf import Dynaconf
s = Dynaconf(envvar_prefix="A")
s.set("X", 1)
x = s.get("Y"), s.current_env
""",
    """
from dynaconf import Dynaconf
s = Dynaconf(envvar_prefix="A")
with s.using_env("prod"):
    x = s.get("X")
s.setenv("dev")
y = s.get("Y")
""",
    """
from dynaconf import Dynaconf
s = Dynaconf(envvar_prefix="A")
x = s.get_fresh("X"), s.get("Y", fresh=True)
""",
    """
from dynaconf import Dynaconf, Validator
s = Dynaconf(envvar_prefix="A")
s.validators.register(Validator("X", default=1))
s.validators.validate()
x = s.X
""",
    """
from dynaconf import Dynaconf
s = Dynaconf(envvar_prefix="A")
KEY = "Z"
x = [s.get(name) for name in ("X", "Y")], s[KEY]
""",
    """
from dynaconf import Dynaconf
s = Dynaconf(envvar_prefix="A")
def setting(name, default=None):
    return s.get(name, default)
x = setting("X"), setting("Y", 1)
""",
    """
-- app.py --
from config import settings
x = settings.X, settings.get("db.host")
-- config.py --
from dynaconf import Dynaconf
settings = Dynaconf(envvar_prefix="A", root_path=".", settings_files=["settings.toml", ".secrets.toml"])
-- settings.toml --
y = 1
[db]
host = "h"
""",
    """
-- app.py --
from dynaconf import Dynaconf
s = Dynaconf(envvar_prefix="A", load_dotenv=True, dotenv_path="dev.env", dotenv_override=True)
x = s.get("X")
-- dev.env --
A_Z=1
""",
    """
from dynaconf import LazySettings
s = LazySettings(ENVVAR_PREFIX_FOR_DYNACONF="A", NESTED_SEPARATOR_FOR_DYNACONF="___")
x = s.get("db.host")
""",
    """
from dynaconf import LazySettings as Settings
x = Settings().get("X"), Settings(envvar_prefix="A").get("db.host", "y")
""",
    """
from dynaconf import Dynaconf
def port(settings):
    return settings.get("PORT")
x = port(Dynaconf(envvar_prefix="SHOP"))
""",
    """
import dynaconf
class Settings(dynaconf.Dynaconf):
    pass
s = Settings(envvar_prefix="A")
x = s.get("X")
""",
    """
from dynaconf import Dynaconf
OPTIONS = {"envvar_prefix": "A", "environments": True}
s = Dynaconf(**OPTIONS)
x = s.get("X")
""",
    """
from dynaconf import Dynaconf
PREFIX = "MY" + "APP"
s = Dynaconf(envvar_prefix=PREFIX)
x = s.get(f"{'X'}_URL")
""",
    """
from dynaconf import Dynaconf
first, second = Dynaconf(envvar_prefix="A"), Dynaconf(envvar_prefix="B")
x = first.get("X"), second.get("Y")
""",
    """
from dynaconf import Dynaconf
class App:
    def __init__(self):
        self.settings = Dynaconf(envvar_prefix="A")
    def port(self):
        return self.settings.get("PORT")
x = App().port()
""",
    """
from functools import lru_cache
from dynaconf import Dynaconf
@lru_cache
def settings():
    return Dynaconf(envvar_prefix="A")
x = settings().get("X"), settings().get("Y", 2)
""",
)

SAMPLE = (
    *(f"{_IMPORT}s = {made}\nx = {read}\n" for made in _MADE for read in _READ),
    *(f"{_IMPORT}x = {made}\n" for made in _ALONE),
    *(program.lstrip("\n") for program in _PROGRAMS),
)

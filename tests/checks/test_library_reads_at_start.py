"""`check --deploy`: defaults of python-decouple, environs, django-environ and Starlette, and typed-settings.

Each program is also really started without its variable.
"""

from __future__ import annotations

from support.started import failing, starting

_DECOUPLE = "-- app.py --\nfrom decouple import Csv, config\n"
_ENVIRONS = "-- app.py --\nfrom environs import Env\nenv = Env()\n"
_DJANGO = "-- app.py --\nimport environ\nenv = environ.Env()\n"
_STARLETTE = "-- app.py --\nfrom starlette.config import Config\nconfig = Config()\n"
_TYPED = "-- app.py --\nimport attrs, dataclasses, typed_settings as ts\n"
_FROZEN = f"{_TYPED}@attrs.frozen\nclass S:\n    a: str\n    port: int = 3\n"

# Programs that start without the variable.
SILENT = {
    "a default that fits": f'{_DECOUPLE}B = config("A", default="1", cast=int) + 1\n',
    "a default of another type": f'{_DECOUPLE}B = config("A", default=587, cast=int) + 1\n',
    "a cast that handles an empty string": (
        f'{_DECOUPLE}B = config("A", default="", cast=lambda v: int(v) if v else 0)\n'
    ),
    "a list of strings": f'{_DECOUPLE}B = config("A", default="", cast=lambda v: v.split(","))\n',
    "Csv": f'{_DECOUPLE}B = config("A", default="", cast=Csv())\n',
    "a bool": f'{_DECOUPLE}if config("A", default=False, cast=bool):\n    raise ValueError\n',
    "an empty number": f'{_ENVIRONS}B = env.int("A", default="")\n',
    "another name": f'{_ENVIRONS}with env.prefixed("X_"):\n    B = env.str("A", "x,y").split(",")[1]\n',
    "tested": f'{_DJANGO}B = env("A", default="")\nif B:\n    B.split(":")[1]\n',
    "a default of typed-settings": (
        f"{_TYPED}@attrs.frozen\nclass S:\n    a: str = 'x'\n    b: str = attrs.field(factory=str)\n"
        "ts.load(S, 'shop', env_prefix='')\n"
    ),
    "a file of typed-settings": (
        f"-- shop.toml --\n[shop]\na = 'x'\n{_FROZEN}ts.load(S, 'shop', ['shop.toml'], env_prefix='')\n"
    ),
    "files of typed-settings that the code computes": (
        "-- shop.toml --\n[shop]\na = 'x'\n"
        f"{_FROZEN}import glob\nts.load(S, 'shop', glob.glob('*.toml'), env_prefix='')\n"
    ),
    "a file loader of typed-settings": (
        "-- shop.toml --\n[shop]\na = 'x'\n"
        f"{_FROZEN}F = ts.FileLoader({{'*.toml': ts.TomlFormat('shop')}}, ['shop.toml'])\n"
        "ts.load_settings(S, [F, ts.EnvLoader('')])\n"
    ),
    "typed-settings in a `try`": (
        f"{_FROZEN}try:\n    s = ts.load(S, 'shop', env_prefix='')\n"
        "except ts.exceptions.InvalidSettingsError:\n    s = None\n"
    ),
    "None is not cast": f'{_STARLETTE}B = config("A", cast=int, default=None)\n',
}

# Programs that fail without it.
FOUND = {
    "a cast": f'{_DECOUPLE}B = config("A", default="", cast=int)\n',
    "a cast of None": f'{_DECOUPLE}B = config("A", default=None, cast=int)\n',
    "a function": f'{_DECOUPLE}B = config("A", default="", cast=lambda v: [int(x) for x in v.split(",")])\n',
    "a function that gets None": f'{_DECOUPLE}B = config("A", default=None, cast=lambda v: v.split())\n',
    "of another module": (
        '-- config.py --\nfrom decouple import config\nA = config("A", default="")\n'
        "-- app.py --\nfrom config import A\nB = A.split(':')[1]\n"
    ),
    "environs": f'{_ENVIRONS}B = env.str("A", default="").split(":")[1]\n',
    "an empty list": f'{_ENVIRONS}B = env.list("A", [])[0]\n',
    "django-environ": f'{_DJANGO}B = env("A", default="")\nC = int(B.strip())\n',
    "typed-settings": f"{_FROZEN}ts.load(S, appname='shop', env_prefix='')\n",
    "typed-settings without files": f"{_FROZEN}ts.load(S, 'shop', config_files=[], env_prefix='')\n",
    "typed-settings with a loader": f"{_FROZEN}ts.load_settings(S, [ts.EnvLoader('')])\n",
    "typed-settings and a dataclass": (
        f"{_TYPED}@dataclasses.dataclass\nclass S:\n    a: str\nts.load(S, 'shop', (), env_prefix='')\n"
    ),
    "typed-settings, a secret": (
        f"{_TYPED}@ts.settings\nclass S:\n    a: str = ts.secret()\nts.load(S, 'shop', env_prefix='')\n"
    ),
    "typed-settings, None or a string": (
        f"{_TYPED}@ts.settings\nclass S:\n    a: str | None\nts.load(S, 'shop', env_prefix='')\n"
    ),
    "Starlette": f'{_STARLETTE}B = config("A", default="")\nC = int(B.strip())\n',
}

test_program_that_starts_without_its_variable = starting(SILENT)
test_program_that_fails_while_it_starts = failing(FOUND)

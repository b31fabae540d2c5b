"""`check --deploy`: defaults of python-decouple, environs, django-environ and Starlette.

Each program is also really started without its variable.
"""

from __future__ import annotations

from support.started import failing, starting

_DECOUPLE = "-- app.py --\nfrom decouple import Csv, config\n"
_ENVIRONS = "-- app.py --\nfrom environs import Env\nenv = Env()\n"
_DJANGO = "-- app.py --\nimport environ\nenv = environ.Env()\n"
_STARLETTE = "-- app.py --\nfrom starlette.config import Config\nconfig = Config()\n"

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
    "Starlette": f'{_STARLETTE}B = config("A", default="")\nC = int(B.strip())\n',
}

test_program_that_starts_without_its_variable = starting(SILENT)
test_program_that_fails_while_it_starts = failing(FOUND)

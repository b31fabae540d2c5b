"""Unusual files: what they read, with line and column, and what only looks like a read."""

from __future__ import annotations

import pytest

from support.python_facts import analyze, rendered

SILENT = {
    "a WSGI middleware": (
        "class M:\n    def __call__(self, environ, start_response):\n        environ['A'] = 1\n"
        "        return request.environ['B'], self.environ.get('C')\n"
    ),
    "Jinja": "from jinja2 import Environment\nenv = Environment()\nenv.globals['A'] = 1\nenv.filters['B']\n",
    "tox": "import tox\ndef tox_configure(config):\n    env = config.envconfigs['py']\n    env['A']\n",
    "Alembic": "from alembic import context\nconfig = context.config\nconfig.attributes['A']\nconfig['B']\n",
    "other objects' config": "celery.config['A']\ncelery.conf['B']\nself.config.get('C')\n",
    "a config of one's own": "from app import config\nconfig('A')\nconfig.get('B')\n",
    "dicts for children": "env = {'A': '1'}\nenv.get('B')\nenviron = dict()\nenviron.get('C')\n",
    "texts": "import os\n'''os.environ['A']'''\ns = \"os.environ['B']\"\n# os.getenv('C')\n",
    "shadows": "from os import environ\ndef f(environ): environ['A']\n[environ['B'] for environ in ({},)]\n",
    "Django's settings": "from django.conf import settings\nsettings.A\nsettings['B']\n",
    "a model, no settings": (
        "from pydantic import BaseModel\nclass BaseSettings(BaseModel): ...\n"
        "class S(BaseSettings):\n    a: str\n"
    ),
    "almost": "import os\nos.path.expanduser('~/$B')\nos.environment = {}\nos.environment['C']\n",
}
FOUND = {
    "byte order mark, CRLF, tab, form feed, emoji, U+2028": (
        "\ufeffimport os\r\nx\t=\tos.environ['A']\r\n\x0cy = '😀', os.environ['B']  # 😀\r\n"
        "s = 'a\u2028b'; os.getenv('C')\r\nz = '''\r\n\x85\r\n'''; os.environ[\"D\"]\r\n",
        ["2:17 A read required", "3:23 B read required", "4:23 C read optional", "7:18 D read required"],
    ),
    "lines that end in a carriage return": (
        "import os\rx = os.environ['A']\r# c\ros.getenv('B')\r",
        ["2:17 A read required", "4:12 B read optional"],
    ),
    "tabs and blanks": (
        "import os\nif 1:\n\tx = os.environ['A']\n        y = os.environ['B']\n",
        ["3:18 A read required", "4:25 B read required"],
    ),
    "names beyond ASCII": ("import os as 日本\n日本.environ['ÜBER']\n", ["2:13 ÜBER read required"]),
    "a very long line": (
        "import os\nx = [" + "'0123456789', " * 3000 + "os.environ['A']]\nos.getenv('B')\n",
        ["2:42018 A read required", "3:12 B read optional"],
    ),
    "Python 2": (
        "#!/usr/bin/python2\nimport os\nprint 'x', os.environ['A']\nexec 'x'\nraise E, os.getenv('B')\n"
        "try:\n    d = os.environ['C']\nexcept KeyError, e:\n    d = 07\nif os.environ.has_key('D'): pass\n",
        ["3:24 A read required", "5:21 B read optional", "7:21 C read guarded", "10:24 D test -"],
    ),
    "Python 3.12 to 3.14": (
        'import os\ntype T[X] = list[X]\nf"{os.environ["A"]!r:>{os.environ[\'B\']}}"\n'
        "try: pass\nexcept E, F: os.getenv('C')\nt\"{os.environ['D']}\"\n",
        ["3:16 A read required", "3:36 B read required", "5:25 C read optional", "6:16 D read required"],
    ),
    "a string that does not end": (
        "import os\nos.environ['A']\nb = 'unterminated\nos.environ['B']\n",
        ["2:13 A read required", "4:13 B read required"],
    ),
    "brackets that do not end": (
        "import os\na = f(b[\nos.environ['A']\ndef g(:\n    os.getenv('B')\nos.environ['C']\n",
        ["3:13 A read required", "5:16 B read optional", "6:13 C read required"],
    ),
    "three quotes that do not end": (
        "import os\nos.environ['A']\n'''oops\nos.environ['B']\n",
        ["2:13 A read required", "4:13 B read required"],
    ),
    "Django settings without an import of their own": (
        "-- base.py --\nimport os\nimport environ\nenv = environ.Env()\n"
        "-- mid.py --\nfrom base import *\n"
        "-- prod.py --\nfrom mid import *\nos.environ['A']\nenv('B')\n",
        ["prod.py:2:13 A read required", "prod.py:3:6 B read required"],
    ),
    "a package's name instead of its module's": (
        "-- core/config.py --\nfrom starlette.config import Config\nconfig = Config()\n"
        "-- core/__init__.py --\nfrom core.config import config\n"
        "-- app.py --\nfrom core import config\nimport core\nconfig('A')\ncore.config('B', default=1)\n",
        ["app.py:3:9 A read required", "app.py:4:14 B read defaulted"],
    ),
    "modules that import each other": (
        "-- a.py --\nimport b, os\nNAME = 'A'\nos.environ[b.NAME]\n"
        "-- b.py --\nimport a, os\nNAME = 'B'\nos.environ[a.NAME]\n",
        ["a.py:3:12 B read required", "b.py:3:12 A read required"],
    ),
    "wrappers through three levels and a package": (
        "-- util/env.py --\nimport os\ndef raw(name, default=None): return os.environ.get(name, default)\n"
        "def text(key, default=''): return raw(key, default)\n"
        "def flag(key, default=False): return text(key, str(default)) == '1'\n"
        "-- util/__init__.py --\nfrom .env import flag\n"
        "-- app.py --\nfrom util import flag, env as e\nflag('A')\nflag(default=True, key='B')\ne.raw('C')\n",
        ["app.py:2:7 A read defaulted", "app.py:3:25 B read defaulted", "app.py:4:8 C read optional"],
    ),
}
# A file in which one line is being typed: the reads in the other lines are still found.
AROUND = """import os
from environs import Env
env = Env()
A = os.environ["A"]
class Config:
    B = os.environ.get("B", "x")
    def url(self):
        return f"{os.environ['C']}/x"
def get(name): return os.environ[name]
<LINE>
D = get("D")
with env.prefixed("P_"):
    E = env("E")
F = {
    "k": os.getenv("F"),
}
"""
TYPED = [
    "x = os.environ.get('X', \"it's\")",
    "x = f\"{os.environ['X']}-{y!r:>10}\"",
    'x = """three {quotes"""',
    'x = {"a": os.environ["X"], "b": [1, (2, 3)]}',
    "def f(a, b=os.getenv('X')): return a",
    "@decorate('X', key=[os.environ['X']])",
    "if os.environ.get('X') == '1': pass",
    "with open(os.environ['X']) as file: data = file.read()",
    "try: x = int(os.environ['X'])",
    "class X(Base, metaclass=abc): pass",
]


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_is_not_found(text: str) -> None:
    assert rendered(text) == []


@pytest.mark.parametrize(("text", "found"), FOUND.values(), ids=FOUND)
def test_is_found(text: str, found: list[str]) -> None:
    assert [line for line in rendered(text) if "?" not in line] == found


# Each line is analysed as often as it has characters.
@pytest.mark.parametrize(
    "line", [*TYPED[:1], *(pytest.param(line, marks=pytest.mark.slow) for line in TYPED[1:])]
)
def test_while_typing_other_lines_are_still_found(line: str) -> None:
    lost = {}
    for length in range(len(line) + 1):
        text = AROUND.replace("<LINE>", line[:length])
        found = {one.variable.name for one in analyze("/ws/app.py", text).references}
        if missing := {"A", "B", "C", "D", "P_E", "F"} - found:
            lost[line[:length]] = missing
    assert lost == {}

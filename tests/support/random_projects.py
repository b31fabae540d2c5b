"""Projects from a seed with a secret in each place where a file can contain one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from support.random_secrets import Secrets

NAMES = ("SECRET_KEY", "DATABASE_URL", "API_TOKEN", "A", "PASSWORD", "db_pass", "X_1", "STRIPE", "PORT")
# In the lines, N becomes the name of a variable, S a secret, and KEY a private key.
_ENV = """\
N=S
N="S"
N='S'
export N = S # S
# N=S
# old: S
#S
N=postgres://user:S@host/db
N=KEY
N="KEY"
N='KEY
N="KEY
KEY
N: S
N='{"k": "S"}'
N=${N:-S}
N=S${S}
N=a \\\\nS
N
N=
N='it''s S'
N="a\\nS\\nb"
  N  =  `S`
N=S\\r
N=\ufeffS
curl -H 'x: S'
set N=S
N+=S
[S]
N=$(S)
S
=S
N=x=S
N=S\\nS\\nS
-N=S
N?=S
"""
_PYTHON = """\
Client(os.environ['N'], token='S')
os.getenv('N', 'S')
x = os.environ['N']  # S
app.config['SECRET_KEY'] = 'S'
app.config['PASSWORD'] = os.getenv('N') or 'S'
url = f'http://u:S@{os.environ["N"]}/'
os.environ['N'] = 'S'
os.environ.setdefault('N', 'S')
config('N', default='S')
env.str('N', 'S')
d = dict(a='S', b=os.environ['N'])
if os.environ['N'] == 'S': pass
int(os.getenv('N')) + int('S')
bool(os.getenv('N', 'S'))
'''S\\nS''' + os.environ['N'] + 'S'
class C:\\n    SECRET_KEY = 'S'\\n    T = os.environ.get('N', 'S')\\napp.config.from_object(C)
headers = {'Authorization': 'Bearer S', 'k': os.environ['N']}
app.secret_key = b'S'
app.config.update(SECRET_KEY='S', TOKEN=os.environ['N'])
assert os.environ['N'], 'S'
if x == 'S' and os.environ['N']: raise KeyError('S')
def f(a='S'): return os.environ['N'].split('S')
os.environ['N'
x = 'S
os.environ.get('N') or exit('S')
os.getenv('N').replace('S', '')
app.config['SQLALCHEMY_DATABASE_URI'] = 'postgres://u:S@h/d'
match os.environ['N']:\\n    case 'S': pass
subprocess.run(['x', '--key=S'], env={'K': 'S', **os.environ})
load_dotenv('.env')\\nset_key('.env', 'K', 'S')
"""
_WORDS = re.compile(r"(?<![A-Za-z_])(N|S|KEY)(?![A-Za-z_])")
_START = """\
import os, environs, subprocess
from decouple import config
from dotenv import load_dotenv, set_key
from flask import Flask
app = Flask(__name__)
env = environs.Env()
"""
_OTHERS = {
    "docker-compose.yml": """\
# S
services:
  web:
    build: .
    command: gunicorn app:app --key 'S'
    environment: {TOKEN: 'S', API_TOKEN: '${API_TOKEN:-S}'}
    env_file: .env
  db:
    environment: ['POSTGRES_PASSWORD=S', 'A']
""",
    "Dockerfile": """\
FROM python:3.13
# S
ARG TOKEN='S'
ENV SECRET_KEY='S' X='S'
ENV OLD 'S'
RUN pip install --index-url 'https://u:S@h/' x && TOKEN='S' python app.py
CMD ['python', 'app.py', 'S']
""",
    ".envrc": "export SECRET_KEY='S'\nexport TOKEN=$(pass 'S')\n# S\ndotenv .env\n",
    "Procfile": "web: SECRET_KEY='S' gunicorn app:app --token 'S'\nworker: python app.py S\n",
    "Makefile": "export TOKEN = S\nrun:\n\tSECRET_KEY='S' python app.py 'S'\n",
    ".github/workflows/ci.yml": """\
on: push
env: {TOKEN: 'S'}
jobs:
  t:
    runs-on: x
    steps:
    - run: SECRET_KEY='S' pytest
      env: {API_TOKEN: 'S'}
""",
    "pyproject.toml": "[tool.pytest_env]\nSECRET_KEY = 'S'\n[tool.other]\nk = 'S'\n",
    "fly.toml": "[env]\nSECRET_KEY = 'S'\n",
    "render.yaml": "services: [{type: web, startCommand: 'x S', envVars: [{key: SECRET_KEY, value: 'S'}]}]\n",
    "heroku.yml": "setup: {config: {SECRET_KEY: 'S'}}\nrun: {web: \"python app.py --k 'S'\"}\n",
    "tox.ini": "[testenv]\nsetenv =\n  SECRET_KEY = S\n",
    "instance/config.py": "SECRET_KEY = 'S'\nDEBUG = 'S'\n",
    "start.sh": "#!/bin/sh\nexport SECRET_KEY='S'\nTOKEN='S' python app.py --x 'S'\n",
    "web.service": '[Service]\nEnvironment="SECRET_KEY=S" A=S\nExecStart=gunicorn app:app S\n',
    ".vscode/launch.json": json.dumps(
        {
            "configurations": [
                {"type": "debugpy", "program": "app.py", "args": ["S"], "env": {"API_TOKEN": "S"}}
            ]
        }
    ),
    "app.json": json.dumps(
        {
            "env": {"SECRET_KEY": {"value": "S", "description": "a key"}, "API_TOKEN": "S"},
            "scripts": {"postdeploy": "x S"},
        }
    ),
}


def random_project(seed: int, folder: Path) -> Secrets:
    """Write a project; the same one for the same seed."""
    dice = Random(seed)
    secrets = Secrets(dice)
    for name, text in _files(dice, secrets).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
    return secrets


def _files(dice: Random, secrets: Secrets) -> dict[str, str]:
    def lines(kinds: str, least: int, most: int) -> str:
        chosen = [dice.choice(kinds.splitlines()) for _ in range(dice.randint(least, most))]
        unescaped = (each.replace("\\n", "\n").replace("\\r", "\r") for each in chosen)
        return _filled("".join(f"{each}\n" for each in unescaped), dice, secrets)

    files = {"app.py": _START + lines(_PYTHON, 3, 13), ".env": lines(_ENV, 3, 12)}
    more: Sequence[tuple[str, float, Callable[[], str]]] = (
        ("other.py", 0.5, lambda: _START + lines(_PYTHON, 1, 8)),
        (".env.example", 0.6, lambda: "SECRET_KEY=\nAPI_TOKEN=\n"),
        (".flaskenv", 0.3, lambda: lines(_ENV, 1, 6)),
        ("prod.env", 0.3, lambda: lines(_ENV, 1, 6)),
        *((name, 0.5, lambda text=text: _filled(text, dice, secrets)) for name, text in _OTHERS.items()),  # type: ignore[misc]
    )
    return files | {name: text() for name, share, text in more if dice.random() < share}


def _filled(text: str, dice: Random, secrets: Secrets) -> str:
    """A text in which each word N, S and KEY is replaced."""
    found = []
    for word in _WORDS.split(text):
        match word:
            case "N":
                found.append(dice.choice(NAMES))
            case "S":
                found.append(secrets.value())
            case "KEY":
                found.append(secrets.key())
            case _:
                found.append(word)
    return "".join(found)

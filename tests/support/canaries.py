"""Folders in which every value, or part of one, contains a word that must never be shown."""

from __future__ import annotations

CANARY = "c4n4ry"
_BEGIN, _END = "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----"
_LINES = ("MIIEvQIBADANBgkqhkiG9w0{0}QEFAASC", "abcDEF+/{0}==", "{0}=", "{0}==", "C{0}")
_BODY = "".join(f"{line}\n" for line in _LINES).format(CANARY)
_APP = """\
-- app.py --
import os
from dotenv import load_dotenv
load_dotenv()
os.environ["PRIVATE_KEY"]; os.environ["AFTER"]; os.environ["GONE"]
"""


def _env(text: str) -> str:
    """A project with this env file, an identical template, and its lines in the files of two other runs."""
    files = (".env", ".env.example", ".flaskenv", "sub/.env.local")
    return _APP + "".join(f"-- {file} --\n{text}" for file in files)


FOLDERS: dict[str, str] = {
    "values": f"""\
-- app.py --
import os
from flask import Flask
app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
url = os.environ["DATABASE_URL"]
gone = os.environ["MISSING"]
port = int(os.environ.get("PORT_2"))
-- .env --
# {CANARY}
export SECRET_KEY="{CANARY} ${{DATABASE_URL}}" # {CANARY}
DATABASE_URL=postgres://u:{CANARY}@h/db
DATABASE_URL='{CANARY}
more'
not valid {CANARY}
UNUSED={CANARY}
EMPTY=
BARE
-- .env.example --
SECRET_KEY={CANARY}
EMPTY={CANARY}
-- app.json --
{{"env": {{"SECRET_KEY": {{"value": "{CANARY}", "description": "was {CANARY}"}}, "MISSING": "{CANARY}",
 "{CANARY}-1": "x"}}, "scripts": {{"postdeploy": "x --password={CANARY} $EMPTY"}}}}
-- Procfile --
web: TOKEN={CANARY} gunicorn app:app --key {CANARY} $UNUSED
-- heroku.yml --
run:
  web: run --key {CANARY} $UNUSED
-- docker-compose.yml --
services: {{web: {{environment: {{TOKEN: {CANARY}}}}}}}
-- pyproject.toml --
[tool.configvars]
given = ["{CANARY}"]
""",
    "a key without quotes": _env(f"PRIVATE_KEY={_BEGIN}\n{_BODY}{_END}\nAFTER=1\n"),
    "a key without its closing quote": _env(f'PRIVATE_KEY="{_BEGIN}\n{_BODY}{_END}\nAFTER=1\n'),
    "a key that swallows what follows": _env(
        f'PRIVATE_KEY="{_BEGIN}\n{_BODY}{_END}\nAFTER=1\nURL="{CANARY}"\nLAST={CANARY}\n'
    ),
    "a key without end": _env(f"PRIVATE_KEY='{_BEGIN}\n{_BODY}AFTER=1\n"),
    "a key in quotes of its first line": _env(f'export PRIVATE_KEY="{_BEGIN}"\n{_BODY}{_END}\nAFTER=1\n'),
    "a key below its name": _env(f"PRIVATE_KEY=\n{_BEGIN}\n{_BODY}{_END}\nAFTER=1\n"),
    "a key with other line endings": _env(
        f"PRIVATE_KEY={_BEGIN}\n{_BODY}{_END}\nAFTER=1\n".replace("\n", "\r\n")
    ),
    "a key commented out by half": _env(f"# PRIVATE_KEY={_BEGIN}\n{_BODY}{_END}\nAFTER=1\n"),
    "keys of a chain": _env(f"PRIVATE_KEY={_BEGIN}\n{_BODY}{_END}\n{_BEGIN}\n{_BODY}{_END}\nAFTER=1\n"),
    "an encrypted key": _env(
        f"PRIVATE_KEY={_BEGIN}\nProc-Type: 4,{CANARY}\nDEK-Info: AES,{CANARY}\n\n{_BODY}{_END}\nAFTER=1\n"
    ),
    "base64 without marks": _env(
        f"PRIVATE_KEY={'MIIc' * 16}\n{'aB1' * 12}{CANARY}{'Ab1' * 6}\n{CANARY}=\nAFTER=1\n"
    ),
    "json over several lines": _env(
        f'PRIVATE_KEY={{\n  "type": "{CANARY}",\n  "private_key": "{_BEGIN}\\n{CANARY}\\n{_END}\\n",\n'
        f'  "{CANARY}": 1\n}}\nAFTER=1\n'
    ),
    "a quote that is never closed": _env(
        f"PRIVATE_KEY='{CANARY}\n{CANARY}\n{CANARY} {CANARY}\n{CANARY}==\nAFTER=1\n"
    ),
    "no names": _env(
        f"{CANARY}-1=x\n{CANARY}.a=x\n9{CANARY}=x\n'{CANARY} x'=1\n\"{CANARY}\"=1\n:{CANARY}\n{CANARY}: x\n"
        f"sk_live_{CANARY}51HxYz=x\nAKIA{CANARY.upper()}EXAMPLE12=x\nf2c1e7ab40d58c{CANARY}3e6f1a7b2=x\n"
        f"PRIVATE_KEY=pa${{{CANARY}-}}x${{{CANARY}.b}}${{9{CANARY}:-{CANARY}}}\nAFTER=1\n"
    ),
    "comments": f"""\
{_APP}-- .env --
# DB_PASSWORD={CANARY}
DB_PASSWORD=new # was {CANARY}
# the old key was {CANARY}

# --- {CANARY} ---
AFTER=x # {CANARY}
GONE=1 # GONE={CANARY}
PRIVATE_KEY=1
-- .env.example --
# DB_PASSWORD={CANARY}
# export OLD='{CANARY}'
# OLDER: {CANARY}
# was {CANARY}
# the password is {CANARY}
# postgres://u:{CANARY}@h/d
DB_PASSWORD=x # was: {CANARY}
PRIVATE_KEY=new # old {CANARY}
""",
    "a word alone": f"{_APP}-- .env --\n{CANARY}\nAFTER=pa${{{CANARY}}}\n",
    "code": f"""\
-- app.py --
import os, requests
from flask import Flask
app = Flask(__name__)
c = Client(os.environ["API_URL"], token="sk_live_{CANARY}", pin={CANARY!r}, n=0x{CANARY[1]}4711)
d = f"{CANARY} {{os.environ['B']:>{{9}}}} {CANARY}"  # {CANARY}
e = \"\"\"{CANARY}
or {CANARY} is not \"\"\" + os.environ["C"] + '{CANARY}'
{CANARY} = os.environ["D"]
app.config["SECRET_KEY"] = os.environ.get("E", "{CANARY}9f2c1e7ab40d58c3e6f1a7b2")
app.config["SQLALCHEMY_DATABASE_URI"] = "postgres://u:{CANARY}@h/{CANARY}"
app.config["SQLALCHEMY_DATABASE_URL"] = "sqlite:///{CANARY}.db"
class Config:
    API_TOKEN = "{CANARY}9f2c1e7ab40d58c3e6f1a7b2"
    secret_key = "{CANARY}"
app.config.from_object(Config)
app.config["SECRET_KEYS"] = "{CANARY}9f2c1e7ab40d58c3e6f1a7b2"
app.secret_key = b"{CANARY}9f2c1e7ab40d58c3e6f1a7b2"
n = int(os.getenv("F")) if bool(os.getenv("G")) else "{CANARY}"
h = os.environ["{CANARY[:1]}" "H"], {CANARY}("{CANARY}"
k = os.environ["K"] {CANARY} {CANARY}
os.getenv("sk_live_{CANARY}51HxYz"); os.environ["AKIA{CANARY.upper()}EXAMPLE12"] = "x"
app.config["f2c1e7ab40d58c{CANARY}3e6f1a7b2"] = os.environ["eyJ{CANARY}GciOiJIUzI1NiJ9"]
-- notebook.ipynb --
{{"cells": [{{"cell_type": "code", "source": [
 "import os\\n", "f('{CANARY}', os.environ['N'])  # {CANARY}"]}}]}}
-- templates/x.html --
<p>{CANARY} {{{{ config.NO_SUCH_KEY }}}} {CANARY}</p>
-- .env --
A=1
""",
    "files that start programs": f"""\
-- app.py --
import os
os.environ["PRIVATE_KEY"]; os.environ["AFTER"]; os.environ["GONE"]; int(os.environ["SECRET_KEY"])
-- .env --
A=1
-- compose.yaml --
x-common: &common {{SECRET_KEY: "{CANARY}"}}
services:
  web:
    build: {{context: ., args: {{PRIVATE_KEY: {CANARY}, A: "${{AFTER:-{CANARY}}}"}}}}
    command: gunicorn app:app --key {CANARY} --env SECRET_KEY={CANARY}
    environment: [SECRET_KEY={CANARY}, "AFTER=${{AFTER:?{CANARY} is missing}}", {CANARY}]
    env_file: [prod.env]
    labels: {{<<: *common, {CANARY}: {CANARY}}}
-- prod.env --
SECRET_KEY={CANARY}
-- Dockerfile --
# {CANARY}
FROM python:3.13
ARG PRIVATE_KEY={CANARY}
ENV SECRET_KEY="{CANARY} x" AFTER={CANARY}
ENV GONE {CANARY}
CMD ["gunicorn", "app:app", "--env", "SECRET_KEY={CANARY}"]
-- .envrc --
export SECRET_KEY="{CANARY}" AFTER={CANARY} # {CANARY}
dotenv_if_exists {CANARY}
export GONE=$(echo {CANARY})
-- .vscode/launch.json --
{{"configurations": [{{"name": "Shop", "type": "debugpy", "program": "app.py", "args": ["{CANARY}"],
 "env": {{"SECRET_KEY": "{CANARY}"}}, "envFile": "${{workspaceFolder}}/prod.env"}}]}}
-- .vscode/tasks.json --
{{"options": {{"env": {{"AFTER": "{CANARY}"}}}},
 "tasks": [{{"label": "Shop", "command": "GONE={CANARY} flask run", "args": ["{CANARY}"],
 "envFile": "{CANARY}", "options": {{"env": {{"SECRET_KEY": "{CANARY}"}}}}}}]}}
-- web.service --
[Service]
Environment=SECRET_KEY={CANARY} "AFTER={CANARY} x"
EnvironmentFile=-/etc/{CANARY}
ExecStart=/usr/bin/env GONE={CANARY} gunicorn app:app --key {CANARY}
-- fly.toml --
[app]
name = "{CANARY}"
[env]
SECRET_KEY = "{CANARY}"
AFTER = {{x = "{CANARY}"}}
[deploy]
release_command = "GONE={CANARY} flask db upgrade --sql {CANARY}"
-- fly.empty.toml --
app = {{name = "{CANARY}"}}
[env]
SECRET_KEY = "{CANARY}"
-- render.yaml --
services:
  - type: web
    name: web
    startCommand: GONE={CANARY} gunicorn app:app --key {CANARY}
    envVars: [{{key: SECRET_KEY, value: {CANARY}}}, {{fromGroup: {CANARY}}}, {{key: [{CANARY}]}}]
-- gunicorn.conf.py --
raw_env = ["SECRET_KEY={CANARY}", "AFTER={CANARY} x", "{CANARY}"]
-- .github/workflows/ci.yml --
on: push
env: {{SECRET_KEY: "{CANARY}"}}
jobs:
  test:
    runs-on: ubuntu-latest
    env: {{AFTER: {CANARY}}}
    steps:
      - run: SECRET_KEY={CANARY} python app.py --key {CANARY}
-- Makefile --
export SECRET_KEY = {CANARY}
run:
\tAFTER={CANARY} python app.py {CANARY} $(GONE)
-- start.sh --
#!/bin/sh
export SECRET_KEY='{CANARY}'
AFTER="{CANARY}" GONE={CANARY} exec gunicorn app:app "${{PRIVATE_KEY:-{CANARY}}}" # {CANARY}
-- package.json --
{{"scripts": {{"start": "SECRET_KEY={CANARY} node x.js --key {CANARY} $GONE"}}, "{CANARY}": 1}}
-- Procfile --
web: env SECRET_KEY={CANARY} gunicorn 'app:create("{CANARY}")'
release: flask db upgrade --sql {CANARY} $AFTER
-- tox.ini --
[testenv]
setenv = SECRET_KEY={CANARY}
passenv = {CANARY}
-- pytest.ini --
[pytest]
env = SECRET_KEY={CANARY}
""",
    "files of libraries": f"""\
-- app.py --
import os
import environ
from decouple import config, Csv
from dynaconf import Dynaconf
from flask import Flask
from environs import Env
from pydantic import Field
from pydantic_settings import BaseSettings
env = environ.Env(DEBUG=(bool, False), SECRET_KEY=(str, "{CANARY}"))
environ.Env.read_env(".env")
env("SECRET_KEY"); env.db("DATABASE_URL", default="postgres://u:{CANARY}@h/d")
config("DB_PASSWORD", default="{CANARY}", cast=Csv(delimiter="{CANARY}"))
settings = Dynaconf(envvar_prefix="{CANARY.upper()}", settings_files=["settings.toml", ".secrets.toml"])
other = Env()
other.str("PRIVATE_KEY", "{CANARY}", validate=lambda n: n != "{CANARY}")
class Settings(BaseSettings):
    NOBODY: str = Field("{CANARY}", description="{CANARY}", examples=["{CANARY}"])
    AFTER: str = "{CANARY}"
app = Flask(__name__)
app.config.from_prefixed_env()
app.config.from_mapping(SECRET_KEY=os.getenv("SECRET_KEY", "{CANARY}"), MAIL_PASSWORD="{CANARY}")
app.config["PERMANENT_SESSION_LIFETIME"] = "{CANARY}"
app.config.from_pyfile("local.cfg", silent=True)
app.config["MAIL_PASSWORD"]; app.config["NO_SUCH_KEY"]; app.run(debug=os.getenv("FLASK_DEBUG"))
-- local.cfg --
SECRET_KEY = "{CANARY}9f2c1e7ab40d58c3e6f1a7b2"
MAIL_PASSWORD = "{CANARY}"
-- .env --
SECRET_KEY={CANARY}
FLASK_SECRET_KEY={CANARY}
FLASK_DEBUG={CANARY}
DATABASE_URL=postgres://u:{CANARY}@h/d
AFTER={CANARY}
-- .flaskenv --
FLASK_APP={CANARY}
-- settings.ini --
[settings]
DB_PASSWORD={CANARY}
; {CANARY}
-- settings.toml --
[default]
secret_key = "{CANARY}"
{CANARY} = "x"
-- .secrets.toml --
[default]
password = "{CANARY}"
-- instance/config.py --
SECRET_KEY = "{CANARY}9f2c1e7ab40d58c3e6f1a7b2"
""",
}

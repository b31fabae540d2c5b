"""Thousands of random edits: facts and findings equal those of a folder that is read from scratch."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from configvars.model import FileFacts
from configvars.project import Project
from configvars.slices import finish
from configvars.workspace import Workspace
from support.fixtures import fixture

pytestmark = pytest.mark.slow

EDITS = int(os.environ.get("CONFIGVARS_EDITS", "5000"))
"""`make test` sets this to 50000, `make nightly` to 1000000."""
RUNS = 10
BETWEEN = 250
"""The number of edits after which the folder is compared with one that is read from scratch."""
HEAD = "import os, flask  # os.environ\n"
"""Stays at the top of each Python file, so that all files are analysed.

A file that was once relevant stays known.
"""
LONGEST = 40
"""The maximum number of lines in a file, so that an edit at the end is as fast as at the beginning."""

FOLDER = """\
-- consts.py --
PREFIX = 'APP_'
KEY = PREFIX + 'KEY'
-- conf.py --
import os
from consts import *
from consts import PREFIX as START
class Conf:
    def get(self, name, default=None):
        return os.environ.get(START + name, default)
def need(name):
    return os.environ[name]
-- mid.py --
from conf import Conf, need
conf = Conf()
def ask(name):
    return need(name.upper())
-- app.py --
from mid import conf, ask
from consts import KEY
import conf as module
conf.get('A')
ask('b')
module.need(KEY)
-- web/__init__.py --
from flask import Flask
from .config import Local
app = Flask(__name__)
app.config.from_object(Local)
app.config['MAIL_SERVER']
-- web/config.py --
import os
class Base:
    SECRET_KEY = os.environ['SECRET_KEY']
class Local(Base):
    DEBUG = bool(os.getenv('DEBUG'))
-- .env --
APP_KEY=1
B=${APP_KEY}
SECRET_KEY='x'
-- .env.example --
APP_KEY=
B=
-- app.json --
{"env": {"SECRET_KEY": {"generator": "secret"}}}
"""
PYTHON = (
    "import os",
    "from consts import *",
    "from conf import need, Conf",
    "from mid import ask",
    "from app import conf as ask",
    "from web.config import Base as Conf",
    "KEY = 'OTHER'",
    "PREFIX = 'NEW_'",
    "def need(name, other): return os.environ[other]",
    "def ask(name): return name",
    "    return os.environ[PREFIX + KEY]",
    "class Local(Conf):",
    "    SECRET_KEY = os.environ.get('SECRET_KEY')",
    "x = os.environ['HERE']",
    "if os.getenv('B'): KEY = need('C')",
    "conf = Conf()",
    "conf.get('B')",
    "need('C')  # configvars: ignore",
    "os.environ['APP_KEY'] = 'x'",
    "for KEY in ('A', 'B'):",
    "    ask(KEY)",
    "app.config.update(B=1)",
    "from dotenv import load_dotenv; load_dotenv('.env')",
    "x = f'{KEY}' + (",
    "'''",
)
ENV = (
    "A=1",
    "B=${A}",
    "APP_KEY=",
    "export C='x y'",
    'D="',
    "A B",
    "HERE",
    "# note",
    "SECRET_KEY=${B}",
    "E='",
)
JSON = ('{"env": {"B": ""}}', '{"env": {"APP_KEY": "x", "A": {"required": false}}}', "{", "")


def edited(text: str, path: str, random: Random) -> str:
    """The text after one edit: a line is inserted, removed or changed, some characters are removed, or a
    part is moved.
    """
    if path.endswith(".json"):
        return random.choice(JSON)
    head = HEAD if path.endswith(".py") else ""
    lines = text.removeprefix(head).split("\n")
    at = random.randrange(len(lines))
    new = random.choice(PYTHON if path.endswith(".py") else ENV)
    match random.randrange(6) if len(lines) < LONGEST else 5:
        case 0 | 1:
            lines.insert(at, new)
        case 2:
            lines[at] = new
        case 3:
            line = lines[at]
            cut = random.randrange(len(line) + 1)
            lines[at] = line[:cut] + line[cut + random.randint(0, 3) :] + random.choice(("", "'", "(", "A"))
        case 4:
            lines.insert(random.randrange(len(lines)), lines.pop(at))
        case _:
            del lines[at : at + random.randint(1, 4)]
    return head + "\n".join(lines)


def with_head(path: str, text: str) -> str:
    return HEAD + text if path.endswith(".py") else text


def described(facts: FileFacts, project: Project) -> object:
    """The facts of a file, with positions instead of marks, because marks depend on the version of the
    text.
    """
    references = [
        (r.variable, r.span, r.access, r.need, r.written_at and project.place(r.written_at), r.via is None)
        for r in facts.references
    ]
    return references, facts.dynamic, facts.definitions, facts.env_files, facts.problems, facts.skipped


def all_of(workspace: Workspace) -> dict[str, object]:
    """The facts and findings of each file."""
    project = workspace.project()
    return {
        path: (described(facts, project), [(f.check, f.span, f.message) for f in workspace.findings(path)])
        for path, facts in project.index.files.items()
    }


def read_anew(root: Path, texts: dict[str, str]) -> dict[str, object]:
    workspace = Workspace(str(root))
    for path, text in texts.items():
        workspace.open(path, text)
    finish(workspace.load())
    return all_of(workspace)


@pytest.mark.beyond_limits
@pytest.mark.parametrize("seed", range(RUNS))
def test_incremental_results_equal_a_fresh_read(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    first = {str(tmp_path / name): with_head(name, text) for name, text in fixture(FOLDER).files.items()}
    for path, text in first.items():
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_text(text)
    workspace = Workspace(str(tmp_path))
    finish(workspace.load())
    texts: dict[str, str] = {}
    for number in range(1, EDITS // RUNS + 1):
        path = random.choice(sorted(first))
        if path in texts and not random.randrange(40):
            del texts[path]
            workspace.close(path)
        else:
            texts[path] = edited(texts.get(path, first[path]), path, random)
            workspace.open(path, texts[path])
        if number % BETWEEN == 0:
            finish(workspace.catch_up())
            assert all_of(workspace) == read_anew(tmp_path, texts), f"after {number} edits"

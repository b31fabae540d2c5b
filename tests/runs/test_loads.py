"""Which env files code loads before and after it reads `KEY`, and which files may load them."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.runs.flask_files import FlaskFiles
from configvars.runs.follow import Entry, follow
from configvars.runs.loads import Load, loaders_near, loads_around
from configvars.runs.reach import reach
from support.projects import Opened, opened

ENV = "-- .env --\nKEY=1\n-- a.env --\nKEY=1\n-- conf/a.env --\nKEY=1\n"
HEAD = "import os\nfrom dotenv import load_dotenv\n"
READ = "os.environ['KEY']\n"
CONFIG = "-- config.py --\nimport os\nos.environ['KEY']\n"
SETTINGS = (
    "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n"
    "    model_config = {'env_file': 'a.env'}\n"
)
ENVIRONS = "from environs import Env\nenv = Env()\nenv.read_env('a.env')\n"
SINCE, BEFORE = (f"-- requirements.txt --\nenvirons=={version}\n" for version in ("15.0.0", "14.1.0"))


def shown(it: Opened, load: Load) -> str:
    files = " ".join(map(it.project.relative, load.paths)) or "nothing"
    line = it.line(load.loader, load.use.span.start).rpartition(":")[0]
    return f"{line} {files}{'' if load.certain else '?'}"


def around(
    root: Path,
    text: str,
    *,
    main: bool = False,
    others: tuple[str, ...] = (),
    by_flask: bool = True,
    cwd: str | None = None,
) -> str:
    """The loads around the reads of `KEY`, in a run of `app.py`."""
    it = opened(root, f"{ENV}-- app.py --\n{text}")
    project, start = it.project, it.path("app.py")
    files = project.index.files
    trace = follow(project, Entry(start, main=main), reach(project, start).leading_to(files))
    reads = [
        (path, one) for path, facts in files.items() for one in facts.references if one.variable.name == "KEY"
    ]
    found = loads_around(
        project,
        trace,
        sorted(reads, key=lambda read: read[0]),
        map(it.path, others),
        FlaskFiles((it.path(".env"),) if by_flask else ()),
        None if cwd is None else it.path(cwd),
    )
    fields = ((name, getattr(found, name)) for name in found.__struct_fields__)
    return "; ".join(
        f"{name}: {', '.join(shown(it, one) for one in loads)}" for name, loads in fields if loads
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{HEAD}{READ}", ""),
        (f"{HEAD}{READ}load_dotenv()\n", "after: app.py:4 .env"),
        (f"{HEAD}if __name__ == '__main__':\n    load_dotenv()\n{READ}", "in_main: app.py:4 .env"),
        (
            f"{HEAD}def load():\n    load_dotenv()\n{READ}if __name__ == '__main__':\n    load()\n",
            "in_main: app.py:4 .env",
        ),
        (
            f"{HEAD}def load():\n    load_dotenv()\n{READ}load()\nif __name__ == '__main__':\n    load()\n",
            "after: app.py:4 .env",
        ),
        (
            f"{HEAD}def load():\n    load_dotenv()\n{READ}def late():\n    load()\n"
            "if __name__ == '__main__':\n    load()\n",
            "before: app.py:4 .env",
        ),
        (f"{HEAD}{READ}def load():\n    load_dotenv()\n", "perhaps: app.py:5 .env"),
        (f"{HEAD}{SETTINGS}    other: str\n{READ}", ""),
        (f"{HEAD}{ENVIRONS}{READ}{SINCE}", "unseen: app.py:5 a.env"),
        (f"{HEAD}load_dotenv('gone.env')\n{READ}", "before: app.py:3 nothing"),
        (f"{HEAD}load_dotenv()\n{READ}", "before: app.py:3 .env"),
        (f"{HEAD}load_dotenv(name + '.env')\n{READ}", "before: app.py:3 .env a.env?"),
        (
            f"{HEAD}if x:\n    load_dotenv(override=True)\nelse:\n    load_dotenv('a.env')\n{READ}",
            "before: app.py:4 .env?, app.py:6 a.env",
        ),
        (
            f"{HEAD}load_dotenv()\n{READ}load_dotenv('a.env')\n{READ}",
            "before: app.py:3 .env; after: app.py:5 a.env",
        ),
        (
            f"{HEAD}load_dotenv('a.env')\nload_dotenv()\n{READ}",
            "before: app.py:3 a.env, app.py:4 .env",
        ),
        (f"{HEAD}def load():\n    load_dotenv()\n{READ}load()\n", "after: app.py:4 .env"),
        (f"{HEAD}def load():\n    load_dotenv()\n{READ}", "before: app.py:4 .env"),
        (
            f"import z, b\n{CONFIG}-- z.py --\n{HEAD}load_dotenv()\n-- b.py --\n{HEAD}import config\n",
            "before: z.py:3 .env",
        ),
        (
            f"import z, b, config\n{CONFIG}-- z.py --\n{HEAD}load_dotenv()\n"
            f"-- b.py --\n{HEAD}load_dotenv('a.env')\n",
            "before: z.py:3 .env, b.py:3 a.env",
        ),
        (f"{HEAD}load_dotenv()\n{CONFIG}", "before: app.py:3 .env"),
        (f"{HEAD}{SETTINGS}    key: str\nS()\n", "before: app.py:4 a.env"),
        (f"{HEAD}{READ}{SETTINGS}    key: str\nS()\n", "before: app.py:5 a.env"),
        (f"{HEAD}{ENVIRONS}env('KEY')\n{SINCE}", "before: app.py:5 a.env"),
        (f"{HEAD}{ENVIRONS}{READ}env('KEY')\n{SINCE}", "unseen: app.py:5 a.env"),
        (f"{HEAD}{ENVIRONS}env('KEY')\n{READ}{SINCE}", "before: app.py:5 a.env"),
        (
            "import config\n"
            + CONFIG.replace("os.environ", "if x: os.environ")
            + f"-- b.py --\n{HEAD}{READ}",
            "",
        ),
        (
            f"{HEAD}def f():\n    {READ}load_dotenv()\nload_dotenv('a.env')\n",
            "before: app.py:5 .env, app.py:6 a.env",
        ),
        (
            f"from flask import Flask\napp = Flask(__name__)\napp.run()\n-- other.py --\nimport os\n{READ}",
            "before: app.py:3 .env",
        ),
        (
            f"{HEAD}{ENVIRONS}{SINCE}-- other.py --\nimport os\nfrom app import env\n{READ}env('KEY')\n",
            "before: app.py:5 a.env",
        ),
        (f"{HEAD}{ENVIRONS}{READ}{BEFORE}", "before: app.py:5 a.env"),
        (
            f"{HEAD}from flask import Flask\napp = Flask(__name__)\n{READ}app.run()\n",
            "after: app.py:6 .env",
        ),
        (
            f"{HEAD}from flask import Flask\napp = Flask(__name__)\napp.run()\n{READ}",
            "before: app.py:5 .env",
        ),
    ],
)
def test_loads_around_a_read(tmp_path: Path, text: str, expected: str) -> None:
    assert around(tmp_path, text) == expected


def test_app_run_without_env_files_loads_nothing(tmp_path: Path) -> None:
    text = f"{HEAD}from flask import Flask\napp = Flask(__name__)\napp.run()\n{READ}"
    assert around(tmp_path, text, by_flask=False) == ""


def test_a_program_that_runs_as_main_loads_it(tmp_path: Path) -> None:
    text = f"{HEAD}if __name__ == '__main__':\n    load_dotenv()\n{READ}"
    assert around(tmp_path, text, main=True) == "before: app.py:4 .env"


def test_files_that_the_run_may_execute_come_first(tmp_path: Path) -> None:
    text = f"{HEAD}load_dotenv()\n{READ}-- other.py --\n{HEAD}load_dotenv('a.env')\n"
    text += f"-- not.py --\n{HEAD}load_dotenv()\n"
    text += f"-- more.py --\n{HEAD}if __name__ == '__main__':\n    load_dotenv()\n"
    expected = "before: more.py:4 .env, other.py:3 a.env, app.py:3 .env"
    assert around(tmp_path, text, others=("other.py", "more.py", "no_such.py")) == expected


@pytest.mark.parametrize(
    ("load", "expected"),
    [
        ("load_dotenv(Path(__file__).parent / 'a.env')", "a.env"),
        ("load_dotenv('b.env')", "nothing"),
        ("load_dotenv('a.env')", "conf/a.env"),
        ("load_dotenv(name + '.env')", ".env a.env?"),
    ],
)
def test_a_relative_path_is_looked_up_where_the_program_starts(
    tmp_path: Path, load: str, expected: str
) -> None:
    text = f"{HEAD}from pathlib import Path\n{load}\n{READ}"
    assert around(tmp_path, text, cwd="conf") == f"before: app.py:4 {expected}"


@pytest.mark.parametrize(
    ("other", "near"),
    [
        (f"-- main.py --\n{HEAD}load_dotenv()\n", ""),
        (f"-- common.py --\n{SETTINGS}    key: str\n", ""),
        (f"-- common.py --\n{ENVIRONS}{SINCE}", ""),
        (f"-- common.py --\n{ENVIRONS}{BEFORE}", "common.py"),
        (f"-- common.py --\n{SETTINGS}    key: str\nload_dotenv()\n{HEAD}load_dotenv()\n", "common.py"),
        (f"-- common.py --\n{HEAD}load_dotenv()\n", "common.py"),
    ],
)
def test_the_files_that_may_load_env_files_for_a_read(tmp_path: Path, other: str, near: str) -> None:
    it = opened(tmp_path, f"{ENV}-- app.py --\nimport os\nif x:\n    import common\n{READ}{other}")
    found = map(it.project.relative, loaders_near(it.project, it.path("app.py")))
    assert " ".join(found) == near

"""The work of checks on env files, templates and code grows at most as n log n with their size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import judged
from configvars.workspace import Workspace
from support.growth import calls_of, grows_too_fast
from support.projects import opened

pytestmark = pytest.mark.slow

Files = Callable[[int], dict[str, str]]
_LOADS = "import os\nfrom dotenv import load_dotenv\n"
_SETTINGS = "from pydantic_settings import BaseSettings\n"


def lines(line: str) -> Callable[[int], str]:
    return lambda n: "".join(line.replace("#", str(i)) + "\n" for i in range(n))


def code(line: str) -> Callable[[int], str]:
    return lambda n: "import os\n" + lines(line)(n)


def flask(line: str) -> Callable[[int], str]:
    return lambda n: "from flask import Flask\napp = Flask(__name__)\n" + lines(line)(n)


def files(**texts: str | Callable[[int], str]) -> Files:
    names = {
        "env": ".env",
        "template": ".env.example",
        "manifest": "app.json",
        "app": "app.py",
        "page": "x.html",
    }
    return lambda n: {names[name]: one if isinstance(one, str) else one(n) for name, one in texts.items()}


SHAPES: dict[str, tuple[int, Files]] = {
    "a name that interpolates itself": (200, files(env=lines("A=${A}"))),
    "values that grow": (200, files(env=lines("A=${A}x${A}"))),
    "names that interpolate the next": (
        200,
        files(env=lambda n: "".join(f"A{i}=${{A{i + 1}}}\n" for i in range(n))),
    ),
    "keys and their template": (200, files(env=lines("KEY_#=v"), template=lines("KEY_#="))),
    "one name again and again": (200, files(env=lines("A=v#"))),
    "syntax errors": (200, files(env=lines("A B=1"))),
    "quotes without an end": (200, files(env=lines("A='x"))),
    "names without a value": (200, files(env=lines("A#"))),
    "lines that readers read differently": (100, files(env=lines("A#=a # b\nB#='a'#b"))),
    "required, in no file": (100, files(env=lines("KEX_#=v"), app=code("os.environ['KEY_#']"))),
    "optional, in no file": (100, files(env=lines("KEX_#=v"), app=code("os.environ.get('KEY_#')"))),
    "required, given": (100, files(env=lines("KEY_#=v"), app=code("os.environ['KEY_#']"))),
    "in no template and no manifest": (
        100,
        files(
            env=lines("B#=v"),
            template=lines("C#="),
            manifest='{"env": {"C": ""}}',
            app=code("os.environ['A#']"),
        ),
    ),
    "one name read again and again": (100, files(env="A=1\n", app=code("os.environ['B']"))),
    "one name that the code sets": (
        100,
        files(env="A=1\n", app=code("os.environ['A'] = 'x'\nos.environ['A']")),
    ),
    "truth tests of strings, and conversions": (
        100,
        files(app=code("bool(os.getenv('A#')), int(os.getenv('B#'))")),
    ),
    "values that are not converted": (60, files(env=lines("A#=x"), app=code("int(os.environ['A#'])"))),
    "one value read again and again": (60, files(env="A=x\n", app=code("int(os.environ['A'])"))),
    "words for no": (60, files(env=lines("USE_#=no"), app=code("x = 1 if os.getenv('USE_#') else 2"))),
    "addresses for SQLAlchemy": (
        60,
        files(
            env=lines("U#=postgres://u:p@h/#"),
            app=code("SQLALCHEMY_DATABASE_URI = os.environ['U#']"),
        ),
    ),
    "Flask keys, set and used": (60, files(app=flask("app.config['KEY_#'] = 1\napp.config['KEY_#']"))),
    "Flask keys that look alike": (
        60,
        files(app=flask("app.config['MY_LONG_KEY_#'] = 1"), page=lines("{{ config.MY_LONG_KEZ_# }}")),
    ),
    "one Flask key in a page": (100, files(app=flask("app.config['A'] = 1"), page=lines("{{ config.A }}"))),
    "secrets in the code": (
        60,
        files(app=flask("app.config['SECRET_KEY'] = '9fj3kfd93kfd93kfdk3jf93jfkd#'")),
    ),
    "databases in files": (
        60,
        files(app=flask("app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///a#.db'"), manifest="{}"),
    ),
    "required behind switches": (
        60,
        files(env="A=1\n", app=code("S# = os.getenv('S#')\nif S#: os.environ['A#']")),
    ),
    "keys of from_prefixed_env": (
        60,
        files(env=lines("P_A#=1"), app=flask("app.config.from_prefixed_env('P#')\napp.config['K#']")),
    ),
    "keys loaded from the environment, and set": (
        60,
        files(
            env=lines("P_KEY_#=1"),
            app=lambda n: flask("app.config['KEY_#'] = 1")(n).replace(
                "__name__)\n", "__name__)\napp.config.from_prefixed_env('P')\n"
            ),
        ),
    ),
    "one name read again and again, and its file is loaded later": (
        60,
        files(
            env="A=1\n",
            app=lambda n: code("os.environ['A']")(n) + "import dotenv\ndotenv.load_dotenv()\n",
        ),
    ),
    "names read before their file is loaded": (
        60,
        files(
            env=lines("A#=1"),
            app=lambda n: code("os.environ['A#']")(n) + "import dotenv\ndotenv.load_dotenv()\n",
        ),
    ),
    "a file loaded again before each read": (
        25,
        files(env=lines("A#=1"), app=lambda n: _LOADS + lines("load_dotenv()\nos.environ['A#']")(n)),
    ),
    "an env file of each settings class": (
        20,
        files(
            env=lines("F#=1"),
            app=lambda n: _SETTINGS + lines("class S#(BaseSettings, env_file='.env'):\n    f#: int\nS#()")(n),
        ),
    ),
    "modules that load a file and read from it": (
        15,
        lambda n: {
            ".env": lines("A#=1")(n),
            "app.py": lines("import m#")(n),
            **{f"m{i}.py": f"{_LOADS}load_dotenv()\nos.environ['A{i}']\n" for i in range(n)},
        },
    ),
    "apps": (
        50,
        lambda n: {
            "app.py": "from flask import Flask\n" + lines("app# = Flask(__name__)\napp#.config['A'] = 1")(n)
        },
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_the_work_is_linear_in_the_text(name: str, tmp_path: Path) -> None:
    size, shape = SHAPES[name]

    def work(n: int) -> None:
        for path, text in shape(n).items():
            (tmp_path / path).write_text(text)
        workspace = Workspace(str(tmp_path))
        for _ in workspace.load():
            pass
        for path, facts in workspace.project().index.files.items():
            assert facts.skipped is None
            workspace.findings(path)

    assert grows_too_fast(work, size) is None


def folders(**texts: str) -> Files:
    """The same files in many folders; `#` is replaced with the number of the folder."""
    names = {"env": ".env", "template": ".env.example", "app": "app.py", "local": "local.env"}
    return lambda n: (
        {f"f{i}/{names[name]}": text.replace("#", str(i)) for i in range(n) for name, text in texts.items()}
        | {"app.py": "import os\nos.environ['A'], os.environ.get('B')\n"}
    )


MANY: dict[str, Files] = {
    "env files": folders(env="A#=1\nB=${C}\n"),
    "env files and their templates": folders(env="A#=1\n", template="A#=\nC=\n"),
    "env files and their code": folders(
        env="A#=1\nKEY_#=1\n",
        app="import os\nfrom dotenv import load_dotenv\nload_dotenv()\nos.environ['KEX_#']\n",
    ),
    "env files that code names": folders(
        local="A#=1\n",
        app="import os\nfrom dotenv import load_dotenv\nload_dotenv('local.env')\nint(os.environ['A#'])\n",
    ),
    "files of code that lack a name in one env file": lambda n: {
        ".env": lines("KEY_#=1")(10 * n),
        **{f"m{i}.py": f"import os\nos.environ['B{i}']\n" for i in range(n)},
    },
    "files of code whose names are like those in one env file": lambda n: {
        ".env": lines("LONG_NAME_#=1")(10 * n),
        **{f"m{i}.py": f"import os\nos.environ['ANOTHER_{i}']\n" for i in range(n)},
    },
    "code that sets computed names": folders(
        local="A#=1\n", app="import os\nfor k in x: os.environ[k] = '1'\n"
    ),
}


@pytest.mark.parametrize("name", MANY)
def test_the_work_is_linear_in_the_folders(name: str, tmp_path: Path) -> None:
    def work(n: int) -> None:
        for path, text in MANY[name](n).items():
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(text)
        workspace = Workspace(str(tmp_path))
        for _ in workspace.load():
            pass
        for path in workspace.project().index.files:
            workspace.findings(path)

    assert grows_too_fast(work, 15) is None


def test_a_service_and_a_variable_take_few_steps(tmp_path: Path) -> None:
    """Whether a service lacks a variable is an answer of its own: only its price can be small."""

    def work(n: int) -> None:
        services = lines("  s#:\n    build: .\n    command: gunicorn app:app\n    env_file: .env")(n)
        texts = {
            ".env": lines("A#=1")(n),
            "app.py": code("os.environ['A#']")(n),
            "compose.yaml": f"services:\n{services}",
        }
        it = opened(tmp_path, "".join(f"-- {name} --\n{text}" for name, text in texts.items()))
        for path in it.project.index.files:
            run_checks(it.project, path)

    few, many = calls_of(lambda: work(15)), calls_of(lambda: work(45))
    assert (many - few) / (45 * 45 - 15 * 15) < 300


DEPLOYED: dict[str, tuple[int, Callable[[int], str]]] = {
    "required": (60, code("os.environ['A#']")),
    "one name read again and again": (60, code("os.environ['A']")),
    "one name that the code removes": (40, code("os.environ['A']\nos.environ.pop('A')")),
    "one name that the code sets": (40, code("os.environ['A'] = 'x'\nos.environ['B']")),
    "a file loaded again before each read": (
        25,
        lambda n: _LOADS + lines("load_dotenv()\nos.environ['A#']")(n),
    ),
    "loads": (30, lambda n: "from dotenv import load_dotenv\n" + code("os.environ['A']\nload_dotenv()")(n)),
    "fields, each used": (
        60,
        lambda n: (
            f"{_SETTINGS}class S(BaseSettings):\n{lines('    a#: int = 1')(n)}s = S()\n{lines('s.a#')(n)}"
        ),
    ),
    "settings classes with a field of one name": (
        40,
        lambda n: _SETTINGS + lines("class S#(BaseSettings):\n    a: int\n    b#: int\nS#()")(n),
    ),
}


@pytest.mark.parametrize("name", DEPLOYED)
def test_the_work_for_a_deploy_is_linear_in_the_text(name: str, tmp_path: Path) -> None:
    size, shape = DEPLOYED[name]

    def work(n: int) -> None:
        apps = "-- heroku:shop --\n-- Procfile --\nweb: gunicorn app:app\n"
        it = opened(tmp_path, f"{apps}-- .env --\nA=1\n-- app.py --\n{shape(n)}")
        project = judged(it.workspace, str(tmp_path), deploying=True)
        for path in project.index.files:
            for _ in run_checks(project, path):
                pass

    assert grows_too_fast(work, size) is None


def test_the_work_for_a_deploy_is_linear_in_the_apps_of_django(tmp_path: Path) -> None:
    def work(n: int) -> None:
        apps = [f"app{number}" for number in range(n)]
        texts = {
            "Procfile": "web: gunicorn wsgi\nrelease: python manage.py migrate\n",
            "wsgi.py": (
                "import os\nfrom django.core.wsgi import get_wsgi_application\n"
                "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n"
                "application = get_wsgi_application()\n"
            ),
            "settings.py": f"import os\nINSTALLED_APPS = {apps}\nA = os.environ.get('A')\n",
            "manage.py": (
                "import os, sys\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n"
                "from django.core.management import execute_from_command_line\n"
                "execute_from_command_line(sys.argv)\n"
            ),
        }
        for app in apps:
            texts[f"{app}/__init__.py"] = ""
            texts[f"{app}/models.py"] = "from django.conf import settings\nN = settings.A\n"
            texts[f"{app}/apps.py"] = (
                "from django.apps import AppConfig\nclass Config(AppConfig):\n"
                f"    name = '{app}'\n    def ready(self):\n        from . import models\n"
            )
        files_of = "".join(f"-- {name} --\n{text}" for name, text in texts.items())
        it = opened(tmp_path, f"-- heroku:shop --\n{files_of}")
        project = judged(it.workspace, str(tmp_path), deploying=True)
        for path in project.index.files:
            for _ in run_checks(project, path):
                pass

    assert grows_too_fast(work, 15) is None

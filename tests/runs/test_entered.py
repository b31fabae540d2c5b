"""`check --deploy`: code of functions and classes that an app does not come to.

Each program is also really started, with the variables of the app and no others.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.growth import grows_too_fast
from support.properties import REAL_STARTS
from support.started import found_on_app, starts

_STORES = (
    "class Local:\n    pass\nclass S3:\n    def __init__(self):\n        self.bucket = os.environ['BUCKET']\n"
)
_STORAGE = f"-- storage.py --\nimport os\n{_STORES}"
_SETTINGS = (
    "-- app.py --\nimport os\nfrom pydantic_settings import BaseSettings\n"
    "class S(BaseSettings):\n    bucket: str\n"
)
_APP = f"-- app.py --\nimport os\n{_STORES}"

# Programs that start without BUCKET.
SILENT = {
    "conditional expression": (
        f"{_STORAGE}def get():\n    return S3() if os.getenv('USE_S3') else Local()\n"
        "-- app.py --\nfrom storage import get\ns = get()\n"
    ),
    "the other way round": f"{_APP}s = Local() if not os.getenv('USE_S3') else S3()\n",
    "and, or": f"{_APP}s = os.getenv('USE_S3') and S3() or Local()\n",
    "statement": f"{_APP}if os.getenv('USE_S3'):\n    s = S3()\n",
    "imported and called under a condition": (
        f"{_STORAGE}-- app.py --\nimport os\nfrom storage import Local, S3\n"
        "def make():\n    return S3()\nif os.getenv('USE_S3'):\n    s = make()\n"
    ),
    "table": (f"{_APP}kind = os.getenv('KIND', 'local')\ns = {{'s3': S3, 'local': Local}}[kind]()\n"),
    "table with a name": (
        f"{_STORAGE}STORES = {{'s3': S3, 'local': Local}}\n"
        "-- app.py --\nimport os\nfrom storage import STORES\ns = STORES[os.getenv('KIND', 'local')]()\n"
    ),
    "dict() with keywords": f"{_APP}s = dict(s3=S3, local=Local)[os.getenv('KIND', 'local')]()\n",
    "property of a class in dict()": (
        "-- app.py --\nimport os\nclass Dev:\n    X = 1\nclass Prod:\n    @property\n    def X(self):\n"
        "        return os.environ['BUCKET']\nc = dict(dev=Dev, prod=Prod)[os.getenv('MODE', 'dev')]()\nc.X\n"
    ),
    "get": f"{_APP}T = {{'s3': S3, 'local': Local}}\ns = T.get(os.getenv('KIND') or 'local')()\n",
    "property of a class that is not chosen": (
        "-- config.py --\nimport os\nclass Dev:\n    @property\n    def X(self):\n"
        "        return os.environ['BUCKET']\nclass Prod:\n    X = 1\nconfig = {'dev': Dev, 'prod': Prod}\n"
        "-- app.py --\nimport os\nfrom config import config\nx = config[os.getenv('APP_MODE', 'prod')]().X\n"
    ),
    "function": (
        "-- app.py --\nimport os\ndef remote():\n    return os.environ['BUCKET']\n"
        "s = remote() if os.getenv('USE_S3') else 'x'\n"
    ),
    "settings": f"{_SETTINGS}if os.getenv('USE_S3'):\n    s = S()\n",
    "settings in a function": (
        f"{_SETTINGS}def f():\n    return S().bucket\nif os.getenv('USE_S3'):\n    f()\n"
    ),
    "settings of another module": (
        f"{_SETTINGS.replace('app.py', 'config.py')}-- app.py --\nimport os\nfrom config import S\n"
        "def f(settings: S) -> S:\n    return settings\ns = f(S()) if os.getenv('USE_S3') else None\n"
    ),
    "type, and a test of the class": (
        f"{_APP}def get() -> S3 | Local:\n    return S3() if os.getenv('USE_S3') else Local()\n"
        "assert not isinstance(get(), S3)\n"
    ),
}

# Programs that fail without it.
FOUND = {
    "the branch that runs": f"{_APP}s = Local() if os.getenv('USE_S3') else S3()\n",
    "settings that something else makes, too": (
        f"{_SETTINGS}def f():\n    return S()\nif os.getenv('USE_S3'):\n    f()\ns = S()\n"
    ),
    "settings in other settings": (
        f"{_SETTINGS}class T(BaseSettings):\n    s: S\nif os.getenv('USE_S3'):\n    S()\nT(s={{}})\n"
    ),
    "settings of a subclass": f"{_SETTINGS}class T(S):\n    pass\nif os.getenv('USE_S3'):\n    S()\nT()\n",
    "settings in the main block": (
        "-- Procfile --\nworker: python app.py\n"
        f"{_SETTINGS}def main():\n    S()\nif __name__ in ('__main__', 'app'):\n    main()\n"
    ),
    "called elsewhere": (
        f"{_STORAGE}def get():\n    return S3() if os.getenv('USE_S3') else Local()\n"
        "-- app.py --\nimport storage\ns = storage.get()\nt = storage.S3()\n"
    ),
    "the key that is chosen": (
        f"{_APP}kind = os.getenv('KIND', 's3')\ns = {{'s3': S3, 'local': Local}}[kind]()\n"
    ),
    "the key that is chosen in dict()": (f"{_APP}s = dict(s3=S3, local=Local)[os.getenv('KIND', 's3')]()\n"),
    "all of a table": (
        f"{_APP}T = {{'s3': S3, 'local': Local}}\nT[os.getenv('KIND', 'local')]()\n"
        "every = [each() for each in T.values()]\n"
    ),
    "another name": (
        f"{_STORAGE}-- app.py --\nimport os\nfrom storage import S3 as Store\nimport storage\n"
        "s = storage.S3() if os.getenv('USE_S3') else None\nStore()\n"
    ),
    "another variable": f"{_APP}Store = S3\ns = S3() if os.getenv('USE_S3') else Store()\n",
    "subclass": f"{_APP}class More(S3):\n    pass\ns = S3() if os.getenv('USE_S3') else More()\n",
    "by its name": (f"{_APP}s = S3() if os.getenv('USE_S3') else globals()['S3']()\n"),
    "all subclasses": (
        "-- app.py --\nimport os\nclass Base: pass\nclass S3(Base):\n    def __init__(self):\n"
        "        os.environ['BUCKET']\ns = S3() if os.getenv('USE_S3') else None\n"
        "for each in Base.__subclasses__():\n    each()\n"
    ),
    "by a decorator": (
        "-- app.py --\nimport os\ndef now(f):\n    f()\n    return f\n@now\ndef load():\n"
        "    os.environ['BUCKET']\nif os.getenv('USE_S3'):\n    load()\n"
    ),
}


def _severities(root: Path, files: str, variables: str = "") -> list[str]:
    found = found_on_app(root, files, variables)
    unset = (each for each in found if each.check == "not-on-heroku" and each.variable)
    return [each.severity.value for each in unset if each.variable and each.variable.name == "BUCKET"]


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_code_that_the_app_does_not_come_to(tmp_path: Path, files: str) -> None:
    assert not {"error", "warning"} & {*_severities(tmp_path, files)}
    if REAL_STARTS:
        assert starts(tmp_path)


@pytest.mark.parametrize("files", FOUND.values(), ids=FOUND)
def test_code_that_runs_in_another_way(tmp_path: Path, files: str) -> None:
    assert "error" in _severities(tmp_path, files)
    if REAL_STARTS:
        assert not starts(tmp_path)


def test_a_choice_that_is_not_known_is_a_warning(tmp_path: Path) -> None:
    files = f"{_APP}s = {{'s3': S3, 'local': Local}}[os.getenv('KIND', 'local')]()\n"
    assert _severities(tmp_path, files, "KIND=1\n") == ["warning"]


def test_a_factory_that_the_procfile_names_runs(tmp_path: Path) -> None:
    files = (
        "-- Procfile --\nweb: gunicorn 'app:build()'\n-- app.py --\nimport os\ndef build():\n"
        "    return os.environ['BUCKET']\nif os.getenv('LOCALLY'):\n    build().run()\n"
    )
    found = found_on_app(tmp_path, files)
    assert ("not-on-heroku", "error") in {(each.check, each.severity.value) for each in found}


def test_functions_that_call_each_other_often(tmp_path: Path) -> None:
    def work(count: int) -> None:
        functions = "".join(f"def f{i}():\n" + f"    f{i - 1}()\n" * count for i in range(1, 4))
        files = (
            "-- app.py --\nimport os\ndef f0():\n    return os.environ['BUCKET']\n"
            f"{functions}if os.getenv('USE_S3'):\n    f3()\n"
        )
        assert "error" not in _severities(tmp_path / str(count), files)

    assert grows_too_fast(work, 6) is None

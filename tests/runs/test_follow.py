"""The order of events in a run, compared with what Python really does with the same files."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from configvars.model import EnvFileUse
from configvars.runs.follow import Entry, Event, follow
from configvars.runs.reach import reach
from support.fixtures import fixture
from support.projects import opened

# One process for all cases. It prints the first look-up of each variable and the first load of each file.
ORACLE = """
import contextlib, json, os, runpy, sys
import dotenv

class Recording(dict):
    def __getitem__(self, name):
        seen.append(name)
        return "1"

dotenv.load_dotenv = lambda path: seen.append(path)
os.environ = Recording()
found = []
for folder in sys.argv[1:]:
    seen, known = [], set(sys.modules)
    sys.path.insert(0, folder)
    with contextlib.suppress(Exception):
        runpy.run_path(folder + "/app.py", run_name="__main__")
    sys.path.remove(folder)
    for name in set(sys.modules) - known:
        del sys.modules[name]
    found.append(list(dict.fromkeys(seen)))
print(json.dumps(found))
"""
HEAD = "import os\nfrom dotenv import load_dotenv\n"
MODULES = ("a", "b", "c", "pack", "pack.d", "pack.sub.e")


def really(folders: list[Path]) -> list[list[str]]:
    command = [sys.executable, "-B", "-c", ORACLE, *map(str, folders)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def told(root: Path, text: str) -> list[Event]:
    project = opened(root, text).project
    start = str(root / "app.py")
    reached = reach(project, start)
    trace = follow(project, Entry(start, main=True), reached.leading_to(project.index.files))
    return list(trace.events)


def names(events: list[Event]) -> list[str]:
    shown = (
        e.fact.path or ".env" if isinstance(e.fact, EnvFileUse) else e.fact.variable.name for e in events
    )
    return list(dict.fromkeys(shown))


def program(seed: int) -> str:
    """Modules that import later ones, call each other's functions, read variables and load files."""
    chosen = random.Random(seed)
    count = iter(range(1000))

    def happening(indent: str) -> str:
        number = next(count)
        kind = chosen.choice(("read", "read", "load"))
        line = f'os.environ["R{number}"]' if kind == "read" else f'load_dotenv("L{number}.env")'
        return f"{indent}{line}\n"

    def step(own: str, indent: str) -> str:
        later = MODULES[MODULES.index(own) + 1 if own in MODULES else 0 :]
        if not later:
            return happening(indent)
        other = chosen.choice(later)
        match chosen.choice(("happening", "import", "call", "from", "own", "class")):
            case "import":
                return f"{indent}import {other}\n"
            case "call":
                return f"{indent}import {other} as m\n{indent}m.f()\n"
            case "from":
                return f"{indent}from {other} import f as g\n{indent}g()\n"
            case "own":
                return f"{indent}h()\n" if own != "app" else happening(indent)
            case "class":
                return f"{indent}from {other} import K\n{indent}K()\n"
        return happening(indent)

    def module(own: str) -> str:
        body = "".join(step(own, "") for _ in range(chosen.randint(0, 4)))
        f, h, k = (happening("    ") for _ in range(3))
        inner = step(own, "    ") if own in ("app", "a") else ""
        defined = f"def f():\n{f}{inner}def h():\n{h}class K:\n    def __init__(self):\n    {k}"
        return f"{HEAD}{defined}{body}"

    files = {f"{m.replace('.', '/')}{'/__init__' if m == 'pack' else ''}.py": module(m) for m in MODULES}
    files["pack/sub/__init__.py"] = f"{HEAD}{happening('')}"
    main = f"if __name__ == '__main__':\n{happening('    ')}"
    files["app.py"] = module("app") + "import a, pack.sub.e\nfrom pack import d\nd.f()\n" + main
    return "".join(f"-- {path} --\n{text}" for path, text in files.items())


@pytest.mark.slow
def test_events_are_in_python_s_order(tmp_path):
    texts = [program(seed) for seed in range(150)]
    folders = [tmp_path / str(number) for number in range(len(texts))]
    for folder, text in zip(folders, texts, strict=True):
        fixture(text).write(folder)
    wrong = []
    lengths = []
    for folder, text, happened in zip(folders, texts, really(folders), strict=True):
        events = names(told(folder, text))
        lengths.append(len(happened))
        if events != happened:
            wrong.append(f"{folder.name}: really {happened}, told {events}")
    assert wrong == []
    assert sum(lengths) > 5 * len(texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('def f():\n    os.environ["A"]\n', ""),
        ('f = lambda: os.environ["A"]\n', ""),
        ('if TYPE_CHECKING:\n    os.environ["A"]\n', ""),
        ('os.environ["A"]\n', "A"),
        ('if x:\n    os.environ["A"]\n', "A?"),
        ('try:\n    os.environ["A"]\nexcept KeyError:\n    os.environ["B"]\n', "A B?"),
        ('x and os.environ["A"]\n', "A?"),
        ('def f():\n    os.environ["A"]\nif x:\n    f()\n', "A?"),
        ('def f(x=os.environ["A"]):\n    f()\n    os.environ["B"]\nf()\nf()\n', "A B"),
        ('class C:\n    A = os.environ["A"]\n    def m(self):\n        os.environ["B"]\n', "A"),
        ('class C:\n    def __init__(self):\n        os.environ["A"]\n', ""),
        ('class C:\n    def __init__(self):\n        os.environ["A"]\nC()\n', "A"),
        ('load_dotenv(os.environ["A"] + ".env")\n', "A *.env"),
    ],
)
def test_events_and_whether_they_are_certain(tmp_path, text, expected):
    events = told(tmp_path, f"-- app.py --\n{HEAD}{text}")
    assert (
        " ".join(
            n + "" * e.certain + "?" * (not e.certain) for n, e in zip(names(events), events, strict=True)
        )
        == expected
    )


SHOP = "-- shop.py --\nfrom flask import Flask\napp = Flask(__name__)\n"


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("app.run()\n", False),
        (f"other.run()\n{SHOP}", False),
        ("from flask import Flask\napp = Flask(__name__)\napp.run(load_dotenv=False)\n", False),
        ("from flask import Flask\napp = Flask(__name__)\na.b.run()\n", False),
        ("from flask import Flask\nfrom library import app\nmine = Flask(__name__)\napp.run()\n", False),
        ("from flask import Flask\napp = Flask(__name__)\napp.run()\n", True),
        ("from flask import Flask\nsite = Flask(__name__)\nsite.run()\n", True),
        (f"from shop import app\napp.run()\n{SHOP}", True),
        (f"app.run()\n{SHOP}", True),
    ],
)
def test_calls_that_run_an_app(tmp_path, text, runs):
    events = told(tmp_path, f"-- app.py --\n{text}")
    assert [event.fact.idiom for event in events] == ["app.run"] * runs


def test_packages_come_before_the_module_and_each_module_once(tmp_path):
    text = (
        '-- pack/__init__.py --\nimport os\nos.environ["A"]\nimport pack.other\nimport pack.other\n'
        '-- pack/other.py --\nimport os\nos.environ["B"]\n'
        '-- pack/it.py --\nimport os\nos.environ["C"]\n'
    )
    it = opened(tmp_path, text)
    packages = (it.path("pack/__init__.py"),)
    reached = reach(it.project, it.path("pack/it.py"), packages)
    entry = Entry(it.path("pack/it.py"), packages=packages)
    trace = follow(it.project, entry, reached.leading_to(it.project.index.files))
    assert names(list(trace.events)) == ["A", "B", "C"]
    without = follow(it.project, entry, frozenset({it.path("pack/it.py")}))
    assert names(list(without.events)) == ["C"]


DJANGO = """\
-- app.py --
import os
from django.core.management import execute_from_command_line
from dotenv import load_dotenv
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings")
load_dotenv("dev.env")
execute_from_command_line([])
-- site1/__init__.py --
-- site1/settings.py --
import os
os.environ["KEY"]
"""


def test_django_imports_its_settings_when_it_starts(tmp_path):
    assert names(told(tmp_path, DJANGO)) == ["DJANGO_SETTINGS_MODULE", "dev.env", "KEY"]


@pytest.mark.parametrize(
    ("start", "is_read"),
    [
        ("django.conf", False),
        ("django.setup", False),
        ("other.setup()", False),
        ("from other import setup\nsetup()", False),
        ("django.setup()", True),
        ("from django import setup\nsetup()", True),
        ("get_wsgi_application()", True),
        ("django.core.asgi.get_asgi_application()", True),
    ],
)
def test_calls_that_import_the_settings_of_django(tmp_path, start, is_read):
    text = DJANGO.replace("execute_from_command_line([])", start).replace(
        "import os\n", "import os, django\n", 1
    )
    assert ("KEY" in names(told(tmp_path, text))) is is_read


FLASK = """\
-- app.py --
from flask import Flask
from dotenv import load_dotenv
app = Flask(__name__)
app.config.from_object("config.Base")
load_dotenv("late.env")
-- config.py --
import os
class Base:
    KEY = os.environ["KEY"]
"""


def test_flask_imports_the_module_in_from_object(tmp_path):
    assert names(told(tmp_path, FLASK)) == ["KEY", "late.env"]


def test_a_long_chain_of_calls_is_followed(tmp_path):
    functions = "".join(f"def f{n}():\n    f{n + 1}()\n" for n in range(1500))
    text = f'-- app.py --\n{HEAD}{functions}def f1500():\n    os.environ["A"]\nf0()\n'
    assert names(told(tmp_path, text)) == ["A"]

"""Names that are resolved across the files of a folder."""

from __future__ import annotations

import pytest

from configvars.resolve.link import Linker
from configvars.slices import finish
from support.python_facts import ROOT, rendered

CASES = {
    "a name of an external module is not one of the workspace": (
        "-- app.py --\nfrom consts import KEY\nimport os\nos.environ[KEY]\n",
        ["3:12 ? os.environ[]"],
    ),
    "a file of the workspace hides an external module of the same name": (
        "-- environs.py --\nclass Env: pass\n-- app.py --\nfrom environs import Env\nEnv().str('A')\n",
        [],
    ),
    "a constant": (
        "-- consts.py --\nKEY = 'A'\n-- app.py --\nimport os, consts\nos.environ[consts.KEY]\n",
        ["app.py:2:12 A read required"],
    ),
    "a star import": (
        "-- consts.py --\nKEY = 'A'\n-- app.py --\nimport os\nfrom consts import *\nos.environ[KEY]\n",
        ["app.py:3:12 A read required"],
    ),
    "a prefix and a constant": (
        "-- pkg/__init__.py --\nPREFIX = 'APP_'\n-- pkg/mod.py --\nimport os\n"
        "from . import PREFIX\nos.getenv(PREFIX + 'A')\n",
        ["pkg/mod.py:3:21 APP_A read optional"],
    ),
    "a wrapper, its re-export and its callers": (
        "-- util/env.py --\nimport os\ndef get(name, default=None):\n"
        "    return os.environ.get(name, default)\n"
        "-- util/__init__.py --\nfrom .env import get as get_env\n"
        "-- app.py --\nfrom util import get_env\nget_env('A')\nget_env('B', 'x')\n"
        "int(get_env('C'))\nget_env(name='D')\n",
        [
            "app.py:2:10 A read optional",
            "app.py:3:10 B read defaulted",
            "app.py:4:14 C read required",
            "app.py:5:15 D read optional",
        ],
    ),
    "a star re-export": (
        "-- util/env.py --\nimport os\ndef need(name):\n    return os.environ[name]\n"
        "-- util/__init__.py --\nfrom .env import *\n"
        "-- app.py --\nfrom util import need\nneed('A')\n",
        ["app.py:2:7 A read required"],
    ),
    "a wrapper without calls stays dynamic": (
        "-- env.py --\nimport os\ndef need(name):\n    return os.environ[name]\n-- app.py --\n"
        "from env import need\n",
        ["env.py:3:23 ? os.environ[]"],
    ),
    "an object, and a derived class": (
        "-- conf.py --\nimport os\nclass Base:\n    prefix = 'X_'\n    def get(self, name):\n"
        "        return os.environ[self.prefix + name]\n"
        "-- app.py --\nfrom conf import Base\nclass Mine(Base):\n    def run(self):\n"
        "        return self.get('A')\n"
        "mine = Mine()\n-- main.py --\nfrom app import mine\nmine.get('B')\n",
        ["app.py:4:26 X_A read required", "main.py:2:11 X_B read required"],
    ),
    "an alias of os.environ": (
        "-- a.py --\nimport os\nenv = os.environ\n-- b.py --\nfrom a import env\nenv['A']\n",
        ["b.py:2:6 A read required"],
    ),
    "a src layout": (
        "-- src/app/consts.py --\nKEY = 'A'\n-- tests/test_app.py --\nimport os\n"
        "from app.consts import KEY\nos.environ[KEY]\n",
        ["tests/test_app.py:3:12 A read required"],
    ),
    "modules that import each other": (
        "-- a.py --\nimport os\nfrom b import KEY, get\nNAME = 'A'\nos.environ[KEY]\nget(NAME)\n"
        "-- b.py --\nimport os\nfrom a import NAME\nKEY = NAME\ndef get(name):\n"
        "    return os.environ[name]\n",
        ["a.py:4:12 A read required", "a.py:5:5 A read required"],
    ),
}


@pytest.mark.parametrize(("text", "found"), CASES.values(), ids=CASES)
def test_across_files(text: str, found: list[str]) -> None:
    assert rendered(text) == found


def test_an_edit_affects_its_file_and_files_with_changed_answers() -> None:
    linker = Linker("/ws")
    linker.update("/ws/consts.py", "KEY = 'A'\n")
    linker.update("/ws/app.py", "import os\nfrom consts import KEY\nos.environ[KEY]\n")
    linker.update("/ws/other.py", "import os\nos.environ['X']\n")
    assert len(linker.settle()) == 3
    linker.update("/ws/consts.py", "KEY = 'A'\n# more\n")
    assert linker.settle() == ()
    linker.update("/ws/consts.py", "KEY = 'B'\n")
    assert [facts.references[0].variable.name for facts in linker.settle()] == ["B"]


def test_a_removed_file_has_no_answers() -> None:
    linker = Linker("/ws")
    linker.update("/ws/consts.py", "KEY = 'A'\n")
    linker.update("/ws/app.py", "import os\nfrom consts import KEY\nos.environ[KEY]\n")
    linker.settle()
    linker.remove("/ws/consts.py")
    (facts,) = linker.settle()
    assert (facts.references, len(facts.dynamic)) == ((), 1)


def test_learned_names_select_further_files() -> None:
    linker = Linker("/ws")
    constants, wrapper, caller, other = (
        b"KEY = 'A'\n",
        b"import os\ndef need(n): return os.environ[n]\n",
        b"from w import need\nneed('B')\n",
        b"from x import need  # of w\n",
    )
    files = {"/ws/consts.py": constants, "/ws/w.py": wrapper, "/ws/caller.py": caller, "/ws/other.py": other}
    for path in files:
        linker.know(path)
    assert [path for path, data in files.items() if linker.wants(path, data)] == ["/ws/w.py"]
    linker.update("/ws/w.py", wrapper.decode())
    linker.update("/ws/app.py", "import os\nfrom consts import KEY\nos.environ[KEY]\n")
    linker.settle()
    assert linker.learn()
    wanted = [path for path, data in files.items() if linker.wants(path, data)]
    assert wanted == ["/ws/consts.py", "/ws/w.py", "/ws/caller.py"]
    assert not linker.learn()


def test_a_file_on_which_a_name_depends_is_needed() -> None:
    linker = Linker("/ws")
    linker.know("/ws/consts.py")
    linker.know("/ws/unused.py")
    linker.update("/ws/app.py", "import os, unused\nfrom consts import KEY\nos.environ[KEY]\n")
    linker.settle()
    assert (linker.learn(), linker.in_question({"/ws/consts.py", "/ws/unused.py"})) == (
        True,
        {"/ws/consts.py"},
    )
    linker.update("/ws/consts.py", "KEY = 'A'\n")
    assert [each.variable.name for facts in linker.settle() for each in facts.references] == ["A"]


@pytest.mark.parametrize("step", range(8))
def test_a_file_that_comes_while_others_are_analysed(step: int) -> None:
    linker = Linker(ROOT)
    for name in ("a", "b"):
        linker.update(f"{ROOT}/{name}.py", f"import os\nos.environ['{name}']\n")
    work = linker.steps()
    for _ in range(step):
        next(work, None)
    linker.update(f"{ROOT}/c.py", "import os\nos.environ['c']\n")
    finish(work)
    found = {facts.path: facts for facts in linker.news()}
    finish(linker.first_steps())
    found |= {facts.path: facts for facts in linker.settle()}
    assert [found[f"{ROOT}/{name}.py"].references[0].variable.name for name in "abc"] == ["a", "b", "c"]


def test_facts_are_behind_until_a_file_is_settled() -> None:
    linker = Linker("/ws")
    assert not linker.is_behind("/ws/a.py")
    for text in ("import os\nos.environ['A']\n", "import os\nos.environ['B']\n"):
        linker.update("/ws/a.py", text)
        assert linker.is_behind("/ws/a.py")
        list(linker.settle())
        assert not linker.is_behind("/ws/a.py")


def test_facts_are_behind_until_they_are_returned() -> None:
    linker = Linker("/ws")
    linker.update("/ws/a.py", "import os\nos.environ['A']\n")
    finish(linker.steps())
    assert linker.is_behind("/ws/a.py")
    assert len(linker.news()) == 1
    assert not linker.is_behind("/ws/a.py")
    linker.withhold("/ws/a.py")
    assert linker.is_behind("/ws/a.py")
    assert len(linker.news()) == 1
    linker.remove("/ws/a.py")
    assert not linker.is_behind("/ws/a.py")


def test_facts_that_have_not_changed_are_not_returned_again() -> None:
    linker = Linker("/ws")
    linker.update("/ws/a.py", "import os\nos.environ['A']\n")
    assert (len(linker.settle()), len(linker.settle())) == (1, 0)
    linker.update("/ws/a.py", "import os\nos.environ['A']  # as before\n")
    assert linker.settle() == ()
    linker.remove("/ws/a.py")
    assert linker.settle() == ()
    linker.update("/ws/a.py", "import os\nos.environ['A']\n")
    assert len(linker.settle()) == 1


def test_a_file_on_which_no_name_depends_any_more_is_in_question() -> None:
    linker = Linker("/ws")
    app, constants, other = "/ws/app.py", "/ws/consts.py", "/ws/other.py"
    for path in (constants, other):
        linker.know(path)
    linker.update(app, "import os\nfrom consts import KEY\nos.environ[KEY]\n")
    linker.settle()
    assert linker.learn()
    assert linker.wants(constants, b"KEY = 'A'\n")
    linker.update(app, "x = 1\n")
    linker.settle()
    assert linker.learn()
    assert (linker.in_question({other}), linker.wants(constants, b"KEY = 'A'\n")) == ({constants}, False)


@pytest.mark.parametrize(
    ("text", "misses"),
    [
        ("import os\nos.environ['A']\n", False),
        ("import os\nfrom other import KEY\nos.environ[KEY]\n", False),
        ("import os\nfrom consts import KEY\nos.environ[KEY]\n", True),
    ],
)
def test_a_name_that_depends_on_a_file_that_was_skipped(text: str, misses: bool) -> None:
    linker = Linker("/ws")
    for path in ("/ws/consts.py", "/ws/other.py"):
        linker.know(path)
    linker.update("/ws/app.py", text)
    linker.settle()
    assert linker.learning.misses("/ws/app.py", {"/ws/consts.py"}) is misses
    assert not linker.learning.misses("/ws/gone.py", {"/ws/consts.py"})


def test_files_that_can_have_apps_once_one_imports_flask() -> None:
    linker = Linker("/ws")
    learning = linker.learning
    assert (learning.can_have_apps("x = 1\n"), learning.finds_apps()) == (False, False)
    assert learning.can_have_apps("app.config['A']\n")
    learning.keeping.note("/ws/app.py", b"from flask import Flask\n")
    assert (learning.finds_apps(), learning.finds_apps(), learning.can_have_apps("x = 1\n")) == (
        True,
        False,
        True,
    )

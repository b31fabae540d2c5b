"""Reading only the files that are wanted finds the same reads as reading every file."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.model import FileFacts
from support.projects import opened
from support.python_facts import facts_of
from support.tables import ROOMS, Case, cases, tables

ENV = "import os\ndef need(name):\n    return os.environ[name]\n"
HANDED_ON = [
    ("from .env import *", "from util import need", "need"),
    ("try:\n    from .env import *\nexcept ImportError:\n    pass", "from util import need", "need"),
    ("from .env import *", "from util import *", "need"),
    ("from .env import *", "import util", "util.need"),
    ("from . import env", "import util", "util.env.need"),
    ("from . import env", "from util import env as e", "e.need"),
    ("from . import env as e", "import util", "util.e.need"),
    ("from . import env as e", "from util import e", "e.need"),
    ("from util import env as e", "from util import e", "e.need"),
    ("import util.env", "import util as u", "u.env.need"),
    ("import util.env as e", "from util import e", "e.need"),
]


def _with_several_files() -> list[tuple[str, Case]]:
    found = ((table, case) for room in ROOMS for table in tables(room) for case in cases(table))
    return [(f"{table.stem}: {case.title}", case) for table, case in found if case.text.count(".py --") > 1]


CASES = _with_several_files()


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_a_case_of_the_tables(case: Case, tmp_path: Path) -> None:
    project = opened(tmp_path, case.text).project
    found = {project.relative(path): facts for path, facts in project.index.files.items()}
    for path, facts in facts_of(case.text).items():
        if path.endswith(".py"):
            assert _reads(found.get(path)) == _reads(facts), path


@pytest.mark.parametrize(("package", "imported", "read"), HANDED_ON)
def test_a_package_that_hands_on_a_name_that_it_does_not_contain(
    package: str, imported: str, read: str, tmp_path: Path
) -> None:
    util = f"-- util/env.py --\n{ENV}-- util/__init__.py --\n{package}\n"
    text = f"{util}-- app.py --\n{imported}\n{read}('A')\n"
    assert [one.name for one in opened(tmp_path, text).project.index.referenced()] == ["A"]


@pytest.mark.parametrize("base", ["import os\n", "from common import *\n-- pkg/common.py --\nimport os\n"])
@pytest.mark.parametrize("read", ["os.getenv('A')", "os.environ['A']"])
def test_a_star_that_hands_on_os(base: str, read: str, tmp_path: Path) -> None:
    text = f"-- pkg/base.py --\n{base}-- pkg/local.py --\nfrom base import *\n{read}\n"
    assert [one.name for one in opened(tmp_path, text).project.index.referenced()] == ["A"]


def _reads(facts: FileFacts | None) -> list[str]:
    if facts is None:
        return []
    reads = [f"{one.span.start} {one.variable.name} {one.access} {one.need}" for one in facts.references]
    return sorted([*reads, *(f"{one.span.start} {one.idiom}" for one in facts.dynamic)])

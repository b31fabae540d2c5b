"""The oracles themselves, tested with programs that need no library."""

from __future__ import annotations

from pathlib import Path

import pytest

from oracles.compare import Tally, differences
from oracles.engine import said_of
from oracles.harness import child
from oracles.suite_programs import of_settings, of_statements
from oracles.truth import Truth, truth_of

pytestmark = pytest.mark.slow

APP = """\
import os
from pathlib import Path
def main():
    open('settings.env').read()
    return [os.environ['A'], os.getenv('B'), 'C' in os.environ, os.environ.get('D', 'x')]
"""
FILES = {"app.py": APP, "settings.env": "X=1\n"}


def truth(files: dict[str, str], *names: str) -> Truth:
    with child("json") as process:
        return truth_of(process, files, lambda first: {*first.names, *names})


def test_the_oracle_sees_what_a_program_reads_and_requires() -> None:
    found = truth(FILES, "B", "C", "D", "E")
    assert found.read == {"A"}  # without A, it does not reach the others
    assert found.looked_up == {"A", "B", "C", "D"}
    assert found.required == {"A"}
    assert "settings.env" in found.files


def test_reads_from_a_copy_are_seen_by_their_effect() -> None:
    files = {
        "app.py": "import os\nheld = {k.lower(): v for k, v in os.environ.items()}\nx = held.get('a_b')\n"
    }
    found = truth({"app.py": files["app.py"] + "del held\n"}, "A_B", "B_A", "C")
    assert (found.read, found.required) == ({"A_B"}, frozenset())


def test_every_run_of_a_module_without_main_starts_fresh() -> None:
    files = {"app.py": "import other\n", "other.py": "import os\nx = os.environ['A']\n"}
    assert truth(files, "A", "B").required == {"A"}


def test_a_wrong_answer_of_the_engine_is_reported() -> None:
    said = said_of({"app.py": "import os\nos.environ['A'], os.environ['Z']\n"})
    assert list(differences(truth(FILES), said, FILES)) == [
        "Z is not read",
        "Z is not required",
        "settings.env is loaded",
    ]


def test_unknown_answers_are_counted_but_not_wrong() -> None:
    said, found, tally = said_of({"app.py": "import os\nos.environ[x]\n"}), truth(FILES), Tally()
    tally.take(found, said, list(differences(found, said, FILES)))
    assert str(tally) == "1 texts, 100% not known (dynamic), 0 without an answer about needs, 0 wrong"


def test_programs_are_made_from_tests(tmp_path: Path) -> None:
    suite = tmp_path / "test_suite.py"
    suite.write_text(
        "import pytest\nfrom lib import Base, other\nfrom .helpers import check\nLIMIT = 5\n"
        "def test_a(env):\n    env.set('x', '1')\n    class S(Base):\n        x: int = LIMIT\n"
        "    assert S().x == 1\n    with pytest.raises(ValueError):\n        S(x='a')\n"
        "def test_b(tmp_path, env):\n    assert check(env.int('A')) == 1\n    env.path(tmp_path)\n",
        "utf-8",
    )
    head = "from lib import Base\nLIMIT = 5\nclass S(Base):\n    x: int = LIMIT\ndef main():\n    return "
    assert [one.text.replace("\n\n", "\n") for one in of_settings(suite, "Base")] == [
        f"{head}S()\n",
        f"{head}S(x='a')\n",
    ]
    (one,) = (one for one in of_statements(suite, "env = Env()") if one.test == "test_b")
    assert one.text == "env = Env()\ncheck(env.int('A'))\n"
    assert "check = MagicMock()" in one.run

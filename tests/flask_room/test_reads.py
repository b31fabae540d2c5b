"""How much a read of a prefixed variable needs it, if the app loads several prefixes."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.flask.reads import need_of
from configvars.model import Need
from support.growth import calls_of
from support.projects import Opened, opened

NOTHING = "A=1\n"


def app(prefixes: int, keys: int, env: str) -> str:
    loads = "".join(f"app.config.from_prefixed_env('P{number}')\n" for number in range(prefixes))
    uses = "".join(f"app.config['K{number}']\n" for number in range(keys))
    return f"-- .env --\n{env}-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n{loads}{uses}"


def needs(folder: Opened) -> dict[str, Need | None]:
    project = folder.project
    facts = project.index.files[folder.path("app.py")]
    reads = [each for each in facts.references if each.variable.scope == "env"]
    return {each.variable.name: need_of(facts, project, each) for each in reads}


@pytest.mark.parametrize(
    ("env", "needed"),
    [
        ("A=1\n", ["P0_K0", "P1_K0"]),
        ("A=1\n-- .env.example --\nP0_K0=1\n", ["P0_K0", "P1_K0"]),
        ("P0_K0=1\n", ["P0_K0"]),
        ("P0_K0=1\nP1_K0=1\n", []),
        ("P0_K1=1\nP2_K0=1\n", ["P0_K0", "P1_K0"]),
    ],
)
def test_a_key_that_a_file_sets_under_another_prefix_is_set(
    tmp_path: Path, env: str, needed: list[str]
) -> None:
    found = needs(opened(tmp_path, app(2, 1, env)))
    assert [name for name, need in found.items() if need is Need.REQUIRED] == needed


def test_a_use_that_is_tested_first_does_not_need_it(tmp_path: Path) -> None:
    tested = "if 'K0' in app.config:\n    app.config['K0']\n"
    found = needs(opened(tmp_path, app(1, 1, NOTHING)))
    assert found["P0_K0"] is Need.REQUIRED
    found = needs(opened(tmp_path, app(1, 0, NOTHING) + tested))
    assert found["P0_K0"] is not Need.REQUIRED


def test_the_work_for_a_read_does_not_depend_on_how_many_prefixes_there_are(tmp_path: Path) -> None:
    def work(prefixes: int) -> float:
        """The number of calls for each read."""
        folder = opened(tmp_path / str(prefixes), app(prefixes, 5, "A=1\n"))
        return calls_of(lambda: needs(folder)) / (5 * prefixes)

    assert work(50) < 2 * work(5)

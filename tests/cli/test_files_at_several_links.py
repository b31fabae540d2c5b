"""`configvars check` reports a file that several links lead to once, whichever of them is named."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has few links")

Tree = Callable[[str], Path]
PROJECT = "-- app.py --\nimport os\nos.environ['A']\n-- pyproject.toml --\n"
CODE = "import os\nos.environ['MISSING']\n"
INSIDE = f"{PROJECT}-- .env --\nA=1\nA=2\n-- a.py --\n{CODE}-- svc/b.py -> ../a.py --\n"
OF_CODE = "a.py:2:13: warning missing-variable MISSING is missing from .env; this code fails without it"


def said(run: Run, folder: Path, *paths: str) -> list[str]:
    found = run(folder, "check", "--output-format", "concise", *paths).out.splitlines()
    return [line for line in found if "missing-variable" in line or "duplicate-variable" in line]


@pytest.fixture
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files outside of the project."""
    folder = tmp_path_factory.mktemp("out")
    (folder / "x.py").write_text(CODE)
    (folder / "shared.env").write_text("A=1\nA=2\n")
    return folder


@pytest.mark.parametrize("place", ["outside", "inside"])
@pytest.mark.parametrize("named", ["", "svc", "svc/b.py", "a.py", "svc a.py"])
def test_code(run: Run, tree: Tree, out: Path, place: str, named: str) -> None:
    folder = tree(INSIDE if place == "inside" else PROJECT)
    if place == "outside":
        (folder / "svc").mkdir()
        for link, target in ((".env", "shared.env"), ("a.py", "x.py"), ("svc/b.py", "x.py")):
            (folder / link).symlink_to(out / target)
    found = said(run, folder, *named.split())
    assert [line for line in found if "missing-variable" in line] == [OF_CODE]
    assert sum("duplicate-variable" in line for line in found) == (not named)


LINKS = [(".env", "svc/.env"), ("svc/.env", "api/.env"), (".env", "dev.env", "svc/.env")]


@pytest.mark.parametrize("links", LINKS)
def test_env_files(run: Run, tree: Tree, out: Path, links: tuple[str, ...]) -> None:
    folder = tree(PROJECT)
    for link in links:
        (folder / link).parent.mkdir(exist_ok=True)
        (folder / link).symlink_to(out / "shared.env")
    first = min(links, key=lambda link: (link.count("/"), link))
    found = [line.partition(" ")[0] for line in said(run, folder) if "duplicate-variable" in line]
    assert found == [f"{first}:1:1:"]

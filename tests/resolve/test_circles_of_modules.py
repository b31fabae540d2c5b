"""Modules that all import and call each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from configvars.slices import finish
from configvars.workspace import Workspace
from support.growth import calls_of

pytestmark = pytest.mark.beyond_limits


def calling(own: int, others: list[int]) -> str:
    calls = "".join(f"    m{other}.f(name)\n" for other in others)
    return f"def f(name):\n    os.getenv(name)\n{calls}f('A{own}')\n"


def returning(own: int, others: list[int]) -> str:
    calls = "".join(f" or m{other}.f(name)" for other in others)
    return f"def f(name):\n    return os.getenv(name){calls}\nf('A{own}')\n"


def deriving(own: int, others: list[int]) -> str:
    bases = ", ".join(f"m{other}.C" for other in others)
    return f"class C({bases}):\n    def get(self, name):\n        return os.getenv(name)\nC().get('A{own}')\n"


def assigning(own: int, others: list[int]) -> str:
    names = " or ".join(f"m{other}.N" for other in others)
    return f"N = {names}\nos.getenv(N)\nos.getenv('A{own}')\n"


def clique(folder: Path, count: int, body: Callable[[int, list[int]], str]) -> Workspace:
    for own in range(count):
        others = [other for other in range(count) if other != own]
        imports = "".join(f"import m{other}\n" for other in others)
        (folder / f"m{own}.py").write_text(f"import os\n{imports}{body(own, others)}")
    return Workspace(str(folder))


@pytest.mark.parametrize(
    ("body", "most"),
    [(calling, 1.4), (returning, 1.4), (assigning, 1.4), (deriving, 2)],  # a limit bounds the base classes
)
def test_the_work_is_linear_in_the_text(
    body: Callable[[int, list[int]], str], most: float, tmp_path: Path
) -> None:
    """The text grows with the square of the number of modules."""
    costs = []
    for count in (4, 4, 8):  # the first also loads what is loaded only once
        folder = tmp_path / str(len(costs))
        folder.mkdir()
        workspace = clique(folder, count, body)
        calls = calls_of(lambda workspace=workspace: finish(workspace.load()))
        costs.append(calls / sum(len(path.read_text()) for path in folder.iterdir()))
        found = {variable.name for variable in workspace.project().index.referenced()}
        assert found >= {f"A{own}" for own in range(count)}
    assert costs[2] < most * costs[1]

"""The work of editor features grows at most as n log n with the size of a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from configvars.features.code_actions import code_actions
from configvars.features.code_lens import code_lens
from configvars.features.completion import completion
from configvars.features.document_symbols import document_symbols
from configvars.features.drift import drift
from configvars.features.explain import explain
from configvars.features.hover import hover
from configvars.features.inlay_hints import inlay_hints
from configvars.features.semantic_tokens import semantic_tokens
from configvars.features.workspace_symbols import workspace_symbols
from configvars.project import Project
from configvars.text import Span
from configvars.workspace import Workspace
from support.growth import calls_of, is_too_fast

pytestmark = pytest.mark.slow


def many(n: int) -> dict[str, str]:
    """Many keys under headings, their template, and code that reads other variables."""
    return {
        ".env": "".join(f"# == {i}\nKEY_{i}=v\n\n" for i in range(n)),
        ".env.example": "".join(f"KEY_{i}=\n" for i in range(n)),
        "app.py": "import os\n" + "".join(f"os.environ['KEX_{i}']\n" for i in range(n)),
    }


def one(n: int) -> dict[str, str]:
    """A file that repeats one key, which interpolates itself."""
    return {
        ".env": "A=${A}\n" * n,
        "app.py": "import os\n" + "os.environ['A']\n" * n + "os.environ['B']\n" * n,
    }


FEATURES: dict[str, Callable[[Project, str, str], object]] = {
    "completion": lambda project, path, text: completion(project, path, len(text)),
    "hover": lambda project, path, text: hover(project, path, text.rfind("A")),
    "actions": lambda project, path, text: code_actions(project, path, Span(0, len(text))),
    "lenses": lambda project, path, text: [list(lens.references) for lens in code_lens(project, path)],
    "hints": lambda project, path, text: inlay_hints(project, path, Span(0, len(text))),
    "outline": lambda project, path, text: document_symbols(project, path),
    "colours": lambda project, path, text: semantic_tokens(project, path),
    "symbols": lambda project, path, text: workspace_symbols(project, ""),
    "drift": lambda project, path, text: drift(project),
    "explain": lambda project, path, text: explain(project, "A"),
}


@pytest.mark.parametrize("name", FEATURES)
@pytest.mark.parametrize("files", [many, one])
def test_the_work_is_linear_in_the_text(
    name: str, files: Callable[[int], dict[str, str]], tmp_path: Path
) -> None:
    counts: dict[str, list[int]] = {".env": [], "app.py": []}
    for size in (80, 160, 320):
        for path, text in files(size).items():
            (tmp_path / path).write_text(text)
        workspace = Workspace(str(tmp_path))
        for _ in workspace.load():
            pass
        project = workspace.project()
        FEATURES[name](project, str(tmp_path / ".env"), files(1)[".env"])  # whatever is loaded only once
        for path, found in counts.items():
            text = project.text_of(str(tmp_path / path)) or ""
            found.append(calls_of(partial(FEATURES[name], project, str(tmp_path / path), text)))
    assert {path: found for path, found in counts.items() if is_too_fast(*found)} == {}

"""Checks and features terminate on code that is nested as deeply as the analysis allows."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.features.code_actions import code_actions
from configvars.features.explain import explain
from configvars.features.hover import hover
from configvars.features.inlay_hints import inlay_hints
from configvars.limits import NESTING
from configvars.text import Span
from configvars.workspace import Workspace

pytestmark = [pytest.mark.beyond_limits, pytest.mark.slow]

FLASK = "from flask import Flask\napp = Flask('x')\n"
AROUND = {
    "or, as a test": ("x = os.environ['B'] if @ else 1\n", "c or ", ""),
    "not, as a test": ("if @:\n    x = os.environ['B']\n", "not (", ")"),
    "and, before a read": ("x = @ and os.environ['B']\n", "c and ", ""),
    "dicts in dicts": (f"{FLASK}app.config.update(@)\n", "{**", "}"),
    "dict( in dict(": (f"{FLASK}app.config.from_mapping(@)\n", "dict(**", ")"),
    "dicts under a key": (f"{FLASK}app.config.update(A=@)\n", "{1: ", "}"),
    "a default in a default": ("x = @\n", "os.environ.get('B', ", ")"),
    "conditional expressions": ("x = @\n", "1 if c else ", ""),
    "an annotation": (
        "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    a: @\n",
        "Optional[",
        "]",
    ),
    "an alias": (
        "from pydantic_settings import BaseSettings\nfrom pydantic import Field\n"
        "class S(BaseSettings):\n    a: str = @\n",
        "Field(validation_alias=AliasChoices(",
        "))",
    ),
    "a converter": ("from decouple import config\nconfig('A', cast=@)\n", "Csv(cast=", ")"),
    "all([": ("if not @: raise E\n", "all([", "])"),
    "f-strings": ("x = @\n", 'f"{', '}"'),
}


@pytest.mark.parametrize("name", AROUND)
@pytest.mark.parametrize("levels", [NESTING.most // 2, NESTING.most - 20, 4 * NESTING.most])
def test_what_is_nested_deep(name: str, levels: int, tmp_path: Path) -> None:
    code, before, after = AROUND[name]
    code = code.replace("@", before * levels + "os.environ['A']" + after * levels)
    path, text = str(tmp_path / "app.py"), f"import os\n{code}os.environ['LAST']\n"
    (tmp_path / "app.py").write_text(text)
    (tmp_path / ".env").write_text("C=1\n")
    workspace = Workspace(str(tmp_path))
    for _ in workspace.load():
        pass
    project = workspace.project()
    assert "LAST is missing" in " ".join(finding.message for finding in workspace.findings(path))
    hover(project, path, text.index("'A'") + 1)
    inlay_hints(project, path, Span(0, len(text)))
    code_actions(project, path, Span(text.index("'LAST'"), text.index("'LAST'") + 1))
    explain(project, "A")

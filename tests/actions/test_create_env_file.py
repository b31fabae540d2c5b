"""The first env file of a folder, from a template or from what the code reads."""

from __future__ import annotations

from pathlib import Path

from configvars.actions.create_env_file import from_code, from_template
from configvars.edits import apply_edits
from support.projects import opened


def test_a_template_is_copied() -> None:
    edit = from_template("/ws/.env", "# keys\nA=\n")
    assert (edit.path, edit.create) == ("/ws/.env", True)
    assert apply_edits("", edit.edits) == "# keys\nA=\n"


def test_code_without_reads(tmp_path: Path) -> None:
    assert from_code("/ws/.env", opened(tmp_path, "import os\nos.environ['PORT']\n").project) is None


def test_what_the_code_does_not_require_is_commented_out(tmp_path: Path) -> None:
    reads = "os.environ['B'], os.environ['A'], os.getenv('A'), os.getenv('C'), os.getenv('D', 'x')"
    edit = from_code("/ws/.env", opened(tmp_path, f"import os\n{reads}\n").project)
    assert edit is not None
    assert edit.create
    assert apply_edits("", edit.edits) == "A=\nB=\n# C=\n"

"""The diff of what a command would change: complete, and without any value."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.cli.masked_diff import masked_diff
from configvars.cli.terminal import Style
from support.projects import opened


def shown(root: Path, name: str, before: str, after: str, *own: str, context: int = 1) -> str:
    it = opened(root, f"-- {name} --\n{before}")
    style = Style(colour=False)
    facts_of = it.workspace.facts_of
    return masked_diff(it.path(name), name, before, after, facts_of, style, own, context)


def test_python(tmp_path: Path) -> None:
    before = "import os\nX = 'canary'  # canary\nos.environ['A']\nY = 1\n"
    assert shown(tmp_path, "app.py", before, before.replace("['A']", "['B']")) == (
        "--- app.py\n+++ app.py\n@@ -2,3 +2,3 @@\n"
        " X = '***'  ***\n-os.environ['A']\n+os.environ['B']\n Y = ***\n"
    )


def test_the_first_line_of_python(tmp_path: Path) -> None:
    assert shown(tmp_path, "app.py", "a = b\n", "import os\na = b\n") == (
        "--- app.py\n+++ app.py\n@@ -1,1 +1,2 @@\n+import os\n a = b\n"
    )


@pytest.mark.parametrize("context", [0, 1])
def test_an_env_file(tmp_path: Path, context: int) -> None:
    around = " A=***\n" if context else ""
    start = 1 if context else 2
    assert shown(tmp_path, ".env", "A=canary\nB=canary\nstray canary\n", "A=canary\n", context=context) == (
        f"--- .env\n+++ .env\n@@ -{start},{2 + context} +{1},{context} @@\n{around}-B=***\n-***\n"
    )


def test_a_new_file_and_lines_of_our_own(tmp_path: Path) -> None:
    after = "# from Heroku\nA=canary\n\n# canary\n"
    assert shown(tmp_path, ".env", "", after, "# from Heroku") == (
        "--- .env\n+++ .env\n@@ -0,0 +1,4 @@\n+# from Heroku\n+A=***\n+\n+***\n"
    )


def test_nothing_changed(tmp_path: Path) -> None:
    assert shown(tmp_path, ".env", "A=1\n", "A=1\n") == "--- .env\n+++ .env\n"

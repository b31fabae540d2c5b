"""How the fixes of the env file checks change a file."""

from __future__ import annotations

import pytest
from hypothesis import given

from configvars.checks import run_checks
from configvars.edits import apply_edits
from support.projects import opened
from support.properties import env_texts, thorough

pytestmark = pytest.mark.slow


def mended(folder, check: str, text: str) -> list[str]:
    """The `.env` after each fix of each finding of a check, and whether the fix is safe."""
    it = opened(
        folder,
        f"-- Procfile --\nweb: gunicorn app:app\n-- .vscode/settings.json --\n{{}}\n-- .env --\n{text}",
    )
    path = it.path(".env")
    fixes = [fix for f in run_checks(it.project, path) if f.check == check for fix in f.fixes]
    edits = [(fix, change) for fix in fixes for change in fix.changes]
    return [apply_edits(text, change.edits) + ("" if fix.certain else "?") for fix, change in edits]


@pytest.mark.parametrize(
    ("check", "before", "after"),
    [
        ("duplicate-variable", "A=1\nB=2\nA=3\n", ["B=2\nA=3\n?"]),
        ("duplicate-variable", "A=1\nB=${A}\nA=1\n", ["B=${A}\nA=1\n?"]),
        ("duplicate-variable", "A=1\nB=$A\nA=1\n", ["B=$A\nA=1\n?"]),
        ("duplicate-variable", "A=1\nA=x${A}\n", ["A=x${A}\n?"]),
        ("duplicate-variable", "A=${B}\nB=1\nA=${B}\n", ["B=1\nA=${B}\n?"]),
        ("duplicate-variable", "A='1\n2'\nA='1\n2'", ["A='1\n2'?"]),
        ("duplicate-variable", "A=1\nA='1'\n", ["A='1'\n?"]),
        ("duplicate-variable", "A=1\nexport A=1\n", ["export A=1\n?"]),
        ("duplicate-variable", "A=1\nA=1 # c\n", ["A=1 # c\n?"]),
        ("duplicate-variable", "A=1\nA=2\nA=1\n", ["A=2\nA=1\n?", "A=1\nA=1\n?"]),
        ("duplicate-variable", "A=1\n# \x0c\nA=1\n", ["# \x0c\nA=1\n?"]),
        ("duplicate-variable", "A=1\nB=2\nA=1\n", ["A=1\nB=2\n"]),
        ("duplicate-variable", "A=1\nA=1\nA=1\n", ["A=1\nA=1\n", "A=1\nA=1\n"]),
        ("duplicate-variable", "A=1\r\nA=1", ["A=1\r\n"]),
        ("duplicate-variable", "A='x' # c\nB=\nA='x' # c\n", ["A='x' # c\nB=\n"]),
        ("bare-name", "export A # c\n", ['export A="" # c\n?']),
        ("bare-name", "'A'\n", ["'A'=\n?"]),
        ("bare-name", "A\nA=1\n", []),
        ("bare-name", "A=1\n\ufeffB\n", []),
        ("bare-name", "A=1\n\ufeff\ufeffB\n", []),
        ("bare-name", "A # c\nB='x\n", ['A="" # c\nB=\'x\n?']),
        ("bare-name", 'A="x\nB # c\n', []),
        ("readers-disagree", "B=2\nA=http://h/#x\n", ['B=2\nA="http://h/#x"\n?']),
        ("readers-disagree", "A='it\\'s'\n", ["A=it's\n?"]),
        ("readers-disagree", "A=http://h/#x\nB=1\nC=x#y\n", ['A="http://h/#x"\nB=1\nC="x#y"\n?']),
        ("readers-disagree", "A=x # c\n", []),
        ("readers-disagree", "export A=1\n", []),
        ("readers-disagree", "A=${B}#\n", []),
        ("readers-disagree", "A=1\n\ufeffB=x#y\n", []),
        ("readers-disagree", 'A="x\nB=http://h/#x\n', []),
    ],
)
def test_fix(tmp_path, check, before, after):
    assert mended(tmp_path, check, before) == after


@given(env_texts)
@thorough
def test_no_text_raises_an_exception_in_a_check(tmp_path, text):
    it = opened(tmp_path, "-- .env --\n")
    it.workspace.open(it.path(".env"), text)
    for finding in it.workspace.findings(it.path(".env")):
        for change in (change for fix in finding.fixes for change in fix.changes):
            apply_edits(text, change.edits)


@pytest.mark.parametrize("text", ["A=\ud800#\n", "\ud800\n", "A\ud800=1\n", "A=1\n\ufeffB\n"])
def test_no_text_of_an_editor_raises_an_exception_in_a_check(tmp_path, text):
    it = opened(tmp_path, "-- .env --\n")
    it.workspace.open(it.path(".env"), text)
    assert it.workspace.findings(it.path(".env"))


def test_an_env_file_can_be_added_to_gitignore(tmp_path):
    it = opened(tmp_path, "-- .git/HEAD --\nref: refs/heads/main\n-- sub/.env --\nA=1\n")
    path = it.path("sub/.env")
    (found,) = [f for f in run_checks(it.project, path) if f.check == "not-git-ignored"]
    (fix,) = found.fixes
    assert fix.title == "Add .env to .gitignore"
    assert fix.command is not None
    assert (fix.command.name, dict(fix.command.argument)) == ("configvars.addToGitignore", {"path": path})


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_a_file_only_its_owner_can_read_is_fine(tmp_path, mode):
    it = opened(tmp_path, "-- .env --\nSECRET_KEY=abc\n")
    (tmp_path / ".env").chmod(mode)
    assert "readable-by-others" not in {f.check for f in run_checks(it.project, it.path(".env"))}


def test_no_finding_contains_a_value(tmp_path):
    text = "A=canary\nA='canary#' x\nexport B=\"canary\\n\"\nC=canary#\nC='canary\n=canary\nD=${A:-canary}#\n"
    it = opened(tmp_path, f"-- .env --\n{text}")
    findings = run_checks(it.project, it.path(".env"))
    assert findings
    assert "canary" not in "".join(f.message + str(f.related) for f in findings)

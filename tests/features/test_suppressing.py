"""A finding can be suppressed at its place, in its file, or everywhere, and is then not reported."""

from __future__ import annotations

import pytest

from configvars.checks import run_checks
from configvars.checks.why_no_fix import WHY_NO_FIX
from configvars.edits import apply_edits
from configvars.features.code_actions import code_actions
from configvars.features.pull_offers import Asking
from configvars.features.suppressing import KIND
from configvars.text import Span

FILES = """\
-- .env --
A=1
UNUSED=1
"""
CODE = '-- app.py --\nimport os\nos.environ["B"]{rest}\n'


def silencers(it, name, part):
    path = it.path(name)
    at = it.project.text_of(path).index(part)
    found = code_actions(it.project, path, Span(at, at))
    return [each.fix for each in found if each.kind == KIND and each.fix.changes]


def done(it, fix):
    """Apply a fix and return the new text of the file that it changes."""
    (change,) = fix.changes
    text = "" if change.create else it.project.text_of(change.path)
    after = apply_edits(text, change.edits)
    (it.root / it.project.relative(change.path)).write_text(after)
    it.workspace.changed_on_disk(change.path)
    return after


@pytest.mark.parametrize(
    ("rest", "line"),
    [
        ("", 'os.environ["B"]  # configvars: ignore[missing-variable]'),
        ("  ", 'os.environ["B"]  # configvars: ignore[missing-variable]'),
        ("  # why", 'os.environ["B"]  # why  # configvars: ignore[missing-variable]'),
        (
            "  # configvars: ignore[bare-name]",
            'os.environ["B"]  # configvars: ignore[bare-name, missing-variable]',
        ),
    ],
)
def test_a_comment_in_code(project, rest, line):
    it = project(FILES + CODE.format(rest=rest))
    fix = silencers(it, "app.py", "B")[0]
    assert fix.title == "Ignore missing-variable here"
    assert done(it, fix).splitlines()[1] == line
    assert "missing-variable" not in {each.check for each in run_checks(it.project, it.path("app.py"))}


def test_a_comment_in_an_env_file(project):
    it = project(FILES + CODE.format(rest=""))
    fix = silencers(it, ".env", "UNUSED")[0]
    assert done(it, fix) == "A=1\n# configvars: ignore[unused-variable]\nUNUSED=1\n"


@pytest.mark.parametrize("text", ["A=1\nB=2\n", "A=1\nB=2", "A=1\nB=2 \n\n"])
def test_a_finding_about_a_whole_env_file(project, text):
    it = project("-- heroku:shop --\nC=1\n-- .env --\n")
    (it.root / ".env").write_text(text)
    it.workspace.changed_on_disk(it.path(".env"))
    end = len(text.rstrip())
    found = [each.fix for each in code_actions(it.project, it.path(".env"), Span(end, end))]
    (fix,) = [each for each in found if each.title == "Ignore only-on-heroku here"]
    assert done(it, fix) == text.replace("B", "# configvars: ignore[only-on-heroku]\nB")
    assert "only-on-heroku" not in {each.check for each in run_checks(it.project, it.path(".env"))}


@pytest.mark.parametrize("rest", [' + """', " + \\\n  x"])
def test_no_comment_where_it_would_change_the_code(project, rest):
    it = project(FILES + CODE.format(rest=rest + "\n" + ('"""' if '"' in rest else "")))
    assert "Ignore missing-variable here" not in {fix.title for fix in silencers(it, "app.py", "B")}


@pytest.mark.parametrize("settings", ["", "-- pyproject.toml --\n[project]\n"])
def test_settings_for_this_file_or_all_files(project, settings):
    it = project(FILES + settings + CODE.format(rest=""))
    name = "pyproject.toml" if settings else "configvars.toml"
    _, in_file, off = silencers(it, "app.py", "B")
    assert in_file.title == f"Ignore missing-variable in this file ({name})"
    assert '"/app.py" = ["missing-variable"]' in done(it, in_file)
    assert off.title == f"Turn missing-variable off ({name})"
    assert 'missing-variable = "off"' in apply_edits(it.project.text_of(it.path(name)), off.changes[0].edits)


@pytest.mark.parametrize(
    ("settings", "after"),
    [
        ("", ("configvars.toml", '[checks]\nmissing-variable = "off"\n')),
        (
            "-- configvars.toml --\ngiven = []\n",
            ("configvars.toml", 'given = []\n\n[checks]\nmissing-variable = "off"\n'),
        ),
        (
            "-- pyproject.toml --\n[project]\n",
            ("pyproject.toml", '[project]\n\n[tool.configvars.checks]\nmissing-variable = "off"\n'),
        ),
    ],
)
def test_the_table_of_each_settings_file(project, settings, after):
    it = project(FILES + CODE.format(rest="") + settings)
    (off,) = [fix for fix in silencers(it, "app.py", 'B"') if fix.title.startswith("Turn ")]
    assert (it.project.relative(off.changes[0].path), done(it, off)) == after


def test_a_finding_without_a_fix_says_why(project):
    it = project('-- .env --\nPORT=x\n-- app.py --\nimport os\nint(os.environ["PORT"])\n')
    found = code_actions(it.project, it.path(".env"), Span(0, 0))
    (why,) = [each.fix for each in found if each.kind == KIND and each.fix.command]
    assert why.title == "No fix for unconvertible-value: only you know which value was meant"
    assert why.command.name == "configvars.rule"


@pytest.mark.parametrize(
    ("asking", "titles"),
    [
        (Asking(may=True, suggested="shop"), ["Pull KEY from Heroku…"]),
        (Asking(), [f"No fix for empty-variable: {WHY_NO_FIX['empty-variable']}"]),
    ],
)
def test_a_finding_that_a_pull_fixes_does_not_say_that_there_is_no_fix(project, asking, titles):
    it = project('-- .env --\nKEY=\n-- app.py --\nimport os\nos.environ["KEY"]\n')
    found = code_actions(it.project, it.path(".env"), Span(0, 0), asking)
    about = [each for each in found if any(one.check == "empty-variable" for one in each.findings)]
    assert [each.fix.title for each in about if each.fix.command] == titles


def test_a_line_of_a_file_of_which_other_files_reveal_more(project):
    """The file that calls from_object makes Flask keys of the attributes."""
    it = project(
        "-- app.py --\nfrom flask import Flask\nFlask(__name__).config.from_object('config.C')\n"
        '-- config.py --\nimport os\nclass C:\n    SECRET_KEY = os.environ["B"]\n-- .env --\nA=1\n'
    )
    titles = [fix.title for fix in silencers(it, "config.py", 'B"')]
    assert titles[0] == "Ignore missing-variable here"

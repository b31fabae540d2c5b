"""Which code actions are offered at a place, and what the files contain after them."""

from __future__ import annotations

import pytest

from configvars.edits.apply import apply_edits
from configvars.features.code_actions import NOBODY, code_actions
from configvars.features.pull_offers import Asking, pulling_once
from configvars.features.suppressing import KIND
from configvars.text import Span

FILES = """\
-- heroku:shop --
MISSING=1
OTHER=1
-- .env.example --
GIVEN=

# How it is called
MISSING=
-- .env --
GIVEN=1
EXTRA=1
-- app.py --
import os
os.environ["GIVEN"], os.environ["MISSING"], os.getenv("OTHER"), os.environ["GIVNE"]
"""


def offered(it, name, part=None):
    path = it.path(name)
    text = it.project.text_of(path)
    at = text.index(part) if part else len(text)
    return mends(it, path, at)


def mends(it, path, at, asking=NOBODY):
    """The actions at a place, without those that only suppress a finding."""
    actions = code_actions(it.project, path, Span(at, at), asking)
    return tuple(action for action in actions if action.kind != KIND)


def titles(actions, kind="quickfix"):
    return [action.fix.title for action in actions if action.kind == kind]


def after(it, action):
    """The files that an action changes, with their new content."""
    return {
        it.project.relative(change.path): apply_edits(
            "" if change.create else it.project.text_of(change.path), change.edits
        )
        for change in action.fix.changes
    }


def test_a_missing_variable_is_added_or_pulled(project):
    it = project(FILES)
    actions = offered(it, "app.py", "MISSING")
    assert titles(actions) == ["Pull MISSING from Heroku app shop into .env", "Add MISSING to .env"]
    assert [action.fix.preferred for action in actions] == [True, False]
    assert after(it, actions[1]) == {".env": "GIVEN=1\nMISSING=\nEXTRA=1\n"}
    assert shown(it, actions[1]) == ".env MISSING"
    assert [finding.check for finding in actions[1].findings] == ["missing-variable"]
    command = actions[0].fix.command
    assert command.name == "configvars.pull"
    assert command.argument == {
        "folder": it.project.root,
        "names": ["MISSING"],
        "app": "shop",
        "into": it.path(".env"),
    }


def test_the_place_behind_a_finding_belongs_to_it(project):
    it = project(FILES)
    at = it.project.text_of(it.path("app.py")).index("MISSING")
    assert titles(mends(it, it.path("app.py"), at + len("MISSING")))[0].startswith("Pull MISSING from")
    assert titles(mends(it, it.path("app.py"), at + len("MISSING") + 1)) == []
    end = at + len("MISSING")  # Helix sends the letter that the cursor is on
    actions = code_actions(it.project, it.path("app.py"), Span(end, end + 1))
    assert "Add MISSING to .env" in titles(actions)


def test_the_fix_of_a_whole_file_is_offered_on_its_first_line_which_is_marked(project):
    it = project("-- .git/HEAD --\nref: refs/heads/main\n-- .env --\nA=1\nB=2\n")
    wanted = "Add .env to .gitignore"
    assert wanted in titles(offered(it, ".env", "1"))
    assert wanted not in titles(offered(it, ".env", "B"))


@pytest.mark.parametrize(("number", "is_offered"), [(8, True), (9, False)])
def test_a_range_with_many_findings_is_no_place_to_suppress_one(project, number, is_offered):
    it = project("-- .env --\nX=1\n-- app.py --\nimport os\n" + "os.environ['A']\n" * number)
    path = it.path("app.py")
    actions = code_actions(it.project, path, Span(0, len(it.project.text_of(path))))
    assert any(action.kind == KIND for action in actions) is is_offered


def shown(it, action):
    """The file and position that the editor shows after an action."""
    command = action.fix.command
    assert command.name == "configvars.show"
    return f"{it.project.relative(command.argument['path'])} {command.argument['name']}"


NO_APP = """\
-- .env --
GIVEN=1
EMPTY=
-- app.py --
import os
os.environ["GIVEN"], os.environ["EMPTY"], os.environ["A"]
"""


@pytest.mark.parametrize(
    ("name", "asking", "expected"),
    [
        ("A", Asking(), ["Add A to .env"]),
        ("A", Asking(may=True), ["Add A to .env", "Pull A from Heroku…"]),
        ("A", Asking(may=True, suggested="shop"), ["Pull A from Heroku…", "Add A to .env"]),
        ("EMPTY", Asking(may=True), ["Pull EMPTY from Heroku…"]),
        ("GIVEN", Asking(may=True, suggested="shop"), []),
    ],
)
def test_a_pull_is_offered_if_no_app_is_chosen_yet(project, name, asking, expected):
    it = project(NO_APP)
    path = it.path("app.py")
    at = it.project.text_of(path).index(name)
    actions = mends(it, path, at, asking)
    assert titles(actions) == expected
    assert [action.fix.preferred for action in actions] == [True, False][: len(actions)] or name == "EMPTY"


def test_an_env_file_is_filled_from_an_app_that_the_user_will_choose(project):
    it = project(NO_APP)
    offers = code_actions(it.project, it.path(".env"), Span(0, 0), Asking(may=True))
    assert "Pull 2 missing variables from Heroku…" in titles(offers, "source")
    assert "Add A to .env" in titles(offers, "source")


DIFFERS = """\
-- heroku:shop --
SAME=1
OTHER=2
EMPTY=3
NOTHING=
-- .env --
SAME=1
OTHER=1
EMPTY=
NOTHING=
-- app.py --
import os
os.environ["SAME"], os.environ["OTHER"], os.getenv("EMPTY"), os.environ["NOTHING"]
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SAME", []),
        ("OTHER", ["Replace OTHER in .env with the value of Heroku app shop…"]),
        ("EMPTY", ["Pull EMPTY from Heroku app shop into .env"]),
    ],
)
def test_empty_and_different_variables_can_be_pulled_in_code_and_file(project, name, expected):
    it = project(DIFFERS)
    assert titles(offered(it, "app.py", name)) == expected
    assert titles(offered(it, ".env", name)) == expected


def test_a_misspelt_name_is_corrected(project):
    it = project(FILES.replace('os.environ["GIVEN"], ', ""))
    actions = offered(it, "app.py", "GIVNE")
    respelled = next(action for action in actions if action.fix.title == "Use GIVEN here")
    assert '"GIVEN"]' in after(it, respelled)["app.py"]
    renamed = next(action for action in offered(it, ".env", "GIVEN") if action.fix.title == "Rename to GIVNE")
    assert "GIVNE=" in after(it, renamed)[".env"]


def test_an_undeclared_variable_is_added_to_the_template(project):
    it = project(FILES)
    actions = offered(it, "app.py", "OTHER")
    added = next(action for action in actions if action.fix.title == "Add OTHER to .env.example")
    assert after(it, added) == {".env.example": "GIVEN=\n\n# How it is called\nMISSING=\nOTHER=\n"}
    assert [finding.check for finding in added.findings] == ["missing-optional-variable"]
    assert added.findings[0].message == (
        "OTHER is missing from .env (set on Heroku app shop); it is also not listed in .env.example"
    )


@pytest.mark.parametrize(
    ("manifest", "expected"),
    [
        ('{"env": {}}', '{"env": {"B": {"description": ""}}}'),
        ('{\n  "name": "x"\n}\n', '{\n  "name": "x",\n  "env": {"B": {"description": ""}}\n}\n'),
        ('{"env": {\r\n\t"A": ""\r\n}}', '{"env": {\r\n\t"A": "",\r\n\t"B": {"description": ""}\r\n}}'),
        ('{"env": {"A": "x"}, "z": 1}', '{"env": {"A": "x", "B": {"description": ""}}, "z": 1}'),
    ],
)
def test_a_variable_is_declared_in_app_json_and_nothing_else_changes(project, manifest, expected):
    it = project('-- .env --\nB=1\n-- app.py --\nimport os\nos.environ["B"]\n')
    (it.root / "app.json").write_bytes(manifest.encode())
    it.workspace.changed_on_disk(it.path("app.json"))
    actions = [a for a in offered(it, "app.py", "B") if a.fix.title == "Add B to app.json"]
    found = [after(it, action)["app.json"] for action in actions]
    assert found == ([expected] if '"env": {' in manifest and '"A"' in manifest else [])


def test_an_env_file_offers_its_missing_names(project):
    it = project(FILES)
    actions = offered(it, ".env")
    assert titles(actions, "source") == [
        "Sort the variables by name",
        "Pull 2 missing variables from Heroku app shop into .env",
        "Add 3 missing variables to .env",
        "Sync .env.example from .env (names only)",
    ]
    assert after(it, actions[-2]) == {".env": "GIVEN=1\nMISSING=\nEXTRA=1\nGIVNE=\nOTHER=\n"}
    assert after(it, actions[-1]) == {".env.example": "GIVEN=\nEXTRA=\n\n# How it is called\nMISSING=\n"}


def test_an_unused_variable_is_removed(project):
    it = project(FILES)
    assert after(it, offered(it, ".env", "EXTRA")[0]) == {".env": "GIVEN=1\n"}


def test_a_template_is_copied_only_if_there_is_no_env_file(project):
    it = project("-- .env.example --\n# Words\nA=1\n")
    (action,) = offered(it, ".env.example", "# Words")
    assert (action.fix.title, after(it, action)) == (
        "Create .env from .env.example",
        {".env": "# Words\nA=1\n"},
    )
    it = project("-- .env.example --\nA=1\n-- .env --\nA=1\n")
    assert titles(offered(it, ".env.example"), "source") == []


def test_creating_an_env_file_is_offered_if_there_is_none(project):
    it = project('-- .env.example --\nA=\n-- heroku:shop --\n-- app.py --\nimport os\nos.environ["A"]\n')
    actions = offered(it, "app.py", "A")
    assert titles(actions) == [
        "Create .env from Heroku",
        "Create .env from the template",
        "Create .env with the names that the code reads",
    ]
    assert {action.fix.command.name for action in actions} == {"configvars.createEnvFile"}
    finding = actions[0].findings[0]
    assert (finding.check, finding.severity) == ("not-on-heroku", "warning")
    assert finding.message == (
        "A is not set on Heroku app shop and set by no env file here; the code fails there without it"
    )


def test_a_value_is_quoted_and_a_file_sorted(project):
    it = project("-- .env --\nB=two words\nA=1\n")
    actions = {action.fix.title: action for action in offered(it, ".env", "two")}
    assert after(it, actions["Put the value in quotes"]) == {".env": 'B="two words"\nA=1\n'}
    assert after(it, actions["Sort the variables by name"]) == {".env": "A=1\nB=two words\n"}


def test_no_action_without_a_finding(project):
    assert offered(project(FILES), "app.py", "import") == ()


@pytest.mark.parametrize("written", ["EMPTY=|", "EMPTY = |", 'EMPTY="|"', "|EMPTY=", "EMP|TY="])
def test_an_empty_value_is_pulled_where_a_new_env_file_opens(project, written):
    app = '-- app.py --\nimport os\nos.environ["EMPTY"]\n'
    it = project(f"-- .env --\nA=1\n{written.replace('|', '')}\n{app}")
    at = len("A=1\n") + written.index("|")
    asking = Asking(may=True)
    assert "Pull EMPTY from Heroku…" in titles(mends(it, it.path(".env"), at, asking))


def test_the_end_of_a_value_is_not_its_gap(project):
    it = project('-- .env --\nA=1\nB=1\n-- app.py --\nimport os\nos.environ["A"], os.environ["B"]\n')
    text = it.project.text_of(it.path(".env"))
    assert titles(mends(it, it.path(".env"), text.index("\nB"), Asking(may=True))) == []


NO_FILE = """\
-- heroku:shop --
A=1
-- .env.example --
A=
B=
-- app.py --
import os
os.environ["A"], os.environ["B"]
"""
NEW_FILE = ["Create .env from the template", "Create .env with the names that the code reads"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A", ["Pull A from Heroku app shop into .env", "Create .env from Heroku", *NEW_FILE]),
        ("B", ["Create .env from Heroku", *NEW_FILE]),
    ],
)
def test_one_variable_is_pulled_where_there_is_no_env_file_yet(project, name, expected):
    actions = offered(project(NO_FILE), "app.py", f'{name}"]')
    assert titles(actions) == expected
    assert [action.fix.preferred for action in actions[1:]] == [False] * len(expected[1:])
    assert actions[0].fix.preferred is (name == "A")


@pytest.mark.parametrize("suggested", ["shop", None])
def test_one_variable_is_pulled_into_a_new_file_from_an_app_that_the_user_will_choose(project, suggested):
    it = project(NO_FILE.replace("-- heroku:shop --\nA=1\n", ""))
    at = it.project.text_of(it.path("app.py")).index("A")
    actions = mends(it, it.path("app.py"), at, Asking(may=True, suggested=suggested))
    assert titles(actions) == ["Pull A from Heroku…", "Create .env from Heroku…", *NEW_FILE]
    assert actions[0].fix.preferred is (suggested is not None)
    assert actions[0].fix.command.argument == {
        "folder": it.project.root,
        "names": ["A"],
        "into": it.path(".env"),
    }


def test_nothing_is_pulled_into_a_folder_in_the_place_of_the_env_file(project):
    it = project(NO_FILE + "-- .env/x --\n")
    assert titles(offered(it, "app.py", 'A"]')) == []


def test_an_env_file_has_one_pull_of_all_that_is_missing(project):
    it = project(
        "-- heroku:shop --\nA=1\nB=1\nC=1\nEMPTY=1\n-- .env --\nEMPTY=\n"
        "-- app.py --\nimport os\nos.environ['A'], os.environ['EMPTY']\n"
    )
    pulls = [
        a
        for a in pulling_once(it.project, it.path(".env"), mends(it, it.path(".env"), len("EMPTY=")))
        if "Pull" in a.fix.title
    ]
    assert [action.fix.title for action in pulls] == [
        "Pull EMPTY from Heroku app shop into .env",
        "Pull 4 missing variables from Heroku app shop into .env",
    ]
    assert pulls[1].fix.command.argument["names"] == ["A", "B", "C", "EMPTY"]
    assert [finding.check for finding in pulls[1].findings] == ["only-on-heroku"]


HELD_BACK = (
    "-- heroku:shop --\nDB_URL=postgres://canary @heroku-postgresql\n"
    "-- app.py --\nimport os\nos.environ['DB_URL']\n"
)
PULL_DB = "Pull DB_URL from Heroku app shop into .env"
USE_TEMPLATE = "Use the value of .env.example"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("postgresql://localhost/bakery", [USE_TEMPLATE, PULL_DB]),
        ("sqlite:///dev.db", [USE_TEMPLATE, PULL_DB]),
        ("postgresql://me:pw@127.0.0.1:5432/shop", [USE_TEMPLATE, PULL_DB]),
        ("", [PULL_DB]),
        ("changeme", [PULL_DB]),
        ("postgres://USER:PASSWORD@localhost/NAME", [PULL_DB]),
        ("postgres://<user>@localhost/shop", [PULL_DB]),
        ("postgres://localhost/${NAME}", [PULL_DB]),
    ],
)
@pytest.mark.parametrize("env", ["A=1\nDB_URL=\n", "A=1\n"])
def test_the_first_fix_for_a_variable_that_should_not_be_copied(project, template, expected, env):
    it = project(f"{HELD_BACK}-- .env --\n{env}-- .env.example --\nA=\nDB_URL={template}\n")
    own = "Fill in DB_URL in .env" if "DB_URL" in env else "Add DB_URL to .env"
    path, word = (it.path(".env"), "DB_URL") if "DB_URL" in env else (it.path("app.py"), "DB_URL")
    start = it.project.text_of(path).index(word)
    found = code_actions(it.project, path, Span(start, start))
    titles = [
        action.fix.title for action in found if action.kind == "quickfix" and "Ignore" not in action.fix.title
    ]
    assert titles[: len(expected)] == expected if USE_TEMPLATE in expected else titles[:2] == [own, PULL_DB]
    assert [action.fix.title for action in found if action.fix.preferred] == titles[:1]

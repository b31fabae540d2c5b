"""Renaming a variable in all files, and where renaming is refused."""

from __future__ import annotations

import pytest

from configvars.edits.apply import apply_edits
from configvars.features.rename import RenameRefused, prepare_rename, rename

FILES = """\
-- .env --
# OLD is the key
export OLD='x'  # c
URL=http://${OLD}/OLD
-- .env.example --
OLD=
OLDER=
-- sub/.env --
OLD=1
-- sub/.env.sample --
# OLD=x
-- app.json --
{"env": {"OLD": {"description": "OLD"}},
 "scripts": {"postdeploy": "echo \\"$OLD\\""}}
-- Procfile --
web: run --key=${OLD:-x} OLD
-- names.py --
from os import environ
KEY = "OLD"
environ[KEY]
-- app.py --
import os
os.environ["OLD"], os.getenv('OLD'), "OLD", os.environ["OLDER"]
"""
RENAMED = """\
-- .env --
# OLD is the key
export NEW='x'  # c
URL=http://${NEW}/OLD
-- .env.example --
NEW=
OLDER=
-- sub/.env --
NEW=1
-- sub/.env.sample --
# NEW=x
-- app.json --
{"env": {"NEW": {"description": "OLD"}},
 "scripts": {"postdeploy": "echo \\"$NEW\\""}}
-- Procfile --
web: run --key=${NEW:-x} OLD
-- names.py --
from os import environ
KEY = "NEW"
environ[KEY]
-- app.py --
import os
os.environ["NEW"], os.getenv('NEW'), "OLD", os.environ["OLDER"]
"""


def renamed(it, new):
    """All files after a rename at the cursor, as a fixture."""
    texts = {str(path): it.project.text_of(str(path)) for path in it.root.rglob("*") if path.is_file()}
    for change in rename(it.project, *it.cursor, new).changes:
        texts[change.path] = apply_edits(texts[change.path], change.edits)
    order = [line[3:-3] for line in FILES.splitlines() if line.startswith("-- ")]
    return "".join(f"-- {name} --\n{texts[it.path(name)]}" for name in order)


@pytest.mark.parametrize("place", ["OLD='x'", "OLD}/", 'OLD": {', 'OLD\\"', "OLD:-x", "OLD']", 'OLD"], os'])
def test_every_place_of_the_variable_is_renamed_and_no_other(project, place):
    text = FILES.replace("getenv('OLD')", "environ['OLD']") if place == "OLD']" else FILES
    at = text.index(place)
    it = project(text[:at] + "<CURSOR>" + text[at:])
    expected = RENAMED.replace("getenv('NEW')", "environ['NEW']") if place == "OLD']" else RENAMED
    assert prepare_rename(it.project, *it.cursor).of(it.project.text_of(it.cursor[0])) == "OLD"
    assert renamed(it, "NEW") == expected


@pytest.mark.parametrize(
    ("code", "new", "why"),
    [
        ("os.environ['A<CURSOR>']", "NO-HYPHEN", "is not a valid config var name"),
        ("os.environ['A<CURSOR>']", "1ST", "is not a valid config var name"),
        ("os.environ['A<CURSOR>']", "", "is not a valid config var name"),
        ("os.environ['A<CURSOR>']", "__A", "is not a valid config var name"),
        ("os.environ['A<CURSOR>']", "HEROKU_A", "is not a valid config var name"),
        ("os.environ['A<CURSOR>']", "É", "is not a valid config var name"),
        ("os.environ['A<CURSOR>']", "TAKEN", "TAKEN is already in use"),
        ("os.environ['PORT<CURSOR>']", "B", "PORT cannot be renamed"),
        ("os.<CURSOR>environ", "B", "There is no variable here"),
        ("os.environ[name<CURSOR>()]", "B", "There is no variable here"),
    ],
)
def test_refused(project, code, new, why):
    it = project(f"-- .env --\nTAKEN=1\n-- app.py --\nimport os\n{code}\n")
    with pytest.raises(RenameRefused, match=why):
        rename(it.project, *it.cursor, new)


def test_a_name_after_a_prefix_keeps_the_prefix(project):
    code = "from environs import Env\nenv = Env()\nwith env.prefixed('APP_'):\n    env('HOST<CURSOR>')\n"
    it = project(f"-- .env --\nAPP_HOST=1\n-- app.py --\n{code}")
    with pytest.raises(RenameRefused, match="must start with APP_"):
        rename(it.project, *it.cursor, "OTHER")
    changes = rename(it.project, *it.cursor, "APP_NAME").changes
    texts = [apply_edits(it.project.text_of(change.path), change.edits) for change in changes]
    assert texts == ["APP_NAME=1\n", code.replace("<CURSOR>", "").replace("HOST", "NAME")]

"""The state of a folder does not depend on the order of file events, nor on events without a change."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from configvars.workspace import Workspace
from support.projects import opened
from support.properties import share_of

FILES = """\
-- .env --
A=1
-- names.py --
TOKEN = "MISS"
-- wrap.py --
import os
def need(name):
    return os.environ[name]
-- app.py --
import os, names
from wrap import need
os.environ[names.TOKEN]
need("A")
"""
NAMES = (".env", "names.py", "wrap.py", "app.py")
TEXTS = (
    'TOKEN = "OTHER"\n',
    "import os, names\nos.environ[names.TOKEN]\n",
    "B=2\n",
    "",
    "def need(name): pass\n",
)
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["touched", "opened", "closed", "saved", "deleted"]),
        st.integers(0, 3),
        st.integers(0, 4),
    ),
    max_size=8,
)


def known(workspace: Workspace) -> dict[str, object]:
    return {
        Path(path).name: (
            [(r.variable, r.span, r.access, r.need) for r in facts.references],
            facts.dynamic,
            [(d.variable, d.span) for d in facts.definitions],
        )
        for path, facts in workspace.project().index.files.items()
    }


def anew(root: Path, open_texts: dict[str, str]) -> dict[str, object]:
    workspace = Workspace(str(root))
    for _ in workspace.load():
        pass
    for path, text in open_texts.items():
        workspace.open(path, text)
    for _ in workspace.catch_up():
        pass
    return known(workspace)


def test_a_file_whose_own_read_is_deleted_still_names_the_variables_of_others(tmp_path):
    it = opened(tmp_path, FILES.replace("TOKEN =", "import os\nos.environ['OWN']\nTOKEN ="))
    it.workspace.open(it.path("names.py"), TEXTS[0])
    names = [each.variable.name for each in it.project.index.files[it.path("app.py")].references]
    assert names == ["OTHER", "A"]


def test_an_event_about_a_file_that_did_not_change_changes_nothing(tmp_path):
    it = opened(tmp_path, FILES)
    before = known(it.workspace)
    for name in (*NAMES, *NAMES[::-1], NAMES[1], NAMES[1]):
        assert not it.workspace.changed_on_disk(it.path(name))
        assert known(it.workspace) == before


@settings(max_examples=share_of(60), deadline=None)
@given(EVENTS)
def test_after_any_events_the_results_equal_a_fresh_read(tmp_path_factory, events):
    root = tmp_path_factory.mktemp("events")
    it = opened(root, FILES)
    open_texts: dict[str, str] = {}
    for kind, file, text in events:
        path = it.path(NAMES[file])
        if kind == "opened":
            open_texts[path] = TEXTS[text]
            it.workspace.open(path, TEXTS[text])
        elif kind == "closed":
            open_texts.pop(path, None)
            it.workspace.close(path)
        elif kind == "saved":
            Path(path).write_text(TEXTS[text])
            it.workspace.changed_on_disk(path)
        elif kind == "deleted":
            Path(path).unlink(missing_ok=True)
            it.workspace.changed_on_disk(path)
        else:
            it.workspace.changed_on_disk(path)
        for _ in it.workspace.catch_up():
            pass
    assert known(it.workspace) == anew(root, open_texts)

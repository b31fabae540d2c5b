"""Reading an earlier revision: the temporary folder contains names, never the values of env files."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from pathlib import Path

import pytest
from dulwich.objects import Blob, Tree
from dulwich.repo import Repo

from configvars.limits import PYTHON_SIZE
from configvars.workspace.revision import NoRevision, committed, files_at
from support.fixtures import fixture
from support.forked import run_python
from support.git import commit, git

FILES = """\
-- app.py --
import os
-- Procfile --
web: gunicorn app:app
-- defaults.env --
FOO=canary
KEY="-----BEGIN
canary
-----END"
BARE
-- app.json --
{"name": "canary", "env": {"A": "canary", "B": {"required": true},
 "C": {"value": "canary", "description": "canary"},
 "D": {"generator": "secret"}}}
-- notes.txt --
canary
"""

KILLED = """
import os, signal, sys
from configvars.workspace.revision import files_at
with files_at(sys.argv[1], "HEAD"):
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fixture(FILES).write(tmp_path)
    commit(tmp_path, "-f", ".")
    return tmp_path


def test_values_are_not_written(folder: Path) -> None:
    with files_at(str(folder), "HEAD") as earlier:
        found = {path.name: path.read_text("utf-8") for path in Path(earlier).iterdir()}
    assert sorted(found) == ["Procfile", "app.json", "app.py", "defaults.env"]
    assert found["defaults.env"] == "FOO=x\nKEY=x\n"
    assert json.loads(found["app.json"]) == {
        "env": {"A": "x", "B": {"required": True}, "C": {"value": "x"}, "D": {"generator": "secret"}}
    }


def test_nothing_is_written_outside_the_temporary_folder(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git itself creates no such tree, but a repository may contain one."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("temporary")))
    objects = Repo(str(folder)).object_store
    file = Blob.from_string(b"import os\n")
    above, tree = Tree(), Tree()
    above.add(b"canary.py", 0o100644, file.id)
    tree.add(b"..", 0o040000, above.id)
    tree.add(b"app.py", 0o100644, file.id)
    tree.add(b"large.py", 0o100644, (large := Blob.from_string(b"#" * (PYTHON_SIZE.most + 1))).id)
    for each in (file, large, above, tree):
        objects.add_object(each)
    changed = git(folder, "commit-tree", "-m", "x", tree.id.decode()).strip()
    with files_at(str(folder), changed) as earlier:
        assert [path.name for path in Path(earlier).iterdir()] == ["app.py"]
        assert list(Path(earlier).parent.glob("canary.py")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_what_a_killed_process_left_is_removed(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path_factory.mktemp("temporary")
    environ = {**os.environ, "TMPDIR": str(temporary)}
    argv, prepared = ("-c", KILLED, str(folder)), ("configvars.workspace.revision",)
    ended = run_python(*argv, cwd=folder, env=environ, prepared=prepared)
    assert ended.returncode == -signal.SIGKILL
    assert [path.parent.parent for path in temporary.rglob("app.py")] == list(temporary.iterdir())
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    with files_at(str(folder), "HEAD") as earlier:
        assert list(temporary.rglob("app.py")) == [Path(earlier) / "app.py"]
    assert list(temporary.iterdir()) == []


def test_the_committed_content(folder: Path) -> None:
    (folder / "defaults.env").write_text("FOO=2\n", "utf-8")
    (folder / "new.env").write_text("FOO=2\n", "utf-8")
    git(folder, "add", "-f", ".")
    assert (committed(str(folder / "defaults.env")) or b"").startswith(b"FOO=canary\n")
    assert committed(str(folder / "new.env")) is None


def test_outside_of_a_repository(tmp_path: Path) -> None:
    with pytest.raises(NoRevision, match=r"There is no git repository here\."):
        committed(str(tmp_path / ".env"))


def test_before_the_first_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert committed(str(tmp_path / ".env")) is None

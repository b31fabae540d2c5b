"""Writes that are interrupted, run out of disk space or lack permission: the file stays intact, nothing is
left over.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from configvars.cli.main import main
from configvars.workspace import Workspace, WriteRefused
from configvars.workspace.staging import is_staging_name, staged, sweep
from configvars.workspace.writing import create, replace
from support import small_disk
from support.rights import IS_ROOT, folder_of_ordinary_user, give_to_ordinary_user, ordinary_user

KILLED_WRITES = Path(__file__).parents[1] / "support" / "killed_writes.py"
SERVER = Path(__file__).parents[2] / "server"
OLD, NEW = "SECRET=canary-old\n", "SECRET=canary-new\n"


def killed_writes(
    folder: Path, name: str, number: signal.Signals, before: str | None, ignore: str
) -> list[dict]:
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    (folder / ".gitignore").write_text(ignore)
    job = {"folder": str(folder), "name": name, "before": before, "after": NEW, "signal": int(number)}
    ran = subprocess.run(
        [sys.executable, str(KILLED_WRITES)],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("before", [None, OLD], ids=["create", "replace"])
@pytest.mark.parametrize(
    ("name", "ignore"),
    [
        (".env", ".env\n"),
        (".env", "/.env\n"),
        (".env", ".env.*\n"),
        (".env", ".env*\n!.env\n"),
        (".env", "*.env\n"),
        (".env.local", "*.local\n"),
        (".env.local", ".env*.local\n"),
        ("prod.env", "prod.env\n"),
        ("ä" * 120 + ".env", "*.env\n"),
        (".env", ""),
    ],
)
def test_after_a_kill_the_file_is_whole_and_git_sees_no_leftover(tmp_path, name, ignore, before) -> None:
    outcomes = killed_writes(tmp_path, name, signal.SIGKILL, before, ignore)
    assert len(outcomes) > 8
    assert any(outcome["left"] for outcome in outcomes)
    for outcome in outcomes:
        assert outcome["status"] == (-signal.SIGKILL if outcome["reached"] else 0)
        assert outcome["text"] in (before, NEW)
        assert {path: mode for path, mode in outcome["left"].items() if mode not in ("600", "700")} == {}
        assert [line for line in outcome["git"] if "configvars" in line] == []
        assert outcome["next"] == NEW + "NEXT=1\n"
        assert outcome["swept"] == sorted([".git", ".gitignore", name])


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("before", [None, OLD], ids=["create", "replace"])
def test_a_signal_leaves_no_temporary_file(tmp_path, number, before) -> None:
    outcomes = killed_writes(tmp_path, ".env", number, before, "")
    assert len(outcomes) > 8
    for outcome in outcomes:
        ended = 130 if number is signal.SIGINT else -number
        assert outcome["status"] == (ended if outcome["reached"] else 0)
        assert outcome["text"] in (before, NEW)
        assert outcome["left"] == {}


def test_any_name_can_be_written(tmp_path) -> None:
    for name in (".gitignore", ".GITIGNORE", "Procfile", ".x", "a.configvars-0123456789abcdef.b.env"):
        create(str(tmp_path / name), str(tmp_path), OLD)
        replace(str(tmp_path / name), str(tmp_path), OLD, NEW)
        assert (tmp_path / name).read_text() == NEW
        (tmp_path / name).unlink()
        assert os.listdir(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_nothing_is_written_in_a_folder_that_is_a_link_out_of_the_workspace(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    for folder in (root / "own", outside):
        folder.mkdir(parents=True)
        (folder / "a.env").write_text(OLD)
    (root / "link").symlink_to(outside)
    (root / "other").symlink_to("own")
    for path in (root / "link" / "a.env", outside / "a.env", root / ".." / "outside" / "a.env"):
        with pytest.raises(WriteRefused, match="outside of the project"):
            replace(str(path), str(root), OLD, NEW)
        with pytest.raises(WriteRefused, match="outside of the project"):
            create(str(path.with_name("b.env")), str(root), NEW)
    assert (sorted(os.listdir(outside)), (outside / "a.env").read_text()) == (["a.env"], OLD)
    replace(str(root / "other" / "a.env"), str(root), OLD, NEW)
    assert (root / "own" / "a.env").read_text() == NEW


HOLDS = """
import sys
from configvars.workspace.staging import staged
with staged(sys.argv[1]) as path:
    open(path, "w").write("SECRET=canary")
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def writer(tmp_path) -> Iterator[subprocess.Popen]:
    """A process that is writing `.env`."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path / ".env")],
        env={**os.environ, "PYTHONPATH": str(SERVER)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def staging(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if is_staging_name(name)]


def test_temporary_files_of_running_writers_stay(tmp_path, writer) -> None:
    sweep(str(tmp_path))
    create(str(tmp_path / ".env"), str(tmp_path), OLD)
    (theirs,) = staging(tmp_path)
    assert sorted(os.listdir(tmp_path / theirs)) == [".env", ".gitignore"]
    writer.communicate("")
    assert os.listdir(tmp_path) == [".env"]


@pytest.mark.slow
def test_a_command_removes_leftovers_of_killed_writers(tmp_path, writer, monkeypatch) -> None:
    (tmp_path / "app.py").write_text("import os\nos.environ['A']\n")
    writer.kill()
    writer.wait()
    assert len(staging(tmp_path)) == 1
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--exit-zero"]) == 0
    assert os.listdir(tmp_path) == ["app.py"]


def test_the_server_removes_leftovers_and_never_reads_them(tmp_path, writer) -> None:
    workspace = Workspace(str(tmp_path), trusted=False)
    for _ in workspace.load():
        pass
    (theirs,) = staging(tmp_path)
    for path in (tmp_path / theirs, tmp_path / theirs / ".env"):
        assert not workspace.changed_on_disk(str(path))
    assert workspace.project().index.files == {}
    writer.kill()
    writer.wait()
    for _ in workspace.load():
        pass
    assert os.listdir(tmp_path) == []


def copied(folder: Path) -> None:
    """A leftover as git checks it out if someone has committed it."""
    folder.chmod(0o755)


def linked(folder: Path) -> None:
    folder.rename(folder.parent / "elsewhere")
    folder.symlink_to("elsewhere")


def of_another_make(folder: Path) -> None:
    (folder / ".gitignore").write_text("*\n")


@pytest.mark.parametrize("change", [copied, linked, of_another_make])
def test_files_that_only_look_like_leftovers_stay(tmp_path, change) -> None:
    with staged(str(tmp_path / ".env")) as path:
        folder = Path(path).parent
        kept = {".env": "SECRET=canary", ".gitignore": (folder / ".gitignore").read_text()}
    folder.mkdir(0o700)
    for name, text in kept.items():
        (folder / name).write_text(text)
    change(folder)
    sweep(str(tmp_path))
    assert sorted(os.listdir(folder)) == [".env", ".gitignore"]


# ---- a full disk

FILLS = """
import os
from configvars.workspace import WriteRefused
from configvars.workspace.writing import create, replace
create(os.path.abspath("all.env"), os.getcwd(), "OLD=1\\n")
for name, size in (("filler", 4096),) * {fillers} + (("none.env", 100_000), ("all.env", 100_000)):
    try:
        if name == "filler":
            open(f"filler{{len(os.listdir())}}", "wb").write(b"x" * size)
        elif name == "all.env":
            replace(os.path.abspath(name), os.getcwd(), "OLD=1\\n", "A=" + "x" * size)
        else:
            create(os.path.abspath(name), os.getcwd(), "A=" + "x" * size)
    except WriteRefused as why:
        print(f"{{name}}: {{why}}")
    except OSError:
        pass
print(sorted(each for each in os.listdir() if "filler" not in each), open("all.env").read())
"""


@pytest.mark.slow
@pytest.mark.parametrize("fillers", [0, 20], ids=["nearly full", "full"])
@pytest.mark.parametrize("kind", small_disk.kinds())
def test_a_full_disk_does_not_change_the_file(tmp_path, kind, fillers) -> None:
    assert small_disk.run(kind, tmp_path, FILLS.format(fillers=fillers)) == (
        "none.env: the disk is full\nall.env: the disk is full\n['all.env'] OLD=1\n\n"
    )


# ---- no permission to write


def read_only_folder(folder: Path) -> None:
    folder.chmod(0o555)


def read_only_file(folder: Path) -> None:
    (folder / ".env").chmod(0o444)


def unreadable_file(folder: Path) -> None:
    (folder / ".env").chmod(0o200)


def file_of_somebody_else(folder: Path) -> None:
    os.chown(folder / ".env", 0, 0)
    (folder / ".env").chmod(0o666)


@pytest.mark.parametrize(
    ("rights", "why"),
    [
        (read_only_folder, "its folder is not writable"),
        (read_only_file, "it is read-only"),
        (unreadable_file, "the file (cannot be read|is not readable)"),
        *([(file_of_somebody_else, "the file could not be replaced")] if IS_ROOT else []),
    ],
)
def test_a_file_without_write_permission_does_not_change(rights, why) -> None:
    with folder_of_ordinary_user() as folder:
        path = folder / ".env"
        path.write_text(OLD)
        give_to_ordinary_user(path)
        rights(folder)
        before = path.stat()
        with ordinary_user(), pytest.raises(WriteRefused, match=why):
            replace(str(path), str(folder), OLD, NEW)
        assert os.listdir(folder) == [".env"]
        after = path.stat()
        assert (after.st_mode, after.st_uid, after.st_mtime_ns) == (
            before.st_mode,
            before.st_uid,
            before.st_mtime_ns,
        )


def test_an_ordinary_user_cannot_create_a_file_in_a_read_only_folder() -> None:
    with folder_of_ordinary_user() as folder:
        folder.chmod(0o555)
        with ordinary_user(), pytest.raises(WriteRefused, match="its folder is not writable"):
            create(str(folder / ".env"), str(folder), NEW)
        assert os.listdir(folder) == []


def test_a_user_can_write_their_own_files() -> None:
    with folder_of_ordinary_user() as folder:
        with ordinary_user():
            create(str(folder / ".env"), str(folder), OLD)
            replace(str(folder / ".env"), str(folder), OLD, NEW)
        assert (folder / ".env").read_text() == NEW


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_text_that_the_disk_does_not_take_is_refused(tmp_path) -> None:
    import resource

    (tmp_path / ".env").write_text(OLD)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3, hard))
    try:
        with pytest.raises(WriteRefused):
            replace(str(tmp_path / ".env"), str(tmp_path), OLD, NEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (tmp_path / ".env").read_text() == OLD
    assert staging(tmp_path) == []


@pytest.mark.parametrize("name", [".env", "prod.env", ".env.local"])
def test_the_same_ignore_rules_apply_to_the_temporary_folder(tmp_path: Path, name: str) -> None:
    with staged(str(tmp_path / name)) as temporary:
        folder = Path(temporary).parent.name
    assert (folder.startswith(name), folder.endswith(f".{name.rpartition('.')[2]}")) == (True, True)

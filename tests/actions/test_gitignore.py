import subprocess
from pathlib import Path

import pytest

from configvars.actions.gitignore import ignore_file
from configvars.edits import apply_edits
from support.fixtures import fixture


def read(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        return None


@pytest.mark.parametrize(
    ("files", "path", "workspace", "written"),
    [
        ("-- x --\n", ".env", ".", {".gitignore": ".env\n"}),
        ("-- .gitignore --\n*.pyc", ".env", ".", {".gitignore": "*.pyc\n.env\n"}),
        ("-- .gitignore --\n*.pyc\r\n", ".env", ".", {".gitignore": "*.pyc\r\n.env\r\n"}),
        ("-- .gitignore --\n!.env\n", ".env", ".", {".gitignore": "!.env\n.env\n"}),
        ("-- app/.gitignore --\n!.env\n", "app/.env", ".", {"app/.gitignore": "!.env\n.env\n"}),
        ("-- x --\n", "app/.env", ".", {".gitignore": ".env\n"}),
        ("-- .gitignore --\n# ours\n", "app/.env", "app", {"app/.gitignore": ".env\n"}),
        ("-- x --\n", "conf/prod 1.env", ".", {".gitignore": "/conf/prod\\ 1.env\n"}),
    ],
)
def test_git_ignores_the_file_afterwards(
    tmp_path: Path, files: str, path: str, workspace: str, written: dict[str, str]
) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    fixture(files).write(tmp_path)
    (tmp_path / path).parent.mkdir(exist_ok=True)
    edit = ignore_file(
        str(tmp_path / path), str((tmp_path / workspace).resolve()), read, {"HOME": str(tmp_path / "home")}
    )
    assert edit is not None
    before = read(edit.path)
    assert edit.create == (before is None)
    after = apply_edits((before or b"").decode(), edit.edits)
    assert {str(Path(edit.path).relative_to(tmp_path)): after} == written
    Path(edit.path).write_bytes(after.encode())
    ignored = subprocess.run(["git", "check-ignore", "-q", path], cwd=tmp_path, check=False)
    assert ignored.returncode == 0


def test_nothing_is_added_if_git_ignores_it_or_that_is_not_known(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path / "home")}
    assert ignore_file(str(tmp_path / ".env"), str(tmp_path), read, environ) is None
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text(".env*\n")
    assert ignore_file(str(tmp_path / ".env"), str(tmp_path), read, environ) is None

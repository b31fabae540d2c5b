"""Commands on damaged or unusual folders: a message, the right exit status, no traceback, no hang."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import SERVER, Ran, Run

pytestmark = pytest.mark.slow

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


def env_is_a_folder(folder: Path) -> None:
    (folder / ".env").mkdir()


def env_is_binary(folder: Path) -> None:
    (folder / ".env").write_bytes(b"A=\0\1\2")


def env_is_not_utf8(folder: Path) -> None:
    (folder / ".env").write_bytes(b"A=\xff\xfe canary\n")


def env_is_huge(folder: Path) -> None:
    (folder / ".env").write_bytes(b"A=canary\n" * (50 * 1024 * 1024 // 9))


def env_is_one_long_line(folder: Path) -> None:
    (folder / ".env").write_bytes(b"A=" + b" " * 900_000 + b"#")


def env_is_a_fifo(folder: Path) -> None:
    os.mkfifo(folder / ".env")


def env_is_a_device(folder: Path) -> None:
    (folder / ".env").symlink_to("/dev/zero")


def env_leads_outside(folder: Path) -> None:
    (folder / ".env").symlink_to("/etc/passwd")


def env_is_a_loop(folder: Path) -> None:
    (folder / ".env").symlink_to(folder / ".env")


def folders_are_a_loop(folder: Path) -> None:
    (folder / "loop").symlink_to(folder)


def env_is_unreadable(folder: Path) -> None:
    (folder / ".env").write_text("A=canary\n")
    (folder / ".env").chmod(0)


def python_is_huge(folder: Path) -> None:
    (folder / "big.py").write_bytes(b"import os\n" + b"os.environ['A']\n" * (50 * 1024 * 1024 // 16))


def python_is_binary(folder: Path) -> None:
    (folder / "bin.py").write_bytes(b"import os\nos.environ['A']\0")


def python_is_not_utf8(folder: Path) -> None:
    (folder / "latin.py").write_bytes(b"import os\n# \xff\nos.environ['A']\n")


def python_is_nested(folder: Path) -> None:
    (folder / "deep.py").write_text("import os\nx = " + "(" * 50_000 + "os.environ['A']")


def python_has_blocks_without_end(folder: Path) -> None:
    lines = [" " * level + "if x:\n" for level in range(600)]
    (folder / "deep.py").write_text("import os\n" + "".join(lines) + " " * 600 + "os.environ['A']\n")


def python_is_broken(folder: Path) -> None:
    (folder / "broken.py").write_text("import os\ndef (:\n  os.environ['A']\n  os.environ['B")


def json_is_nested(folder: Path) -> None:
    (folder / "app.json").write_text("[" * 100_000)


def pyproject_is_nested(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("configvars = " + "[" * 100_000)


def pyproject_is_a_folder(folder: Path) -> None:
    (folder / "pyproject.toml").mkdir()


def names_are_odd(folder: Path) -> None:
    (folder / "a\nb.py").write_text("import os\nos.environ['A']\n")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.py")).write_text("import os\nos.environ['A']\n")


EVERYWHERE = [
    env_is_a_folder,
    env_is_binary,
    env_is_not_utf8,
    env_is_huge,
    env_is_one_long_line,
    python_is_huge,
    python_is_binary,
    python_is_not_utf8,
    python_is_nested,
    python_has_blocks_without_end,
    python_is_broken,
    json_is_nested,
    pyproject_is_nested,
    pyproject_is_a_folder,
]
ON_POSIX = [
    env_is_a_fifo,
    env_is_a_device,
    env_leads_outside,
    env_is_a_loop,
    folders_are_a_loop,
    env_is_unreadable,
    names_are_odd,
]


SETTINGS = (pyproject_is_nested, pyproject_is_a_folder)
CASES = [*EVERYWHERE, *(pytest.param(make, marks=posix_only) for make in ON_POSIX)]


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_check(spawn: Run, tmp_path: Path, make: Callable[[Path], None]) -> None:
    (tmp_path / "app.py").write_text("import os\nos.environ['SEEN']\nint(os.getenv('SEEN'))\n")
    make(tmp_path)
    ran = spawn(tmp_path, "check")
    assert ran.status in ((2,) if make in SETTINGS else (0, 1))
    # An unreadable env file may set anything, so nothing is reported as missing.
    assert "SEEN" in ran.out or ".env " in ran.out
    assert not bad_words(ran)


@pytest.mark.beyond_limits
@pytest.mark.timeout(20)
@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_inventory(run: Run, tmp_path: Path, make: Callable[[Path], None]) -> None:
    (tmp_path / "app.py").write_text("import os\nos.environ['SEEN']\n")
    make(tmp_path)
    ran = run(tmp_path, "inventory", "--output-format", "json")
    assert ran.status == 0
    names = {reference["name"] for reference in json.loads(ran.out)["references"]}
    assert "SEEN" in names  # one unreadable file does not hide the others
    assert not bad_words(ran)


def bad_words(ran: Ran) -> list[str]:
    """Strings that must not be printed."""
    return [word for word in ("Traceback", "internal error", "canary") if word in ran.out + ran.err]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (env_is_a_folder, ".env is a folder and was not checked."),
        (env_is_binary, ".env is not a text file and was not checked."),
        (env_is_not_utf8, ".env is not UTF-8 (line 1) and was not checked."),
        (env_is_huge, ".env is larger than 1024 KiB and was not checked."),
        pytest.param(
            env_is_a_fifo,
            ".env is a named pipe, which can be read only once and was not checked.",
            marks=posix_only,
        ),
        pytest.param(
            env_leads_outside,
            ".env leads through a symbolic link to /etc/passwd, which does not look like an env file",
            marks=posix_only,
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_skipped_files_are_reported(
    run: Run, tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    make(tmp_path)
    assert said in run(tmp_path, "check").out


@posix_only
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_read_permission(run: Run, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    ran = run(tmp_path, "check", "closed")
    assert (ran.status, ran.err) == (2, "configvars: closed cannot be read.\n")


@posix_only
def test_a_current_folder_that_no_longer_exists(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"""
import os
os.rmdir({str(gone)!r})
from configvars.cli.main import main
raise SystemExit(main(["check"]))
"""
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=gone,
        env={**os.environ, "PYTHONPATH": str(SERVER)},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (2, "configvars: The current folder does not exist any more.\n")

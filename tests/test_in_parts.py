"""`make test-fast` runs every test once, in several processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.in_parts import TESTS, is_fit, is_left_out, part_of

FILES = sorted(TESTS.rglob("test_*.py"))


@pytest.mark.parametrize("parts", [1, 2, 3])
def test_each_file_belongs_to_one_part(parts: int) -> None:
    for file in FILES:
        in_parts = [number for number in range(1, parts + 1) if not is_left_out(file, f"{number}/{parts}")]
        assert len(in_parts) == 1


def test_parts_have_about_the_same_size() -> None:
    sizes = [0, 0]
    for file, number in part_of(2).items():
        sizes[number - 1] += file.stat().st_size
    assert max(sizes) < 1.01 * min(sizes)


def test_what_is_no_test_belongs_to_every_part() -> None:
    others = (TESTS / "conftest.py", TESTS / "cli", TESTS / "support" / "git.py")
    assert not any(is_left_out(path, "1/2") or is_left_out(path, "2/2") for path in others)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file systems")
def test_where_tests_have_their_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_fit(tmp_path / "missing")
    assert not is_fit(tmp_path, needed=2**60)
    assert is_fit(tmp_path, needed=1)
    status = os.statvfs(tmp_path)
    no_programs = os.statvfs_result((*status[:8], status.f_flag | os.ST_NOEXEC, status[9]))
    monkeypatch.setattr(os, "statvfs", lambda path: no_programs)
    assert not is_fit(tmp_path, needed=1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "status"),
    [("def test(): pass\n", 0), ("def test(): assert 0\n", 1), ("def test(:\n", 2), ("", 5)],
)
def test_the_exit_status_is_that_of_pytest(tmp_path: Path, text: str, status: int) -> None:
    (tmp_path / "test_it.py").write_text(text)
    command = [sys.executable, "-m", "support.in_parts", "-q", str(tmp_path)]
    ran = subprocess.run(
        command,
        cwd=TESTS.parent,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == status, ran.stdout.decode()

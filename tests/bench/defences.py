"""Takes each defence out of a copy of the program, and runs the test that has to fail then.

    PYTHONPATH=tests python tests/bench/defences.py [WORD…]

Only those whose description holds one of the words, if any is given. The exit status is 1 where a defence is
gone and its test does not fail.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from support.defences import ROOT, Defence, defences

_PATIENCE = 240
"""Seconds for one test: without some defences, work has no end."""
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "node_modules", "__pycache__", ".parts", "dist", "*.vsix")


def is_missed(defence: Defence, copy: Path) -> bool:
    """Whether a test fails without a defence, or comes to no end."""
    file = copy / "server" / "configvars" / defence.file
    text = file.read_text("utf-8")
    file.write_text(text.replace(defence.old, defence.new), "utf-8")
    test = ["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", f"tests/{defence.test}"]
    try:
        ran = subprocess.run(
            [sys.executable, *test], cwd=copy, capture_output=True, check=False, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        file.write_text(text, "utf-8")
    return ran.returncode == 1


def main(words: list[str]) -> int:
    """Try all, or those whose description holds a word."""
    chosen = [one for one in defences() if not words or any(word in one.what for word in words)]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        shutil.copytree(ROOT, copy, ignore=_LEFT_OUT, symlinks=True)
        kept = 0
        for one in chosen:
            is_kept = is_missed(one, copy)
            kept += is_kept
            print(f"{'missed' if is_kept else 'NOT MISSED'}: {one.what} ({one.test})", flush=True)
    print(f"{kept} of {len(chosen)} defences are missed by a test")
    return int(kept < len(chosen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Removes each defence from a copy of the program and runs the test that must then fail.

    PYTHONPATH=tests python tests/bench/defences.py [WORD…]

With words, tries only the defences whose description contains one of them. Exits with 1 if a test passes
although its defence was removed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from support.defences import ROOT, Defence, defences

_PATIENCE = 240
"""The time limit of one test in seconds: without some defences, the work never ends."""
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "node_modules", "__pycache__", ".parts", "dist", "*.vsix")


def is_missed(defence: Defence, copy: Path) -> bool:
    """Whether the test fails, or runs into the time limit, without the defence."""
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
    """Try all defences, or those whose description contains one of the words."""
    chosen = [one for one in defences() if not words or any(word in one.what for word in words)]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        shutil.copytree(ROOT, copy, ignore=_LEFT_OUT, symlinks=True)
        kept = 0
        for one in chosen:
            is_kept = is_missed(one, copy)
            kept += is_kept
            print(f"{'tested' if is_kept else 'NOT TESTED'}: {one.what} ({one.test})", flush=True)
    print(f"{kept} of {len(chosen)} defences have a test that fails without them")
    return int(kept < len(chosen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

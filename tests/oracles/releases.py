"""Nightly: runs the oracles' tests with the oldest supported and the newest releases of the libraries.

    python -m oracles.releases

Creates an environment for each row in the folder `.venv/oracles`, and runs the row's tests with its Python.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from oracles.reader_programs import ALONE, PROGRAMS

HERE = Path(__file__).parent
PLACE = HERE.parent.parent / ".venv" / "oracles"

# The packages that are installed, and the test file that is run with them.
RELEASES: dict[str, tuple[tuple[str, ...], str]] = {
    "readers-newest": (tuple(PROGRAMS), "test_readers.py"),
    **{f"{package}-newest": ((package,), "test_readers.py") for package in ALONE},
    "pydantic-settings-oldest": (("pydantic-settings==2.0.3", "pydantic<2.6"), "test_pydantic_settings.py"),
    "pydantic-settings-newest": (("pydantic-settings",), "test_pydantic_settings.py"),
}


def main() -> int:
    failed = []
    for name, (packages, tests) in RELEASES.items():
        python = PLACE / name / "bin" / "python"
        _uv("venv", "--quiet", "--clear", PLACE / name)
        _uv("pip", "install", "--quiet", "--upgrade", "--python", python, *packages)
        environ = {**os.environ, "CONFIGVARS_ORACLE_PYTHON": str(python)}
        print(f"== {name}", flush=True)
        if subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-s", HERE / tests], env=environ, check=False
        ).returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed) or 'none'}")
    return len(failed)


def _uv(*words: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "uv", *words], check=True)


if __name__ == "__main__":
    sys.exit(main())

"""Fills bundled/libs with the server and the wheels it needs, for one platform and every supported Python.

    python scripts/bundle.py [--target linux-x64]

The wheels are those of requirements/runtime.txt, by hash. A compiled module's file name carries the Python
it is for, so the wheels of all versions lie side by side in one folder.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

CLIENT = Path(__file__).resolve().parent.parent
REPOSITORY = CLIENT.parent
PYTHONS = ("311", "312", "313", "314")
PLATFORMS = {
    "linux-x64": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    "linux-arm64": ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"),
    "alpine-x64": ("musllinux_1_2_x86_64",),
    "darwin-x64": ("macosx_10_15_x86_64", "macosx_10_13_x86_64", "macosx_10_9_x86_64"),
    "darwin-arm64": ("macosx_11_0_arm64",),
    "win32-x64": ("win_amd64",),
    "win32-arm64": ("win_arm64",),
}


def this_target() -> str:
    """Return the name VS Code has for the machine this runs on."""
    system = {"Linux": "linux", "Darwin": "darwin", "Windows": "win32"}[platform.system()]
    is_arm = platform.machine().lower() in ("arm64", "aarch64")
    return f"{system}-{'arm64' if is_arm else 'x64'}"


def download(target: str, python: str, into: Path) -> None:
    """Download the wheels of one Python (`311`) for a target."""
    options = [option for name in PLATFORMS[target] for option in ("--platform", name)]
    options += [option for abi in (f"cp{python}", "abi3", "none") for option in ("--abi", abi)]
    command = [
        *(sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check"),
        *("--no-deps", "--require-hashes", "--only-binary", ":all:", "--implementation", "cp"),
        *("--python-version", python, "--dest", str(into)),
        *options,
        *("--requirement", str(REPOSITORY / "requirements" / "runtime.txt")),
    ]
    subprocess.run(command, check=True)


def is_needed(name: str) -> bool:
    """Whether a file of a wheel is needed to run: no stub, no record of installers, no mere speed.

    PyYAML's compiled part is larger than all else here, and PyYAML reads without it what few folders have.
    """
    is_record = ".dist-info/" in name and "/licenses/" not in name
    return not (name.endswith(".pyi") or is_record or name.startswith("yaml/_yaml."))


def unpack(wheel: Path, into: Path) -> None:
    """Unpack what a wheel has to run."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(into, filter(is_needed, archive.namelist()))


def bundle(target: str, libs: Path) -> None:
    """Make `libs` anew for a target."""
    shutil.rmtree(libs, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        for python in PYTHONS:
            download(target, python, Path(folder))
        for wheel in sorted(Path(folder).glob("*.whl")):
            unpack(wheel, libs)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "server" / "configvars", libs / "configvars", ignore=ignored)
    files = [file for file in libs.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files)
    print(f"{target}: {len(files)} files, {size / 1e6:.1f} MB in {libs.relative_to(REPOSITORY)}")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--target", choices=PLATFORMS, default=this_target())
    bundle(parser.parse_args().target, CLIENT / "bundled" / "libs")


if __name__ == "__main__":
    main()

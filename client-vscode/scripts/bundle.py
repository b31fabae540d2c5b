"""Fills bundled/libs with the server and its dependencies, for one platform and all supported Pythons.

    python scripts/bundle.py [--target linux-x64]

The wheels are those of requirements/runtime.txt, verified by hash. The file name of a compiled module
contains the Python version, so one folder can hold the modules for all versions.
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
    """Return VS Code's name for the platform of this machine."""
    system = {"Linux": "linux", "Darwin": "darwin", "Windows": "win32"}[platform.system()]
    is_arm = platform.machine().lower() in ("arm64", "aarch64")
    return f"{system}-{'arm64' if is_arm else 'x64'}"


def download(target: str, python: str, into: Path) -> None:
    """Download the wheels for one Python version (`311`) and a target."""
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
    """Whether the server needs a file of a wheel at run time: not stubs, installer records and accelerators.

    PyYAML's compiled part is larger than everything else here. PyYAML works without it, only slower.
    """
    is_record = ".dist-info/" in name and "/licenses/" not in name
    return not (name.endswith(".pyi") or is_record or name.startswith("yaml/_yaml."))


def unpack(wheel: Path, into: Path) -> None:
    """Unpack the files of a wheel that are needed at run time."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(into, filter(is_needed, archive.namelist()))


def bundle(target: str, libs: Path) -> None:
    """Rebuild `libs` for a target."""
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
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--target", choices=PLATFORMS, default=this_target())
    bundle(parser.parse_args().target, CLIENT / "bundled" / "libs")


if __name__ == "__main__":
    main()

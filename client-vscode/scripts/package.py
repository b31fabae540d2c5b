"""Creates configvars-TARGET-VERSION.vsix from a client that is built.

    python scripts/package.py [TARGET…] [--all]

Without arguments, the target is that of this machine.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

from bundle import CLIENT, PLATFORMS, bundle, this_target

HOME = "https://github.com/configvars/configvars"
# The gallery shows the README outside the repository, so its links and pictures need absolute URLs.
OPTIONS = (
    "--no-dependencies",
    *("--baseContentUrl", f"{HOME}/blob/main/client-vscode"),
    *("--baseImagesUrl", f"{HOME}/raw/main/client-vscode"),
)


def package(target: str) -> Path:
    """Bundle the server for a target and pack it with the client."""
    bundle(target, CLIENT / "bundled" / "libs")
    version = json.loads((CLIENT / "package.json").read_text("utf-8"))["version"]
    out = CLIENT / f"configvars-{target}-{version}.vsix"
    command = ["node_modules/.bin/vsce", "package", "--target", target, "--out", out.name, *OPTIONS]
    subprocess.run(command, cwd=CLIENT, check=True, stdout=subprocess.DEVNULL)
    print(f"{out.name}: {out.stat().st_size / 1e6:.1f} MB")
    return out


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Pack the extension for one or more targets.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", choices=[*PLATFORMS, []])
    parser.add_argument("--all", action="store_true", help="all supported targets")
    arguments = parser.parse_args()
    for target in PLATFORMS if arguments.all else arguments.targets or [this_target()]:
        package(target)


if __name__ == "__main__":
    main()

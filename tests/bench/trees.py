"""The projects that are measured: public repositories if the user has them, and a generated project."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.generated import write_app

DATA = Path(__file__).with_name("trees.toml")


@dataclass(frozen=True)
class Tree:
    """A project on disk, and its file in which keystrokes are measured.

    If that is None, the project is only checked.
    """

    name: str
    origin: str
    root: Path
    file: Path | None

    @property
    def python_files(self) -> list[Path]:
        return [path for path in self.root.rglob("*.py") if path.is_file()]

    @property
    def megabytes(self) -> float:
        return sum(path.stat().st_size for path in self.python_files) / 1e6


def trees(scratch: Path, wanted: list[str]) -> Iterator[Tree]:
    """The projects with these names. Without names, the generated project and all in the user's folder."""
    if not wanted or "generated" in wanted:
        root = scratch / "generated"
        yield Tree("generated", "300 modules", root, write_app(root))
    folder = os.environ.get("CONFIGVARS_TREES")
    for name, entry in tomllib.loads(DATA.read_text("utf-8")).items() if folder else ():
        root = Path(folder or "", name).resolve()
        if root.is_dir() and (not wanted or name in wanted):
            file = root / entry["file"] if "file" in entry else None
            yield Tree(name, entry["origin"], root, file)

"""The repositories of the corpus, each at one commit, in a folder that the user names."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

DATA = Path(__file__).with_name("corpus.toml")


class Repository(msgspec.Struct, frozen=True):
    """A public repository at a commit."""

    name: str
    commit: str

    @property
    def folder(self) -> str:
        return self.name.replace("/", "+")


def repositories() -> Iterator[Repository]:
    """All repositories of the corpus, by name."""
    for name, commit in sorted(tomllib.loads(DATA.read_text("utf-8")).items()):
        yield Repository(name, commit)


def fetch(repository: Repository, into: Path) -> None:
    """Download a repository at its commit from GitHub, unless the folder already contains it."""
    target = into / repository.folder
    if target.exists():
        return
    target.mkdir(parents=True)
    for arguments in (
        ("init", "-q"),
        ("fetch", "-q", "--depth=1", f"https://github.com/{repository.name}", repository.commit),
        ("checkout", "-q", "FETCH_HEAD"),
    ):
        subprocess.run(["git", "-C", str(target), *arguments], check=True)

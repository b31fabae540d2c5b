"""What the engine reports about a program: the other side of the comparison."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from configvars.model import Access, FileFacts, Need
from configvars.resolve.link import Linker

_ROOT = "/ws"


@dataclass(frozen=True)
class Said:
    """The names that are read, which of them are required, whether some name is dynamic, and the env files.

    `families` are prefixes: every name that starts with one of them is read.
    """

    read: frozenset[str]
    required: frozenset[str]
    dynamic: bool
    files: frozenset[str]
    families: tuple[str, ...] = ()


def known(files: Mapping[str, str]) -> list[FileFacts]:
    """The facts of the Python files of a program."""
    linker = Linker(_ROOT)
    for name, text in files.items():
        if name.endswith(".py"):
            linker.update(f"{_ROOT}/{name}", text)
    return list(linker.settle())


def said_of(files: Mapping[str, str]) -> Said:
    """What the engine reports about the Python files of a program."""
    found = known(files)
    reads = [
        one
        for facts in found
        for one in facts.references
        if one.variable.scope == "env" and one.access is Access.READ
    ]
    paths = {
        posixpath.normpath(posixpath.join(_ROOT, use.path))
        for facts in found
        for use in facts.env_files
        if use.path is not None
    }
    return Said(
        frozenset(one.variable.name for one in reads),
        frozenset(one.variable.name for one in reads if one.need is Need.REQUIRED),
        any(not one.sets for facts in found for one in facts.dynamic),
        frozenset(path.removeprefix(f"{_ROOT}/") for path in paths) & frozenset(files),
        tuple(name.removesuffix("*") for facts in found for name in facts.taken if name.endswith("*")),
    )

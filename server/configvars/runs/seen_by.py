"""Which reads see the env file that code loads: all, or only those through the library that loads it."""

from __future__ import annotations

import os

from configvars.model import EnvFileUse, Reference
from configvars.pinned import is_older
from configvars.project import Project
from configvars.resolve.env_files import used_file

_ENVIRONS, _READ_ENV = "environs", "environs.read_env"
# https://github.com/sloria/environs/blob/main/CHANGELOG.md: since then, `read_env` fills the `Env` object.
_FILLS_ITSELF_SINCE = (15, 0)


def only_for(project: Project, loader: str, use: EnvFileUse) -> str:
    """The start of the idioms that see the file which `use` in `loader` loads; empty for all reads."""
    if use.only_for or use.idiom != _READ_ENV:
        return use.only_for
    folder = os.path.dirname(loader)
    fills = project.answered(
        f"environs fills the environment in {folder}",
        lambda: is_older(project, _ENVIRONS, _FILLS_ITSELF_SINCE, loader),
    )
    return "" if fills else _ENVIRONS


def sees(project: Project, read: tuple[str, Reference], loader: str, use: EnvFileUse) -> bool:
    """Whether a read sees a file that code loads; most settings classes load a file for themselves alone."""
    only = only_for(project, loader, use)
    path, reference = read
    return not only or (reference.idiom.startswith(only) and (only == _ENVIRONS or path == loader))


def own_files(project: Project, path: str, reference: Reference) -> tuple[str, ...]:
    """The only env files that can set what `dotenv_values(…)[…]` or `Config(RepositoryEnv(…))(…)` reads.

    Empty if others can, too, or if one of the files does not exist here.
    """
    if reads_environment(reference) and fills_environment(project):
        return ()
    files, root = project.index.files, project.root
    found = [used_file(use, path, files, root) for use in reference.files]
    return () if None in found else tuple(file for file in found if file is not None)


def reads_environment(reference: Reference) -> bool:
    """Whether a read also sees the environment; what `dotenv_values` returns does not contain it."""
    return not reference.idiom.startswith("dotenv_values")


def fills_environment(project: Project) -> bool:
    """Whether code or the `flask` command loads env files into the environment."""

    def find() -> bool:
        loads = project.index.each("env_files").items()
        return any(facts.flows for facts in project.index.each("flask").values()) or any(
            not only_for(project, path, use) for path, uses in loads for use in uses
        )

    return project.answered("code fills the environment", find)


def overrides(project: Project, loader: str, use: EnvFileUse) -> bool:
    """Whether the file has precedence over the environment."""
    return use.override and not only_for(project, loader, use)

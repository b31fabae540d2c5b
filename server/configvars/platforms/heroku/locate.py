"""Finding the user's Heroku CLI, but never one inside a workspace."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from configvars.platforms.base import PlatformFailure

_MANAGERS = frozenset({"asdf", "mise", "rtx", "volta-shim"})
_NAMES = ("heroku.exe", "heroku.cmd") if os.name == "nt" else ("heroku",)


def safe_path(path: str, roots: Sequence[str]) -> tuple[str, ...]:
    """The folders of a PATH from which a program may be run: absolute and outside the workspace.

    An empty entry and ``.`` mean the working folder, which may be an untrusted repository; `shutil.which`
    would use both.
    """
    entries = (entry.strip('"') for entry in path.split(os.pathsep))
    return tuple(entry for entry in entries if Path(entry).is_absolute() and not _inside(entry, roots))


def find_cli(setting: str, path: str, roots: Sequence[str]) -> str:
    """The absolute path of the CLI: the setting `heroku.path` if it is set, otherwise the first on PATH.

    `roots` are the absolute paths of the workspace folders. Raises `PlatformFailure`.
    """
    if setting:
        return _checked_setting(setting, roots)
    for candidate in _candidates(safe_path(path, roots)):
        if not _inside(candidate, roots):
            return candidate
    unsafe = any(_candidates(each for each in path.split(os.pathsep) if Path(each).is_absolute()))
    where = "was found only inside the workspace, and configvars runs no program from there" if unsafe else ""
    raise PlatformFailure(
        "absent",
        f"The Heroku CLI {where or 'was not found'}. Install it"
        f"{' elsewhere' if unsafe else ''} (https://devcenter.heroku.com/articles/heroku-cli)"
        " or set its absolute path as `heroku.path`, then try again.",
    )


def _candidates(folders: Iterable[str]) -> Iterator[str]:
    """The programs with the name of the CLI in some folders."""
    for folder in folders:
        yield from (each for name in _NAMES if _runnable(each := str(Path(folder, name))))


def is_shim(cli: str) -> bool:
    """Whether a command is a version manager's shim, which chooses the program by the working directory."""
    real = _real(cli)
    return Path(cli).parent.name == "shims" or real.parent.name == "shims" or real.stem in _MANAGERS


def _checked_setting(setting: str, roots: Sequence[str]) -> str:
    if not Path(setting).is_absolute():
        problem = "is not an absolute path"
    elif _inside(setting, roots):
        problem = "is inside the workspace, and configvars runs no program from there"
    elif not _runnable(setting):
        problem = "is not a program that can be run"
    else:
        return setting
    raise PlatformFailure("absent", f"The setting `heroku.path` {problem}. Correct it, then try again.")


def _runnable(path: str) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)


def _inside(path: str, roots: Sequence[str]) -> bool:
    """Whether a path, after following links, is one of the roots or inside one."""
    real = _real(path)
    return any(real.is_relative_to(_real(root)) for root in roots)


def _real(path: str) -> Path:
    return Path(os.path.normcase(os.path.realpath(path)))

"""Git's `[include]` and `[includeIf]`: which other files apply to a configuration, and at which place."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

from msgspec import Struct

from configvars.syntax.git_config import GitConfig, GitSetting, parse_git_config
from configvars.syntax.git_ignore import glob_regex

Read = Callable[[str], bytes | None]
_MAX_DEPTH = 10  # git's own limit
_HAS_URL = "hasconfig:remote.*.url:"


class Where(Struct, frozen=True):
    """What conditions refer to. `folder` is the repository's own git folder, `head` the text of its HEAD.

    `home` is the user's home folder, None if it is not known. `urls` are the URLs of all remotes; as long as
    they are None, because they are being collected, a condition about URLs is true, and its file may not
    contain remotes itself.
    """

    folder: str
    head: str
    home: str | None
    urls: tuple[str, ...] | None = None


def read_config(path: str, read: Read, where: Where) -> GitConfig:
    """The configuration file at an absolute path with included files; empty if there is no file.

    It is not `complete` if git itself would stop, or if a path or condition is not known.
    """
    return _read(path, read, where, 0)


def remote_urls(config: GitConfig) -> tuple[str, ...]:
    """The URLs of all remotes, for `hasconfig:remote.*.url:`."""
    return tuple(s.value for s in config.settings if (s.section, s.key) == ("remote", "url") and s.subsection)


def expanded(path: str, home: str | None) -> str | None:
    """A path with `~/` expanded; None for what cannot be expanded, such as `~user/`."""
    if path == "~" or path.startswith("~/"):
        return None if home is None else home + path[1:]
    return None if path.startswith(("~", "%(prefix)")) else path


def _read(path: str, read: Read, where: Where, depth: int) -> GitConfig:
    data = read(path)
    if data is None:
        return GitConfig()
    own = parse_git_config(data.decode("utf-8", "surrogateescape"))
    settings: list[GitSetting] = []
    complete = own.complete
    for setting in own.settings:
        settings.append(setting)
        if setting.key == "path" and setting.section in ("include", "includeif"):
            included = _included(setting, path, read, where, depth)
            settings += included.settings
            complete = complete and included.complete
    return GitConfig(tuple(settings), complete)


def _included(setting: GitSetting, path: str, read: Read, where: Where, depth: int) -> GitConfig:
    counts = _counts(setting.subsection, path, where) if setting.section == "includeif" else True
    if setting.section == "include" and setting.subsection:
        return GitConfig()
    if not counts:
        return GitConfig(complete=counts is not None)
    target = expanded(setting.value, where.home)
    if target is None or depth >= _MAX_DEPTH:
        return GitConfig(complete=False)
    found = _read(os.path.join(os.path.dirname(path), target), read, where, depth + 1)
    names_itself = setting.subsection.startswith(_HAS_URL) and where.urls is None and remote_urls(found)
    return GitConfig(complete=False) if names_itself else found


def _counts(condition: str, path: str, where: Where) -> bool | None:
    """Whether a condition is true; None if that is not known."""
    kind, _, pattern = condition.partition(":")
    if kind in ("gitdir", "gitdir/i"):
        return _is_in(pattern, path, where, ignore_case=kind == "gitdir/i")
    if kind == "onbranch":
        return _is_on(pattern, where.head)
    if condition.startswith(_HAS_URL):
        glob = _and_below(condition.removeprefix(_HAS_URL))
        return where.urls is None or any(_matches(glob, url) for url in where.urls)
    return False  # git treats an unknown condition as false


def _is_in(pattern: str, path: str, where: Where, *, ignore_case: bool) -> bool | None:
    """Whether a pattern matches the git folder, as written or with links resolved."""
    full = expanded(pattern, where.home and os.path.realpath(where.home))
    if full is None:
        return None
    literal, glob = "", _and_below(full)
    if glob.startswith("./"):
        literal, glob = os.path.dirname(os.path.realpath(path)) + "/", glob[2:]
    elif not glob.startswith("/"):
        glob = "**/" + glob
    return any(
        _begins(folder, literal, ignore_case)
        and _matches(glob, folder[len(literal) :], ignore_case=ignore_case)
        for folder in (os.path.realpath(where.folder), where.folder)
    )


def _begins(text: str, prefix: str, ignore_case: bool) -> bool:
    return text.lower().startswith(prefix.lower()) if ignore_case else text.startswith(prefix)


def _is_on(pattern: str, head: str) -> bool | None:
    branch = re.fullmatch(r"ref: *refs/heads/(.*)", head.strip())
    if branch is None:
        return False
    if branch[1] == ".invalid":  # the refs are stored in another format
        return None
    return _matches(_and_below(pattern), branch[1])


def _and_below(pattern: str) -> str:
    return pattern + "**" if pattern.endswith("/") else pattern


def _matches(glob: str, text: str, *, ignore_case: bool = False) -> bool:
    regex = glob_regex(os.fsencode(glob), ignore_case=ignore_case)
    return regex.fullmatch(os.fsencode(text)) is not None

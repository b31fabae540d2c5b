"""Which env file a library's call loads, as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from configvars.model import EnvFileUse
from configvars.names.holes import HOLE
from configvars.names.values import FilePath, Known, Str, Value
from configvars.readers.base import Argument, Fact, Handler, Site


def env_file(
    idiom: str,
    *,
    path: tuple[int, str],
    override: tuple[int, str] | None,
    default: str | None = None,
    only_for: str = "",
) -> Handler:
    """A handler for a call that loads an env file; `default` is the file it takes beside the calling one.

    `only_for`: see `EnvFileUse`.
    """

    def handle(site: Site) -> Iterator[Fact]:
        named = site.argument(*path)
        flag = None if override is None else site.argument(*override)
        wins = flag is not None and isinstance(flag.value, Known) and flag.value.text == "True"
        if named is None:
            yield EnvFileUse(default, site.span, idiom, wins, "file", None, only_for=only_for)
        else:
            whole = EnvFileUse(None, named.span, idiom, wins, encoding=None, only_for=only_for)
            yield from named_files(site, named, whole)

    return handle


def named_files(site: Site, named: Argument, use: EnvFileUse) -> Iterator[EnvFileUse]:
    """`use` for each path that an argument may stand for, told in part or as a whole."""
    for found in site.path_patterns(named):
        relative: Literal["file", "cwd"] = "file" if isinstance(found, FilePath) else "cwd"
        text = path_text(found)
        if text:
            yield replace(use, path=text, relative_to=relative, pattern=HOLE in text)


def path_text(value: Value) -> str | None:
    """A path that the code spells out, absolute where it begins at `__file__`; else None."""
    match value:
        case Str():
            return value.text
        case FilePath():
            return value.path
        case _:
            return None

"""Handlers, made from data, for library calls that load an env file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec.structs import replace

from configvars.model import EnvFileUse
from configvars.names.holes import ANY_FILE, HOLE
from configvars.names.values import FilePath, Known, Str, Value
from configvars.readers.base import Argument, Fact, Handler, Site


def env_file(
    idiom: str,
    *,
    path: tuple[int, str],
    override: tuple[int, str] | None,
    default: str | None = None,
    encoding: tuple[int, str] | None = None,
    only_for: str = "",
    climbs: bool = False,
) -> Handler:
    """A handler for a call that loads an env file.

    `default` is a file that it loads only from the folder of the calling file; otherwise it searches for `.env`.

    `encoding`: the argument for the encoding (UTF-8 by default); None if the library does not document it.
    `only_for`, `climbs`: see `EnvFileUse`.
    """

    def handle(site: Site) -> Iterator[Fact]:
        named = site.argument(*path)
        flag = None if override is None else site.argument(*override)
        wins = flag is not None and isinstance(flag.value, Known) and flag.value.text == "True"
        read_as = None if encoding is None else encoding_of(site, *encoding)
        if named is None:
            start: Literal["file", "folder"] = "file" if default is None else "folder"
            yield EnvFileUse(
                default, site.span, idiom, wins, start, read_as, only_for=only_for, climbs=climbs
            )
        else:
            whole = EnvFileUse(
                None, named.span, idiom, wins, encoding=read_as, only_for=only_for, climbs=climbs
            )
            yield from named_files(site, named, whole)

    return handle


def encoding_of(site: Site, position: int, name: str) -> str | None:
    """The encoding in which a call reads its file: UTF-8 without the argument, None if it is not known."""
    named = site.argument(position, name)
    if named is None:
        return None if site.call.rest else "utf-8"
    return named.value.text if isinstance(named.value, Str) else None


def named_files(site: Site, named: Argument, use: EnvFileUse) -> Iterator[EnvFileUse]:
    """A copy of `use` for each path that an argument may be, including partly known paths."""
    found_paths = site.path_patterns(named)
    if [path_text(found) for found in found_paths] == [HOLE]:
        yield replace(use, path=ANY_FILE, relative_to="cwd", pattern=True)
        return
    for found in found_paths:
        relative: Literal["file", "cwd"] = "file" if isinstance(found, FilePath) else "cwd"
        text = path_text(found)
        if text:
            yield replace(use, path=text, relative_to=relative, pattern=HOLE in text)


def path_text(value: Value) -> str | None:
    """The text of a path, absolute if it starts at `__file__`; None if nothing is known of it."""
    match value:
        case Str():
            return value.text
        case FilePath():
            return value.path
        case _:
            return None

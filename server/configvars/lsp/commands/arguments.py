"""Reading the argument object of a command."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcInvalidParams

from configvars.lsp.convert.uris import path_of

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server

Argument = Mapping[str, object]


def text(argument: Argument, key: str) -> str | None:
    """A string; None if it is absent."""
    value = argument.get(key)
    if value is None or isinstance(value, str):
        return value
    raise JsonRpcInvalidParams(f"{key} is not a string")


def texts(argument: Argument, key: str) -> tuple[str, ...] | None:
    """A list of strings; None if it is absent."""
    value = argument.get(key)
    if value is None:
        return None
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise JsonRpcInvalidParams(f"{key} is not a list of strings")


def path(argument: Argument, key: str, base: str = "") -> str | None:
    """A path: a URI, or a path that may be relative to `base`; None if it is absent."""
    value = text(argument, key)
    if not value:
        return None
    return path_of(value) or os.path.normpath(os.path.join(base, value))


def range_(argument: Argument, key: str) -> t.Range:
    """A range in the protocol's form."""
    match argument.get(key):
        case {
            "start": {"line": int(line), "character": int(character)},
            "end": {"line": int(end_line), "character": int(end_character)},
        } if min(line, character, end_line, end_character) >= 0:
            return t.Range(t.Position(line, character), t.Position(end_line, end_character))
    raise JsonRpcInvalidParams(f"{key} is not a range")


def folder(server: Server, argument: Argument) -> Folder:
    """The workspace folder that `folder` names by URI or path; without it, the only one."""
    named = path(argument, "folder")
    folders = list(server.folders)
    found = server.folders.get(named) if named else folders[0] if len(folders) == 1 else None
    if found is None:
        raise JsonRpcInvalidParams("folder is not a folder of this workspace")
    return found

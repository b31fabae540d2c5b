"""Files that configvars cannot read, or that a program reads in another encoding, as data."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

UnreadKind = Literal[
    "missing", "passing", "folder", "dead link", "nothing", "outside", "pipe", "device", "permission",
    "error", "large", "encoding", "binary", "foreign",
]  # fmt: skip


class Unread(Struct, frozen=True):
    """Why a file was not read: `why` can follow its path, `short` can follow it in brackets."""

    kind: UnreadKind
    why: str
    short: str = ""

    @property
    def missing(self) -> bool:
        """Whether the file does not exist."""
        return self.kind == "missing"

    @property
    def gives(self) -> bool:
        """Whether a program may get variables from the file nevertheless."""
        return self.kind not in ("missing", "folder", "dead link", "nothing")


class RefusedByPython(Struct, frozen=True):
    """Why Python refuses the bytes of a source file: `why` can follow its path.

    `is_importable`: only `python FILE` fails, because the refused bytes are in comments.
    """

    why: str
    is_importable: bool


class ReadAs(Struct, frozen=True):
    """The result of a program that reads an env file in a certain encoding.

    `written`: the Unicode encoding of the file, "" if it is in none. `error`: the exception that reading
    raises. `wrong`: what differs from the content of the file. `has_nuls`: the text contains NUL characters,
    which environment variables cannot contain.
    """

    written: str
    error: str = ""
    wrong: Literal["", "names", "values"] = ""
    has_nuls: bool = False

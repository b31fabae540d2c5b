"""Files that configvars cannot read, or that a program reads in another encoding, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

UnreadKind = Literal[
    "missing", "passing", "folder", "dead link", "outside", "pipe", "device", "permission", "error",
    "large", "encoding", "binary", "foreign",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file was not read: `why` can stand after its path, `short` in brackets behind it."""

    kind: UnreadKind
    why: str
    short: str = ""

    @property
    def missing(self) -> bool:
        """Whether there is no such file at all."""
        return self.kind == "missing"

    @property
    def gives(self) -> bool:
        """Whether a program may get variables from it all the same."""
        return self.kind not in ("missing", "folder", "dead link")


@dataclass(frozen=True, slots=True)
class ReadAs:
    """What a program gets that reads an env file in a certain encoding.

    `written`: the Unicode encoding that the file is in, "" if it is in no such encoding. `error`: the
    exception that reading raises. `wrong`: what differs from what the file contains. `has_nuls`: what
    is read contains NUL characters, which no environment variable can hold.
    """

    written: str
    error: str = ""
    wrong: Literal["", "names", "values"] = ""
    has_nuls: bool = False

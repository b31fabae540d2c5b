"""The type of a source: one kind of file that sets or lists variables."""

from __future__ import annotations

from collections.abc import Callable, Generator

from msgspec import Struct

from configvars.model import Example, FileFacts


class Source(Struct, frozen=True):
    """One kind of file.

    `matches` decides by the file's name, without its folder. `analyze` gets path and text and never raises.
    `in_slices` does the same in steps of a few milliseconds, for kinds of files that may be long.
    Examples render definitions as ``line:column NAME`` (1-based), declarations with a ``?``.
    """

    name: str
    matches: Callable[[str], bool]
    analyze: Callable[[str, str], FileFacts]
    examples: tuple[Example, ...]
    in_slices: Callable[[str, str], Generator[None, None, FileFacts]] | None = None

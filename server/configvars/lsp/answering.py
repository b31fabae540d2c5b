"""Long work for an answer, in slices: other requests are answered in between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, TypeVar

from configvars.slices import SLICE, is_over

if TYPE_CHECKING:
    from configvars.lsp.server import Asked, Server

_T = TypeVar("_T")


async def answered(
    server: Server, uri: str, work: Callable[[Asked], Generator[None, None, _T]]
) -> tuple[Asked, _T] | None:
    """The result of `work` about a document, with what it was about; None if `Server.asked` returns None.

    The work starts again if a file changes meanwhile, so that the answer is about what the client shows.
    """
    while True:
        await server.analysed(uri)
        at = server.asked(uri)
        if at is None:
            return None
        state, found = _state(server, at), list[_T]()
        steps = _collecting(work(at), found)
        while not is_over(steps, SLICE):
            await asyncio.sleep(0)
            if _state(server, at) != state:
                break
        else:
            return at, found[0]


async def in_slices(work: Generator[None, None, _T]) -> _T:
    """The result of work that may be about an outdated state, because the client will ask again."""
    found: list[_T] = []
    steps = _collecting(work, found)
    while not is_over(steps, SLICE):
        await asyncio.sleep(0)
    return found[0]


def _collecting(work: Generator[None, None, _T], found: list[_T]) -> Generator[None, None, None]:
    found.append((yield from work))


def _state(server: Server, at: Asked) -> object:
    """What changes with every open document, and with every fact once the folder has been read."""
    return list(server.documents), at.project.index.version if at.folder.loaded else 0

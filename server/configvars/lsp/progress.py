"""Progress of work that takes a while, with a button to end it, where the client shows such."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from lsprotocol import types as t

if TYPE_CHECKING:
    from configvars.lsp.server import Server

CANCELLED = "cancelled by the user"
"""With what a task is cancelled when the user ends the work that a progress is about."""


@asynccontextmanager
async def progress(
    server: Server, title: str, *, after: float = 0, cancellable: bool = True
) -> AsyncIterator[None]:
    """Show `title` while the block runs, if that takes longer than `after` seconds.

    The user's cancel cancels the task that the block runs in.

    Nothing waits for the client here: one that never answers shows nothing, and the work goes on.
    """
    task = asyncio.current_task()
    if task is None or not server.client.progress:
        yield
        return
    token = uuid.uuid4().hex
    server.cancellable[token] = task
    shown = asyncio.create_task(_show(server, token, title, after, cancellable))
    try:
        yield
    finally:
        del server.cancellable[token]
        if shown.done() and not shown.cancelled() and shown.exception() is None:
            server.progress(t.ProgressParams(token, t.WorkDoneProgressEnd()))
        shown.cancel()


async def _show(server: Server, token: str, title: str, after: float, cancellable: bool) -> None:
    await asyncio.sleep(after)
    await server.window_work_done_progress_create_async(t.WorkDoneProgressCreateParams(token))
    server.progress(t.ProgressParams(token, t.WorkDoneProgressBegin(title=title, cancellable=cancellable)))

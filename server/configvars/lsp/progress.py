"""Progress reports for long work, with a cancel button, if the client supports it."""

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
"""The cancel message of a task that the user cancelled through its progress report."""


@asynccontextmanager
async def progress(
    server: Server, title: str, *, after: float = 0, cancellable: bool = True
) -> AsyncIterator[None]:
    """Show `title` while the block runs, if that takes longer than `after` seconds.

    Cancelling by the user cancels the task in which the block runs.

    This does not wait for the client: if it never answers, nothing is shown, and the work continues.
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

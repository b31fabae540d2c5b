"""Runs the server on two byte streams: one thread reads, the event loop does everything else."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

from lsprotocol import types as t
from pygls.exceptions import JsonRpcException

from configvars import failures
from configvars.lsp.protocol import Message, Protocol, decode, is_id, log
from configvars.lsp.wire import NoMessageError, read_messages


class Writer:
    """Sends one whole message at a time."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, data: bytes) -> None:
        """Write the bytes and flush; the stream's errors are raised."""
        self._stream.write(data)
        self._stream.flush()

    def close(self) -> None:
        """Does nothing: the stream belongs to the caller."""


class Inbox:
    """Decoded messages that have not been handled yet. Created while the event loop runs."""

    def __init__(self) -> None:
        self._waiting: deque[Message | JsonRpcException | None] = deque()
        self._cancelled = Counter[int | str]()  # the ids in the waiting cancellations
        self._filled = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    @property
    def is_empty(self) -> bool:
        """Whether no message is waiting."""
        return not self._waiting

    def put(self, body: bytes | None) -> None:
        """Add a message's body, or None for the end; from any thread."""
        with suppress(RuntimeError):  # the event loop has already ended
            self._loop.call_soon_threadsafe(self._add, None if body is None else decode(body))

    def _add(self, message: Message | JsonRpcException | None) -> None:
        self._waiting.append(message)
        self._cancelled.update(_cancels(message))
        self._filled.set()

    async def take(self) -> Message | JsonRpcException | None:
        """The next message, once there is one; the error to answer for an invalid one; None at the end."""
        while not self._waiting:
            self._filled.clear()
            await self._filled.wait()
        message = self._waiting.popleft()
        for msg_id in _cancels(message):
            self._cancelled[msg_id] -= 1
            if not self._cancelled[msg_id]:
                del self._cancelled[msg_id]
        return message

    def cancels(self, message: Message) -> bool:
        """Whether a waiting message cancels this request."""
        return is_id(msg_id := message.get("id")) and msg_id in self._cancelled


def _cancels(message: Message | JsonRpcException | None) -> list[int | str]:
    """The id of the request that a message cancels, if it does."""
    if not isinstance(message, dict) or message.get("method") != t.CANCEL_REQUEST:
        return []
    params = message.get("params")
    msg_id = params.get("id") if isinstance(params, dict) else None
    return [msg_id] if is_id(msg_id) else []


def _nothing() -> None: ...


async def serve(
    protocol: Protocol,
    inbox: Inbox,
    stdin: BinaryIO,
    stdout: BinaryIO,
    *,
    ended: Callable[[], None] = _nothing,
) -> int:
    """Handle messages until the client sends `exit`, or until `stdin` ends or contains invalid data.

    Returns the exit code. `ended` is called in another thread as soon as nothing more can be read.
    """
    protocol.set_writer(Writer(stdout))
    threading.Thread(target=_read, args=(stdin, inbox, ended), daemon=True, name="stdin").start()
    while protocol.exit_code is None:
        message = await inbox.take()
        if message is None:
            return protocol.code_at_end
        if isinstance(message, JsonRpcException):
            protocol.refuse(None, message)
        else:
            with failures.contained("handling a message"):
                protocol.receive(message, cancelled=inbox.cancels(message))
        await asyncio.sleep(0)  # lets started tasks run and newly read messages arrive
    return protocol.exit_code


def _read(stream: BinaryIO, inbox: Inbox, ended: Callable[[], None]) -> None:
    try:
        for body in read_messages(stream):
            inbox.put(body)
    except (OSError, ValueError):  # a stream that cannot be read any more has ended
        pass
    except NoMessageError:
        log.error("stdin contains no more valid messages")
    except Exception as error:
        failures.report("reading stdin", error)
    finally:
        inbox.put(None)
        ended()

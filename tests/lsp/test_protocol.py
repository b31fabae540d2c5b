"""The life cycle and the errors of one session, with the tests' own handlers."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, BinaryIO

import pytest
from lsprotocol import types as t
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from configvars.failures import Failure
from configvars.lsp.protocol import Protocol, silence
from configvars.lsp.stdio import Inbox, serve
from support.growth import grows_too_fast

Handlers = dict[str, Callable[[Protocol, Any], Any]]
SECRET = "canary-value"
HOVER = {"textDocument": {"uri": "file:///x"}, "position": {"line": 0, "character": 0}}


def message(method: str, params: object = None, *, msg_id: object = None) -> dict[str, Any]:
    sent: dict[str, Any] = {"jsonrpc": "2.0", "method": method}
    if msg_id is not None:
        sent["id"] = msg_id
    if params is not None:
        sent["params"] = params
    return sent


INITIALIZE = message("initialize", {"capabilities": {}}, msg_id=1)


def framed(item: object) -> bytes:
    body = item if isinstance(item, bytes) else json.dumps(item).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def talk(*said: object, handlers: Handlers | None = None) -> tuple[int, list[Any]]:
    """Send messages (or raw bodies) at once; return the exit code and all answers."""
    return talk_over(io.BytesIO(b"".join(map(framed, said))), handlers or {})


def talk_over(stdin: BinaryIO, handlers: Handlers) -> tuple[int, list[Any]]:
    stdout = io.BytesIO()

    async def session() -> int:
        server = LanguageServer("test", "1", protocol_cls=Protocol)
        protocol = server.protocol
        assert isinstance(protocol, Protocol)
        protocol.handle(
            {
                "initialize": lambda params: _initialize(protocol, params),
                "shutdown": lambda params: protocol.shut_down(),
                "textDocument/hover": lambda params: None,
                **{method: partial(handler, protocol) for method, handler in handlers.items()},
            }
        )
        return await serve(protocol, Inbox(), stdin, stdout)

    exit_code = asyncio.run(session())
    return exit_code, list(_answers(stdout.getvalue()))


def _initialize(protocol: Protocol, params: Any) -> t.InitializeResult:
    if params is None:
        raise JsonRpcInvalidParams
    protocol.begin()
    return t.InitializeResult(t.ServerCapabilities())


def _answers(data: bytes) -> Iterator[Any]:
    while data:
        header, _, rest = data.partition(b"\r\n\r\n")
        length = int(header.removeprefix(b"Content-Length: "))
        yield json.loads(rest[:length])
        data = rest[length:]


def code_of(answers: list[Any], msg_id: object) -> int | None:
    """The error code of the answer to a request; None if it has a result."""
    answer = next(answer for answer in answers if answer["id"] == msg_id)
    assert ("result" in answer) != ("error" in answer)
    return answer["error"]["code"] if "error" in answer else None


def test_a_request_before_initialize_is_refused() -> None:
    _, answers = talk(message("textDocument/hover", HOVER, msg_id=7), INITIALIZE)
    assert code_of(answers, 7) == -32002
    assert code_of(answers, 1) is None


def test_a_notification_before_initialize_is_dropped() -> None:
    seen: list[object] = []
    talk(message("$/custom", {}), INITIALIZE, handlers={"$/custom": lambda _, params: seen.append(params)})
    assert seen == []


def test_initialize_that_failed_may_be_repeated() -> None:
    failed = message("initialize", msg_id=7)
    _, answers = talk(failed, message("textDocument/hover", HOVER, msg_id=8), INITIALIZE)
    assert code_of(answers, 7) == -32602
    assert code_of(answers, 8) == -32002
    assert code_of(answers, 1) is None


def test_a_second_initialize_cancels_the_first_session() -> None:
    async def forever(_: Protocol, params: object) -> None:
        await asyncio.Event().wait()

    again = message("initialize", {"capabilities": {}}, msg_id=3)
    _, answers = talk(INITIALIZE, message("x/slow", {}, msg_id=2), again, handlers={"x/slow": forever})
    assert code_of(answers, 2) == -32800
    assert code_of(answers, 3) is None


def test_a_request_after_shutdown_is_refused() -> None:
    _, answers = talk(
        INITIALIZE, message("shutdown", msg_id=2), message("textDocument/hover", HOVER, msg_id=3)
    )
    assert code_of(answers, 2) is None
    assert code_of(answers, 3) == -32600


@pytest.mark.parametrize(
    ("said", "exit_code"),
    [
        ([INITIALIZE, message("shutdown", msg_id=2), message("exit")], 0),
        ([INITIALIZE, message("exit")], 1),
        ([message("exit")], 1),
        ([INITIALIZE, message("shutdown", msg_id=2)], 0),
        ([INITIALIZE], 1),
        ([], 1),
    ],
)
def test_the_exit_code(said: list[Any], exit_code: int) -> None:
    assert talk(*said)[0] == exit_code


@pytest.mark.parametrize(
    "junk",
    [
        b"Content-Length: 1000000000000\r\n\r\n{",
        b"Content-Length: %s\r\n\r\n{" % (b"9" * 4000),
        b"Content-Length: %s\r\n\r\n{" % (b"9" * 10_000),
        b"x" * 1_000_000,
        b"Content-Length: 100\r\n\r\n{",
    ],
)
@pytest.mark.parametrize(("asked", "exit_code"), [([], 1), ([message("shutdown", msg_id=2)], 0)])
def test_an_unreadable_message_ends_the_session(
    junk: bytes, asked: list[Any], exit_code: int, logged_errors: list[str]
) -> None:
    said = b"".join(map(framed, [INITIALIZE, *asked]))
    assert talk_over(io.BytesIO(said + junk), {})[0] == exit_code
    assert set(logged_errors) <= {"stdin contains no more valid messages"}
    logged_errors.clear()


class Failing(io.BytesIO):
    def __init__(self, said: bytes, error: BaseException) -> None:
        super().__init__(said)
        self._error = error

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        if not line:
            raise self._error
        return line


@pytest.mark.parametrize("error", [OSError(), ValueError("read of closed file")])
def test_a_broken_stream_counts_as_ended(error: Exception) -> None:
    assert talk_over(Failing(framed(INITIALIZE), error), {})[0] == 1


@pytest.mark.parametrize("error", [MemoryError(), RecursionError(), KeyError("canary")])
def test_an_exception_in_the_reader_ends_the_session_and_is_reported(
    error: Exception, faults: list[Failure]
) -> None:
    assert talk_over(Failing(framed(INITIALIZE), error), {})[0] == 1
    assert [(fault.what, fault.kind) for fault in faults] == [("reading stdin", type(error).__name__)]
    faults.clear()


def test_nothing_is_handled_after_exit() -> None:
    _, answers = talk(message("exit"), INITIALIZE)
    assert answers == []


@pytest.mark.parametrize(
    "params", [None, {}, [], 3, {**HOVER, "position": {"line": "x", "character": 0}}, {"position": None}]
)
def test_wrong_or_missing_params(params: object) -> None:
    _, answers = talk(INITIALIZE, message("textDocument/hover", params, msg_id=2))
    assert code_of(answers, 2) == -32602


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", -32700),
        (b"\xff", -32700),
        (b"[" * 100_000, -32700),
        (b"[]", -32600),
        (b"3", -32600),
        (b"{}", -32600),
        (b'{"jsonrpc": "1.0", "id": 1, "method": "x"}', -32600),
        (b'{"jsonrpc": "2.0", "id": {}, "method": "x"}', -32600),
        (b'{"jsonrpc": "2.0", "id": null, "method": "x"}', -32600),
        (b'{"jsonrpc": "2.0", "id": true, "method": "x"}', -32600),
    ],
)
def test_an_invalid_message_is_answered_without_an_id(body: bytes, code: int) -> None:
    _, answers = talk(body, INITIALIZE)
    assert code_of(answers, None) == code
    assert code_of(answers, 1) is None


@pytest.mark.parametrize("method", ["x/unknown", "$/unknown", 3, "textDocument/rename"])
def test_an_unknown_method(method: Any) -> None:
    _, answers = talk(INITIALIZE, message(method, {}, msg_id=2))
    assert code_of(answers, 2) == -32601


def test_malformed_and_unknown_notifications_and_answers_are_dropped() -> None:
    exit_code, answers = talk(
        INITIALIZE,
        message("textDocument/didOpen", {"x": 1}),
        message("x/unknown"),
        message("$/cancelRequest", {"id": 99}),
        message("$/cancelRequest", {}),
        message("$/cancelRequest", {"id": {}}),
        message("$/cancelRequest", {"id": [1]}),
        {"jsonrpc": "2.0", "id": 5, "result": {}},
        {"jsonrpc": "2.0", "id": [], "error": 3},
        message("shutdown", msg_id=2),
        message("exit"),
    )
    assert exit_code == 0
    assert [answer["id"] for answer in answers] == [1, 2]


def test_code_actions_accept_diagnostics_of_any_shape() -> None:
    params = {
        "textDocument": {"uri": "file:///x"},
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
        "context": {"diagnostics": [{"of": "another server"}]},
    }
    said = (INITIALIZE, message("textDocument/codeAction", params, msg_id=2))
    _, answers = talk(*said, handlers={"textDocument/codeAction": lambda *_: []})
    assert code_of(answers, 2) is None


def test_requests_that_are_already_cancelled_do_not_run() -> None:
    run: list[object] = []
    others = threading.enumerate()

    def initialize_after_all_is_read(protocol: Protocol, params: object) -> t.InitializeResult:
        for reader in set(threading.enumerate()) - set(others):
            reader.join()
        return _initialize(protocol, params)

    handlers: Handlers = {
        "initialize": initialize_after_all_is_read,
        "textDocument/hover": lambda _, params: run.append(params),
    }
    cancel = message("$/cancelRequest", {"id": 2})
    _, answers = talk(INITIALIZE, message("textDocument/hover", HOVER, msg_id=2), cancel, handlers=handlers)
    assert code_of(answers, 2) == -32800
    assert run == []


def test_many_waiting_messages_are_not_searched_for_cancellations_again_and_again() -> None:
    async def taken(number: int) -> None:
        inbox = Inbox()
        for msg_id in range(number):
            inbox.put(json.dumps(message("x", {}, msg_id=msg_id)).encode())
        await asyncio.sleep(0)
        while not inbox.is_empty:
            asked = await inbox.take()
            assert isinstance(asked, dict)
            assert not inbox.cancels(asked)

    assert grows_too_fast(lambda number: asyncio.run(taken(number)), 100) is None


def test_ignored_notifications_are_logged_once(logged: pytest.LogCaptureFixture) -> None:
    talk(INITIALIZE, *[message("textDocument/didOpen", {"x": 1})] * 3)
    ignored = [each.message for each in logged.records if each.name == "configvars.lsp"]
    assert ignored == ["ignored a notification that cannot be understood"]


def test_a_running_request_is_cancelled() -> None:
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as stdin, os.fdopen(writer, "wb", buffering=0) as more:

        async def forever(_: Protocol, params: object) -> None:
            more.write(
                framed(message("$/cancelRequest", {"id": {}}))
                + framed(message("$/cancelRequest", {"id": [2]}))
            )
            more.write(framed(message("$/cancelRequest", {"id": 2})))
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                more.write(framed(message("shutdown", msg_id=3)) + framed(message("exit")))
                raise

        more.write(framed(INITIALIZE) + framed(message("x/slow", {}, msg_id=2)))
        exit_code, answers = talk_over(stdin, {"x/slow": forever})
    assert exit_code == 0
    assert code_of(answers, 2) == -32800


def test_shutdown_cancels_requests_in_both_directions() -> None:
    asked: list[str] = []

    async def ask(protocol: Protocol, params: object) -> None:
        try:
            await protocol.send_request_async("workspace/configuration", t.ConfigurationParams([]), "config")
        except asyncio.CancelledError:
            asked.append("cancelled")
            raise

    late_answer = {"jsonrpc": "2.0", "id": "config", "result": []}
    said = (
        INITIALIZE,
        message("x/ask", {}, msg_id=2),
        message("shutdown", msg_id=3),
        late_answer,
        message("exit"),
    )
    exit_code, answers = talk(*said, handlers={"x/ask": ask})
    assert exit_code == 0
    assert code_of(answers, 2) == -32800
    assert code_of(answers, 3) is None
    assert asked == ["cancelled"]


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def failing(_: Protocol, params: object) -> None:
    raise ValueError(SECRET)


async def failing_later(_: Protocol, params: object) -> None:
    raise ValueError(SECRET)


@pytest.mark.parametrize("handler", [failing, failing_later])
def test_a_failure_shows_only_its_place(
    handler: Callable[[Protocol, Any], Any],
    logged: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    faults: list[Failure],
) -> None:
    silence()
    said = (INITIALIZE, message("x/fail", {"text": SECRET}, msg_id=2), message("x/fail", {"text": SECRET}))
    _, answers = talk(
        *said, message("textDocument/hover", {"bad": SECRET}, msg_id=3), handlers={"x/fail": handler}
    )
    assert code_of(answers, 2) == -32603
    assert [answer["id"] for answer in answers if "id" in answer] == [1, 2, 3] or code_of(
        answers, 3
    ) == -32602
    assert [(fault.what, fault.kind) for fault in faults] == [("x/fail", "ValueError")] * 2
    assert all(fault.place.startswith("lsp/guard.py:") for fault in faults)
    faults.clear()
    everything = json.dumps(answers) + "".join(capfd.readouterr()) + logged.text
    assert SECRET not in everything
    assert "Traceback" not in everything

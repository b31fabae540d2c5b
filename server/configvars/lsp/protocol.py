"""pygls's protocol class, changed to follow the specification and to reveal no file content.

It uses pygls's typed messages, table of handlers and requests to the client. It does not use its document
classes, its error messages (which quote exceptions and tracebacks) and its reading loop.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeGuard

from lsprotocol import types as t
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
    JsonRpcParseError,
    JsonRpcRequestCancelled,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import LanguageServerProtocol

from configvars import failures
from configvars.lsp.guard import guarded, internal_error

if TYPE_CHECKING:
    from cattrs import Converter
    from pygls.lsp.server import LanguageServer

log = logging.getLogger("configvars.lsp")

Message = dict[str, Any]

# In these, clients send more or less than the typed library allows.
_UNTYPED = frozenset({t.INITIALIZE, t.INITIALIZED, t.WORKSPACE_DID_CHANGE_CONFIGURATION})

NO_VERSION = -(2**31)
"""The version of a change whose client sends none; below each version of LSP's type `integer`."""


def decode(body: bytes) -> Message | JsonRpcException:
    """The JSON-RPC message in a body, or the error to answer if there is none."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return JsonRpcParseError("not JSON")
    if isinstance(message, dict) and message.get("jsonrpc") == "2.0":
        return message
    return JsonRpcInvalidRequest("not a JSON-RPC 2.0 message")


class Protocol(LanguageServerProtocol):
    """The server's side of one connection.

    `exit_code` is None until the client sends `exit`.
    """

    def __init__(self, server: LanguageServer, converter: Converter) -> None:
        super().__init__(server, converter)
        self.fm.builtin_features.clear()
        self.exit_code: int | None = None
        self._initialized = False
        self._has_ignored = False

    @property
    def code_at_end(self) -> int:
        """The exit code if the session ends without `exit`: 0 only after `shutdown`."""
        return 0 if self._shutdown else 1

    def handle(self, handlers: Mapping[str, Callable[[Any], Any]]) -> None:
        """Register the functions that handle messages, by method."""
        self.fm.features.update({method: guarded(method, handlers[method]) for method in handlers})

    def receive(self, message: Message, *, cancelled: bool = False) -> None:
        """Handle one decoded message; a request that is already `cancelled` is answered without being run."""
        if "method" not in message:
            self._receive_response(message)
        elif "id" not in message:
            self._receive_notification(message)
        elif not is_id(message["id"]):
            self.refuse(None, JsonRpcInvalidRequest("an id is a number or a string"))
        elif cancelled:
            self.refuse(message["id"], JsonRpcRequestCancelled("cancelled"))
        else:
            self._receive_request(message)

    def refuse(self, msg_id: int | str | None, error: JsonRpcException) -> None:
        """Answer with an error of ours, whose message contains nothing from the user's files."""
        told = {"code": error.code, "message": error.message}
        self._send_data({"jsonrpc": "2.0", "id": msg_id, "error": told})  # the typed message drops a null id

    def _receive_request(self, message: Message) -> None:
        method, msg_id = message["method"], message["id"]
        try:
            if self._shutdown:
                raise JsonRpcInvalidRequest("the server is shutting down")
            if not self._initialized and method != t.INITIALIZE:
                raise JsonRpcServerNotInitialized("initialize first")
            if not isinstance(method, str) or method not in self.fm.features:
                raise JsonRpcMethodNotFound("method not found")
            params = self._params(message)
        except JsonRpcException as error:
            self.refuse(msg_id, error)
            return
        self._handle_request(msg_id, method, params)

    def _receive_notification(self, message: Message) -> None:
        method = message["method"]
        if method == t.EXIT:
            self.exit_code = self.code_at_end
        elif self._initialized and not self._shutdown and isinstance(method, str):
            try:
                params = self._params(message)
            except JsonRpcException:
                self._ignored()
            else:
                self._handle_notification(method, params)

    def _ignored(self) -> None:
        """Log once for the session: a client that does not read stderr must not block the server."""
        if not self._has_ignored:
            self._has_ignored = True
            log.warning("ignored a notification that cannot be understood")

    def _receive_response(self, message: Message) -> None:
        future = self._request_futures.pop(_hashable(message.get("id")), None)
        result_type = self._result_types.pop(_hashable(message.get("id")), None)
        if future is None or future.done():  # done: cancelled before the client answered
            return
        try:
            future.set_result(self._answer(message, result_type))
        except JsonRpcException as error:
            future.set_exception(error)

    def _answer(self, message: Message, result_type: type[Any] | None) -> object:
        """The result in a client's answer; raises its error, or ours if the answer is malformed."""
        try:
            if (error := message.get("error")) is not None:
                raise JsonRpcException.from_error(self._converter.structure(error, t.ResponseError))
            if result_type is None:
                return message.get("result")
            answer: object = self._converter.structure(message, result_type).result
        except JsonRpcException:
            raise
        except Exception as error:  # the converter may raise any exception
            raise JsonRpcInvalidRequest("malformed answer") from error
        return answer

    def begin(self) -> bool:
        """Start a session; returns whether it replaces another one, whose requests are then cancelled."""
        again, self._initialized = self._initialized, True
        if again:
            self._cancel_requests()
        return again

    def shut_down(self) -> None:
        """Reject all requests from now on, and cancel the running ones in both directions."""
        self._shutdown = True
        self._cancel_requests()

    def _cancel_requests(self) -> None:
        for msg_id, future in list(self._request_futures.items()):
            if msg_id != self.msg_id:
                future.cancel()

    def _params(self, message: Message) -> object:
        """The typed params of a message; untyped for our own methods and those that we parse ourselves."""
        method = message["method"]
        message_type = self.get_message_type(method)
        if message_type is None or method in _UNTYPED:
            return message.get("params")
        if method == t.TEXT_DOCUMENT_CODE_ACTION:
            _forget_diagnostics(message)
        if method == t.TEXT_DOCUMENT_DID_CHANGE:
            _fill_in_version(message)
        try:
            params: object = self._converter.structure(message, message_type).params
        except Exception as error:  # the converter may raise any exception
            raise JsonRpcInvalidParams("invalid params") from error
        return params

    def _send_data(self, data: object) -> None:
        body = json.dumps(data, default=self._serialize_message, separators=(",", ":")).encode()
        if self.writer is None:
            return
        try:
            self.writer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        except (OSError, ValueError):  # the client has ended, or the stream is closed
            self.exit_code = 1

    def _handle_cancel_notification(self, msg_id: int | str) -> None:
        if future := self._request_futures.pop(_hashable(msg_id), None):  # clients send ids of any shape
            future.cancel()

    def _send_handler_result(self, future: Future[Any], *, msg_id: int | str) -> None:
        self._request_futures.pop(msg_id, None)
        if future.cancelled():
            self.refuse(msg_id, JsonRpcRequestCancelled("cancelled"))
        elif (error := future.exception()) is None:
            self._answer_with(msg_id, future.result())
        elif isinstance(error, JsonRpcException):
            self.refuse(msg_id, error)
        else:
            failures.report("a request", error)
            self.refuse(msg_id, internal_error())

    def _answer_with(self, msg_id: int | str, result: object) -> None:
        try:
            self._send_response(msg_id, result=result)
        except Exception as error:  # a result that the converter cannot serialise
            failures.report("writing an answer", error)
            self.refuse(msg_id, internal_error())

    def _check_handler_result(self, future: Future[Any]) -> None:
        if future.cancelled() or (error := future.exception()) is None:
            return
        if isinstance(error, JsonRpcException):
            self._ignored()
        else:
            failures.report("a notification", error)


def _forget_diagnostics(message: Message) -> None:
    """Code actions use only the range; diagnostics of other servers may have any shape."""
    context = message["params"].get("context") if isinstance(message.get("params"), dict) else None
    if isinstance(context, dict):
        context["diagnostics"] = []


def _fill_in_version(message: Message) -> None:
    """LSP 3.15 and older allow `null` as the version of a changed document, the typed library does not."""
    document = message["params"].get("textDocument") if isinstance(message.get("params"), dict) else None
    if isinstance(document, dict) and document.get("version") is None:
        document["version"] = NO_VERSION


def is_id(value: object) -> TypeGuard[int | str]:
    """Whether a value is the id of a request: a whole number or a string."""
    return isinstance(value, int | str) and not isinstance(value, bool)  # True would be the same key as 1


def _hashable(value: object) -> int | str:
    return value if isinstance(value, int | str) else ""


def silence() -> None:
    """Prevent pygls, asyncio and Python's last-resort logger from writing data to stderr."""
    for name in ("pygls", "asyncio", "concurrent.futures"):
        logger = logging.getLogger(name)
        logger.handlers[:] = [logging.NullHandler()]
        logger.propagate = False

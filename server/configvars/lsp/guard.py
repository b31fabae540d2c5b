"""An error in a handler affects one answer.

It is reported with the method and the file, but without its message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from inspect import iscoroutinefunction
from typing import Any

from pygls.exceptions import JsonRpcException, JsonRpcInternalError

from configvars import failures
from configvars.lsp.convert.uris import path_of

Handler = Callable[[Any], Any]


def internal_error() -> JsonRpcInternalError:
    """The error that a client gets for an internal error."""
    return JsonRpcInternalError("internal error; the log says where")


def guarded(method: str, handler: Handler) -> Handler:
    """A handler that raises only errors for the client; a coroutine if `handler` is one."""

    def now(params: Any) -> Any:  # noqa: ANN401 - whatever the handler takes and gives
        with _reported(method, params):
            return handler(params)

    async def later(params: Any) -> Any:  # noqa: ANN401
        with _reported(method, params):
            return await handler(params)

    return later if iscoroutinefunction(handler) else now


@contextmanager
def _reported(method: str, params: object) -> Iterator[None]:
    try:
        yield
    except JsonRpcException:
        raise
    except Exception as error:
        failures.report(f"{method}{_about(params)}", error)
        raise internal_error() from None


def _about(params: object) -> str:
    """The file that a message is about, if any."""
    if isinstance(params, Mapping):
        document = params.get("textDocument")
        uri = document.get("uri") if isinstance(document, Mapping) else None
    else:
        uri = getattr(getattr(params, "text_document", None), "uri", None)
    path = path_of(uri) if isinstance(uri, str) else None
    return f" on {path}" if path else ""

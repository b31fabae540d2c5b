"""Internal errors: reported with what was being done, the type of the exception and its place in our code.

The exception's text is never reported, because it may quote a file and so contain a value. An error affects
only what was being done: the code that catches an unexpected exception reports it here. The log is the only
channel: the server's goes to stderr; the command line and the tests listen to it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct

from configvars.printable import printable

log = logging.getLogger("configvars.failures")

_PACKAGE = os.path.dirname(__file__) + os.sep


class Failure(Struct, frozen=True):
    """One internal error: `what` was being done, the `kind` of the exception, and its `place` in our code."""

    what: str
    kind: str
    place: str

    def __str__(self) -> str:
        return f"{self.what} failed: {self.kind} at {self.place}"


def report(what: str, error: BaseException) -> Failure:
    """Log that `what` failed; `what` includes the name of the file."""
    failure = Failure(printable(what), type(error).__name__, place_of(error))
    log.error("%s", failure, extra={"failure": failure})
    return failure


@contextmanager
def contained(what: str) -> Iterator[None]:
    """Report an exception in the block, and continue after the block."""
    try:
        yield
    except Exception as error:
        report(what, error)


def skipped(failure: Failure) -> str:
    """Why a file was not analysed, as a clause that follows its path."""
    return f"caused an internal error in configvars ({failure.kind} at {failure.place})"


def place_of(error: BaseException) -> str:
    """The place in our code where an exception was raised, such as `edits/write.py:61` (1-based line)."""
    place, traceback = "an unknown place", error.__traceback__
    while traceback is not None:
        path = traceback.tb_frame.f_code.co_filename
        if path.startswith(_PACKAGE):
            place = f"{path.removeprefix(_PACKAGE).replace(os.sep, '/')}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place


@contextmanager
def heard() -> Iterator[list[Failure]]:
    """The errors that are reported while the block runs, instead of on stderr."""
    ear = _Collector()
    log.addHandler(ear)
    try:
        yield ear.heard
    finally:
        log.removeHandler(ear)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Failure] = []

    def emit(self, record: logging.LogRecord) -> None:
        failure = getattr(record, "failure", None)
        if isinstance(failure, Failure):
            self.heard.append(failure)

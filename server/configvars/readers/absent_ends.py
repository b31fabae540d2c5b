"""Calls that end the program, or raise on every path, if a variable is not set."""

from __future__ import annotations

from msgspec.structs import replace

from configvars.names.endings import is_exit, never_returns
from configvars.names.evaluate import Evaluator
from configvars.readers.absent_paths import EXIT, Path
from configvars.readers.handlers_around import may_be_caught
from configvars.readers.refusals import ends_well
from configvars.syntax.python import Node


def ended(evaluator: Evaluator, call: Node, path: Path) -> Path | None:
    """The path that ends with a call; None if it goes on.

    The variable is to blame only if a test of it has led to the call.
    """
    if is_exit(evaluator, call):
        is_blamed = path.decided and not ends_well(call)
        return replace(path, raised=EXIT) if is_blamed else replace(path, left=True)
    if path.decided and never_returns(evaluator, call) and not may_be_caught(evaluator, call):
        return replace(path, raised=call)
    return None

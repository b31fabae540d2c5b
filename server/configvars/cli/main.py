"""The command `configvars`: reads the command line, runs one command, and never ends in a traceback."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from configvars.cli.arguments import parser
from configvars.cli.errors import CannotRun
from configvars.cli.signals import ending_in_order
from configvars.printable import printable

EXIT_CANNOT_RUN = 2
EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` (default: the process's) name; gives the exit status."""
    _make_streams_safe()
    with ending_in_order():
        return _guarded(lambda: _run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    if "_ARGCOMPLETE" in os.environ:
        importlib.import_module("configvars.cli.completion").complete(parser())
    args = parser().parse(arguments)
    # Each command is imported when it is asked for: none but `server` pays for the protocol's library.
    command = importlib.import_module(f"configvars.cli.{args.command}")
    status: int = command.run(args)
    if sys.stdout is not None:
        sys.stdout.flush()
    return status


def _guarded(run: Callable[[], int]) -> int:
    try:
        return run()
    except CannotRun as problem:
        _say(str(problem))
        return EXIT_CANNOT_RUN
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # whoever read our output has left
        _silence_stdout()
        return EXIT_BROKEN_PIPE
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            _silence_stdout()
            _say("The output could not be written: the disk is full.")
            return EXIT_CANNOT_RUN
        _say(f"internal error ({type(error).__name__} {_place(error.__traceback__)}); please report it.")
        return EXIT_CANNOT_RUN


def _silence_stdout() -> None:
    """Write to nowhere from now on: else Python, at its exit, tries and complains once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _place(traceback: TracebackType | None) -> str:
    """Where an error came up in our own code. Never its text, which may hold a value."""
    place = "somewhere"
    while traceback is not None:
        path = Path(traceback.tb_frame.f_code.co_filename)
        if "configvars" in path.parts:
            place = f"in {path.parent.name}/{path.name}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place


def _say(text: str) -> None:
    print(f"configvars: {printable(text)}", file=sys.stderr)


def _make_streams_safe() -> None:
    """Names come from anywhere: what the terminal's encoding lacks is written out, and is no error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")

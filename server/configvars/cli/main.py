"""The command `configvars`: reads the command line, runs one command, and never ends in a traceback."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Callable, Sequence

from configvars import failures
from configvars.cli.arguments import parser
from configvars.cli.errors import CannotRun
from configvars.cli.signals import ending_in_order
from configvars.failures import Failure
from configvars.printable import printable

EXIT_CANNOT_RUN = 2
EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141

_SERVER = "server"
_MOST_TOLD = 20


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
    if args.command == _SERVER:
        return int(command.run(args))  # its faults go to its log
    with failures.heard() as faults:
        status = int(command.run(args))
    if sys.stdout is not None:
        sys.stdout.flush()
    _tell(faults)
    return EXIT_CANNOT_RUN if faults else status


def _tell(faults: Sequence[Failure]) -> None:
    """Say what has failed: what was not looked at is not known to be in order."""
    told = list(dict.fromkeys(str(fault) for fault in faults))
    for sentence in told[:_MOST_TOLD]:
        _say(f"{sentence}; please report it.")
    if len(told) > _MOST_TOLD:
        _say(f"{len(told) - _MOST_TOLD} more such errors.")


def _guarded(run: Callable[[], int]) -> int:
    try:
        return run()
    except CannotRun as problem:
        _say(str(problem))
        return problem.status
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
        _say(f"internal error ({type(error).__name__} at {failures.place_of(error)}); please report it.")
        return EXIT_CANNOT_RUN


def _silence_stdout() -> None:
    """Write to nowhere from now on: else Python, at its exit, tries and complains once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    print(f"configvars: {printable(text)}", file=sys.stderr)


def _make_streams_safe() -> None:
    """Names come from anywhere: what the terminal's encoding lacks is written out, and is no error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")

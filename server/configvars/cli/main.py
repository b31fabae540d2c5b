"""The command `configvars`: parses the command line and runs one command; it never prints a traceback."""

from __future__ import annotations

import argparse
import errno
import importlib
import os
import re
import sys
from collections.abc import Callable, Sequence

from configvars import failures
from configvars.cli.arguments import parser
from configvars.cli.errors import CannotRun, NoSuchPath
from configvars.cli.signals import ending_in_order
from configvars.failures import Failure
from configvars.garbage import COMMAND, collecting_seldom
from configvars.printable import printable

EXIT_CANNOT_RUN = 2
EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141

_SERVER = "server"
_MOST_TOLD = 20
_APP = re.compile(r"[a-z][a-z0-9-]{2,29}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in `arguments` (default: those of the process); returns the exit status."""
    _make_streams_safe()
    with ending_in_order(), collecting_seldom(COMMAND):
        return _guarded(lambda: _run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    if "_ARGCOMPLETE" in os.environ:
        importlib.import_module("configvars.cli.completion").complete(parser())
    args = parser().parse(arguments)
    # Each command is imported when it runs, so that only `server` imports the LSP library.
    command = importlib.import_module(f"configvars.cli.{args.command}")
    if args.command == _SERVER:
        return int(command.run(args))  # the server logs its own errors
    with failures.heard() as faults:
        status = _status(command.run, args)
    if sys.stdout is not None:
        sys.stdout.flush()
    _tell(faults)
    return EXIT_CANNOT_RUN if faults else status


def _status(command: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    """The exit status of a command. A path that does not exist is perhaps an app without `--app`."""
    try:
        return command(args)
    except NoSuchPath as missing:
        takes_apps = hasattr(args, "apps")
        if missing.near or not takes_apps or not _APP.fullmatch(missing.path):
            raise
        raise CannotRun(f"{missing} If it is an app, write `--app {missing.path}`.") from None


def _tell(faults: Sequence[Failure]) -> None:
    """Print internal errors, because something may not have been checked."""
    sentences = list(dict.fromkeys(str(fault) for fault in faults))
    for sentence in sentences[:_MOST_TOLD]:
        _say(f"{sentence}; please report it.")
    if len(sentences) > _MOST_TOLD:
        _say(f"{len(sentences) - _MOST_TOLD} more such errors.")


def _guarded(run: Callable[[], int]) -> int:
    try:
        return run()
    except CannotRun as problem:
        _say(str(problem))
        return problem.status
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # the program that reads our output has ended
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
    """Discard further output; otherwise Python tries to flush it at exit and prints an error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    print(f"configvars: {printable(text)}", file=sys.stderr)


def _make_streams_safe() -> None:
    """Escape characters that the terminal's encoding does not support, instead of raising an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")

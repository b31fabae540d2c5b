"""The command `configvars`: reads the command line, runs one command, and never ends in a traceback."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from configvars.cli.arguments import parser
from configvars.cli.errors import CannotRun

EXIT_CANNOT_RUN = 2
EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` (default: the process's) name; gives the exit status."""
    _make_streams_safe()
    return _guarded(lambda: _run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    args = parser().parse_args(arguments)
    # Each command is imported when it is asked for: none but `server` pays for the protocol's library.
    command = importlib.import_module(f"configvars.cli.{args.command}")
    status: int = command.run(args)
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
    except BrokenPipeError:
        # Whoever read our output has left; nothing can be told to them, not even by Python at its exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_BROKEN_PIPE
    except Exception as error:
        _say(f"internal error ({type(error).__name__} {_place(error.__traceback__)}); please report it.")
        return EXIT_CANNOT_RUN


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
    print(f"configvars: {text}", file=sys.stderr)


def _make_streams_safe() -> None:
    """Names come from anywhere: what the terminal's encoding lacks is written out, and is no error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())

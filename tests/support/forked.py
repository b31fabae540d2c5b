"""Runs Python programs, each in a process of its own that a prepared process forks.

A new interpreter takes 20 ms, and 180 ms until it has imported Flask; a fork takes a few. A program gets
exactly the environment that is passed, as with `subprocess.run`.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import IO, Any, NoReturn

_PROGRAM = Path(__file__).parents[2] / "server"
# What most programs of the tests import; nothing of configvars.
_PREPARED = ("asyncio", "dataclasses", "dotenv", "flask.cli")
# What some programs import, and what takes longest.
_LARGE = ("django.conf", "flask_jwt_extended", "flask_sqlalchemy", "pydantic_settings", "sqlalchemy")


def run_python(
    *arguments: str,
    cwd: Path,
    env: Mapping[str, str],
    stdin: str = "",
    stdout: Path | None = None,
    prepared: tuple[str, ...] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run `python FILE`, `python -P FILE`, `python -m MODULE` or `python -c CODE`, with further arguments.

    The modules `prepared` are already imported; by default, what most programs import, and the large modules
    that files in `cwd` name. What is written to a file `stdout` is not returned.
    """
    if prepared is None:
        prepared = (*_PREPARED, *_named_in(cwd))
    if not hasattr(os, "fork"):
        command = [sys.executable, "-B", *arguments]
        return subprocess.run(
            command, cwd=cwd, env=env, input=stdin, capture_output=True, text=True, check=False
        )
    with tempfile.TemporaryDirectory() as folder:
        given, out, err = (Path(folder, name) for name in ("in", "out", "err"))
        given.write_text(stdin, "utf-8")
        streams = [str(path) for path in (given, stdout or out, err)]
        order = {"arguments": arguments, "cwd": str(cwd), "env": dict(env), "streams": streams}
        server = _server(prepared)
        server.stdin.write(f"{json.dumps(order)}\n")
        server.stdin.flush()
        status = int(server.stdout.readline())
        said = "" if stdout else out.read_text("utf-8")
        return subprocess.CompletedProcess(arguments, status, said, err.read_text("utf-8"))


def _named_in(folder: Path) -> tuple[str, ...]:
    """The large modules that Python files in a folder name, and that are no files of it."""
    text = "\n".join(path.read_text("utf-8", "ignore") for path in folder.glob("*.py"))
    names = {name: name.split(".")[0] for name in _LARGE}
    return tuple(name for name in _LARGE if names[name] in text and not any(folder.rglob(f"{names[name]}*")))


class _Server(subprocess.Popen[str]):
    """The prepared process."""

    stdin: IO[str]
    stdout: IO[str]


@cache
def _server(prepared: tuple[str, ...]) -> _Server:
    command = [sys.executable, "-P", "-B", __file__, *prepared]
    environ = {**os.environ, "PYTHONPATH": str(_PROGRAM)}
    server = _Server(command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    atexit.register(_end, server)
    return server


def _end(server: _Server) -> None:
    server.stdin.close()
    server.stdout.close()
    server.wait()


def _next_program() -> dict[str, Any]:
    """In the prepared process: fork for each order; returns in the fork, and exits when there is no more."""
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            return dict(json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
    sys.exit()


def _become(order: Mapping[str, Any]) -> None:
    """Run the program as the interpreter would; its exceptions and exits are raised."""
    for number, path in enumerate(order["streams"]):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), number)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    if "configvars" not in sys.modules:
        sys.path.remove(str(_PROGRAM))
    first, *rest = order["arguments"]
    sys.argv = [first, *rest]
    if paths := os.environ.get("PYTHONPATH"):
        sys.path[:0] = paths.split(os.pathsep)
    if first == "-c":
        sys.path.insert(0, "")
        sys.argv = ["-c", *rest[1:]]
        module = sys.modules["__main__"] = ModuleType("__main__")
        exec(compile(rest[0], "<string>", "exec"), module.__dict__)
    elif first == "-m":
        sys.path.insert(0, os.getcwd())
        sys.argv = rest
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    elif first == "-P":
        sys.argv = rest
        runpy.run_path(rest[0], run_name="__main__")
    else:
        sys.path.insert(0, os.path.dirname(os.path.abspath(first)))
        runpy.run_path(first, run_name="__main__")


def _end_at_once(order: Mapping[str, Any]) -> NoReturn:
    """Run the program, and end without taking the prepared modules apart, which would take longer."""
    status = 1
    try:
        _become(order)
        status = 0
    except SystemExit as exit_:
        status = exit_.code if isinstance(exit_.code, int) else int(exit_.code is not None)
        if not isinstance(exit_.code, int | None):
            print(exit_.code, file=sys.stderr)
    except BaseException:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    for _name in sys.argv[1:]:
        importlib.import_module(_name)
    gc.collect()
    gc.freeze()
    _end_at_once(_next_program())

"""Calls functions of a library, as a list of jobs on stdin says, and prints what each raised; both are JSON.

Used by refused_arguments.py. Each call has a process of its own, forked after the import of the library.
There is no network: a call that tries to reach something has accepted its arguments.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import os
import re
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any, NoReturn

_SECONDS = 15
# The modules from which code usually imports exceptions.
_USUAL = re.compile(r"\w+(?:\.\w+)?\.(?:error|errors|exc|exceptions)|\w+")


class Reached(BaseException):
    """The call needs the network."""


def _refuse(*_: object, **__: object) -> NoReturn:
    raise Reached


def main() -> None:
    """Do the jobs, and print the results."""
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, _refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        setattr(socket, name, _refuse)
    sys.stdout.write(json.dumps([_forked(job) for job in json.load(sys.stdin)]) + "\n")


def _forked(job: dict[str, Any]) -> dict[str, Any]:
    """The result of a job in a process of its own."""
    names: dict[str, Any] = {}
    found = _found(job["path"].partition("()")[0], names)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        signal.alarm(_SECONDS)
        os.environ.update(job["variables"])
        os.dup2(2, 1)
        os.write(writing, json.dumps(_result(job, found, names)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    result: dict[str, Any] = json.loads(text or '{"raised": ["nothing"], "message": "no answer"}')
    return result


def _result(job: dict[str, Any], found: Any, names: dict[str, Any]) -> dict[str, Any]:
    exec(job["setup"], names)
    function = _function(job["path"], job["on"], found, names)
    result: dict[str, Any] = {"raised": None, "message": "", "position": _position(function, job["argument"])}
    try:
        _call(function, job, names)
    except Reached:
        pass
    except BaseException as error:  # whatever a library raises
        result |= {"raised": _classes(error), "message": str(error)[:200]}
    return result


def _found(base: str, names: dict[str, Any]) -> Any:
    """What a dotted path means; its package gets a name."""
    parts = base.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part)
        names[parts[0]] = importlib.import_module(parts[0])
        return found
    raise ModuleNotFoundError(base)


def _function(path: str, on: str, found: Any, names: dict[str, Any]) -> Any:
    """The function at a path; an object on the way is made by the expression `on`."""
    _, is_made, rest = path.partition("()")
    if not is_made:
        return found
    names["_found"] = found
    made = eval(on.format("_found"), names)
    return made.__getitem__ if rest == "[]" else getattr(made, rest.removeprefix("."))


def _call(function: Any, job: dict[str, Any], names: dict[str, Any]) -> None:
    """Call the function. Clients of asyncio need a loop; `run` starts one itself."""
    names["_call"] = function
    given = [f"{name}={value}" for name, value in job["arguments"].items()]
    call = f"_call({', '.join([*given, *filter(None, [job['rest']])])}){job['then']}"
    if job["path"].endswith("[]"):
        call = f"_call({job['arguments'][job['argument']]})"
    if job["path"].endswith(".run"):
        eval(call, names)
    else:
        asyncio.run(_awaited(call, names))


async def _awaited(call: str, names: dict[str, Any]) -> None:
    made = eval(call, names)
    if inspect.isawaitable(made):
        await made


def _position(function: Callable[..., object], argument: str) -> int | None:
    """The position of an argument; None if it can only be passed by name."""
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return None
    plain = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    positional = [name for name, each in parameters.items() if each.kind in plain]
    return positional.index(argument) if argument in positional else None


def _classes(error: BaseException) -> list[str]:
    """The names under which code usually catches an exception, other than `Exception`."""
    found: list[str] = []
    for one in type(error).__mro__:
        if one in (Exception, BaseException, object):
            continue
        if one.__module__ == "builtins":
            found.append(f"builtins.{one.__name__}")
            continue
        modules = [name for name in list(sys.modules) if name == one.__module__ or _USUAL.fullmatch(name)]
        public = [name for name in modules if not re.search(r"(^|\.)_", name)]
        found += sorted(
            f"{name}.{one.__name__}"
            for name in public
            if getattr(sys.modules[name], "__dict__", {}).get(one.__name__) is one
        )
    return found


if __name__ == "__main__":
    main()

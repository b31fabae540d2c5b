"""The modules that a Procfile process loads first, according to its command line."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable, Iterator, Sequence

from configvars import shell_quoting
from configvars.cli.errors import CannotRun
from configvars.cli.parser import did_you_mean
from configvars.cli.places import relative
from configvars.patterns import lazy_pattern
from configvars.syntax.procfile import parse_procfile

GUNICORN_CONFIG = "gunicorn.conf.py"
"""The configuration file that gunicorn reads if it exists."""
_SHOWN = 5
_SERVERS = frozenset({"gunicorn", "uvicorn", "hypercorn", "daphne", "granian", "waitress-serve"})
_ASSIGNMENT = lazy_pattern(r"[A-Za-z_]\w*=")
_MODULE = lazy_pattern(r"[A-Za-z_][\w.]*")
_APP = lazy_pattern(r"([A-Za-z_][\w.]*):[A-Za-z_][\w.]*(\(.*\))?")
_CONNECTORS = frozenset({"&&", "||", ";"})
_SHELL = lazy_pattern(r"[|<>`()&;]|\$\(")


class NotKnown(Exception):  # noqa: N818 -- an answer, not an error
    """The command line does not say what it loads; the message is the command."""


def commands(procfile: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The processes with these names, each with its command. Raises `CannotRun` if one does not exist."""
    known = {process.name: process.command for process in parse_procfile(procfile)}
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"It has {', '.join(known) or 'none'}."
            raise CannotRun(f"There is no process {name} in the Procfile. {hint}")
        yield name, known[name]


def no_procfile(root: str, files: Iterable[str], cwd: str) -> str:
    """The message that a project has no Procfile; it names the folders below that have one."""
    where = "this folder" if root == cwd else relative(root, cwd)
    where = root if where.startswith("..") else where
    message = f"--process needs a Procfile, and there is none in {where}."
    folders = (relative(os.path.dirname(each), cwd) for each in files if os.path.basename(each) == "Procfile")
    below = sorted(folders)
    if not below:
        return message
    more = f" and {len(below) - _SHOWN} more" if len(below) > _SHOWN else ""
    return (
        f"{message} Name a folder that has one: {', '.join(map(shell_quoting.path, below[:_SHOWN]))}{more}."
    )


def entries(command: str) -> Iterator[str]:
    """The modules (dotted) and files (ending in .py) that a command loads first. Raises `NotKnown`."""
    try:
        words = _plain(command)
    except ValueError:
        raise NotKnown(command) from None
    part: list[str] = []
    for word in (*words, ";"):
        if word not in _CONNECTORS:
            part.append(word)
        elif part:
            yield from _of_program(part, command)
            part = []


def _plain(command: str) -> list[str]:
    """The words of a command. Raises `NotKnown` if a shell would change them."""
    words = shlex.split(command.replace("&&", " && ").replace(";", " ; "))
    for word in words:
        if word not in _CONNECTORS and not _APP.fullmatch(word) and _SHELL.search(word):
            raise NotKnown(command)
    return words


def _of_program(words: list[str], command: str) -> Iterator[str]:
    while words and _ASSIGNMENT.match(words[0]):
        words = words[1:]
    if not words:
        return
    program, arguments = os.path.basename(words[0]), words[1:]
    if program in _SERVERS:
        yield from _of_server(program, arguments, command)
    elif re.fullmatch(r"python[\d.]*", program):
        yield from _of_python(arguments, command)
    elif program == "flask":
        yield from _of_flask(arguments, command)
    elif program == "celery":
        yield _option(arguments, ("-A", "--app"), command)
    else:
        raise NotKnown(command)


def _of_server(program: str, arguments: list[str], command: str) -> Iterator[str]:
    apps = [found[1] for word in arguments if (found := _APP.fullmatch(word))]
    if not apps:
        raise NotKnown(command)
    yield from apps
    if program == "gunicorn":
        yield GUNICORN_CONFIG
        yield from (word for word in arguments if word.endswith(".py"))


def _of_python(arguments: list[str], command: str) -> Iterator[str]:
    arguments = [word for word in arguments if word not in ("-u", "-O", "-I", "-B")]
    if arguments[:1] == ["-m"] and len(arguments) > 1:
        if arguments[1] in ("flask", "celery", "gunicorn", "uvicorn"):
            yield from _of_program(arguments[1:], command)
            return
        if _MODULE.fullmatch(arguments[1]):
            yield arguments[1]
            return
    elif arguments and arguments[0].endswith(".py") and os.path.basename(arguments[0]) != "manage.py":
        yield os.path.normpath(arguments[0])
        return
    raise NotKnown(command)


def _of_flask(arguments: list[str], command: str) -> Iterator[str]:
    yield _option(arguments, ("-A", "--app"), command).partition(":")[0]


def _option(arguments: list[str], names: tuple[str, ...], command: str) -> str:
    """The value of an option. Raises `NotKnown` if it is missing, because a file then says what is loaded."""
    for number, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if name in names:
            found = value if equals else "".join(arguments[number + 1 : number + 2])
            if found:
                return found
    raise NotKnown(command)

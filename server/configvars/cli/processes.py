"""The modules that a Procfile process loads first, according to its command line."""

from __future__ import annotations

import os
import posixpath
import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence

from configvars import shell_quoting
from configvars.cli.errors import CannotRun
from configvars.cli.parser import did_you_mean
from configvars.cli.places import relative
from configvars.patterns import lazy_pattern
from configvars.syntax.commands import unwrapped
from configvars.syntax.procfile import parse_procfile
from configvars.syntax.python_programs import Program, plain_words, program_of

GUNICORN_CONFIG = "gunicorn.conf.py"
OF_CELERY = ".celery"
OPTIONAL = (GUNICORN_CONFIG, OF_CELERY)
"""The ends of entries that a command loads only if they exist: gunicorn's configuration, `shop.celery`."""
FLASK_APP = "$FLASK_APP"
"""The app of a `flask` command that does not name one."""
MIGRATIONS = "$MIGRATIONS"
"""The scripts that alembic runs."""
_SHOWN = 5
_MOST_SCRIPTS = 10
_SERVERS = frozenset({"gunicorn", "uvicorn", "hypercorn", "daphne", "granian", "waitress-serve"})
_RUNS_FILE = frozenset({"chainlit", "fastapi", "streamlit"})
_WORKERS = frozenset({"arq", "dramatiq", "huey_consumer", "huey_consumer.py"})
_IMPORTING = frozenset(
    {"bokeh", "gradio", "kopf", "litestar", "mesop", "panel", "quart", "sanic", "shiny", "solara"}
)
_MODULE = lazy_pattern(r"[A-Za-z_][\w.]*")
_APP = lazy_pattern(r"([A-Za-z_][\w.]*):[A-Za-z_][\w.]*(\(.*\))?")
_CONNECTORS = frozenset({"&&", "||", ";", "&"})
_SHELL = lazy_pattern(r"[|<>`()&;]|\$\(")
_KEYWORDS = frozenset({"!", "do", "elif", "else", "if", "then", "until", "while", "{"})
# Commands of a shell that run no Python.
_NO_PYTHON = frozenset(
    {
        "",
        ":",
        "[",
        "[[",
        "cat",
        "chmod",
        "cp",
        "curl",
        "date",
        "done",
        "echo",
        "exit",
        "export",
        "false",
        "fi",
    }
    | {"ls", "mkdir", "mv", "printf", "rm", "set", "sleep", "test", "touch", "trap", "true", "ulimit"}
    | {"umask", "unset", "wait", "}"}
)
Script = Callable[[str], str | None]
"""The text of a shell script of the project; None if there is no such file."""


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


def entries(command: str, script: Script = lambda path: None) -> Iterator[str]:
    """The modules (dotted) and files (ending in .py) that a command loads first. Raises `NotKnown`."""
    yield from _Command(script).entries(command)


def mentioned(command: str) -> Iterator[str]:
    """The words of a command that may be modules or files besides, such as `gunicorn -k workers.Mine`."""
    for word in re.split(r"[\s\"'=]+", command):
        name = word.removeprefix("python:").partition(":")[0]
        if name.endswith(".py") or ("." in name and _MODULE.fullmatch(name)):
            yield name


class _Command:
    """A command or script; `folder` is the target of the `cd` before a command in it."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._scripts: set[str] = set()
        self._folder = ""

    def entries(self, command: str) -> Iterator[str]:
        for line in command.replace("\\\n", " ").splitlines():
            part: list[str] = []
            for word in (*_words(line, command), ";"):
                if word not in _CONNECTORS:
                    part.append(word)
                elif part:
                    yield from self._of_part(part, command)
                    part = []

    def _of_part(self, part: list[str], command: str) -> Iterator[str]:
        while part and part[0] in _KEYWORDS:
            part = part[1:]
        words = unwrapped(part).words
        if not words or words[0] in _NO_PYTHON:
            return
        if words[0] == "cd":
            self._change_folder(words[1:], command)
        elif (inner := self._inner(words)) is not None:
            yield from self.entries(inner)
        elif any(_SHELL.search(word) and not _APP.fullmatch(word) for word in words):
            raise NotKnown(command)
        else:
            yield from self._of_program(words, command)

    def _change_folder(self, arguments: list[str], command: str) -> None:
        if len(arguments) != 1 or not re.fullmatch(r"[\w./-]+", arguments[0]) or arguments[0].startswith("/"):
            raise NotKnown(command)
        folder = posixpath.normpath(posixpath.join(self._folder, arguments[0]))
        self._folder = "" if folder == "." else folder

    def _of_program(self, words: list[str], command: str) -> Iterator[str]:
        program, arguments = os.path.basename(words[0]), words[1:]
        if program in _SERVERS:
            yield from self._of_server(program, arguments, command)
        elif re.fullmatch(r"python[\d.]*", program):
            yield from self._of_python(arguments, command)
        elif program == "flask":
            yield self._module(_option(arguments, ("-A", "--app")).partition(":")[0] or FLASK_APP)
        elif program == "celery" and (named := _option(arguments, ("-A", "--app"))):
            module = self._module(named.partition(":")[0], _option(arguments, ("--workdir",)))
            yield from (module, f"{module}{OF_CELERY}")
        elif program == "alembic":
            yield MIGRATIONS
        elif program in _RUNS_FILE or program in _WORKERS:
            yield from self._named(program, arguments, command)
        elif program in _IMPORTING and (found := program_of([program, *arguments])) is not None:
            yield from self._started(found, command)
        else:
            raise NotKnown(command)

    def _started(self, program: Program, command: str) -> Iterator[str]:
        """What a program loads that imports only the file or module on its command line."""
        if program.file:
            yield self._file(program.file)
        elif program.module:
            yield self._module(program.module)
        else:
            raise NotKnown(command)

    def _inner(self, words: list[str]) -> str | None:
        """The script that a command runs: of `sh -c '…'`, or a file of the project."""
        shell = words[0] in ("sh", "bash", "/bin/sh", "/bin/bash", "source", ".")
        if shell and len(words) > 2 and re.fullmatch(r"-\w*c", words[1]):
            return words[2]
        path = next((word for word in words[1:] if not word.startswith("-")), "") if shell else words[0]
        path = posixpath.normpath(path) if shell or "/" in path or path.endswith(".sh") else ""
        if not path or path in self._scripts or len(self._scripts) > _MOST_SCRIPTS:
            return None
        self._scripts.add(path)
        return self._script(path)

    def _of_server(self, program: str, arguments: list[str], command: str) -> Iterator[str]:
        apps = [found[1] for word in arguments if (found := _APP.fullmatch(word))]
        if not apps and program == "gunicorn":
            apps = plain_words(arguments)[:1]
        if not apps:
            raise NotKnown(command)
        folder = _option(arguments, ("--chdir", "--app-dir", "--pythonpath"))
        yield from (self._module(app, folder) for app in apps)
        if program == "gunicorn":
            yield self._file(GUNICORN_CONFIG)
            yield from (self._file(word) for word in arguments if word.endswith(".py"))

    def _of_python(self, arguments: list[str], command: str) -> Iterator[str]:
        while arguments and re.fullmatch(r"-[bBdEiIOPqsSuvx]+", arguments[0]):
            arguments = arguments[1:]
        if arguments[:1] == ["-m"] and len(arguments) > 1:
            if arguments[1] in (*_SERVERS, *_RUNS_FILE, *_WORKERS, "flask", "celery", "alembic"):
                yield from self._of_program(arguments[1:], command)
                return
            if _MODULE.fullmatch(arguments[1]):
                yield self._module(arguments[1])
                return
        elif arguments and arguments[0].endswith(".py"):
            yield self._file(arguments[0])
            return
        raise NotKnown(command)

    def _named(self, program: str, arguments: list[str], command: str) -> Iterator[str]:
        if program in _RUNS_FILE:
            found = [self._file(word) for word in arguments if word.endswith(".py")]
        else:
            found = [self._module(word.partition(":")[0]) for word in plain_words(arguments)[:1]]
        if not found:
            raise NotKnown(command)
        yield from found

    def _module(self, name: str, folder: str = "") -> str:
        """A module as seen from the project's root; one in the folder `src` is `src.name`."""
        inner = posixpath.normpath(posixpath.join(self._folder, folder))
        before = "" if inner == "." or name.startswith("$") else f"{inner.replace('/', '.')}."
        return f"{before}{name}"

    def _file(self, path: str) -> str:
        return posixpath.normpath(posixpath.join(self._folder, path))


def _words(line: str, command: str) -> list[str]:
    """The words of a line. Raises `NotKnown` for an open quote."""
    try:
        return shlex.split(line.replace("&&", " && ").replace(";", " ; "), comments=True)
    except ValueError:
        raise NotKnown(command) from None


def _option(arguments: list[str], names: tuple[str, ...]) -> str:
    """The value of an option; empty if it is missing."""
    for number, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if name in names:
            return value if equals else "".join(arguments[number + 1 : number + 2])
    return ""

"""Python programs on command lines: the file or module where each starts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from configvars.patterns import lazy_pattern

_ASSIGNMENT = lazy_pattern(r"([A-Za-z_][A-Za-z0-9_]*)=")
_MODULE = lazy_pattern(r"[A-Za-z_][\w.]*(?::[A-Za-z_][\w.]*(?:\(.*\))?)?", re.ASCII)
_SERVERS = frozenset({"gunicorn", "uvicorn", "hypercorn", "daphne", "waitress-serve", "uwsgi", "granian"})
_TAKES_WORD = lazy_pattern(r"-[A-Za-z]|--[a-z-]+")
# Options without a value, and those of servers whose value may look like an app.
_FLAGS = frozenset(
    {"--call", "--factory", "--no-access-log", "--preload", "--proxy-headers", "--reload"}
) | frozenset(
    {"-D", "--capture-output", "--daemon", "--enable-stdio-inheritance", "--inherit-sockets", "--log-syslog"}
    | {"--no-sendfile", "-R", "--reuse-port", "--use-colors", "--no-use-colors", "--no-server-header"}
)
_NAMING = frozenset({"-c", "--config", "-e", "--env", "-k", "--worker-class", "--logger-class"})
# Programs that run a file, with the sub-commands that do; those that also run a module; those that run it as
# the main program.
_RUNNING: Mapping[str, frozenset[str]] = {
    "bokeh": frozenset({"serve"}),
    "chainlit": frozenset({"run"}),
    "fastapi": frozenset({"dev", "run"}),
    "gradio": frozenset(),
    "kopf": frozenset({"run"}),
    "marimo": frozenset({"run"}),
    "mesop": frozenset(),
    "panel": frozenset({"serve"}),
    "shiny": frozenset({"run"}),
    "solara": frozenset({"run"}),
    "streamlit": frozenset({"run"}),
}
_OF_MODULES = frozenset({"shiny", "solara"})
_AS_MAIN = frozenset({"gradio", "streamlit"})
# The files that some of them look for if the command names none, and env files that they load themselves.
USUAL_FILES: Mapping[str, tuple[str, ...]] = {
    "alembic": ("alembic/env.py", "migrations/env.py"),
    "fastapi": ("main.py", "app.py", "api.py", "app/main.py", "app/app.py", "app/api.py"),
    "flask": ("wsgi.py", "app.py"),
    "quart": ("app.py",),
    "reflex": ("rxconfig.py",),
    "shiny": ("app.py",),
}
_LOADING: Mapping[str, tuple[str, ...]] = {"chainlit": (".env",), "quart": (".env", ".flaskenv")}
# Programs that import a module, with the options or sub-commands before its name.
_BY_OPTION: Mapping[str, tuple[str, ...]] = {
    "celery": ("-A", "--app"),
    "hupper": ("-m",),
    "litestar": ("--app",),
    "procrastinate": ("-a", "--app"),
    "quart": ("-A", "--app"),
    "rq": ("-c", "--config"),
}
_BY_POSITION: Mapping[str, frozenset[str]] = {
    "aiohttp.web": frozenset(),
    "arq": frozenset(),
    "dramatiq": frozenset(),
    "faststream": frozenset({"run"}),
    "huey.bin.huey_consumer": frozenset(),
    "huey_consumer": frozenset(),
    "huey_consumer.py": frozenset(),
    "nameko": frozenset({"run"}),
    "sanic": frozenset(),
    "taskiq": frozenset({"scheduler", "worker"}),
}
_BARE = frozenset({"django-admin", "pytest", "reflex"})
# The commands of Alembic that load `env.py`.
MIGRATING = frozenset({"check", "current", "downgrade", "ensure_version", "stamp", "upgrade"})
_IMPORTED = lazy_pattern(r"(?:^|;)\s*(?:from\s+(?P<origin>[\w.]+)\s+import|import\s+(?P<module>[\w.]+))")


class Program(Struct, frozen=True):
    """A Python program and where it starts: `module` (dotted) or `file` (as written), and `call` in it.

    `name` is the command without its path: `flask`, `gunicorn`, `python`. `folder` is the target of a `cd`
    before it, `given` are the variables that the command sets for it, `env_files` the files that are loaded
    before it starts, as written. `import_path` is the folder in which `module` is looked for first.
    """

    name: str
    module: str = ""
    file: str = ""
    call: str = ""
    folder: str = ""
    given: tuple[str, ...] = ()
    env_files: tuple[str, ...] = ()
    import_path: str = ""

    @property
    def is_main(self) -> bool:
        """Whether it runs the module or file as the main program."""
        if self.name in _RUNNING:
            return self.name in _AS_MAIN
        return bool(self.file) or re.fullmatch(r"python[0-9.]*", self.name) is not None

    @property
    def label(self) -> str:
        """The command for messages, such as `gunicorn shop:app`, without options and values."""
        target = self.file or (
            f"-m {self.module}" if re.fullmatch(r"python[0-9.]*", self.name) else self.module
        )
        call = f":{self.call}" if self.call and self.name in _SERVERS else ""
        return f"{self.name} {target}{call}".strip()


def program_of(words: list[str]) -> Program | None:
    """The program that a simple command starts, without what is in front of it; None if it is not Python."""
    if not words:
        return None
    name = words[0].rpartition("/")[2]
    rest = words[1:]
    if re.fullmatch(r"(?:python|pypy)[0-9.]*", name):
        return _python(name.replace("pypy", "python"), rest)
    if name == "flask":
        return replace(_target(name, _option(rest, "--app", "-A") or ""), env_files=_env_files(rest, "-e"))
    if name in _SERVERS:
        return _server(name, rest)
    if name in _RUNNING:
        return _running(name, rest)
    if name in _BY_OPTION:
        found = _target(name, _option(rest, *_BY_OPTION[name]) or "")
        folder = (_option(rest, "--workdir") or "") if name == "celery" else ""
        return replace(found, folder=folder, env_files=_LOADING.get(name, ()))
    if name in _BY_POSITION:
        plain = [word for word in plain_words(rest) if word not in _BY_POSITION[name]]
        return _target(name.removesuffix(".py"), next(iter(plain), ""))
    if name in ("docker", "podman") and "run" in rest[:2]:
        return _in_container(f"{name} run", rest)
    if name in _BARE or (name == "alembic" and not MIGRATING.isdisjoint(rest) and "--sql" not in rest):
        return Program(name)
    return _file("", words[0]) if words[0].endswith(".py") else None


def with_flask_app(program: Program, written: str) -> Program:
    """A `flask` command that gets its app from the variable FLASK_APP, if its value is written."""
    if program.name != "flask" or program.module or program.file:
        return program
    found = _target("flask", written)
    return replace(program, module=found.module, file=found.file, call=found.call)


def _server(name: str, rest: list[str]) -> Program:
    pairs = list(zip(rest, ["", *rest], strict=False))
    called = (word for word, before in pairs if ":" in word and before not in _NAMING)
    apps = [word for word in called if _MODULE.fullmatch(word)]
    found = _target(name, next(iter(apps or plain_words(rest)), ""))
    if name == "uwsgi":
        written = _option(rest, "-w", "--module", "--wsgi")
        file = _option(rest, "--wsgi-file", "--file")
        found = _target(name, written) if written else _target(name, file) if file else found
    given = tuple(_set_by_options(rest)) if name == "gunicorn" else ()
    folder = _option(rest, "--chdir", "--app-dir") or ""
    import_path = (_option(rest, "--pythonpath") or "") if name == "gunicorn" else ""
    return replace(found, folder=folder, given=given, env_files=_env_files(rest), import_path=import_path)


def _running(name: str, rest: list[str]) -> Program:
    """A program that runs a file, or the object of it after a colon."""
    file = next((word for word in rest if word.partition(":")[0].endswith(".py")), "").partition(":")[0]
    is_run = not _RUNNING[name] or not _RUNNING[name].isdisjoint(rest)
    module = next((word for word in plain_words(rest) if word not in _RUNNING[name]), "")
    found = (
        _file(name, file) if file else _target(name, module) if name in ("shiny", "solara") else Program(name)
    )
    return replace(found, env_files=_LOADING.get(name, ())) if is_run else Program(name)


def _python(name: str, words: list[str]) -> Program | None:
    for index, word in enumerate(words):
        if word == "-m" and index + 1 < len(words):
            inner = program_of(words[index + 1 :])
            return inner or Program(name, module=words[index + 1])
        if word == "-c":
            return _of_code("".join(words[index + 1 : index + 2]))
        if not word.startswith("-"):
            return _file(name, word)
    return None


def _of_code(code: str) -> Program | None:
    """The first module that `python -c` imports."""
    found = _IMPORTED.search(code)
    return Program("python -c", module=found["origin"] or found["module"]) if found is not None else None


def _file(name: str, word: str) -> Program:
    return Program(name or "python", file=word.removeprefix("./"))


def _target(name: str, word: str) -> Program:
    """A program whose app is given as `module:call`, or as a file."""
    if not _MODULE.fullmatch(word):
        return _file(name, word) if word.endswith(".py") else Program(name)
    module, _, call = word.partition(":")
    return Program(name, module=module.removesuffix(".py"), call=call.partition("(")[0])


def plain_words(words: list[str]) -> list[str]:
    """The words that can be an app or a module: neither an option nor the value of an option."""
    return [
        word
        for word, before in zip(words, ["", *words], strict=False)
        if _MODULE.fullmatch(word) and (before in _FLAGS or not _TAKES_WORD.fullmatch(before))
    ]


def _option(words: list[str], *names: str) -> str | None:
    for index, word in enumerate(words):
        option, equals, value = word.partition("=")
        if option in names:
            return value if equals else next(iter(words[index + 1 : index + 2]), None)
    return None


def _env_files(words: list[str], *short: str) -> tuple[str, ...]:
    found = _option(words, "--env-file", *short)
    return (found,) if found else ()


def _in_container(name: str, words: list[str]) -> Program | None:
    """The program of an image, if the command sets variables for it: `docker run --env-file web.env shop`."""
    split = [part for word in words for part in re.split("(?<=^--env-file)=", word)]
    files = tuple(value for option, value in pairwise(split) if option == "--env-file")
    given = tuple(_set_by_options(words))
    return Program(name, given=given, env_files=files) if files or given else None


def _set_by_options(words: list[str]) -> Iterator[str]:
    """The variables that gunicorn or docker sets before the program: `-e NAME=value`, `--env=NAME=value`."""
    for before, word in zip(["", *words], words, strict=False):
        value = word.removeprefix("--env=") if word.startswith("--env=") else word
        if (before in ("-e", "--env") or value != word) and (found := _ASSIGNMENT.match(value)):
            yield found[1]

"""Commands that start Python programs, in Procfiles, Compose files, Makefiles and so on."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from configvars.patterns import lazy_pattern

_ASSIGNMENT = lazy_pattern(r"([A-Za-z_][A-Za-z0-9_]*)=")
_MODULE = lazy_pattern(r"[A-Za-z_][\w.]*(?::[A-Za-z_][\w.]*(?:\(.*\))?)?", re.ASCII)
_NEXT = lazy_pattern(r"(?<=[^\\;])(?:;|&&|\|\|)")
# A simple command: quoted text belongs to it.
_SIMPLE = lazy_pattern(
    r"(?:\\.|\"(?:\\.|[^\"\\])*\"|'[^']*'|[^;&|\\\"']|(?<!&)&(?!&)|(?<!\|)\|(?!\|))+", re.DOTALL
)
# Programs that only run another command, with their options that take a value.
_WRAPPERS: dict[str, frozenset[str]] = {
    "exec": frozenset(),
    "honcho": frozenset({"-e", "--env"}),
    "env": frozenset(),
    "nohup": frozenset(),
    "time": frozenset(),
    "sudo": frozenset({"-u"}),
    "dotenv": frozenset({"-f", "--file", "-e"}),
    "uv": frozenset({"--env-file", "--with", "-p", "--python", "--extra", "--group"}),
    "poetry": frozenset(),
    "pdm": frozenset(),
    "hatch": frozenset(),
    "rye": frozenset(),
    "pipenv": frozenset(),
    "ddtrace-run": frozenset(),
    "newrelic-admin": frozenset(),
    "opentelemetry-instrument": frozenset(),
    "tini": frozenset(),
    # Of buildpacks: nginx, PgBouncer, stunnel, QuotaGuard.
    "start-nginx": frozenset(),
    "start-nginx-solo": frozenset(),
    "start-pgbouncer": frozenset(),
    "start-pgbouncer-stunnel": frozenset(),
    "start-stunnel": frozenset(),
    "qgtunnel": frozenset(),
    "dumb-init": frozenset(),
}
# Those of them that load `.env` if no other file is named.
_LOADS = frozenset({"dotenv", "honcho", "pipenv"})
_RUNS = frozenset({"run", "run-program", "--"})
_ENV_FILE = frozenset({"--env-file", "--env", "-e", "-f", "--file"})
_SERVERS = frozenset({"gunicorn", "uvicorn", "hypercorn", "daphne", "waitress-serve", "uwsgi", "granian"})
_ALLEXPORT = lazy_pattern(r"\bset\s+-(?:[a-z]*a[a-z]*|o\s+allexport)\b")
_SOURCED = lazy_pattern(r"(?:^|[;&|]\s*)(?:\.|source)\s+(?P<path>[^\s;&|\"'$]+)")
_SUBSTITUTED = lazy_pattern(r"\b(?:(?:export|env)\s+)(?:\"?\$\([^()]*\)\"?|`[^`]*`)(?:\s*[;&]{1,2})?")
_ENV_NAME = lazy_pattern(r"(?:[\w./-]*/)?(?:\.env[\w.-]*|[\w.-]+\.env)", re.ASCII)
_TAKES_WORD = lazy_pattern(r"-[A-Za-z]|--[a-z-]+")


class Program(Struct, frozen=True):
    """A Python program and where it starts: `module` (dotted) or `file` (as written), and `call` in it.

    `name` is the command without its path: `flask`, `gunicorn`, `python`. `folder` is the target of a `cd`
    before it, `given` are the variables that the command sets for it, `env_files` the files that are loaded
    before it starts, as written.
    """

    name: str
    module: str = ""
    file: str = ""
    call: str = ""
    folder: str = ""
    given: tuple[str, ...] = ()
    env_files: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The command for messages, such as `gunicorn shop:app`, without options and values."""
        target = self.file or (f"-m {self.module}" if self.name.startswith("python") else self.module)
        call = f":{self.call}" if self.call and self.name in _SERVERS else ""
        return f"{self.name} {target}{call}".strip()


def programs(command: str) -> Iterator[Program]:
    """The Python programs that a shell command starts, in order."""
    exported = exported_files(command)
    for program in _started(_SUBSTITUTED.sub(" ", command)):
        yield replace(program, env_files=(*exported, *program.env_files)) if exported else program


def exported_files(command: str) -> tuple[str, ...]:
    """The files that a command exports as variables.

    `set -a && . ./x.env`, `export $(cat x.env | xargs)`, `env $(grep -v '^#' x.env) python app.py`.
    """
    sourced = [found["path"] for found in _SOURCED.finditer(command)] if _ALLEXPORT.search(command) else []
    words = [
        word for found in _SUBSTITUTED.finditer(command) for word in re.split(r"[\s\"'`|;<()]+", found[0])
    ]
    return tuple(path.removeprefix("./") for path in (*sourced, *filter(_ENV_NAME.fullmatch, words)))


def _started(command: str) -> Iterator[Program]:
    folder, given = "", list[str]()
    for part in _parts(command):
        words = _words(part)
        if words[:1] in (["cd"], ["pushd"]) and len(words) == 2:
            folder = words[1]
            continue
        if words[:1] == ["export"]:
            given += [found[1] for word in words[1:] if (found := _ASSIGNMENT.match(word))]
            continue
        for program in _programs(words):
            inner = "/".join(filter(None, (folder, program.folder)))
            yield replace(program, folder=inner, given=(*given, *program.given))


def _parts(command: str) -> list[str]:
    """The simple commands of a command."""
    is_open = re.search(r"[\"'\\]", _SIMPLE.sub("", command)) is not None  # a quote that is not closed
    return _NEXT.split(command) if is_open else _SIMPLE.findall(command)


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command, comments=False)
    except ValueError:  # an unclosed quote
        return []


def _programs(words: list[str]) -> Iterator[Program]:
    """The programs that one simple command starts: one, except for `sh -c '…'`."""
    inner = unwrapped(words)
    if (script := _script_of(inner.words)) is not None:
        found = programs(script)
    else:
        found = iter(filter(None, [_of(inner.words)]))
    for program in found:
        given, env_files = (*inner.given, *program.given), (*inner.env_files, *program.env_files)
        yield replace(program, given=given, env_files=env_files)


class Unwrapped(Struct, frozen=True):
    """The words of a command without what is in front of it (`env X=1`, `poetry run`, `exec`).

    `given` are the variables that this sets, `env_files` the files that it loads.
    """

    words: list[str]
    given: tuple[str, ...]
    env_files: tuple[str, ...]


def unwrapped(words: list[str]) -> Unwrapped:
    """Split what is in front of a command from the command itself."""
    given: list[str] = []
    files: list[str] = []
    while words:
        word = words[0]
        if found := _ASSIGNMENT.match(word):
            given.append(found[1])
            words = words[1:]
        elif (name := word.rpartition("/")[2]) in _WRAPPERS:
            own: list[str] = []
            words = _inside(words[1:], _WRAPPERS[name], own)
            files += own or ([".env"] if name in _LOADS else [])
        else:
            break
    return Unwrapped(words, tuple(given), tuple(files))


class Script(Struct, frozen=True):
    """A shell script that a command runs, as written, and the variables that the command sets for it."""

    path: str
    given: tuple[str, ...]


def script_in(command: str) -> Script | None:
    """The script that a command consists of: `bin/start`, `bash start.sh web`; None for other commands."""
    inner = unwrapped(_words(command))
    words = inner.words
    if words[:1] and words[0].rpartition("/")[2] in ("sh", "bash"):
        words = [word for word in words[1:] if not word.startswith("-")]
    elif not words or not ("/" in words[0] or words[0].endswith(".sh")):
        return None
    return Script(words[0], inner.given) if words else None


def _script_of(words: list[str]) -> str | None:
    """The script of `sh -c '…'`, None for other commands."""
    is_shell = words[:1] and words[0].rpartition("/")[2] in ("sh", "bash")
    if is_shell and len(words) > 2 and words[1].startswith("-") and words[1].endswith("c"):
        return words[2]
    return None


def _inside(words: list[str], with_word: frozenset[str], files: list[str]) -> list[str]:
    """The command that a wrapper runs; env files that it loads are added to `files`."""
    while words:
        option, equals, value = words[0].partition("=")
        if words[0] in _RUNS or not words[0].startswith("-"):
            if words[0] not in _RUNS:
                return words
            words = words[1:]
        elif equals:
            files += [value] if option in _ENV_FILE else []
            words = words[1:]
        elif option in with_word and len(words) > 1:
            files += [words[1]] if option in _ENV_FILE else []
            words = words[2:]
        else:
            words = words[1:]
    return words


def _of(words: list[str]) -> Program | None:
    if not words:
        return None
    name = words[0].rpartition("/")[2]
    rest = words[1:]
    if re.fullmatch(r"python[0-9.]*", name):
        return _python(name, rest)
    if name == "flask":
        return replace(_target(name, _option(rest, "--app", "-A") or ""), env_files=_env_files(rest, "-e"))
    if name in _SERVERS:
        plain = [word for word, before in zip(rest, ["", *rest], strict=False) if _is_plain(word, before)]
        called = next((word for word in plain if ":" in word), "")
        found = _target(name, called or next(iter(plain), ""))
        given = tuple(_set_by_options(rest)) if name == "gunicorn" else ()
        folder = _option(rest, "--chdir", "--app-dir") or ""
        return replace(found, folder=folder, given=given, env_files=_env_files(rest))
    if name == "celery":
        return _target(name, _option(rest, "-A", "--app") or "")
    if name in ("docker", "podman") and "run" in rest[:2]:
        return _in_container(f"{name} run", rest)
    if name in ("pytest", "django-admin", "alembic", "rq", "dramatiq", "fastapi", "streamlit"):
        return Program(name)
    return _file("", words[0]) if words[0].endswith(".py") else None


def _python(name: str, words: list[str]) -> Program | None:
    for index, word in enumerate(words):
        if word == "-m" and index + 1 < len(words):
            inner = _of(words[index + 1 :])
            return inner or Program(name, module=words[index + 1])
        if word == "-c":
            return None
        if not word.startswith("-"):
            return _file(name, word)
    return None


def _file(name: str, word: str) -> Program:
    return Program(name or "python", file=word.removeprefix("./"))


def _target(name: str, word: str) -> Program:
    """A program whose app is given as `module:call`, or as a file."""
    if not _MODULE.fullmatch(word):
        return _file(name, word) if word.endswith(".py") else Program(name)
    module, _, call = word.partition(":")
    return Program(name, module=module.removesuffix(".py"), call=call.partition("(")[0])


def _is_plain(word: str, before: str) -> bool:
    """Whether a word can be the app's module: neither an option nor the value of an option."""
    return _MODULE.fullmatch(word) is not None and not _TAKES_WORD.fullmatch(before)


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
    pairs = zip(words, [*words[1:], ""], strict=True)
    files = tuple(
        value if option == "--env-file" else option.partition("=")[2]
        for option, value in pairs
        if option == "--env-file" or option.startswith("--env-file=")
    )
    given = tuple(_set_by_options(words))
    return Program(name, given=given, env_files=files) if files or given else None


def _set_by_options(words: list[str]) -> Iterator[str]:
    """The variables that gunicorn or docker sets before the program: `-e NAME=value`, `--env=NAME=value`."""
    for before, word in zip(["", *words], words, strict=False):
        value = word.removeprefix("--env=") if word.startswith("--env=") else word
        if (before in ("-e", "--env") or value != word) and (found := _ASSIGNMENT.match(value)):
            yield found[1]

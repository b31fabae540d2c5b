"""Commands that start Python programs, in Procfiles, Compose files, Makefiles and so on."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from configvars.limits import WORDS, beyond
from configvars.patterns import lazy_pattern
from configvars.syntax.python_programs import Program, program_of, with_flask_app

_ASSIGNMENT = lazy_pattern(r"([A-Za-z_][A-Za-z0-9_]*)=")
_FLASK_APP = lazy_pattern(r"(?:^|\s)FLASK_APP=[\"']?([\w./:]+)")
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
    "dotenvx": frozenset({"-f", "--env-file", "-fk", "--env-keys-file"}),
    "uv": frozenset({"--env-file", "--with", "-p", "--python", "--extra", "--group"}),
    "poetry": frozenset(),
    "pdm": frozenset(),
    "hatch": frozenset(),
    "rye": frozenset(),
    "pipenv": frozenset(),
    "ddtrace-run": frozenset(),
    "newrelic-admin": frozenset(),
    "opentelemetry-instrument": frozenset(
        f"--{name}"
        for name in (
            "disabled_instrumentations",
            "exporter_otlp_endpoint",
            "id_generator",
            "logs_exporter",
            "metrics_exporter",
            "resource_attributes",
            "service_name",
            "traces_exporter",
        )
    ),
    "tini": frozenset(),
    # Of buildpacks: nginx, PgBouncer, stunnel, QuotaGuard.
    "start-nginx": frozenset(),
    "start-nginx-solo": frozenset(),
    "start-pgbouncer": frozenset(),
    "start-pgbouncer-stunnel": frozenset(),
    "start-stunnel": frozenset(),
    "qgtunnel": frozenset(),
    "qgsocksify": frozenset(),
    "fixie-wrench": frozenset(),
    "jemalloc.sh": frozenset(),
    "nice": frozenset({"-n"}),
    "stdbuf": frozenset(),
    "timeout": frozenset({"-s", "--signal", "-k", "--kill-after"}),
    "uvx": frozenset({"--from", "--with", "-p", "--python"}),
    "xvfb-run": frozenset({"-e", "-n", "-s", "--server-args", "--server-num"}),
    "doppler": frozenset({"-c", "--config", "-p", "--project", "-t", "--token"}),
    "dockerize": frozenset({"-template", "-timeout", "-wait", "-wait-retry-interval"}),
    "dumb-init": frozenset(),
}
# Programs that run the command behind `--`.
_UP_TO_DASHES = frozenset(
    {"aws-vault", "chamber", "infisical", "op", "teller", "wait-for", "wait-for-it", "watchmedo"}
)
# A duration, which `timeout` gets first, and the environment of hatch: `hatch run prod:gunicorn`.
_DURATION = lazy_pattern(r"\d+(?:\.\d+)?[smhd]?")
_OF_HATCH = lazy_pattern(r"[\w.-]+:(?=\w)")
# Those of them that load `.env` if no other file is named.
_LOADS = frozenset({"dotenv", "dotenvx", "honcho", "pipenv"})
_RUNS = frozenset({"run", "run-program", "--"})
_ENV_FILE = frozenset({"--env-file", "--env", "-e", "-f", "--file"})
_ALLEXPORT = lazy_pattern(r"\bset\s+-(?:[a-z]*a[a-z]*|o\s+allexport)\b")
_SOURCED = lazy_pattern(r"(?:^|[;&|]\s*)(?:\.|source)\s+(?P<path>[^\s;&|\"'$]+)")
_SUBSTITUTED = lazy_pattern(r"\b(?:(?:export|env)\s+)(?:\"?\$\([^()]*\)\"?|`[^`]*`)(?:\s*[;&]{1,2})?")
_ENV_NAME = lazy_pattern(r"(?:[\w./-]*/)?(?:\.env[\w.-]*|[\w.-]+\.env)", re.ASCII)


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
    folder, given, flask_app = "", list[str](), ""
    for part in _parts(command):
        words = _words(_without_subshell(part))
        if found := _FLASK_APP.search(part):
            flask_app = found[1]
        if words[:1] in (["cd"], ["pushd"]) and len(words) == 2:
            folder = words[1]
            continue
        if words[:1] == ["export"]:
            given += [found[1] for word in words[1:] if (found := _ASSIGNMENT.match(word))]
            continue
        for program in _programs(words):
            inner = "/".join(filter(None, (folder, program.folder)))
            yield replace(with_flask_app(program, flask_app), folder=inner, given=(*given, *program.given))


def _without_subshell(part: str) -> str:
    """A simple command without the parenthesis of a subshell around it: `(cd web`, `gunicorn app:app)`."""
    part = part.strip().removeprefix("(")
    return part.removesuffix(")") if part.count(")") > part.count("(") else part


def _parts(command: str) -> list[str]:
    """The simple commands of a command."""
    is_open = re.search(r"[\"'\\]", _SIMPLE.sub("", command)) is not None  # a quote that is not closed
    return _NEXT.split(command) if is_open else _SIMPLE.findall(command)


def _words(command: str) -> list[str]:
    try:
        words = shlex.split(command, comments=False)
    except ValueError:  # an unclosed quote
        return []
    if len(words) > WORDS.most:
        beyond(WORDS)
    return words[: WORDS.most]


def _programs(words: list[str]) -> Iterator[Program]:
    """The programs that one simple command starts: one, except for `sh -c '…'`."""
    inner = unwrapped(words)
    if (script := _script_of(inner.words)) is not None:
        found = programs(script)
    else:
        found = iter(filter(None, [program_of(inner.words)]))
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
        elif (name := word.rpartition("/")[2]).removesuffix(".sh") in _UP_TO_DASHES and "--" in words:
            words = words[words.index("--") + 1 :]
        elif name in _WRAPPERS:
            own: list[str] = []
            words = _inside(words[1:], _WRAPPERS[name], own)
            words = words[1:] if name == "timeout" and words and _DURATION.fullmatch(words[0]) else words
            if name == "hatch" and words:
                words = [_OF_HATCH.sub("", words[0], count=1), *words[1:]]
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

"""unreadable-env-file: an env file exists, but could not be read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from configvars.checks.base import Check
from configvars.checks.missing import names_it_may_give
from configvars.model import EnvFileUse, Example, FileFacts, Finding, Severity, Unread
from configvars.project import Project
from configvars.resolve.env_files import is_template, used_file
from configvars.sources.dotenv import KIND
from configvars.text import Span

NAME = "unreadable-env-file"
_SHOWN = 8
# Kinds of files that may be intended, or that a program can read.
_HARMLESS = frozenset({"pipe", "device", "folder", "large", "outside", "foreign"})
_UTF8 = frozenset({"utf-8", "utf8", "utf-8-sig"})


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind != KIND or is_template(facts.path):
        return
    unread = facts.unread or _given_up(facts) or project.unread_on_disk(facts.path)
    if unread is None or unread.missing or unread.kind == "passing":
        return
    if unread.kind == "dead link" and not _has_python(os.path.dirname(facts.path), project):
        return
    severity, then = _what_follows(unread, facts.path, project)
    message = f"{project.relative(facts.path)} {unread.why}{then}{_may_give(facts, project)}"
    yield Finding(NAME, severity, message, facts.path, Span(0, 0))


def _has_python(folder: str, project: Project) -> bool:
    """Whether some code that is looked at lies in a folder or below it."""
    inside = os.path.join(folder, "")
    return any(path.startswith(inside) for path, one in project.index.files.items() if one.kind == "python")


def _given_up(facts: FileFacts) -> Unread | None:
    return Unread("large", facts.skipped) if facts.skipped else None


def _what_follows(unread: Unread, path: str, project: Project) -> tuple[Severity, str]:
    if unread.kind in _HARMLESS:
        return Severity.INFORMATION, ""
    if unread.kind == "dead link":
        return Severity.INFORMATION, ": it sets nothing"
    if unread.kind != "encoding":
        return Severity.WARNING, ""
    encodings = {use.encoding and use.encoding.lower() for use in _uses(path, project)}
    if encodings & _UTF8:
        return (
            Severity.ERROR,
            ": loading it raises UnicodeDecodeError. Save it as UTF-8",
        )
    if None in encodings:  # the encoding that the code uses is not known
        return Severity.INFORMATION, ""
    return Severity.WARNING, ": python-dotenv cannot read it. Save it as UTF-8"


def _uses(path: str, project: Project) -> Iterable[EnvFileUse]:
    return project.remembered("uses by file", lambda: _by_file(project)).get(path, ())


def _by_file(project: Project) -> dict[str, list[EnvFileUse]]:
    files = project.index.files
    found: dict[str, list[EnvFileUse]] = {}
    for loader, facts in files.items():
        for use in facts.env_files:
            if (path := used_file(use, loader, files, project.root)) is not None:
                found.setdefault(path, []).append(use)
    return found


def _may_give(facts: FileFacts, project: Project) -> str:
    names = names_it_may_give(facts.path, project) if facts.skipped else []
    if not names:
        return ""
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f". It may set {', '.join(names[:_SHOWN])}{more}"


UNREADABLE_ENV_FILE = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="An env file exists, but configvars could not read it.",
    what="""\
The file is in UTF-16 or another encoding that is not UTF-8, this user has no permission to read it, or
reading it failed for another reason. A symbolic link to a file that does not exist, if there is Python code
beside it, a named pipe (as password managers create them), a device, a directory, a file that is too large and a link that configvars
does not follow are reported as information, because the program may well be able to read them.
This is an error if the code loads the file with python-dotenv or pydantic without naming an encoding,
because the program then stops. With `load_dotenv(encoding="utf-16")` or `env_file_encoding`, configvars
reads the file in that encoding and reports nothing.
Variables that the file may set are never reported as missing; everything else is checked as usual. A link
is followed if it stays in the folder; on the command line and in a trusted workspace, also if it leads to
an env file elsewhere.""",
    why="""\
Without this check, "nothing found" could mean that nothing was read. `>` in PowerShell writes UTF-16, while
python-dotenv, Flask and Heroku expect UTF-8.""",
    run=_run,
    silent=(
        Example("-- .env --\nA=1\n"),
        Example("-- .env.example as utf-16 --\nA=1\n", note="a template sets nothing"),
        Example("-- .env -> config/dev.env --\n-- config/dev.env --\nA=1\n", note="a link to an env file"),
        Example(
            "-- go/.env -> ../.env --\n-- app.py --\nimport os\nos.environ['A']\n", note="not for Python"
        ),
        Example(
            '-- .env as utf-16 --\nA=1\n-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv(encoding="utf-16")\n',
            note="the code names the encoding",
        ),
        Example(
            "-- .env as latin-1 --\nname=René\n-- app.py --\nfrom pydantic_settings import BaseSettings\n"
            'class S(BaseSettings):\n    model_config = {"env_file": ".env", "env_file_encoding": "latin-1"}\n'
            "    name: str\n",
            note="pydantic's option",
        ),
    ),
    examples=(
        Example(
            "-- .env as utf-16 --\nA=1\n-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv()\n",
            (
                ".env:1:1 error .env is UTF-16, not UTF-8: loading it raises UnicodeDecodeError. Save it as UTF-8",
            ),
            "error: the program stops",
        ),
        Example(
            "-- .env as latin-1 --\nNAME=René\n",
            (".env:1:1 warning .env is not UTF-8 (line 1): python-dotenv cannot read it. Save it as UTF-8",),
        ),
        Example(
            "-- .env -> ../shared/.env --\n-- app.py --\nimport os\nos.environ['A']\n",
            (
                ".env:1:1 information .env is a symbolic link to ../shared/.env, which does not exist: it sets nothing",
            ),
            "a link to a file that does not exist",
        ),
    ),
)

"""unreadable-env-file: an env file exists, but could not be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain

from configvars.checks.base import Check
from configvars.checks.byte_order_mark import hidden_by_mark
from configvars.checks.flask_cli import misread_by_flask
from configvars.checks.in_doubt import names_it_may_give
from configvars.checks.misread import may_be_read_otherwise, misread
from configvars.checks.subjects import Subject
from configvars.model import Definition, Example, FileFacts, Finding, Severity, Unread
from configvars.project import Project
from configvars.resolve.env_files import is_template, nearest
from configvars.runs.env_readers import DECOUPLE, own_dialect
from configvars.sources.dotenv import KIND
from configvars.text import WHOLE_FILE

NAME = "unreadable-env-file"
_SHOWN = 8
# Kinds of files that may be intended, or that a program can read.
_HARMLESS = frozenset({"pipe", "device", "folder", "large", "outside", "foreign"})
_SETS_NOTHING = frozenset({"dead link", "nothing"})
_IN_AN_ENCODING = frozenset({"encoding", "binary"})


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind != KIND:
        return
    if is_template(facts.path):
        yield from _of_template(facts, project)
        return
    if marked := hidden_by_mark(facts, project):
        yield _of_mark(facts.path, *marked)
    unread = facts.unread or _given_up(facts) or project.unread_on_disk(facts.path)
    if unread is None or unread.kind in _IN_AN_ENCODING:
        by_anything = chain(
            misread(facts.path, project, unread), misread_by_flask(facts.path, project, unread)
        )
        wrong = next(by_anything, None)
        if wrong is not None:
            severity, what = wrong
            message = f"{project.relative(facts.path)} {what}{_may_give(facts, project)}"
            yield Finding(NAME, severity, message, facts.path, WHOLE_FILE)
            return
    if unread is None or unread.missing or unread.kind == "passing":
        return
    if unread.kind in _SETS_NOTHING and not _is_for_python(facts.path, project):
        return
    severity, then = _what_follows(unread, facts.path, project)
    message = f"{project.relative(facts.path)} {unread.why}{then}{_may_give(facts, project)}"
    yield Finding(NAME, severity, message, facts.path, WHOLE_FILE)


def _of_template(facts: FileFacts, project: Project) -> Iterator[Finding]:
    """A template in another encoding, or without permission to read it: what it declares is not known."""
    unread = facts.unread or _given_up(facts) or project.unread_on_disk(facts.path)
    if unread is None or unread.missing or unread.kind in {"passing", *_SETS_NOTHING, *_HARMLESS}:
        return
    then = "the variables that it declares are not known"
    if unread.kind in _IN_AN_ENCODING:
        then += ", and a copy of it would not be a valid env file. Save it as UTF-8"
    message = f"{project.relative(facts.path)} {unread.why}: {then}"
    yield Finding(NAME, Severity.WARNING, message, facts.path, WHOLE_FILE)


def _of_mark(path: str, first: Definition, reader: str) -> Finding:
    name = first.variable.name
    message = (
        f"The file begins with a byte order mark, which {reader} reads as part of the name {name}: "
        f"{name} is not set. Save it as UTF-8 without the mark"
    )
    return Finding(NAME, Severity.WARNING, message, path, first.span, first.variable)


def _is_for_python(path: str, project: Project) -> bool:
    """Whether code or the settings name an env file, or there is Python code next to it or below."""
    if path in project.remembered("named env files", lambda: frozenset(_named(project))):
        return True
    inside = os.path.join(os.path.dirname(path), "")
    return any(path.startswith(inside) for path, one in project.index.files.items() if one.kind == "python")


def _named(project: Project) -> Iterator[str]:
    """The paths of env files that the settings or code name, whether these files exist or not."""
    yield from (os.path.join(project.root, each) for each in project.settings.env_files)
    for loader, facts in project.index.files.items():
        for use in facts.env_files:
            if use.path is not None:
                starts = (os.path.dirname(loader), project.root)
                yield from (os.path.normpath(os.path.join(start, use.path)) for start in starts)


def _given_up(facts: FileFacts) -> Unread | None:
    return Unread("large", facts.skipped) if facts.skipped else None


def _what_follows(unread: Unread, path: str, project: Project) -> tuple[Severity, str]:
    if unread.kind in _HARMLESS:
        return Severity.INFORMATION, ""
    if unread.kind in _SETS_NOTHING:
        return Severity.INFORMATION, ": it sets nothing"
    if unread.kind != "encoding":
        return Severity.WARNING, ""
    if any(_is_read_by_decouple(each, path, project) for each in project.index.files.values()):
        read = project.read_as(path, "utf-8")
        then = f"raises {read.error}" if read and read.error else "finds none of its names"
        return Severity.ERROR, f": python-decouple, which reads it, {then}. Save it as UTF-8"
    if may_be_read_otherwise(path, project):
        return Severity.INFORMATION, ""
    return Severity.WARNING, ": python-dotenv cannot read it. Save it as UTF-8"


def _is_read_by_decouple(facts: FileFacts, path: str, project: Project) -> bool:
    """Whether the code in a file reads an env file as UTF-8, with `from decouple import config`."""
    reads = any(own_dialect(reference) == DECOUPLE for reference in facts.references)
    return (
        reads
        and nearest(os.path.basename(path), os.path.dirname(facts.path), project.index.files, project.root)
        == path
    )


def _may_give(facts: FileFacts, project: Project) -> str:
    names = names_it_may_give(facts.path, project) if facts.skipped else []
    if not names:
        return ""
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f". It may set {', '.join(names[:_SHOWN])}{more}"


_LOADS = "-- app.py --\nimport os\nfrom dotenv import load_dotenv\nload_dotenv()\nos.environ['A']\n"
_OLD = f"-- requirements.txt --\npython-dotenv==1.0.1\n{_LOADS}"

UNREADABLE_ENV_FILE = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="An env file exists, but configvars could not read it.",
    what="""\
The file is in UTF-16 or another encoding that is not UTF-8, this user has no permission to read it, or
reading it failed for another reason. A symbolic link to a file that does not exist, if there is Python code
next to it, a named pipe (as password managers create them), a device, a directory, a file that is too large and a link that configvars
does not follow are reported as information, because the program may well be able to read them.
This is an error if the code loads the file without naming its encoding, because the program then stops:
UTF-16 with a byte order mark raises UnicodeDecodeError, and without one the names contain NUL characters,
which raises ValueError. With `load_dotenv(encoding="utf-16")` or `env_file_encoding`, configvars
reads the file in that encoding. If the file is in another one, such as UTF-8, that is an error, too, unless
the same module also reads the file in its own encoding; it is a warning if only values differ.
Where the code may read the file in its encoding, as with `load_dotenv(stream=…)`, this is information.
A `.env` or `.flaskenv` of a Flask project that uses python-dotenv is always an error: the `flask` command and
`app.run()` load these files as UTF-8, whatever the code does. Nothing else reads a `.flaskenv`, so this needs no sign of
python-dotenv if the project lists no requirements.
`check --deploy` reports only a file that git tracks and that a process of the Procfile loads and cannot decode.
A template that cannot be read is a warning: the code cannot be compared with it.
A file in UTF-8 with a byte order mark, as Windows editors write it, is reported where a library of this
project reads the mark as part of the first name: python-decouple, django-environ, Starlette, dynaconf, and
python-dotenv before 1.2.3.
Variables that the file may set are never reported as missing; everything else is checked as usual. A link
is followed if it stays in the folder; on the command line and in a trusted workspace, also if it leads to
an env file elsewhere: all lines of the file are `NAME=value` or comments, or it is named like an env file and belongs
to you.""",
    why="""\
Without this check, "nothing found" could mean that nothing was read. `>` in PowerShell writes UTF-16, while
python-dotenv, Flask and Heroku expect UTF-8.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        Example(
            "-- .env as utf-8-sig --\nA=1\n-- requirements.txt --\npython-dotenv==1.2.3\n-- app.py --\n"
            "import os\nfrom dotenv import load_dotenv\nload_dotenv()\nos.environ['A']\n",
            note="python-dotenv 1.2.3 and later removes the byte order mark",
        ),
        Example("-- .env --\nA=1\n"),
        Example(
            '-- .env --\nA=1\n-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv(encoding="latin-1")\n'
            'load_dotenv(encoding="utf-8")\nload_dotenv(encoding=ENCODING)\n',
            note="ASCII is the same in most encodings",
        ),
        Example(
            "-- .env --\nA=1\n-- app.py --\nfrom dotenv import load_dotenv\ntry:\n    load_dotenv()\n"
            'except UnicodeDecodeError:\n    load_dotenv(encoding="utf-16")\n',
            note="one encoding after the other",
        ),
        Example("-- .env.example as pipe --\n", note="a template that a program creates"),
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
        Example(f"-- .env as utf-8-sig --\nA=1\n{_LOADS}", note="python-dotenv ignores the mark"),
        Example(f"-- .env as utf-8-sig --\n# A\nA=1\n{_OLD}", note="the mark belongs to a comment"),
        Example(f"-- .env --\nA=1\n{_OLD}", note="no mark"),
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
            "-- .flaskenv as utf-16 --\nA=1\n-- requirements.txt --\npython-dotenv\n-- app.py --\nfrom flask import Flask\n",
            (
                ".flaskenv:1:1 error .flaskenv is UTF-16, not UTF-8: the flask command and app.run(), which load it, raise UnicodeDecodeError. Save it as UTF-8",
            ),
            "the flask command",
        ),
        Example(
            "-- .env as utf-16-le --\nA=1\n-- app.py --\nfrom decouple import config\nconfig('A')\n",
            (
                ".env:1:1 error .env is UTF-16, not UTF-8: python-decouple, which reads it, finds none of its names. "
                "Save it as UTF-8. It may set A",
            ),
        ),
        Example(
            "-- .env as utf-16 --\nA=1\n-- app.py --\nfrom decouple import config\nconfig('A')\n",
            (
                ".env:1:1 error .env is UTF-16, not UTF-8: python-decouple, which reads it, raises UnicodeDecodeError. "
                "Save it as UTF-8. It may set A",
            ),
        ),
        Example(
            "-- .env as utf-16-le --\nA=1\n-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv()\n",
            (".env:1:1 error .env is UTF-16, not UTF-8: loading it raises ValueError. Save it as UTF-8",),
            "UTF-16 without a byte order mark",
        ),
        Example(
            '-- .env --\nA=1\n-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv(encoding="utf-16")\n',
            (
                ".env:1:1 error .env is UTF-8, but app.py:2 reads it as utf-16, which raises UnicodeError. "
                "Remove the encoding there, or save the file as utf-16",
            ),
            "the code names another encoding",
        ),
        Example(
            '-- .env --\nNAME=René\n-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv(encoding="latin-1")\n',
            (
                ".env:1:1 warning .env is UTF-8, but app.py:2 reads it as latin-1, which changes some of its values. "
                "Remove the encoding there, or save the file as latin-1",
            ),
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
        Example(
            "-- conf/prod.vars -> ../nowhere --\n-- app.py --\nfrom dotenv import load_dotenv\n"
            "load_dotenv('conf/prod.vars')\n",
            (
                "conf/prod.vars:1:1 information conf/prod.vars is a symbolic link to ../nowhere, which does not exist: it sets nothing",
            ),
        ),
        Example(
            "-- conf/file --\n-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv('conf')\n",
            ("conf:1:1 information conf is a folder",),
            "a folder that code loads as a file",
        ),
        Example(
            "-- .env.example as utf-16 --\nA=1\n",
            (
                ".env.example:1:1 warning .env.example is UTF-16, not UTF-8: the variables that it declares are not known, and a copy of it would not be a valid env file. Save it as UTF-8",
            ),
            "a template",
        ),
        Example(
            f"-- .env as utf-8-sig --\nA=1\n{_OLD}",
            (
                ".env:1:1 warning The file begins with a byte order mark, which python-dotenv before 1.2.3 reads as part of the name A: A is not set. Save it as UTF-8 without the mark",
            ),
            "a byte order mark",
        ),
        Example(
            "-- .env as utf-8-sig --\nA=1\n-- app.py --\nfrom decouple import config\nconfig('A')\n",
            (
                ".env:1:1 warning The file begins with a byte order mark, which python-decouple reads as part of the name A: A is not set. Save it as UTF-8 without the mark",
            ),
        ),
    ),
)

"""unreadable-file: Python, Heroku or a runner cannot read a file because of its encoding."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.model import Example, FileFacts, Finding, RefusedByPython, Severity
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.text import WHOLE_FILE

NAME = "unreadable-file"
_SAVE = "Save it as UTF-8"
_PYTHON = (".py", ".pyw")
_MAIN = lazy_pattern(r"^if\s+__name__\s*==\s*[\"']__main__[\"']|^#!", re.MULTILINE)


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    told = _of_python(facts, project) if facts.kind == "python" else _of_another(facts, project)
    if told is not None:
        severity, what = told
        yield Finding(
            NAME, severity, f"{project.relative(facts.path)} {what}. {_SAVE}", facts.path, WHOLE_FILE
        )


def _of_python(facts: FileFacts, project: Project) -> tuple[Severity, str] | None:
    if not facts.path.endswith(_PYTHON) or is_test(project, facts.path):
        return None
    if facts.unread is not None and facts.unread.kind == "encoding":
        return Severity.WARNING, f"{facts.unread.why}: loading it fails"
    refused = None if project.partial else project.refused_by_python(facts.path)
    if refused is None:
        return None
    if not refused.is_importable:
        return Severity.WARNING, f"{refused.why}: Python refuses it with a SyntaxError"
    severity = Severity.WARNING if is_program(project, facts.path) else Severity.INFORMATION
    file = os.path.basename(facts.path)
    return severity, f"{refused.why}: Python can import it, but `python {file}` raises a SyntaxError"


def is_program(project: Project, path: str) -> bool:
    """Whether a Python file shows that it is run as a program."""
    return _MAIN.search(project.text_of(path) or "") is not None


def refused_when_deployed(project: Project, path: str) -> RefusedByPython | None:
    """Why Python refuses a file that a process of the Procfile may load or run; None if it does not."""
    refused = (
        None if path in project.not_loaded or is_test(project, path) else project.refused_by_python(path)
    )
    if refused is None or not refused.is_importable:
        return refused
    return refused if path not in project.only_imported and is_program(project, path) else None


def _of_another(facts: FileFacts, project: Project) -> tuple[Severity, str] | None:
    if facts.kind not in _THEN:
        return None
    unread = facts.unread or project.unread_on_disk(facts.path)
    if unread is None or unread.kind not in ("encoding", "binary"):
        return None
    readers = "honcho"
    if unread.short.startswith("UTF-") and os.path.basename(facts.path) == "Procfile":
        readers = "Heroku and honcho"
    return Severity.WARNING, unread.why + _THEN[facts.kind].format(readers=readers)


_THEN = {
    "procfile": ": {readers} cannot read it, and the processes that it declares are not known",
    "app.json": ", which JSON has to be: what it declares is not known",
    "heroku.yml": ": what it declares and runs is not known",
}

UNREADABLE_FILE = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="Python, Heroku or honcho cannot read a file because of its encoding.",
    what="""\
A Python file, a Procfile, app.json or heroku.yml is not UTF-8. `>` in PowerShell writes UTF-16, and some
editors on Windows write the encoding of the system. configvars reports

- Python files in UTF-16, and others that are not UTF-8 although no line such as `# coding: latin-1` names
  another encoding: Python refuses them with a SyntaxError. If only comments are concerned, an import works
  and `python FILE` does not; this is a warning if the file has a main block, and information otherwise. Tests are not
  reported.
- a Procfile: Heroku finds no process in UTF-16, `heroku local` says that there is no Procfile, and honcho
  raises UnicodeDecodeError for all that is not UTF-8.
- app.json and heroku.yml. JSON has to be UTF-8.

`check --deploy` exits with 2 if a file that the deploy needs cannot be read.""",
    why="""\
Without this check, "nothing found" could mean that nothing was read, and the app does not start.""",
    run=_run,
    silent=(
        Example(
            "-- app.py as latin-1 --\n# coding: latin-1\nimport os\nos.environ['Ü']\n",
            note="the file names it",
        ),
        Example("-- app.py as utf-8-sig --\nimport os\nos.environ['Ü']\n", note="a byte order mark of UTF-8"),
        Example("-- tests/test_a.py as latin-1 --\nimport os\nos.environ['Ü']\n", note="a test"),
        Example("-- Procfile --\nweb: run\n-- app.json --\n{}\n", note="ASCII"),
        Example("-- app.json as pipe --\n", note="a file that a program creates"),
    ),
    examples=(
        Example(
            "-- Procfile as utf-16 --\nweb: gunicorn app:app\n",
            (
                "Procfile:1:1 warning Procfile is UTF-16, not UTF-8: Heroku and honcho cannot read it, and the processes that it declares are not known. Save it as UTF-8",
            ),
            "`echo > Procfile` in PowerShell",
        ),
        Example(
            "-- Procfile as latin-1 --\nweb: gunicorn app:app # für\n",
            (
                "Procfile:1:1 warning Procfile is not UTF-8 (line 1): honcho cannot read it, and the processes that it declares are not known. Save it as UTF-8",
            ),
            "another encoding",
        ),
        Example(
            "-- Procfile.dev as utf-16 --\nweb: flask run\n",
            (
                "Procfile.dev:1:1 warning Procfile.dev is UTF-16, not UTF-8: honcho cannot read it, and the processes that it declares are not known. Save it as UTF-8",
            ),
            "a file that Heroku does not read",
        ),
        Example(
            "-- app.json as utf-16 --\n{}\n",
            (
                "app.json:1:1 warning app.json is UTF-16, not UTF-8, which JSON has to be: what it declares is not known. Save it as UTF-8",
            ),
            "JSON in UTF-16",
        ),
        Example(
            "-- heroku.yml as utf-16 --\nrun:\n  web: run\n",
            (
                "heroku.yml:1:1 warning heroku.yml is UTF-16, not UTF-8: what it declares and runs is not known. Save it as UTF-8",
            ),
            "heroku.yml",
        ),
        Example(
            "-- app.py as utf-16 --\nimport os\nos.environ['A']\n",
            (
                "app.py:1:1 warning app.py is UTF-16, which Python does not accept: loading it fails. Save it as UTF-8",
            ),
            "Python in UTF-16",
        ),
        Example(
            "-- app.py as latin-1 --\nimport os\nos.environ['A'] = 'ü'\n",
            (
                "app.py:1:1 warning app.py is not UTF-8 (line 2) and has no line that names another encoding: Python refuses it with a SyntaxError. Save it as UTF-8",
            ),
            "Python in Latin-1",
        ),
        Example(
            "-- app.py as latin-1 --\n# coding: ascii\nimport os\nos.environ['A'] = 'ü'\n",
            (
                "app.py:1:1 warning app.py is not ascii (line 3): Python refuses it with a SyntaxError. Save it as UTF-8",
            ),
            "another encoding than the file names",
        ),
        Example(
            "-- app.py as latin-1 --\nimport os\n# ü\nos.environ['A'] = ''\nif __name__ == '__main__':\n    pass\n",
            (
                "app.py:1:1 warning app.py is not UTF-8 (line 2) and has no line that names another encoding: Python can import it, but `python app.py` raises a SyntaxError. Save it as UTF-8",
            ),
            "a comment in a program",
        ),
        Example(
            "-- a.py as latin-1 --\nimport os\n# ü\nos.environ['A'] = ''\n",
            (
                "a.py:1:1 information a.py is not UTF-8 (line 2) and has no line that names another encoding: Python can import it, but `python a.py` raises a SyntaxError. Save it as UTF-8",
            ),
            "a comment in a module",
        ),
    ),
)

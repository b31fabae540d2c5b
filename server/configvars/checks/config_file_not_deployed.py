"""config-file-not-deployed: the app loads a file that git ignores."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.conditions import is_about_tests
from configvars.checks.flask_project import deploys_to_heroku, loaded_file, steps_of
from configvars.checks.modules_not_deployed import modules_not_deployed
from configvars.checks.subjects import Subject
from configvars.flask_model import ConfigFlow, ConfigStep
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project
from configvars.runs.givers import is_test

NAME = "config-file-not-deployed"
_LOADERS = frozenset({"from_pyfile", "from_file"})


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind == "procfile" and project.deploying and project.apps:
        yield from modules_not_deployed(NAME, facts, project)
    steps = [(flow, step) for flow, step in steps_of(facts) if step.method in _LOADERS and step.file]
    if not steps or is_test(project, facts.path):
        return
    on_heroku = deploys_to_heroku(project)
    for flow, step in steps:
        if (on_heroku and flow.relative is not None) or (step.silent and not on_heroku):
            continue  # instance-folder-on-heroku reports it already; or the file may be absent
        if step.conditional and not is_about_tests(project, facts.path, step.span):
            continue  # if the file is absent, the condition may be false
        path = loaded_file(project, facts.path, flow, step)
        if path is not None and project.ignored_by_git(path):
            yield _finding(facts, project, flow, step, path)


def _finding(facts: FileFacts, project: Project, flow: ConfigFlow, step: ConfigStep, path: str) -> Finding:
    where = project.relative(path)
    what = "its keys are missing there" if step.silent else "the app does not start there"
    message = f"{where} is ignored by git, so it is not deployed with the repository: {what}"
    severity = Severity.INFORMATION if step.silent else Severity.WARNING
    return Finding(NAME, severity, message, facts.path, step.span)


_APP = "-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"
_IGNORED = "-- .git/HEAD --\nref: refs/heads/main\n-- .gitignore --\nsecret.cfg\n-- secret.cfg --\nA = 1\n"

CONFIG_FILE_NOT_DEPLOYED = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="The app loads a configuration file that git ignores.",
    what="""\
`app.config.from_pyfile` or `from_file` loads a file that `.gitignore` excludes from the repository. With
`silent=True` this is reported only in projects that deploy to Heroku, as information, because elsewhere
such a file is often optional on purpose. `check --deploy` also reports Python modules that a process of the
`Procfile` certainly imports although `.gitignore` excludes them, files that it certainly opens (`open("config.json")`, `.env` with
`raise_error_if_not_found=True`) if no command is known that writes them there, and a settings module of Django that
does not exist.""",
    why="""\
A file that is not in the repository is missing on every machine that is deployed from it: the app stops at
this line, or starts without these keys. Config vars are available wherever the app runs.""",
    run=_run,
    about=Subject.STEPS | Subject.OTHER,
    silent=(
        Example(f"{_APP}app.config.from_pyfile('secret.cfg')\n-- secret.cfg --\nA = 1\n", note="not ignored"),
        Example(f"{_IGNORED}{_APP}app.config.from_pyfile('shop.cfg')\n"),
        Example(
            f"{_IGNORED}{_APP}import os\nif os.path.exists('secret.cfg'):\n    app.config.from_pyfile('secret.cfg')\n",
            note="loaded only if it exists",
        ),
        Example(f"{_IGNORED}{_APP}app.config.from_pyfile('secret.cfg', silent=True)\n", note="optional"),
        Example(
            f"{_IGNORED}-- tests/app.py --\nfrom flask import Flask\nFlask('x').config.from_pyfile('secret.cfg')\n"
        ),
    ),
    examples=(
        Example(
            f"{_IGNORED}{_APP}app.config.from_pyfile('secret.cfg')\n",
            (
                "app.py:3:1 warning secret.cfg is ignored by git, so it is not deployed with the repository: the app does not start there",
            ),
        ),
        Example(
            f"{_IGNORED}-- app.py --\nfrom flask import Flask\ndef create_app(test_config=None):\n"
            "    app = Flask(__name__)\n    if test_config is None:\n"
            "        app.config.from_pyfile('secret.cfg')\n    return app\n",
            (
                "app.py:5:9 warning secret.cfg is ignored by git, so it is not deployed with the repository: the app does not start there",
            ),
            note="only tests do not load it",
        ),
        Example(
            f"{_IGNORED}-- Procfile --\nweb: run\n{_APP}app.config.from_pyfile('secret.cfg', silent=True)\n",
            (
                "app.py:3:1 information secret.cfg is ignored by git, so it is not deployed with the repository: its keys are missing there",
            ),
        ),
    ),
)

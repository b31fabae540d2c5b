"""invalid-setting: pyproject.toml or configvars.toml contains something that configvars does not understand."""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.fixes import replace_text
from configvars.checks.groups import NAMES
from configvars.checks.subjects import Subject
from configvars.model import Example, FileFacts, Finding, Fix, Severity, TextEdit
from configvars.project import Project
from configvars.settings import Settings
from configvars.settings_file import (
    OWN_FILE,
    mistake_span,
    settings_from_own_file,
    settings_from_pyproject,
)
from configvars.settings_values import Mistake
from configvars.sources.settings_files import KIND
from configvars.text import Span

NAME = "invalid-setting"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    folder, file = os.path.split(facts.path)
    text = project.text_of(facts.path) if facts.kind == KIND else None
    is_shadowed = file != OWN_FILE and os.path.join(folder, OWN_FILE) in project.index.files
    if text is None or is_shadowed:
        return
    read = settings_from_own_file if file == OWN_FILE else settings_from_pyproject
    for mistake in read(text, Settings(), NAMES)[1]:
        span = mistake_span(file, text, mistake)
        message = mistake.message.removeprefix(f"{file}: ")
        yield Finding(
            NAME, Severity.WARNING, message, facts.path, span, fixes=tuple(_fixes(facts.path, mistake, span))
        )


def _fixes(path: str, mistake: Mistake, span: Span) -> Iterator[Fix]:
    if mistake.meant is not None and span.start < span.end:
        yield replace_text(path, TextEdit(span, mistake.meant), f"Write {mistake.meant}")


INVALID_SETTING = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="pyproject.toml or configvars.toml has a setting that configvars does not understand.",
    what="""\
`[tool.configvars]` in pyproject.toml, or configvars.toml, has an unknown setting, a value of the wrong type
or size, or the name of a check that does not exist; or the file is not valid TOML. `configvars check` then
exits with 2, whatever else it finds.""",
    why="""\
A setting that is not understood has no effect: findings that you meant to turn off are still reported, and
checks that you meant to turn on do not run.""",
    run=_run,
    about=Subject.OTHER,
    silent=(
        Example('-- pyproject.toml --\n[tool.configvars]\ngiven = ["AWS_*"]\n'),
        Example('-- pyproject.toml --\n[tool.configvars.checks]\nbare-name = "off"\n'),
        Example("-- pyproject.toml --\n[tool.other]\nx = [\n", note="a file that no tool can parse"),
        Example(
            '-- pyproject.toml --\n[tool.configvars.heroku]\napps = ["shop"]\n',
            note="a setting that a repository may suggest",
        ),
    ),
    examples=(
        Example(
            "-- pyproject.toml --\n[tool.configvars]\nenv-file = []\n",
            (
                "pyproject.toml:2:1 warning [tool.configvars] has an unknown setting env-file. Did you mean env-files? [fix: Write env-files]",
            ),
        ),
        Example(
            '-- configvars.toml --\nselect = ["cod"]\n',
            (
                "configvars.toml:1:12 warning select names an unknown check: cod. Did you mean code? [fix: Write code]",
            ),
            "a group of checks",
        ),
        Example(
            '-- pyproject.toml --\n[tool.configvars]\ngiven = "A"\n',
            ("pyproject.toml:2:1 warning given must be a list of strings; the default is used.",),
        ),
        Example(
            '-- pyproject.toml --\n[tool.configvars.checks]\nbear-name = "off"\nbare-name = "of"\n',
            (
                "pyproject.toml:2:1 warning checks names an unknown check: bear-name. Did you mean bare-name? [fix: Write bare-name]",
                "pyproject.toml:3:14 warning checks must set bare-name to one of error, warning, information, hint, off. Did you mean off? [fix: Write off]",
            ),
            "the name of a check, and a severity",
        ),
        Example(
            '-- pyproject.toml --\n[tool.configvars.per-file-ignores]\n"app.json" = ["sintax-error"]\n',
            (
                "pyproject.toml:2:16 warning per-file-ignores names an unknown check: sintax-error. Did you mean syntax-error? [fix: Write syntax-error]",
            ),
        ),
        Example(
            "-- pyproject.toml --\n[tool.configvars]\nmax-file-size = 99_999_999_999\n",
            (
                "pyproject.toml:2:1 warning max-file-size must be a number of bytes from 1024 to 16777216; the default is used.",
            ),
            "larger than allowed",
        ),
        Example(
            "-- pyproject.toml --\n[tool.configvars]\ngiven = [\n",
            (
                "pyproject.toml:3:1 warning pyproject.toml is not valid TOML; its [tool.configvars] is not used.",
            ),
            "not valid TOML",
        ),
        Example(
            "-- pyproject.toml --\n[tool.configvars.heroku]\npath = '/x'\n",
            (
                "pyproject.toml:2:1 warning heroku.path can be set by the user only, not by a repository; it is ignored.",
            ),
            "a repository may not choose a program to run",
        ),
    ),
)

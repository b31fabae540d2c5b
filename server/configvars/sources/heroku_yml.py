"""heroku.yml: the commands under `run` and `release`, and the variables they expand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.model import Example, FileFacts, Reference
from configvars.sources.base import Source
from configvars.sources.commands import command_references, shifted
from configvars.text import LineIndex

# A line that holds a command, or a part of one: what stands after `key:`, after `- `, or alone.
_COMMAND = re.compile(r"\s+(?:-\s+)?(?:[A-Za-z0-9_-]+:(?:\s+[|>][-+]?)?\s*)?(?P<command>\S.*)?$")
_SECTION = re.compile(r"(?P<name>[A-Za-z0-9_-]+):(?P<rest>.*)$")
_WITH_COMMANDS = frozenset({"run", "release"})


def _analyze(path: str, text: str) -> FileFacts:
    return FileFacts(path, "heroku.yml", references=tuple(_references(text)))


def _references(text: str) -> Iterator[Reference]:
    """By lines: all that a YAML reader would add here is a dependency."""
    lines = LineIndex(text)
    section = ""
    for number in range(lines.line_count):
        span = lines.line_span(number)
        line = span.of(text)
        if top := _SECTION.match(line):
            section = top["name"]
        elif section in _WITH_COMMANDS and not line.lstrip().startswith("#"):
            yield from _of_line(line, span.start)


def _of_line(line: str, start: int) -> Iterator[Reference]:
    found = _COMMAND.match(line)
    if found and found["command"]:
        yield from command_references(found["command"], shifted(start + found.start("command")), "heroku.yml")


HEROKU_YML = Source(
    name="heroku.yml",
    matches=lambda name: name == "heroku.yml",
    analyze=_analyze,
    examples=(
        Example("setup:\n  config:\n    A: $NOT\nrun:\n  # $NOT\n  web: run\n", note="no command, or none"),
        Example(
            "run:\n  web: gunicorn -b :$PORT app\nrelease:\n  command:\n    - migrate $DATABASE_URL\n",
            ("2:22 PORT optional", "5:16 DATABASE_URL optional"),
        ),
    ),
)

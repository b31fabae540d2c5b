"""heroku.yml: the variables that its commands expand, and the setup of a new app."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from configvars.model import Example, FileFacts, Reference
from configvars.patterns import lazy_pattern
from configvars.sources.base import Source
from configvars.sources.commands import command_references, shifted
from configvars.sources.heroku_setup import setup_addons, setup_config
from configvars.text import LineIndex, Span

# A line with a command or a part of one: after `key:`, after `- `, or alone.
_COMMAND = lazy_pattern(r"\s+(?:-\s+)?(?:[A-Za-z0-9_-]+:(?:\s+[|>][-+]?)?\s*)?(?P<command>\S.*)?$")
_SECTION = lazy_pattern(r"(?P<name>[A-Za-z0-9_-]+):(?P<rest>.*)$")
_WITH_COMMANDS = frozenset({"run", "release"})


def _analyze(path: str, text: str) -> FileFacts:
    lines = list(_lines(text))
    return FileFacts(
        path,
        "heroku.yml",
        references=tuple(_references(lines)),
        definitions=setup_config(lines),
        addons=setup_addons(lines),
    )


def _lines(text: str) -> Iterator[tuple[Span, str]]:
    """The lines of the file. A YAML parser would only add a dependency."""
    lines = LineIndex(text)
    for number in range(lines.line_count):
        span = lines.line_span(number)
        yield span, span.of(text)


def _references(lines: Iterable[tuple[Span, str]]) -> Iterator[Reference]:
    section = ""
    for span, line in lines:
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
        Example("setup:\n  # A: x\nrun:\n  # $NOT\n  web: run\n", note="no command"),
        Example(
            "setup:\n  config:\n    S3_BUCKET: $NOT\n    'B': \"x\" # c\n  addons:\n    - plan: heroku-redis\n"
            "      as: CACHE\nbuild:\n  config:\n    C: 1\n",
            ("3:5 S3_BUCKET?", "4:6 B?"),
        ),
        Example(
            "run:\n  web: gunicorn -b :$PORT app\nrelease:\n  command:\n    - migrate $DATABASE_URL\n",
            ("2:22 PORT optional", "5:16 DATABASE_URL optional"),
        ),
    ),
)

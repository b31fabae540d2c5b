"""How Flask used FLASK_ENV before version 2.3, and where code still depends on it."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import FileFacts, Need, Reference, Variable
from configvars.patterns import lazy_pattern
from configvars.pinned import is_older
from configvars.project import Project
from configvars.requirements import requirements_of
from configvars.text import Span

SINCE = (2, 3)
FLASK_ENV = Variable("env", "FLASK_ENV")
ENV = Variable("flask", "ENV")
_ATTRIBUTE = lazy_pattern(r"\b(?:app|application|current_app)\.(?P<name>env)\b(?!\s*(?:=[^=]|\())")
# `coaster/app.py`: `app.config.get('ENV', '') or os.environ.get('FLASK_ENV', '')`.
_READERS = ("coaster",)
_READING = ("app.config[]", "app.config.get", "app.config.pop")


def is_current(project: Project, path: str) -> bool:
    """Whether nothing shows that the code in `path` uses a Flask older than 2.3."""
    return not is_older(project, "flask", SINCE, path)


# An object whose attribute is used as the key: `self.ENV = …`.
_SET = lazy_pattern(r"\.ENV\b[^=\n]*=[^=]")


def is_own(project: Project) -> bool:
    """Whether the project, or a package that it requires, sets ENV or reads FLASK_ENV itself."""
    if any(requirements_of(project).asks_for(package) for package in _READERS):
        return True
    own = (ENV, FLASK_ENV)
    is_set = next(project.index.definitions(own[0]), None) is not None
    return (
        is_set
        or next(project.index.references(own[1]), None) is not None
        or any(project.contains(path, _SET) for path in project.index.files if path.endswith(".py"))
    )


def given(facts: FileFacts) -> Iterator[Span]:
    """The places that set FLASK_ENV: lines of an env file, and of files that start programs."""
    if facts.kind == "dotenv":
        yield from (one.span for one in facts.definitions if one.variable == FLASK_ENV)
    gifts = (gift for start in facts.starts for gift in start.given)
    yield from dict.fromkeys(gift.span for gift in gifts if gift.name == FLASK_ENV.name)


def reads(facts: FileFacts) -> Iterator[tuple[Reference, bool]]:
    """The uses of the key `ENV`, and whether each is an error without it."""
    for one in facts.references:
        if one.variable == ENV and one.idiom in _READING:
            yield one, one.need is Need.REQUIRED and one.idiom != "app.config.get"


def attributes(text: str, *, makes_app: bool) -> Iterator[Span]:
    """The uses of `app.env` in a file that creates a Flask app or uses the current one."""
    if makes_app or "current_app" in text:
        for found in _ATTRIBUTE.finditer(text):
            yield Span(*found.span("name"))

"""The names that completion offers, with their origin and order."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator
from itertools import chain

from msgspec import Struct

from configvars.catalog import known_names, lookup, never_missing
from configvars.catalog.flask_keys import known_keys
from configvars.features.flask_keys import prefixed_names
from configvars.features.markdown import plain
from configvars.features.results import CompletionItem
from configvars.index import LocatedReference
from configvars.model import Access, Scope, Variable
from configvars.printable import printable
from configvars.project import Project
from configvars.runs.givers import givers, gives

_FAR = 2
Steps = Generator[None, None, tuple[CompletionItem, ...]]


class Candidate(Struct, frozen=True):
    """A name with one of its origins; candidates with a smaller `rank` come first."""

    name: str
    origin: str
    rank: int
    documentation: str = ""


def for_code(project: Project, path: str, scope: Scope, at: int) -> Steps:
    """The names that code at an offset of `path` can use, the most likely first; in slices.

    These are the names that this file and its neighbours read, that env files set, that other code reads,
    that templates list, that the apps have, and that are well known.
    """
    if scope == "flask":
        return _items(_flask(project), "flask-key")
    found = chain(_read(project, path, at), _given(project, path, 1), _elsewhere(project, path, 3), _known(6))
    return _items(found, "variable")


def for_env_file(project: Project, path: str) -> Steps:
    """The names that an env file does not set, in slices; first those that code reads and nothing sets."""
    facts = project.index.files.get(path)
    present = {d.variable.name for d in facts.definitions} if facts else set()
    reads = (
        Candidate(c.name, c.origin, 4 if _is_defined(project, c.name) else 0, c.documentation)
        for c in _read(project, path)
    )
    known = (c for c in _known(5) if not never_missing(c.name))
    keys = (Candidate(name, "Flask", 5, meaning) for name, meaning in prefixed_names(project))
    found = yield from _items(chain(reads, _elsewhere(project, path, 1), known, keys), "variable")
    return tuple(item for item in found if item.label not in present)


def for_interpolation(project: Project, path: str, before: int) -> Steps:
    """The names for `${…}` in an env file: first those that are set above in the same file; in slices."""
    facts = project.index.files.get(path)
    statements = [(d, d.statement) for d in (facts.definitions if facts else ()) if d.statement]
    origin = project.relative(path)
    above = [Candidate(d.variable.name, origin, 0, d.comment) for d, span in statements if span.end <= before]
    own = {d.variable.name for d, span in statements if span.start <= before < span.end}
    own -= {candidate.name for candidate in above}
    found = yield from _items(chain(above, _given(project, path, 0), _known(2)), "variable")
    return tuple(item for item in found if item.label not in own)


def _items(candidates: Iterable[Candidate], kind: str) -> Steps:
    """One item for each name: ranked by its best origin, described with all of them.

    A name with control or invisible characters is not offered, because it would be inserted with them.
    """
    byname: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if printable(candidate.name) == candidate.name:
            byname.setdefault(candidate.name, []).append(candidate)
        yield
    items = (
        CompletionItem(
            label=name,
            origin=" · ".join(dict.fromkeys(c.origin for c in found)),
            rank=min(c.rank for c in found),
            kind="flask-key" if kind == "flask-key" else "variable",
            documentation=next((c.documentation for c in found if c.documentation), ""),
        )
        for name, found in byname.items()
    )
    return tuple(sorted(items, key=lambda item: (item.rank, item.label)))


def _given(project: Project, path: str, rank: int) -> Iterator[Candidate]:
    for file in givers(project, path).files:
        facts = project.index.files.get(file)
        origin = project.relative(file)
        for definition in facts.definitions if facts else ():
            yield Candidate(definition.variable.name, origin, rank, plain(definition.comment))


def _read(project: Project, path: str, at: int | None = None) -> Iterator[Candidate]:
    """The names that code reads, first in this file and its neighbours; not the one being typed at `at`."""
    for variable in project.index.referenced():
        if variable.scope != "env":
            continue
        reading = {
            found.path: None
            for found in project.index.references(variable)
            if found.reference.access is not Access.WRITE and not _is_at(found, path, at)
        }
        if reading:
            nearest = min(reading, key=lambda file: _distance(file, path))
            rank = 0 if _distance(nearest, path) < _FAR else 2
            yield Candidate(variable.name, project.relative(nearest), rank)


def _is_at(found: LocatedReference, path: str, at: int | None) -> bool:
    """Whether this is the name that is being typed."""
    return at is not None and found.path == path and found.reference.span.touches(at)


def _distance(file: str, path: str) -> int:
    if file == path:
        return 0
    return 1 if os.path.dirname(file) == os.path.dirname(path) else _FAR


def _elsewhere(project: Project, path: str, rank: int) -> Iterator[Candidate]:
    for app in project.apps:
        yield from (Candidate(name, f"{app.platform} {app.app}", rank + 1) for name in app.variables)
    for variable in project.index.defined():
        if variable.scope == "env":
            for found in project.index.definitions(variable):
                declared = found.definition.declaration
                if declared or _is_beside(found.path, path):
                    comment, farther = plain(found.definition.comment), 0 if declared else 2
                    yield Candidate(variable.name, project.relative(found.path), rank + farther, comment)


def _is_beside(file: str, path: str) -> bool:
    """Whether an env file that nothing may load, such as `.env.local`, belongs to the app of `path`."""
    return path.startswith(os.path.join(os.path.dirname(file), ""))


def _known(rank: int) -> Iterator[Candidate]:
    for name in known_names():
        if known := lookup(name):
            yield Candidate(name, known.owner, rank, known.description)


def _flask(project: Project) -> Iterator[Candidate]:
    for variable in project.index.defined():
        if variable.scope == "flask":
            path = next(project.index.definitions(variable)).path
            yield Candidate(variable.name, project.relative(path), 0)
    for variable in project.index.referenced():
        if variable.scope == "flask":
            path = next(project.index.references(variable)).path
            yield Candidate(variable.name, project.relative(path), 1)
    for key in known_keys().values():
        yield Candidate(key.name, key.owner, 2, key.meaning)


def _is_defined(project: Project, name: str) -> bool:
    return any(gives(project, each) for each in project.index.definitions(Variable("env", name)))

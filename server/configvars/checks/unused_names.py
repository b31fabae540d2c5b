"""Variables that an env file sets and nothing reads, for two checks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from configvars.catalog import lookup
from configvars.catalog.libraries import LibraryRead, readers_of
from configvars.checks.library_use import LibraryUse
from configvars.checks.missing import Missing, is_read_by_nobody
from configvars.checks.prefixes import taken
from configvars.index import LocatedReference
from configvars.model import Definition, FileFacts, Need, Variable
from configvars.project import Project
from configvars.runs.givers import means

# Tools read these by themselves: Flask, JavaScript bundlers, Docker Compose.
_READ_ELSEWHERE = re.compile(
    r"(FLASK|COMPOSE|DOCKER|VITE|REACT_APP|NEXT_PUBLIC|NUXT|VUE_APP|EXPO_PUBLIC|GATSBY|PUBLIC|NODE|NPM)_"
    r"|NODE_ENV$"
)


def unused_names(facts: FileFacts, project: Project) -> Iterator[tuple[Definition, tuple[LibraryRead, ...]]]:
    """The unused variables of an env file, each with libraries that read it but that the project does not use."""
    given = [d for d in facts.definitions if d.kind == "dotenv" and not d.declaration]
    if not given:
        return
    is_taken = taken(project)
    mentions = frozenset().union(*(each.mentions for each in project.index.files.values()))
    read: defaultdict[str, list[Variable]] = defaultdict(list)
    for variable in project.index.referenced():
        if variable.scope == "env":
            read[variable.name.lower()].append(variable)
    is_used = cache(lambda name: _is_used(name, read[name.lower()], project))
    unused = [
        definition
        for definition in given
        if not is_taken(name := definition.variable.name) and name not in mentions and not is_used(name)
    ]
    elsewhere = project.mentioned(frozenset(definition.variable.name for definition in unused))
    libraries = LibraryUse(project)
    for definition in unused:
        name = definition.variable.name
        if elsewhere.get(name) or libraries.readers(name):
            continue
        strangers = libraries.strangers(name)
        if strangers or not readers_of(name):
            yield definition, strangers


def slips_in(facts: FileFacts, project: Project) -> Mapping[str, LocatedReference]:
    """The misspelt names in an env file, each with the read of the variable that is meant and not set."""
    given = {one.variable for one in facts.definitions if not one.declaration}
    slips: dict[str, LocatedReference] = {}
    for path, each in (
        sorted(project.index.files.items()) if any(is_read_by_nobody(project, v) for v in given) else ()
    ):
        missing = Missing(each, project)
        for read in (read for need in (Need.REQUIRED, Need.OPTIONAL) for read in missing.reads(need)):
            if facts.path not in missing.by.files:
                continue
            similar = missing.similar(read.variable.name)
            if similar is not None and similar.path == facts.path:
                slips.setdefault(similar.definition.variable.name, LocatedReference(path, read))
    return slips


def _is_used(name: str, alike: Iterable[Variable], project: Project) -> bool:
    return (
        next(project.index.references(Variable("env", name)), None) is not None
        or _READ_ELSEWHERE.match(name) is not None
        or lookup(name) is not None
        or _is_read_in_other_case(name, alike, project)
    )


def _is_read_in_other_case(name: str, alike: Iterable[Variable], project: Project) -> bool:
    return any(means(found.reference, name) for v in alike for found in project.index.references(v))

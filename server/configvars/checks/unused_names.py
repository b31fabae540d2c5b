"""Variables that an env file sets and nothing reads, for two checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from operator import itemgetter

from configvars.catalog import lookup
from configvars.catalog.libraries import LibraryRead, readers_of
from configvars.checks.library_use import LibraryUse
from configvars.checks.missing import Missing, has_reads, is_read_by_nobody
from configvars.checks.missing_everywhere import is_needed
from configvars.checks.missing_in_service import only_before
from configvars.checks.prefixes import taken
from configvars.index import LocatedReference
from configvars.model import Definition, FileFacts, Need, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.givers import means
from configvars.runs.platforms_here import mentioned_by_tools
from configvars.runs.proxies import proxies_of

# Tools read these by themselves: Flask, JavaScript bundlers, Docker Compose.
_READ_ELSEWHERE = lazy_pattern(
    r"(FLASK|COMPOSE|DOCKER|VITE|REACT_APP|NEXT_PUBLIC|NUXT|VUE_APP|EXPO_PUBLIC|GATSBY|PUBLIC|NODE|NPM)_"
    r"|NODE_ENV$"
)
# Ways in which a name that is written in the code, and not in a string, becomes a string.
_NAMES_OF_CODE = lazy_pattern(
    r"\bdef __getattr|\.(?:name|__name__|__members__|__annotations__|__dict__|__fields__|_fields|model_fields)\b"
    r"|\b(?:fields|get_type_hints|vars|dir|globals|locals)\(|\bBaseSettings\b"
)


# The whole environment, or the whole of an env file, in a call that takes its fields from it: `Settings(**os.environ)`,
# `Settings.model_validate(env)`. `{**os.environ}` alone only hands the variables on to another program.
_WHOLE = lazy_pattern(
    r"\bdotenv_values\(|\*\*\s*(?:os\.)?environ\b|\(\s*(?:os\.)?environ\s*[,)]|=\s*(?:os\.)?environ\b(?!\s*[.\[])"
)
_INTO_FIELDS = lazy_pattern(
    r"\b[A-Z]\w*\(\s*\*\*|\bcls\(\s*\*\*"
    r"|\b(?:model_validate|parse_obj|structure|convert|from_dict|from_environ|to_config)\("
)


def unused_names(facts: FileFacts, project: Project) -> Iterator[tuple[Definition, tuple[LibraryRead, ...]]]:
    """The unused variables of an env file, each with libraries that read it but that the project does not use."""
    given = [d for d in facts.definitions if d.kind == "dotenv" and not d.declaration]
    if not given:
        return
    is_taken = project.remembered("taken", lambda: taken(project))
    mentions = mentioned_by_tools(project)
    read = project.remembered("read in any case", lambda: _in_any_case(project))
    is_used = cache(lambda name: _is_used(name, read.get(name.lower(), ()), project))
    unused = [
        definition
        for definition in given
        if not is_taken(name := definition.variable.name) and name not in mentions and not is_used(name)
    ]
    by_attribute = project.remembered("reads by attribute", lambda: _reads_by_attribute(project))
    names = frozenset(definition.variable.name for definition in unused)
    elsewhere = project.mentioned(names | frozenset(map(str.lower, names)) if by_attribute else names)
    libraries = LibraryUse(project)
    for definition in unused:
        name = definition.variable.name
        if elsewhere.get(name) or libraries.readers(name):
            continue
        if by_attribute and (name in elsewhere or name.lower() in elsewhere):
            continue
        unmentioned = libraries.unmentioned(name)
        if unmentioned or not readers_of(name):
            yield definition, unmentioned


def _reads_by_attribute(project: Project) -> bool:
    """Whether code may read a variable of the name of an attribute, a field or another name of the code.

    Examples are `__getattr__` of a settings object, the members of an Enum, the fields of a dataclass and of a
    model that is created from the whole environment.
    """
    python = ((path, facts) for path, facts in project.index.files.items() if facts.kind == "python")
    return any(_takes_names_in(project, path, is_dynamic=bool(facts.dynamic)) for path, facts in python)


def _takes_names_in(project: Project, path: str, *, is_dynamic: bool) -> bool:
    def find() -> bool:
        return _takes_names(project.text_of(path) or "", is_dynamic=is_dynamic)

    return project.code.kept_of(path, "reads by attribute", is_dynamic, find)


def _takes_names(text: str, *, is_dynamic: bool) -> bool:
    """Whether a Python file reads variables by names of the code, or fills fields from the whole environment."""
    if is_dynamic and _NAMES_OF_CODE.search(text):
        return True
    return _WHOLE.search(text) is not None and _INTO_FIELDS.search(text) is not None


def slips_in(facts: FileFacts, project: Project) -> Mapping[str, LocatedReference]:
    """The misspelt names in an env file, each with the read of the variable that is meant and not set."""
    given = {one.variable for one in facts.definitions if not one.declaration}
    if not any(is_read_by_nobody(project, variable) for variable in given):
        return {}
    return project.remembered("slips", lambda: _slips(project)).get(facts.path, {})


def _slips(project: Project) -> dict[str, dict[str, LocatedReference]]:
    """The misspelt names by env file."""
    found: dict[str, dict[str, LocatedReference]] = {}
    reading = ((path, each) for path, each in project.index.files.items() if has_reads(each))
    for path, each in sorted(reading, key=itemgetter(0)):
        missing = Missing(each, project)
        lacking = (read for need in (Need.REQUIRED, Need.OPTIONAL) for read in missing.reads(need))
        for read in (*lacking, *only_before(each, missing, project)):
            similar = missing.similar(read.variable.name) if missing.by.files else None
            if similar is not None and similar.path in missing.by.files:
                slips, name = found.setdefault(similar.path, {}), similar.definition.variable.name
                known = slips.setdefault(name, LocatedReference(path, read))
                if is_needed(read, each, project) and not needs(known, project):
                    slips[name] = LocatedReference(path, read)
    return found


def needs(found: LocatedReference, project: Project) -> bool:
    """Whether code fails without the variable of a read."""
    return is_needed(found.reference, project.index.files[found.path], project)


def _in_any_case(project: Project) -> dict[str, list[Variable]]:
    found: dict[str, list[Variable]] = {}
    for variable in project.index.referenced():
        if variable.scope == "env":
            found.setdefault(variable.name.lower(), []).append(variable)
    return found


def _is_used(name: str, alike: Iterable[Variable], project: Project) -> bool:
    return (
        next(project.index.references(Variable("env", name)), None) is not None
        or _READ_ELSEWHERE.match(name) is not None
        or lookup(name) is not None
        or _is_read_in_other_case(name, alike, project)
        or bool(proxies_of(project, name))
    )


def _is_read_in_other_case(name: str, alike: Iterable[Variable], project: Project) -> bool:
    return any(means(found.reference, name) for v in alike for found in project.index.references(v))

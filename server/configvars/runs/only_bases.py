"""Settings classes of pydantic-settings: of which ones code creates objects, which read their variables.

The own variables of the others are not required: code uses them only as base classes or as types of fields of
other settings, or creates their objects with `model_construct`. Objects in fields get their values from the
variables of the outer class.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from configvars.model import Need, Reference
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.pydantic_model import ReadOfSettings, SettingsLineage
from configvars.text import Mark, Span

_BUILT = lazy_pattern(r"(\w+)\.(?:model_)?construct\(")
_NO_USE = lazy_pattern(r"^\s*(?:class|from|import)\b|\b(?:isinstance|issubclass|super|cast)\(|\bbound\s*=|#")


def is_only_of_base(project: Project, path: str, reference: Reference) -> bool:
    """Whether no class whose objects code creates makes a read, or none needs it as much as the read says."""
    need = reference.need is Need.REQUIRED, bool(reference.needed_with)
    found = ReadOfSettings(reference.variable.name, reference.span, *need)
    return (path, found) in project.remembered("reads of base classes", lambda: _reads_of_bases(project))


def classes_with(project: Project, path: str, reference: Reference) -> Collection[SettingsLineage]:
    """The settings classes whose objects make a read of a field, and of which code may create objects."""
    place = path, reference.variable.name, reference.span
    return project.remembered("settings classes by read", lambda: _classes_by_read(project)).get(place, ())


def _classes_by_read(project: Project) -> Mapping[tuple[str, str, Span], Collection[SettingsLineage]]:
    takers = project.remembered("settings classes by variable", lambda: _takers(project))
    found: dict[tuple[str, str, Span], dict[SettingsLineage, None]] = {}
    for one in _all_classes(project):
        for read in one.reads:
            mine = found.setdefault((one.home.path, read.name, read.span), {})
            mine.update(dict.fromkeys(takers.get((one.home, read.name), ())))
    return found


def _reads_of_bases(project: Project) -> frozenset[tuple[str, ReadOfSettings]]:
    takers = project.remembered("settings classes by variable", lambda: _takers(project))
    known = [(one.home, read) for one in _all_classes(project) for read in one.reads]
    taken = {(home.path, read) for home, read in known if (home, read.name) in takers}
    return frozenset((home.path, read) for home, read in known) - taken


def _takers(project: Project) -> Mapping[tuple[Mark, str], Collection[SettingsLineage]]:
    """The classes of which code may create objects, by each variable and the class that reports it."""
    used = _used_classes(project)
    found: dict[tuple[Mark, str], list[SettingsLineage]] = {}
    for one in _all_classes(project):
        for key in one.inherited.union((one.home, name) for name in one.names) if one.home in used else ():
            found.setdefault(key, []).append(one)
    return found


def _all_classes(project: Project) -> Iterator[SettingsLineage]:
    return (one for facts in project.index.files.values() for one in facts.lineages)


def _used_classes(project: Project) -> frozenset[Mark]:
    known = {one.home: one for one in _all_classes(project)}
    made = frozenset(home for facts in project.index.files.values() for home in facts.made)
    names = frozenset(name for path in project.code.paths() for name in _built_in(project, path))
    built = frozenset(home for home, one in known.items() if one.name in names)
    used = _used(known, made, built)
    passed = frozenset(home for home, one in known.items() if home not in used and _is_passed(project, one))
    return _used(known, made | passed, built) if passed else used


def _is_passed(project: Project, one: SettingsLineage) -> bool:
    """Whether another file uses the class as a value: `Depends(Base)`, `Base.load()`."""
    used = rf"{one.name}\b(?!\.(?:model_)?construct\()"
    value = re.compile(rf"(?:[(=,{{]|\breturn)\s*(?:\w+\.)*{used}(?!\s*[\]:])|(?<!\w){used}\.\w+\(")
    others = (path for path in project.code.paths() if path != one.home.path)
    return any(
        value.search(line) and not _NO_USE.search(line)
        for path in others
        if one.name in (text := project.text_of(path) or "")
        for line in text.splitlines()
        if one.name in line
    )


def _built_in(project: Project, path: str) -> frozenset[str]:
    """The names of the classes of which a file calls `model_construct`."""
    return project.code.kept_of(
        path, "constructed", None, lambda: frozenset(_BUILT.findall(project.text_of(path) or ""))
    )


def _used(
    known: Mapping[Mark, SettingsLineage], made: frozenset[Mark], built: frozenset[Mark]
) -> frozenset[Mark]:
    """The classes that code creates or that nothing shows to be unused.

    `made` are classes that other files create or pass on; of `built` ones code calls `model_construct`.
    """
    unused = built.union(*(one.bases | one.holds for one in known.values()))
    return frozenset(home for home, one in known.items() if one.is_used or home in made or home not in unused)

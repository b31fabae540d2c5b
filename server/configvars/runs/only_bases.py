"""Settings classes of pydantic-settings whose own variables are not required.

Code uses them only as base classes or as types of fields of other settings, or creates their objects with
`model_construct`. Objects in fields get their values from the variables of the outer class.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from configvars.model import Need, Reference
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.pydantic_model import ReadOfSettings, SettingsLineage
from configvars.text import Mark

_BUILT = lazy_pattern(r"(\w+)\.(?:model_)?construct\(")
_NO_USE = lazy_pattern(r"^\s*(?:class|from|import)\b|\b(?:isinstance|issubclass|super|cast)\(|\bbound\s*=|#")


def is_only_of_base(project: Project, path: str, reference: Reference) -> bool:
    """Whether no class whose objects code creates makes a read, or none needs it as much as the read says."""
    need = reference.need is Need.REQUIRED, bool(reference.needed_with)
    found = ReadOfSettings(reference.variable.name, reference.span, *need)
    return (path, found) in project.remembered("reads of base classes", lambda: _reads_of_bases(project))


def _reads_of_bases(project: Project) -> frozenset[tuple[str, ReadOfSettings]]:
    known = {one.home: one for facts in project.index.files.values() for one in facts.lineages}
    used = used_classes(project)
    made = [known[home] for home in used]
    taken = {(home.path, read) for home in used for read in known[home].reads}
    by_base: dict[Mark, set[str]] = {}
    for one in made:
        for home, name in one.inherited:
            by_base.setdefault(home, set()).add(name)
    for home, names in by_base.items():
        if home in known:
            taken.update((home.path, read) for read in known[home].reads if read.name in names)
    return frozenset((home.path, read) for home, one in known.items() for read in one.reads) - taken


def used_classes(project: Project) -> frozenset[Mark]:
    """The settings classes of which code creates objects, or may create them."""
    return project.remembered("settings classes in use", lambda: _used_classes(project))


def _used_classes(project: Project) -> frozenset[Mark]:
    known = {one.home: one for facts in project.index.files.values() for one in facts.lineages}
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

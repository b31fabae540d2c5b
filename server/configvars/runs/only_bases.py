"""Settings classes of pydantic-settings whose own variables are not required.

Code uses them only as base classes or as types of fields of other settings, or creates their objects with
`model_construct`. Objects in fields get their values from the variables of the outer class.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.pydantic_model import SettingsLineage
from configvars.text import Mark

_BUILT = lazy_pattern(r"(\w+)\.(?:model_)?construct\(")
_NO_USE = lazy_pattern(r"^\s*(?:class|from|import)\b|\b(?:isinstance|issubclass|super|cast)\(|\bbound\s*=|#")


def is_only_of_base(project: Project, path: str, name: str) -> bool:
    """Whether only classes without required variables of their own report the variable `name` in a file."""
    return (path, name) in project.remembered("names of base classes", lambda: _names_of_bases(project))


def _names_of_bases(project: Project) -> frozenset[tuple[str, str]]:
    known = {one.home: one for facts in project.index.files.values() for one in facts.lineages}
    made = frozenset(home for facts in project.index.files.values() for home in facts.made)
    names = frozenset(name for path in project.code.paths() for name in _built_in(project, path))
    built = frozenset(home for home, one in known.items() if one.name in names)
    used = _used(known, made, built)
    passed = frozenset(home for home, one in known.items() if home not in used and _is_passed(project, one))
    used = _used(known, made | passed, built) if passed else used
    of_used = {(home.path, name) for home, one in known.items() if home in used for name in one.names}
    of_bases = {(home.path, name) for home, one in known.items() if home not in used for name in one.names}
    return frozenset(of_bases - of_used)


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


def _used(known: Mapping[Mark, SettingsLineage], made: frozenset[Mark], built: frozenset[Mark]) -> set[Mark]:
    """The classes that code creates or that nothing shows to be unused, and bases that report variables.

    `made` are classes that other files create or pass on; of `built` ones code calls `model_construct`.
    """
    unused = built.union(*(one.bases | one.holds for one in known.values()))
    waiting = [home for home, one in known.items() if one.is_used or home in made or home not in unused]
    used: set[Mark] = set()
    while waiting:
        home = waiting.pop()
        if home in known and home not in used:
            used.add(home)
            waiting += known[home].relies_on
    return used

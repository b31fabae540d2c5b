"""Objects of settings classes that only fields of other settings create: `Field(default_factory=Pool)`.

Their own variables are not read if the variables of the outer class give the field its value.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from configvars.model import Reference
from configvars.project import Project
from configvars.pydantic_model import Filled, SettingsLineage
from configvars.runs.mentions import Mentions
from configvars.runs.only_bases import classes_with
from configvars.runs.parsed_code import Code
from configvars.syntax.python import Node
from configvars.text import Mark

_FACTORY = "default_factory"


def is_filled(
    project: Project, mentions: Mentions, path: str, reference: Reference, names: Collection[str]
) -> bool:
    """Whether variables with these names set all that the objects would otherwise get by a read."""
    fills = project.remembered("variables of settings in fields", lambda: _fills(project, mentions))
    has = [name.lower() for name in names]
    classes = classes_with(project, path, reference)
    by = [each for one in classes for each in fills.get((one.home, reference.variable.name), [None])]
    are_set = bool(by) and all(each is not None and _is_set(each, has) for each in by)
    return are_set and all(_is_made_by_fields(mentions, one) for one in classes)


def _is_set(one: Filled, has: Sequence[str]) -> bool:
    """Whether some variables, in lower case, set the part of a class."""
    parts = tuple(map(str.lower, one.parts))
    by = set(map(str.lower, one.by))
    return any(name in by or (parts and name.startswith(parts)) for name in has)


def _fills(project: Project, mentions: Mentions) -> Mapping[tuple[Mark, str], list[Filled]]:
    """The variables of classes, except those in fields, that set the fields of objects in them."""
    all_classes = [one for facts in project.index.files.values() for one in facts.lineages]
    inner = {each.of for one in all_classes for each in one.fills}
    found: dict[tuple[Mark, str], list[Filled]] = {}
    for one in all_classes:
        if one.home not in inner or not _is_made_by_fields(mentions, one):
            for each in one.fills:
                found.setdefault((each.of, each.name), []).append(each)
    return found


def _is_made_by_fields(mentions: Mentions, one: SettingsLineage) -> bool:
    found = mentions.definition(one.name)
    uses = mentions.of(one.name, *found) if found is not None else None
    return uses is not None and all(_is_factory(code, leaf) for code, leaf in uses)


def _is_factory(code: Code, leaf: Node) -> bool:
    """Whether a mention of a class is in `default_factory=…`."""
    above: Node | None = leaf
    while above is not None and above.type not in ("block", "module"):
        if above.type == "keyword_argument" and code.source(above.child_by_field_name("name")) == _FACTORY:
            return True
        above = above.parent
    return False

"""Values that name another variable: with `URL=$REAL`, django-environ reads REAL for a read of URL."""

from __future__ import annotations

from collections.abc import Sequence

from configvars.index import LocatedDefinition
from configvars.project import Project
from configvars.secret import Secret


def proxies_of(project: Project, name: str) -> Sequence[LocatedDefinition]:
    """The lines of env files whose value is `$NAME`, if django-environ is used."""
    return project.remembered("proxies", lambda: _proxies(project)).get(Secret(f"${name}"), ())


def _proxies(project: Project) -> dict[Secret, list[LocatedDefinition]]:
    found: dict[Secret, list[LocatedDefinition]] = {}
    files = project.index.files
    if any(one.idiom.startswith("environ.Env") for facts in files.values() for one in facts.references):
        for path, facts in sorted(files.items()):
            for each in facts.definitions if facts.kind == "dotenv" else ():
                if each.value is not None and not each.declaration:
                    found.setdefault(each.value, []).append(LocatedDefinition(path, each))
    return found

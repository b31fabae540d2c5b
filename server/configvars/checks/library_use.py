"""Which libraries of a project read a variable by themselves."""

from __future__ import annotations

import re
from functools import cache

from configvars.catalog.libraries import LibraryRead, readers_of, uses
from configvars.checks.requirements import requirements_of
from configvars.project import Project


class LibraryUse:
    """The libraries that one project uses, as far as it is asked."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._requirements = requirements_of(project)
        self._is_used = cache(lambda package: uses(package, self._asks_for))
        self._may_be_used = cache(lambda package: uses(package, self._mentions))

    def readers(self, name: str) -> tuple[LibraryRead, ...]:
        """The libraries that read a variable and that the project requires or imports."""
        return tuple(each for each in readers_of(name) if self._is_used(each.package))

    def strangers(self, name: str) -> tuple[LibraryRead, ...]:
        """The libraries that read a variable, where nothing in the project so much as names one of them."""
        found = readers_of(name)
        return () if any(self._may_be_used(each.package) for each in found) else found

    def _asks_for(self, package: str, imports: tuple[str, ...]) -> bool:
        return self._requirements.asks_for(package) or self._is_imported(imports)

    def _is_imported(self, imports: tuple[str, ...]) -> bool:
        """Whether a file that is looked at imports one of some modules."""
        words = "|".join(map(re.escape, imports))
        statement = re.compile(rf"^\s*(?:import|from)\s+(?:{words})\b", re.MULTILINE)
        project = self._project
        python = (path for path, facts in project.index.files.items() if facts.kind in ("python", "notebook"))
        return bool(imports) and any(statement.search(project.text_of(path) or "") for path in python)

    def _mentions(self, package: str, imports: tuple[str, ...]) -> bool:
        return self._asks_for(package, imports) or bool(self._project.mentioned(frozenset(imports)))

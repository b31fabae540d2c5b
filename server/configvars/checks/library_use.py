"""Which libraries of a project read a variable by themselves, without a call in the project's code."""

from __future__ import annotations

from functools import cache

from configvars.catalog.libraries import LibraryRead, readers_of, uses
from configvars.project import Project
from configvars.requirements import imports_any, requirements_of


class LibraryUse:
    """The libraries that a project uses; each question is answered once."""

    def __init__(self, project: Project) -> None:
        requirements = requirements_of(project)

        # Functions that do not know `self`: otherwise only the garbage collector could remove the object.
        def asks_for(package: str, imports: tuple[str, ...]) -> bool:
            """Whether the project requires a package, or imports one of its modules."""
            return requirements.asks_for(package) or imports_any(project, imports)

        def mentions(package: str, imports: tuple[str, ...]) -> bool:
            return asks_for(package, imports) or bool(project.mentioned(frozenset(imports)))

        self._is_used = cache(lambda package: uses(package, asks_for))
        self._may_be_used = cache(lambda package: uses(package, mentions))

    def readers(self, name: str) -> tuple[LibraryRead, ...]:
        """The libraries that read a variable and that the project requires or imports."""
        return tuple(each for each in readers_of(name) if self._is_used(each.package))

    def unmentioned(self, name: str) -> tuple[LibraryRead, ...]:
        """The libraries that read a variable, if nothing in the project mentions any of them."""
        found = readers_of(name)
        return () if any(self._may_be_used(each.package) for each in found) else found

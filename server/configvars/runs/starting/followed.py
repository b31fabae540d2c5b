"""How far a program is followed: which files, and how many steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from configvars.limits import START_DEPTH, START_FILES, START_STEPS
from configvars.project import Project
from configvars.runs.entries import starts_of
from configvars.runs.follow import Entry
from configvars.runs.reach import Reach
from configvars.runs.starting.endings import OutOfStepsError
from configvars.runs.starting.environment import Environment
from configvars.runs.starting.reading import Reading
from configvars.runs.starting.values import Module


class Following(Reading):
    """The modules that a program has run. `leading` are the files that are followed."""

    def __init__(self, project: Project, leading: frozenset[str], environment: Environment) -> None:
        super().__init__(project, environment)
        self.leading = leading
        self.modules: dict[str, Module] = {}
        self._steps = 0

    def step(self, module: Module) -> None:
        """Count a step. Raises `OutOfStepsError` after the last one."""
        self._steps += 1
        if self._steps > START_STEPS.most or len(self.calls) > START_DEPTH.most:
            module.tree.hits.count(START_STEPS)
            raise OutOfStepsError

    @contextmanager
    def own_steps(self) -> Iterator[None]:
        """Run code with steps of its own; if they do not suffice, what it has not finished is not known."""
        before, modules = self._steps, set(self.modules)
        self._steps = 0
        try:
            yield
        except OutOfStepsError:
            for path in self.modules.keys() - modules:
                self.modules[path].open = True
            raise
        finally:
            self._steps = before

    def follow(self, paths: Sequence[str]) -> None:
        """Follow some files as well, and those through which they lead to others that count."""
        if paths:
            reached = starts_of(self.project).reach_of(Entry(paths[0], packages=tuple(paths[1:])))
            goals = {*paths, *using_django(self.project, reached), *self.leading}
            leading = reached.leading_to(goals)
            more = islice(reached.imported_by(sorted(leading)), START_FILES.most)
            self.leading = self.leading.union(leading, more)


def using_django(project: Project, reached: Reach) -> Iterator[str]:
    """The files that may use the settings object of Django."""
    for path in (reached.start, *reached.importers):
        if "django" in project.code.top_modules(path) and "django.conf" in (project.text_of(path) or ""):
            yield path

"""Whether code runs on an app, as far as the variables decide that are set there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cached_property

from msgspec.structs import replace

from configvars.checks.deployed import Deployed
from configvars.model import Reference, Variable
from configvars.patterns import lazy_pattern
from configvars.platforms.base import AppSnapshot
from configvars.project import Project
from configvars.readers.pydantic_paths import IDIOM
from configvars.runs.branches import Branches
from configvars.runs.dyno_environment import is_set_on_dynos
from configvars.runs.entered import Entered
from configvars.runs.givers import given_elsewhere, is_test
from configvars.runs.heroku_processes import loading, processes_of
from configvars.runs.known_values import Text, Unset
from configvars.runs.platforms_here import given_by_platform, is_of_tests
from configvars.runs.shell_writes import shell_texts

_ON_DYNOS = frozenset({"DYNO", "PORT", "HOME", "PATH", "PWD"})
_BY_DEFAULT = frozenset({".env", ".flaskenv"})
# `os.environ.update(json.load(file))`; not of literals.
_UPDATES = lazy_pattern(r"\benviron(?:\.update\(\s*(?!\{\s*[\"']|\w+\s*=[^=])|\s*\|=\s*(?!\{\s*[\"']))")


class AppStates:
    """What the apps have of the variables that the conditions around reads in one file test."""

    def __init__(self, project: Project, path: str, deployed: Deployed) -> None:
        self._project = project
        self._path = path
        self._deployed = deployed
        self._branches: dict[str, Branches] = {}
        self._entered: dict[str, Entered] = {}
        self._elsewhere: dict[str, Text | Unset | None] = {}

    def runs(self, app: AppSnapshot, reference: Reference) -> bool | None:
        """Whether an app takes the branches around a read; None if that is not known."""
        if self._project.index.files[self._path].kind != "python":
            return True
        return self._branches_of(app, reference).taken(self._path, reference.span)

    def why_off(self, apps: Iterable[AppSnapshot], reference: Reference) -> str:
        """Why apps do not run a read: `CI is not set there`; empty if it is not this variable that decides it."""
        switch = reference.switch
        if switch is None or not all(self._decides(switch, app, reference) for app in apps):
            return ""
        states = {type(self._of_name(switch, app, reference)) for app in apps}
        if len(states) != 1:
            return ""
        return f"{switch} is {'not set' if Unset in states else 'set'} there"

    def _decides(self, switch: str, app: AppSnapshot, reference: Reference) -> bool:
        """Whether an app does not run a read, and this would not be known if `switch` were not known."""
        others = Branches(
            self._project, lambda name: None if name == switch else self._of_name(name, app, reference)
        )
        return self.runs(app, reference) is False and others.taken(self._path, reference.span) is not False

    def is_entered(self, app: AppSnapshot, reference: Reference) -> bool | None:
        """Whether an app calls the function around a read; True if nothing is known about that.

        None if a value that is not known chooses among several classes or functions.
        """
        if self._project.index.files[self._path].kind != "python":
            return True
        if app.app not in self._entered:
            self._entered[app.app] = Entered(self._project, self._branches_of(app, reference))
        return self._entered[app.app].at(self._path, reference.span, of_settings=reference.idiom == IDIOM)

    def _branches_of(self, app: AppSnapshot, reference: Reference) -> Branches:
        if app.app not in self._branches:
            self._branches[app.app] = Branches(
                self._project,
                lambda name: self._of_name(name, app, reference),
            )
        return self._branches[app.app]

    def _of_name(self, name: str, app: AppSnapshot, reference: Reference) -> Text | Unset | None:
        """What an app has of another variable that is read next to a read."""
        return self.of(app, replace(reference, variable=Variable("env", name)))

    def of(self, app: AppSnapshot, probe: Reference) -> Text | Unset | None:
        """What an app has of the variable of a read; None if that is not known."""
        name = probe.variable.name
        if name in app.variables:
            return Text(None if app.variables[name].facts.is_empty else True)
        if name not in self._elsewhere:
            self._elsewhere[name] = self._set_elsewhere(probe)
        return self._elsewhere[name]

    def _set_elsewhere(self, probe: Reference) -> Text | Unset | None:
        """What a variable is that is no config var; None if something may set it."""
        name = probe.variable.name
        if name in _ON_DYNOS or is_set_on_dynos(self._project, self._path, name):
            return Text(True)
        may_be_set = (
            given_elsewhere(self._project, name)
            or (given_by_platform(self._project, name) and not is_of_tests(name))
            or self._deployed.gives(probe)
            or self._deployed.doubt(probe)[0]
            or self._is_defined(probe.variable)
            or name in self._assigned
            or self._project.remembered("sets any variable", self._sets_any)
        )
        return None if may_be_set else Unset()

    def _is_defined(self, variable: Variable) -> bool:
        """Whether an env file that code or a library reads may set a variable, as far as is known here.

        What code loads counts elsewhere if git tracks it; libraries and the `flask` command read a `.env`.
        """
        tracked = (
            (os.path.basename(found.path), self._project.tracked_by_git(found.path))
            for found in self._project.index.definitions(variable)
            if not found.definition.declaration
        )
        return any(state is None or (state and name in _BY_DEFAULT) for name, state in tracked)

    @cached_property
    def _assigned(self) -> frozenset[str]:
        """The names before `=` in the Procfile, in `.profile` and in the scripts that these name."""
        texts = (text for _, text in shell_texts(self._project, self._path))
        return frozenset(name for text in texts for name in re.findall(r"([A-Za-z_]\w*)=", text))

    def _sets_any(self) -> bool:
        """Whether code that a process may load sets variables whose names are not known."""
        project = self._project
        return any(
            (any(each.sets for each in facts.dynamic) or _UPDATES.search(project.text_of(path) or ""))
            and not is_test(project, path)
            and bool(loading(project, path) or not processes_of(project, path))
            for path, facts in project.index.files.items()
        )

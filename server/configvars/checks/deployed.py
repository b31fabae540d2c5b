"""What sets a variable on a Heroku app besides its config vars."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache, cached_property

from configvars.model import Definition, FileFacts, Reference
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import home_of, nearest
from configvars.runs.dyno_environment import is_set_on_dynos
from configvars.runs.env_files import loaded_files
from configvars.runs.givers import among, comes_by_itself, given_elsewhere
from configvars.runs.heroku_processes import given_to_script
from configvars.runs.platforms_here import given_by_platform, is_of_tests
from configvars.runs.set_first import SetFirst
from configvars.runs.shell_writes import set_by_shell

_FLASK_COMMAND = lazy_pattern(r"\bflask\b")
_DEFAULT = lazy_pattern(r":?-[^}]")


class Deployed:
    """The variables that are set for the code of one file on every app, besides the app's config vars.

    The platform, `.profile`, the commands in the Procfile or the code sets them, or an env file that is
    deployed and loaded there. Templates, app.json
    and files that exist only on this machine set nothing on an app.
    """

    def __init__(self, project: Project, path: str) -> None:
        self._project = project
        self._path = path
        self._comes_by_itself = cache(lambda variable: comes_by_itself(project, path, variable))
        self._given_by: dict[str, Callable[[Reference], bool]] = {}

    def gives(self, reference: Reference) -> bool:
        """Whether the variable of a read is set; what code does counts for a deploy only if it is certain."""
        if is_set_on_dynos(self._project, self._path, reference.variable.name):
            return True
        if self._project.deploying and not self._is_python:
            return self._by_platform(reference) or reference.variable.name in self._given_to_script
        if self._project.deploying:
            return self._by_platform(reference) or self._first.surely(reference)
        if self._comes_by_itself(reference.variable) and not is_of_tests(reference.variable.name):
            return True
        return any(self._given(file)(reference) for file in self._loaded(reference))

    def gives_itself(self, reference: Reference) -> bool:
        """Whether something other than Heroku sets the variable of a read in a Python file."""
        name = reference.variable.name
        if is_set_on_dynos(self._project, self._path, name) or given_elsewhere(self._project, name):
            return True
        by_file = any(self._given(file)(reference) for file in self._loaded(reference))
        return by_file or bool(self.doubt(reference)[0])

    def doubt(self, reference: Reference) -> tuple[str, str]:
        """For a deploy: what may set the variable, and the code that seems to (`SetFirst.doubt`)."""
        if not self._project.deploying or not self._is_python:
            return "", ""
        may, never = self._first.doubt(reference)
        by_shell = "" if may else set_by_shell(self._project, self._path, reference.variable.name)
        return (f"{by_shell} sets it", "") if by_shell else (may, never)

    @cached_property
    def _given_to_script(self) -> frozenset[str]:
        return given_to_script(self._project, self._path)

    @cached_property
    def _is_python(self) -> bool:
        facts = self._project.index.files.get(self._path)
        return facts is not None and facts.kind == "python"

    def _by_platform(self, reference: Reference) -> bool:
        name = reference.variable.name
        if given_elsewhere(self._project, name) or self._is_read_from_file(reference):
            return True
        return given_by_platform(self._project, name) and not is_of_tests(name)

    def _is_read_from_file(self, reference: Reference) -> bool:
        """Whether the library of the read takes it from a deployed `.env` by itself."""
        files = self._nearest(".env") if reference.idiom == "decouple.config" else ()
        return any(self._given(file)(reference) for file in files)

    @cached_property
    def _first(self) -> SetFirst:
        return SetFirst(self._project, self._path, lambda file, reference: self._given(file)(reference))

    def _given(self, file: str) -> Callable[[Reference], bool]:
        if file not in self._given_by:
            self._given_by[file] = self._given_in(file)
        return self._given_by[file]

    def _given_in(self, file: str) -> Callable[[Reference], bool]:
        if not self._project.tracked_by_git(file):
            return among(())
        facts = self._project.index.files[file]
        definitions = [each for each in facts.definitions if each.value is not None and not each.declaration]
        own = {each.variable for each in definitions}
        text = self._project.text_of(file) or ""
        return among(
            each.variable.name
            for each in definitions
            if all(
                used.variable in own or _DEFAULT.match(text, used.span.end) or self._has(used)
                for used in _interpolated(facts, each)
            )
        )

    def _has(self, used: Reference) -> bool:
        """Whether every app has a variable that an env file interpolates."""
        if all(used.variable.name in app.variables for app in self._project.apps):
            return True
        return self._by_platform(used)

    def _loaded(self, reference: Reference) -> Iterator[str]:
        """The env files that code, a library or the `flask` command loads on an app."""
        yield from self._loaded_by_code
        if self._by_flask or reference.idiom == "decouple.config":
            yield from self._nearest(".env")
        if self._by_flask:
            yield from self._nearest(".flaskenv")

    @cached_property
    def _loaded_by_code(self) -> frozenset[str]:
        return frozenset(loaded_files(self._project, self._path))

    @cached_property
    def _by_flask(self) -> bool:
        return _runs_flask(self._project, self._path)

    def _nearest(self, name: str) -> Iterator[str]:
        project = self._project
        file = nearest(name, os.path.dirname(self._path), project.index.files, project.root)
        if file is not None:
            yield file


def _runs_flask(project: Project, path: str) -> bool:
    """Whether the Procfile starts a process with the `flask` command, which loads `.env` and `.flaskenv`."""
    home = home_of(path, project.index.files, project.root)
    return bool(_FLASK_COMMAND.search(project.text_of(os.path.join(home, "Procfile")) or ""))


def _interpolated(facts: FileFacts, definition: Definition) -> Iterator[Reference]:
    """The variables that an env file interpolates in one definition."""
    statement = definition.statement or definition.span
    yield from (each for each in facts.references if statement.start <= each.span.start < statement.end)

"""Which reads get the value of a line in an env file, and in which form."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from configvars.checks.app_run import may_be_loaded
from configvars.checks.auxiliary import is_for_elsewhere
from configvars.flow_model import Flow
from configvars.model import Access, Definition, EnvFileUse, FileFacts, Reference, Variable
from configvars.project import Project
from configvars.pydantic_model import SettingsClass
from configvars.resolve.env_files import is_env_file, used_file
from configvars.runs.env_files import env_files_for
from configvars.runs.env_readers import (
    DJANGO_ENVIRON,
    PYTHON_DOTENV,
    is_read_by_django_environ,
    own_dialect,
)
from configvars.runs.givers import is_test, means
from configvars.runs.remarks import place_of_read
from configvars.runs.seen_by import fills_environment, own_files
from configvars.runs.used_elsewhere import reads_elsewhere
from configvars.secret import Secret, ValueFacts
from configvars.syntax.dialects import Given, Reading, of_statements, reading
from configvars.text import Mark, Span

_PYDANTIC = "pydantic-settings"


class Reached(Struct, frozen=True):
    """A read that gets the value of a line. `values` are the possible values, one for each dialect of the file."""

    definition: Definition
    path: str
    reference: Reference
    values: tuple[tuple[str, Given, ValueFacts | None], ...]

    @property
    def facts(self) -> tuple[ValueFacts, ...]:
        """The facts about the values, if they are known for all of them; else empty."""
        known = [facts for _, _, facts in self.values if facts is not None]
        return tuple(known) if len(known) == len(self.values) else ()


def flask_keys(facts: FileFacts) -> Mapping[Span, Definition]:
    """The Flask configuration keys that a file sets, by the spans of their values."""
    return {one.span: one for one in facts.definitions if one.variable.scope == "flask"}


def keys_given(keys: Mapping[Span, Definition], flow: Flow) -> list[Definition]:
    """The keys whose value is exactly the read."""
    uses = (use for use in flow.uses if use.kind == "key" and not use.through)
    return [] if flow.type is not None else [keys[use.span] for use in uses if use.span in keys]


class Lines:
    """The lines of one env file that set a variable, and the reads that get the value."""

    def __init__(self, facts: FileFacts, project: Project) -> None:
        self._facts = facts
        self._project = project
        of_files = project.remembered("readings", dict[str, dict[str, Reading | None]])
        self._readings = of_files.setdefault(facts.path, {})
        self._answering: dict[str, tuple[str, ...]] = {}
        self._inner: dict[str, Mapping[Mark, Flow]] = {}
        self._keys: dict[str, Mapping[Span, Definition]] = {}

    @property
    def path(self) -> str:
        """The absolute path of the env file."""
        return self._facts.path

    def reached(self) -> Iterator[Reached | None]:
        """For each name its last line, with every read outside of tests that gets its value; None after a name."""
        facts = self._facts
        if facts.kind != "dotenv" or not is_env_file(facts.path, self._project.index.files):
            return
        last = {one.variable: one for one in facts.definitions if not one.declaration}
        for variable, definition in last.items():
            if variable.scope == "env" and not self._is_set_by_code(variable):
                yield from self._of(definition)
            yield None

    def elsewhere(self, reached: Reached) -> Iterator[Reached | None]:
        """The same value where another file imports the name that gets it, or reads it as a Flask key."""
        for there in reads_elsewhere(self._project, reached.path, reached.reference):
            yield None if there is None else replace(reached, path=there[0], reference=there[1])
        flow = reached.reference.flow
        for key in self.flask_keys(reached.path, flow) if flow is not None else ():
            variable, index = key.variable, self._project.index
            if any(one.definition != key for one in index.definitions(variable)):
                continue
            for found in index.references(variable):
                if found.reference.access is Access.READ and not is_test(self._project, found.path):
                    yield replace(reached, path=found.path, reference=found.reference)

    def place(self, path: str, reference: Reference) -> str:
        """The place of a read for messages: `app.py:4`, with a 1-based line."""
        return place_of_read(self._project, (path, reference))

    def flask_keys(self, path: str, flow: Flow) -> list[Definition]:
        """The Flask configuration keys whose value is exactly a read in a file."""
        if path not in self._keys:
            facts = self._project.index.files.get(path)  # a file may go while the checks run in slices
            self._keys[path] = flask_keys(facts) if facts is not None else {}
        return keys_given(self._keys[path], flow)

    def is_given(self, name: Secret) -> bool:
        """Whether a file or app sets a variable of this name."""
        return name in self._names

    @cached_property
    def _names(self) -> frozenset[Secret]:
        def find() -> frozenset[Secret]:
            files, apps = self._project.index.files.values(), self._project.apps
            in_files = (Secret(one.variable.name) for facts in files for one in facts.definitions)
            return frozenset((*in_files, *(Secret(name) for app in apps for name in app.variables)))

        return self._project.remembered("names given", find)

    def _of(self, definition: Definition) -> Iterator[Reached]:
        for path, reference in self._reads_of(definition.variable):
            reference = self._with_flow(reference)
            is_followed = reference.flow is not None or reference.empty_fails
            if not is_followed or self._facts.path not in self._files_for(path):
                continue
            own = own_files(self._project, path, reference)
            if own and self._facts.path not in own:
                continue
            others = self._others_giving(definition.variable).intersection(self._files_for(path))
            if others and not self._wins(path, reference, others):
                continue
            values = tuple(self._values(definition, reference))
            if values:
                yield Reached(definition, path, reference, values)

    def _wins(self, path: str, reference: Reference, others: set[str]) -> bool:
        """Whether the only settings class with a field loads this file after all others that set the variable."""
        if reference.idiom != _PYDANTIC or fills_environment(self._project):
            return False
        files, root = self._project.index.files, self._project.root
        settings = files[path].settings if path in files else ()
        classes = [one for one in settings if _takes(one, reference.variable.name)]
        uses = [EnvFileUse(file, classes[0].span, _PYDANTIC) for file in classes[0].files] if classes else []
        loaded = [used_file(use, path, files, root) for use in uses if len(classes) == 1]
        order = [file for file in loaded if file in others or file == self._facts.path]
        return others <= set(loaded) and order[-1:] == [self._facts.path]

    def _with_flow(self, reference: Reference) -> Reference:
        """A read through a wrapper function, with what the wrapper does with the string."""
        via = reference.via
        if via is None or reference.flow is not None:
            return reference
        if via.path not in self._inner:
            facts = self._project.index.files.get(via.path)
            self._inner[via.path] = dict(facts.inner) if facts is not None else {}
        flow = self._inner[via.path].get(via)
        return reference if flow is None else replace(reference, flow=flow)

    def _reads_of(self, variable: Variable) -> Iterator[tuple[str, Reference]]:
        names = {variable, Variable("env", variable.name.upper())}
        for name in sorted(names):
            for found in self._project.index.references(name):
                reads = found.reference.access is Access.READ and means(found.reference, variable.name)
                if (
                    reads
                    and not is_test(self._project, found.path)
                    and not is_for_elsewhere(self._project, found.path)
                ):
                    yield found.path, found.reference

    def _others_giving(self, variable: Variable) -> set[str]:
        return {*self._project.index.defining_paths(variable)} - {self._facts.path}

    def _files_for(self, path: str) -> tuple[str, ...]:
        if path not in self._answering:
            self._answering[path] = env_files_for(self._project, path)
        return self._answering[path]

    def _values(
        self, definition: Definition, reference: Reference
    ) -> Iterator[tuple[str, Given, ValueFacts | None]]:
        """The value in each dialect; nothing if one of the dialects does not set the name."""
        found: list[tuple[str, Given, ValueFacts | None]] = []
        for dialect in self._dialects(reference):
            given = last = self._given(definition, dialect)
            if given is None or given.rests_on:
                return
            if given.refers is not None and (read := self._reading(dialect)) is not None:
                last = read.handed_on(given)
            value = last.value if last is not None else None
            if value is None and given.refers is None:
                return
            if value is not None and value.facts().secrecy == "encrypted":
                return  # the code gets the value that dotenvx decrypts
            found.append((dialect, given, value.facts() if value is not None else None))
        yield from found

    def _given(self, definition: Definition, dialect: str) -> Given | None:
        if dialect == PYTHON_DOTENV and not self._is_interpolated(definition):
            return Given(definition.span, definition.value)  # already in the facts of the file
        read = self._reading(dialect)
        return read.of(definition.variable.name) if read is not None else None

    def _is_interpolated(self, definition: Definition) -> bool:
        """Whether the value contains a `${…}`."""
        statement = definition.statement or definition.span
        at = bisect_left(self._interpolations, statement.start)
        return at < len(self._interpolations) and self._interpolations[at] < statement.end

    @cached_property
    def _interpolations(self) -> list[int]:
        return sorted(reference.span.start for reference in self._facts.references)

    def _dialects(self, reference: Reference) -> tuple[str, ...]:
        """The dialects in which the file may be read for a read: that of its library, and those of what loads the file."""
        own = own_dialect(reference) or (DJANGO_ENVIRON if self._by_environ else None)
        if own is None:
            return (PYTHON_DOTENV,)
        return (own, PYTHON_DOTENV) if self._is_loaded else (own,)

    @cached_property
    def _is_loaded(self) -> bool:
        return may_be_loaded(self._project)

    @cached_property
    def _by_environ(self) -> bool:
        return is_read_by_django_environ(self._project)

    def _reading(self, dialect: str) -> Reading | None:
        if dialect not in self._readings:
            text = self._project.text_of(self._facts.path)
            self._readings[dialect] = None if text is None else self._read(text, dialect)
        return self._readings[dialect]

    def _read(self, text: str, dialect: str) -> Reading:
        if dialect == PYTHON_DOTENV:
            return of_statements(self._project.statements(self._facts.path))
        return reading(text, dialect)

    def _is_set_by_code(self, variable: Variable) -> bool:
        """Whether code outside of tests may set the variable to another value."""
        return any(
            found.reference.access is Access.WRITE
            and not found.reference.idiom.endswith("setdefault")
            and not is_test(self._project, found.path)
            for found in self._project.index.references(variable)
        )


def _takes(settings: SettingsClass, name: str) -> bool:
    """Whether a variable of this name sets a field of a settings class."""
    return name.lower() in map(str.lower, settings.names)

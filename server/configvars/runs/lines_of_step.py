"""The lines of env files that a step of a run finds for a variable, as its library reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from configvars.model import Definition, FileFacts, Variable
from configvars.project import Project
from configvars.runs.autoconfig import INI
from configvars.runs.env_readers import is_behind_mark, keeps_the_mark, line_of, reads_lines_itself
from configvars.runs.ways import Step
from configvars.secret import ValueFacts
from configvars.syntax.dotenv import ExpansionError, parse_env, resolve
from configvars.text import Span

_ANY_CASE = "pydantic"  # names match in upper and lower case, unless a class is case-sensitive


class Giver(Struct, frozen=True):
    """A line of an env file (1-based) with the variable; `is_bare`: a name without =, which sets nothing.

    `facts` is None if the value depends on something that is not known.
    """

    path: str
    span: Span
    line: int
    is_bare: bool
    facts: ValueFacts | None


def lines_of_step(project: Project, step: Step, name: str) -> Iterator[Giver]:
    """The lines with the name that a step finds, the one that counts last."""
    for path in step.paths:
        yield from lines_in(project, step, path, name)


def lines_in(project: Project, step: Step, path: str, name: str) -> Iterator[Giver]:
    """The lines with the name that a step finds in one of its files."""
    if reads_lines_itself(step.dialect) and not path.endswith(INI):
        yield from _by_another_library(project, step, path, name)
        return
    for one in _by_python_dotenv(project, step, path, name):
        hides = bool(step.dialect) and is_behind_mark(project, path, one.span.start)
        if not (hides and keeps_the_mark(project, step.dialect, path)):
            yield one


def unfound(project: Project, step: Step, name: str) -> str:
    """A remark about a line with the name that the library of a step does not find, if there is one."""
    for path in step.paths if step.dialect else ():
        file = project.relative(path)
        for one in _by_python_dotenv(project, step, path, name):
            if keeps_the_mark(project, step.dialect, path) and is_behind_mark(project, path, one.span.start):
                return f"{step.dialect} reads the byte order mark of {file} as part of the name"
            if not one.is_bare:
                return f"{step.dialect} does not find it in {file}:{one.line}"
    return ""


def _by_another_library(project: Project, step: Step, path: str, name: str) -> Iterator[Giver]:
    text = project.text_of(path)
    facts = project.index.files.get(path)
    if text is None or facts is None or facts.skipped:
        return
    given = line_of(project, path, name, step.dialect)
    if given is not None:
        value = given.value.facts() if given.value is not None and given.refers is None else None
        line = project.lines_of(path).position(given.span.start).line + 1
        yield Giver(path, given.span, line, False, value)


def _by_python_dotenv(project: Project, step: Step, path: str, name: str) -> Sequence[Giver]:
    facts = project.index.files.get(path)
    if facts is None or not facts.definitions:
        return ()
    found: _Found = project.code.kept_of(path, "lines by name", facts, partial(_Found, project, facts))
    return found.lines(name, in_any_case=_ignores_case(project, step, name))


class _Found:
    """The lines with a name in one text of an env file, found once for each name."""

    def __init__(self, project: Project, facts: FileFacts) -> None:
        self._text = project.text_of(facts.path)
        self._lines = project.lines_of(facts.path)
        self._facts = facts
        self._by_name: dict[str, list[Definition]] = {}
        for definition in facts.definitions:
            self._by_name.setdefault(definition.variable.name.lower(), []).append(definition)
        self._known: dict[tuple[str, bool], tuple[Giver, ...]] = {}

    def lines(self, name: str, *, in_any_case: bool) -> tuple[Giver, ...]:
        """The lines with a name, in their order."""
        known = self._known.get((name, in_any_case))
        if known is None:
            known = self._known[name, in_any_case] = tuple(self._find(name, in_any_case=in_any_case))
        return known

    def _find(self, name: str, *, in_any_case: bool) -> Iterator[Giver]:
        if self._text is None:
            return
        alike = self._by_name.get(name.lower(), [])
        found = [each for each in alike if in_any_case or each.variable.name == name]
        for number, definition in enumerate(found, 1):
            line = self._lines.position(definition.span.start).line + 1
            # Only the last line counts, and computing a value needs all lines above it.
            facts = _value_facts(definition, self._facts, self._text) if number == len(found) else None
            yield Giver(self._facts.path, definition.span, line, definition.value is None, facts)


def _ignores_case(project: Project, step: Step, name: str) -> bool:
    """Whether settings classes that load the file, and read the variable, match names in any case."""
    if step.load is None or not step.load.use.idiom.startswith(_ANY_CASE):
        return False
    reads = project.index.references(Variable("env", name))
    return any(each.reference.idiom.startswith(_ANY_CASE) and not each.reference.exact for each in reads)


def _value_facts(definition: Definition, facts: FileFacts, text: str) -> ValueFacts | None:
    """The facts about the value after interpolation, if the file itself sets all interpolated variables."""
    statement = definition.statement or definition.span
    used = {r.variable for r in facts.references if statement.start <= r.span.start < statement.end}
    if definition.value is None:
        return None
    # An interpolation without a name, `${:-$}`, is how a pulled value contains a dollar sign.
    if not used and "${:" not in statement.of(text):
        return definition.value.facts()
    if not used <= {d.variable for d in facts.definitions if d.span < definition.span}:
        return None
    above = [binding for binding in parse_env(text) if binding.statement.start <= statement.start]
    try:
        value = resolve(above, {}, override=True)[definition.variable.name]
    except ExpansionError:
        return None
    return None if value is None else value.facts()

"""The lines of env files that a step of a run finds for a variable, as its library reads them."""

from __future__ import annotations

from collections.abc import Iterator

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
    hides = bool(step.dialect) and keeps_the_mark(project, step.dialect, path)
    for one in _by_python_dotenv(project, step, path, name):
        if not (hides and is_behind_mark(project, path, one.span.start)):
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


def _by_python_dotenv(project: Project, step: Step, path: str, name: str) -> Iterator[Giver]:
    facts = project.index.files.get(path)
    in_any_case = _ignores_case(project, step, name)
    found = [
        each
        for each in (facts.definitions if facts else ())
        if each.variable.name == name or (in_any_case and each.variable.name.lower() == name.lower())
    ]
    text = project.text_of(path) if found else None
    if facts is None or text is None:
        return
    lines = project.lines_of(path)
    for number, definition in enumerate(found, 1):
        line = lines.position(definition.span.start).line + 1
        # Only the last line counts, and computing a value needs all lines above it.
        value_facts = _value_facts(definition, facts, text) if number == len(found) else None
        yield Giver(path, definition.span, line, definition.value is None, value_facts)


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

"""Where one variable comes from, under each way to run the app, and what wins over what."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from configvars.catalog import lookup, never_missing
from configvars.checks.local import given_elsewhere
from configvars.features.runtimes import Runtime, Step, local_runtimes
from configvars.model import Definition, FileFacts, Variable
from configvars.project import Project
from configvars.secret import ValueFacts
from configvars.syntax.dialects import reading
from configvars.syntax.dotenv import ExpansionError, parse_env, resolve
from configvars.text import LineIndex, Span

State = Literal["set", "empty", "unset", "unknown"]


@dataclass(frozen=True, slots=True)
class Giver:
    """A line of an env file (1-based) that names the variable; `is_bare`: the name alone, which sets nothing.

    `facts` is None where the value depends on what is not known here.
    """

    path: str
    span: Span
    line: int
    is_bare: bool
    facts: ValueFacts | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of the variable in one runtime.

    `by` is the line that counts; where the variable is unset, a name alone that keeps other lines from
    counting. `shadowed` are the lines that lose. `same` compares an app's value with the first that is set
    here: None where that cannot be told. `unknown`: a file in `maybe` could not be read and may set it; `by`
    is what counts if it does not.
    """

    runtime: str
    state: State
    by: Giver | None = None
    shadowed: tuple[Giver, ...] = ()
    facts: ValueFacts | None = None
    why: str = ""
    same: bool | None = None
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """All outcomes for one variable: the runtimes of this machine, then the apps."""

    name: str
    outcomes: tuple[Outcome, ...]


def explain(project: Project, name: str, path: str | None = None) -> Explanation:
    """Explain an environment variable as the code in `path` gets it, by default the first that reads it."""
    seen_from = path or _first_reader(project, name) or os.path.join(project.root, "app.py")
    local = [_local(project, name, runtime) for runtime in local_runtimes(project, seen_from)]
    here = next((outcome.facts for outcome in local if outcome.facts is not None), None)
    return Explanation(name, (*local, *_on_apps(project, name, here)))


def _first_reader(project: Project, name: str) -> str | None:
    reading = (found.path for found in project.index.references(Variable("env", name)))
    return next((path for path in reading if project.index.files[path].kind == "python"), None)


def _local(project: Project, name: str, runtime: Runtime) -> Outcome:
    """What is left after the runtime's steps: the first that sets it wins, or a later one that overrides."""
    winner: Giver | None = None
    bare: Giver | None = None
    lost: list[Giver] = []
    maybe: list[str] = []
    why = runtime.note
    for step in runtime.steps:
        givers, said = _read(project, step, name)
        why = said or why
        if winner is None or step.override:
            kept = [] if step.override and givers and not givers[-1].is_bare else maybe
            maybe = [*kept, *_unread(project, step, name)]
        if not givers:
            continue
        *earlier, last = givers
        lost += earlier
        if last.is_bare:
            bare = last
        elif winner is None or step.override:
            lost += [winner] if winner else []
            winner = last
        else:
            lost.append(last)
    counts = winner or bare  # a file may be read twice: by Flask, then by the code
    shadowed = tuple(dict.fromkeys(giver for giver in lost if not giver.is_bare and giver != counts))
    if maybe:
        files = tuple(dict.fromkeys(maybe))
        return Outcome(runtime.name, "unknown", counts, shadowed, why=runtime.note, maybe=files)
    if winner is None:
        return Outcome(runtime.name, "unset", bare, shadowed, why=why or _given_by_others(project, name))
    empty = winner.facts is not None and winner.facts.is_empty
    return Outcome(runtime.name, "empty" if empty else "set", winner, shadowed, winner.facts, runtime.note)


def _unread(project: Project, step: Step, name: str) -> Iterator[str]:
    """The files of a step that could not be read, and that would win over those that could."""
    for path in reversed(step.paths):
        facts = project.index.files.get(path)
        if facts is not None and facts.skipped:
            yield path
        elif any(_givers(project, path, name)):
            return


def _read(project: Project, step: Step, name: str) -> tuple[list[Giver], str]:
    """The lines with the name that a step reads, the one that counts last; and what is to be said of it."""
    givers = [giver for path in step.paths for giver in _givers(project, path, name)]
    text = project.text_of(step.paths[0]) if step.by_heroku and step.paths else None
    if text is None:
        return givers, ""
    read = reading(text, "heroku local")
    found = read.of(name)
    if read.stops:
        return [], f"it stops with an error at {read.stops}"
    if found is None or found.value is None:
        return [], "it reads the line with this name otherwise" if givers else ""
    facts = found.value.facts()
    return [replace(giver, is_bare=False, facts=facts) for giver in givers], ""


def _givers(project: Project, path: str, name: str) -> Iterator[Giver]:
    facts = project.index.files.get(path)
    found = [d for d in facts.definitions if d.variable.name == name] if facts else []
    text = project.text_of(path) if found else None
    if facts is None or text is None:
        return
    lines = LineIndex(text)
    for number, definition in enumerate(found, 1):
        line = lines.position(definition.span.start).line + 1
        # Only the last line counts, and to work out a value takes all lines above it.
        value_facts = _value_facts(definition, facts, text) if number == len(found) else None
        yield Giver(path, definition.span, line, definition.value is None, value_facts)


def _value_facts(definition: Definition, facts: FileFacts, text: str) -> ValueFacts | None:
    """What is known of the value after interpolation, as far as the file itself gives what goes in."""
    statement = definition.statement or definition.span
    used = {r.variable for r in facts.references if statement.start <= r.span.start < statement.end}
    if definition.value is None:
        return None
    if not used:
        return definition.value.facts()
    if not used <= {d.variable for d in facts.definitions if d.span < definition.span}:
        return None
    above = [binding for binding in parse_env(text) if binding.statement.start <= statement.start]
    try:
        value = resolve(above, {}, override=True)[definition.variable.name]
    except ExpansionError:
        return None
    return None if value is None else value.facts()


def _on_apps(project: Project, name: str, here: ValueFacts | None) -> Iterator[Outcome]:
    for app in project.apps:
        runtime, there = f"Heroku app {app.app}", app.variables.get(name)
        if there is None:
            known = lookup(name) if never_missing(name) else None
            yield Outcome(runtime, "unset", why=f"{known.owner} sets it" if known else "")
        else:
            owner = f"add-on {there.addon} owns it" if there.addon else ""
            same = None if here is None else here.digest == there.facts.digest
            state: State = "empty" if there.facts.is_empty else "set"
            yield Outcome(runtime, state, facts=there.facts, why=owner, same=same)


def _given_by_others(project: Project, name: str) -> str:
    if given_elsewhere(project, name):
        return "the given setting says that something else sets it"
    known = lookup(name) if never_missing(name) else None
    return f"{known.owner} sets it" if known else ""

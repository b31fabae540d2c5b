"""Where a variable comes from under each way to run the app, and which place wins."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from configvars.catalog import lookup, never_missing
from configvars.catalog.flask_keys import flask_key
from configvars.flask.story import KeyStory, key_stories
from configvars.model import Variable
from configvars.project import Project
from configvars.resolve.env_files import env_files_for, is_env_file
from configvars.resolve.env_places import is_test_file
from configvars.runs.givers import given_elsewhere
from configvars.runs.loaded import loaded_by_hand, loaded_by_programs
from configvars.runs.named import env_files_of, loaded_for_any_program, named_starts
from configvars.runs.outcomes import Outcome, State, outcome
from configvars.runs.ways import Run, local_runs, named_runs
from configvars.secret import ValueFacts


class Explanation(Struct, frozen=True):
    """All outcomes for one variable: the runs on this machine, then the Heroku apps.

    `stories` describe the key of that name in the configuration of each Flask app. A name that is only a
    Flask key has no outcomes. `other` is a file with code that gets the variable in another way than the code
    of which the outcomes are; None if there is none.
    """

    name: str
    outcomes: tuple[Outcome, ...]
    stories: tuple[KeyStory, ...] = ()
    other: str | None = None


def explain(project: Project, name: str, path: str | None = None, below: str = "") -> Explanation:
    """Explain a variable as the code in `path` gets it, or a key.

    By default this is the first code that reads it, if possible in the folder `below`.
    """
    stories = tuple(_told(project, name))
    if stories and not is_variable(project, name):
        return Explanation(name, (), stories)
    readers = _readers(project, name, below)
    seen_from = path or next(iter(readers), os.path.join(project.root, "app.py"))
    runs = [*local_runs(project, name, seen_from)]
    runs += [] if path else _of_other_readers(project, name, readers, runs)
    local = [_here(project, name, run, seen_from) for run in runs]
    other = None if path else _differing(project, name, readers[1:], local)
    if other is not None:
        of_runs = zip(runs, local, strict=True)
        local = [each if run.named else replace(each, seen_from=seen_from) for run, each in of_runs]
    here = next((outcome.facts for outcome in local if outcome.facts is not None), None)
    return Explanation(name, (*local, *_on_apps(project, name, here)), stories, other)


def _differing(project: Project, name: str, readers: Iterable[str], local: list[Outcome]) -> str | None:
    """The first reader, except tests, that a way to start code gives the variable from other lines."""
    known = {each.runtime: _lines_of(each) for each in local}
    for path in (each for each in readers if not is_test_file(each, project.root)):
        runs = (run for run in local_runs(project, name, path) if not run.named and run.name in known)
        if any(_lines_of(_here(project, name, run, path)) != known[run.name] for run in runs):
            return path
    return None


def _lines_of(outcome: Outcome) -> tuple[object, ...]:
    return outcome.state, outcome.by, outcome.maybe


def is_variable(project: Project, name: str) -> bool:
    """Whether anything here reads, sets or lists an environment variable of that name."""
    variable = Variable("env", name)
    read = next(project.index.references(variable), None)
    given = next(project.index.definitions(variable), None)
    return bool(read or given or any(name in app.variables for app in project.apps))


def _told(project: Project, name: str) -> Iterator[KeyStory]:
    """The apps in which the name is a key that code sets or reads."""
    variable = Variable("flask", name)
    is_used = any(project.index.references(variable)) or any(project.index.definitions(variable))
    if is_used or flask_key(name) is not None:
        for story in key_stories(project, name):
            if (
                story.winner
                or story.others
                or story.losers
                or story.readers
                or not is_variable(project, name)
            ):
                yield story


def _here(project: Project, name: str, run: Run, path: str) -> Outcome:
    found = outcome(project, name, run)
    if found.state != "unset":
        return found
    if run.named is None and (maybe := _maybe(project, path)):
        return replace(found, state="unknown", why="", maybe=maybe)
    why = found.why or _given_by_others(project, name)
    others = [] if why else list(_by_other_programs(project, name))
    if others:
        why = next((remark for program, remark in others if program != run.name), "")
    return replace(found, why=why or ("" if others else _not_loaded(project, name, run)))


def _maybe(project: Project, path: str) -> tuple[str, ...]:
    """The unreadable env files that something may load for a program which no file here names.

    What the setting `env-files` names counts, too: something loads it that configvars does not see.
    """
    files = project.index.files
    before = (file for _, file in loaded_for_any_program(project))
    by_setting = project.settings.env_files and env_files_for(path, files, project.root, project.settings)
    found = sorted({*before, *loaded_by_hand(project, path), *by_setting})
    return tuple(file for file in found if files[file].skipped)


def _by_other_programs(project: Project, name: str) -> Iterator[tuple[str, str]]:
    """The programs for which files of the project set the variable, each with a remark that says so.

    Such a file is a Makefile, the configuration of a test runner, or `.envrc`.
    """
    for named in named_starts(project):
        program = f"{named.start.label} ({project.relative(named.path)})"
        for path in env_files_of(project, named):
            found = project.index.files[path].definitions
            if any(each.variable.name == name and each.value is not None for each in found):
                yield program, f"{program} loads {project.relative(path)}, which has it"
        if any(gift.name == name for gift in named.start.given):
            yield program, f"{program} sets it"


def _not_loaded(project: Project, name: str, run: Run) -> str:
    """A remark that an env file sets the variable, but the run does not load it; empty if there is none."""
    loaded = {path for step in run.steps for path in step.paths}
    found = project.index.definitions(Variable("env", name))
    giving = {each.path for each in found if each.definition.value is not None} - loaded
    unloaded = sorted(project.relative(path) for path in giving if is_env_file(path, project.index.files))
    has = "has" if len(unloaded) == 1 else "have"
    by = "only other programs load it" if loaded_by_programs(project) & giving else "nothing here loads it"
    return f"{', '.join(unloaded)} {has} it, but {by}" if unloaded else ""


def _readers(project: Project, name: str, below: str) -> tuple[str, ...]:
    """The files of Python code that read a variable: those in a folder, or all if there are none."""
    found = (each.path for each in project.index.references(Variable("env", name)))
    readers = tuple(dict.fromkeys(path for path in found if project.index.files[path].kind == "python"))
    return tuple(path for path in readers if path.startswith(os.path.join(below, ""))) or readers


def _of_other_readers(project: Project, name: str, readers: Iterable[str], before: list[Run]) -> list[Run]:
    """The programs of the project whose files read the variable, without those in `before`."""
    seen = {(run.named.path, run.named.start) for run in before if run.named is not None}
    found: list[Run] = []
    for path in readers:
        for run in named_runs(project, name, path):
            if run.named is not None and (run.named.path, run.named.start) not in seen:
                seen.add((run.named.path, run.named.start))
                found.append(run)
    return found


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
        return "the setting `given` says that something else sets it"
    known = lookup(name) if never_missing(name) else None
    return f"{known.owner} sets it" if known else ""

"""`configvars explain NAME`: where one variable comes from, under each way to run the app."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from functools import partial

from configvars import shell_quoting
from configvars.catalog.libraries import is_of_library
from configvars.checks.library_use import LibraryUse
from configvars.checks.prefixes import prefix_readers
from configvars.cli.apps import ask_known
from configvars.cli.destination import destination
from configvars.cli.errors import CannotRun
from configvars.cli.opening import Opener, project_of, say
from configvars.cli.parser import did_you_mean
from configvars.cli.places import Places
from configvars.cli.pull_names import NAME_RULE
from configvars.cli.targets import current_folder, targets
from configvars.edits import is_writable_name
from configvars.features.explain import Explanation, explain, is_variable
from configvars.features.explain_flask import as_json as story_as_json
from configvars.features.explain_flask import readers
from configvars.features.explain_text import as_text, sentence
from configvars.features.unread_code import sentences, unread_code
from configvars.features.value_words import describe
from configvars.flask.env_files_as_keys import takers
from configvars.model import Variable
from configvars.printable import printable
from configvars.project import Project
from configvars.runs.givers import means
from configvars.runs.lines_of_step import Giver
from configvars.runs.outcomes import Outcome
from configvars.runs.proxies import proxies_of


def run(args: argparse.Namespace) -> int:
    """Explain a variable for the code in a file or a folder; returns 1 if nothing here knows the variable."""
    cwd = current_folder()
    _check_name(args.name, args.path, cwd)
    target = targets([] if args.path is None else [args.path], cwd)[0]
    timeout = Opener(args.config, args.isolated).heroku_timeout(target.root)
    apps = ask_known(args.apps, target.root, timeout)
    project = project_of(args, target.root, apps, cwd)
    asked = target.asked[0]
    path, below = (asked, "") if os.path.isfile(asked) else (None, asked)
    explanation = explain(project, args.name, path, below)
    where = destination(args)
    if args.output_format == "json":
        where.write_json(as_json(explanation, project))
    else:
        text = _shown(as_text(explanation, project))
        shown = [*text, *_other(explanation, project), *_readers(explanation, project)]
        where.write("\n".join([*shown, ""]))
        say(sentences(unread_code(project)))
    return int(not (is_variable(project, args.name) or explanation.stories))


def _check_name(name: str, path: str | None, cwd: str) -> None:
    """Raises `CannotRun` for an argument that is not a name, without showing it: it may be a value."""
    before, equals, _ = name.partition("=")
    if equals:
        what = f"{before} comes with a value" if is_writable_name(before) else "There is a value"
        raise CannotRun(f"{what}: explain takes only the name.")
    if not name.strip():
        raise CannotRun("The name is empty: `configvars inventory` lists the variables.")
    is_file = os.path.lexists(os.path.join(cwd, name))
    if path is None and is_file and not is_writable_name(name):
        raise CannotRun(f"{name} is a file or folder: explain takes the name of a variable first.")
    if path and not is_file and is_writable_name(path) and not os.path.lexists(os.path.join(cwd, path)):
        raise CannotRun(f"explain takes one name and then a path, and {path} is not a file or folder here.")
    if path and not os.path.lexists(os.path.join(cwd, path)) and is_file:
        raise CannotRun(f"The name comes first: `configvars explain {shell_quoting.command(path, name)}`.")


def _shown(text: str) -> Iterator[str]:
    return (printable(line) for line in text.split("\n"))


def _other(explanation: Explanation, project: Project) -> Iterator[str]:
    """A line that says how to see what code in another file gets, if that differs."""
    if explanation.other is not None:
        path = project.relative(explanation.other)
        command = shell_quoting.command("configvars", "explain", explanation.name, path)
        yield printable(f"  different for {path}: `{command}` shows it")


def _libraries(name: str, project: Project) -> Iterator[str]:
    """A sentence on the library that reads the variable by itself, of this project or any other."""
    use = LibraryUse(project)
    for each in use.readers(name):
        yield f"{each.called} reads it by itself ({each.source} of version {each.version})."
    for each in filter(partial(is_of_library, name), use.unmentioned(name)):
        yield f"{each.called} reads this name, but this project does not use {each.called}."


def _readers(explanation: Explanation, project: Project) -> Iterator[str]:
    """A line for each place that reads the variable or key, or one line that says that there is none."""
    places = Places(project)
    name = explanation.name
    found = list(project.index.references(Variable("env", name)))
    if not found:  # fields of pydantic's settings classes ignore case
        alike = project.index.references(Variable("env", name.upper()))
        found = [each for each in alike if means(each.reference, name)]
    of_flask = dict.fromkeys(line for story in explanation.stories for line in readers(story, project))
    yield from (f"  {printable(line)}" for line in of_flask)
    proxies = proxies_of(project, name) if is_variable(project, name) else ()
    for proxy in proxies:
        place = printable(places.at(proxy.path, proxy.definition.span))
        other = printable(proxy.definition.variable.name)
        yield f"  django-environ reads it for {other}, whose value at {place} is its name"
    by_prefix = [] if found else list(prefix_readers(project, name))
    taken = () if found else tuple(takers(project, name))
    yield from (f"  read at {printable(places.at(one.path, one.span))} (dotenv_values)" for one in taken)
    for reader, what in by_prefix:
        place = project.relative(reader) if isinstance(reader, str) else places.at(*reader)
        yield f"  read {'in' if isinstance(reader, str) else 'at'} {printable(place)} ({what})"
    if not found and not of_flask and not proxies and not by_prefix and not taken:
        near = (
            "" if explanation.stories or is_variable(project, name) else did_you_mean(name, _names(project))
        )
        said = next(_libraries(name, project), printable(near))
        rule = "" if is_writable_name(name) else f"It cannot be the name of a config var: {NAME_RULE}. "
        yield f"No code here reads it. {rule}{said}".rstrip()
    for each in found:
        need = f", {each.reference.need}" if each.reference.need else ""
        place = printable(places.at(each.path, each.reference.span))
        yield f"  {each.reference.access} at {place} ({each.reference.idiom}{need})"


def _names(project: Project) -> list[str]:
    known = {
        each.name for each in (*project.index.referenced(), *project.index.defined()) if each.scope == "env"
    }
    return sorted(known.union(*(app.variables for app in project.apps)))


def as_json(explanation: Explanation, project: Project) -> dict[str, object]:
    """An explanation as JSON: states, places and words, but no values."""
    return {
        "version": 1,
        "name": explanation.name,
        "outcomes": [_outcome(outcome, project) for outcome in explanation.outcomes],
        "flask": [story_as_json(story, project) for story in explanation.stories],
        "skipped": list(unread_code(project)),
    }


def _outcome(outcome: Outcome, project: Project) -> dict[str, object]:
    return {
        "runtime": outcome.runtime,
        "state": outcome.state,
        "by": _giver(outcome.by, project) if outcome.by else None,
        "shadowed": [_giver(giver, project) for giver in outcome.shadowed],
        "about": describe(outcome.facts) if outcome.facts else None,
        "same": outcome.same,
        "maybe": [project.relative(path) for path in outcome.maybe],
        "message": printable(sentence(outcome, project)),
    }


def _giver(giver: Giver, project: Project) -> dict[str, object]:
    return {"path": project.relative(giver.path), "line": giver.line}

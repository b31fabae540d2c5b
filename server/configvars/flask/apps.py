"""The Flask apps of a project with their effective configurations, computed on demand."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from configvars.catalog.flask_extensions import understood
from configvars.flask.effective import EffectiveApp, Giving, Opening, Prefixed, Taking
from configvars.flask.files import keys_of_file
from configvars.flask.imported_app import is_of_imported
from configvars.flask.named_files import with_named_files
from configvars.flask_model import ConfigKey, ConfigStep, FlaskFacts
from configvars.limits import Hits
from configvars.names.scopes import FUNCTIONS
from configvars.project import Project
from configvars.resolve.env_files import is_test_file
from configvars.resolve.flask_app import AppEvent, FlaskApp, LoadedStep, PassedApp
from configvars.resolve.flask_walk import flask_apps
from configvars.text import Place, Span

_WHY = {
    "argument": "receives a value that is not known here",
    "caller": "receives a value that the caller decides",
    "module": "loads a module that is not in this folder",
    "class": "loads names that are not in this folder",
    "file": "loads a file that is not in this folder",
    "variable": "loads a file that a variable names",
}


def effective_apps(project: Project) -> tuple[EffectiveApp, ...]:
    """The apps that the folder's code creates, without those of its tests."""
    return project.answered("flask apps", lambda: tuple(_found(project)))


def has_apps(project: Project) -> bool:
    """Whether the folder's code creates any app, apart from its tests."""
    return project.answered("has flask apps", lambda: bool(effective_apps(project)))


def apps_of(project: Project, path: str) -> tuple[EffectiveApp, ...]:
    """The apps that "the app" in the code of `path` may mean: its own, those next to it, or all."""
    apps = effective_apps(project)
    own = tuple(app for app in apps if path in app.paths)
    if own:
        return own
    folders = project.answered("flask folders", lambda: _folders(project, effective_apps(project)))
    near = [(len(folder), app) for folder, app in folders if _is_within(path, folder)]
    deepest = max((depth for depth, _ in near), default=0)
    return tuple(app for depth, app in near if depth == deepest) or apps


def limits_met(project: Project, path: str) -> tuple[tuple[str, int], ...]:
    """The exceeded limits of a file, with the number of times: in reading it and in following its apps."""
    facts, followed = project.index.files.get(path), _walked(project)[1].get(path)
    counts = Counter(dict(facts.limits if facts is not None else ()))
    counts.update(dict(followed.counts if followed is not None else ()))
    return tuple(sorted(counts.items()))


def _walked(project: Project) -> tuple[tuple[FlaskApp, ...], dict[str, Hits]]:
    def walk() -> tuple[tuple[FlaskApp, ...], dict[str, Hits]]:
        met: dict[str, Hits] = {}
        return flask_apps(with_named_files(project, _files(project)), met), met

    return project.answered("flask walk", walk)


def _files(project: Project) -> dict[str, FlaskFacts]:
    kinds = project.index.each("kind")
    return {
        path: facts
        for path, facts in project.index.each("flask").items()
        if kinds[path] == "python" and not is_test_file(path, project.root)
    }


def _folders(project: Project, apps: Iterable[EffectiveApp]) -> list[tuple[str, EffectiveApp]]:
    """The apps that code of other files may mean, with the folders that contain it.

    An app that is created only after an exception, to report it, has no views of other files.
    """
    return [(os.path.dirname(app.path), app) for app in apps if not _is_fallback(project, app)]


def _is_fallback(project: Project, app: EffectiveApp) -> bool:
    tree = project.tree_of(app.path)
    node = tree.root.descendant_for_byte_range(tree.byte(app.span.start), tree.byte(app.span.end))
    while node is not None and node.type not in FUNCTIONS:
        if node.type == "except_clause":
            return True
        node = node.parent
    return False


def _is_within(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip(os.sep) + os.sep)


def apps_with(project: Project, tests: Mapping[str, FlaskFacts]) -> Iterator[tuple[str, EffectiveApp]]:
    """The apps as each of some test files has them: with what it does to an app, without other tests.

    Only the apps that the test file sets a key of.
    """
    walked = flask_apps(with_named_files(project, {**_files(project), **tests}), {}) if tests else ()
    for app in walked:
        if app.path in tests or app.flow.made is None:
            continue
        touched = {*_touched(app.events), *_touched(app.others)}
        for path in filter(touched.__contains__, tests):
            others = tests.keys() - {path}
            known = (event for event in app.events if event.path not in others)
            of_test = (event for event in app.others if event.path == path)
            imported = (event for event in of_test if is_of_imported(project, app, event))
            yield path, _effective(project, replace(app, events=(*known, *imported), others=()), None)


def _touched(events: Iterable[AppEvent]) -> Iterator[str]:
    """The files of some statements, and those that contain the keys that they set."""
    for event in events:
        yield event.path
        if isinstance(event, LoadedStep):
            yield from (key.path for key in event.keys)


def _found(project: Project) -> Iterator[EffectiveApp]:
    is_special = next((path for path, facts in _files(project).items() if facts.own_class), None)
    for app in _walked(project)[0]:
        if app.flow.made is not None or app.flow.of_class:
            yield _effective(project, app, is_special)


def _effective(project: Project, app: FlaskApp, special: str | None) -> EffectiveApp:
    span = app.flow.made or Span(0, 0)
    openings = [*_openings(project, app.events), *_openings(project, app.others)]
    if special is not None:
        openings.append(Opening(special, Span(0, 0), "a custom class provides the configuration"))
    return EffectiveApp(
        app.path,
        span,
        _by_key(_givings(project, app.events)),
        _by_key(replace(giving, sure=False) for giving in _givings(project, app.others)),
        tuple(_takings((*app.events, *app.others))),
        tuple(openings),
        tuple(
            Prefixed(event.step.prefix, order, Place(event.path, event.step.span))
            for order, event in enumerate((*app.events, *app.others))
            if isinstance(event, LoadedStep) and event.step.prefix is not None
        ),
        app.paths,
        tuple(event for event in app.steps if event.step.feed.above),
    )


def _by_key(givings: Iterable[Giving]) -> dict[str, tuple[Giving, ...]]:
    found: dict[str, list[Giving]] = {}
    for giving in givings:
        found.setdefault(giving.name, []).append(giving)
    return {name: tuple(several) for name, several in found.items()}


def _givings(project: Project, events: tuple[AppEvent, ...]) -> Iterator[Giving]:
    for order, event in enumerate(events):
        if isinstance(event, LoadedStep):
            for key in (*event.keys, *(keys_of_file(project, event) or ())):
                yield _giving(event, key, order)


def _giving(event: LoadedStep, key: ConfigKey, order: int) -> Giving:
    step: ConfigStep = event.step
    own = isinstance(key.place, Place)
    return Giving(
        key.name,
        key.path if own else event.path,
        key.span if own else step.span,
        step.method,
        event.path,
        step.span,
        order,
        key.kinds or ("unknown",),
        key.value,
        key.made_anew,
        not event.conditional,
        event.in_main,
        event.later,
    )


def _takings(events: tuple[AppEvent, ...]) -> Iterator[Taking]:
    for order, event in enumerate(events):
        if isinstance(event, PassedApp):
            extension = understood(event.escape.callee, event.escape.what, event.escape.word)
            if extension is not None and extension.package:
                yield Taking(extension, event.path, event.escape, order, not event.conditional, event.in_main)


def _openings(project: Project, events: tuple[AppEvent, ...]) -> Iterator[Opening]:
    for event in events:
        if isinstance(event, PassedApp):
            escape = event.escape
            if understood(escape.callee, escape.what, escape.word) is None:
                what = "the app" if escape.what == "app" else "app.config"
                name = escape.callee or escape.word or "a call"
                yield Opening(event.path, escape.span, f"{what} is passed to {name}, which is not known here")
        elif event.opens is not None and not (
            event.opens == "file" and keys_of_file(project, event) is not None
        ):
            name = event.step.method
            yield Opening(event.path, event.step.span, f"{name} {_WHY[event.opens]}")

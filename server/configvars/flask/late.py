"""Keys that are set too late to have an effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from msgspec import Struct

from configvars.catalog.flask_keys import flask_key
from configvars.flask.apps import apps_with, effective_apps
from configvars.flask.effective import EffectiveApp
from configvars.flask.needs import lacks
from configvars.flask.servers import importing_server
from configvars.flask_model import ConfigStep, FlaskFacts
from configvars.model import Place, Variable
from configvars.project import Project
from configvars.resolve.env_files import is_test_file


class Late(Struct, frozen=True):
    """A key that is set too late: where, why, and what came before.

    `package` and `since`: this applies from this version of a package on; empty if it always applies.
    """

    name: str
    place: Place
    why: str
    before: Place
    before_what: str
    package: str = ""
    since: str = ""


def late_keys(project: Project, path: str) -> Iterable[Late]:
    """The late keys in a file, one for each place."""

    def find() -> dict[str, list[Late]]:
        found: dict[str, list[Late]] = {}
        for one in {one.place: one for one in _late(project)}.values():
            found.setdefault(one.place.path, []).append(one)
        return found

    return project.answered_for(path, "flask late", find) or ()


def _late(project: Project) -> Iterator[Late]:
    for app in effective_apps(project):
        yield from _taken_before(app)
        yield from _below(project, app)
    yield from _in_main(project)
    yield from _in_tests(project)


def _taken_before(app: EffectiveApp) -> Iterator[Late]:
    """Keys that an extension has already read, unless it is initialised again afterwards."""
    last = {taking.extension.package: taking for taking in app.takings if not taking.in_main}
    for taking in last.values():
        for name in taking.extension.takes if taking.sure else ():
            for giving in app.givings.get(name, ()):
                is_plain = giving.method != "setdefault" and not giving.only_none
                if giving.order > taking.order and is_plain:
                    word = taking.extension.name
                    yield Late(
                        name,
                        Place(giving.path, giving.span),
                        f"{word} already read it when it was initialised with the app",
                        Place(taking.path, taking.escape.span),
                        f"{word} is initialised with the app here",
                        taking.extension.package.replace("_", "-"),
                        taking.extension.takes_since,
                    )


def _in_tests(project: Project) -> Iterator[Late]:
    """Keys that a test sets on an app that the code has already initialised the extension with."""
    taken = {
        name for app in effective_apps(project) for taking in app.takings for name in taking.extension.takes
    }
    kinds = project.index.each("kind")
    tests = {
        path: facts
        for path, facts in project.index.each("flask").items()
        if taken and kinds[path] == "python" and is_test_file(path, project.root) and _sets(facts, taken)
    }
    for path, app in apps_with(project, tests):
        yield from (late for late in _taken_before(app) if late.place.path == path)


def _sets(facts: FlaskFacts, names: AbstractSet[str]) -> bool:
    """Whether a file sets one of some keys of an app by a statement that names it."""
    steps = (event for flow in facts.flows for event in flow.events if isinstance(event, ConfigStep))
    return any(key.name in names for step in steps for key in step.feed.keys)


def _below(project: Project, app: EffectiveApp) -> Iterator[Late]:
    """The names of a module that are set below `from_object(__name__)`."""
    for loaded in app.above:
        facts = project.index.files.get(loaded.path)
        modules = [one for one in facts.flask.objects if not one.name] if facts is not None else []
        for key in (key for one in modules for key in one.keys):
            is_below = key.span.start > loaded.step.span.start
            if is_below and not app.outcomes(key.name) and _is_meant(project, key.name):
                yield Late(
                    key.name,
                    Place(key.path, key.span),
                    "from_object(__name__) has loaded only the names above it",
                    Place(loaded.path, loaded.step.span),
                    "The names above this line are loaded here",
                )


def _is_meant(project: Project, name: str) -> bool:
    """Whether a name is a configuration key, and not an ordinary constant of the module."""
    is_used = next(project.index.references(Variable("flask", name)), None) is not None
    return is_used or flask_key(name) is not None


def _in_main(project: Project) -> Iterator[Late]:
    """Keys that only `python FILE` sets, although a feature needs them and a server imports the app."""
    for lack in lacks(project):
        for giving in lack.too_late:
            server = importing_server(project, lack.app.path) if giving.in_main else None
            if server is not None:
                yield Late(
                    giving.name,
                    Place(giving.path, giving.span),
                    f"a server that imports the app does not run this block; {lack.requirement.fails}",
                    lack.use.place,
                    "It is needed here",
                )

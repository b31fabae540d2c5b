"""The keys of `app.config` that extensions and views need, and that are empty without a variable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from configvars.catalog.flask_extensions import Requirement, requirements
from configvars.pinned import is_older
from configvars.resolve.env_files import is_test_file
from configvars.runs.replaced import is_replaced
from configvars.runs.starting.clients import local_without
from configvars.runs.starting.endings import Use
from configvars.runs.starting.flask_config import lacks
from configvars.runs.starting.machine import Machine
from configvars.runs.starting.values import NO_READS, UNKNOWN, FlaskApp, Module, Reads, Table, Value
from configvars.syntax.python import Node
from configvars.text import Place


def initialised(machine: Machine, module: Module, node: Node, path: str, given: Iterable[Value]) -> None:
    """Note what an extension needs at once that gets an app: `SQLAlchemy(app)`, `db.init_app(app)`."""
    given = tuple(given)
    feature = path.removesuffix(".init_app").removesuffix("()")
    package = feature.partition(".")[0]
    for each in given:
        if not isinstance(each.known, FlaskApp):
            continue
        each.known.extensions.add(package)
        requirement = requirements().get(feature)
        if requirement is not None and requirement.at_once and _counts(machine, requirement, module.path):
            machine.fail(module, node, lacking(machine, each.known, requirement))
            machine.fail(module, node, binds_without(machine, each.known))
        if feature == "flask_sqlalchemy.SQLAlchemy" and isinstance(each.known.config.known, Table):
            place = Place(module.path, module.tree.span(node))
            reads = local_without(machine, each.known.config.known.items.get("SQLALCHEMY_DATABASE_URI"))
            machine.clients += [(read, feature, Use(place, later=True, local=True)) for read in reads]


def used_later(machine: Machine, paths: Iterable[str]) -> None:
    """Note what views and forms need from the app, such as a key to sign the session.

    `paths` are the files that the program may load. If it makes several apps, it is not known which is used.
    """
    if len(machine.apps) != 1:
        return
    app = machine.apps[0]
    for path in sorted(paths):
        facts = machine.project.index.files.get(path)
        if facts is None or is_test_file(path, machine.project.root):
            continue
        for use in facts.flask.uses:
            requirement = requirements().get(use.feature)
            if requirement is None or not _counts(machine, requirement, path):
                continue
            if is_replaced(machine.project, requirement):
                continue
            names = {name for name, _ in use.options}
            if names.isdisjoint((*requirement.options, "*")):
                machine.fail_at(Place(path, use.span), lacking(machine, app, requirement))


def _counts(machine: Machine, requirement: Requirement, path: str) -> bool:
    """Whether the version of the package that the project requires needs the key."""
    since = tuple(int(part) for part in requirement.since.split(".") if part)
    return not since or not is_older(machine.project, requirement.package, since, path)


def lacking(machine: Machine, app: FlaskApp, requirement: Requirement) -> Reads:
    """The variables without which an app has none of the keys that a feature needs."""
    config = app.config.known
    if not isinstance(config, Table) or config.open or not app.extensions.isdisjoint(requirement.handed):
        return NO_READS
    if any(key in config.items for key in requirement.unless):
        return NO_READS
    found = NO_READS
    for key in requirement.needs:
        value = config.items.get(key)
        if value is None:
            found |= lacks(config, key)
            continue
        reads = machine.false_without(value)
        if not reads and value.truth is not False and not _names_no_engine(key, value):
            return NO_READS
        found |= reads
    return found


def _names_no_engine(key: str, value: Value) -> bool:
    """Whether options of the engine do not contain a URL, or no further database is bound."""
    match value.known:
        case Table(items, open=False):
            return "url" not in items if key == "SQLALCHEMY_ENGINE_OPTIONS" else not items
        case _:
            return False


def brings_engine(named_ones: Mapping[str, Value]) -> bool:
    """Whether the arguments of `SQLAlchemy(…)` may contain the URL of the database."""
    options = named_ones.get("engine_options")
    return options is not None and not _names_no_engine("SQLALCHEMY_ENGINE_OPTIONS", options)


def binds_without(machine: Machine, app: FlaskApp) -> Reads:
    """The variables without which one of the bound databases has no URL."""
    config = app.config.known
    if not isinstance(config, Table) or config.open or "flask_sqlalchemy" not in app.extensions:
        return NO_READS
    found = NO_READS
    binds = config.items.get("SQLALCHEMY_BINDS", UNKNOWN).known
    for value in binds.items.values() if isinstance(binds, Table) and not binds.open else ():
        url = value.known.items.get("url", UNKNOWN) if isinstance(value.known, Table) else value
        found |= machine.none_without(url) | machine.empty_without(url)
    return found

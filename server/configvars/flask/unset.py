"""Keys that code uses although no step of any app can set them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from configvars.catalog.flask_extensions import extensions
from configvars.catalog.flask_keys import removed_keys
from configvars.flask.apps import apps_of
from configvars.flask.effective import EffectiveApp
from configvars.project import Project
from configvars.syntax.python_order import MODULE, NEVER
from configvars.text import Place


def set_nowhere(project: Project, path: str) -> frozenset[str]:
    """The keys that code in `path` uses and no app for it can have: all are closed, and none sets them."""
    return project.answered(f"set nowhere, {path}", lambda: frozenset(_set_nowhere(project, path)))


def _set_nowhere(project: Project, path: str) -> Iterable[str]:
    facts = project.index.files.get(path)
    reads = facts.references if facts is not None else ()
    names = {one.variable.name for one in reads if one.variable.scope == "flask"} - removed_keys().keys()
    apps = apps_of(project, path) if names else ()
    lacking = (name for name in names if apps and all(_lacks(app, name) for app in apps))
    return (name for name in lacking if not _is_of_extension(project, name))


def _lacks(app: EffectiveApp, name: str) -> bool:
    return app.is_closed and not app.prefixes and not app.is_given(name)


def _is_of_extension(project: Project, name: str) -> bool:
    """Whether an extension that the folder uses may set a key: one gets the app with its blueprint only."""
    return any(one.may_give(name) and _uses(project, package) for package, one in extensions().items())


def _uses(project: Project, package: str) -> bool:
    return project.code.anywhere(f"uses {package}", lambda text: package in text)


def first_below(project: Project, path: str, name: str, offset: int) -> Place | None:
    """The first statement that sets a key, if code at an offset runs before all that can set it; else None.

    They are below it in the same body, or in a package below the import of the module with the code.
    """
    apps = apps_of(project, path)
    is_open = any(not app.is_closed or app.sets_itself(name) for app in apps)
    steps = [] if is_open or name in removed_keys() else [list(_steps(app, name)) for app in apps]
    every = [step for found in steps for step in found]
    if not every or not all(steps) or len({step.path for step in every}) > 1:
        return None
    first = min(every, key=lambda step: step.span)
    order = project.code.order(first.path)
    start = offset if first.path == path else _imported_at(project, first.path, path, offset)
    if start is None or (body := order.where(start).body) == NEVER:
        return None
    are_below = all(s.span.start > start and order.where(s.span.start).body == body for s in every)
    return first if are_below else None


def _imported_at(project: Project, package: str, path: str, offset: int) -> int | None:
    """The offset in a package at which it certainly imports a module of its own; None if there is none.

    Also None if the code at `offset` in the module does not run at the import.
    """
    is_inside = path.startswith(package.removesuffix("__init__.py"))
    if not package.endswith(f"{os.sep}__init__.py") or not is_inside:
        return None
    if project.code.order(path).where(offset).body != MODULE:
        return None
    for step in project.code.order(package).steps.get(MODULE, ()):
        imported = step.imports
        if imported is not None and path in project.code.runs_at_import(package, imported):
            return step.at if step.where.certain else None
    return None


def _steps(app: EffectiveApp, name: str) -> Iterator[Place]:
    for giving in (*app.givings.get(name, ()), *app.stray.get(name, ())):
        yield Place(giving.step_path, giving.step_span)
    yield from (one.place for one in app.prefixes)


def elsewhere(project: Project, path: str, name: str) -> list[tuple[str, int]]:
    """The places that set the key in a class or module that is not loaded."""
    return [
        (file, key.span.start)
        for file, facts in sorted(project.index.each("flask").items())
        for one in facts.objects
        for key in one.keys
        if key.name == name and one.name
    ]

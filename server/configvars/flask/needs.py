"""Features that the code uses, and whether each app sets the keys that they need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from configvars.catalog.flask_extensions import Requirement, requirements
from configvars.flask.apps import apps_of, effective_apps
from configvars.flask.effective import EffectiveApp, Giving
from configvars.flask.engines import passes_engine
from configvars.model import Access, FileFacts, Place, Reference, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import is_test_file
from configvars.runs.replaced import is_replaced
from configvars.text import Span

# An explicit None is intentional: `getenv("X", None)`, `getenv("X") or None`, `x: str | None = None`.
NONE_BEHIND = lazy_pattern(
    r"""['"]\s*,\s*(?:default\s*=\s*)?None\s*[,)]|['"]\s*\)\s*or\s+None\b|\s*:[^=\n#]+=\s*(?:\w+\(\s*(?:default\s*=\s*)?)?None\b"""
)

_SQLALCHEMY = "flask_sqlalchemy.SQLAlchemy"
_EMPTY = frozenset({"''", '""', "b''", 'b""'})


class Use(Struct, frozen=True):
    """A use of a feature. `order` is its position among the app's steps, None if it happens later."""

    feature: str
    place: Place
    options: tuple[tuple[str, str], ...] = ()
    order: int | None = None


class Lack(Struct, frozen=True):
    """A key that a used feature needs and that no step of an app sets in time.

    `too_late` are the steps that set it too late, or only for `python FILE`.
    """

    app: EffectiveApp
    requirement: Requirement
    use: Use
    too_late: tuple[Giving, ...] = ()


def lacks(project: Project) -> tuple[Lack, ...]:
    """The missing keys of the apps of a project, one for each key and app, at the first use."""
    return project.answered("flask needs", lambda: tuple(_lacks(project)))


def needed_keys(project: Project, app: EffectiveApp) -> Iterator[tuple[Requirement, Use]]:
    """The requirements of the features that an app's code uses, unless something makes them unnecessary."""
    handed = {taking.extension.package for taking in app.takings}
    for use in _uses(project, app):
        requirement = requirements().get(use.feature)
        if requirement is None or not handed.isdisjoint(requirement.handed):
            continue
        if is_replaced(project, requirement):
            continue
        names = {name for name, _ in use.options}
        is_needless = not names.isdisjoint((*requirement.options, "*"))
        if requirement.feature == _SQLALCHEMY and passes_engine(project):
            continue
        if not is_needless and not any(app.outcomes(key) for key in requirement.unless):
            yield requirement, use


def _lacks(project: Project) -> Iterator[Lack]:
    for app in effective_apps(project):
        seen: set[str] = set()
        for requirement, use in needed_keys(project, app) if app.is_closed and not app.prefixes else ():
            if requirement.needs[0] in seen:
                continue
            lack = _lack(project, app, requirement, use)
            if lack is not None:
                seen.add(requirement.needs[0])
                yield lack


def _lack(project: Project, app: EffectiveApp, requirement: Requirement, use: Use) -> Lack | None:
    too_late: list[Giving] = []
    is_at_once = use.order is not None and requirement.at_once
    for key in requirement.needs:
        outcomes = app.outcomes(key, as_program=True)
        for giving in (*app.stray.get(key, ()), *app.givings.get(key, ())):
            is_overwritten = not is_at_once and giving not in outcomes
            if giving.only_none or is_overwritten or is_empty(project, giving):
                continue
            is_late = is_at_once and giving.order > (use.order or 0)
            if not is_late and not giving.in_main:
                return None
            too_late.append(giving)
    return Lack(app, requirement, use, tuple(too_late))


def is_empty(project: Project, giving: Giving) -> bool:
    """Whether a step sets its key to an empty string, which no feature accepts as a key."""
    text = project.text_of(giving.path) if giving.value is not None else None
    return text is not None and giving.value is not None and giving.value.of(text) in _EMPTY


def _uses(project: Project, app: EffectiveApp) -> Iterator[Use]:
    for taking in app.takings:
        for feature in requirements():
            if taking.escape.callee in (feature, f"{feature}().init_app") and not taking.in_main:
                place = Place(taking.path, taking.escape.span)
                yield Use(feature, place, taking.escape.options, taking.order)
    for use, apps in project.answered("flask uses", lambda: tuple(_written(project))):
        if app in apps:
            yield use


def _written(project: Project) -> Iterator[tuple[Use, tuple[EffectiveApp, ...]]]:
    """The uses in the code of files, each with the apps that it may mean."""
    for path, facts in sorted(project.index.each("flask").items()):
        if facts.uses and not is_test_file(path, project.root):
            apps = apps_of(project, path)
            for one in facts.uses:
                yield Use(one.feature, Place(path, one.span), one.options), apps


def is_unimportant(project: Project, path: str, key: str, value: Span) -> bool:
    """Whether no app keeps the value that code in `path` sets for a key, or needs the key.

    A later step may set it (`from_file`), and Flask-Session or a class of the project may keep the session.
    """
    apps = apps_of(project, path)
    return bool(apps) and all(_is_unimportant(project, app, path, key, value) for app in apps)


def _is_unimportant(project: Project, app: EffectiveApp, path: str, key: str, value: Span) -> bool:
    writes = (*app.givings.get(key, ()), *app.stray.get(key, ()))
    mine = [one for one in writes if one.path == path and one.value is not None and one.value.overlaps(value)]
    if mine and not any(one in app.outcomes(key) for one in mine):
        return True
    keeps_session = requirements()["flask.session"]
    if key not in keeps_session.needs:
        return False
    handed = {taking.extension.package for taking in app.takings}
    is_kept = not handed.isdisjoint(keeps_session.handed) or is_replaced(project, keeps_session)
    return is_kept and not _is_needed(project, app, key)


def is_needed(project: Project, path: str, key: str) -> bool:
    """Whether code reads a key itself, or uses a feature that needs it and that no other key replaces.

    The key is one of an app in `path`.
    """
    return _is_read(project, key) or any(_is_needed(project, app, key) for app in apps_of(project, path))


def _is_read(project: Project, key: str) -> bool:
    found = project.index.references(Variable("flask", key))
    return any(
        one.reference.access is Access.READ and not is_test_file(one.path, project.root) for one in found
    )


def _is_needed(project: Project, app: EffectiveApp, key: str) -> bool:
    for requirement, _ in needed_keys(project, app):
        others = (giving for other in requirement.needs if other != key for giving in app.outcomes(other))
        if key in requirement.needs and all(giving.only_none for giving in others):
            return True
    return False


def needed_reads(project: Project, path: str) -> Mapping[Span, str]:
    """The reads in a file that alone set a key which a used feature needs, each with what fails without it.

    The keys are the spans of the names. A read with a default of its own, even None, is not included.
    """

    def find() -> dict[str, dict[Span, str]]:
        found: dict[str, dict[Span, str]] = {}
        for each, span, why in _needed_reads(project):
            found.setdefault(each, {})[span] = why
        return found

    return project.answered_for(path, "flask reads", find) or {}


def _needed_reads(project: Project) -> Iterator[tuple[str, Span, str]]:
    for app in effective_apps(project):
        for requirement, _ in needed_keys(project, app) if not app.prefixes else ():
            givings = [giving for key in requirement.needs for giving in app.outcomes(key)]
            if len(givings) == 1 and (app.is_closed or givings[0].sure):
                for reference in feeding(project, givings[0]):
                    why = f"without {givings[0].name} in app.config, {requirement.fails}"
                    yield givings[0].path, reference.span, why


def feeding(project: Project, giving: Giving) -> Iterator[Reference]:
    """The single read whose unchanged string is the value of a key."""
    facts = project.index.files.get(giving.path)
    if facts is None or giving.value is None or not set(giving.kinds) <= {"environment", "none"}:
        return
    if _is_of_tests(facts, giving):
        return
    inside = [
        one
        for one in facts.references
        if one.variable.scope == "env" and giving.value.start <= one.span.start < giving.value.end
    ]
    text = project.text_of(giving.path) or ""
    if len({one.variable for one in inside}) == 1:
        yield from (one for one in inside if not NONE_BEHIND.match(text, one.span.end))


def _is_of_tests(facts: FileFacts, giving: Giving) -> bool:
    """Whether the name of the class that sets a key says that it is for tests."""
    around = (one.name for one in facts.flask.objects if any(key.span == giving.span for key in one.keys))
    return any("test" in name.lower() for name in around)

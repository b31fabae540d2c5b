"""The history of one configuration key in each app: what sets it, what wins, and what reads it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from configvars.catalog.flask_keys import flask_key
from configvars.flask.apps import apps_of, effective_apps
from configvars.flask.effective import EffectiveApp, Giving, Opening, Taking
from configvars.flask_model import ValueKind
from configvars.index import LocatedReference
from configvars.model import Place, Reference, Variable
from configvars.project import Project
from configvars.resolve.env_files import is_test_file
from configvars.text import Span


class KeyStory(Struct, frozen=True):
    """A key in the effective configuration of one app.

    `app` is the call that creates the app. `winner` is the step whose value counts, None if no step of the
    code sets the key; `others` may win instead, because of a condition or an unknown order; `losers` are
    overwritten, or run only if the file is the main program. `kinds` are the possible kinds of the value.
    `variables` are the environment variables in the winner's value. `prefixed` are the variables that
    `from_prefixed_env` loads for the key after the winner, `overwritten` those that the winner overwrites.
    `default_of` is who sets the key if no step does: "Flask", or the package of an extension; empty if nobody
    does. `takings` are the calls that pass the app to an extension
    that reads the key at that moment only. `is_closed`: no unknown step can set the key; `openings` are steps
    that may. `readers` are the uses in code that may mean this app, without tests.
    """

    name: str
    app: Place
    winner: Giving | None
    others: tuple[Giving, ...]
    losers: tuple[Giving, ...]
    kinds: tuple[ValueKind, ...]
    variables: tuple[str, ...]
    prefixed: tuple[str, ...]
    overwritten: tuple[str, ...]
    default_of: str
    takings: tuple[Taking, ...]
    is_closed: bool
    openings: tuple[Opening, ...]
    readers: tuple[LocatedReference, ...]


def key_stories(project: Project, name: str) -> tuple[KeyStory, ...]:
    """The effective configuration of a key for each app of the folder; nothing if there is no app."""
    return tuple(_story(project, app, name) for app in effective_apps(project))


def _story(project: Project, app: EffectiveApp, name: str) -> KeyStory:
    *others, winner = app.outcomes(name) or (None,)
    possible = [giving for giving in (*others, winner) if giving is not None]
    is_certain = winner is not None and not others and winner.sure and winner.method != "setdefault"
    certain_from = winner.order if winner is not None and is_certain else 0
    every = (*app.stray.get(name, ()), *app.givings.get(name, ()))
    return KeyStory(
        name,
        Place(app.path, app.span),
        winner,
        tuple(giving for giving in others if giving is not None),
        tuple(giving for giving in every if giving not in possible),
        tuple(sorted({kind for giving in possible for kind in giving.kinds})),
        tuple(dict.fromkeys(r.variable.name for r in variables_of(project, winner))),
        tuple(f"{one.prefix}_{name}" for one in app.prefixes if one.order >= certain_from),
        tuple(f"{one.prefix}_{name}" for one in app.prefixes if one.order < certain_from),
        _default_of(app, name),
        tuple(taking for taking in app.takings if name in taking.extension.takes),
        app.is_closed,
        app.openings,
        tuple(_readers(project, app, name)),
    )


def variables_of(project: Project, giving: Giving | None) -> Iterator[Reference]:
    """The reads of the environment in the value of a step."""
    span: Span | None = giving.value if giving is not None else None
    facts = project.index.files.get(giving.path) if giving is not None else None
    for reference in facts.references if facts is not None and span is not None else ():
        is_inside = span is not None and span.start <= reference.span.start < span.end
        if is_inside and reference.variable.scope == "env":
            yield reference


def _default_of(app: EffectiveApp, name: str) -> str:
    key = flask_key(name)
    if key is not None and key.owner == "Flask":
        return "Flask"
    return next((t.extension.package for t in app.takings if t.extension.may_give(name)), "")


def _readers(project: Project, app: EffectiveApp, name: str) -> Iterator[LocatedReference]:
    for found in project.index.references(Variable("flask", name)):
        if not is_test_file(found.path, project.root) and app in apps_of(project, found.path):
            yield found

"""How much code needs an environment variable in its project."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from configvars.flask.apps import apps_of
from configvars.flask.effective import EffectiveApp
from configvars.flask.needs import needed_reads
from configvars.model import FileFacts, Need, Reference, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.flask_lent import LENT
from configvars.runs.only_bases import is_only_of_base
from configvars.text import Span

_PYDANTIC = "pydantic-settings"
PREFIXED = "from_prefixed_env"
_ITEMS = lazy_pattern(r"(?=__)")
_RAISING = ("app.config[]", "app.config.pop", LENT)


def need_of(facts: FileFacts, project: Project, reference: Reference) -> Need | None:
    """The need of a read of the environment.

    None if something other than the environment sets its key, or if it belongs to a settings class that code
    uses only as a base.
    """
    if reference.idiom == _PYDANTIC and is_only_of_base(project, facts.path, reference):
        return None
    if reference.idiom == PREFIXED:
        return _of_prefixed(facts, project, reference)
    if reference.need is Need.OPTIONAL and reference.span in needed_reads(project, facts.path):
        return Need.REQUIRED
    return reference.need


class Filled:
    """Which keys of `from_prefixed_env` the variables with some names set, also by their items."""

    def __init__(self, names: Collection[str]) -> None:
        """Take the names of the variables that have a value."""
        self._names = names

    @cached_property
    def _by_items(self) -> frozenset[str]:
        return frozenset(name[: at.start()] for name in self._names for at in _ITEMS.finditer(name))

    def has_items(self, reference: Reference) -> bool:
        """Whether variables set a key by its items (`FLASK_MAIL__PORT`), or an item by its key."""
        if reference.idiom != PREFIXED:
            return False
        name = reference.variable.name
        return name in self._by_items or name.rpartition("__")[0] in self._names


def _of_prefixed(facts: FileFacts, project: Project, reference: Reference) -> Need | None:
    found = list(_with_prefix(project, facts.path, reference.variable.name))
    if not found or all(
        app.is_given(key.partition("__")[0]) or _is_set_by_another(project, reference.variable, app, key)
        for app, key in found
    ):
        return None
    is_required = (facts.path, reference.span) in _required_uses(project)
    return Need.REQUIRED if is_required and all(app.is_closed for app, _ in found) else reference.need


def _is_set_by_another(project: Project, variable: Variable, app: EffectiveApp, key: str) -> bool:
    """Whether a file sets the variable for the same key under another prefix of the app."""
    return not _set_under(project, app.prefix_names).get(key, set()) <= {variable}


def _set_under(project: Project, prefixes: frozenset[str]) -> Mapping[str, set[Variable]]:
    """For each key, the variables with one of the prefixes by which files set it."""
    known = project.remembered("keys under prefixes", dict[frozenset[str], dict[str, set[Variable]]])
    if prefixes not in known:
        found = known[prefixes] = {}
        for each in project.index.defined():
            starts = [
                at for at, letter in enumerate(each.name) if letter == "_" and each.name[:at] in prefixes
            ]
            if each.scope == "env" and starts and _is_set(project, each):
                for at in starts:
                    found.setdefault(each.name[at + 1 :], set()).add(each)
    return known[prefixes]


def _is_set(project: Project, variable: Variable) -> bool:
    return any(not one.definition.declaration for one in project.index.definitions(variable))


def _required_uses(project: Project) -> frozenset[tuple[str, Span]]:
    """The places where code uses a key, or an item of a key, that must be set."""

    def find() -> Iterator[tuple[str, Span]]:
        for path, facts in project.index.files.items():
            for one in facts.references:
                if one.variable.scope == "flask" and one.idiom in _RAISING and one.need is Need.REQUIRED:
                    yield path, one.span
            yield from ((path, span) for _, span, raises in facts.flask.items if raises)

    return project.remembered("required keys", lambda: frozenset(find()))


def _with_prefix(project: Project, path: str, name: str) -> Iterator[tuple[EffectiveApp, str]]:
    """The apps that read a variable as a key, each with the key.

    `__` in the name leads to an item of a key.
    """
    starts = [at for at, letter in enumerate(name) if letter == "_"]
    for app in apps_of(project, path):
        yield from ((app, name[at + 1 :]) for at in starts if name[:at] in app.prefix_names)

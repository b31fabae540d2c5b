"""Pulling config vars into an env file: what happens to each name, and the edits.

Nothing is asked, fetched or written here. The order is: `plan_pull` with what the user wants so far, show
the plan, plan again with the answers, write.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from configvars import catalog
from configvars.checks.local_values import held_back
from configvars.edits import apply_edits, set_value
from configvars.model import FileEdit, TextEdit
from configvars.platforms.base import AppSnapshot
from configvars.secret import Secret
from configvars.syntax.dialects.disagreements import heroku_local
from configvars.syntax.dotenv import ExpansionError, parse_env, resolve

State = Literal["add", "replace", "local", "same", "conflict", "held-back", "not-on-app", "unwritable"]
WRITTEN: frozenset[State] = frozenset({"add", "replace", "local"})


class PullOptions(Struct, frozen=True):
    """What the user has agreed to, by name.

    `overwrite`: replace a different local value with Heroku's. `include_addons`: pull what an add-on owns.
    `use_local`: write the value that `PullItem.local` offers instead.
    """

    overwrite: frozenset[str] = frozenset()
    include_addons: frozenset[str] = frozenset()
    use_local: frozenset[str] = frozenset()


class LocalOffer(Struct, frozen=True):
    """A value for this machine instead of an add-on's. `words` never contain a value from a template."""

    value: Secret
    words: str


class PullItem(Struct, frozen=True):
    """What happens to one name.

    `add`, `replace` and `local` are written; `conflict`: the local value differs and is kept;
    `held-back`: it should not be copied, `why` says why, and `local` may offer another value, or the env
    file has a value that `differs`; `unwritable`: no env file, or not this one, can contain it. `elsewhere`
    says how `heroku local` reads the written line differently.
    """

    name: str
    state: State
    why: str = ""
    local: LocalOffer | None = None
    differs: bool = False
    elsewhere: str | None = None


class PullPlan(Struct, frozen=True):
    """What a pull does to each name, and the edit for it: None if there is nothing to write."""

    app: str
    production: bool
    path: str
    items: tuple[PullItem, ...]
    edit: FileEdit | None

    def names(self, *states: State) -> tuple[str, ...]:
        """The names in any of some states, in the order asked for."""
        return tuple(item.name for item in self.items if item.state in states)


def plan_pull(
    path: str,
    text: str | None,
    app: AppSnapshot,
    wanted: Iterable[str],
    values: Mapping[str, Secret],
    options: PullOptions | None = None,
    template: str | None = None,
) -> PullPlan:
    """Plan a pull of the names `wanted`, whose `values` were just fetched, into an env file.

    `path` is the env file's absolute path, `text` its text (None: there is no such file yet), `template`
    the text of the template whose order and local values count.
    """
    agreed = options or PullOptions()
    here = _read(text or "")
    examples = _read(template or "")
    items: list[PullItem] = []
    edits: list[TextEdit] = []
    for name in dict.fromkeys(wanted):
        item = _decide(name, app, values, here, examples, agreed)
        if item.state in WRITTEN:
            item, made = _written(item, text or "", values, template)
            edits += made
        items.append(item)
    after = apply_edits(text or "", edits)
    seen = tuple(replace(item, elsewhere=_elsewhere(item, after)) for item in items)
    edit = FileEdit(path, tuple(edits), create=text is None) if edits else None
    return PullPlan(app.app, app.production, path, seen, edit)


def _decide(
    name: str,
    app: AppSnapshot,
    values: Mapping[str, Secret],
    here: Mapping[str, Secret | None],
    examples: Mapping[str, Secret | None],
    agreed: PullOptions,
) -> PullItem:
    if name not in values:
        return PullItem(name, "not-on-app")
    local = _not_empty(here.get(name))
    if here.get(name) == values[name]:
        return PullItem(name, "same")
    why = held_back(name, app)
    if why is not None and name not in agreed.include_addons:
        offer = _offer(name, app.app, examples) if local is None else None
        state: State = "local" if offer and name in agreed.use_local else "held-back"
        return PullItem(name, state, why, offer, differs=local is not None)
    if local is None:
        return PullItem(name, "add")
    return PullItem(name, "replace" if name in agreed.overwrite else "conflict")


def _not_empty(value: Secret | None) -> Secret | None:
    """A local value; None for an empty one: `NAME=` waits to be filled in."""
    return None if value is None or value.facts().is_empty else value


def _offer(name: str, app: str, examples: Mapping[str, Secret | None]) -> LocalOffer | None:
    """A value for this machine: the template's, else the catalogue's."""
    example = examples.get(name)
    if example is not None and not example.facts().is_empty:
        return LocalOffer(example, "the template's value")
    known = catalog.lookup(name)
    if known is None or not known.local:
        return None
    value = known.local.format(app=app)
    return LocalOffer(Secret(value), value)


def _written(
    item: PullItem, text: str, values: Mapping[str, Secret], template: str | None
) -> tuple[PullItem, Sequence[TextEdit]]:
    value = item.local.value if item.local and item.state == "local" else values[item.name]
    try:
        return item, set_value(text, item.name, value, template_text=template)
    except ValueError as problem:  # its message never contains the value
        return PullItem(item.name, "unwritable", str(problem)), ()


def _read(text: str) -> Mapping[str, Secret | None]:
    """The values that python-dotenv reads with an empty environment.

    Uninterpolated if they grow too large.
    """
    bindings = parse_env(text)
    try:
        return resolve(bindings, {}, override=True)
    except ExpansionError:
        return {binding.key: binding.value for binding in bindings if binding.key is not None}


def _elsewhere(item: PullItem, text: str) -> str | None:
    if item.state not in WRITTEN:
        return None
    binding = next(binding for binding in reversed(parse_env(text)) if binding.key == item.name)
    return heroku_local(binding, text)

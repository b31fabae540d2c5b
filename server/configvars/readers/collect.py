"""Combines the facts found at single nodes into the facts of a file."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from functools import cached_property
from itertools import chain
from typing import TypeVar

from msgspec.structs import replace

from configvars.flow_model import Flow, ValueUse
from configvars.model import (
    Access,
    Definition,
    DynamicReference,
    EnvFileUse,
    FileFacts,
    Need,
    Problem,
    Reference,
    Variable,
)
from configvars.names.evaluate import Evaluator
from configvars.names.values import UNKNOWN, Str, alternatives
from configvars.pydantic_model import SettingsClass, SettingsLineage, SettingsMade
from configvars.readers.absence import alternative
from configvars.readers.base import Argument, CopyWrite, Fact, PatternRead, Use
from configvars.readers.earlier_writes import EarlierWrites
from configvars.readers.fails_empty import fails_empty
from configvars.readers.flask_flow import definitions_of, flask_facts
from configvars.readers.flows import Flows
from configvars.readers.guards import Guards
from configvars.readers.gunicorn_config import gunicorn_starts
from configvars.readers.inside import uses_inside
from configvars.readers.keys import Keys, Name, keys_of
from configvars.readers.need import UsesAt, need_of, need_of_test
from configvars.readers.parts import is_deleted
from configvars.readers.refused_at import refused_of
from configvars.readers.switches import Switches
from configvars.syntax.python import Node
from configvars.syntax.python_comments import suppressions
from configvars.text import Mark, Place, Span

_T = TypeVar("_T")
_ORDER = (Need.GUARDED, Need.OPTIONAL, Need.REQUIRED, Need.DEFAULTED)


class Collected:
    """Collects the facts found at the nodes of one file, and computes the facts of the file."""

    def __init__(self, evaluator: Evaluator, uses_at: UsesAt) -> None:
        self._evaluator = evaluator
        self._uses_at = uses_at
        self._uses: list[tuple[Node, Use, Keys]] = []
        self._puts: list[tuple[Node, CopyWrite]] = []
        self._other: dict[Fact, None] = {}
        for node, use in uses_inside(evaluator):
            self.add(node, use)

    def add(self, node: Node, fact: Fact) -> None:
        """Add a fact that was found at a node."""
        if isinstance(fact, Use):
            self._uses.append((node, fact, keys_of(fact.key)))
        elif isinstance(fact, CopyWrite):
            self._puts.append((node, fact))
        else:
            self._other[fact] = None

    def named(self) -> frozenset[Mark]:
        """The reads inside wrappers whose names are known in this file."""
        uses = [use for _, use, keys in self._uses if keys.names]
        return frozenset(place for use in uses for place in (use.via, *use.through) if place is not None)

    def facts(self, *, has_apps: bool = True) -> Generator[None, None, FileFacts]:
        """Compute the facts of the file, in the order of its text; yields after each small step.

        `has_apps`: the file can contain a Flask app.
        """
        path = self._evaluator.path
        flask = yield from flask_facts(self._evaluator, has_apps=has_apps)
        references = yield from self._references()
        inner = yield from self._inner()
        facts = FileFacts(
            path,
            "python",
            tuple(sorted(references, key=lambda reference: reference.span)),
            tuple(sorted(self._dynamic(), key=lambda dynamic: dynamic.span)),
            tuple(chain(self._kept(Definition), definitions_of(path, flask))),
            tuple(self._kept(EnvFileUse)),
            tuple(self._kept(SettingsClass)),
            tuple(self._kept(Problem)),
            tuple(suppressions(self._evaluator.tree)),
            flask=flask,
            lineages=tuple(self._kept(SettingsLineage)),
            made=frozenset(made.home for made in self._kept(SettingsMade)),
            taken=frozenset(self._taken()),
            inner=tuple(inner),
            starts=tuple(gunicorn_starts(path, self._evaluator.tree)),
        )
        return replace(facts, limits=self._evaluator.tree.hits.counts)

    @cached_property
    def _guards(self) -> Guards:
        return Guards(self._evaluator, self._uses_at)

    def _inner(self) -> Generator[None, None, list[tuple[Mark, Flow]]]:
        """How wrappers use what they read, for each read that does not depend on a condition or a caller."""
        flows, tree = Flows(self._evaluator, self._guards), self._evaluator.tree
        found: list[tuple[Mark, Flow]] = []
        for node, use, keys in self._uses:
            flow = flows.of(node, use) if keys.open and use.scope == "env" else None
            uses = tuple(_for_all(flow.uses)) if flow is not None else ()
            if uses:
                span = use.key.span
                mark = self._evaluator.anchors.mark(tree.byte(span.start), tree.byte(span.end))
                found.append((mark, Flow(None, uses)))
            yield
        return found

    def _references(self) -> Generator[None, None, list[Reference]]:
        """One reference for each variable, position and access; one for each call of a wrapper."""
        found: dict[tuple[Variable, Span, str], Reference] = {}
        reads = [
            (node, name.text) for node, use, keys in self._uses if use.scope == "env" for name in keys.names
        ]
        switches = Switches(self._evaluator, reads)
        flows = Flows(self._evaluator, self._guards)
        settings = self._settings()
        yield
        for node, use, keys in self._uses:
            need = self._need(node, use, self._guards) if keys.names else None
            flow = flows.of(node, use) if keys.names else None
            prefixes = [_text_of(each) for each in (use.needed_with, use.any_with)]
            fails = need not in (None, Need.GUARDED) and self._fails_empty(node, use, need, flow)
            for name in keys.names:
                variable = Variable(use.scope, name.text)
                mine = need
                if need not in (None, Need.DEFAULTED) and settings.is_before(
                    node, variable, of_copy=use.of_copy
                ):
                    mine = Need.GUARDED
                needs_write = need is Need.REQUIRED and mine is Need.GUARDED and not use.of_copy
                switch = switches.switch_of(node) if mine is Need.REQUIRED else None
                instead = tuple(other.text for key in use.instead for other in keys_of(key).names)
                if mine is Need.REQUIRED and not use.raises:
                    others = refused_of(self._evaluator, alternative(self._evaluator, node)[0])
                    instead += tuple(o for each in others for o in each.instead if o != name.text)
                reference = Reference(
                    variable,
                    name.span,
                    use.idiom,
                    use.access,
                    mine,
                    self._mark(name),
                    use.via,
                    switch,
                    instead,
                    flow,
                    needs_write,
                    use.files,
                    use.exact,
                    fails
                    and mine is not Need.GUARDED
                    and (mine is Need.REQUIRED or switches.switch_of(node) is None),
                    *prefixes,
                )
                kind = "wrapper" if use.via is not None else use.access.value
                known = found.get((variable, name.span, kind))
                if known is None or (use.via is not None and _weight(reference) > _weight(known)):
                    found[variable, name.span, kind] = reference
            yield
        return list(found.values())

    def _mark(self, name: Name) -> Mark | None:
        """The place where a name is written, if that is not where it is used."""
        at, evaluator = name.written_at, self._evaluator
        if not isinstance(at, Place):
            return at
        byte = evaluator.tree.byte
        return evaluator.anchors.mark(byte(at.span.start), byte(at.span.end))

    def _dynamic(self) -> dict[DynamicReference, None]:
        return {
            DynamicReference(use.key.span, use.idiom, use.sets): None
            for _, use, keys in self._uses
            if keys.dynamic or keys.open
        }

    def _need(self, node: Node, use: Use, guards: Guards) -> Need | None:
        if use.access is Access.TEST and use.scope == "env":
            return need_of_test(self._evaluator, node, use, self._uses_at)
        if use.access is not Access.READ:
            return None
        return need_of(self._evaluator, node, use, self._uses_at, guards)

    def _fails_empty(self, node: Node, use: Use, need: Need | None, flow: Flow | None) -> bool:
        if use.access is not Access.READ:
            return False
        is_tested = flow is not None and any(each.kind in ("truth", "compare") for each in flow.uses)
        may_fail = need is Need.REQUIRED or is_tested or bool(use.empty_fails_if) or use.scope == "flask"
        return may_fail and fails_empty(self._evaluator, node, use, self._uses_at)

    def _settings(self) -> EarlierWrites:
        """The places where the code itself sets a variable."""
        found = EarlierWrites(self._evaluator, self._uses_at)
        for node, use, keys in self._uses:
            if use.sets:
                for name in {name.text for name in keys.names}:
                    found.add(Variable(use.scope, name), node, use.key.value)
            elif use.idiom.endswith("environ.pop") or is_deleted(node):
                for name in {name.text for name in keys.names}:
                    found.remove(Variable(use.scope, name), node)
        for node, put in self._puts:
            found.put(node, put.key.value if put.key is not None else UNKNOWN)
        return found

    def _taken(self) -> Iterator[str]:
        """The patterns of reads that match every name with a prefix or suffix."""
        for taken in self._kept(PatternRead):
            for prefix in alternatives(taken.prefix):
                if isinstance(prefix, Str):
                    yield f"{prefix.text}*{taken.suffix}"

    def _kept(self, kind: type[_T]) -> Iterator[_T]:
        return (fact for fact in self._other if isinstance(fact, kind))


def _text_of(key: Argument | None) -> str:
    """A prefix of names; empty if there is none, or if it is not known."""
    names = keys_of(key).names if key is not None else ()
    return next((each.text for each in names), "")


def _for_all(uses: tuple[ValueUse, ...]) -> Iterator[ValueUse]:
    """The uses inside a wrapper that are true of every value that it reads, except perhaps of an empty one."""
    may_be_empty = not any(use.may_tell_empty for use in uses)
    for use in uses:
        if use.kind == "call" and (not use.tested or use.unless_none):
            yield use if may_be_empty else replace(use, tested=True, unless_none=False)
        elif use.kind in ("type", "compare"):
            yield use


def _weight(reference: Reference) -> tuple[bool, bool, int]:
    """A sort key for references at one call of a wrapper: reads first, then those that determine the need."""
    need = _ORDER.index(reference.need) if reference.need is not None else -1
    return reference.access is Access.READ, reference.access is Access.WRITE, need

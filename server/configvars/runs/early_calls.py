"""The functions that may be called while the modules of a program load, by their names alone."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from configvars.project import Project
from configvars.runs.follow import Entry, Trace
from configvars.syntax.python_order import MODULE, Order, Step


class EarlyCalls(Struct, frozen=True):
    """The last parts of the names that are called."""

    names: frozenset[str]

    def calls(self, order: Order, body: str) -> bool:
        """Whether the function with this body may be called; a method may always be."""
        return _owner(body) in order.classes or body.rpartition(".")[2] in self.names


def called_early(project: Project, trace: Trace, entry: Entry) -> EarlyCalls:
    """The calls in modules, and in the functions that these call, again by their names."""
    steps: dict[str, list[Step]] = {}
    for path in trace.progress:
        for body, found in project.code.order(path).steps.items():
            phases = ("import", "main" if entry.main and path == entry.path else "imported")
            steps.setdefault(_called_as(body), []).extend(
                step for step in found if step.where.phase in phases
            )
    names, waiting = {entry.then}, [MODULE, entry.then]
    while waiting:
        for name in _callees(steps.get(waiting.pop(), ())):
            if name not in names:
                names.add(name)
                waiting.append(name)
    return EarlyCalls(frozenset(names - {""}))


def _callees(steps: list[Step] | tuple[Step, ...]) -> Iterator[str]:
    yield from (step.callee.rpartition(".")[2] for step in steps if step.callee)


def _called_as(body: str) -> str:
    """The last part of the name by which a body is called: that of the class for `__init__`."""
    return body.removesuffix(".__init__").rpartition(".")[2]


def _owner(body: str) -> str:
    return body.rpartition(".")[0]

"""The reads of variables while a program starts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from operator import attrgetter

from configvars.project import Project
from configvars.runs.starting.endings import Use
from configvars.runs.starting.environment import Environment
from configvars.runs.starting.handlers import CaughtError, Handlers, is_caught, passes
from configvars.runs.starting.reads_of_files import reads_by_name
from configvars.runs.starting.values import NO_READS, Module, Read, Reads, Value
from configvars.syntax.python import Node
from configvars.text import Place, Span


class Reading:
    """What a program reads: the environment, the calls that lead to a read, and the handlers around it.

    `caught` are the reads that raise an exception which a handler catches, with the calls that led to them.
    `because` are the variables without which it runs the code that it runs now.
    """

    def __init__(self, project: Project, environment: Environment) -> None:
        self.project = project
        self.environment = environment
        self.muted = 0
        self.calls: list[tuple[Module, Node]] = []
        self.handlers: list[Handlers] = []
        self.found: dict[Read, Use] = {}
        self.caught: dict[Read, set[Place]] = {}
        self.because: list[Reads] = []
        self._outer = 0
        self._reads: dict[tuple[str, bool], Mapping[str, list[Span]]] = {}

    def read(self, module: Module, call: Node, name: str, default: Value | None) -> Value:
        """What `os.getenv` returns: None or the default if the variable is not set."""
        read = self.read_at(module, call, name) or self._dynamic(module, call, name)
        return self.environment.read(module.path, module.tree.span(call), name, read, default)

    def _dynamic(self, module: Module, call: Node, name: str) -> Read | None:
        """The read at a call whose name only the start shows; None if the code alone shows it."""
        facts, span = self.project.index.files.get(module.path), module.tree.span(call)
        is_dynamic = facts is not None and any(
            span.start <= each.span.start < span.end for each in facts.dynamic if not each.sets
        )
        if not is_dynamic or self.read_at(module, call, name, soft=False) is not None:
            return None
        return Read(module.path, span, name)

    def required(self, module: Module, node: Node, name: str) -> Value:
        """What `os.environ[name]` returns. Raises `CaughtError` if a handler catches that it is not set."""
        if not self.muted and self.is_unset(module, node, name):
            read = self.read_at(module, node, name, soft=False)
            self.fails(
                module, node, frozenset({read or Read(module.path, module.tree.span(node), name)}), KeyError
            )
        return self.environment.required(module.path, module.tree.span(node), name)

    def fails(self, module: Module, node: Node, reads: Reads, kind: type[BaseException]) -> None:
        """Note that reads raise an exception at a node, which perhaps a handler catches."""
        for read in reads:
            self.environment.note_unset(read)
        try:
            ends = passes(self.handlers, kind, certain=True, by=reads)
        except CaughtError:
            self._caught(module, node, reads)
            raise
        if ends:
            for read in sorted(reads, key=lambda each: (each.path, each.span.start, each.name)):
                self.need(read, Use(Place(module.path, module.tree.span(node))))
        elif is_caught(self.handlers, kind):
            self._caught(module, node, reads)

    def _caught(self, module: Module, node: Node, reads: Reads) -> None:
        calls = [(around.path, around.tree.span(call)) for around, call in [*self.calls, (module, node)]]
        for read in reads:
            self.caught.setdefault(read, set()).update(Place(*each) for each in calls)

    def need(self, read: Read, use: Use) -> None:
        """Note that the program fails without the variable of a read; only the first time counts."""
        self.found.setdefault(read, use)
        self.environment.need(read)

    @contextmanager
    def own_reasons(self) -> Iterator[None]:
        """Run a function or a module: the code behind it runs whichever way it takes."""
        before, outer = len(self.because), self._outer
        self._outer = before
        try:
            yield
        finally:
            self._outer = outer
            del self.because[before:]

    def own_because(self) -> Reads:
        """The variables because of which the code of this function runs here: those that are not set."""
        return NO_READS.union(*self.because[self._outer :])

    def may_end(self) -> None:
        """Note that the code perhaps ends here: what the handlers around it catch may end the program."""
        for read in NO_READS.union(*self.because):
            self.caught.pop(read, None)

    def lacks(self, module: Module, node: Node, name: str) -> Value:
        """Whether the environment does not contain a variable."""
        read = self.read_at(module, node, name) or Read(module.path, module.tree.span(node), name)
        return self.environment.lacks(read)

    def is_unset(self, module: Module, node: Node, name: str, reads: Reads = NO_READS) -> bool:
        """Whether the environment certainly does not contain a variable at a node, or else at some reads."""
        is_indexed = module.path in self.project.index.files
        here = (module.path, module.tree.span(node))
        places = [here] if is_indexed else [(read.path, read.span) for read in reads]
        unset = (self.environment.is_unset(path, span, name) for path, span in places)
        return bool(places) and all(unset)

    def read_at(self, module: Module, call: Node, name: str, *, soft: bool = True) -> Read | None:
        """The read at a call, or at a call of the function that contains it.

        `soft`: only one that accepts that the variable is not set.
        """
        for around, node in ((module, call), *reversed(self.calls)):
            span = around.tree.span(node)
            reads = self._reads_of(around.path, soft=soft).get(name, ())
            at = bisect_left(reads, span.start, key=attrgetter("start"))
            if at < len(reads) and reads[at].start < span.end:
                return Read(around.path, reads[at], name)
        return None

    def _reads_of(self, path: str, *, soft: bool) -> Mapping[str, list[Span]]:
        if (path, soft) not in self._reads:
            self._reads[path, soft] = reads_by_name(self.project, path, soft=soft)
        return self._reads[path, soft]

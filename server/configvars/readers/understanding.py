"""What is computed from one text: its trees, the values in them and the candidate places."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Set

from configvars.names.elsewhere import Elsewhere
from configvars.names.evaluate import Evaluator
from configvars.names.learned import Learned
from configvars.names.memory import Ask
from configvars.readers.scan import Scan
from configvars.readers.tables import Tables
from configvars.syntax.python import PythonTree, parsing
from configvars.syntax.python_repair import repairing


class Understanding:
    """The code of one file, analysed as far as it was asked for.

    A text with syntax errors is read twice: `scans` contains first the scan of the text with its unfinished
    lines repaired, which answers questions of other files, and then the scan of the text as it is.
    """

    def __init__(
        self, path: str, trees: tuple[PythonTree, ...], elsewhere: Elsewhere, tables: Tables
    ) -> None:
        self._tables = tables
        self.trees = trees
        self.evaluators = tuple(Evaluator(path, tree, elsewhere, tables.interest) for tree in self.trees)
        self.scans = tuple(Scan(evaluator, tables) for evaluator in self.evaluators)

    def forget_values(self, changed: Set[Ask]) -> None:
        """Discard the values that depend on answers of other files that have changed."""
        for evaluator in self.evaluators:
            evaluator.forget(changed)

    def doubt(self, changed: Set[Ask]) -> None:
        """Queue the steps that depend on answers that have changed."""
        for scan in self.scans:
            scan.forget(changed)

    def rescan(self) -> None:
        """Follow all names again from the start."""
        for evaluator in self.evaluators:
            evaluator.start_anew()
        self.scans = tuple(Scan(evaluator, self._tables) for evaluator in self.evaluators)

    def running(self) -> Iterator[None]:
        """Follow the names that lead to variables; yields after each small step."""
        for which in range(len(self.scans)):
            while self.scans[which].is_waiting:
                self.scans[which].step()
                yield

    @property
    def is_waiting(self) -> bool:
        """Whether `running` has work to do."""
        return any(scan.is_waiting for scan in self.scans)

    def take_over(self, learned: Learned, words: Set[str]) -> None:
        """Use what an earlier scan of the same text has found out; it is not known where it was found."""
        self.evaluators[0].learned = learned
        self.scans[0].take_over(words)


def reading(code: str) -> Generator[None, None, tuple[PythonTree, ...]]:
    """The trees of a text, first that of the text with its unfinished lines repaired; in slices."""
    tree = yield from parsing(code)
    repaired = (yield from repairing(code)) if tree.root.has_error and not tree.slow else None
    trees = (tree,) if repaired is None else ((yield from parsing(repaired)), tree)
    for each in trees:
        yield from each.indexing()
    return trees

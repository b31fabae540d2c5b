"""The facts of the files of a folder: each analysed by its kind, Python files linked with each other."""

from __future__ import annotations

from configvars.index import Index
from configvars.model import FileFacts
from configvars.resolve.link import Linker
from configvars.workspace.kinds import Kind


class Analysis:
    """What is known of the files of the folder `root`, as far as it was told of them. Reads nothing.

    `passed_over` are the Python files whose bytes say that there is nothing to find.
    """

    def __init__(self, root: str) -> None:
        self.index = Index()
        self.passed_over: set[str] = set()
        self._linker = Linker(root)
        self._learned: frozenset[bytes] = frozenset()

    def wants(self, kind: Kind, data: bytes) -> bool:
        """Whether the bytes of a file say that there can be something to find."""
        if not kind.is_python:
            return True
        if not kind.admits(data):
            return False
        return self._linker.wants(data) or any(token in data for token in self._learned)

    def take(self, path: str, kind: Kind, text: str) -> None:
        """Analyse a file that is wanted; a Python file's facts are there after `link`."""
        self.passed_over.discard(path)
        if kind.source is None:
            self._linker.update(path, text)
        else:
            self._put(kind.source.analyze(path, text))

    def pass_over(self, path: str) -> None:
        """Take note of a Python file that is not wanted, yet."""
        self.forget(path)
        self.passed_over.add(path)

    def leave(self, path: str, kind: Kind, why: str) -> None:
        """Know nothing of a file but why that is so."""
        self.forget(path)
        self.index.update(FileFacts(path, kind.name, skipped=why))

    def forget(self, path: str) -> None:
        """Know nothing of a file."""
        self.passed_over.discard(path)
        self._linker.remove(path)
        self.index.remove(path)

    def link(self) -> None:
        """Bring the facts of Python files up to date with all that was told."""
        for facts in self._linker.settle():
            self._put(facts)

    def learn(self) -> bool:
        """Take note of new names that make more files worth reading; whether there are any."""
        new = self._linker.learned() - self._learned
        self._learned |= new
        return bool(new)

    def as_if(self, path: str, kind: Kind, text: str, current: str | None) -> FileFacts | None:
        """What a file would say, had it another text; `current` is the one it has. Nothing is kept."""
        if kind.source is not None:
            return kind.source.analyze(path, text)
        self._linker.update(path, text)
        found = next((facts for facts in self._linker.settle() if facts.path == path), None)
        if current is None or path in self.passed_over:
            self._linker.remove(path)
        else:
            self._linker.update(path, current)
        self.link()
        return found

    def _put(self, facts: FileFacts) -> None:
        """Keep what a file says; of one that says nothing, only that it is an env file."""
        if facts.kind == "dotenv" or facts != FileFacts(facts.path, facts.kind):
            self.index.update(facts)
        else:
            self.index.remove(facts.path)

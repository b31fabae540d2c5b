"""Links the Python files of one folder: what a name of one stands for in another."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from configvars.analyze import TABLES, Analysis, analyze
from configvars.model import FileFacts, Place
from configvars.names import imports
from configvars.names.values import UNKNOWN, Missing, Module, Value
from configvars.readers.tables import Tables
from configvars.resolve.flask_links import link_flask
from configvars.resolve.modules import Modules, module_name
from configvars.resolve.order import imported_first

_MAX_ROUNDS = 12
_MAX_STARS = 8


@dataclass(slots=True)
class _File:
    """A file that was given, what its last analysis said and the answers that rests on.

    `checked` is the state of the linker (see `_state`) in which those answers were last found to hold.
    """

    text: str
    analysis: Analysis | None = None
    answers: Mapping[str, Value | None] = field(default_factory=dict)
    published: FileFacts | None = None
    checked: int = -1


class Linker:
    """The Python files of one folder, analysed until no file's answer changes another's."""

    def __init__(self, root: str, tables: Tables = TABLES) -> None:
        self._tables = tables
        self._modules = Modules(root)
        self._files: dict[str, _File] = {}
        self._learned: dict[bytes, frozenset[bytes]] = {}
        self._state = 0

    def wants(self, data: bytes) -> bool:
        """Whether a file with these bytes can hold facts, as far as is known now (see `learned`)."""
        gated = b"env" in data
        for trigger in self._tables.triggers:
            if (gated or b"env" not in trigger) and trigger in data:
                return True
        return any(
            (stem in data or b"from ." in data) and any(name in data for name in names)
            for stem, names in self._learned.items()
        )

    def learned(self) -> frozenset[bytes]:
        """Names that make a file worth reading: wrappers, objects that read variables, missed constants."""
        return frozenset(name for names in self._learned.values() for name in names)

    def know(self, path: str) -> None:
        """There is a Python file at `path` (absolute), whose text was not given: enough to import from it."""
        self._modules.add(path)
        self._state += 1

    def awaited(self) -> frozenset[str]:
        """The known files whose text some answer waits for: give them with `update`."""
        found: set[str] = set()
        for importer, file in self._files.items():
            for dotted in file.analysis.needed if file.analysis is not None else ():
                paths = (path for path, _ in self._modules.find(importer, dotted) if path is not None)
                first = next(paths, None)
                if first is not None and first not in self._files:
                    found.add(first)
        return frozenset(found)

    def update(self, path: str, text: str) -> None:
        """A file is new or has a new text. `path` is absolute."""
        known = self._files.get(path)
        if known is None:
            self._files[path] = _File(text)
            self._modules.add(path)
            self._state += 1
        elif known.text != text:
            known.text, known.analysis = text, None

    def remove(self, path: str) -> None:
        """A file is gone."""
        self._files.pop(path, None)
        self._modules.remove(path)
        self._state += 1

    def settle(self) -> tuple[FileFacts, ...]:
        """Analyse what has changed and what rests on it; the facts that are no longer what they were."""
        for _ in self.steps():
            pass
        return tuple(self._published())

    def steps(self) -> Iterator[None]:
        """The work of `settle`, a file at a step, for callers that do other things in between."""
        for _ in range(_MAX_ROUNDS):
            stale = [path for path, file in self._files.items() if self._is_stale(path, file)]
            if not stale:
                break
            texts = {path: self._files[path].text for path in stale}
            for path in imported_first(texts, self._modules.find):
                if path in self._files:
                    self._analyse(path)
                    yield
        self._learn()

    def _is_stale(self, path: str, file: _File) -> bool:
        if file.analysis is None:
            return True
        if file.checked != self._state:
            file.checked = self._state
            return any(self.lookup(path, dotted) != answer for dotted, answer in file.answers.items())
        return False

    def _analyse(self, path: str) -> None:
        file = self._files[path]
        answers: dict[str, Value | None] = {}

        def lookup(dotted: str) -> Value | None:
            if dotted not in answers:
                answers[dotted] = self.lookup(path, dotted)
            return answers[dotted]

        before = file.analysis
        file.analysis = analyze(path, file.text, lookup, self._tables)
        file.answers = answers
        if before is None or _answers_of(before) != _answers_of(file.analysis):
            self._state += 1

    def lookup(self, importer: str, dotted: str, depth: int = 0) -> Value | None:
        """What a dotted name stands for in the file `importer`; None where no file of the folder has it."""
        for path, rest in self._modules.find(importer, dotted):
            if path == importer:
                continue
            if not rest:
                return self._instead_of(importer, path) or Module(dotted, self._names(path))
            if path is not None and path not in self._files:
                return Missing(dotted)
            if path is not None and len(rest) == 1:
                return self._export(path, rest[0], depth)
        return None

    def _instead_of(self, importer: str, path: str | None) -> Value | None:
        """What a package itself binds to the name of its module at `path`: `from .app import app`."""
        folder, name = os.path.split(path or "")
        package = os.path.join(os.path.dirname(folder) if name == "__init__.py" else folder, "__init__.py")
        file = self._files.get(package)
        if path is None or package == importer or file is None or file.analysis is None:
            return None
        value = file.analysis.exports.get(module_name(path))
        return None if isinstance(value, Module) else value

    def _export(self, path: str, name: str, depth: int) -> Value:
        """A module-level name of a file, also one that it imports with a star."""
        file = self._files.get(path)
        if file is None or file.analysis is None or depth > _MAX_STARS:
            return UNKNOWN
        if name in file.analysis.exports:
            return file.analysis.exports[name]
        for module in file.analysis.stars:
            answer = self.lookup(path, imports.dotted(module, name), depth + 1)
            if answer is not None and answer != UNKNOWN:
                return answer
        return UNKNOWN

    def _names(self, path: str | None, depth: int = 0) -> frozenset[str]:
        """The names of a module that lead to variables; of a folder, those of the modules in it that do."""
        if path is None:
            return frozenset()
        file = self._files.get(path)
        if file is None or file.analysis is None:
            return frozenset()
        names = file.analysis.leading
        for module in file.analysis.stars if depth < _MAX_STARS else ():
            for star, rest in self._modules.find(path, module):
                if not rest and star != path:
                    names |= self._names(star, depth + 1)
                    break
        return names

    def _learn(self) -> None:
        """The names that other files may use, by the last part of the module that they come from."""
        names: dict[bytes, set[bytes]] = {}
        for path, file in self._files.items():
            if file.analysis is None:
                continue
            if file.analysis.leading:
                used = {name.encode() for name in file.analysis.leading}
                names.setdefault(module_name(path).encode(), set()).update(used)
            for dotted in file.analysis.needed:
                module, _, name = dotted.rpartition(".")
                if module.strip(".") and name.isidentifier():
                    names.setdefault(b"", set()).add(name.encode())
        self._learned = {stem: frozenset(found) for stem, found in names.items()}

    def _published(self) -> list[FileFacts]:
        """The facts that differ from those given out before. A read that some call names is not dynamic."""
        named: set[Place] = set()
        for file in self._files.values():
            if file.analysis is not None:
                named |= file.analysis.named
        changed: list[FileFacts] = []
        analysed = {
            path: file.analysis.facts for path, file in self._files.items() if file.analysis is not None
        }
        flask = link_flask({path: facts.flask for path, facts in analysed.items()}, self._modules.find)
        for path, file in self._files.items():
            if file.analysis is None:
                continue
            facts = flask.added_to(file.analysis.facts)
            left = tuple(one for one in facts.dynamic if Place(path, one.span) not in named)
            facts = replace(facts, dynamic=left) if left != facts.dynamic else facts
            if facts != file.published:
                file.published = facts
                changed.append(facts)
        return changed


def _answers_of(analysis: Analysis) -> tuple[object, ...]:
    """What other files can be told of a file."""
    return analysis.exports, analysis.leading, analysis.stars

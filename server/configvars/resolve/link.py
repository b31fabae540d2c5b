"""The Python files of one folder, linked with each other: their facts after each change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Set
from typing import Any

from msgspec.structs import replace

from configvars.analyze import TABLES, Unit, facts_with, failed
from configvars.flask_model import NO_FLASK, FlaskFacts
from configvars.model import FileFacts
from configvars.names.memory import Ask
from configvars.readers.tables import Tables
from configvars.resolve.flask_linked import LinkedFlask
from configvars.resolve.learning import Learning
from configvars.resolve.ledger import Ledger
from configvars.resolve.modules import Modules
from configvars.resolve.open_files import ROOM, OpenFiles
from configvars.resolve.questions import Questions
from configvars.resolve.scans import Scans
from configvars.said import Said
from configvars.slices import Shared, finish, result
from configvars.syntax.notebook import Notebook
from configvars.text import Mark, Place, Span

_NO_MARKS: frozenset[Mark] = frozenset()


class Linker:
    """The Python files of one folder.

    A file is parsed once for each text. After a change, the questions that were asked about the file are
    answered again, and only files that get another answer are analysed again. `modules` finds the file that a
    dotted name means; `units` are the files.
    """

    def __init__(self, root: str, tables: Tables = TABLES, room: int = ROOM) -> None:
        self._tables = tables
        self.modules = self._modules = Modules(root, tables.libraries)
        self._units: dict[str, Unit] = {}
        self.units: Mapping[str, Unit] = self._units
        self._ledger = Ledger()
        self._questions = Questions(self._units, self._modules, self._ledger)
        self._scans = Scans(self._units, self._ledger, self._modules.find)
        self._opened = OpenFiles(room)
        self._told: dict[Ask, Any] = {}
        self._is_edited = False
        self._is_moved = False
        self._work = Shared()
        self._said: dict[str, Said] = {}
        self._named: dict[str, Counter[Mark]] = {}
        self._names_of: dict[str, frozenset[Mark]] = {}
        self._published: dict[str, FileFacts] = {}
        self._changed: set[str] = set()
        self._flask = LinkedFlask(self._modules.find, self.place)
        self._leading: dict[str, frozenset[str]] = {}
        self.learning = Learning(self._units, self._modules, self._ledger, tables)

    def wants(self, path: str, data: bytes) -> bool:
        """Whether a file with these bytes may contain facts, as far as is known now (see `learn`)."""
        return result(self.learning.wanting(path, data))

    def learn(self) -> bool:
        """Note what makes files worth reading; returns whether anything is new."""
        is_news = self.learning.learn(self._leading)
        if self.learning.keeping.is_less:
            self._said.clear()
        return is_news

    def in_question(self, passed_over: Set[str]) -> Set[str]:
        """The files for which the last call of `learn` may have changed whether they are wanted."""
        return self.learning.in_question(passed_over)

    def know(self, path: str) -> None:
        """Note that a Python file exists at `path` (absolute), so that other files can import it."""
        self._is_moved |= self._modules.add(path)

    def update(self, path: str, text: str, notebook: Notebook | None = None) -> None:
        """Note that a file at `path` (absolute) is new or changed; `notebook`: its content, if known."""
        known = self._units.get(path)
        if known is not None and known.text == text:
            return
        if known is None:
            self._is_moved |= self._modules.add(path)
        self._leave(path)
        self._said.pop(path, None)
        self.learning.keeping.note(path, text.encode("utf-8", "surrogatepass"))
        self._units[path] = Unit(path, text, self._questions, self._tables, self._opened.put, notebook)
        self._scans.add(path)

    def remove(self, path: str) -> None:
        """Note that a file was removed."""
        self._is_moved |= self._modules.remove(path)
        self.learning.forget(path)
        self._drop(path)

    def pass_over(self, path: str) -> None:
        """Note that a file has a new text, which is not given; other files can still import it."""
        self.know(path)
        self._drop(path)

    def _drop(self, path: str) -> None:
        if path in self._units:
            self._leave(path)
            del self._units[path]
            self._opened.take(path)
            self._leading.pop(path, None)
            self._say(path, None)

    def _leave(self, path: str) -> None:
        """Discard what was known of a file's text, and what may depend on itself."""
        if path in self._units:
            self._is_edited = True
            self._scans.leave(path)
        circle = self._ledger.circle(path)
        self._take_back(circle | self._ledger.answered(path))
        self._forget_values(circle)
        self._ledger.forget_asker(path)
        self._questions.forget_lookups(path)

    def _take_back(self, answers: Mapping[Ask, Any]) -> None:
        """Discard answers, but keep them for a comparison with the new ones."""
        for ask, answer in answers.items():
            self._told.setdefault(ask, answer)
        self._ledger.forget(answers)

    def _forget_values(self, asks: Iterable[Ask]) -> None:
        """Make the askers discard the values that depend on some answers."""
        for asker, asked in self._ledger.askers(asks).items():
            if asker in self._units:
                self._units[asker].forget_values(asked)

    # ---- updating

    def settle(self) -> tuple[FileFacts, ...]:
        """Analyse what has changed and what depends on it; returns the facts that differ from before."""
        finish(self.steps())
        return self.news()

    def steps(self) -> Iterator[None]:
        """The work of `settle` in slices, for callers that do other things in between."""
        return self._work.steps(self._settling)

    def first_steps(self) -> Iterator[None]:
        """Only scan new files, in slices, so that `learn` can tell which other files are wanted.

        What depends on them is left to `steps`, because each further file could cause the same work again.
        """
        return self._work.steps(self._exploring)

    def _exploring(self) -> Iterator[None]:
        self._begin()
        for scanned in self._scans.run_new():
            if scanned is not None:
                self._said.pop(scanned, None)
                self._leading[scanned] = self._questions.leading_names(scanned, scanned)
                yield from self._make_room()
            yield

    def _begin(self) -> None:
        if self._is_moved:
            self._is_moved = False
            for path in list(filter(self._questions.is_found_anew, self._units)):
                self._start_anew(path)
        self._ask_again()
        self._is_edited = False

    def _settling(self) -> Iterator[None]:
        self._begin()
        if self.learning.finds_apps():
            self._said.clear()
        for scanned in self._scans.run():
            if scanned is not None:
                self._said.pop(scanned, None)
                yield from self._make_room()
            yield
        for path in [path for path in self._units if path not in self._said]:
            yield from self._ask_to_say(path)
            yield from self._make_room()
            yield

    def _ask_to_say(self, path: str) -> Iterator[None]:
        unit = self._units.get(path)
        if unit is None or self._scans.is_due(path):  # it is new: whoever added it will ask again
            return
        self._leading[path] = self._questions.leading_names(path, path)
        said = yield from self._said_by(unit)
        if self._units.get(path) is unit:
            self._say(path, said)

    def _make_room(self, *, at_rest: bool = False) -> Iterator[None]:
        """Close files that have not been opened lately; most are never asked for anything again."""
        for unit in self._opened.too_many(at_rest=at_rest):
            if self._units.get(unit.path) is unit:
                if unit.path not in self._said:
                    yield from self._ask_to_say(unit.path)
                unit.close()
                yield

    def resting(self) -> Iterator[None]:
        """Now that everything is up to date, close files that are unlikely to be asked; yields after each."""
        return self._make_room(at_rest=True)

    def _start_anew(self, path: str) -> None:
        self._leave(path)
        text = self._units[path].text
        self._units[path] = Unit(path, text, self._questions, self._tables, self._opened.put)
        self._scans.add(path)

    def _ask_again(self) -> None:
        """Queue the files for which some answer has changed."""
        told, self._told = self._told, {}
        changed = self._ledger.answered_anew(told)
        if not changed:
            return
        self._forget_values(changed)
        self._take_back(self._ledger.resting_on(changed))
        told, self._told = self._told, {}
        self._forget_values(told)
        changed |= self._ledger.answered_anew(told)
        for asker, asks in self._ledger.askers(changed).items():
            self._scans.doubt(asker, asks, is_less=self._is_edited)

    # ---- results

    def as_if(self, path: str, text: str) -> Generator[None, None, FileFacts]:
        """The facts that a file would have with this text, in slices. Nothing is stored."""
        return facts_with(path, text, self._questions, self._tables)

    def place(self, mark: Mark) -> Place | None:
        """The current place of a mark; None if it no longer exists."""
        unit = self._units.get(mark.path)
        if not mark.anchor:
            return Place(mark.path, Span(0, 0))
        span = unit.place(mark) if unit is not None else None
        return None if span is None else Place(mark.path, span)

    def is_behind(self, path: str) -> bool:
        """Whether a file has another text than the one whose facts were returned last."""
        return path in self._units and (path not in self._said or path in self._changed)

    def withhold(self, path: str) -> None:
        """Return a file's facts again from `news`, even if they have not changed."""
        self._published.pop(path, None)
        self._changed.add(path)

    def _said_by(self, unit: Unit) -> Generator[None, None, Said]:
        try:
            if unit.fault is not None:
                raise unit.fault
            return (yield from unit.saying(has_apps=self.learning.can_have_apps(unit.text)))
        except Exception as error:  # a defect here must not affect the other files
            return Said(failed(unit.path, error))

    def _say(self, path: str, said: Said | None) -> None:
        """Replace the facts of a file."""
        self._changed.add(path)
        before, now = self._names_of.pop(path, _NO_MARKS), said.named if said is not None else _NO_MARKS
        for marks, by in ((before - now, -1), (now - before, 1)):
            for mark in marks:
                self._named.setdefault(mark.path, Counter())[mark] += by
                self._changed.add(mark.path)
        if said is None:
            self._said.pop(path, None)
            self._published.pop(path, None)
            return
        self._said[path] = said
        self._names_of[path] = now

    def news(self) -> tuple[FileFacts, ...]:
        """The facts that differ from those returned before."""
        return tuple(self._publish())

    def _publish(self) -> Iterator[FileFacts]:
        """The facts that have changed; a read whose name some call determines is not dynamic."""
        changed, self._changed = self._changed, set()
        if not changed:
            return
        touched = self._flask.relink({path: self._flask_of(path) for path in changed}, self._modules.moves)
        links = self._flask.links
        for path in sorted(changed | (self._said.keys() if touched is None else touched)):
            said = self._said.get(path)
            if said is None:
                continue
            facts = links.added_to(said.facts)
            named = {
                self.place(mark) for mark, count in self._named.get(path, Counter()).items() if count > 0
            }
            if named:
                left = tuple(one for one in facts.dynamic if Place(path, one.span) not in named)
                facts = replace(facts, dynamic=left) if left != facts.dynamic else facts
            if facts != self._published.get(path):
                self._published[path] = facts
                yield facts

    def _flask_of(self, path: str) -> FlaskFacts:
        said = self._said.get(path)
        return NO_FLASK if said is None else said.facts.flask

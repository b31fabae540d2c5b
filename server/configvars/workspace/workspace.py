"""One workspace folder: its analysed files, open documents instead of files on disk, and writing changes."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator

from configvars.checks import run_checks
from configvars.limits import PYTHON_SIZE, Hits, counted
from configvars.model import FileEdit, FileFacts, Finding
from configvars.platforms.base import AppSnapshot
from configvars.project import Project
from configvars.settings import Settings
from configvars.slices import finish, sliced
from configvars.traces import Noting
from configvars.workspace import reading, staging, writing
from configvars.workspace.analysis import ROOM, Analysis, WhyNot, never
from configvars.workspace.disk import Disk
from configvars.workspace.git import Git
from configvars.workspace.kinds import Kind, is_python, paths_of
from configvars.workspace.mentioned import Mentioned
from configvars.workspace.open_texts import OpenTexts
from configvars.workspace.reading import Stamp, Unread, current_stamp, inside, is_current
from configvars.workspace.settling import settled
from configvars.workspace.sorting import Sorting


class Workspace:
    """The files of one folder, `root` (absolute), and their facts; nothing is read before `load` or `open`.

    Call all methods in one thread. `apps` are the last known states of the chosen apps. `called_python`: the
    paths that are Python to the editor. Files outside (link targets, git's) are read only if `trusted`.
    `partial`: nothing is read from disk. `why_not` returns why a file is excluded.
    """

    _room = ROOM

    def __init__(
        self, root: str, settings: Settings | None = None, *, trusted: bool = True, why_not: WhyNot = never
    ) -> None:
        self.root = os.path.abspath(root)
        self.settings, self.partial, self._loading = settings or Settings(), False, False
        self.disk, self.apps = Disk(self.root, trusted=trusted), tuple[AppSnapshot, ...]()
        self._analysis = Analysis(self.root, why_not, self._room)
        self._stamps, self._to_read = dict[str, Stamp](), dict[str, None]()
        self._note, self._git = Noting(), Git(lambda: None if self.disk.trusted else self.root)
        self._walked, self._sorting = Hits(), Sorting(self.root, self.settings, self._git, self.disk)
        self._open = OpenTexts(self.root, self.disk, self._sorting.kind, self.text_on_disk)
        self._code, self.text_of = self._analysis.code(self._open.text_of), self._open.text_of
        self._mentioned = Mentioned(self.disk, self._open.get, lambda: self.settings, self._sorting)
        self.called_python, self.folders = self._sorting.called_python, self._sorting.folders
        self.own_path, self.changed_links = self._sorting.own_path, self._sorting.changed_links
        self.is_of_other_checkout, self.kind = self._sorting.is_of_other_checkout, self._sorting.kind

    def load(self) -> Iterator[None]:
        """Read and analyse the folder, or what has changed in it, in slices; env files come first."""
        return sliced(self._load())

    def _load(self) -> Iterator[None]:
        self._loading, self._walked = True, Hits()
        try:
            yield from self._read_all()
            yield from self._settle()
            yield from self._analysis.resting()
        finally:
            self._loading = False

    def _read_all(self) -> Iterator[None]:
        self.look_again()
        gone, python, self._walked = self.known(opened=True), list[str](), Hits()
        for folder in counted(self._sorting.walk(), self._walked):
            if folder.has_staging:
                staging.sweep(folder.path)
            for path in paths_of(folder):
                if (kind := self._sorting.kind_by_name(path)) is None:
                    continue
                gone.discard(path)
                if kind.is_python:
                    python.append(path)
                else:
                    yield from self._refresh(path)
                    yield
            yield
        again = self._analysis.know(python, self._sorting.linked.links())
        self._stamps = {path: stamp for path, stamp in self._stamps.items() if path not in again}
        for path in (*python, *gone, *again):
            yield from self._refresh(path)
            yield

    def catch_up(self) -> Iterator[None]:
        """After saving: analyse skipped files, in slices, if they contain names that were learned since."""
        return sliced(self._settle())

    def open(self, path: str, text: str) -> bool:
        """Use open text instead of the file on disk; returns whether facts changed."""
        return self._now(self.opening(path, text))

    def opening(self, path: str, text: str | None) -> Iterator[None]:
        """`open`, or `close` for None, in slices; `withhold` the file if not all are run at once."""
        self._open.put(path, text)
        return self.changing(path) if text is None else sliced(self._opening(path, text))

    def changing(self, path: str) -> Iterator[None]:
        """`changed_on_disk` in slices, in the same way."""
        return sliced(self._changing(path))

    def withhold(self, path: str, *, begun: bool) -> None:
        """Return no facts of a file until all slices have run; `begun`: some have already run."""
        for each in self._open.same(path):
            if (kind := self._sorting.kind(each)) and (not begun or self._analysis.is_behind(each)):
                self._analysis.withhold(each, kind, Unread("passing", "is being analysed"))

    def _opening(self, path: str, text: str) -> Iterator[None]:
        for each in sorted(self._open.same(path)):
            yield from self._read_anew(each)
        if self._loading and is_python(self._sorting.kind(path)):
            yield from self._analysis.previewing(path, text)
        elif not self._loading:
            yield from self._link()
            if self._analysis.misses_files(path):
                yield from self._settle()

    def close(self, path: str) -> bool:
        """Close a document, so that the file on disk counts again; returns whether any facts changed."""
        return self._now(self.opening(path, None))

    def changed_on_disk(self, path: str) -> bool:
        """Read an added, removed or changed file or folder again; returns whether any facts changed."""
        return self._now(self.changing(path))

    def _now(self, steps: Iterator[None]) -> bool:
        before = self._analysis.index.version
        finish(steps)
        return before != self._analysis.index.version

    def _changing(self, path: str) -> Iterator[None]:
        before = self._open.same(path)
        self.look_again()
        path, known = self._sorting.changed_as(path), self.known(opened=True)
        if self._sorting.has_links(path):
            yield from self._read_all()
        inner = (*(one for one in known if inside(one, path)), *self._sorting.below(path))
        for each in before.union(*map(self._open.same, (path, *inner, *self._open.moved()))):
            yield from self._read_anew(each)
        yield from self._settle()

    def look_again(self, *, files: bool = True) -> None:
        """Clear the caches about git, links and, if `files` may have come or gone, other files."""
        self._git.forget()
        self._open.forget_links()
        self._sorting.checkouts.forget()
        if files:
            self._mentioned.forget()
            self._code.others_changed()

    def is_stale(self, path: str) -> bool:
        """Whether a file on disk, or an open one, is no longer the one that was read."""
        now = None if path in self._open else current_stamp(path)
        return self.kind(path) is not None and (now != self._stamps.get(path) or self._open.has_moved(path))

    def configure(self, settings: Settings) -> None:
        """Use other settings; call `load` again if they affect which files are read."""
        self.settings = settings
        if self._sorting.configure(settings):
            self._stamps = dict.fromkeys(self._stamps, reading.NO_STAMP)

    def project(self) -> Project:
        """The current state of the folder for checks and features."""
        return Project(
            root=self.root,
            index=self._analysis.index,
            settings=self.settings,
            text_of=self._code.text,
            apps=self.apps,
            ignored_by_git=self._note(self._git.ignored),
            tracked_by_git=self._note(self._git.tracked),
            has_byte_order_mark=self._note(self.disk.has_byte_order_mark),
            file_mode=self._note(reading.mode_of),
            link_target=self._note(self.disk.link_target),
            is_file=self._note(self.disk.is_file),
            counted=self._open.counted(self._analysis.index.files),
            text_at=self._note(self._open.text_at),
            mentioned=self._note(self._mentioned),
            partial=self.partial,
            unlisted=self._sorting.unlisted(),
            linked_folders=self._sorting.linked.followed,
            folder_links=self._sorting.linked.links(),
            unread_on_disk=self._note(self._unread_on_disk),
            read_as=self._note(self.disk.read_as),
            refused_by_python=self._note(self.disk.refused_by_python),
            facts_of=self.facts_of,
            place=self._note(self._analysis.place),
            code=self._code,
            limits_met=self._walked.counts,
            imported=self._sorting.imported.files,
        )

    def findings(self, path: str) -> tuple[Finding, ...]:
        """The findings of the checks in one file."""
        return run_checks(self.project(), path)

    def text_on_disk(self, path: str) -> str | None:
        """The current text of a file on disk, open or not; None if it cannot be read."""
        if self.partial or not inside(path, self.root) or not os.path.lexists(path):
            return None
        if is_current(path, self._stamps) and (known := self._analysis.text(path)) is not None:
            return known
        return None if isinstance(found := self._on_disk(path), Unread) else found.text

    def _on_disk(self, path: str) -> reading.ReadFile | Unread:
        return self.disk.read_text(path, kind := self._sorting.kind(path), self._limit(kind))

    def _unread_on_disk(self, path: str) -> Unread | None:
        found = None if self.partial else self._on_disk(path)
        return found if isinstance(found, Unread) else None

    def facts_of(self, path: str, text: str) -> Generator[None, None, FileFacts | None]:
        """The facts that a file would have with this text, in slices; None if it is not analysed."""
        return self._analysis.as_if(path, self._sorting.kind(path), text)

    def write(self, edit: FileEdit, before: str | None, *, over_open: bool = False) -> None:
        """Write one file on disk, if its text is still `before` (None: it must not exist yet).

        New files are private unless `shared`; open files need `over_open`. Raises `WriteRefused`.
        """
        if edit.path in self._open.paths and not over_open:
            raise writing.WriteRefused("it is open in the editor")
        self.disk.write(edit, self._sorting.kind(edit.path), before)
        self.changed_on_disk(edit.path)

    def known(self, *, opened: bool = False) -> set[str]:
        """Every file on disk that was read, also without facts; without open files, unless `opened`."""
        read = {*self._stamps, *self._analysis.index.files, *self._analysis.passed_over, *self._open.paths}
        return read if opened else read - self._open.paths

    def _refresh(self, path: str) -> Iterator[None]:
        """Read a file if it has changed since it was last read; for an open document, use its text."""
        kind, text = self._sorting.kind(path), self._open.to_read(path)
        if text is None and is_current(path, self._stamps) and self._analysis.was_taken_as(path, kind):
            return
        self._code.changed(path)
        if kind is None:
            self._forget(path)
        elif text is not None:
            yield from self._take_open(path, kind, text)
        elif isinstance(found := self.disk.read_bytes(path, self._limit(kind)), Unread):
            self._leave(path, kind, found)
        else:
            yield from self._take_closed(path, kind, *found)

    def _take_closed(self, path: str, kind: Kind, data: bytes, stamp: Stamp) -> Iterator[None]:
        self._stamps[path] = stamp
        if (yield from self._analysis.wanting(path, kind, data)):
            if isinstance(file := self.disk.decode(path, kind, data, stamp), Unread):
                self._leave(path, kind, file)
            else:
                yield from self._analysis.take(path, kind, file.text)

    def _take_open(self, path: str, kind: Kind, text: str) -> Iterator[None]:
        """Treat open text like a file, so that both lead to the same facts."""
        data, _ = text.encode("utf-8", "surrogatepass"), self._stamps.pop(path, None)
        if len(data) > self._limit(kind):
            self._leave(path, kind, reading.too_large(self._limit(kind)))
        elif (yield from self._analysis.wanting(path, kind, data)):
            yield from self._analysis.take(path, kind, text)

    def _limit(self, kind: Kind | None) -> int:
        return PYTHON_SIZE.most if is_python(kind) else self.settings.max_file_size

    def _leave(self, path: str, kind: Kind, found: Unread) -> None:
        """Record why a file could not be read, if it is of a kind that should be read."""
        self._forget(path)
        if kind.is_missed and not found.missing:
            self._analysis.leave(path, kind, found)

    def _forget(self, path: str) -> None:
        self._stamps.pop(path, None)
        self._analysis.forget(path)

    def _settle(self) -> Iterator[None]:
        return settled(self._analysis, self._read_too, self._link)

    def _link(self) -> Iterator[None]:
        """Update what depends on several files: Python names, and the env files that are named."""
        files = self._analysis.index.files
        yield from self._read_too((yield from self._sorting.imported_too(self._code, files, self._forget)))
        yield from self._analysis.linking()
        other = self._sorting.take_loaded(files)
        yield from self._read_too(sorted(other | self.disk.take_encodings(files)))

    def _read_too(self, paths: Iterable[str]) -> Iterator[None]:
        """Read files again, and files that were not read before because of the limit."""
        self._to_read.update(dict.fromkeys(paths))
        while self._to_read:
            yield from self._read_anew(path := next(iter(self._to_read)))
            yield self._to_read.pop(path, None)

    def _read_anew(self, path: str) -> Iterator[None]:
        self._stamps.pop(path, None)
        yield from self._refresh(path)

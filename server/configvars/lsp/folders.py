"""The workspace folders of a session, and which of them a file belongs to."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from configvars import failures
from configvars.lsp.collector import at_rest
from configvars.lsp.convert.uris import path_of, uri_of
from configvars.lsp.documents import Documents
from configvars.settings import Settings
from configvars.slices import SOON, is_over, sliced
from configvars.workspace import Workspace
from configvars.workspace.analysis import WhyNot, never
from configvars.workspace.roots import project_root
from configvars.workspace.unreported_changes import UnreportedChanges

_ITSELF_ALONE = ("*/",)
Change = tuple[str, bool]
"""A path, and whether it changed on disk; else in the editor."""


class Folder(Struct, dict=True):
    """One folder: its files, and changes from the editor that are not analysed yet.

    `uri` is the URI of the client. `loaded`: the whole folder has been read once. `closed`: it is no
    longer part of the session. `alone`: not a project, but the folder of a file without a project,
    without subfolders. `section`: the client's last settings for it.
    """

    uri: str
    workspace: Workspace
    loaded: bool = False
    closed: bool = False
    alone: bool = False
    section: object = None
    _changed: dict[Change, None] = field(default_factory=dict)
    _long: dict[Change, Iterator[None]] = field(default_factory=dict)
    _was_read: asyncio.Event = field(default_factory=asyncio.Event)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _waiting: list[Callable[[], Iterator[None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._again = UnreportedChanges(self.workspace)

    @property
    def root(self) -> str:
        """The folder's absolute path."""
        return self.workspace.root

    @property
    def only_open(self) -> bool:
        """Whether nothing is read from disk, because the folder was neither opened nor trusted."""
        return self.workspace.partial

    def contains(self, path: str) -> bool:
        """Whether a path lies in the folder."""
        return path == self.root or path.startswith(self.root.rstrip(os.sep) + os.sep)

    def alone_with(self, settings: Settings) -> Settings:
        """The settings of this folder; an `alone` folder excludes its subfolders."""
        return replace(settings, exclude=(*settings.exclude, *_ITSELF_ALONE)) if self.alone else settings

    def trust(self, *, trusted: bool) -> None:
        """Follow links out of the folder, or no longer; files are read again with the next `read`."""
        if trusted != self.workspace.disk.trusted:
            self.workspace.disk.trusted = trusted
            self.workspace.configure(self.workspace.settings)

    def answers_for(self, path: str) -> bool:
        """Whether a file belongs to the folder, and not to a worktree or submodule inside it."""
        if self.alone and os.path.dirname(path) != self.root:
            return False
        return self.contains(path) and not self.workspace.is_of_other_checkout(path)

    def touch(self, path: str) -> None:
        """Record that a document was opened, changed or closed; it is analysed when needed."""
        self._changed[path, False] = None

    def settle(self, documents: Documents) -> None:
        """Analyse recorded changes, so that answers are about the text that the client shows.

        A file for which there is no time now has no facts until `finish`.
        """
        until = time.monotonic() + SOON
        while self._changed:
            change = path, is_on_disk = next(iter(self._changed))
            del self._changed[change]
            self._long.pop(change, None)
            with failures.contained(f"taking a change of {path}"):
                steps = self.workspace.changing(path) if is_on_disk else self._taking(path, documents)
                self._begin(change, steps, until - time.monotonic())

    def _taking(self, path: str, documents: Documents) -> Iterator[None]:
        document = documents.get(path)
        if document and document.language == "python":
            self.workspace.called_python.add(path)
        else:
            self.workspace.called_python.discard(path)
        return self.workspace.opening(path, document.text if document else None)

    def _begin(self, change: Change, steps: Iterator[None], left: float) -> None:
        if left > 0 and is_over(steps, left):
            return
        self.workspace.withhold(change[0], begun=left > 0)
        self._long[change] = steps

    def is_under_way(self, path: str) -> bool:
        """Whether a long file is not analysed yet."""
        return (path, False) in self._long or (path, True) in self._long

    async def analysed(self, path: str, documents: Documents, *, everywhere: bool) -> None:
        """Wait until a long file is analysed, or `everywhere`, all of them."""
        self.settle(documents)
        if everywhere or self.is_under_way(path):
            await self.finish(documents)

    async def finish(self, documents: Documents) -> None:
        """Analyse recorded changes, long files in slices."""
        self.settle(documents)
        while self._long:
            change, steps = next(iter(self._long.items()))
            with failures.contained(f"taking a change of {change[0]}"):
                for _ in steps:
                    await asyncio.sleep(0)
                    if self.closed or self._long.get(change) is not steps:
                        break
            if self.closed:
                return
            if self._long.get(change) is steps:
                del self._long[change]

    def changed_on_disk(self, path: str) -> None:
        """Note that a file or folder was added, removed or changed; it is read when needed."""
        if not self.only_open:
            self._changed[path, True] = None

    async def read(self) -> None:
        """Read the folder, or what has changed in it, in slices."""
        try:
            with at_rest():
                done = self.only_open or await self._step(self.workspace.load)
        except Exception:
            self._was_read.set()  # otherwise waiting tasks would never end
            raise
        if done:
            self.loaded = True
            self._was_read.set()

    async def ready(self, documents: Documents) -> None:
        """Wait until the whole folder is analysed in the state that the client shows."""
        await self._was_read.wait()
        await self.finish(documents)

    async def catch_up(self) -> None:
        """Find, in slices, reads that newly found names reveal in other files; done when a file is saved."""
        await self._step(self.workspace.catch_up)

    async def look_again(self) -> None:
        """Read again, in slices, files that changed on disk without a notification."""
        async with self._turn:
            changed: list[str] = []
            for _ in sliced(self._looking(changed)):
                await asyncio.sleep(0)
        for path in changed:
            self.changed_on_disk(path)
            await asyncio.sleep(0)

    def _looking(self, changed: list[str]) -> Iterator[None]:
        for path in self._again.changed():
            changed += [path] if path else []
            yield

    async def _step(self, work: Callable[[], Iterator[None]]) -> bool:
        """Do work in slices after the running work; returns False if another waiting task will do it."""
        if work in self._waiting:
            return False
        self._waiting.append(work)
        async with self._turn:
            self._waiting.remove(work)
            for _ in work():
                await asyncio.sleep(0)
                if self.closed:
                    break
        return True


class Folders:
    """The folders in the client's order, and the projects of files outside of them.

    `why_not` returns why a file must not be analysed, or an empty result.
    """

    def __init__(self, why_not: WhyNot = never) -> None:
        self._why_not = why_not
        self._folders: dict[str, Folder] = {}
        self._found: dict[str, Folder] = {}

    def __iter__(self) -> Iterator[Folder]:
        return iter([*self._folders.values(), *self._found.values()])

    def add(self, uri: str, root: str) -> Folder:
        """Add a folder, unless it is already known, possibly by another path; returns the folder."""
        known = _same(self._folders.values(), root)
        if known is None:
            # A document may be opened before the folder is read, which is when trust in it is known.
            workspace = Workspace(root, trusted=False, why_not=self._why_not)
            known = self._folders[root] = Folder(uri, workspace)
        return known

    def remove(self, root: str) -> Folder | None:
        """Remove a folder; returns it if it was known."""
        folder = self._folders.pop(root, None)
        if folder:
            folder.closed = True
        return folder

    def get(self, root: str) -> Folder | None:
        """The folder at a path: one of the client's, or one that was found for a file."""
        return _same(self, root)

    def of(self, path: str) -> Folder | None:
        """The nearest folder that a file belongs to, or the one that `adopt` has created for it."""
        for folders in (self._folders, self._found):
            own = [folder for folder in folders.values() if folder.answers_for(path)]
            if own:
                return max(own, key=lambda folder: len(folder.root))
        return None

    def importing(self, path: str) -> Folder | None:
        """The first folder whose code imports a file of a submodule or clone inside it."""
        return next((folder for folder in self if path in folder.workspace.project().imported), None)

    def path_of(self, uri: str) -> str | None:
        """The path of a URI in the form that its folder uses; see `own_path`."""
        path = path_of(uri)
        return path and self.own_path(path)

    def own_path(self, path: str) -> str:
        """The path that a folder uses for a file, so that the same file always has one path here.

        An editor may open a folder through a symbolic link and a file in it by its real path, or the reverse.
        A link to the file itself is not resolved, because the place of a `.env` decides whether it counts.
        """
        known = {f.workspace.disk.real_root: own for f in self if (own := f.workspace.own_path(path))}
        return known[max(known, key=len)] if known else path

    def adopt(self, path: str, *, trusted: bool) -> Folder:
        """Create a folder of the session for the project of a file that is in none; see `project_of`."""
        folder = self.project_of(path, trusted=trusted)
        self._found[folder.root] = folder
        return folder

    def project_of(self, path: str, *, trusted: bool) -> Folder:
        """A folder for the project of a file, found as on the command line, which is not in the session.

        Without a project it is the file's own folder, `alone`. No other file is read until the user
        trusts it.
        """
        parent = os.path.dirname(path)
        try:
            root = project_root(parent)
        except (OSError, ValueError):
            root = None
        workspace = Workspace(root or parent, trusted=trusted, why_not=self._why_not)
        workspace.partial = not trusted
        folder = Folder(uri_of(workspace.root), workspace, alone=root is None)
        workspace.configure(folder.alone_with(workspace.settings))
        return folder

    def release(self, path: str, documents: Documents) -> None:
        """Remove a folder that `adopt` created, once none of its files is open."""
        for root, folder in list(self._found.items()):
            if folder.contains(path) and not any(folder.contains(document.path) for document in documents):
                folder.closed = True
                del self._found[root]

    def release_all(self) -> None:
        """Remove all folders that `adopt` created."""
        for folder in self._found.values():
            folder.closed = True
        self._found.clear()


def _same(folders: Iterable[Folder], root: str) -> Folder | None:
    try:
        real = os.path.realpath(root)
    except ValueError:
        return None
    return next((folder for folder in folders if folder.workspace.disk.real_root == real), None)

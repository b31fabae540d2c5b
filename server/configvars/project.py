"""One workspace folder as checks and features see it: facts, settings and the state of the apps."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct, field

from configvars.index import Index
from configvars.limits import Hits, Limit
from configvars.model import FileFacts, ReadAs, RefusedByPython, Unread
from configvars.platforms.base import AppSnapshot
from configvars.resolve.code import Code
from configvars.resolve.env_places import below
from configvars.resolve.folder_links import NO_LINKS, FolderLinks
from configvars.settings import Settings
from configvars.slices import result
from configvars.syntax.dotenv import Binding, iter_bindings
from configvars.syntax.python import PythonTree
from configvars.text import LineIndex, Mark, Place

_T = TypeVar("_T")

_SLICE = 200  # statements

ONLY_OPEN = "not known: only open files are read until you trust this workspace"
"""Where a variable gets its value in a `partial` project, if no open file sets it."""


class Project(Struct, frozen=True):
    """A workspace folder at one moment.

    `root` is its absolute path. `text_of` returns the current text of a file (open text before the file on
    disk), None if there is none that can be read. `ignored_by_git` says whether git would ignore a path: None
    if not known; `tracked_by_git` likewise. `has_byte_order_mark` is about the file on disk: `text_of`
    removes the mark. `link_target` is the final target of a symbolic link, None for other files;
    `unread_on_disk` says why a file, open or not, cannot be read from disk; `read_as` is the result of
    reading the file on disk in an encoding; `refused_by_python` says why Python refuses the encoding of a
    source file. `is_file` says whether there is a file or a named pipe at a path; outside of an untrusted
    folder always False. `apps` contains the last state of each chosen app, in the user's order. `facts_of`
    analyses a file as if it had another text, in slices; `place` returns the current place of a mark in a
    Python file; `code` the order of what Python files do.

    `templates_stand_in`: code without an env file is compared with templates, app.json and the apps, as on a
    CI machine. `deploying`: the question is whether the code can be deployed to the apps, in the `processes`
    of the Procfile (all if there are none). `not_loaded` are the Python files that certainly no process of
    the Procfile loads, `only_imported` those that certainly none of them runs as a program, `by_settings`
    those that they load only with some value of `DJANGO_SETTINGS_MODULE`, which is not known. `seen_from` is
    the absolute folder from which messages show paths; the root if empty. `partial`: only some of the
    folder's files are known, so nothing is reported as not set or not read by any file. `unlisted`: the
    folders whose files are not known, with the reasons, in words that can follow the path. `linked_folders`:
    the real paths of the folders elsewhere that links lead to and that were read, by the link; `folder_links`
    the paths by which the files of other linked folders are known. `counted`: the paths at which files that
    are open as a link count, by the paths that lead to them; `text_at` is the text that the editor has at
    exactly a path, while `text_of` of a file is that of a link to it if only the link is open. `imported` are
    the files of submodules and clones inside the folder that its code imports, each with the folder of its
    checkout: they count, but nothing is changed there.
    `mentioned` looks names up in all code and configuration: True for a whole string in Python or a word in
    another language, False for only a name in Python. It reads files, so it is called only before something
    is reported.
    """

    root: str
    index: Index
    settings: Settings
    text_of: Callable[[str], str | None]
    text_at: Callable[[str], str | None] = field(default=lambda path: None)
    apps: tuple[AppSnapshot, ...] = ()
    ignored_by_git: Callable[[str], bool | None] = field(default=lambda path: None)
    tracked_by_git: Callable[[str], bool | None] = field(default=lambda path: None)
    has_byte_order_mark: Callable[[str], bool] = field(default=lambda path: False)
    file_mode: Callable[[str], int | None] = field(default=lambda path: None)
    link_target: Callable[[str], str | None] = field(default=lambda path: None)
    is_file: Callable[[str], bool] = field(default=lambda path: False)
    unread_on_disk: Callable[[str], Unread | None] = field(default=lambda path: None)
    read_as: Callable[[str, str], ReadAs | None] = field(default=lambda path, encoding: None)
    refused_by_python: Callable[[str], RefusedByPython | None] = field(default=lambda path: None)
    facts_of: Callable[[str, str], Generator[None, None, FileFacts | None]] = field(
        default=lambda path, text: _no_facts()
    )
    place: Callable[[Mark], Place | None] = field(default=lambda mark: None)
    code: Code = field(default_factory=Code)
    templates_stand_in: bool = False
    seen_from: str = ""
    deploying: bool = False
    processes: frozenset[str] = frozenset()
    not_loaded: frozenset[str] = frozenset()
    only_imported: frozenset[str] = frozenset()
    by_settings: frozenset[str] = frozenset()
    partial: bool = False
    unlisted: Mapping[str, str] = field(default_factory=dict)
    linked_folders: Mapping[str, str] = field(default_factory=dict)
    folder_links: FolderLinks = NO_LINKS
    counted: Mapping[str, str] = field(default_factory=dict)
    imported: Mapping[str, str] = field(default_factory=dict)
    limits_met: tuple[tuple[str, int], ...] = ()
    mentioned: Callable[[frozenset[str]], Mapping[str, bool]] = field(default=lambda names: {})

    def remembered(self, question: str, find: Callable[[], _T]) -> _T:
        """The result of `find`, computed once until a file, fact, setting or app's state changes."""
        version = (self.index.version, self.settings, self.apps, self.templates_stand_in, self.deploying)
        return self.code.once(question, version, find)

    def answered(self, question: str, find: Callable[[], _T]) -> _T:
        """The result of `find`, kept until something changes that it has read through this project.

        `find` depends on nothing else, except what `question` contains, and its result does not change.
        """
        return self.code.answer(question, self.base, find)

    def answered_for(self, path: str, question: str, find: Callable[[], Mapping[str, _T]]) -> _T | None:
        """What the result of `find`, which is kept like that of `answered`, contains for a file."""
        return self.code.part_of_answer(question, self.base, find, path)

    @property
    def base(self) -> tuple[object, ...]:
        """Everything in this project that is read without a note (see `traces`)."""
        states = self.templates_stand_in, self.deploying, self.partial, self.processes, self.limits_met
        folders = self.unlisted, dict(self.linked_folders), self.folder_links, self.counted, self.imported
        loaded = self.not_loaded, self.only_imported, self.by_settings
        return self.index, self.settings, self.apps, self.seen_from, states, folders, loaded

    def contains(self, path: str, pattern: re.Pattern[str]) -> bool:
        """Whether the text of a file matches somewhere; searched once for each text."""
        return self.found_in(path, f"contains {pattern.pattern}", lambda text: bool(pattern.search(text)))

    def found_in(self, path: str, what: str, find: Callable[[str], _T]) -> _T:
        """The result of `find` for the text of a file, empty if it cannot be read; once for each text."""
        return self.code.kept_of(path, what, None, lambda: find(self.text_of(path) or ""))

    def lines_of(self, path: str) -> LineIndex:
        """The lines of a file; of an empty text if it cannot be read."""
        return self.found_in(path, "lines", LineIndex)

    def exceed(self, limit: Limit) -> None:
        """Count that a limit which concerns no single file was exceeded."""
        self.remembered("exceeded limits", Hits).count(limit)

    @property
    def exceeded(self) -> tuple[tuple[str, int], ...]:
        """The exceeded limits that concern no single file, each with the number of times."""
        here = self.remembered("exceeded limits", Hits)
        return tuple(sorted((Counter(dict(self.limits_met)) + Counter(dict(here.counts))).items()))

    def tree_of(self, path: str) -> PythonTree:
        """The tree of a Python file with its current text; that of an empty one if it cannot be read."""
        self.code.note_text(path)
        return self.code.trees.tree(path)

    def statements(self, path: str) -> Sequence[Binding]:
        """The statements of an env file, parsed once for each text; none if it cannot be read."""
        return result(self.parsing(path))

    def parsing(self, path: str) -> Generator[None, None, Sequence[Binding]]:
        """`statements`, in slices."""
        text = self.text_of(path) or ""
        if self.code.has_kept(path, "statements", text):
            return self.code.kept_of(path, "statements", text, lambda: list[Binding]())
        found: list[Binding] = []
        for count, binding in enumerate(iter_bindings(text), 1):
            found.append(binding)
            if count % _SLICE == 0:
                yield
        return self.code.kept_of(path, "statements", text, lambda: found)

    def has_file(self, path: str) -> bool:
        """Whether there is a file at a path, also one that configvars cannot read."""
        if self.text_of(path) is not None:
            return True
        unread = self.unread_on_disk(path)
        return unread is not None and unread.gives

    def why_no_file(self, *paths: str) -> str:
        """What is in the place of a file that sets nothing: `is a folder`; the first of some possible paths.

        The words can follow the path: "does not exist" if nothing is there.
        """
        for path in paths:
            unread = self.unread_on_disk(path)
            is_inside = path.startswith(os.path.join(self.root, ""))
            if unread is not None and is_inside and not unread.missing:
                return unread.why
            if not is_inside and not (unread is not None and unread.missing):
                return "is outside of the project and is not read"
        return "does not exist"

    def relative(self, path: str) -> str:
        """A path for messages: relative to the folder `seen_from`, with forward slashes."""
        return below(path, self.seen_from or self.root).replace(os.sep, "/")

    def own(self, path: str) -> str:
        """The path at which a file counts, of all that lead to it: an open link, otherwise the file itself.

        Of the links to a file elsewhere, which has no path of its own here, that is the first one. A link
        that is open with another text than its file counts on its own.
        """
        if path in self.counted:
            return self.counted[path]
        target = self.link_target(path)
        if target is None or target in self.index.files or target in self.counted:
            return self.counted.get(target or path, target or path)
        links = self.first_links(self.index.files[path].kind) if path in self.index.files else {}
        return links.get(target, path)

    def first_links(self, kind: str) -> Mapping[str, str]:
        """The links of one kind by their targets; of several links to a file, that nearest to the root."""

        def find() -> dict[str, str]:
            paths = (path for path, its in self.index.each("kind").items() if its == kind)
            nearest = sorted(paths, key=lambda path: (path.count(os.sep), path), reverse=True)
            return {target: path for path in nearest if (target := self.link_target(path)) is not None}

        return self.answered(f"first links, {kind}", find)

    def inner(self, path: str) -> str:
        """A path relative to the root, with forward slashes."""
        return below(path, self.root).replace(os.sep, "/")


def _no_facts() -> Generator[None, None, None]:
    """The default of `facts_of`: no file is analysed."""
    yield from ()

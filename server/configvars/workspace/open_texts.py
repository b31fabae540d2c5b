"""The texts of open documents. Each is the text of its file, by whatever path the file is reached.

A symbolic link and the file that it leads to are one file for the user, but two documents for an editor.
"""

from __future__ import annotations

from collections.abc import Callable, Container, KeysView

from configvars.workspace.disk import Disk
from configvars.workspace.kinds import Kind
from configvars.workspace.reading import inside


class OpenTexts:
    """The open documents of the folder `root` by the paths under which they were opened.

    `on_disk` is the text of a file on disk, None if it cannot be read.
    """

    def __init__(
        self, root: str, disk: Disk, kind: Callable[[str], Kind | None], on_disk: Callable[[str], str | None]
    ) -> None:
        self._root, self._disk, self._kind, self._on_disk = root, disk, kind, on_disk
        self._texts: dict[str, str] = {}
        self._links: dict[str, set[str]] = {}
        self._read: dict[str, str] = {}
        self._counting: tuple[dict[str, str], list[tuple[str, str]]] | None = None

    @property
    def paths(self) -> KeysView[str]:
        """The paths that are open themselves."""
        return self._texts.keys()

    def put(self, path: str, text: str | None) -> None:
        """Add a document or a newer version of it; None if it was closed."""
        self._texts.pop(path, None)
        self._counting = None
        if text is not None:
            self._texts[path] = text

    def text_of(self, path: str) -> str | None:
        """The text of a file: of the open document, or else on disk; None if it cannot be read."""
        return self._on_disk(path) if (text := self.get(path)) is None else text

    def text_at(self, path: str) -> str | None:
        """The text that an editor has at exactly this path, also if another path of the file is open."""
        return self._texts[path] if path in self._texts else self._on_disk(path)

    def get(self, path: str) -> str | None:
        """The text of a file that is open; None if it is not.

        A path that is not open itself has the text of the file's own document, or else of the link that was
        opened or changed last.
        """
        if path in self._texts or not self._texts:
            return self._texts.get(path)
        document = self._documents()[0].get(file := self._file(path))
        # The name of a link must not decide that the user's other files are read as env files.
        is_one = document is not None and (inside(file, self._root) or self._is_one_kind(path, document))
        return self._texts[document] if document is not None and is_one else None

    def __contains__(self, path: str) -> bool:
        return self.get(path) is not None

    def to_read(self, path: str) -> str | None:
        """`get`, for a file that is read now and whose path may be a link."""
        if (target := self._disk.link_target(path)) is not None:
            self._links.setdefault(target, set()).add(path)
            self._read[path] = target
        else:
            self._read.pop(path, None)
        return self.get(path)

    def moved(self) -> list[str]:
        """The links that lead elsewhere than when they were read."""
        return [path for path in self._read if self.has_moved(path)]

    def has_moved(self, path: str) -> bool:
        """Whether a link leads elsewhere than when it was read."""
        return self._read.get(path) != self._disk.link_target(path)

    def forget_links(self) -> None:
        """Clear the cache about links, which may have changed."""
        self._disk.forget_links()
        self._counting = None

    def same(self, path: str) -> set[str]:
        """The known paths of a file, without other paths that are open themselves."""
        file = self._file(path)
        links = {each for each in self._links.get(file, ()) if self._file(each) == file}
        return {path} | {each for each in (file, *links) if each not in self._texts}

    def counted(self, analysed: Container[str]) -> dict[str, str]:
        """The paths at which files that are open as a link count, by their open paths and their targets.

        A document with another text than the one that counts for the file is counted on its own. `analysed`
        are the files with facts.
        """
        found: dict[str, str] = {}
        documents, open_links = self._documents()
        for path, file in open_links:
            text, first = self._texts[path], documents[file]
            for each in (path, file):
                is_one = self._is_one_kind(each, first) and (first in analysed or each not in analysed)
                found[each] = first if is_one and self._texts.get(each, text) == self._texts[first] else each
        return found

    def _documents(self) -> tuple[dict[str, str], list[tuple[str, str]]]:
        """The path of the document that counts, by the file; and the open links with their files."""
        if self._counting is None:
            files = [(path, self._file(path)) for path in self._texts]
            links = [(path, file) for path, file in files if path != file]
            counting = {file: path for path, file in files}
            self._counting = counting | {file: file for _, file in links if file in self._texts}, links
        return self._counting

    def _file(self, path: str) -> str:
        return self._disk.link_target(path) or path

    def _is_one_kind(self, path: str, other: str) -> bool:
        kind, its = self._kind(path), self._kind(other)
        return kind is not None and its is not None and kind.name == its.name

"""The files of a folder as they are on disk, whatever the editor has open."""

from __future__ import annotations

import codecs
import os
from collections.abc import Mapping

from configvars.edits.apply import apply_edits
from configvars.limits import PYTHON_SIZE
from configvars.model import FileEdit, FileFacts, ReadAs, RefusedByPython, Unread
from configvars.workspace import reading, writing
from configvars.workspace.encodings import marked, read_as, written_in
from configvars.workspace.foreign_files import may_be_read
from configvars.workspace.kinds import Kind
from configvars.workspace.named import named_encodings
from configvars.workspace.python_bytes import SOURCE_ENDINGS, refused_by_python
from configvars.workspace.reading import ReadFile, Stamp, inside, link_free

# pip and readers of YAML take a byte order mark into account: `pip freeze >` in PowerShell writes UTF-16.
_READ_BY_MARK = frozenset({"compose", "jinja", "mentions", "render", "test-runners", "workflow"})


class Disk:
    """Reads and writes files of the folder `root`; links out of it are followed only if it is `trusted`."""

    def __init__(self, root: str, *, trusted: bool) -> None:
        self.trusted = trusted
        self.real_root = os.path.realpath(root)
        self._root = root
        self._encodings: dict[str, tuple[str, ...]] = {}
        self._folder_targets: dict[str, str | None] = {}
        self._targets: dict[str, str | None] = {}
        self._of_python: dict[str, tuple[Stamp, RefusedByPython | None]] = {}
        self._foreign: dict[str, tuple[Stamp, Unread | None]] = {}

    def take_encodings(self, files: Mapping[str, FileFacts]) -> frozenset[str]:
        """Set the encodings in which code reads env files; returns the paths for which they changed."""
        before, self._encodings = self._encodings, named_encodings(files, self._root)
        return frozenset(path for path, _ in before.items() ^ self._encodings.items())

    def read_bytes(self, path: str, limit: int) -> tuple[bytes, Stamp] | Unread:
        """The bytes of a file of at most `limit` bytes."""
        found = reading.read_bytes(path, None if self.trusted else self._root, limit)
        if not isinstance(found, Unread) and path.endswith(SOURCE_ENDINGS):
            self._of_python[path] = (found[1], refused_by_python(path, found[0]))
        return found

    def decode(self, path: str, kind: Kind | None, data: bytes, stamp: Stamp) -> ReadFile | Unread:
        """The text of a file with these bytes."""
        python = kind is not None and kind.is_python
        encodings = self._encodings.get(path, ())
        if kind is None or kind.name in _READ_BY_MARK:
            encodings = (*encodings, *marked(data))
        file = reading.decode(data, stamp, python=python, encodings=encodings)
        if isinstance(file, ReadFile) and kind is not None and kind.name == "dotenv":
            return self._refused(path, file) or file
        return file

    def read_text(self, path: str, kind: Kind | None, limit: int) -> ReadFile | Unread:
        """The text of a file of at most `limit` bytes."""
        found = self.read_bytes(path, limit)
        return found if isinstance(found, Unread) else self.decode(path, kind, *found)

    def has_byte_order_mark(self, path: str) -> bool:
        """Whether a file starts with a UTF-8 byte order mark."""
        found = self.read_bytes(path, PYTHON_SIZE.most)
        return not isinstance(found, Unread) and found[0].startswith(codecs.BOM_UTF8)

    def read_as(self, path: str, encoding: str) -> ReadAs | None:
        """The result of reading an env file in an encoding; None if the file cannot be read."""
        found = self.read_bytes(path, PYTHON_SIZE.most)
        if isinstance(found, Unread):
            return None
        file = reading.decode(*found, python=False, encodings=self._encodings.get(path, ()))
        actual = written_in(found[0]) or (file.encoding if isinstance(file, ReadFile) else None)
        return read_as(found[0], encoding, actual)

    def refused_by_python(self, path: str) -> RefusedByPython | None:
        """Why Python refuses the encoding of a source file; looked up again only if the file has changed."""
        if not path.endswith(SOURCE_ENDINGS):
            return None
        known = self._of_python.get(path)
        if known is None or known[0] != reading.current_stamp(path):
            self._of_python.pop(path, None)
            self.read_bytes(path, PYTHON_SIZE.most)
        return self._of_python[path][1] if path in self._of_python else None

    def write(self, edit: FileEdit, kind: Kind | None, before: str | None) -> None:
        """Change the text `before` of a file, or create a file if it is None.

        Raises `WriteRefused` with the reason.
        """
        text = apply_edits(before or "", edit.edits)
        if before is None:
            writing.create(edit.path, self._root, text, shared=edit.shared)
        else:
            python, encodings = kind is not None and kind.is_python, self._encodings.get(edit.path, ())
            writing.replace(edit.path, self._root, before, text, python=python, encodings=encodings)

    def own_path(self, real: str) -> str | None:
        """The path inside the folder of a file with this real path; None if it is elsewhere."""
        if not inside(real, self.real_root):
            return None
        return os.path.normpath(os.path.join(self._root, os.path.relpath(real, self.real_root)))

    def is_file(self, path: str) -> bool:
        """Whether there is a file or a named pipe; outside of an untrusted folder always False."""
        return (self.trusted or inside(path, self._root)) and reading.is_file(path)

    def link_target(self, path: str) -> str | None:
        """The final target of a link, or of a file behind one, as a path inside the folder if it is there.

        None if no link is on the way from the folder to the file.
        """
        if path not in self._targets:
            self._targets[path] = self._target(path)
        return self._targets[path]

    def _target(self, path: str) -> str | None:
        folder, name = os.path.split(path)
        if os.path.islink(path) or not inside(folder, self._root):
            return self._elsewhere(path)
        if folder not in self._folder_targets:
            self._folder_targets[folder] = self._elsewhere(folder)
        target = self._folder_targets[folder]
        return target and os.path.join(target, name)

    def _elsewhere(self, path: str) -> str | None:
        """A path with its links resolved, inside the folder if possible; None if it has no links."""
        real = link_free(path)
        target = real and (self.own_path(real) or real)
        return target if target and os.path.normcase(target) != os.path.normcase(path) else None

    def forget_links(self) -> None:
        """Clear the cache about links, which may have changed."""
        self._folder_targets.clear()
        self._targets.clear()

    def _refused(self, path: str, file: ReadFile) -> Unread | None:
        """Why a file must not be analysed: a link named `.env` may lead to the user's private keys."""
        target = os.path.realpath(path)
        if inside(target, self.real_root):
            return None
        known = self._foreign.get(path)
        if known is None or known[0] != file.stamp:
            why = f"leads through a symbolic link to {target}, which does not look like an env file"
            refused = (
                None
                if may_be_read(target, file.text)
                else Unread("foreign", why, "link to another kind of file")
            )
            known = self._foreign[path] = (file.stamp, refused)
        return known[1]

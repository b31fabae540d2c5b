"""Finds the files that made this process crash, from a note on disk. It contains only paths.

While a file is analysed, its path is in a memory-mapped file in the state folder. A crash of native code
leaves that file behind, with a report of the interpreter; the next process reads both. A process that was
killed from outside leaves no report, and then no file is to blame.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from configvars.storage import replace_file
from configvars.workspace.staging import sweep

Stamp = tuple[int, int]
"""When a file was last changed (in nanoseconds), and its size in bytes."""

WHY = "made configvars crash, and is not analysed until it changes"
_PAGE = mmap.PAGESIZE
_LENGTH = 8
_NOTE = "analysing-"
_FILE = "left-alone.json"
_MOST = 100


class Note:
    """The path of the file being analysed, in memory that the system writes to disk when the process ends."""

    def __init__(self, file: BinaryIO) -> None:
        self.report = file
        file.write(bytes(_PAGE))
        file.flush()
        self._memory = mmap.mmap(file.fileno(), _PAGE)

    def begin(self, path: str) -> None:
        """Note that the analysis of a file starts."""
        name = os.fsencode(path)
        if len(name) <= _PAGE - _LENGTH:
            self._memory[_LENGTH : _LENGTH + len(name)] = name
            self._memory[:_LENGTH] = len(name).to_bytes(_LENGTH, "little")

    def end(self) -> None:
        """Note that the analysis of the current file has ended."""
        self._memory[:_LENGTH] = bytes(_LENGTH)

    def close(self) -> None:
        """Unmap the note; nothing can be noted afterwards."""
        self._memory.close()


@contextmanager
def noting(state: Path) -> Iterator[Note | None]:
    """A note for this process while the block runs; None if none can be written.

    `report` is the file to which the interpreter reports a crash.
    """
    with contextlib.ExitStack() as stack:
        try:
            state.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, path = tempfile.mkstemp(prefix=f"{_NOTE}{os.getpid()}-", dir=state)
            file = stack.enter_context(os.fdopen(descriptor, "w+b"))
            stack.callback(_remove, Path(path))
            _claim(file)
            note = Note(file)
        except (OSError, ValueError):
            yield None
            return
        stack.callback(note.close)
        yield note


def blamed(state: Path) -> dict[str, Stamp]:
    """The files that are not analysed, with their stamps at that time, including those of new crashes.

    What processes left behind that were killed while they wrote in the state folder is removed.
    """
    sweep(str(state))
    before = _read(state)
    files = {path: stamp for path, stamp in before.items() if _stamp(path) == stamp}
    for path in _crashed(state):
        if stamp := _stamp(path):
            files[path] = stamp
    if files != before:
        with contextlib.suppress(OSError):
            replace_file(state, _FILE, {"version": 1, "files": dict(list(files.items())[-_MOST:])})
    return files


def is_left_alone(path: str, files: Mapping[str, Stamp]) -> bool:
    """Whether a file is unchanged since it made a process crash."""
    return path in files and _stamp(path) == files[path]


def _crashed(state: Path) -> Iterator[str]:
    """The paths in the notes of crashed processes; the notes are removed."""
    with contextlib.suppress(OSError):
        for note in sorted(state.glob(f"{_NOTE}*")):
            with contextlib.suppress(OSError, ValueError):
                yield from _of_note(note)


def _of_note(note: Path) -> Iterator[str]:
    with note.open("r+b") as file:
        _claim(file)
        data = file.read(2 * _PAGE)
    _remove(note)
    length = int.from_bytes(data[:_LENGTH], "little")
    if len(data) > _PAGE and 0 < length <= _PAGE - _LENGTH:
        yield os.fsdecode(data[_LENGTH : _LENGTH + length])


if sys.platform == "win32":

    def _claim(file: BinaryIO) -> None:
        """Does nothing: Windows does not remove a file that a process has open, so `_remove` fails."""

else:
    import fcntl

    def _claim(file: BinaryIO) -> None:
        """Lock a note. Raises OSError while the process that writes it runs."""
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _remove(note: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        note.unlink()


def _stamp(path: str) -> Stamp | None:
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


def _read(state: Path) -> dict[str, Stamp]:
    try:
        data = json.loads((state / _FILE).read_text("utf-8"))
        return {str(path): (int(stamp[0]), int(stamp[1])) for path, stamp in data["files"].items()}
    except (OSError, ValueError, RecursionError, KeyError, TypeError, IndexError, AttributeError):
        return {}

"""Text fixtures with several files and at most one cursor mark, and how results are rendered."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

CURSOR = "<CURSOR>"
_HEADER = re.compile(r"^-- (\S+)(?: (as|->) (\S+))? --\n", re.MULTILINE)


@dataclass(frozen=True)
class Fixture:
    """Files by relative path, and the cursor's path and offset in code points, if there is a cursor.

    `forms` says which files are not plain UTF-8: `as` and an encoding or `pipe`, or `->` and the link's
    target.
    """

    files: dict[str, str]
    cursor: tuple[str, int] | None = None
    forms: dict[str, tuple[str, str]] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            match self.forms.get(name):
                case ("->", target):
                    path.symlink_to(target)
                case ("as", "pipe"):
                    os.mkfifo(path)
                case ("as", mode) if mode.startswith("mode-"):
                    path.write_text(text, encoding="utf-8")
                    path.chmod(int(mode.removeprefix("mode-"), 8))
                case form:
                    path.write_bytes(text.encode(form[1] if form else "utf-8"))


def fixture(text: str, name: str = "app.py") -> Fixture:
    """Parse `-- path --` sections (or one file called `name`) and remove the cursor mark.

    `-- path as utf-16 --` is written in that encoding, `-- path as pipe --` is a named pipe, `-- path as
    mode-666 --` has that mode, and `-- path -> target --` is a symbolic link.
    """
    parts = _HEADER.split(text)
    if parts[0] and len(parts) > 1:
        raise ValueError(f"text before the first file header: {parts[0]!r}")
    files = {name: text} if len(parts) == 1 else dict(zip(parts[1::4], parts[4::4], strict=True))
    forms = {
        path: (how, what)
        for path, how, what in zip(parts[1::4], parts[2::4], parts[3::4], strict=False)
        if how
    }
    marked = [(path, body.index(CURSOR)) for path, body in files.items() if CURSOR in body]
    if len(marked) > 1 or sum(body.count(CURSOR) for body in files.values()) > 1:
        raise ValueError("more than one cursor mark")
    plain = {path: body.replace(CURSOR, "") for path, body in files.items()}
    return Fixture(plain, marked[0] if marked else None, forms)

"""Multi-file text fixtures with at most one cursor mark, and how results are rendered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

CURSOR = "<CURSOR>"
_HEADER = re.compile(r"^-- (\S+) --\n", re.MULTILINE)


@dataclass(frozen=True)
class Fixture:
    """Files by relative path, and where the cursor is (a path and a code point offset), if anywhere."""

    files: dict[str, str]
    cursor: tuple[str, int] | None = None

    def write(self, folder: Path) -> None:
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))


def fixture(text: str, name: str = "app.py") -> Fixture:
    """Read `-- path --` sections (or one file called `name`) and take out the one cursor mark."""
    parts = _HEADER.split(text)
    if parts[0] and len(parts) > 1:
        raise ValueError(f"text before the first file header: {parts[0]!r}")
    files = {name: text} if len(parts) == 1 else dict(zip(parts[1::2], parts[2::2], strict=True))
    marked = [(path, body.index(CURSOR)) for path, body in files.items() if CURSOR in body]
    if len(marked) > 1 or sum(body.count(CURSOR) for body in files.values()) > 1:
        raise ValueError("more than one cursor mark")
    plain = {path: body.replace(CURSOR, "") for path, body in files.items()}
    return Fixture(plain, marked[0] if marked else None)

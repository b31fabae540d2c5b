"""The files into which values may be pulled, by their names."""

from __future__ import annotations

import os

from configvars.sources.dotenv import KIND
from configvars.workspace.kinds import by_name

_ANY_TEXT = frozenset({KIND, "jinja"})  # Jinja templates can end in `.txt`, which may also be an env file


def is_another_kind(path: str) -> bool:
    """Whether the name of a file shows that it is code or has another format than an env file."""
    kind = by_name(os.path.basename(path))
    return kind is not None and kind.name not in _ANY_TEXT and not kind.needs_shebang

"""Which files values may be pulled into, by their name."""

from __future__ import annotations

import os

from configvars.sources.dotenv import KIND
from configvars.workspace.kinds import by_name

_ANY_TEXT = frozenset({KIND, "jinja"})  # `.txt` is among Jinja's endings, and may be an env file, too


def is_another_kind(path: str) -> bool:
    """Whether a file is no env file by its name, but code or of another kind."""
    kind = by_name(os.path.basename(path))
    return kind is not None and kind.name not in _ANY_TEXT and not kind.needs_shebang

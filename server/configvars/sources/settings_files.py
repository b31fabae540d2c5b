"""pyproject.toml and configvars.toml: what they mention is used, and our own settings in them are checked."""

from __future__ import annotations

import re

from configvars.model import Example, FileFacts
from configvars.sources.base import Source

KIND = "settings"
_NAMES = frozenset({"pyproject.toml", "configvars.toml"})
_WORD = re.compile(r"\b[A-Z][A-Z0-9_]*\b", re.ASCII)


def _analyze(path: str, text: str) -> FileFacts:
    return FileFacts(path, KIND, mentions=frozenset(_WORD.findall(text)))


SETTINGS_FILES = Source(
    name=KIND,
    matches=_NAMES.__contains__,
    analyze=_analyze,
    examples=(
        Example('[project]\nname = "shop"\n', note="no name in capitals"),
        Example(
            '[tool.pytest.ini_options]\nenv = ["DATABASE_URL=sqlite://"]\n',
            ("mentions DATABASE_URL",),
        ),
    ),
)

"""`.envrc`: what direnv exports, and the env files that it loads (https://direnv.net/man/direnv-stdlib.1.html)."""

from __future__ import annotations

import re

from configvars.model import Example, FileFacts, PresetVariable, Start
from configvars.patterns import lazy_pattern
from configvars.sources.base import Source
from configvars.sources.mentions import mentioned
from configvars.text import Span

_EXPORT = lazy_pattern(r"^[ \t]*export[ \t]+(?P<name>[A-Za-z_][A-Za-z0-9_]*)=", re.MULTILINE)
_DOTENV = lazy_pattern(
    r"^[ \t]*dotenv(?:_if_exists)?(?:[ \t]+(?P<path>[^\s#;]+))?[ \t]*(?:$|[#;])", re.MULTILINE
)


def _analyze(path: str, text: str) -> FileFacts:
    gifts = tuple(
        PresetVariable(found["name"], Span(*found.span("name"))) for found in _EXPORT.finditer(text)
    )
    files = tuple((found["path"] or ".env").strip("\"'") for found in _DOTENV.finditer(text))
    start = Start("direnv", Span(0, 0), "shell", given=gifts, env_files=files)
    return FileFacts(path, "mentions", starts=(start,) if gifts or files else (), mentions=mentioned(text))


ENVRC = Source(
    name="envrc",
    matches=lambda name: name == ".envrc",
    analyze=_analyze,
    examples=(
        Example("# export a=1\nlayout python\n"),
        Example(
            "export A=1\ndotenv\ndotenv_if_exists .env.local\n",
            ("mentions A", "starts direnv after .env .env.local with A"),
        ),
    ),
)

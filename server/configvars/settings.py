"""What a user can set, with the name and default of each setting."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from msgspec import Struct, field

from configvars.model import Severity

MAX_FILE_SIZE = 1024 * 1024
HEROKU_TIMEOUT = 20
"""The time limit for one call of the Heroku CLI, in seconds."""


class Settings(Struct, frozen=True):
    """The settings of one workspace folder.

    The editor's names are camelCase under `configvars.`, those of `[tool.configvars]` are the same in
    kebab-case (`settings.py` of this package is the list; a test compares the client's package.json with it).

    `select` and `ignore` contain names of checks and of groups; an empty selection means all. `checks` sets
    the severity of a check, or None to turn it off. `per_file_ignores` maps patterns to names of checks, for
    files that cannot contain comments.
    """

    heroku_apps: tuple[str, ...] = ()
    heroku_path: str = ""
    heroku_refresh: Literal["onOpen", "manual"] = "onOpen"
    heroku_timeout: int = HEROKU_TIMEOUT
    env_files: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    checks: Mapping[str, Severity | None] = field(default_factory=lambda: MappingProxyType({}))
    interpreter: str = ""
    path: str = ""
    max_file_size: int = MAX_FILE_SIZE
    inlay_hints: bool = False
    cloak: bool = True
    code_lens: Literal["actions", "all", "off"] = "actions"
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

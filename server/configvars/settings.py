"""What a user can set, with one name and one default each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from configvars.model import Severity

MAX_FILE_SIZE = 1024 * 1024
HEROKU_TIMEOUT = 20
"""Seconds for one call of the Heroku CLI."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one workspace folder.

    The editor's names are camelCase under `configvars.`, those of `[tool.configvars]` the same in
    kebab-case (`settings.py` of this package is the list; a test holds the client's package.json to it).

    `select` and `ignore` hold names of checks and of groups; nothing selected means all. `checks` gives a
    check another severity, or None where it is off. `per_file_ignores` holds names of checks by pattern, for
    the files that no comment can stand in.
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

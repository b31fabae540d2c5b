"""Names and groups of checks in `select` and `ignore`, and which checks a selection contains."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from configvars.settings import Settings
from configvars.settings_values import Names

EVERY = "ALL"
GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "code": (
            "missing-variable",
            "missing-optional-variable",
            "read-before-load",
            "missing-env-file",
            "undeclared-variable",
            "string-truthiness",
            "unguarded-conversion",
            "default-of-another-type",
            "non-string-value",
            "ignored-field-env",
            "unused-suppression",
            "unreadable-file",
        ),
        "env-files": (
            "unreadable-env-file",
            "unloaded-env-file",
            "syntax-error",
            "duplicate-variable",
            "bare-name",
            "invalid-name",
            "mangled-path",
            "unconvertible-value",
            "empty-variable",
            "forbidden-variable",
            "misspelt-variable",
            "unused-variable",
            "undefined-interpolation",
            "readers-disagree",
        ),
        "secrets": (
            "not-git-ignored",
            "tracked-by-git",
            "readable-by-others",
            "partly-encrypted",
            "hardcoded-secret",
        ),
        "flask": (
            "ignored-config-key",
            "misspelt-config-key",
            "unknown-config-key",
            "removed-config-key",
            "text-config-value",
            "unset-config-key",
            "required-config-key",
            "late-config-key",
            "config-object-not-found",
            "changing-secret-key",
            "overwritten-variable",
            "dotenv-as-python",
            "prefix-collision",
        ),
        "heroku": (
            "not-on-heroku",
            "only-on-heroku",
            "declared-not-on-heroku",
            "addon-not-on-heroku",
            "apps-differ",
            "instance-folder-on-heroku",
            "config-file-not-deployed",
            "flask-app-not-found",
            "ephemeral-storage",
            "overridden-on-heroku",
            "postgres-scheme",
            "rediss-certificate",
            "config-too-large",
        ),
        "settings": ("invalid-setting",),
    }
)


DEPLOY = ("not-on-heroku", "declared-not-on-heroku", "addon-not-on-heroku", "apps-differ")
"""The checks that `check --deploy` always runs: whether the apps have the names that code and app.json need."""

ON_APPS = tuple(name for name in GROUPS["heroku"] if name not in (*DEPLOY, "only-on-heroku"))
"""The checks about what fails or is lost on Heroku; `check --deploy` runs them as the settings say."""

OF_IMPORTED = frozenset({"missing-variable", "missing-optional-variable", *DEPLOY})
"""The checks of code that the project imports from a submodule: whether the variables that it reads are set."""

OFF_BY_DEFAULT = frozenset({"unknown-config-key"})
"""The checks that run only if they are selected or have a severity in the settings: often wrong."""

USUAL = "usual"
"""Means all other checks, in a selection that will be extended; users cannot write it."""

_CHECKS = tuple(name for names in GROUPS.values() for name in names)
NAMES = Names(_CHECKS, (EVERY, *GROUPS, *_CHECKS))
"""The names, for the code that reads settings."""


def known_names() -> list[str]:
    """All names that a selection may contain: ALL, the groups, the checks."""
    return list(NAMES.selectable)


def is_selected(check: str, settings: Settings) -> bool:
    """Whether a check runs: it is selected, or nothing is selected; and it is not ignored.

    A check that is selected by its own name and ignored only as part of a group does run.
    """
    if check in settings.ignore:
        return False
    if check in settings.select:
        return True
    names = settings.select or (USUAL,)
    is_wanted = _is_in(check, names) or (USUAL in names and check in settings.checks)
    return is_wanted and not _is_in(check, settings.ignore)


@lru_cache(2048)  # many checks, and again for each change in an editor
def _is_in(check: str, names: tuple[str, ...]) -> bool:
    return any(
        name == EVERY or check in GROUPS.get(name, ()) or (name == USUAL and check not in OFF_BY_DEFAULT)
        for name in names
    )

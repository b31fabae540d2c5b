"""The config vars that Heroku's add-ons and buildpacks set: names and patterns of names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from configvars.catalog.data import toml
from configvars.catalog.variables import variables_of_addon


def set_by_addon(service: str, attached_as: str | None = None) -> tuple[str, ...]:
    """The config vars that an add-on sets; `attached_as` is its attachment name, if it has one.

    If the add-on is not in the catalogue, only the prefix is known: Heroku derives it from the service's
    name.
    """
    known = variables_of_addon(service) or _by_convention(service)
    if not attached_as:
        return known
    prefix = attached_as.upper().replace("-", "_")
    return (*known, *(f"{prefix}_{rest}" for rest in _rests(service)))


def _by_convention(service: str) -> tuple[str, ...]:
    """https://devcenter.heroku.com/articles/add-on-manifest: `fast-db` has the prefix FAST_DB."""
    name = service.upper()
    return tuple(dict.fromkeys(f"{each}_*" for each in (name.replace("-", "_"), name.replace("-", ""))))


def _rests(service: str) -> tuple[str, ...]:
    """The parts after the prefix in the names that an add-on sets; `*` if they are not known."""
    names = [name for name in variables_of_addon(service) if "*" not in name]
    rests = {name.partition("_")[2] for name in names}
    return tuple(sorted(rests)) if rests and len({name.partition("_")[0] for name in names}) == 1 else ("*",)


def set_by_buildpack(url: str) -> tuple[str, ...]:
    """The variables that a buildpack sets in a dyno; none if that is not known."""
    name = re.sub(r"^.*?([\w.-]+/[\w.-]+?)(?:\.git)?(?:#.*)?$", r"\1", url.rstrip("/"))
    return tuple(next((names for known, names in _buildpacks().items() if name in known.split()), ()))


@cache
def _buildpacks() -> Mapping[str, Mapping[str, str]]:
    data: dict[str, Any] = toml("buildpacks.toml")
    return {" ".join(table["names"]): table["variables"] for table in data.values()}

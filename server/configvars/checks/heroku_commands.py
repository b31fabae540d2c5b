"""The Heroku commands that set missing variables, for the user to copy.

They contain no values, and configvars never runs them.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from configvars.catalog import lookup

_HEROKUS_OWN = frozenset({"heroku-postgresql", "heroku-redis"})


def to_set(names: Iterable[str], app: str) -> list[str]:
    """The commands for one app: one that sets all config vars, and one for each data service of Heroku's own.

    For other add-ons it is not known whether they should set the variable.
    """
    wanted = list(dict.fromkeys(names))
    known = {name: lookup(name) for name in wanted}
    services = {name: each.owner for name, each in known.items() if each and each.owner in _HEROKUS_OWN}
    config = " ".join(f"{shlex.quote(name)}=…" for name in wanted if name not in services)
    commands = [f"heroku config:set {config} --app {app}"] if config else []
    return commands + [to_create(service, app) for service in dict.fromkeys(services.values())]


def to_create(service: str, app: str) -> str:
    """The command that creates an add-on for an app."""
    return f"heroku addons:create {service} --app {app}"


def advice(name: str, apps: Iterable[str]) -> str:
    """A sentence with the command for each app."""
    commands = [f"`{command}`" for app in apps for command in to_set([name], app)]
    return f"Set it: {' and '.join(commands)}"

"""The Heroku commands that set missing variables, for the user to copy.

They contain no values, and configvars never runs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from configvars.catalog import lookup
from configvars.checks.invalid_name import what_is_wrong
from configvars.checks.wording import joined
from configvars.model import AddonUse
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.shell_quoting import quoted

_HEROKU_SERVICES = frozenset({"heroku-postgresql", "heroku-redis"})
_FEATURE = lazy_pattern(r"Labs feature `([\w-]+)`")
_NAME = lazy_pattern(r"[A-Za-z_]\w*", re.ASCII)
_PLAN = lazy_pattern(r"[a-z0-9-]+(:[A-Za-z0-9-]+)?")

Plans = Mapping[str, str]
"""The plan of each service that app.json lists, such as `heroku-redis:mini`."""


def plans(project: Project) -> Plans:
    """The plans of the add-ons that the project lists; the first one if a service is listed several times."""
    listed = (
        addon for _, facts in sorted(project.index.files.items(), reverse=True) for addon in facts.addons
    )
    return {addon.service: _plan(addon) for addon in reversed(tuple(listed))}


def _plan(addon: AddonUse) -> str:
    return addon.plan if _PLAN.fullmatch(addon.plan) else addon.service


def to_set(names: Iterable[str], app: str, planned: Plans = MappingProxyType({})) -> list[str]:
    """The commands for one app: one that sets all config vars, one for each Labs feature and data service.

    Data services are Heroku's own: for other add-ons it is not known whether they should set the variable.
    """
    wanted = [name for name in dict.fromkeys(names) if what_is_wrong(name) is None and _NAME.fullmatch(name)]
    known = {name: lookup(name) for name in wanted}
    services = {name: each.owner for name, each in known.items() if each and each.owner in _HEROKU_SERVICES}
    features = {name: found for name in wanted if (found := labs_feature(name))}
    config = " ".join(f"{quoted(name)}=…" for name in wanted if name not in services.keys() | features)
    commands = [f"heroku config:set {config} --app {app}"] if config else []
    commands += [f"heroku labs:enable {each} --app {app}" for each in dict.fromkeys(features.values())]
    return commands + [
        f"heroku addons:create {planned.get(service, service)} --app {app}"
        for service in dict.fromkeys(services.values())
    ]


def labs_feature(name: str) -> str:
    """The Labs feature with which Heroku sets a variable; empty if it sets it without one, or not at all."""
    known = lookup(name)
    found = _FEATURE.search(known.description) if known is not None else None
    return found[1] if found is not None else ""


def to_create(addon: AddonUse, app: str) -> str:
    """The command that creates an add-on for an app, as one of Heroku's files lists it."""
    name = f" --as {quoted(addon.attached_as)}" if addon.attached_as else ""
    return f"heroku addons:create {_plan(addon)}{name} --app {app}"


def advice(name: str, apps: Iterable[str], planned: Plans = MappingProxyType({})) -> str:
    """A sentence with the command for each app."""
    commands = [f"`{command}`" for app in apps for command in to_set([name], app, planned)]
    return f"Set it: {joined(commands, 'and')}" if commands else "Heroku does not accept this name"

"""addon-not-on-heroku: app.json lists an add-on that the chosen app does not have."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from configvars.catalog import variables_of_addon
from configvars.checks.base import Check
from configvars.checks.heroku_commands import to_create
from configvars.checks.subjects import Subject
from configvars.checks.wording import heroku_apps, joined
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.platforms.base import AppSnapshot
from configvars.project import Project

NAME = "addon-not-on-heroku"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind != "app.json" or not project.apps:
        return
    for addon in facts.addons:
        service = addon.service
        lacking = [app.app for app in project.apps if _lacks(app, service)]
        if lacking:
            commands = joined((f"`{to_create(addon, app)}`" for app in lacking), "and")
            message = (
                f"The add-on {service} in app.json is missing from {heroku_apps(lacking)}: run {commands}"
            )
            yield Finding(NAME, Severity.INFORMATION, message, facts.path, addon.span)


def _lacks(app: AppSnapshot, service: str) -> bool:
    """Whether an app lacks the config vars that an add-on would set; False for add-ons that set none."""
    patterns = variables_of_addon(service)
    if not patterns or not app.addons_known:
        return False
    owned = any((variable.addon or "").startswith(service) for variable in app.variables.values())
    return not owned and not any(fnmatchcase(name, pattern) for name in app.variables for pattern in patterns)


_NAMED = '-- app.json --\n{"addons": ["heroku-postgresql:mini", {"plan": "heroku-redis"}, "scheduler"]}\n'

ADDON_NOT_ON_HEROKU = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="app.json lists an add-on that the chosen Heroku app does not have.",
    what="""\
`addons` in `app.json` lists a service that is known to set config vars (`heroku-postgresql`, `heroku-redis`
…), and a chosen Heroku app has none of its config vars: none that belongs to such an add-on, and none with
the name that the add-on would use.""",
    why="""\
Heroku provisions the add-ons in `app.json` only when it creates an app. If the entry was added later, you
have to provision the add-on yourself.""",
    run=_run,
    about=Subject.OTHER,
    silent=(
        Example(_NAMED, note="no app is chosen"),
        Example(
            f"-- heroku:shop --\nDATABASE_URL=x @heroku-postgresql\nREDIS_URL=x\n{_NAMED}",
            note="one config var of the add-on, one set by hand",
        ),
    ),
    examples=(
        Example(
            f"-- heroku:shop --\nREDIS_URL=x @heroku-redis\n{_NAMED}",
            (
                "app.json:1:14 information The add-on heroku-postgresql in app.json is missing from Heroku app shop: run `heroku addons:create heroku-postgresql:mini --app shop`",
            ),
            "Postgres is missing",
        ),
        Example(
            '-- heroku:shop --\n-- app.json --\n{"addons": [{"plan": "heroku-redis:mini", "as": "CACHE"}]}\n',
            (
                "app.json:1:23 information The add-on heroku-redis in app.json is missing from Heroku app shop: run `heroku addons:create heroku-redis:mini --as CACHE --app shop`",
            ),
            "with its plan and its attachment name",
        ),
    ),
)

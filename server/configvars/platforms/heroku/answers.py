"""Reading the JSON answers of the Heroku CLI. Values are wrapped in `Secret` first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from configvars.platforms.base import PlatformApp
from configvars.secret import Secret

STAGES = ("review", "development", "staging", "production")
_PRODUCTION = frozenset({"prd", "prod", "production", "live"})
_NOT_PRODUCTION = frozenset(
    {"ci", "demo", "dev", "development", "pr", "preview", "qa", "review", "sandbox", "stage", "staging"}
    | {"test", "testing", "uat"}
)


def read_json(data: bytes) -> object:
    """The JSON value in the bytes; None if there is none, or if it is `null`."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):  # not chained: the exception contains the whole text
        return None


def read_config(data: bytes) -> dict[str, Secret] | None:
    """The config vars in the output of `config --json`; None if it is not a JSON object of strings."""
    answer = read_json(data)
    if not isinstance(answer, dict) or not all(isinstance(value, str) for value in answer.values()):
        return None
    return {name: Secret(value) for name, value in answer.items()}


def read_owners(data: bytes, app: str) -> dict[str, str] | None:
    """Which add-on (`heroku-postgresql`) owns which config var of the app, from `addons --json`.

    An add-on names the variables of the app that it belongs to. If another app's add-on is attached, the
    attachment's name replaces the prefix: `CACHE` leads to `CACHE_URL` and `CACHE_TLS_URL`.
    """
    answer = read_json(data)
    if not isinstance(answer, list):
        return None
    owners: dict[str, str] = {}
    for addon in answer:
        for name in (*_own_names(addon, app), *_attached_names(addon, app)):
            owners.setdefault(name, _service(addon))
    return owners


def read_apps(data: bytes) -> tuple[PlatformApp, ...] | None:
    """The apps in the output of `apps --json`, by name, with the teams that own them."""
    answer = read_json(data)
    if not isinstance(answer, list):
        return None
    return tuple(sorted(_apps(answer), key=lambda app: app.name))


def read_pipeline(data: bytes) -> tuple[PlatformApp, ...] | None:
    """The apps in the output of `pipelines:info --json`, by stage and then by name."""
    answer = _at(read_json(data), "apps")
    if not isinstance(answer, list):
        return None

    def place(app: PlatformApp) -> tuple[int, str]:
        return STAGES.index(app.stage) if app.stage in STAGES else len(STAGES), app.name

    return tuple(sorted(_apps(answer), key=place))


def _apps(entries: Iterable[object]) -> Iterator[PlatformApp]:
    for entry in entries:
        name = _at(entry, "name")
        team, stage = _at(entry, "team", "name"), _at(entry, "pipelineCoupling", "stage")
        if isinstance(name, str):
            yield PlatformApp(
                name, team if isinstance(team, str) else None, stage if isinstance(stage, str) else None
            )


def read_stage(data: bytes) -> str | None:
    """The pipeline stage in the output of `apps:info --json`; None if the app is in no pipeline."""
    stage = _at(read_json(data), "pipeline_coupling", "stage")
    return stage if isinstance(stage, str) else None


def production_by_name(app: str) -> bool | None:
    """Whether an app's name shows that it serves users; None if it shows nothing."""
    words = {word.rstrip("0123456789") for word in app.split("-")}
    if words & _NOT_PRODUCTION:
        return False
    return True if words & _PRODUCTION else None


def _own_names(addon: object, app: str) -> list[str]:
    names = _at(addon, "config_vars")
    if not isinstance(names, list) or app not in (_at(addon, "app", "name"), _at(addon, "app", "id")):
        return []
    return [name for name in names if isinstance(name, str)]


def _attached_names(addon: object, app: str) -> list[str]:
    rests = dict.fromkeys(["URL", *_rests(addon)])
    return [f"{name}_{rest}" for name in _attachments(addon, app) for rest in rests]


def _attachments(addon: object, app: object) -> list[str]:
    """The names under which an add-on is attached to an app."""
    attachments = _at(addon, "attachments")
    found = attachments if isinstance(attachments, list) else []
    here = (each for each in found if app in (_at(each, "app", "name"), _at(each, "app", "id")))
    return [name for each in here if isinstance(name := _at(each, "name"), str)]


def _rests(addon: object) -> Iterator[str]:
    """The parts after the attachment's name in the variables of the app that an add-on belongs to."""
    names, owner = _at(addon, "config_vars"), _at(addon, "app", "name")
    told = [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
    first_words = {name.partition("_")[0] for name in told}
    prefixes = [
        *(_attachments(addon, owner) if owner else ()),
        *(first_words if len(first_words) == 1 else ()),
    ]
    for name in told:
        prefix = next((each for each in prefixes if name.startswith(f"{each}_")), None)
        if prefix is not None:
            yield name.removeprefix(f"{prefix}_")


def _service(addon: object) -> str:
    for keys in (("addon_service", "name"), ("plan", "name"), ("name",)):
        if isinstance(name := _at(addon, *keys), str):
            return name.partition(":")[0]
    return "an add-on"


def _at(value: object, *keys: str) -> object:
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value

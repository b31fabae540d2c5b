"""Render's Blueprints: the variables and commands of services where they are deployed.

https://render.com/docs/blueprint-spec: `envVars` is a list of mappings with `key`, or with `fromGroup`, the
name of one of `envVarGroups`; Render asks for the value of a key with `sync: false` when the Blueprint is
first used.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping

from configvars.model import Example, FileFacts, PresetVariable, Start
from configvars.slices import result
from configvars.sources.base import Source
from configvars.sources.mentions import mentioned
from configvars.sources.starts import gifts_within, label_of, starts_of, starts_within
from configvars.syntax.yaml import Yaml, parsing_yaml

_COMMANDS = ("initialDeployHook", "preDeployCommand", "startCommand", "dockerCommand")


def _analyzing(path: str, text: str) -> Generator[None, None, FileFacts]:
    root = yield from parsing_yaml(text)
    starts = starts_within(_starts(root)) if root is not None else ()
    return FileFacts(path, "mentions", starts=starts, mentions=mentioned(text))


def _starts(root: Yaml) -> Iterator[Start]:
    groups = _groups(root)
    for project in root.items_of("projects"):
        for environment in project.items_of("environments"):
            inner = {**groups, **_groups(environment)}
            for service in environment.items_of("services"):
                yield from _of_service(service, inner)
    for service in root.items_of("services"):
        yield from _of_service(service, groups)


def _groups(holder: Yaml) -> dict[str, tuple[PresetVariable, ...]]:
    """The variables of each group; a group contains no other groups."""
    return {
        _text(group, "name"): gifts_within(_presets(group, {})) for group in holder.items_of("envVarGroups")
    }


def _of_service(service: Yaml, groups: Mapping[str, tuple[PresetVariable, ...]]) -> Iterator[Start]:
    given = gifts_within(_presets(service, groups))
    commands = [command for key in _COMMANDS if (command := service.get(key)) is not None and command.text]
    found = [
        start
        for command in commands
        for start in starts_of(
            command.text or "", command.span, "platform", given, folder=_text(service, "rootDir")
        )
    ]
    name = service.get("name")
    if found:
        yield from found
    elif name is not None and name.text:
        yield Start(label_of("Render service", name.text), name.span, "platform", given=given)


def _presets(holder: Yaml, groups: Mapping[str, tuple[PresetVariable, ...]]) -> Iterator[PresetVariable]:
    for item in holder.items_of("envVars"):
        key = item.get("key")
        if key is not None and key.text:
            yield PresetVariable(key.text, key.span)
        else:
            yield from groups.get(_text(item, "fromGroup"), ())


def _text(node: Yaml, key: str) -> str:
    found = node.get(key)
    return (found.text or "") if found is not None else ""


RENDER = Source(
    name="render",
    matches=lambda name: name in ("render.yaml", "render.yml"),
    analyze=lambda path, text: result(_analyzing(path, text)),
    in_slices=_analyzing,
    examples=(
        Example("services: [\n", note="no YAML"),
        Example("databases:\n  - name: db\n", note="no service"),
        Example(
            "services:\n  - type: web\n    name: shop\n    envVars:\n      - key: A\n        sync: false\n",
            ("mentions A", "starts Render service shop with A"),
        ),
        Example(
            "services:\n  - type: web\n    rootDir: web\n    startCommand: gunicorn shop:app\n    envVars:\n"
            "      - fromGroup: all\n      - key: KEY\n        generateValue: true\n"
            "envVarGroups:\n  - name: all\n    envVars:\n      - key: DEBUG\n        value: '0'\n",
            ("mentions DEBUG", "mentions KEY", "starts gunicorn shop:app in web with DEBUG KEY"),
        ),
        Example(
            "envVarGroups:\n  - name: all\n    envVars:\n      - key: A\n        value: '0'\n"
            "projects:\n  - environments:\n      - envVarGroups:\n          - name: own\n            envVars:\n"
            "              - key: B\n                value: '0'\n        services:\n          - type: web\n"
            "            startCommand: gunicorn shop:app\n            envVars:\n              - fromGroup: all\n"
            "              - fromGroup: own\n",
            ("mentions A", "mentions B", "starts gunicorn shop:app with A B"),
            note="groups of an environment",
        ),
    ),
)

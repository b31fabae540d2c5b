"""Render's Blueprints: the variables and commands of services where they are deployed.

https://render.com/docs/blueprint-spec: `envVars` is a list of mappings with `key`, or with `fromGroup`, the
name of one of `envVarGroups`; Render asks for the value of a key with `sync: false` when the Blueprint is
first used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from configvars.model import Example, FileFacts, Gift, Start
from configvars.sources.base import Source
from configvars.sources.mentions import mentioned
from configvars.sources.starts import label_of, starts_of
from configvars.syntax.yaml import Yaml, parse_yaml

_COMMANDS = ("initialDeployHook", "preDeployCommand", "startCommand", "dockerCommand")


def _analyze(path: str, text: str) -> FileFacts:
    root = parse_yaml(text)
    starts = tuple(_starts(root)) if root is not None else ()
    return FileFacts(path, "mentions", starts=starts, mentions=mentioned(text))


def _starts(root: Yaml) -> Iterator[Start]:
    groups = {_text(group, "name"): group for group in root.items_of("envVarGroups")}
    for project in root.items_of("projects"):
        for environment in project.items_of("environments"):
            inner = {_text(group, "name"): group for group in environment.items_of("envVarGroups")}
            for service in environment.items_of("services"):
                yield from _of_service(service, {**groups, **inner})
    for service in root.items_of("services"):
        yield from _of_service(service, groups)


def _of_service(service: Yaml, groups: Mapping[str, Yaml]) -> Iterator[Start]:
    given = tuple(_gifts(service, groups))
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


def _gifts(holder: Yaml, groups: Mapping[str, Yaml]) -> Iterator[Gift]:
    for item in holder.items_of("envVars"):
        key, group = item.get("key"), groups.get(_text(item, "fromGroup"))
        if key is not None and key.text:
            yield Gift(key.text, key.span)
        elif group is not None:
            yield from _gifts(group, {})


def _text(node: Yaml, key: str) -> str:
    found = node.get(key)
    return (found.text or "") if found is not None else ""


RENDER = Source(
    name="render",
    matches=lambda name: name in ("render.yaml", "render.yml"),
    analyze=_analyze,
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
    ),
)

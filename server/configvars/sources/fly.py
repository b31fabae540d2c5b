"""Fly's `fly.toml`: the variables and commands of an app where it is deployed.

https://fly.io/docs/reference/configuration/: `[env]` applies to all processes; secrets are not in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from configvars.model import Example, FileFacts, PresetVariable, Start
from configvars.sources.base import Source
from configvars.sources.mentions import mentioned
from configvars.sources.starts import gifts_within, label_of, starts_of, starts_within
from configvars.syntax.toml import KeyPlaces, parsed


def _analyze(path: str, text: str) -> FileFacts:
    try:
        starts = starts_within(_starts(text, parsed(text)))
    except (ValueError, RecursionError):
        starts = ()
    return FileFacts(path, "mentions", starts=starts, mentions=mentioned(text))


def _starts(text: str, root: Mapping[str, object]) -> Iterator[Start]:
    places = KeyPlaces(text)
    given = gifts_within(PresetVariable(name, places.span(("env", name))) for name in _table(root, "env"))
    found = [
        start
        for keys, command in _commands(root)
        for start in starts_of(command, places.span(keys), "platform", given)
    ]
    if found:
        yield from found
    elif given:
        app = root.get("app")
        label = label_of("Fly app", app if isinstance(app, str) else None)
        yield Start(label, places.span(("app",)), "platform", given=given)


def _commands(root: Mapping[str, object]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The commands of a configuration, each with the keys that lead to it."""
    places = [("deploy", "release_command"), *(("processes", name) for name in _table(root, "processes"))]
    for keys in places:
        command = _table(root, keys[0]).get(keys[1])
        if isinstance(command, str):
            yield keys, command


def _table(root: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = root.get(key)
    return found if isinstance(found, Mapping) else {}


FLY = Source(
    name="fly",
    matches=lambda name: name.startswith("fly.") and name.endswith(".toml"),
    analyze=_analyze,
    examples=(
        Example("app = [\n", note="no TOML"),
        Example('app = "shop"\n', note="sets nothing"),
        Example('[env]\nA = "0"\n[app]\nA = "x"\n', ("mentions A", "starts Fly app with A")),
        Example('app = "shop"\n[env]\nDEBUG = "0"\n', ("mentions DEBUG", "starts Fly app shop with DEBUG")),
        Example(
            '[env]\nKEY = "0"\n[deploy]\nrelease_command = "flask --app shop db upgrade"\n'
            '[processes]\nweb = "gunicorn shop:app"\n',
            ("mentions KEY", "starts flask shop with KEY", "starts gunicorn shop:app with KEY"),
        ),
    ),
)

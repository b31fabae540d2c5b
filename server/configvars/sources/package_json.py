"""package.json: the Python programs that its scripts start (https://docs.npmjs.com/cli/using-npm/scripts)."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example, FileFacts, Start
from configvars.sources.base import Source
from configvars.sources.mentions import mentioned
from configvars.sources.starts import starts_of, starts_within
from configvars.sources.vscode_json import get, parse
from configvars.syntax.json import JsonObject, JsonString


def _analyze(path: str, text: str) -> FileFacts:
    return FileFacts(path, "mentions", starts=starts_within(_starts(text)), mentions=mentioned(text))


def _starts(text: str) -> Iterator[Start]:
    scripts = get(parse(text), "scripts")
    for member in scripts.members if isinstance(scripts, JsonObject) else ():
        if isinstance(member.value, JsonString):
            yield from starts_of(member.value.value, member.value.inner, "task")


PACKAGE_JSON = Source(
    name="package.json",
    matches=lambda name: name == "package.json",
    analyze=_analyze,
    examples=(
        Example('{"scripts": {"build": "vite build"}}', note="starts no Python"),
        Example(
            '{"scripts": {"api": "a=1 dotenv -e dev.env -- flask --app shop run"}}',
            ("starts flask shop after dev.env with a",),
        ),
    ),
)

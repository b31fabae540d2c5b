"""VS Code's `launch.json`: the variables, env files and programs of debug configurations.

https://code.visualstudio.com/docs/python/debugging: `program` or `module`, `args`, `env`, `envFile`.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example, FileFacts, Gift, Start
from configvars.sources.base import Source
from configvars.sources.mentions import mentioned
from configvars.sources.starts import label_of
from configvars.syntax.json import JsonArray, JsonObject, JsonString, JsonValue, parse_json

_ROOTS = ("${workspaceFolder}/", "${workspaceRoot}/")


def _analyze(path: str, text: str) -> FileFacts:
    root = parse_json(_without_comments(text)).root
    listed = _get(root, "configurations")
    items = listed.items if isinstance(listed, JsonArray) else ()
    starts = [start for item in items if isinstance(item, JsonObject) for start in _starts(item)]
    return FileFacts(path, "mentions", starts=tuple(starts), mentions=mentioned(text))


def _starts(item: JsonObject) -> Iterator[Start]:
    name, env, file = _get(item, "name"), _get(item, "env"), _get(item, "envFile")
    members = env.members if isinstance(env, JsonObject) else ()
    given = tuple(Gift(each.key.value, each.key.inner) for each in members)
    files = (_path(file.value),) if isinstance(file, JsonString) else ()
    program, module = _get(item, "program"), _get(item, "module")
    if not isinstance(name, JsonString):
        return
    yield Start(
        label_of("launch configuration", name.value),
        name.inner,
        "launch",
        module=module.value if isinstance(module, JsonString) and module.value != "flask" else "",
        file=_path(program.value) if isinstance(program, JsonString) else "",
        main=True,
        folder="..",
        given=given,
        env_files=files,
    )


def _path(written: str) -> str:
    for root in _ROOTS:
        written = written.removeprefix(root)
    return written


def _get(value: JsonValue | None, key: str) -> JsonValue | None:
    return value.get(key) if isinstance(value, JsonObject) else None


def _without_comments(text: str) -> str:
    """The text with comment lines replaced by blanks, so that offsets do not change."""
    lines = text.splitlines(keepends=True)
    return "".join(
        " " * (len(line) - 1) + line[-1:] if line.lstrip().startswith("//") else line for line in lines
    )


LAUNCH = Source(
    name="launch",
    matches=lambda name: name == "launch.json",
    analyze=_analyze,
    examples=(
        Example('{"configurations": []}', note="no configuration"),
        Example(
            '{\n// c\n"configurations": [{"name": "Shop", "program": "${workspaceFolder}/app.py",\n'
            '"env": {"a": "1"}, "envFile": "${workspaceFolder}/.env"}]}',
            ("starts launch configuration Shop in .. after .env with a",),
        ),
    ),
)

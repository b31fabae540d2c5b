"""VS Code's `launch.json`: the variables, env files and programs of debug configurations.

https://code.visualstudio.com/docs/python/debugging: `program` or `module`, `args`, `env`, `envFile`.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example, FileFacts, PresetVariable, Start
from configvars.sources.base import Source
from configvars.sources.mentions import mentioned
from configvars.sources.starts import label_of, starts_within
from configvars.sources.vscode_json import from_folder, get, items_of, parse
from configvars.syntax.json import JsonObject, JsonString


def _analyze(path: str, text: str) -> FileFacts:
    starts = (start for item in items_of(parse(text), "configurations") for start in _starts(item))
    return FileFacts(path, "mentions", starts=starts_within(starts), mentions=mentioned(text))


def _starts(item: JsonObject) -> Iterator[Start]:
    name, env, file = get(item, "name"), get(item, "env"), get(item, "envFile")
    members = env.members if isinstance(env, JsonObject) else ()
    given = tuple(PresetVariable(each.key.value, each.key.inner) for each in members)
    files = (from_folder(file.value),) if isinstance(file, JsonString) else ()
    program, module = get(item, "program"), get(item, "module")
    if not isinstance(name, JsonString):
        return
    yield Start(
        label_of("launch configuration", name.value),
        name.inner,
        "launch",
        module=module.value if isinstance(module, JsonString) and module.value != "flask" else "",
        file=from_folder(program.value) if isinstance(program, JsonString) else "",
        main=True,
        folder="..",
        given=given,
        env_files=files,
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

"""pyproject.toml and configvars.toml: names that they mention count as used, and our settings are checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from configvars.model import Example, FileFacts, PresetVariable, Start
from configvars.sources.base import Source
from configvars.syntax.toml import key_span

KIND = "settings"
_NAMES = frozenset({"pyproject.toml", "configvars.toml"})
_PYTEST_ENV = re.compile(r"[ \t]*(?:[DR]:)*(?P<name>[A-Za-z_][A-Za-z0-9_]*)[ \t]*=")
_WORD = re.compile(r"\b[A-Z][A-Z0-9_]*\b", re.ASCII)


def _analyze(path: str, text: str) -> FileFacts:
    import tomllib

    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        table = {}
    starts = (*_scripts(table, text), *_tests(table, text))
    return FileFacts(path, KIND, mentions=frozenset(_WORD.findall(text)), starts=starts)


def _scripts(table: Mapping[str, Any], text: str) -> Iterator[Start]:
    """The console scripts that the project installs: `shop = "shop.cli:main"`."""
    keys = ("project", "scripts")
    for name, target in _mapping(table, *keys).items():
        module, _, call = target.partition(":") if isinstance(target, str) else ("", "", "")
        if module:
            yield Start(
                name, key_span(text, (*keys, name)), "script", module=module.strip(), call=call.strip()
            )


def _tests(table: Mapping[str, Any], text: str) -> Iterator[Start]:
    """The variables that pytest-env sets: in its own table, or in lines among pytest's options."""
    own, lines = ("tool", "pytest_env"), ("tool", "pytest", "ini_options", "env")
    listed = _mapping(table, *lines[:-1]).get("env")
    texts = [line for line in listed if isinstance(line, str)] if isinstance(listed, list) else []
    names = [found["name"] for line in texts if (found := _PYTEST_ENV.match(line))]
    gifts = [PresetVariable(name, key_span(text, (*own, name))) for name in _mapping(table, *own)]
    gifts += [PresetVariable(name, key_span(text, (*lines, name))) for name in names]
    if gifts:
        yield Start("pytest", gifts[0].span, "tests", given=tuple(gifts))


def _mapping(table: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    for key in keys:
        inner = table.get(key)
        table = inner if isinstance(inner, dict) else {}
    return table


SETTINGS_FILES = Source(
    name=KIND,
    matches=_NAMES.__contains__,
    analyze=_analyze,
    examples=(
        Example("[project\n", note="no TOML"),
        Example('[project]\nname = "shop"\n', note="no name in capitals"),
        Example(
            '[project.scripts]\nshop = "shop.cli:main"\n[tool.pytest_env]\na = "1"\n',
            ("starts shop", "starts pytest with a"),
        ),
        Example(
            '[tool.pytest.ini_options]\nenv = ["DATABASE_URL=sqlite://"]\n',
            ("mentions DATABASE_URL", "starts pytest with DATABASE_URL"),
        ),
    ),
)

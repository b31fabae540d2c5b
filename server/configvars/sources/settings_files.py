"""pyproject.toml and configvars.toml: names that they mention count as used, and our settings are checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from configvars.model import Example, FileFacts, PresetVariable, Start
from configvars.patterns import lazy_pattern
from configvars.sources.base import Source
from configvars.sources.starts import gifts_within, starts_within
from configvars.sources.task_runners import task_starts
from configvars.syntax.toml import KeyPlaces, parsed

KIND = "settings"
_NAMES = frozenset({"pyproject.toml", "configvars.toml"})
_PYTEST_ENV = lazy_pattern(r"[ \t]*(?:[DR]:)*(?P<name>[A-Za-z_][A-Za-z0-9_]*)[ \t]*=")
_WORD = lazy_pattern(r"\b[A-Z][A-Z0-9_]*\b", re.ASCII)


def _analyze(path: str, text: str) -> FileFacts:
    try:
        table: Mapping[str, Any] = parsed(text)
    except (ValueError, RecursionError):
        table = {}
    places = KeyPlaces(text)
    starts = starts_within((*_scripts(table, places), *_tests(table, places), *task_starts(table, places)))
    return FileFacts(path, KIND, mentions=frozenset(_WORD.findall(text)), starts=starts)


def _scripts(table: Mapping[str, Any], places: KeyPlaces) -> Iterator[Start]:
    """The console scripts that the project installs: `shop = "shop.cli:main"`."""
    keys = ("project", "scripts")
    for name, target in _mapping(table, *keys).items():
        module, _, call = target.partition(":") if isinstance(target, str) else ("", "", "")
        if module:
            span = places.span((*keys, name))
            yield Start(name, span, "script", module=module.strip(), call=call.strip())


def _tests(table: Mapping[str, Any], places: KeyPlaces) -> Iterator[Start]:
    """The variables that pytest-env sets: in its own table, or in lines among pytest's options."""
    own, lines = ("tool", "pytest_env"), ("tool", "pytest", "ini_options", "env")
    listed = _mapping(table, *lines[:-1]).get("env")
    texts = [line for line in listed if isinstance(line, str)] if isinstance(listed, list) else []
    names = [found["name"] for line in texts if (found := _PYTEST_ENV.match(line))]
    keys = [*((*own, name) for name in _mapping(table, *own)), *((*lines, name) for name in names)]
    gifts = gifts_within(PresetVariable(key[-1], places.span(key)) for key in keys)
    if gifts:
        yield Start("pytest", gifts[0].span, "tests", given=gifts)


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
            '[tool.pytest.ini_options]\nenv = ["DATABASE_URL=sqlite://", "D:A=1", "R:B=1", "R:D:C=1", "X:E=1"]\n',
            (
                *(f"mentions {name}" for name in ("A", "B", "C", "D", "DATABASE_URL", "E", "R", "X")),
                "starts pytest with DATABASE_URL A B C",
            ),
        ),
        Example(
            '[tool.poe]\nenvfile = "all.env"\n[tool.poe.tasks.serve]\ncmd = "flask --app shop run"\ncwd = "web"\n'
            'envfile = ["dev.env"]\nenv = {a = "1"}\n[tool.poe.tasks]\ntest = "pytest"\nclean = "rm -r x"\n',
            (
                "starts flask shop in web after all.env dev.env with a",
                "starts pytest after all.env",
                "starts task clean after all.env",
            ),
            note="Poe the Poet",
        ),
        Example(
            '[tool.taskipy.tasks]\nrun = "dotenv -f two.env run python app.py"\n[tool.pdm.scripts]\n_.env_file = "a.env"\n'
            'go = {call = "shop:main", env_file.override = "b.env"}\n[tool.rye.scripts]\nup = {cmd = ["flask", "run"], env-file = "c.env"}\n',
            (
                "starts python app.py after two.env",
                "starts pdm after a.env",
                "starts task go after a.env b.env",
                "starts flask after c.env",
            ),
            note="taskipy, PDM and Rye",
        ),
        Example(
            '[tool.hatch.envs.default.env-vars]\na = "1"\n[tool.hatch.envs.docs.scripts]\nbuild = ["python x.py"]\n'
            '[tool.pixi.activation.env]\nb = "1"\n[tool.pixi.tasks]\nrun = "python y.py"\n',
            (
                "starts pixi with b",
                "starts python y.py with b",
                "starts hatch environment default with a",
                "starts python x.py",
            ),
            note="Hatch and pixi",
        ),
    ),
)

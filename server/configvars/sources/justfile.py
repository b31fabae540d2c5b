"""Justfiles: the env file that just loads, the variables that it exports, and the programs that recipes start.

https://just.systems/man/en/settings.html (`dotenv-load`, `dotenv-filename`, `dotenv-path`, `export`),
https://just.systems/man/en/getting-and-setting-environment-variables.html (`export NAME := "x"`, `$NAME` parameters).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from configvars.model import Example, FileFacts, PresetVariable, Start
from configvars.patterns import lazy_pattern
from configvars.sources.base import Source
from configvars.sources.mentions import mentioned
from configvars.sources.starts import files_within, gifts_within, starts_of, starts_within
from configvars.text import Span

_NAME = lazy_pattern(r"\.?justfile|.*\.just", re.IGNORECASE)
_ASSIGNED = lazy_pattern(r"^(?P<export>export[ \t]+)?(?P<name>[A-Za-z_][\w-]*)[ \t]*:=", re.MULTILINE)
_SETTING = lazy_pattern(
    r"^set[ \t]+(?P<key>dotenv-load|dotenv-filename|dotenv-path|dotenv-required|export)"
    r"(?:[ \t]*:=[ \t]*(?:(?P<word>true|false)|(?P<quote>[\"'])(?P<text>[^\"'\n]*)(?P=quote)))?[ \t]*(?:#.*)?\r?$",
    re.MULTILINE,
)
_RECIPE = lazy_pattern(r"^[ \t]+(?P<command>(?:[^\n]*\\\r?\n)*[^\n]*)", re.MULTILINE)
_JOINED = lazy_pattern(r"\\\r?\n")


def _analyze(path: str, text: str) -> FileFacts:
    return FileFacts(path, "mentions", starts=starts_within(_starts(text)), mentions=mentioned(text))


def _starts(text: str) -> Iterator[Start]:
    settings = {found["key"]: found for found in _SETTING.finditer(text)}
    on = {key for key, found in settings.items() if found["word"] != "false"}
    files = files_within(_files(settings, on))
    given = gifts_within(_presets(text, every="export" in on))
    if given or files:
        span = given[0].span if given else next(Span(*found.span()) for found in settings.values())
        yield Start("just", span, "task", given=given, env_files=files)
    for recipe in _RECIPE.finditer(text):
        command = _JOINED.sub(" ", recipe["command"]).strip("\r -@")
        for start in starts_of(command, Span(*recipe.span("command")), "task", given):
            yield replace(start, env_files=(*files, *start.env_files))


def _files(settings: dict[str, re.Match[str]], on: set[str]) -> Iterator[str]:
    """The env file that just loads: it loads one if any setting names a file or requires one."""
    named = [settings[key]["text"] for key in ("dotenv-path", "dotenv-filename") if key in settings]
    if any(named) or on & {"dotenv-load", "dotenv-required"}:
        yield next(filter(None, named), ".env")


def _presets(text: str, *, every: bool) -> Iterator[PresetVariable]:
    for found in _ASSIGNED.finditer(text):
        if every or found["export"]:
            yield PresetVariable(found["name"], Span(*found.span("name")))


JUSTFILE = Source(
    name="justfile",
    matches=lambda name: _NAME.fullmatch(name) is not None,
    analyze=_analyze,
    examples=(
        Example("set dotenv-load := false\na := '1'\ntest:\n    cargo test\n", note="sets nothing"),
        Example(
            "set dotenv-load\nexport a := '1'\nrun:\n    @cd web && \\\n      flask --app shop run\n",
            ("starts just after .env with a", "starts flask shop in web after .env with a"),
        ),
        Example(
            "set dotenv-filename := 'dev.env'\nset export\na := '1'\nrun:\n    uv run --env-file=b.env app.py\n",
            ("starts just after dev.env with a", "starts python app.py after dev.env b.env with a"),
        ),
    ),
)

"""What test runners set and load: pytest-env and pytest-dotenv in pytest.ini, setup.cfg and tox.ini, and tox.

https://github.com/pytest-dev/pytest-env (`env`: lines of `NAME=value`, with `D:` and `R:` before the name),
https://github.com/quiqua/pytest-dotenv (`env_files`: paths, separated by blanks or line endings),
https://tox.wiki/en/stable/config.html#set_env (`NAME = value` lines).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.model import Example, FileFacts, PresetVariable, Start
from configvars.patterns import lazy_pattern
from configvars.sources.base import Source
from configvars.sources.mentions import mentioned
from configvars.sources.starts import files_within
from configvars.text import Span

_SECTION = lazy_pattern(r"^\[(?P<name>[^\]\n]+)\]", re.MULTILINE)
_OPTION = lazy_pattern(
    r"^(?P<key>env|set_?env|env_files)[ \t]*=(?P<value>[^\n]*(?:\n(?:[ \t]+[^\n]*|[ \t]*(?=\n)))*)",
    re.MULTILINE,
)
_LINE = lazy_pattern(r"^[ \t]*(?:[DR]:)*(?P<name>[A-Za-z_][A-Za-z0-9_]*)[ \t]*=", re.MULTILINE)
_FILES = "env_files"
_OPTIONS = {"pytest": ("env", _FILES), "tool:pytest": ("env", _FILES), "testenv": ("setenv",)}


def _analyze(path: str, text: str) -> FileFacts:
    options = list(_options(text))
    gifts = tuple(gift for key, option in options if key != _FILES for gift in _presets(option))
    found = (path for key, option in options if key == _FILES for path in option["value"].split())
    files = files_within(path for path in found if not path.startswith(("#", ";")))
    if not gifts and not files:
        return FileFacts(path, "mentions", mentions=mentioned(text))
    span = gifts[0].span if gifts else Span(0, 0)
    start = Start("pytest", span, "tests", given=gifts, env_files=files)
    return FileFacts(path, "mentions", starts=(start,), mentions=mentioned(text))


def _options(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The options that set variables, with their keys: `env`, `setenv` and `env_files`."""
    sections = list(_SECTION.finditer(text))
    for option in _OPTION.finditer(text):
        name = next((each["name"] for each in reversed(sections) if each.end() <= option.start()), "")
        wanted = _OPTIONS.get(name.partition(":")[0] if name.startswith("testenv") else name, ())
        key = option["key"] if option["key"] == _FILES else option["key"].replace("_", "")
        if key in wanted:
            yield key, option


def _presets(option: re.Match[str]) -> Iterator[PresetVariable]:
    start = option.start("value")
    for found in _LINE.finditer(option["value"]):
        yield PresetVariable(found["name"], Span(start + found.start("name"), start + found.end("name")))


TEST_RUNNERS = Source(
    name="test-runners",
    matches=lambda name: name in ("pytest.ini", "tox.ini", "setup.cfg"),
    analyze=_analyze,
    examples=(
        Example("[flake8]\nenv =\n  a=1\n", note="another tool's"),
        Example(
            "[pytest]\nenv =\n  D:a=1\n  b = 2\naddopts = c=1\n", ("mentions D", "starts pytest with a b")
        ),
        Example(
            "[tool:pytest]\nenv_files =\n    .env\n    .test.env\n", ("starts pytest after .env .test.env",)
        ),
        Example("[pytest]\nenv_files =\n    a=1.env\n", ("starts pytest after a=1.env",)),
        Example("[testenv:py]\nset_env =\n  a = 1\n", ("starts pytest with a",)),
    ),
)

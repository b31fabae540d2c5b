"""Variables that test runners set: pytest-env in pytest.ini, setup.cfg and tox.ini, and `set_env` of tox.

https://github.com/pytest-dev/pytest-env (`env`: lines of `NAME=value`, with `D:` and `R:` before the name),
https://tox.wiki/en/stable/config.html#set_env (`NAME = value` lines).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.model import Example, FileFacts, PresetVariable, Start
from configvars.sources.base import Source
from configvars.sources.mentions import mentioned
from configvars.text import Span

_SECTION = re.compile(r"^\[(?P<name>[^\]\n]+)\]", re.MULTILINE)
_OPTION = re.compile(
    r"^(?P<key>env|set_?env)[ \t]*=(?P<value>[^\n]*(?:\n(?:[ \t]+[^\n]*|[ \t]*(?=\n)))*)", re.MULTILINE
)
_LINE = re.compile(r"^[ \t]*(?:[DR]:)*(?P<name>[A-Za-z_][A-Za-z0-9_]*)[ \t]*=", re.MULTILINE)
_OPTIONS = {"pytest": "env", "tool:pytest": "env", "testenv": "setenv"}


def _analyze(path: str, text: str) -> FileFacts:
    gifts = tuple(_presets(text))
    start = Start("pytest", gifts[0].span, "tests", given=gifts) if gifts else None
    return FileFacts(path, "mentions", starts=(start,) if start else (), mentions=mentioned(text))


def _presets(text: str) -> Iterator[PresetVariable]:
    sections = list(_SECTION.finditer(text))
    for option in _OPTION.finditer(text):
        name = next((each["name"] for each in reversed(sections) if each.end() <= option.start()), "")
        wanted = _OPTIONS.get(name.partition(":")[0] if name.startswith("testenv") else name)
        if option["key"].replace("_", "") == wanted:
            for found in _LINE.finditer(option["value"]):
                start = option.start("value")
                yield PresetVariable(
                    found["name"], Span(start + found.start("name"), start + found.end("name"))
                )


TEST_RUNNERS = Source(
    name="test-runners",
    matches=lambda name: name in ("pytest.ini", "tox.ini", "setup.cfg"),
    analyze=_analyze,
    examples=(
        Example("[flake8]\nenv =\n  a=1\n", note="another tool's"),
        Example(
            "[pytest]\nenv =\n  D:a=1\n  b = 2\naddopts = c=1\n", ("mentions D", "starts pytest with a b")
        ),
        Example("[testenv:py]\nset_env =\n  a = 1\n", ("starts pytest with a",)),
    ),
)

"""Dockerfiles: the variables that the image sets, and the program that it starts.

https://docs.docker.com/reference/dockerfile/: `ENV NAME=value …` or `ENV NAME value`; `ARG` applies only
while the image is built. `CMD` and `ENTRYPOINT` are a JSON list or a shell command.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from configvars.model import Example, FileFacts, PresetVariable, Start
from configvars.sources.base import Source
from configvars.sources.mentions import mentioned
from configvars.sources.starts import starts_of, starts_within
from configvars.text import Span

_MATCHES = re.compile(r"(?:Docker|Container)file(?:[._-].+)?|.+\.[Dd]ockerfile")
_INSTRUCTION = re.compile(
    r"^[ \t]*(?P<word>ENV|CMD|ENTRYPOINT)[ \t]+(?P<rest>(?:[^\\\n]|\\(?:[ \t]*\n)?)*)",
    re.MULTILINE | re.IGNORECASE,
)
_PAIR = re.compile(
    r"""(?:^|(?<=[\s\\]))(?P<name>[A-Za-z_][A-Za-z0-9_]*)=(?:"(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s\\]|\\.)*)"""
)
_OLD_FORM = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)[ \t]")


def _analyze(path: str, text: str) -> FileFacts:
    gifts: list[PresetVariable] = []
    starts: list[Start] = []
    for found in _INSTRUCTION.finditer(text):
        if found["word"].upper() == "ENV":
            gifts += _presets(found["rest"], found.start("rest"))
        else:
            span = Span(found.start("rest"), found.start("rest") + len(found["rest"].rstrip()))
            starts += starts_of(_command(found["rest"]), span, "docker", gifts)
    if gifts and not starts:
        starts.append(Start("Docker image", gifts[0].span, "docker", given=tuple(gifts)))
    return FileFacts(path, "mentions", starts=starts_within(starts), mentions=mentioned(text))


def _presets(rest: str, at: int) -> Iterator[PresetVariable]:
    old = _OLD_FORM.match(rest)
    for found in [old] if old is not None else _PAIR.finditer(rest):
        yield PresetVariable(found["name"], Span(at + found.start("name"), at + found.end("name")))


def _command(rest: str) -> str:
    try:
        words = json.loads(rest)
    except ValueError:
        return rest
    return " ".join(map(str, words)) if isinstance(words, list) else rest


DOCKERFILE = Source(
    name="dockerfile",
    matches=lambda name: _MATCHES.fullmatch(name) is not None,
    analyze=_analyze,
    examples=(
        Example("# gunicorn\n", note="a comment"),
        Example(
            "FROM python\nARG TOKEN\nRUN pip install x\n",
            ("mentions ARG", "mentions FROM", "mentions RUN", "mentions TOKEN"),
        ),
        Example(
            'ENV A=1 B="x y" \\\n    C=3\nENV D 4\nCMD ["gunicorn", "shop:app"]\n',
            (
                *(f"mentions {name}" for name in ("A", "B", "C", "CMD", "D", "ENV")),
                "starts gunicorn shop:app with A B C D",
            ),
        ),
    ),
)

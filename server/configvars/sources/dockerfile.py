"""Dockerfiles: the variables that the image sets, and the program that it starts.

https://docs.docker.com/reference/dockerfile/: `ENV NAME=value …` or `ENV NAME value`; `ARG` applies only while the
image is built, for the commands of `RUN`. `CMD` and `ENTRYPOINT` are a JSON list or a shell command.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from msgspec.structs import replace

from configvars.model import Example, FileFacts, PresetVariable, Start
from configvars.patterns import lazy_pattern
from configvars.sources.base import Source
from configvars.sources.mentions import mentioned
from configvars.sources.starts import starts_of, starts_within
from configvars.text import Span

_MATCHES = lazy_pattern(r"(?:Docker|Container)file(?:[._-].+)?|.+\.[Dd]ockerfile")
_INSTRUCTION = lazy_pattern(
    r"^[ \t]*(?P<word>ARG|ENV|RUN|CMD|ENTRYPOINT)[ \t]+(?P<rest>(?:[^\\\n]|\\(?:[ \t]*\r?\n)?)*)",
    re.MULTILINE | re.IGNORECASE,
)
_PAIR = lazy_pattern(
    r"""(?:^|(?<=[\s\\]))(?P<name>[A-Za-z_][A-Za-z0-9_]*)=(?:"(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s\\]|\\.)*)"""
)
_NAMES = lazy_pattern(r"(?:^|(?<=\s))[A-Za-z_][A-Za-z0-9_]*")
_FLAGS = lazy_pattern(r"^(?:--\S+\s+)+")
_OLD_FORM = lazy_pattern(r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)[ \t]")


def _analyze(path: str, text: str) -> FileFacts:
    gifts: list[PresetVariable] = []
    arguments: list[PresetVariable] = []
    starts: list[Start] = []
    builds: list[Start] = []
    for found in _INSTRUCTION.finditer(text):
        word, rest, at = found["word"].upper(), found["rest"], found.start("rest")
        span = Span(at, at + len(rest.rstrip()))
        if word == "ENV":
            gifts += _presets(rest, at)
        elif word == "ARG":
            arguments += [
                PresetVariable(name[0], Span(at + name.start(), at + name.end()))
                for name in _NAMES.finditer(rest)
            ]
        elif word == "RUN":
            builds += _builds(rest, span, [*gifts, *arguments])
        else:
            starts += starts_of(_command(rest), span, "docker", gifts)
    if gifts and not starts:
        starts.append(Start("Docker image", gifts[0].span, "docker", given=tuple(gifts)))
    return FileFacts(path, "mentions", starts=starts_within((*starts, *builds)), mentions=mentioned(text))


def _builds(rest: str, span: Span, given: list[PresetVariable]) -> Iterator[Start]:
    """The programs that run while the image is built, unless the build goes on if they fail."""
    command = _command(_FLAGS.sub("", rest)).replace("\\\r\n", " ").replace("\\\n", " ")
    if "||" not in command and "--settings" not in command:
        for start in starts_of(command, span, "build", given):
            yield replace(start, label=f"RUN {start.label}")


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
            "ARG A=1\nRUN B=2 python manage.py collectstatic \\\n  && python x.py\nRUN python y.py || true\nENV C=1\n"
            "RUN --mount=type=cache,target=/x python -m shop\nCMD python z.py\n",
            (
                *(f"mentions {name}" for name in ("A", "ARG", "B", "C", "CMD", "ENV", "RUN")),
                *("starts python z.py with C", "starts RUN python manage.py with A B"),
                *("starts RUN python x.py with A", "starts RUN python -m shop with C A"),
            ),
            note="programs that run while the image is built",
        ),
        Example(
            "ENV A=1 \\\r\n  B=2\r\nRUN true \\\r\n  && python x.py\r\n",
            (
                *("mentions A", "mentions B", "mentions ENV", "mentions RUN"),
                *("starts Docker image with A B", "starts RUN python x.py with A B"),
            ),
            note="Windows line endings",
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

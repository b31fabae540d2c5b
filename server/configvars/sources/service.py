"""systemd units and supervisord programs: the variables that they set and the programs that they start.

https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html (`Environment=`, `EnvironmentFile=`),
https://supervisord.org/configuration.html (`environment=KEY="value",KEY2="value2"`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from configvars.model import Example, FileFacts, PresetVariable, Start
from configvars.patterns import lazy_pattern
from configvars.sources.base import Source
from configvars.sources.mentions import mentioned
from configvars.sources.starts import label_of, starts_of, starts_within
from configvars.text import Span

_MATCHES = lazy_pattern(r".+\.service|supervisord?.*\.(?:conf|ini)")
_SECTION = lazy_pattern(r"^\[(?P<name>[^\]\n]+)\][^\n]*\n(?P<body>(?:(?!\[)[^\n]*(?:\n|\Z))*)", re.MULTILINE)
_LINE = lazy_pattern(
    r"^(?P<key>[A-Za-z]+)[ \t]*=[ \t]*(?P<value>(?:[^\\\n]|\\(?:\n|.))*(?:\n[ \t]+[^\n]+)*)", re.MULTILINE
)
_NAME = lazy_pattern(r"(?:^|[\s\"',])(?P<name>[A-Za-z_][A-Za-z0-9_]*)=")


def _analyze(path: str, text: str) -> FileFacts:
    starts = [start for section in _SECTION.finditer(text) for start in _starts(section)]
    return FileFacts(path, "mentions", starts=starts_within(starts), mentions=mentioned(text))


def _starts(section: re.Match[str]) -> Iterator[Start]:
    gifts: list[PresetVariable] = []
    files: list[str] = []
    command, folder = None, ""
    for line in _LINE.finditer(section["body"]):
        key, at = line["key"].lower(), section.start("body")
        if key == "environment":
            gifts += _presets(line["value"], at + line.start("value"))
        elif key == "environmentfile":
            files.append(line["value"].strip().removeprefix("-"))
        elif key in ("workingdirectory", "directory"):
            folder = line["value"].strip()
        elif key in ("execstart", "command"):
            command = line["value"].strip(), Span(at + line.start("value"), at + line.end("value"))
    if command is not None:
        found = list(starts_of(*command, "service", gifts, folder=folder))
        yield from (replace(start, env_files=(*files, *start.env_files)) for start in found)
        if not found and (gifts or files):
            label = label_of("service", section["name"])
            yield Start(
                label, command[1], "service", given=tuple(gifts), env_files=tuple(files), folder=folder
            )


def _presets(value: str, at: int) -> Iterator[PresetVariable]:
    for found in _NAME.finditer(value):
        yield PresetVariable(found["name"], Span(at + found.start("name"), at + found.end("name")))


SERVICE = Source(
    name="service",
    matches=lambda name: _MATCHES.fullmatch(name) is not None,
    analyze=_analyze,
    examples=(
        Example("[Unit]\nDescription=x\n", note="starts nothing"),
        Example(
            '[Service]\nEnvironment="A=1" B=2\nEnvironmentFile=-/etc/shop.env\nExecStart=/srv/bin/gunicorn shop:app\n',
            ("mentions A", "mentions B", "starts gunicorn shop:app after /etc/shop.env with A B"),
        ),
        Example(
            "[Service]\nWorkingDirectory=/srv/shop\nEnvironmentFile=/srv/shop/.env\nExecStart=/srv/shop/venv/bin/python app.py\n",
            ("starts python app.py in /srv/shop after /srv/shop/.env",),
        ),
        Example(
            "[program:web]\ndirectory=web\ncommand=./run\nenvironment=A=1\n",
            ("mentions A", "starts service program:web in web with A"),
        ),
        Example(
            "[Service]\nWorkingDirectory=web\nExecStart=./run\nEnvironment=A=1\n",
            ("mentions A", "starts service Service in web with A"),
        ),
        Example(
            '[program:web]\ncommand=python app.py\nenvironment=A="x",B="y"\n',
            ("mentions A", "mentions B", "starts python app.py with A B"),
        ),
    ),
)

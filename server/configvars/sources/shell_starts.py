"""The programs that a shell script starts, and the variables that it exports before."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from configvars.model import PresetVariable, Start
from configvars.patterns import lazy_pattern
from configvars.sources.env_names import is_env_file_name
from configvars.sources.starts import starts_of
from configvars.text import Span

# A line with those that a backslash joins to it; what `<<END` begins is no command.
_LINE = lazy_pattern(r"(?:\\\r?\n|[^\n])+")
_HEREDOC = lazy_pattern(r"<<-?[ ]*([\"']?)(?P<end>\w+)\1")
_PART = lazy_pattern(r"(?:[^;&|\"'\\]|\\.|\"(?:\\.|[^\"\\])*\"|'[^']*')+", re.DOTALL)
_KEYWORDS = lazy_pattern(r"^(?:\s*(?:if|then|else|do|while|\{|\(|!)(?=\s))+\s*")
_EXPORTED = lazy_pattern(r"(?<![\w$])(?P<name>[A-Za-z_]\w*)=")
_SOURCED = lazy_pattern(r"^(?:source|\.)\s+(?P<path>\S+)$")
# `export $(grep -v '^#' .env | xargs)` and similar commands.
_EXPORTED_FILE = lazy_pattern(r"^export\s+(?:\$\(|`)(?P<command>.+)$", re.DOTALL)
_EXPORTS_ALL = lazy_pattern(r"^set\s+(?P<sign>[-+])(?:\w*a\w*|o\s+allexport)\b")
# `cd web`, and the script's own folder: `cd "$(dirname "$0")/.."`.
_FOLDER = lazy_pattern(
    r"""^cd\s+(?:"?(?P<own>\$\(dirname\s+(?:--\s+)?"?\$(?:0|\{?BASH_SOURCE(?:\[0\])?\}?)"?\)))?/?(?P<folder>[\w./-]*)"?$"""
)


class _State(Struct):
    """The state at a line of the script. `folder` is None if the target of a `cd` is not known."""

    gifts: list[PresetVariable] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    folder: str | None = ""
    exports_all: bool = False

    def starts(self, text: str, at: int) -> Iterator[Start]:
        """The programs that a simple command at an offset starts; other commands change the state."""
        command = _KEYWORDS.sub("", text).strip()
        if found := _EXPORTS_ALL.match(command):
            self.exports_all = found["sign"] == "-"
        elif found := _EXPORTED_FILE.match(command):
            words = re.split(r"[\s\"'()`|;]+", found["command"])
            self.files += [self._from_start(word) for word in words if _is_env_file(word)]
        elif command.startswith("export "):
            self._export(text, at)
        elif found := _SOURCED.match(command):
            path = found["path"].strip("\"'")
            self.files += [self._from_start(path)] if self.exports_all and _is_env_file(path) else []
        elif command.startswith("cd "):
            found = _FOLDER.match(command)
            self.folder = self._at(found["own"], found["folder"]) if found is not None else None
        else:
            for start in starts_of(command, Span(at, at + len(text)), "shell", self.gifts):
                yield self._placed(start)

    def _at(self, own: str | None, folder: str) -> str | None:
        before = "" if own else self.folder
        return None if before is None or folder.startswith("/") else posixpath.join(before, folder)

    def _placed(self, start: Start) -> Start:
        """A start in its folder; if the folder is not known, only the variables of the start."""
        if self.folder is None:
            return replace(start, module="", file="", folder="", env_files=())
        folder = posixpath.normpath(posixpath.join(self.folder, start.folder or "."))
        files = [posixpath.relpath(file, folder) for file in self.files]
        return replace(start, folder="" if folder == "." else folder, env_files=(*files, *start.env_files))

    def _export(self, text: str, at: int) -> None:
        for found in _EXPORTED.finditer(re.sub(r"\"[^\"]*\"|'[^']*'", _blank, text)):
            span = Span(at + found.start("name"), at + found.end("name"))
            self.gifts.append(PresetVariable(found["name"], span))

    def _from_start(self, path: str) -> str:
        return posixpath.normpath(posixpath.join(self.folder or "", path))


def _is_env_file(path: str) -> bool:
    return is_env_file_name(posixpath.basename(path))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def script_starts(text: str) -> Iterator[Start]:
    """The Python programs that a script starts in known folders, relative to the script's own folder."""
    state, until = _State(), ""
    for line in _LINE.finditer(text):
        command = line[0].replace("\\\r\n", "   ").replace("\\\n", "  ")
        if until:
            until = "" if command.strip() == until else until
        elif not command.lstrip().startswith("#"):
            for part in _parts(command):
                yield from state.starts(part[0], line.start() + part.start())
            heredoc = _HEREDOC.search(command)
            until = heredoc["end"] if heredoc else ""


def _parts(command: str) -> Iterator[re.Match[str]]:
    """The simple commands of a line; `export $(…)` stays whole."""
    if _EXPORTED_FILE.match(_KEYWORDS.sub("", command).strip()):
        yield from re.finditer(r"(?s).+", command)
    else:
        yield from _PART.finditer(command)

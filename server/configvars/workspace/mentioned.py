"""Searching names in the code and configuration of a folder, in any language.

Used only for names that would be reported, because it reads files that nothing else needs.
"""

from __future__ import annotations

import os
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from zlib import crc32

from configvars.limits import SEARCHED_BYTES
from configvars.model import Unread
from configvars.patterns import lazy_pattern
from configvars.settings import Settings
from configvars.sources.env_names import is_env_file_name
from configvars.workspace.disk import Disk
from configvars.workspace.encodings import marked, written_in
from configvars.workspace.reading import Stamp, current_stamp
from configvars.workspace.sorting import Sorting

_PYTHON = (".py", ".pyw", ".pyi", ".ipynb")
# Code and configuration, but not prose, lock files and output of bundlers.
_ENDINGS = lazy_pattern(
    r"""\.(?:
    astro|bash|bat|c|cc|cfg|cjs|clj|cmd|conf|cpp|cs|cue|dart|ejs|env[._-]?rc|erb|ex|exs|fish|go|gradle|groovy|h|hcl|hpp
    |htm|html|ini|j2|java|jinja2?|js|json5?|jsonc|jsonnet|jsx|kt|kts|libsonnet|lua|mjs|mk|mts|nix|php|pl|plist
    |properties|ps1|r|rb|rs|scala|service|sh|socket|sql|star|svelte|swift|template|tf|tfvars|timer|tmpl|toml|tpl|ts|tsx
    |vue|xml|ya?ml|zsh
    )$|^(?:Brewfile|Caddyfile|Capfile|Containerfile|Dockerfile|Earthfile|Fastfile|Gemfile|Jenkinsfile|Justfile
    |(?:GNU)?makefile|Procfile|Rakefile|Taskfile|Tiltfile|Vagrantfile|crontab|justfile|\.envrc|\.profile|\.bashrc)
    (?:$|[.-])""",
    re.VERBOSE | re.IGNORECASE,
)
_NEVER = lazy_pattern(
    r"lock\.(?:json|ya?ml)$|\.min\.js$|\.(?:md|rst|txt|lock|map)$|^(?:CHANGELOG|CONTRIBUTING|LICENSE|README)\b"
    # these list variables, whatever format they create an env file from
    r"|^app\.json$|^heroku\.yml$|^\.env(?!rc$)",
    re.IGNORECASE,
)
_WORD = lazy_pattern(rb"[A-Za-z_]\w*", re.ASCII)
_LITERAL = lazy_pattern(rb"(?<![\w'\"])(?:[rbuRBU]{0,2})(['\"]{1,3})([A-Za-z_]\w*)\1", re.ASCII)
# `$` is no operator of Python: what follows it in a string, as in `"echo $NAME"`, is a variable of a shell.
_EXPANDED = lazy_pattern(rb"(?<![$\\])\$\{?([A-Z_][A-Z0-9_]*)", re.ASCII)
# supervisord's expansion of a variable.
_OF_SUPERVISORD = lazy_pattern(rb"%\(ENV_(\w+)\)", re.ASCII)
_LOOK_UPS = 16  # to look up one word takes about as long as to go through so many
_SHEBANG = b"#!"


class Mentioned:
    """Searches names in the files of a folder, which `sorting` lists.

    `open_text` returns the text of an open document.
    """

    def __init__(
        self,
        disk: Disk,
        open_text: Callable[[str], str | None],
        settings: Callable[[], Settings],
        sorting: Sorting,
    ) -> None:
        self._sorting = sorting
        self._disk = disk
        self._open_text = open_text
        self._settings = settings
        self._paths: tuple[tuple[str, bool], ...] | None = None
        self._denied = False
        self._unread: set[str] = set()
        self._words: dict[str, tuple[Stamp | int | None, array[int], array[int]]] = {}

    def forget(self) -> None:
        """Clear the list of files, because files may have been added or removed."""
        self._paths = None

    def __call__(self, names: frozenset[str]) -> Mapping[str, bool]:
        """The names among `names` that occur in some file.

        True for a complete Python string or a word in another language, False for a Python name.
        If there is too much to read, or code or a folder that cannot be read, all names count as possibly
        used.
        """
        if not names:
            return {}
        paths = self._all_paths()
        if self._denied:
            return dict.fromkeys(names, True)
        asked: dict[int, list[str]] = {}
        for name in names:
            asked.setdefault(crc32(name.encode(errors="replace")), []).append(name)
        found: dict[str, bool] = {}
        budget = SEARCHED_BYTES.most
        for path, python in paths:
            if len(found) == len(names) and all(found.values()):
                break
            budget -= self._look_into(path, python)
            if budget < 0 or path in self._unread:
                return dict.fromkeys(names, True)
            _, certain, words = self._words[path]
            for digest in _among(words, asked.keys()):
                for name in asked[digest]:
                    found[name] = found.get(name, False) or _has(certain, digest)
        return found

    def _look_into(self, path: str, python: bool) -> int:
        """Search the names in a file, unless it is unchanged; returns the number of bytes read."""
        text = self._open_text(path)
        stamp = current_stamp(path) if text is None else hash(text)
        known = self._words.get(path)
        if known is not None and known[0] == stamp and path not in self._unread:
            return 0
        read = (
            self._disk.read_bytes(path, self._settings().max_file_size)
            if text is None
            else (text.encode(errors="replace"), 0)
        )
        data = b"" if isinstance(read, Unread) else read[0]
        if encoding := _with_nuls(data):
            data = data.decode(encoding, "replace").encode(errors="replace")
        self._unread.discard(path)
        if isinstance(read, Unread) and read.gives and (python or (_is_code(path) and read.kind != "large")):
            self._unread.add(path)
        if python and b"\0" in data:
            self._unread.add(path)
        if b"\0" in data or (not python and not _is_code(path) and not data.startswith(_SHEBANG)):
            data = b""
        words = _digests([*_WORD.findall(data), *(() if python else _OF_SUPERVISORD.findall(data))])
        certain = _digests(_in_strings(data)) if python else words
        self._words[path] = (stamp, certain, words)
        return len(data)

    def _all_paths(self) -> tuple[tuple[str, bool], ...]:
        if self._paths is None:
            folders = list(self._sorting.folders())
            self._denied = any(folder.denied for folder in folders) or not self._sorting.is_complete()
            self._paths = tuple(
                (os.path.join(folder.path, name), name.endswith(_PYTHON))
                for folder in folders
                for name in folder.files
                if _may_be_code(name)
            )
        return self._paths


def _in_strings(data: bytes) -> Iterator[bytes]:
    """The names that are whole strings of Python code, or that a shell expands in one."""
    yield from (name for _, name in _LITERAL.findall(data))
    yield from _EXPANDED.findall(data)


def _with_nuls(data: bytes) -> str | None:
    """The encoding of a file in UTF-16 or UTF-32; None for any other file."""
    return next(iter(marked(data)), None) or (written_in(data) if b"\0" in data else None)


def _digests(words: Iterable[bytes]) -> array[int]:
    """The stored digests of the words of a file: four bytes each, so that typing causes no reading.

    Two words with the same digest can make an unused name seem used; then it is not reported.
    """
    return array("I", sorted({crc32(word) for word in words}))


def _among(digests: array[int], wanted: AbstractSet[int]) -> Iterable[int]:
    """Those digests of a file that are wanted: the shorter way for many names, or for a long file."""
    if len(wanted) * _LOOK_UPS < len(digests):
        return [digest for digest in wanted if _has(digests, digest)]
    return wanted & frozenset(digests)


def _has(digests: array[int], digest: int) -> bool:
    place = bisect_left(digests, digest)
    return place < len(digests) and digests[place] == digest


def _may_be_code(name: str) -> bool:
    """Whether a file can be code or configuration by its name; without an extension, its first line tells."""
    if _NEVER.search(name) or is_env_file_name(name):
        return False
    return "." not in name or name.endswith(_PYTHON) or _ENDINGS.search(name) is not None


def _is_code(path: str) -> bool:
    return _ENDINGS.search(os.path.basename(path)) is not None

"""The kind of a file according to its name, which decides how it is analysed."""

from __future__ import annotations

import os
from collections.abc import Iterator

from msgspec import Struct

from configvars.model import FileFacts
from configvars.patterns import lazy_pattern
from configvars.sources import SOURCES
from configvars.sources.base import Source
from configvars.workspace.walk import Folder

_SHEBANG = lazy_pattern(rb"#!.*\bpython")
_NOT_MISSED = frozenset(
    {"dockerfile", "fly", "jinja", "launch", "mentions", "render", "service", "settings", "shell", "tasks"}
    | {"test-runners", "workflow"}
)
# A folder of this name is not a virtual environment (those are pruned) and sets nothing, which is reported.
_NEVER_FOLDERS = frozenset({".env", ".flaskenv"})


class Kind(Struct, frozen=True):
    """A kind of file. `source` analyses it; None for Python, which is analysed together with its imports.

    `needs_shebang`: only the first line shows whether a file is of this kind. `always`: it is read whatever
    it contains, because another file may load it.
    """

    name: str
    source: Source | None = None
    needs_shebang: bool = False
    always: bool = False

    @property
    def is_python(self) -> bool:
        """Whether the file is Python."""
        return self.source is None

    @property
    def is_missed(self) -> bool:
        """Whether to report that a file of this kind could not be read."""
        return not self.needs_shebang and self.name not in _NOT_MISSED

    def facts(self, path: str, text: str) -> FileFacts:
        """The facts of a file of this kind with this text; none for Python."""
        return FileFacts(path, self.name) if self.source is None else self.source.analyze(path, text)

    def admits(self, data: bytes) -> bool:
        """Whether a file that contains `data` really is of this kind."""
        return not self.needs_shebang or bool(_SHEBANG.match(data))


PYTHON = Kind("python")
CONFIG = Kind("python", always=True)
SCRIPT = Kind("python", needs_shebang=True)
_OF_SOURCES = tuple(Kind(source.name, source) for source in SOURCES)
DOTENV = next(kind for kind in _OF_SOURCES if kind.name == "dotenv")
MENTIONS = next(kind for kind in _OF_SOURCES if kind.name == "mentions")

# `from_pyfile` usually loads files called `.cfg`, which contain Python; these files never do.
_INI = frozenset({"mypy.cfg", "pip.cfg", "pyvenv.cfg", "setup.cfg", "tox.cfg", "versioneer.cfg"})

# `shop.cfg.example` is a template for `shop.cfg`.
_CONFIG = lazy_pattern(
    r"(config|settings).*\.py$|^gunicorn[._-].*\.py$|\.cfg$|\.cfg[._-](?:default|dist|docker|example|sample|template)$"
)


def is_python(kind: Kind | None) -> bool:
    """Whether a file of this kind is Python; False for None."""
    return kind is not None and kind.is_python


def by_name(name: str, *, called_python: bool = False) -> Kind | None:
    """The kind of a file according to its name; None if it is never read.

    For a name without an extension, the language id of the editor counts.
    """
    if _CONFIG.search(name) and name not in _INI:
        return CONFIG
    if name.endswith((".py", ".pyw", ".ipynb")):
        return PYTHON
    for kind in _OF_SOURCES:
        if kind.source is not None and kind.source.matches(name):
            return kind
    return None if "." in name else PYTHON if called_python else SCRIPT


def paths_of(folder: Folder) -> Iterator[str]:
    """The files of a folder, and the folder itself if it has the name of an env file."""
    if os.path.basename(folder.path) in _NEVER_FOLDERS:
        yield folder.path
    yield from (os.path.join(folder.path, name) for name in folder.files)

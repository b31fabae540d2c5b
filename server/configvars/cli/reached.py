"""Which files of a project a program loads, directly and indirectly; when in doubt, a file is included."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from msgspec import Struct

from configvars.cli.django_files import NamedSettings, is_left_to_django, named_settings
from configvars.cli.django_loads import DjangoLoads
from configvars.cli.loaded_names import HOLE, LoadedNames, dotted_name, loaded_names
from configvars.cli.processes import FLASK_APP, MIGRATIONS
from configvars.cli.python_files import PythonFiles
from configvars.patterns import lazy_pattern
from configvars.resolve.folder_links import NO_LINKS, FolderLinks
from configvars.syntax.python import parse

_CONFIGURES = lazy_pattern(
    r"\.(?:from_(?:object|pyfile|envvar|file)|config_from_\w+)\((?!\s*[rf]*[\"'][\w./])"
)
_CHANGES_PATH = lazy_pattern(r"\bsys\.path\b|\baddsitedir\b")
_DJANGO = lazy_pattern(
    r"^\s*(?:from|import)\s+django\b|\bDJANGO_SETTINGS_MODULE\b|\bINSTALLED_APPS\b", re.MULTILINE
)
_NAMES_SETTINGS = lazy_pattern(r"\bDJANGO_SETTINGS_MODULE\b|\bsettings\.configure\(")
_MIGRATES = lazy_pattern(r"\b(?:flask_migrate|alembic)\b")
# Files in which the `flask` command may find an app.
_FLASK = lazy_pattern(
    r"\b\w*(?:Flask|Quart|App|Eve|Dash)\(|\bdef \w*app\b|^(?:app|application)\b[^\n=]*=", re.MULTILINE
)
_PACKAGING = ("pyproject.toml", "setup.cfg", "setup.py")
_ENTRY_POINTS = lazy_pattern(r"\bentry[-_]points\b")
_PLUG_IN = lazy_pattern(r"=\s*[\"']?([A-Za-z_][\w.]*)(?::[\w.]+)?")
# Code that runs other programs, or files as the main program.
_STARTS = lazy_pattern(
    r"\b(?:subprocess|runpy|os\.(?:system|popen|exec|spawn|posix_spawn)|create_subprocess)"
)
# Python imports these whenever it starts.
_SITE = frozenset({"sitecustomize.py", "usercustomize.py"})


class LoadsByName(Exception):  # noqa: N818 -- an answer, not an error
    """A file, which a process loads, loads modules whose names exist only at run time.

    The message is the file's path.
    """

    process = ""


class Loaded(Struct, frozen=True):
    """The files that a program may load.

    `unsure` is a file because of which these may be too many, or empty. `programs` are those that code may
    run as programs. `by_settings` are those that only some settings modules of Django load, if it is not
    known which one the program has.
    """

    files: frozenset[str]
    unsure: str = ""
    programs: frozenset[str] = frozenset()
    by_settings: frozenset[str] = frozenset()


class _Edges(Struct, frozen=True):
    """The files that one file loads, and those that it may load."""

    sure: tuple[str, ...]
    perhaps: tuple[str, ...]
    programs: tuple[str, ...] = ()
    settings: NamedSettings = NamedSettings()


class Reached:
    """The Python files of a project and what they load."""

    def __init__(
        self,
        root: str,
        files: Iterable[str],
        text_of: Callable[[str], str | None],
        links: FolderLinks = NO_LINKS,
    ) -> None:
        self._root = root
        self._files = PythonFiles(root, files, links)
        self._text_of = cache(text_of)
        self._left_to_django = cache(lambda path: is_left_to_django(path, self._text_of(path) or ""))
        self._anywhere = False
        self._edges: dict[tuple[str, bool], _Edges] = {}

    def starts(self, entry: str, *, anywhere: bool = False) -> list[str]:
        """The files of a module or path that is given on a command line.

        `anywhere`: the command changes the folders in which Python looks for modules.
        """
        if entry == FLASK_APP:
            return [path for path in self._files if _FLASK.search(self._text_of(path) or "")]
        if entry == MIGRATIONS:
            return self._files.migrations()
        if entry.endswith(".py"):
            return self._files.exactly(entry)
        importer = os.path.join(self._root, "__main__.py")
        elsewhere = self._files.elsewhere(importer, entry, anywhere=anywhere)
        return self._files.with_mains([*self._files.found(importer, entry), *elsewhere])

    def from_(self, starts: Iterable[str], command: str = "", *, has_settings: bool = False) -> Loaded:
        """All files that some files load. Raises `LoadsByName` if that is not known.

        `command` is the text of the shell commands that start them. `has_settings`: something else may name
        the settings module of Django.
        """
        begin = [*starts, *self._always()]
        django = DjangoLoads(
            self._files, self._root, self._text_of, self._settings_of, command, has_settings=has_settings
        )
        self._anywhere = False
        seen = self._complete(begin, django)
        if any(_CHANGES_PATH.search(self._text_of(path) or "") for path in seen):
            self._anywhere = True
            seen = self._complete(begin, django)
        if not django.has_settings:
            self._check_settings(seen)
        by_settings = django.by_settings(seen, lambda more: self._closure([*begin, *more]))
        sure = self._complete(begin, django, perhaps=False)
        guessing = (path for path in sorted(seen) if not sure.issuperset(self._edges_of(path).perhaps))
        programs = frozenset(each for path in seen for each in self._edges_of(path).programs)
        return Loaded(frozenset(seen), next(guessing, ""), programs, by_settings)

    def _check_settings(self, seen: Iterable[str]) -> None:
        """Raises `LoadsByName` if some files use Django and nothing names its settings."""
        texts = {path: self._text_of(path) or "" for path in sorted(seen)}
        django = next((path for path, text in texts.items() if _DJANGO.search(text)), None)
        if django is not None and not any(map(_NAMES_SETTINGS.search, texts.values())):
            raise LoadsByName(django)

    def _complete(self, begin: Iterable[str], django: DjangoLoads, *, perhaps: bool = True) -> set[str]:
        """What some files load, with the settings and management commands of Django."""
        seen, more = set[str](), set(begin)
        while not seen.issuperset(more):
            seen = self._closure(seen | more, perhaps=perhaps)
            uses = any(_DJANGO.search(self._text_of(path) or "") for path in seen)
            more = set(django.more(seen, anywhere=self._anywhere)) if uses else set()
        return seen

    def _settings_of(self, path: str) -> NamedSettings:
        return self._edges_of(path).settings

    def _always(self) -> Iterator[str]:
        """The files that Python imports whenever it starts, and the project's plug-ins for its libraries."""
        yield from (path for path in self._files if os.path.basename(path) in _SITE)
        for file in _PACKAGING:
            text = self._text_of(os.path.join(self._root, file)) or ""
            for found in _PLUG_IN.finditer(text) if _ENTRY_POINTS.search(text) else ():
                yield from self._files.found(os.path.join(self._root, file), found[1])

    def _closure(self, starts: Iterable[str], *, perhaps: bool = True) -> set[str]:
        waiting, seen = list(starts), set[str]()
        while waiting:
            path = waiting.pop()
            if path not in seen:
                seen.add(path)
                edges = self._edges_of(path)
                waiting += (*edges.sure, *edges.perhaps) if perhaps else edges.sure
        return seen

    def _edges_of(self, path: str) -> _Edges:
        key = path, self._anywhere
        if key not in self._edges:
            text = self._text_of(path)
            if text is None:
                raise LoadsByName(path)
            package = dotted_name(os.path.join(os.path.dirname(path), "__init__.py"), self._root)
            tree = parse(text)
            names = loaded_names(tree, package)
            if names.is_unknown or tree.refused:
                raise LoadsByName(path)
            settings = named_settings(text)
            for each in settings.all:  # loaded only if no other settings apply
                names.modules = [name for name in names.modules if name != each]
            named, guessed = tuple(self._named(path, names)), tuple(self._guessed(path, text, names))
            around = tuple(self._around(path, names, settings)) if _DJANGO.search(text) else ()
            programs = (*named, *guessed, *around) if _STARTS.search(text) else ()
            sure = (*self._files.packages(path), *named)
            self._edges[key] = _Edges(sure, (*guessed, *around), programs, settings)
        return self._edges[key]

    def _named(self, path: str, names: LoadedNames) -> Iterator[str]:
        """The files that imports and complete strings name."""
        for dotted in names.imports:
            yield from self._files.found(path, dotted)
        for dotted in names.modules:
            yield from self._files.with_mains(self._files.found(path, dotted))
        for file in names.files:
            yield from self._files.at(file) if HOLE not in file else ()

    def _guessed(self, path: str, text: str, names: LoadedNames) -> Iterator[str]:
        """The files that a file may load, according to computed names and what its libraries do."""
        for dotted in (*names.imports, *(name for name in names.modules if "." in name)):
            yield from self._files.elsewhere(path, dotted, anywhere=self._anywhere)
        if os.path.basename(path) == "__init__.py":  # lists of its modules
            for name in names.modules:
                yield from self._files.found(path, f".{name}")
        for name in names.computed:
            yield from self._files.fitting(name)
        for file in names.files:
            yield from self._files.at(file) if HOLE in file else ()
        if _CONFIGURES.search(text):
            yield from self._files.configuration()
        if _MIGRATES.search(text):
            yield from self._files.migrations()

    def _around(self, path: str, names: LoadedNames, settings: NamedSettings) -> Iterator[str]:
        """The files that Django loads from the packages that a file names."""
        for each in self._files.around(path, (*names.modules, *settings.all)):
            if not self._left_to_django(each):
                yield each

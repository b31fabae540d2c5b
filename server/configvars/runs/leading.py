"""Which Python files have names that may lead to variables; found by words and imports, without evaluating.

A name may lead to variables if `environ`, `getenv`, a read by a library, or another name that may lead to
them decides its value. What `runs.expressions` evaluates comes to a variable only through such names.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from configvars.names.imports import dotted
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.imported_names import django_settings
from configvars.runs.leading_names import LeadingNames
from configvars.runs.parsed_code import library_reads

_READING = ("environ", "getenv")
_STAR = lazy_pattern(r"\bimport\s*\(?\s*\*")
_PACKAGE = "__init__.py"


class _Use(Struct, frozen=True):
    """The `word` by which a file has something of another one: its name `there`, all of it if that is empty.

    The word `*` stands for all names.
    """

    user: str
    word: str
    there: str


class Leading:
    """The words of each file that may lead to variables; of some files, and of those that they import."""

    def __init__(self, project: Project, paths: Iterable[str]) -> None:
        self._project = project
        self._uses: defaultdict[str, list[_Use]] = defaultdict(list)
        self._words: dict[str, set[str]] = {}
        self._below: defaultdict[str, list[str]] = defaultdict(list)
        for path in project.code.paths():
            home = os.path.dirname(path)
            self._below[os.path.dirname(home) if path.endswith(_PACKAGE) else home].append(path)
        self._names: dict[str, LeadingNames] = {}
        todo = self._collect(paths)
        while todo:
            self._follow(todo.pop(), todo)
        self._names.clear()  # trees are large
        self._uses.clear()

    def __contains__(self, path: str) -> bool:
        """Whether code of a file may come to a variable."""
        return bool(self._words.get(path))

    def _collect(self, paths: Iterable[str]) -> set[str]:
        """Find out who uses whom; returns the files that read variables themselves."""
        todo, found = list(paths), set[str]()
        seen = set(todo)
        while todo:
            path = todo.pop()
            text = self._project.text_of(path) or ""
            self._words[path] = {word for word in _READING if word in text}
            if self._words[path] or next(library_reads(self._project, path), None) is not None:
                self._words[path].add("")
                found.add(path)
            for used, use in self._used(path, text):
                self._uses[used].append(use)
                if used not in seen:
                    seen.add(used)
                    todo.append(used)
        return found

    def _used(self, path: str, text: str) -> Iterator[tuple[str, _Use]]:
        """The files of which a file imports something, with what it imports."""
        is_star = _STAR.search(text) is not None
        for imported in self._project.code.imports(path):
            everything = "*" if is_star else imported.module.partition(".")[0]
            for name in imported.names or ("",):
                module, inner = imported.module, name
                if (module, inner) == ("django.conf", "settings"):
                    module, inner = django_settings(self._project), ""
                found = self._project.code.module(path, dotted(module, inner) if inner else module)
                if found is None or not module:
                    continue
                used, rest = found
                yield used, _Use(path, name or everything, rest.partition(".")[0])
                if not rest and used.endswith(_PACKAGE):
                    inside = self._inside(used, text)
                    yield from ((each, _Use(path, name or everything, "")) for each in inside)

    def _inside(self, package: str, text: str) -> Iterator[str]:
        """The modules of a package that a text mentions, which may take them from the package."""
        for path in self._below[os.path.dirname(package)]:
            is_package = path.endswith(_PACKAGE)
            stem = os.path.basename(os.path.dirname(path) if is_package else path).removesuffix(".py")
            if path != package and stem in text:
                yield path
                if is_package:
                    yield from self._inside(path, text)

    def _follow(self, path: str, todo: set[str]) -> None:
        """Add the names of a file that its words decide, and pass them on to the files that use them."""
        names = self._names.get(path)
        if names is None:
            reads = [each.span.start for each in library_reads(self._project, path)]
            names = self._names[path] = LeadingNames(self._project.tree_of(path), reads)
        words = self._words[path] = names.leading(self._words[path])
        for use in self._uses[path]:
            if not use.there or use.there in words:
                more = words if use.word == "*" else {use.word}
                if not more <= self._words[use.user]:
                    self._words[use.user] |= more
                    todo.add(use.user)

"""Which files of a project a module loads, directly and indirectly; when in doubt, a file is included."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from configvars.patterns import lazy_pattern
from configvars.resolve.modules import Modules
from configvars.syntax.python import Node, PythonTree, parse

_BY_NAME = lazy_pattern(
    r"\b(importlib|__import__|import_string|find_modules|walk_packages|iter_modules|autodiscover|entry_points"
    r"|runpy|exec|django)\b"
)
_CONFIGURES = lazy_pattern(r"\.from_(object|pyfile|envvar|file)\(")
_CONFIG_FILE = lazy_pattern(r"(config|settings)[^/]*\.(py|cfg)$")
_DOTTED = lazy_pattern(r"([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?::\w+)?")


class LoadsByName(Exception):  # noqa: N818 -- an answer, not an error
    """A file, which a process loads, loads modules whose names exist only at run time.

    The message is the file's path.
    """

    process = ""


class Reached:
    """The Python files of a project and their imports."""

    def __init__(self, root: str, files: Iterable[str], text_of: Callable[[str], str | None]) -> None:
        self._root = root
        self._files = sorted(files)
        self._known = frozenset(self._files)
        self._text_of = text_of
        self._modules = Modules(root)
        for path in self._files:
            self._modules.add(path)

    def starts(self, entry: str) -> list[str]:
        """The files of a module or path that is given on a command line."""
        if entry.endswith(".py"):
            path = os.path.normpath(os.path.join(self._root, entry))
            return [path] if path in self._known else []
        return list(self._found(os.path.join(self._root, "__main__.py"), entry))

    def from_(self, starts: Iterable[str]) -> frozenset[str]:
        """All files that some files load. Raises `LoadsByName` if that is not known."""
        waiting, seen = list(starts), set[str]()
        while waiting:
            path = waiting.pop()
            if path not in seen:
                seen.add(path)
                waiting += self._loaded_by(path)
        return frozenset(seen)

    def _loaded_by(self, path: str) -> Iterator[str]:
        yield from self._packages(path)
        text = self._text_of(path)
        if text is None or _BY_NAME.search(text):
            raise LoadsByName(path)
        if _CONFIGURES.search(text):
            yield from (each for each in self._files if _CONFIG_FILE.search(each))
        for dotted in _named(parse(text)):
            yield from self._found(path, dotted)

    def _packages(self, path: str) -> Iterator[str]:
        """The packages that contain a module; Python loads them before it."""
        folder = os.path.dirname(path)
        while folder.startswith(self._root) and len(folder) > len(self._root):
            package = os.path.join(folder, "__init__.py")
            if package in self._known:
                yield package
            folder = os.path.dirname(folder)

    def _found(self, importer: str, dotted: str) -> Iterator[str]:
        yield from (found for found, _ in self._modules.find(importer, dotted) if found is not None)


def _named(tree: PythonTree) -> Iterator[str]:
    """Every string in a file that may be the name of a module: in imports, and complete strings."""
    for node in _all(tree.root):
        if node.type == "import_statement":
            yield from (_name(tree, child) for child in node.named_children)
        elif node.type == "import_from_statement":
            module, *names = (_name(tree, child) for child in node.named_children)
            yield module
            yield from (f"{module}{name}" if module.endswith(".") else f"{module}.{name}" for name in names)
        elif node.type == "string_content" and (found := _DOTTED.fullmatch(tree.source(node))):
            yield found[1]


def _name(tree: PythonTree, node: Node) -> str:
    """A name in an import, without its alias."""
    first = node.named_children[0] if node.type == "aliased_import" else node
    return tree.source(first)


def _all(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.children

"""Where the code of a project mentions a function or class by its name."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator

from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.givers import is_test
from configvars.runs.parsed_code import Code
from configvars.runs.shell_writes import shell_texts
from configvars.syntax.python import Node

IMPORTS = ("import_statement", "import_from_statement")
_TESTS = frozenset({"isinstance", "issubclass"})
_NAMING = ("app.json", "heroku.yml", "pyproject.toml", "setup.cfg", "bin/post_compile")


class Mentions:
    """The mentions of names in a project; `code` returns a parsed file."""

    def __init__(self, project: Project, code: Callable[[str], Code]) -> None:
        self.project = project
        self._code = code

    def of(self, name: str, home: Code, owner: Node) -> Iterator[tuple[Code, Node]] | None:
        """The uses of what `owner` defines, outside of it; None if a string or another name leads to it."""
        files = self.project.remembered(f"uses of {name} in code", lambda: self._files(name))
        return None if files is None else self._uses(name, files, home, owner)

    def _uses(
        self, name: str, files: tuple[str, ...], home: Code, owner: Node
    ) -> Iterator[tuple[Code, Node]]:
        for path in files:
            code = self._code(path)
            for leaf in code.tree.words(name):
                is_inside = path == home.path and owner.start_byte <= leaf.start_byte < owner.end_byte
                if not is_inside and _is_use(code, leaf):
                    yield code, leaf

    def _files(self, name: str) -> tuple[str, ...] | None:
        """The files that contain a name; None if a string or another name leads to what it names."""
        word = re.escape(name)
        leading = re.compile(rf"{word}(?:(?<=[.:]{word})[\"']|(?<=\b{word})\s+as\s)")
        found: list[str] = []
        for path, text in self.texts():
            if name in text:
                if leading.search(text):
                    return None
                found.append(path)
        return tuple(found)

    def is_named_elsewhere(self, path: str, name: str) -> bool:
        """Whether a command or a file of the packaging may name a function or class."""
        home = home_of(path, self.project.index.files, self.project.root)
        texts = [self.project.text_of(os.path.join(home, each)) or "" for each in _NAMING]
        texts += [text for _, text in shell_texts(self.project, path)]
        return any(re.search(rf"\b{re.escape(name)}\b", text) for text in texts)

    def definition(self, name: str) -> tuple[Code, Node] | None:
        """The function or class with a name; None if the project has none, or several."""
        defined = re.compile(rf"^[ \t]*(?:(?:async[ \t]+)?def|class)[ \t]+{re.escape(name)}\b", re.MULTILINE)

        def find() -> tuple[str, int] | None:
            found = [(path, match.end()) for path, text in self.texts() for match in defined.finditer(text)]
            return found[0] if len(found) == 1 else None

        found = self.project.remembered(f"definition of {name}", find)
        if found is None:
            return None
        code = self._code(found[0])
        at = code.tree.byte(found[1] - 1)
        leaf = code.tree.root.descendant_for_byte_range(at, at)
        return (code, leaf.parent) if leaf is not None and leaf.parent is not None else None

    def texts(self) -> Iterator[tuple[str, str]]:
        """All Python files except tests, each with its text."""
        for path in self.project.code.paths():
            if not is_test(self.project, path):
                yield path, self.project.text_of(path) or ""


def _is_use(code: Code, leaf: Node) -> bool:
    """Whether a leaf may lead to what it names: no import, type, test of a class, or comment."""
    above: Node | None = leaf
    while above is not None and above.type not in ("block", "module"):
        if above.type in (*IMPORTS, "type", "comment", "except_clause"):
            return False
        if above.type == "call" and code.source(above.child_by_field_name("function")) in _TESTS:
            return False
        if above.type == "assignment" and code.source(above.child_by_field_name("left")) == "__all__":
            return False
        above = above.parent
    return True

"""The modules and files that a Python file may load: by its imports, by strings, and by computed names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from msgspec import Struct, field

from configvars.patterns import lazy_pattern
from configvars.syntax.python import Node, PythonTree
from configvars.syntax.python_branches import is_for_types

_LISTS = frozenset({"list", "tuple"})
HOLE = "*"
"""Stands for the unknown part of a computed name."""
# Functions that load the module or file that their argument names.
_LOADERS = frozenset(
    {"__import__", "exec", "execfile", "find_modules", "import_from_string", "import_module", "import_object"}
    | {"import_string", "iter_modules", "load_module", "load_source", "locate", "run_module", "run_path"}
    | {"SourceFileLoader", "autodiscover_modules", "exec_module", "spec_from_file_location"}
    | {"autodiscover_tasks", "symbol_by_name", "walk_packages"}
)
_TASKS = "autodiscover_tasks"  # without packages, Celery searches those of Django
_BUILTIN = frozenset({"__import__", "exec", "execfile"})  # `session.exec(…)` loads nothing
_OF_CONFIG = frozenset({"config_from_object", "from_object", "from_pyfile"})
_PROCESS = lazy_pattern(r"\b(?:subprocess|os\.(?:system|popen|exec|spawn|posix_spawn)|create_subprocess)")
_PYTHON = lazy_pattern(r"\bsys\.executable\b|[\"'/\s]python[\d.]*[\"'\s]")
_MODULE = lazy_pattern(r"(\.*[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?::\w+)?", re.ASCII)
_COMPUTED = lazy_pattern(r"[\w.*]*[A-Za-z][\w.*]*", re.ASCII)
_DOTTED_PART = lazy_pattern(r"\w\.|\.\w")
_PLACEHOLDER = lazy_pattern(r"%\(?\w*\)?[sdr]|\{[^{}]*\}")
_BLANKS = lazy_pattern(r"[\s\"'`;|&()=,]+")
_OWN_NAME = frozenset({"__name__", "__package__"})


class LoadedNames(Struct):
    """What a file names. In `computed` and `files`, `*` stands for a part that is not known.

    `is_unknown`: it also loads modules, or starts Python files, whose names exist only at run time.
    """

    imports: list[str] = field(default_factory=list)
    modules: list[str] = field(default_factory=list)
    computed: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    is_unknown: bool = False


def loaded_names(tree: PythonTree, package: str) -> LoadedNames:
    """The names in a file; `package` is the dotted name of the package that contains it."""
    return _Reader(tree, package).read()


class _Reader:
    def __init__(self, tree: PythonTree, package: str) -> None:
        self._tree = tree
        self._package = package
        self._names = LoadedNames()

    def read(self) -> LoadedNames:
        for node in _running(self._tree):
            if node.type == "import_statement":
                self._names.imports += (self._imported(child) for child in node.named_children)
            elif node.type == "import_from_statement":
                self._import_from(node)
            elif node.type == "string" and not _is_docstring(node):
                self._string(self._text(node), is_argument=_is_argument_of(self._tree, node))
            elif node.type == "identifier" and self._tree.source(node) in _LOADERS:
                self._loader(node)
        self._names.is_unknown |= self._starts_unknown()
        return self._names

    def _import_from(self, node: Node) -> None:
        module, *names = (self._imported(child) for child in node.named_children)
        self._names.imports.append(module)
        dot = "" if module.endswith(".") else "."
        if any(child.type == "wildcard_import" for child in node.named_children):
            self._names.computed.append(self._absolute(f"{module}{dot}{HOLE}"))
        else:
            self._names.imports += (f"{module}{dot}{name}" for name in names)

    def _imported(self, node: Node) -> str:
        """A name in an import, without its alias."""
        if node.type != "aliased_import":
            return self._tree.source(node)
        name = self._tree.source(node.named_children[0])
        self._names.is_unknown |= name.rpartition(".")[2] in _LOADERS
        return name

    def _loader(self, node: Node) -> None:
        """A function that loads what its argument names: the argument must be a string that says enough."""
        parent = node.parent
        if parent is None or parent.type == "dotted_name" or parent.type == "function_definition":
            return
        if parent.type == "keyword_argument" or (
            self._tree.source(node) in _BUILTIN and parent.type == "attribute"
        ):
            return
        called = parent if parent.type == "attribute" else node
        call = called.parent
        is_called = (
            call is not None and call.type == "call" and call.child_by_field_name("function") == called
        )
        arguments = call.child_by_field_name("arguments") if is_called and call is not None else None
        if arguments is not None and self._tree.source(node) == _TASKS and not _has_list(arguments):
            self._names.computed.append(f"{HOLE}.tasks")
            return
        if arguments is None or not arguments.named_children or not self._says_enough(arguments):
            self._names.is_unknown = True

    def _says_enough(self, arguments: Node) -> bool:
        first = arguments.named_children[0]
        if first.type not in _LISTS:
            name = self._absolute(self._value(first))
            if HOLE in name and _says(name):
                self._names.computed.append(name)
            return _says(name)
        for each in first.named_children:
            self._names.computed.append(f"{self._value(each)}.{HOLE}")
        return all(
            _says(self._value(each)) and HOLE not in self._value(each) for each in first.named_children
        )

    def _value(self, node: Node) -> str:
        """The text of an expression, with holes for what is not known."""
        if node.type == "string":
            return self._inside(node)
        if node.type == "concatenated_string":
            return "".join(map(self._value, node.named_children))
        if node.type == "binary_operator" and (sides := _sides(node)) is not None:
            return "".join(map(self._value, sides))
        if node.type == "identifier" and self._tree.source(node) in _OWN_NAME and self._package:
            return self._package
        return HOLE

    def _text(self, node: Node) -> str:
        """The text of a string together with what is added to it."""
        while (parent := node.parent) is not None and (
            parent.type == "concatenated_string"
            or (parent.type == "binary_operator" and _sides(parent) is not None)
        ):
            node = parent
        return self._value(node)

    def _inside(self, node: Node) -> str:
        parts = []
        for child in node.named_children:
            if child.type == "string_content":
                parts.append(_PLACEHOLDER.sub(HOLE, self._tree.source(child)))
            elif child.type == "interpolation":
                parts += map(self._value, child.named_children[:1])
        return "".join(parts)

    def _string(self, text: str, *, is_argument: bool) -> None:
        if HOLE not in text and (found := _MODULE.fullmatch(text)):
            self._names.modules.append(found[1])
        elif _COMPUTED.fullmatch(text) and (is_argument or _DOTTED_PART.search(text)):
            self._names.computed.append(self._absolute(text))
        if ".py" in text or "-m" in text:
            self._words(_BLANKS.split(text))
        elif "/" in text and not _BLANKS.search(text):
            self._names.files.append(text)

    def _words(self, words: list[str]) -> None:
        for before, word in zip(["", *words], words, strict=False):
            if word.endswith((".py", ".sh")):
                self._names.files.append(word)
            elif before == "-m" and _MODULE.fullmatch(word):
                self._names.modules.append(word)

    def _absolute(self, name: str) -> str:
        """A relative name (`.plugins.*`) as an absolute one."""
        bare = name.lstrip(".")
        level = len(name) - len(bare)
        if not level:
            return name
        parts = self._package.split(".") if self._package else []
        return ".".join([*parts[: len(parts) - level + 1], bare])

    def _starts_unknown(self) -> bool:
        """Whether the file starts Python with a file or module that no string names."""
        text = self._tree.text
        if not (_PROCESS.search(text) and _PYTHON.search(text)):
            return False
        is_named = any(word.endswith(".py") and _says(word.removesuffix(".py")) for word in self._names.files)
        return not is_named and '"-c"' not in text and "'-c'" not in text and "-m" not in text


def _has_list(arguments: Node) -> bool:
    """Whether the first argument may be a list of packages, and not a function that returns them."""
    first = next((each for each in arguments.named_children if each.type != "keyword_argument"), None)
    return first is not None and first.type != "lambda"


def _says(name: str) -> bool:
    """Whether a name with holes says where a module is: in which package, or how its name begins or ends."""
    return any(character.isalpha() for character in name.replace(HOLE, ""))


def _sides(node: Node) -> tuple[Node, ...] | None:
    """The two sides of `+`, the left side of `%`; None for other operators."""
    operator = node.child_by_field_name("operator")
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if operator is None or left is None or right is None:
        return None
    return {"+": (left, right), "%": (left,)}.get(operator.type)


def _is_docstring(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "expression_statement"


def _is_argument_of(tree: PythonTree, node: Node) -> bool:
    """Whether a string is in the arguments of a function that loads a module or a configuration."""
    for _ in range(4):
        if (parent := node.parent) is None:
            return False
        if parent.type == "call" and (function := parent.child_by_field_name("function")) is not None:
            return tree.source(function).rpartition(".")[2] in _LOADERS | _OF_CONFIG
        node = parent
    return False


def _running(tree: PythonTree) -> Iterator[Node]:
    """All nodes except those that only type checkers read."""
    waiting = [tree.root]
    while waiting:
        node = waiting.pop()
        yield node
        if node.type == "if_statement" and is_for_types(tree, node):
            unread = node.child_by_field_name("consequence")
            waiting += (child for child in node.children if child != unread)
        else:
            waiting += node.children


def dotted_name(path: str, root: str) -> str:
    """The dotted name of a file below a folder; that of the package for `__init__.py`."""
    below = os.path.relpath(path, root).removesuffix(".py").split(os.sep)
    return ".".join(below[:-1] if below[-1] == "__init__" else below)

"""Env files that code loads only if a library is installed: `try: import dotenv except ImportError: …`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from configvars.project import Project
from configvars.requirements import requirements_of
from configvars.syntax.python import Node, parse

# The libraries that load env files, by the names of their modules.
_PACKAGES: Mapping[str, str] = MappingProxyType(
    {"dotenv": "python-dotenv", "environ": "django-environ", "environs": "environs"}
)
_IMPORTS = frozenset({"import_statement", "import_from_statement"})


def may_lack_library(project: Project, path: str) -> bool:
    """Whether a file goes on without a library that loads env files and that no requirements file names."""
    text = project.text_of(path) or ""
    if "except" not in text:
        return False
    asks_for = requirements_of(project).asks_for
    optional = project.code.kept_of(path, "optional libraries", None, lambda: _optional(text))
    return any(not asks_for(_PACKAGES[module]) for module in optional)


def _optional(text: str) -> frozenset[str]:
    """The modules of such libraries that a file imports in a `try` that catches exceptions."""
    tree = parse(text)
    found: set[str] = set()
    for module in _PACKAGES:
        for leaf in tree.words(module):
            statement = _around(leaf, _IMPORTS)
            tried = _around(statement, frozenset({"try_statement"}))
            name = statement.child_by_field_name("module_name") if statement is not None else None
            is_first = name is None or tree.source(name).partition(".")[0].strip() == module
            if (
                tried is not None
                and is_first
                and any(each.type == "except_clause" for each in tried.children)
            ):
                found.add(module)
    return frozenset(found)


def _around(node: Node | None, types: frozenset[str]) -> Node | None:
    """The nearest node above that has one of these types, in the same function."""
    while node is not None and (node := node.parent) is not None and node.type != "function_definition":
        if node.type in types:
            return node
    return None

"""Files that a module certainly opens when it runs: `open("config.json")`, and `.env` if the code requires it."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.syntax.python import Node, PythonTree, named
from configvars.text import Span

_OPENS = lazy_pattern(r"\bopen\(|\braise_error_if_not_found\b|\bload_dotenv\(|\bfrom_service_account_file\(")
_FILE = lazy_pattern(
    r"""open\(\s*(["'][^"'\n\\]+["'])\s*(?:,\s*(?:mode\s*=\s*)?["']r[bt]?["']\s*)?"""
    r"""(?:,\s*encoding\s*=\s*["'][\w-]+["']\s*)?\)"""
)
_ACCOUNT = lazy_pattern(r"""[\w.]+\.from_service_account_file\(\s*(["'][^"'\n\\]+["'])\s*[,)]""")
_REQUIRES = lazy_pattern(r"(?:\w+\.)?find_dotenv\([^()]*\braise_error_if_not_found\s*=\s*True\b[^()]*\)")
_USUAL = lazy_pattern(r"not\s+(?:\w+\.)?load_dotenv\(\s*(?:(?:\w+\.)?find_dotenv\(\s*\)\s*)?\)")
_LEAVES = lazy_pattern(r"raise\b|(?:sys\.)?exit\(|quit\(")
_DOTENV = lazy_pattern(r"^\s*(?:from|import)\s+dotenv\b", re.MULTILINE)
_WRITES = lazy_pattern(
    r"""\.env["']\s*\)?(?:,\s*(?:mode\s*=\s*)?["'][wax]|\.write_)|\bset_key\(|\bcopy\w*\("""
)
# What runs only sometimes, or later.
_UNSURE = frozenset({"boolean_operator", "conditional_expression", "lambda", "generator_expression"})
_STATEMENTS = frozenset({"expression_statement", "with_statement"})
# Files with commands that run on Heroku, some of which may write a file.
_COMMANDS = ("Procfile", ".profile", "app.json", "heroku.yml", "package.json", "Makefile", "bin/pre_compile")
_HOOKS = (*_COMMANDS, "bin/post_compile", "bin/go-pre-compile", "bin/go-post-compile")


def opens_files(project: Project, path: str) -> bool:
    """Whether a module may open a file by its name."""
    return _OPENS.search(project.text_of(path) or "") is not None


def opened_files(project: Project, path: str, folder: str) -> Iterator[tuple[str, Span]]:
    """The files that a module certainly opens if a program runs it in a folder, each with the place."""
    tree = project.tree_of(path)
    has_dotenv = _DOTENV.search(tree.text) is not None
    for statement in named(tree.root):
        if statement.type in _STATEMENTS and "suppress(" not in tree.source(statement):
            for call in _calls(statement):
                source = tree.source(call)
                found = _FILE.fullmatch(source) or _ACCOUNT.match(source)
                if found is not None:
                    yield os.path.normpath(os.path.join(folder, ast.literal_eval(found[1]))), tree.span(call)
                elif has_dotenv and _REQUIRES.fullmatch(source) and "usecwd" not in source:
                    yield _env_file(project, path), tree.span(call)
        elif has_dotenv and statement.type == "if_statement" and _leaves_without(tree, statement):
            yield _env_file(project, path), tree.span(statement)


def _calls(node: Node) -> Iterator[Node]:
    """The calls in a statement that it certainly makes; of `with open(…)`, only those at its head."""
    for child in named(node):
        if child.type in _UNSURE or child.type.endswith("comprehension") or child.type == "block":
            continue
        if child.type == "call":
            yield child
        yield from _calls(child)


def _leaves_without(tree: PythonTree, statement: Node) -> bool:
    """Whether a statement is `if not load_dotenv(): sys.exit(…)`."""
    condition = statement.child_by_field_name("condition")
    body = statement.child_by_field_name("consequence")
    if condition is None or body is None or not _USUAL.fullmatch(tree.source(condition)):
        return False
    return any(_LEAVES.match(tree.source(each)) for each in named(body))


def _env_file(project: Project, path: str) -> str:
    """The `.env` that python-dotenv finds from a file upwards; if there is none, the one next to the file."""
    folder = os.path.dirname(path)
    while folder.startswith(project.root):
        found = os.path.join(folder, ".env")
        if project.is_file(found):
            return found
        folder = os.path.dirname(folder)
    return os.path.join(os.path.dirname(path), ".env")


def is_only_here(project: Project, path: str) -> bool:
    """Whether a file exists here, git ignores it, and nothing is known that may write it on Heroku."""
    if not project.is_file(path) or project.ignored_by_git(path) is not True:
        return False
    name = os.path.basename(path)
    hooks = (project.text_of(os.path.join(project.root, each)) or "" for each in _HOOKS)
    if any(name in text for text in hooks):
        return False
    python = (each for each in project.code.paths() if not is_test(project, each))
    texts = [project.text_of(each) or "" for each in python]
    if name == ".env":
        return not any(_WRITES.search(text) for text in texts)
    return sum(text.count(name) for text in texts) == 1 and not any("chdir(" in text for text in texts)

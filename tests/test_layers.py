"""The import order of the packages, and what only one package may do.

Docs/ARCHITECTURE.md explains the reasons.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from support.sources import texts_of_package, tree_of, trees_with

REPOSITORY = Path(__file__).parents[1]
PACKAGE = REPOSITORY / "server" / "configvars"
FILES = sorted(PACKAGE.rglob("*.py"))

ROOMS = (
    *("text", "failures", "limits", "secret", "model", "syntax", "names", "readers", "sources"),
    *("analyze", "resolve", "index"),
    *("settings", "platforms", "catalog", "edits", "project", "runs", "flask", "checks", "features"),
    *("workspace", "storage", "actions", "lsp", "cli"),
)
# Top-level modules that belong to the package of a similar name.
ANNEXES = {
    "garbage": "text",
    "printable": "text",
    "patterns": "text",
    "shell_quoting": "text",
    "slices": "text",
    "traces": "text",
    "flask_model": "model",
    "run_model": "model",
    "unread_model": "model",
    "pydantic_model": "model",
    "pinned": "project",
    "requirements": "project",
    "secret_shapes": "secret",
    "live_values": "secret",
    "flow_model": "model",
    "converters": "secret",
    "settings_file": "settings",
    "hardcoded_names": "sources",
    "crashes": "storage",
    "settings_values": "settings",
    "said": "analyze",
    "start": "cli",
    "__main__": "cli",
}

MAX_LINES = 300

IMPORTS_ONLY_IN = {
    "pygls": ("lsp/",),
    "lsprotocol": ("lsp/",),
    "dotenv": ("syntax/dotenv.py",),
    "dulwich": ("workspace/revision.py", "workspace/head.py", "workspace/git_trees.py"),
    "subprocess": ("platforms/",),
    "multiprocessing": (),
    "socket": (),
    "urllib.request": (),
    "http": (),
    "pickle": (),
}
OWN_STATE = ("storage.py", "crashes.py")
CALLS_ONLY_IN = {
    "reveal": ("syntax/dotenv.py", "edits/"),
    # the user's files; our own state; our own data
    "open": ("workspace/", *OWN_STATE, "catalog/"),
    "read_bytes": ("workspace/", *OWN_STATE, "catalog/"),
    "read_text": ("workspace/", *OWN_STATE, "catalog/"),
    "write_bytes": ("workspace/", "storage.py"),
    "write_text": ("workspace/", "storage.py"),
    "system": (),
    "popen": (),
    "eval": (),
    "exec": (),
    "__import__": (),
}
OPENERS = {"os", "io", "Path"}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def room_of(module: str) -> str | None:
    """The package of a dotted module of configvars; None for the top-level package itself."""
    parts = module.split(".")[1:]
    return ANNEXES.get(parts[0], parts[0]) if parts else None


@cache
def imported(tree: ast.AST) -> frozenset[str]:
    return frozenset(_imported(tree))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "configvars")


@cache
def called(tree: ast.AST) -> frozenset[str]:
    return frozenset(_called(tree))


def _called(tree: ast.AST) -> Iterator[str]:
    """The names of called builtins, of functions that open files by their module, and of methods."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case _ if node.args and _is_devnull(node.args[0]):
                pass  # not a file of the user
            case ast.Name(id="open" | "eval" | "exec" | "__import__" as name):
                yield name
            case ast.Attribute(value=ast.Name(id=owner), attr="open") if owner in OPENERS:
                yield "open"
            case ast.Attribute(attr="open"):
                pass  # a method of our own, such as Workspace.open
            case ast.Attribute(attr=name):
                yield name


def _is_devnull(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node) == "os.devnull"


def test_every_file_is_in_a_package() -> None:
    rooms = {room_of("configvars." + name_of(path).removesuffix(".py").replace("/", ".")) for path in FILES}
    assert rooms - {"__init__"} <= set(ROOMS)


@cache
def later_than(room: str) -> re.Pattern[str]:
    """A pattern of the imports that the files of a package must not have; parts of strings may match, too."""
    rooms = ROOMS[ROOMS.index(room) + 1 :]
    modules = [*rooms, *(module for module, of in ANNEXES.items() if of in rooms)]
    names = rf"\b(?:{'|'.join(modules)})\b"
    return re.compile(rf"^ *(?:from|import) configvars\b[^(\n]*(?:\([^)]*)?{names}", re.MULTILINE)


def test_each_package_imports_only_from_packages_before_it() -> None:
    wrong = []
    for name, text in texts_of_package().items():
        own = room_of("configvars." + name.removesuffix(".py").replace("/", "."))
        if own not in ROOMS[:-1] or not later_than(own).search(text):
            continue
        for module in imported(tree_of(name)):
            room = room_of(module) if module.startswith("configvars.") else None
            if room in ROOMS and ROOMS.index(room) > ROOMS.index(own):
                wrong.append(f"{name} imports {module}")
    assert wrong == []


def test_the_order_is_documented() -> None:
    text = (REPOSITORY / "docs" / "ARCHITECTURE.md").read_text("utf-8")
    drawing = text.split("```")[1]
    assert set(re.findall(r"[a-z]{2,}", drawing)) == {*ROOMS}


@pytest.mark.parametrize("module", IMPORTS_ONLY_IN)
def test_libraries_that_only_one_package_imports(module: str) -> None:
    wrong = [
        name
        for name, tree in trees_with(rf"import\b.*\b{module.partition('.')[0]}\b|from {module}\b")
        if any(found == module or found.startswith(f"{module}.") for found in imported(tree))
        and not name.startswith(IMPORTS_ONLY_IN[module])
    ]
    assert wrong == []


@pytest.mark.parametrize("function", CALLS_ONLY_IN)
def test_functions_that_only_one_package_calls(function: str) -> None:
    wrong = [
        name
        for name, tree in trees_with(rf"\b{function}\(")
        if function in called(tree) and not name.startswith(CALLS_ONLY_IN[function])
    ]
    assert wrong == []


def catches_everything(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or ast.unparse(handler.type) in ("Exception", "BaseException")


def handles_it(handler: ast.ExceptHandler) -> bool:
    """Whether the handler reports what it has caught, or raises it again."""
    return any(
        isinstance(node, ast.Raise)
        or (isinstance(node, ast.Name) and node.id in ("failures", "report", "failed"))
        or (isinstance(node, ast.Attribute) and node.attr == "fault")  # stored, and reported later
        for node in ast.walk(handler)
    )


def test_code_that_catches_every_exception_reports_it() -> None:
    wrong = [
        f"{name}:{node.lineno}"
        for name, tree in trees_with(r"except( .*\bExcept| .*\bBaseExcept|:)")
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and catches_everything(node) and not handles_it(node)
    ]
    assert wrong == []


def test_files_are_small() -> None:
    large = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {name: lines for name, lines in large.items() if lines > MAX_LINES} == {}


@pytest.mark.parametrize(
    "text",
    [
        "from configvars import text, lsp\n",
        "from configvars import (\n    text,\n    lsp,\n)\n",
        "def f():\n    import configvars.lsp.server as s\n",
        "from configvars.cli.main import main\n",
    ],
)
def test_imports_of_later_packages_are_looked_at(text: str) -> None:
    assert later_than("checks").search(text)
    assert not later_than("lsp").search(text.replace("cli", "checks"))


def test_the_rules_can_fail() -> None:
    tree = ast.parse(
        "import os\nfrom configvars import lsp\nos.open('x')\nPath('x').read_text()\ns.reveal()\n"
    )
    assert "configvars.lsp" in imported(tree)
    assert {"open", "read_text", "reveal"} <= called(tree)
    (silent,) = (
        node
        for node in ast.walk(ast.parse("try: f()\nexcept Exception: pass"))
        if isinstance(node, ast.ExceptHandler)
    )
    assert catches_everything(silent)
    assert not handles_it(silent)

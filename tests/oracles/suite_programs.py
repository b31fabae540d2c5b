"""Programs made from the tests of a library, without their fixtures and assertions."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

_Statements = list[ast.stmt]
# Names that only pytest gives a value.
_FIXTURES = frozenset(
    {
        "capsys",
        "caplog",
        "cd_tmp_path",
        "docs_test_env",
        "mocker",
        "monkeypatch",
        "pytest",
        "recwarn",
        "request",
    }
    | {"self", "set_env", "tmp_cwd"}
)
_MOCK = "from unittest.mock import MagicMock"
_TMP_PATH = "from pathlib import Path\ntmp_path = Path()\n"
_BLOCK = re.compile(r"^```py(?:thon)?\b[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_RUNNERS = ("runner.invoke", "cli_runner.invoke", "self.runner.invoke")
_OF_RUNNER = frozenset({"args", "catch_exceptions", "color", "env", "input", "standalone_mode"})


class Program(NamedTuple):
    """A program of a test. In `run`, the statements below one that raises an exception run, too."""

    test: str
    text: str
    run: str


def of_settings(path: Path, base: str = "BaseSettings") -> Iterator[Program]:
    """Each settings class that a test makes an object of, and how it does."""
    yield from _settings_in(ast.parse(path.read_text("utf-8")), base)


def of_documentation(path: Path, base: str = "BaseSettings") -> Iterator[Program]:
    """The same for each code block of a Markdown file; of a block that makes none, the last class."""
    for number, block in enumerate(_BLOCK.findall(path.read_text("utf-8")), 1):
        try:
            body = ast.parse(block).body
        except SyntaxError:
            continue
        classes = _deriving([one for one in body if isinstance(one, ast.ClassDef)], base)
        if classes and not any(True for one in body for _ in _calls(one, classes)):
            last = [one.name for one in body if isinstance(one, ast.ClassDef) and one.name in classes][-1]
            body = [*body, ast.parse(f"{last}()").body[0]]
        test = ast.parse(f"def test_block_{number}(): pass").body[0]
        if classes and isinstance(test, ast.FunctionDef):
            test.body = [one for one in body if not _is_future(one)]
            module = ast.Module([test], [])
            yield from _settings_in(ast.parse(ast.unparse(ast.fix_missing_locations(module))), base)


def settings_classes(path: Path, base: str = "BaseSettings") -> int:
    """How many classes of a file, or of the code blocks of a Markdown file, derive from a base."""
    text = path.read_text("utf-8")
    total = 0
    for block in _BLOCK.findall(text) if path.suffix == ".md" else [text]:
        try:
            classes = [one for one in ast.walk(ast.parse(block)) if isinstance(one, ast.ClassDef)]
        except SyntaxError:
            continue
        names = _deriving(classes, base)
        total += sum(one.name in names for one in classes)
    return total


def _settings_in(module: ast.Module, base: str) -> Iterator[Program]:
    top = [one for one in module.body if bound_by(one) and not _is_relative(one) and not _is_test(one)]
    for test in _tests(module):
        body = list(_flat(test.body))
        local = [one for one in body if bound_by(one)]
        classes = _deriving([one for one in (*top, *local) if isinstance(one, ast.ClassDef)], base)
        calls = {ast.unparse(call): call for one in body for call in _calls(one, classes)}
        for text, call in calls.items():
            before = [one for one in local if _is_before(one, call) and not list(_calls(one, classes))]
            latest = {name: one for one in before for name in bound_by(one)}
            inner, names = _needed(loaded_by(call), list(dict.fromkeys(latest.values())))
            outer, more = _needed((names | loaded_by(call)) - set(latest), top)
            if (names | more) & (_FIXTURES | {argument.arg for argument in test.args.args}) <= {"tmp_path"}:
                head = _TMP_PATH if "tmp_path" in names else ""
                code = "\n".join(map(ast.unparse, (*outer, *inner)))
                whole = f"{head}{code}\ndef main():\n    return {text}\n"
                yield Program(test.name, whole, whole)


def of_statements(path: Path, head: str) -> Iterator[Program]:
    """The statements of each test that use no fixtures, below `head`."""
    module = ast.parse(path.read_text("utf-8"))
    top = [one for one in module.body if bound_by(one) and not _is_relative(one) and not _is_decorated(one)]
    for test in _tests(module):
        plain = _Plain().visit(ast.parse(ast.unparse(test)).body[0])
        foreign = _FIXTURES | ({argument.arg for argument in test.args.args} - {"env", "runner"})
        body = [one for one in plain.body if not loaded_by(one) & foreign and not _is_docstring(one)]
        names = frozenset().union(*map(loaded_by, body))
        outer, _ = _needed(names - {"env"}, top)
        above = "\n".join([*map(ast.unparse, outer), head])
        text = "\n".join([above, *map(ast.unparse, body), ""])
        helpers = _unbound(ast.parse(text))
        if body:
            mocks = [_MOCK, *(f"{name} = MagicMock()" for name in helpers)] if helpers else []
            yield Program(test.name, text, "\n".join([*mocks, above, *map(_tried, body), ""]))


def bound_by(statement: ast.stmt) -> frozenset[str]:
    """The names that a statement binds."""
    match statement:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return frozenset({name})
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return frozenset(one.asname or one.name.partition(".")[0] for one in names)
        case ast.Assign(targets=targets):
            every = (node for target in targets for node in ast.walk(target))
            return frozenset(node.id for node in every if isinstance(node, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            return frozenset({name})
        case ast.Try(body=body) | ast.If(body=body):
            return frozenset().union(*map(bound_by, body))
    return frozenset()


def _unbound(module: ast.Module) -> list[str]:
    """The names that nothing in a program binds, such as helpers in other files of the tests."""
    every = list(ast.walk(module))
    bound = {one.id for one in every if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    bound |= {one.arg for one in every if isinstance(one, ast.arg)}
    bound |= frozenset().union(*(bound_by(one) for one in every if isinstance(one, ast.stmt)))
    return sorted(loaded_by(module) - bound - set(dir(builtins)))


def loaded_by(node: ast.AST) -> frozenset[str]:
    """The names in a statement or expression."""
    return frozenset(one.id for one in ast.walk(node) if isinstance(one, ast.Name))


def _needed(names: Iterable[str], scope: _Statements) -> tuple[_Statements, frozenset[str]]:
    """The statements that bind the names, with what these need, and all names in them."""
    wanted, chosen = set(names), set[int]()
    while more := [one for one in scope if id(one) not in chosen and bound_by(one) & wanted]:
        chosen |= set(map(id, more))
        wanted |= frozenset().union(*map(loaded_by, more))
    return [_slim(one, wanted) for one in scope if id(one) in chosen], frozenset(wanted)


def _slim(statement: ast.stmt, names: set[str]) -> ast.stmt:
    """An import of only the names that are used; any other statement as it is."""
    if not isinstance(statement, ast.Import | ast.ImportFrom):
        return statement
    kept = [one for one in statement.names if (one.asname or one.name.partition(".")[0]) in names]
    return (
        ast.Import(kept)
        if isinstance(statement, ast.Import)
        else ast.ImportFrom(statement.module, kept, statement.level)
    )


def _tests(module: ast.Module) -> Iterator[ast.FunctionDef]:
    for one in module.body:
        inner = one.body if isinstance(one, ast.ClassDef) else [one]
        yield from (test for test in inner if isinstance(test, ast.FunctionDef) and _is_test(test))


def _deriving(classes: list[ast.ClassDef], base: str) -> set[str]:
    """The classes that derive from a base, directly or not."""
    found = {base}
    while more := {one.name for one in classes if found & set(map(_last, one.bases))} - found:
        found |= more
    return found - {base}


def _last(base: ast.expr) -> str:
    return base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")


def _calls(statement: ast.stmt, classes: set[str]) -> Iterator[ast.Call]:
    if not isinstance(statement, ast.ClassDef | ast.FunctionDef):
        calls = (node for node in ast.walk(statement) if isinstance(node, ast.Call))
        yield from (call for call in calls if getattr(call.func, "id", "") in classes)


def _flat(statements: _Statements) -> Iterator[ast.stmt]:
    for one in statements:
        yield from _flat(one.body) if isinstance(one, ast.With) else [one]


def _is_before(statement: ast.stmt, call: ast.Call) -> bool:
    return statement.lineno < call.lineno or isinstance(statement, ast.FunctionDef)


def _is_test(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.FunctionDef) and statement.name.startswith("test")


def _is_decorated(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.FunctionDef) and bool(statement.decorator_list or _is_test(statement))


def _is_relative(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.level > 0


def _is_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _tried(statement: ast.stmt) -> str:
    """A statement whose exception is caught; each one in a `with` separately."""
    if isinstance(statement, ast.With):
        statement.body = [ast.parse(_tried(one)).body[0] for one in statement.body]
    handler = ast.ExceptHandler(ast.Name("Exception", ast.Load()), None, [ast.Pass()])
    return ast.unparse(ast.fix_missing_locations(ast.Try([statement], [handler], [], [])))


class _Plain(ast.NodeTransformer):
    """Replaces assertions by what they compare, and calls of a runner by calls of its commands."""

    def visit_With(self, node: ast.With) -> ast.AST | _Statements:
        self.generic_visit(node)
        managers = " ".join(ast.unparse(item.context_expr) for item in node.items)
        return node.body if "pytest" in managers or "mock" in managers else node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        return ast.Name("env", ast.Load()) if ast.unparse(node) == "self.env" else node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name("main_command", node.ctx) if node.id == "main" else node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        node.name = "main_command" if node.name == "main" else node.name
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if (
            not isinstance(node.func, ast.Attribute)
            or ast.unparse(node.func) not in _RUNNERS
            or not node.args
        ):
            return node
        named = [one.value for one in node.keywords if one.arg == "args"]
        given = node.args[1:2] or named or [ast.List([], ast.Load())]
        kept = [one for one in node.keywords if one.arg not in _OF_RUNNER]
        return ast.Call(node.args[0], given, [*kept, ast.keyword("standalone_mode", ast.Constant(False))])

    def visit_Assert(self, node: ast.Assert) -> ast.AST | None:
        if "pytest" in ast.unparse(node):
            return None
        return ast.Expr(node.test.left if isinstance(node.test, ast.Compare) else node.test)

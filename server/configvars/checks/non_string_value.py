"""non-string-value: code sets an environment variable to a value that is not a string."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from configvars.checks.base import Check
from configvars.checks.subjects import Subject
from configvars.model import Access, Example, FileEdit, FileFacts, Finding, Fix, Reference, Severity, TextEdit
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.syntax.python import Node, PythonTree, named

NAME = "non-string-value"
_SETS = ("os.environ[]", "os.environ.update", "os.environ.setdefault", "os.environ |=", "os.putenv")
_DEFAULT = "os.environ.setdefault"
_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "integer": "a number",
        "float": "a number",
        "true": "a bool",
        "false": "a bool",
        "none": "None",
        "list": "a list",
        "list_comprehension": "a list",
        "dictionary": "a dict",
        "tuple": "a tuple",
        "comparison_operator": "a bool",
        "not_operator": "a bool",
    }
)
_CALLS: Mapping[str, str] = MappingProxyType(
    {"int": "a number", "float": "a number", "len": "a number", "bool": "a bool"}
)


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind != "python" or is_test(project, facts.path):
        return
    for reference in facts.references:
        is_set = reference.access is Access.WRITE or reference.idiom == _DEFAULT
        if is_set and reference.idiom in _SETS and reference.variable.scope == "env":
            tree = project.tree_of(facts.path)
            value = _value(tree, reference)
            kind = _kind(tree, value) if value is not None else ""
            if value is not None and kind and not _is_tried(value):
                yield _finding(facts.path, tree, reference, value, kind)


def _finding(path: str, tree: PythonTree, reference: Reference, value: Node, kind: str) -> Finding:
    name = reference.variable.name
    when = f" if {name} is not set" if reference.idiom == _DEFAULT else ""
    message = (
        f"{name} is set to {kind} here, but the environment accepts only strings: this raises TypeError{when}"
    )
    fixes: tuple[Fix, ...] = ()
    if kind == "a number":
        start, end = tree.span(value).start, tree.span(value).end
        text = tree.source(value)
        new = f'"{text}"' if value.type in ("integer", "float") else f"str({text})"
        edit = TextEdit(tree.span(value), new)
        title = "Write the number as a string"
        fixes = (Fix(title, (FileEdit(path, (edit,)),)),) if end > start else ()
    return Finding(NAME, Severity.WARNING, message, path, reference.span, reference.variable, fixes)


def _value(tree: PythonTree, reference: Reference) -> Node | None:
    """The expression that a statement or call puts into the variable whose name is at the reference."""
    span = reference.span
    node = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
    while node is not None and node.type in ("string_content", "string"):
        if (parent := node.parent) is None or parent.type != "string":
            break
        node = parent
    parent = node.parent if node is not None else None
    if node is None or parent is None:
        return None
    match parent.type:
        case "subscript":
            above = parent.parent
            is_target = above is not None and above.type == "assignment"
            if above is None or not is_target or above.child_by_field_name("left") != parent:
                return None
            return above.child_by_field_name("right")
        case "keyword_argument" | "pair":
            value = parent.child_by_field_name("value")
            return None if value == node else value
        case "argument_list":
            given = named(parent)
            return given[1] if len(given) == 2 and given[0] == node else None
    return None


def _kind(tree: PythonTree, value: Node) -> str:
    """What a value certainly is, if it certainly is no string."""
    if value.type == "unary_operator":
        inner = value.child_by_field_name("argument")
        return "a number" if inner is not None and inner.type in ("integer", "float") else ""
    function = value.child_by_field_name("function") if value.type == "call" else None
    if function is not None:
        return _CALLS.get(tree.source(function), "") if function.type == "identifier" else ""
    return _KINDS.get(value.type, "")


def _is_tried(value: Node) -> bool:
    node = value.parent
    while node is not None and node.type not in ("function_definition", "class_definition"):
        if node.type == "try_statement":
            return True
        node = node.parent
    return False


_OS = "-- app.py --\nimport os\n"

NON_STRING_VALUE = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="Code sets an environment variable to a value that is not a string.",
    what="""\
`os.environ["WORKERS"] = 5`, `os.environ.setdefault("DEBUG", True)`, `os.environ.update(TIMEOUT=30)` and
`os.putenv` with a number, a bool, `None`, a list, a dict or a tuple, or with the result of `int()`, `float()`,
`bool()` or `len()`. Not reported: values that configvars does not know, statements inside `try`, and tests.""",
    why="""\
The values of `os.environ` are strings. Anything else raises `TypeError: str expected, not int`.
`setdefault` raises only if the variable is not set, so the error appears on another machine. To remove a
variable, use `os.environ.pop("NAME", None)` instead of `None`.""",
    run=_run,
    about=Subject.READS,
    silent=(
        Example(
            f"{_OS}os.environ['A'] = '5'\nos.environ['B'] = str(5)\nos.environ['C'] = f'{{5}}'\nos.environ['D'] = x\n"
        ),
        Example(f"{_OS}os.environ.update({{'A': '1'}}, B='2')\nos.environ.setdefault('C', '3')\n"),
        Example(
            f"{_OS}os.environ.get('A', 5)\nint(os.environ['B'])\nos.environ['C'] == 5\nx = {{os.environ['D']: 5}}\n"
        ),
        Example(f"{_OS}env = os.environ.copy()\nenv['A'] = 5\nenv = dict(os.environ, B=5)\n", note="a copy"),
        Example(f"{_OS}try:\n    os.environ['A'] = 5\nexcept TypeError:\n    pass\n"),
        Example("-- test_app.py --\nimport os\nos.environ['A'] = 5\n", note="a test"),
    ),
    examples=(
        Example(
            f"{_OS}os.environ['A'] = 5\nos.environ['B'] = True\nos.environ['C'] = None\nos.environ['D'] = int('5')\n",
            (
                "app.py:2:13 warning A is set to a number here, but the environment accepts only strings: this raises TypeError [fix: Write the number as a string]",
                "app.py:3:13 warning B is set to a bool here, but the environment accepts only strings: this raises TypeError",
                "app.py:4:13 warning C is set to None here, but the environment accepts only strings: this raises TypeError",
                "app.py:5:13 warning D is set to a number here, but the environment accepts only strings: this raises TypeError [fix: Write the number as a string]",
            ),
        ),
        Example(
            f"{_OS}os.environ.setdefault('A', 10)\nos.environ.update({{'B': False}}, C=-1)\nos.putenv('D', [1])\n",
            (
                "app.py:2:24 warning A is set to a number here, but the environment accepts only strings: this raises TypeError if A is not set [fix: Write the number as a string]",
                "app.py:3:21 warning B is set to a bool here, but the environment accepts only strings: this raises TypeError",
                "app.py:3:33 warning C is set to a number here, but the environment accepts only strings: this raises TypeError [fix: Write the number as a string]",
                "app.py:4:12 warning D is set to a list here, but the environment accepts only strings: this raises TypeError",
            ),
        ),
    ),
)

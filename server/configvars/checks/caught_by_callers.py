"""Functions that raise KeyError without a variable, and whose callers all catch it."""

from __future__ import annotations

from configvars.model import Example, Reference
from configvars.names.evaluate import Evaluator
from configvars.names.values import External
from configvars.project import Project
from configvars.readers.guards import Guards
from configvars.runs.imported_uses import evaluator_of, no_uses
from configvars.syntax.python import Node
from configvars.syntax.python_order import MODULE, NEVER

_IMPORTS = frozenset({"import_statement", "import_from_statement", "dotted_name", "aliased_import"})


def is_caught(project: Project, path: str, read: Reference) -> bool:
    """Whether each call of the function around a read is in a `try` that catches KeyError and continues.

    Not if anything else may call the function: it is decorated, a method, or passed on by its name.
    """
    name = project.code.order(path).where(read.span.start).body
    is_plain = read.idiom.endswith("[]") and read.via is None
    if not is_plain or name in (MODULE, NEVER) or not name.isidentifier():
        return False
    calls = 0
    for file in project.code.paths():
        if name not in (project.text_of(file) or ""):
            continue
        evaluator = evaluator_of(file, project.tree_of(file))
        guards = Guards(evaluator, no_uses)
        for leaf in evaluator.tree.words(name):
            if _is_other(project, evaluator, leaf, path):
                continue
            call = _call_of(leaf)
            if call is None or not guards.is_caught(call, frozenset(), raises=True):
                return False
            calls += 1
    return calls > 0


def _is_other(project: Project, evaluator: Evaluator, leaf: Node, path: str) -> bool:
    """Whether a name is that of something else, or stands where the function is imported or defined."""
    above = leaf.parent
    if above is None or above.type in _IMPORTS:
        return True
    if above.type == "function_definition":
        return evaluator.path == path and (
            above.parent is None or above.parent.type != "decorated_definition"
        )
    value = evaluator.value(above if above.type == "attribute" else leaf)
    if not isinstance(value, External):
        return False
    found = project.code.module(evaluator.path, value.path)
    return found is None or found[0] != path


def _call_of(leaf: Node) -> Node | None:
    """The call of a name, or of an attribute of this name."""
    above = leaf.parent
    used = above if above is not None and above.child_by_field_name("attribute") == leaf else leaf
    call = used.parent
    is_called = call is not None and call.type == "call" and call.child_by_field_name("function") == used
    return call if is_called else None


_LOAD = "-- .env --\nB=1\n-- app.py --\nimport os\ndef load():\n    return os.environ['A']\n"

CAUGHT = (
    Example(
        "-- .env --\nA=1\n-- need.py --\nimport os\ndef need(name):\n    return os.environ[name]\n"
        '-- tests/test_need.py --\nfrom need import need\nneed("FIRST")\n',
        note="a test's own name",
    ),
    Example(
        f"{_LOAD}try:\n    load()\nexcept KeyError:\n    pass\n", note="the caller catches the exception"
    ),
    Example(
        f"{_LOAD}-- run.py --\nimport app\ntry:\n    key = app.load()\nexcept Exception:\n    key = None\n",
        note="a caller in another file catches it",
    ),
)
NOT_CAUGHT = (
    Example(
        f"{_LOAD}try:\n    load()\nexcept KeyError:\n    raise SystemExit('set A')\n",
        ("app.py:3:24 warning A is missing from .env; this code fails without it [fix: Add A to .env]",),
        note="the caller stops",
    ),
    Example(
        f"{_LOAD}try:\n    load()\nexcept KeyError:\n    pass\nload()\n",
        ("app.py:3:24 warning A is missing from .env; this code fails without it [fix: Add A to .env]",),
        note="another call does not catch it",
    ),
)

"""How the code after a read fails because its variable is not set: `if not x: raise`, further down."""

from __future__ import annotations

from msgspec.structs import replace

from configvars.limits import FOLLOWING
from configvars.names.evaluate import Evaluator
from configvars.names.values import Value
from configvars.readers.absent import Runs
from configvars.readers.absent_code import ENDS, OTHER_SCOPES, behind_loop, leaves
from configvars.readers.absent_paths import ABSENT, BROKEN, EXIT, MISSING, Path, words_of
from configvars.readers.absent_values import Absent
from configvars.readers.presence_tests import UsesAt
from configvars.readers.refusals import is_ending_call
from configvars.syntax.python import Node, PythonTree


def fails_behind(
    evaluator: Evaluator, uses_at: UsesAt, node: Node, key: Value, given: Value | None = None
) -> frozenset[str]:
    """How the statement of a read, and the code after it, fail if the variable is not set.

    `BROKEN`: an operation on `None` raises; `EXIT`: the code itself raises, or ends the program. `given`: the
    variable is set to this instead.
    """
    statement = node
    while statement.parent is not None and statement.parent.type not in ("block", "module"):
        if statement.type == "elif_clause":
            break
        if statement.type in OTHER_SCOPES:
            return frozenset()
        statement = statement.parent
    runs = Runs(Absent(evaluator, uses_at, key, given))
    paths = runs.statements([statement], [Path()])
    following = None if statement.type == "elif_clause" else _following(evaluator.tree, statement, paths)
    for _ in range(FOLLOWING.most):
        if following is None or not any(path.held and not path.is_over for path in paths):
            break
        is_decided = any(path.decided and not path.is_over for path in paths)
        is_end = following.type in ENDS or (is_decided and is_ending_call(evaluator, following))
        if is_end or any(runs.is_bound(word, following) for word in words_of(paths)):
            over = [path for path in paths if path.is_over]
            paths = over + runs.statements([following], [path for path in paths if not path.is_over])
        elif leaves(evaluator.tree, following):  # after this, a `raise` may have another reason
            paths = [path if path.is_over else replace(path, decided=False) for path in paths]
        following = _following(evaluator.tree, following, paths)
    ends = [path.raised for path in paths if not path.conditions]
    return frozenset(BROKEN if end == BROKEN else EXIT for end in ends if end not in (None, ABSENT))


def _following(tree: PythonTree, statement: Node, paths: list[Path]) -> Node | None:
    """The next statement, also behind a loop that has collected variables that are not set."""
    following = statement.next_named_sibling
    is_collected = any(value == MISSING for path in paths for _, value in path.held)
    return behind_loop(tree, statement) if following is None and is_collected else following

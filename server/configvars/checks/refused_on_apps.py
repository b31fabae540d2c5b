"""Variables without which code raises an exception on an app, under a condition that other variables decide.

`if os.getenv("ENV", "production") == "production" and not SECRET: raise RuntimeError`
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from configvars.checks.app_states import AppStates
from configvars.checks.deployed import Deployed
from configvars.checks.needed_on_apps import needed_on
from configvars.model import Access, FileFacts, Need, Reference, Variable
from configvars.platforms.base import AppSnapshot
from configvars.project import Project
from configvars.runs.asking import Asking, may_refuse
from configvars.runs.branches import Branches
from configvars.runs.catching import EXITS
from configvars.runs.givers import is_test
from configvars.runs.known_values import Text, Unset
from configvars.syntax.python import Node, PythonTree
from configvars.text import Span

_WORDS = ("raise", "assert", "exit", "quit", "_exit")


class Refusal(Struct, frozen=True):
    """Code at `span` that raises on an app without a variable; `sure` if it certainly does so."""

    name: str
    span: Span
    sure: bool


def refusals(facts: FileFacts, app: AppSnapshot, deployed: Deployed, project: Project) -> Iterator[Refusal]:
    """The places in a Python file that raise an exception on an app without a variable."""
    if not may_refuse(project, facts.path):
        return
    states = AppStates(project, facts.path, deployed)
    plain = Branches(project, lambda name: states.of(app, _probe(name, Span(0, 0))))
    tree = project.tree_of(facts.path)
    asking = project.remembered("conditions about variables", lambda: Asking(project))
    for node in _exits(tree):
        span, is_assert = tree.span(node), node.type == "assert_statement"
        if not asking.asks(facts.path, span, is_assert=is_assert) or plain.taken(facts.path, span) is False:
            continue
        yield from _refused(project, app, states, facts.path, span, is_assert)


def _refused(
    project: Project, app: AppSnapshot, states: AppStates, path: str, span: Span, is_assert: bool
) -> Iterator[Refusal]:
    asked: dict[str, Text | Unset | None] = {}

    def fails(given: str = "") -> bool | None:
        def state(name: str) -> Text | Unset | None:
            if name not in asked:
                asked[name] = states.of(app, _probe(name, span))
            return Text(True) if name == given else asked[name]

        branches = Branches(project, state)
        return branches.refuted(path, span) if is_assert else branches.taken(path, span)

    here = fails()
    unset = [name for name, state in asked.items() if isinstance(state, Unset)]
    if here is False or not unset:
        return
    avoiding = [name for name in unset if fails(name) is False]
    is_decided = here or any(not isinstance(asked[name], Unset) for name in asked)
    # With a default that the code refuses, setting the variable may help.
    blamed = avoiding or (unset[-1:] if here else [])
    for name in blamed if is_decided else ():
        if not is_required(project, app, name):
            yield Refusal(name, span, here is True)


def _probe(name: str, span: Span) -> Reference:
    return Reference(Variable("env", name), span, "os.environ[]")


def is_required(project: Project, app: AppSnapshot, name: str) -> bool:
    """Whether a read of the variable is reported without regard to conditions."""
    if any(
        read.name == name and not (use.choices or use.later) for read, use in needed_on(project, app).items()
    ):
        return True
    found = project.index.references(Variable("env", name))
    return any(each.reference.need is Need.REQUIRED and not is_test(project, each.path) for each in found)


def read_of(facts: FileFacts, name: str) -> Reference | None:
    """The first read of a variable in a file."""
    reads = (each for each in facts.references if each.access is Access.READ)
    return next((each for each in reads if each.variable == Variable("env", name)), None)


def _exits(tree: PythonTree) -> Iterator[Node]:
    """The statements that raise an exception or exit, under a condition and not caught; the last one first."""
    leaves = (leaf for word in _WORDS for leaf in tree.words(word))
    found = filter(None, (_exit_at(tree, leaf) for leaf in leaves))
    for node in sorted(found, key=lambda each: each.start_byte, reverse=True):
        if (node.type == "assert_statement" or _is_conditional(node)) and not _is_caught(node):
            yield node


def _exit_at(tree: PythonTree, leaf: Node) -> Node | None:
    """The statement or call that ends the code and in which one of the words is the keyword or the callee."""
    node = leaf.parent
    if node is not None and node.type == "attribute":
        leaf, node = node, node.parent
    if node is None or node.type in ("raise_statement", "assert_statement"):
        return node if leaf.type in ("raise", "assert") else None
    is_call = node.type == "call" and node.child_by_field_name("function") == leaf
    return node if is_call and "".join(tree.source(leaf).split()) in EXITS else None


def _is_caught(node: Node) -> bool:
    """Whether there is a `try` around a statement, or it is in an `except`, which something else decides."""
    above: Node | None = node
    while above is not None and above.type not in ("function_definition", "class_definition"):
        if above.type in ("try_statement", "with_statement", "for_statement", "while_statement"):
            return True
        above = above.parent
    return False


def _is_conditional(node: Node) -> bool:
    above = node.parent
    while above is not None and above.type not in ("function_definition", "class_definition"):
        if above.type in ("if_statement", "match_statement", "boolean_operator", "conditional_expression"):
            return True
        above = above.parent
    return False

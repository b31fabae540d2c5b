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
from configvars.runs.branches import Branches
from configvars.runs.givers import is_test
from configvars.runs.known_values import Text, Unset
from configvars.runs.parsed_code import Code
from configvars.syntax.python import Node, named
from configvars.text import Span

_EXITS = frozenset({"sys.exit", "exit", "quit", "os._exit"})


class Refusal(Struct, frozen=True):
    """Code at `span` that raises on an app without a variable; `sure` if it certainly does so."""

    name: str
    span: Span
    sure: bool


def refusals(facts: FileFacts, app: AppSnapshot, deployed: Deployed, project: Project) -> Iterator[Refusal]:
    """The places in a Python file that raise an exception on an app without a variable."""
    text = project.text_of(facts.path) or ""
    if is_test(project, facts.path) or not any(word in text for word in ("raise", "exit", "assert")):
        return
    states = AppStates(project, facts.path, deployed)
    plain = Branches(project, lambda name: states.of(app, _probe(name, Span(0, 0))))
    code = plain.code(facts.path)
    for node in _exits(code):
        span = code.tree.span(node)
        if plain.taken(facts.path, span) is False:
            continue
        yield from _refused(project, app, states, facts.path, span, node.type == "assert_statement")


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
    if any(read.name == name and not use.choices for read, use in needed_on(project, app).items()):
        return True
    found = project.index.references(Variable("env", name))
    return any(each.reference.need is Need.REQUIRED and not is_test(project, each.path) for each in found)


def read_of(facts: FileFacts, name: str) -> Reference | None:
    """The first read of a variable in a file."""
    reads = (each for each in facts.references if each.access is Access.READ)
    return next((each for each in reads if each.variable == Variable("env", name)), None)


def _exits(code: Code) -> Iterator[Node]:
    """The statements that raise an exception or exit, under a condition and not caught."""
    waiting = [code.tree.root]
    while waiting:
        node = waiting.pop()
        waiting += named(node)
        is_exit = node.type == "call" and code.source(node.child_by_field_name("function")) in _EXITS
        is_assert = node.type == "assert_statement"
        may_end = is_exit or node.type == "raise_statement"
        if (is_assert or (may_end and _is_conditional(node))) and not _is_caught(node):
            yield node


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

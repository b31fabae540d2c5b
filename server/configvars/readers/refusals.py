"""Code that raises or exits because a variable is not set: `if not x: raise`, `assert x`."""

from __future__ import annotations

from collections.abc import Callable

from configvars.limits import ITEMS, TEST
from configvars.names.endings import is_exit, never_returns
from configvars.names.evaluate import Evaluator
from configvars.names.values import Nothing, Parameter
from configvars.syntax.python import Node, is_too_deep, named
from configvars.syntax.python_chains import operands, sign_of

_IN_TESTS = frozenset(
    {
        "not_operator",
        "comparison_operator",
        "boolean_operator",
        "parenthesized_expression",
        "named_expression",
    }
    | {"argument_list", "call", "list", "tuple", "set"}
)


def _without(
    evaluator: Evaluator, test: Node, about: Callable[[Node], bool], levels: int = TEST.most
) -> bool | None:
    """The truth value of a test if the nodes that `about` accepts are `None`; None if it is not known."""
    if about(test):
        return False
    if levels <= 0:
        return None
    deeper = levels - 1
    match test.type:
        case "parenthesized_expression" if test.named_children:
            return _without(evaluator, test.named_children[0], about, deeper)
        case "named_expression":
            value = test.child_by_field_name("value")
            return None if value is None else _without(evaluator, value, about, deeper)
        case "not_operator":
            inner = test.child_by_field_name("argument")
            said = None if inner is None else _without(evaluator, inner, about, deeper)
            return None if said is None else not said
        case "boolean_operator":
            sides = [side for side in operands(test) or [] if side is not None]
            return _of_all(evaluator, sides, about, deeper, decides=sign_of(test) == "or")
        case "comparison_operator" if _without(evaluator, test.children[0], about, deeper) is False:
            return _compared(evaluator, test)
        case "call":
            return _quantified(evaluator, test, about, deeper)
        case _:
            return None


def _of_all(
    evaluator: Evaluator, sides: list[Node], about: Callable[[Node], bool], levels: int, *, decides: bool
) -> bool | None:
    """The truth value of `or` (`decides` is true: one true side is enough) or `and` from its sides."""
    if not sides or len(sides) > ITEMS.most:
        return None
    said = [_without(evaluator, side, about, levels) for side in sides]
    if decides in said:
        return decides
    return None if None in said else not decides


def _compared(evaluator: Evaluator, comparison: Node) -> bool | None:
    """`x is None`, `x == ""`, `x is not MISSING`, and `x == "word"`, which is false for `None`."""
    others = comparison.named_children[1:]
    texts = [child for child in others if child.type == "string"]
    if not texts and not any(isinstance(evaluator.value(child), Nothing) for child in others):
        return None
    is_word = any(len(child.named_children) > 2 for child in texts)  # there is text between the quotes
    signs = {child.type for child in comparison.children}
    if signs & {"is", "=="}:
        return not is_word
    return is_word if signs & {"is not", "!="} else None


def _quantified(evaluator: Evaluator, call: Node, about: Callable[[Node], bool], levels: int) -> bool | None:
    """`all([x, y])`, `any((x, y))`."""
    function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    given = named(arguments) if arguments is not None and arguments.type == "argument_list" else []
    if function is None or function.text not in (b"all", b"any"):
        return None
    if len(given) != 1 or given[0].type not in ("list", "tuple", "set"):
        return None
    return _of_all(evaluator, named(given[0]), about, levels, decides=function.text == b"any")


def is_refusal(evaluator: Evaluator, statement: Node) -> bool:
    """Whether the body of an `if` statement ends with raising or exiting."""
    if statement.type not in ("if_statement", "elif_clause"):
        return False
    return ends_by_raising(evaluator, statement.child_by_field_name("consequence"))


def ends_by_raising(evaluator: Evaluator, block: Node | None) -> bool:
    """Whether a block ends with raising or exiting, at least if it has no default."""
    statements = named(block) if block is not None and not is_too_deep(block) else []
    if not statements:
        return False
    if any(_lacks_default(evaluator, statement) for statement in statements):
        return True
    last = statements[-1]
    if last.type == "raise_statement":
        return True
    return is_ending_call(evaluator, last)


def is_ending_call(evaluator: Evaluator, statement: Node) -> bool:
    """Whether a statement is only a call that ends the program, or that never returns."""
    call = next(iter(named(statement)), None) if statement.type == "expression_statement" else None
    return call is not None and (is_exit(evaluator, call) or never_returns(evaluator, call))


def _lacks_default(evaluator: Evaluator, statement: Node) -> bool:
    """`if default is None: raise`, where `default` is a parameter of the function with the default None."""
    test = statement.child_by_field_name("condition")
    if statement.type != "if_statement" or test is None or not is_refusal(evaluator, statement):
        return False

    def is_not_given(part: Node) -> bool:
        value = evaluator.value(part) if part.type == "identifier" else None
        return isinstance(value, Parameter) and isinstance(value.default, Nothing)

    return _without(evaluator, test, is_not_given) is True


def ends_well(call: Node) -> bool:
    """Whether a call that ends the program reports success: `sys.exit(0)`, or `st.stop()` of Streamlit."""
    given, function = call.child_by_field_name("arguments"), call.child_by_field_name("function")
    if function is not None and (function.text or b"").endswith(b".stop"):
        return True
    return given is not None and [each.text for each in given.named_children] == [b"0"]

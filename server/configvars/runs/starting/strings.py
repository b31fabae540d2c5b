"""The strings that a program writes out, and fills with expressions, while it starts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from configvars.patterns import lazy_pattern
from configvars.runs.starting.machine import words
from configvars.runs.starting.values import UNKNOWN, Scope, Value, follows, text_of
from configvars.syntax.python import Node
from configvars.syntax.python_strings import pieces

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions

_FORMAT = lazy_pattern(r"\{[^!]*:[^{}]+\}")


def string_of(expressions: Expressions, scope: Scope, node: Node) -> Value:
    """The value of a string literal, with or without expressions."""
    source = words(node, scope.module)
    if "b" in source.partition("'")[0].partition('"')[0].lower():
        return UNKNOWN
    found = list(pieces(scope.module.tree, node))
    inner = [expressions.value(scope, each.expression) for each in found if each.expression is not None]
    for each in found:
        if each.formatted and _FORMAT.fullmatch(each.span.of(scope.module.tree.text)):
            reads = expressions.machine.none_without(expressions.quietly(scope, each.expression))
            expressions.machine.fail(scope.module, node, reads)
    if any(each.formatted for each in found):
        return UNKNOWN
    texts = [text_of(each) for each in inner]
    plain = [each.text if each.expression is None else None for each in found]
    written = _filled(plain, texts) if None not in texts else None
    exact = expressions.machine.computed(scope.module, node, lambda *each: _filled(plain, each), *inner)
    return replace(exact or UNKNOWN, known=None if written is None else follows(written, *inner).known)


def _filled(plain: Sequence[str | None], texts: Iterable[object]) -> str:
    """The text of a string with the contents of its expressions."""
    filling = iter(texts)
    return "".join(str(next(filling)) if each is None else each for each in plain)

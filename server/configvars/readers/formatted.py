"""Strings with parts from the environment.

`"{X}".format(**os.environ)`, `"%(X)s" % os.environ`, `string.Template("$X").substitute(os.environ)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from configvars.names.evaluate import Evaluator
from configvars.names.values import External, Str, Value, alternatives
from configvars.patterns import lazy_pattern
from configvars.readers.base import Argument, Use
from configvars.readers.layers import in_layers
from configvars.syntax.python import Node, named
from configvars.text import Place, Span

# The second group is always empty, since only one form has a name; doubled characters stand for themselves.
_FORMAT = lazy_pattern(r"\{\{|\{([A-Za-z_]\w*)(?=[}!:.\[])()", re.ASCII)
_PERCENT = lazy_pattern(r"%%|%\((\w+)\)()", re.ASCII)
_PLACED = lazy_pattern(r"\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})", re.ASCII)
TEMPLATES = ("string.Template().substitute", "string.Template().safe_substitute")


class _Given(Struct, frozen=True):
    """The mapping that a call fills a string from; `own` are names that the call passes besides."""

    mapping: Node
    own: frozenset[str] = frozenset()


def formatted(evaluator: Evaluator, node: Node) -> Iterator[Use]:
    """The variables that a call or an operator `%` puts into a string."""
    if node.type == "binary_operator":
        operator, right = node.child_by_field_name("operator"), node.child_by_field_name("right")
        if operator is not None and operator.type == "%" and right is not None:
            text = node.child_by_field_name("left")
            yield from _parts(evaluator, text, _Given(right), _PERCENT, "% os.environ")
        return
    function = node.child_by_field_name("function")
    name = function.child_by_field_name("attribute") if function is not None else None
    method = evaluator.tree.source(name) if name is not None else ""
    given = _given(evaluator, node, method)
    if function is None or given is None:
        return
    if method in ("format", "format_map"):
        text = function.child_by_field_name("object")
        yield from _parts(evaluator, text, given, _FORMAT, f"str.{method}")
        return
    raises = method == "substitute"
    for value in alternatives(evaluator.value(function)):
        template = value.of if isinstance(value, External) and value.path in TEMPLATES else None
        for text_value in template.arguments.positional[:1] if template and template.arguments else ():
            found = inside(text_value, evaluator.tree.span(node), _PLACED, "string.Template", raises=raises)
            yield from _of_environment(evaluator, given, found)


def _given(evaluator: Evaluator, node: Node, method: str) -> _Given | None:
    """The mapping in a call, if there is exactly one: `**mapping`, or the first argument."""
    arguments = node.child_by_field_name("arguments")
    if arguments is None or method not in ("format", "format_map", "substitute", "safe_substitute"):
        return None
    every = named(arguments)
    splats = [child.named_children[0] for child in every if child.type == "dictionary_splat"]
    plain = [
        child for child in every if child.type not in ("keyword_argument", "dictionary_splat", "list_splat")
    ]
    names = (child.child_by_field_name("name") for child in every if child.type == "keyword_argument")
    own = frozenset(evaluator.tree.source(name) for name in names if name is not None)
    mappings = splats if method == "format" else [*splats, *plain]
    is_known = len(mappings) == 1 and not any(child.type == "list_splat" for child in every)
    return _Given(mappings[0], own) if is_known else None


def _parts(
    evaluator: Evaluator, text: Node | None, given: _Given, pattern: re.Pattern[str], idiom: str
) -> Iterator[Use]:
    for value in alternatives(evaluator.value(text)) if text is not None else ():
        found = inside(value, evaluator.tree.span(text or given.mapping), pattern, idiom, raises=True)
        yield from _of_environment(evaluator, given, found)


def _of_environment(evaluator: Evaluator, given: _Given, found: Iterator[Use]) -> Iterator[Use]:
    """The uses of names that come from the environment, or from a copy of it."""
    uses = list(found)
    for mapping in alternatives(evaluator.value(given.mapping)) if uses else ():
        for use in uses:
            if getattr(use.key.value, "text", "") not in given.own:
                yield from in_layers(mapping, use)


def inside(value: Value, span: Span, pattern: re.Pattern[str], idiom: str, *, raises: bool) -> Iterator[Use]:
    """The names inside a string, each at its own span if the string is a literal, otherwise at `span`."""
    if not isinstance(value, Str):
        return
    place = value.written[0] if len(value.written) == 1 else None
    here = place.span if isinstance(place, Place) and span.start <= place.span.start < span.end else None
    if here is not None and len(value.text) != here.end - here.start:
        here = None  # because of escapes or added parts, the offsets differ
    for found in pattern.finditer(value.text):
        group = 1 if found[1] else 2
        if found[group]:
            at = span
            if here is not None:
                at = Span(here.start + found.start(group), here.start + found.end(group))
            yield Use(Argument(Str(found[group], ()), at), idiom, raises=raises)

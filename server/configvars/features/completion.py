"""Completion: a marker is inserted at the cursor, and the readers and sources find the name that contains it.

So names are completed exactly where a reader or a source recognises them, in every kind of file.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

from msgspec.structs import replace

from configvars.features import flask_keys
from configvars.features.candidates import for_code, for_env_file, for_interpolation
from configvars.features.env_values import complete_value
from configvars.features.results import Completion, CompletionItem
from configvars.limits import SHOWN
from configvars.model import Definition, FileFacts, Reference, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.slices import result
from configvars.sources.dotenv import INTERPOLATION
from configvars.text import LineIndex, Span

# Letters, so that it can be part of any name, but a sequence that no real name contains.
_MARK = "XCURSORQZJX"
_WORD = lazy_pattern(r"\w+", re.ASCII)
_OPENED = lazy_pattern(r"(?P<bracket>[\[({]?)\s*(?P<quote>['\"])[^'\"]*$")


def completion(project: Project, path: str, offset: int) -> Completion | None:
    """The names (or in an env file: values) for an offset in code points; None if none are expected there."""
    return result(completing(project, path, offset))


def completing(project: Project, path: str, offset: int) -> Generator[None, None, Completion | None]:
    """`completion`, in slices."""
    text = project.text_of(path)
    if text is None:
        return None
    for closing in (*_closings(text, offset), *flask_keys.closings(project, path, text, offset)):
        marked = text[:offset] + _MARK + closing + text[offset:]
        facts = yield from project.facts_of(path, marked)
        found = facts and (_marked(facts, marked) or flask_keys.marked(project, facts, marked, _MARK))
        if facts and found:
            return (yield from _names(project, facts, found, marked, offset))
    return complete_value(project, path, text, offset)


def _closings(text: str, offset: int) -> Iterator[str]:
    """The texts that may close an open expression at the cursor: a quote, a quote and a bracket, a brace."""
    lines = LineIndex(text)
    before = text[lines.line_span(lines.position(offset).line).start : offset]
    brace = "}" if "${" in before else ""
    yield ""
    if brace:
        yield brace
    if opened := _OPENED.search(before):
        yield brace + opened["quote"]
        yield brace + opened["quote"] + {"[": "]", "{": "}"}.get(opened["bracket"], ")")


def _marked(facts: FileFacts, marked: str) -> Reference | Definition | None:
    """The reference or definition whose name contains the marker."""
    candidates = (*facts.references, *facts.definitions, *_unnamed(facts, marked))
    return next((each for each in candidates if _MARK in each.span.of(marked)), None)


def _unnamed(facts: FileFacts, marked: str) -> Iterator[Reference | Definition]:
    """A lower-case word at the cursor in an env file, which is not a name unless it is completed to one."""
    for problem in facts.problems:
        written = problem.span.of(marked)
        if facts.kind == "dotenv" and _MARK in written and _WORD.fullmatch(written):
            variable = Variable("env", written)
            if problem.check == "bare-name":
                yield Definition(variable, problem.span, facts.kind)
            elif problem.check == "undefined-interpolation":
                yield Reference(variable, problem.span, INTERPOLATION)


def _names(
    project: Project, facts: FileFacts, found: Reference | Definition, marked: str, offset: int
) -> Generator[None, None, Completion | None]:
    written = found.span.of(marked)
    if not found.variable.name.endswith(written):
        return None
    span = Span(found.span.start, found.span.start + len(written) - len(_MARK))
    if isinstance(found, Definition) and found.variable.scope == "env":
        items = _with_equals((yield from for_env_file(project, facts.path)), facts, marked, found.span.end)
    elif facts.kind == "dotenv":
        items = yield from for_interpolation(project, facts.path, found.span.start)
    else:
        items = yield from for_code(project, facts.path, found.variable.scope, offset)
    items = _behind(found.variable.name[: -len(written)], items)
    return Completion(span, *_shown(items, written.partition(_MARK)[0].casefold()))


def _shown(items: tuple[CompletionItem, ...], typed: str) -> tuple[tuple[CompletionItem, ...], bool]:
    """The items that an editor gets, and whether there are more; of extremely many, those that fit best."""
    if len(items) <= SHOWN.most:
        return items, False
    return tuple(item for item in items if typed in item.label.casefold())[: SHOWN.most], True


def _behind(prefix: str, items: tuple[CompletionItem, ...]) -> tuple[CompletionItem, ...]:
    """The items whose names start with a prefix that is written elsewhere, without this prefix."""
    if not prefix:
        return items
    fitting = (item for item in items if item.label.startswith(prefix) and item.label != prefix)
    return tuple(replace(item, text=item.label.removeprefix(prefix)) for item in fitting)


def _with_equals(
    items: tuple[CompletionItem, ...], facts: FileFacts, marked: str, end: int
) -> tuple[CompletionItem, ...]:
    """In an env file, insert a name together with `=`."""
    line = LineIndex(marked)
    rest = marked[end : line.line_span(line.position(end).line).end]
    if facts.kind != "dotenv" or rest.strip():
        return items
    return tuple(replace(item, text=f"{item.label}=") for item in items)

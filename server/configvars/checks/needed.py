"""Reads that take nothing for an answer, and whose value is needed all the same further on."""

from __future__ import annotations

import re
from collections.abc import Mapping

from configvars.checks.flask_project import KeysOf
from configvars.checks.flows import Handed, handed_on
from configvars.model import FileFacts, Need
from configvars.project import Project
from configvars.text import Span

# Without these Flask or its extension fails, or signs with nothing.
_KEYS = frozenset({"SECRET_KEY", "SQLALCHEMY_DATABASE_URI"})
_WORDS = ("://", "jwt.")
_JWT = frozenset({"jwt.encode", "jwt.decode"})

# Who writes None out has thought of it: `getenv("X", None)`, `x: str | None = None`.
NONE_BEHIND = re.compile(
    r"""['"]\s*,\s*(?:default\s*=\s*)?None\s*[,)]|\s*:[^=\n#]+=\s*(?:\w+\(\s*(?:default\s*=\s*)?)?None\b"""
)


def needed_all_the_same(facts: FileFacts, project: Project) -> Mapping[Span, str]:
    """The optional reads of a Python file that something fails without, each with what that is, as a sentence."""
    optional = {each.span for each in facts.references if each.need is Need.OPTIONAL}
    if facts.kind != "python" or not optional:
        return {}
    found = dict(_of_keys(facts))
    text = project.text_of(facts.path) or ""
    for handed in handed_on(project, facts.path, _WORDS):
        if why := _why(handed, text):
            found.setdefault(handed.reference.span, why)
    return {span: why for span, why in found.items() if span in optional}


def _of_keys(facts: FileFacts) -> list[tuple[Span, str]]:
    keys = KeysOf(facts)
    return [
        (read.span, f"without it Flask's {definition.variable.name} is None")
        for definition in facts.definitions
        if definition.variable.scope == "flask"
        and definition.variable.name in _KEYS
        and keys.is_for_production(definition)
        for read in keys.reads_in(definition.value_span)
        if definition.value_span is not None and _is_all(read.span, definition.value_span)
    ]


def _is_all(read: Span, value: Span) -> bool:
    """Whether a value is hardly more than the read: no call around it, no choice."""
    return value.end - value.start <= (read.end - read.start) + len("os.environ.get('', None)")


def _why(handed: Handed, text: str) -> str:
    if handed.tested or NONE_BEHIND.match(text, handed.reference.span.end):
        return ""
    if handed.within is not None and "://" in handed.within.of(text):
        return "without it the URL contains the word None"
    if handed.function in _JWT and (handed.key == "key" or (not handed.key and handed.position == 1)):
        return "without it there is no key to sign with"
    return ""

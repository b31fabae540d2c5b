"""The outline of a file that sets or lists variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from configvars.features.env_outline import Section, sections
from configvars.features.results import Symbol
from configvars.limits import SHOWN
from configvars.model import Definition
from configvars.project import Project
from configvars.syntax.env_comments import is_heading
from configvars.text import Span


def document_symbols(project: Project, path: str) -> tuple[Symbol, ...]:
    """The variables of an env file, under the headings of its comments, or of an app.json; names only."""
    facts = project.index.files.get(path)
    if facts is None or facts.kind == "python":
        return ()
    text = project.text_of(path) if facts.kind == "dotenv" else None
    if text is None:
        return tuple(_symbol(definition) for definition in facts.definitions[: SHOWN.most])
    by_key = {definition.span: definition for definition in facts.definitions}
    template = any(definition.declaration for definition in facts.definitions)
    shown = project.statements(path)[: SHOWN.most]
    return tuple(
        symbol for section in sections(text, shown) for symbol in _section(section, by_key, template=template)
    )


def _section(section: Section, by_key: Mapping[Span, Definition], *, template: bool) -> Iterator[Symbol]:
    """The variables of a section under its heading, if the heading may be shown."""
    keys = (binding.key_span for binding in section.statements)
    children = tuple(_symbol(by_key[key]) for key in keys if key is not None and key in by_key)
    if section.heading is None or not (template or is_heading(section.title)):
        yield from children
    elif children:
        yield Symbol(section.title, "", section.span, section.heading, children)


def _symbol(definition: Definition) -> Symbol:
    detail = "declared" if definition.declaration else ""
    return Symbol(definition.variable.name, detail, definition.statement or definition.span, definition.span)

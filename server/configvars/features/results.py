"""What features answer: plain data in the editor's words, with no type of any editor in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from configvars.model import FileEdit, Place
from configvars.text import Span

CompletionKind = Literal["variable", "flask-key", "value"]


@dataclass(frozen=True, slots=True)
class CompletionItem:
    """A name that can stand here. `origin` is a short word for where it comes from (`.env`, `heroku shop`).

    `rank` sorts, smallest first. `text` is what is inserted where it is not the label.
    """

    label: str
    origin: str
    rank: int
    kind: CompletionKind = "variable"
    documentation: str = ""
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """The names that can replace `span`."""

    span: Span
    items: tuple[CompletionItem, ...]


@dataclass(frozen=True, slots=True)
class Hover:
    """Markdown about what stands at `span`. Names from the user's files in it are escaped."""

    span: Span
    markdown: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """An entry of a document's outline; `span` is all of it, `selection` its name."""

    name: str
    detail: str
    span: Span
    selection: Span
    children: tuple[Symbol, ...] = ()


@dataclass(frozen=True, slots=True)
class Rename:
    """All edits that give a variable another name."""

    changes: tuple[FileEdit, ...]


Locations = tuple[Place, ...]

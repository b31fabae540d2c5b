"""The results of features: plain data in the editor's terms, without types of any editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from configvars.model import Command, FileEdit, Finding, Fix, Place, Variable
from configvars.text import Span

CompletionKind = Literal["variable", "flask-key", "value"]


class CompletionItem(Struct, frozen=True):
    """A name that can be inserted. `origin` is a short description of its source (`.env`, `heroku shop`).

    `rank` sorts, smallest first. `text` is the inserted text, if it differs from the label.
    """

    label: str
    origin: str
    rank: int
    kind: CompletionKind = "variable"
    documentation: str = ""
    text: str | None = None


class Completion(Struct, frozen=True):
    """The names that can replace `span`; `is_cut`: there are more."""

    span: Span
    items: tuple[CompletionItem, ...]
    is_cut: bool = False


class Hover(Struct, frozen=True):
    """Markdown about the variable at `span`. Names from the user's files in it are escaped.

    `places` maps words in it to the places they name, for an editor that can turn them into links.
    """

    span: Span
    markdown: str
    variable: Variable
    places: Mapping[str, Place] = field(default_factory=dict)


class Symbol(Struct, frozen=True):
    """An entry of a document's outline; `span` is all of it, `selection` its name."""

    name: str
    detail: str
    span: Span
    selection: Span
    children: tuple[Symbol, ...] = ()


class Rename(Struct, frozen=True):
    """All edits that rename a variable."""

    changes: tuple[FileEdit, ...]


Locations = tuple[Place, ...]


class Highlight(Struct, frozen=True):
    """A place of the same variable in the same file; `write`: it sets the variable."""

    span: Span
    write: bool


class Fold(Struct, frozen=True):
    """Lines that can be folded, 0-based, first and last included; `comment`: all are comments."""

    first: int
    last: int
    comment: bool = False


class Lens(Struct, frozen=True):
    """Words above a line, about the variable `name`: a click runs `command`, or shows the `references`.

    `is_fix`: a click makes the change of the code action with this title.
    """

    span: Span
    title: str
    name: str
    references: Locations = ()
    command: Command | None = None
    is_fix: bool = False


class Hint(Struct, frozen=True):
    """Text to show after an offset, with Markdown for its tooltip."""

    offset: int
    label: str
    tooltip: str = ""


class Link(Struct, frozen=True):
    """A span that links to an existing file (`path`) or to a page (`url`)."""

    span: Span
    path: str | None = None
    url: str | None = None


TokenKind = Literal["variable", "keyword", "comment", "string", "operator"]


class Token(Struct, frozen=True):
    """The token type of a span of an env file; tokens are ordered and do not overlap."""

    span: Span
    kind: TokenKind


class Action(Struct, frozen=True):
    """A code action.

    `kind` is LSP's code action kind (`quickfix`, `source`, `refactor.rewrite`), `findings` are those that
    it fixes.
    """

    fix: Fix
    kind: str = "quickfix"
    findings: tuple[Finding, ...] = ()


class NamedPlace(Struct, frozen=True):
    """A variable where it is defined or read; `container` is the file, for people."""

    name: str
    place: Place
    container: str

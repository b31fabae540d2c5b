"""The results of features in the protocol's types."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types as t

from configvars.features.markdown import unmarked
from configvars.features.results import (
    Completion,
    CompletionItem,
    Fold,
    Highlight,
    Hint,
    Hover,
    Lens,
    Link,
    NamedPlace,
    Symbol,
)
from configvars.lsp.client import Client
from configvars.lsp.convert.actions import command_of, fix_command
from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.uris import uri_of
from configvars.lsp.convert.view import View
from configvars.printable import printable

SHOW_REFERENCES = "configvars.showReferences"
"""A command of the client: it takes a URI, a position and locations."""

EXPLAIN = "configvars.explain"

_KINDS = {
    "variable": t.CompletionItemKind.Variable,
    "flask-key": t.CompletionItemKind.Property,
    "value": t.CompletionItemKind.Value,
}


def markup(text: str, *, markdown: bool) -> t.MarkupContent:
    """Markdown, or plain text for a client that does not support or prefer Markdown."""
    text = printable(text, lines=True)
    if markdown:
        return t.MarkupContent(t.MarkupKind.Markdown, text)
    return t.MarkupContent(t.MarkupKind.PlainText, unmarked(text))


def completion_of(found: Completion, positions: Positions, client: Client) -> t.CompletionList:
    """Completion items; the range to replace is sent only once if the client supports that."""
    range_ = positions.range(found.span)
    defaults = t.CompletionItemDefaults(edit_range=range_) if client.completion_defaults else None
    items = [_item(item, None if defaults else range_, client) for item in found.items]
    return t.CompletionList(is_incomplete=found.is_cut, items=items, item_defaults=defaults)


def _item(item: CompletionItem, range_: t.Range | None, client: Client) -> t.CompletionItem:
    text = item.label if item.text is None else item.text
    label, origin = printable(item.label), printable(item.origin)
    return t.CompletionItem(
        label=label,
        label_details=t.CompletionItemLabelDetails(description=origin) if client.completion_labels else None,
        detail=None if client.completion_labels else origin or None,
        kind=_KINDS[item.kind],
        documentation=markup(item.documentation, markdown=client.completion_markdown)
        if item.documentation
        else None,
        sort_text=f"{item.rank:04}{label}",
        text_edit=t.TextEdit(range_, text) if range_ else None,
        text_edit_text=None if range_ or text == label else text,
    )


def hover_of(found: Hover, positions: Positions, client: Client) -> t.Hover:
    """A hover with its range."""
    return t.Hover(markup(found.markdown, markdown=client.markdown), positions.range(found.span))


def symbols_of(
    found: Iterable[Symbol], positions: Positions, uri: str, client: Client
) -> list[t.DocumentSymbol] | list[t.SymbolInformation]:
    """An outline: a tree, or a list for a client that does not support trees."""
    tree = [_symbol(symbol, positions) for symbol in found]
    if client.hierarchical_symbols:
        return tree
    return [
        t.SymbolInformation(t.Location(uri, symbol.range), symbol.name, symbol.kind)
        for top in tree
        for symbol in (top, *(top.children or ()))
    ]


def _symbol(symbol: Symbol, positions: Positions) -> t.DocumentSymbol:
    return t.DocumentSymbol(
        name=printable(symbol.name),
        kind=t.SymbolKind.Namespace if symbol.children else t.SymbolKind.Variable,
        range=positions.range(symbol.span),
        selection_range=positions.range(symbol.selection),
        detail=symbol.detail or None,
        children=[_symbol(child, positions) for child in symbol.children] or None,
    )


def named_places_of(found: Iterable[NamedPlace], view: View) -> list[t.SymbolInformation]:
    """Variables anywhere in a folder."""
    located = [(each, view.location(each.place)) for each in found]
    return [
        t.SymbolInformation(
            location, printable(each.name), t.SymbolKind.Variable, container_name=printable(each.container)
        )
        for each, location in located
        if location
    ]


def highlights_of(found: Iterable[Highlight], positions: Positions) -> list[t.DocumentHighlight]:
    """The places of one variable in one file."""
    kinds = {True: t.DocumentHighlightKind.Write, False: t.DocumentHighlightKind.Read}
    return [t.DocumentHighlight(positions.range(each.span), kinds[each.write]) for each in found]


def folds_of(found: Iterable[Fold]) -> list[t.FoldingRange]:
    """Lines that can be folded."""
    return [
        t.FoldingRange(fold.first, fold.last, kind=t.FoldingRangeKind.Comment if fold.comment else None)
        for fold in found
    ]


def lenses_of(
    found: Iterable[Lens], positions: Positions, view: View, path: str, folder: str
) -> list[t.CodeLens]:
    """Lenses of a file in the folder with this URI."""
    return [
        t.CodeLens(range_, _behind(lens, range_, view, path, folder))
        for lens in found
        for range_ in (positions.range(lens.span),)
    ]


def _behind(lens: Lens, range_: t.Range, view: View, path: str, folder: str) -> t.Command:
    """The command of a lens: its own, a fix, the references if the client can show them, or `explain`."""
    if lens.is_fix:
        return fix_command(lens.title, view.uri(path), range_)
    if lens.command is not None:
        return command_of(lens.title, lens.command)
    if view.client.shows_references:
        shown = [view.uri(path), range_.start, view.locations(lens.references)]
        return t.Command(printable(lens.title), SHOW_REFERENCES, arguments=shown)
    return t.Command(printable(lens.title), EXPLAIN, arguments=[{"folder": folder, "name": lens.name}])


def hints_of(found: Iterable[Hint], positions: Positions, client: Client) -> list[t.InlayHint]:
    """Inlay hints."""
    return [
        t.InlayHint(
            position=positions.position(hint.offset),
            label=printable(hint.label),
            tooltip=markup(hint.tooltip, markdown=client.markdown) if hint.tooltip else None,
            padding_left=True,
        )
        for hint in found
    ]


def links_of(found: Iterable[Link], positions: Positions) -> list[t.DocumentLink]:
    """Document links."""
    return [
        t.DocumentLink(positions.range(link.span), target=uri_of(link.path) if link.path else link.url)
        for link in found
    ]

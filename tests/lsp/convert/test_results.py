from __future__ import annotations

from configvars.features.results import Completion, CompletionItem, Lens, Symbol
from configvars.lsp.client import Client
from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.results import completion_of, lenses_of, symbols_of
from configvars.lsp.convert.view import View
from configvars.lsp.documents import Documents
from configvars.model import Place
from configvars.text import Span

POSITIONS = Positions("😀 ABC", "utf-16")
NAMES = Completion(
    Span(2, 5),
    (CompletionItem("ABC", ".env", 0), CompletionItem("B", "", 10, text="B=", documentation="*b*")),
)


def test_a_client_with_item_defaults_gets_the_range_once() -> None:
    client = Client(completion_defaults=True, completion_labels=True, markdown=True)
    found = completion_of(NAMES, POSITIONS, client)
    assert found.item_defaults
    assert found.item_defaults.edit_range == POSITIONS.range(Span(2, 5))
    assert [(item.text_edit, item.text_edit_text) for item in found.items] == [(None, None), (None, "B=")]
    assert found.items[0].label_details
    assert found.items[0].label_details.description == ".env"


def test_any_other_client_gets_the_range_with_each_item() -> None:
    found = completion_of(NAMES, POSITIONS, Client())
    assert found.item_defaults is None
    texts = [item.text_edit.new_text for item in found.items if item.text_edit]
    assert texts == ["ABC", "B="]
    assert [item.detail for item in found.items] == [".env", None]


def test_items_sort_by_rank_then_name() -> None:
    found = completion_of(NAMES, POSITIONS, Client())
    assert sorted(found.items, key=lambda item: item.sort_text or "")[0].label == "ABC"


def test_an_outline_is_flat_for_a_client_without_trees() -> None:
    child = Symbol("B", "", Span(2, 3), Span(2, 3))
    tree = (Symbol("Keys", "", Span(0, 5), Span(0, 1), (child,)),)
    flat = symbols_of(tree, POSITIONS, "file:///x", Client())
    assert [symbol.name for symbol in flat] == ["Keys", "B"]
    (top,) = symbols_of(tree, POSITIONS, "file:///x", Client(hierarchical_symbols=True))
    assert top.name == "Keys"


def test_a_lens_runs_a_command_that_the_client_supports() -> None:
    lens = Lens(Span(2, 5), "1 reference", "KEY", (Place("/x", Span(0, 1)),))
    for client, command in (
        (Client(), "configvars.explain"),
        (Client(shows_references=True), "configvars.showReferences"),
    ):
        view = View(client, Documents(), lambda path: "text")
        (found,) = lenses_of([lens], POSITIONS, view, "/p/.env", "file:///p")
        assert found.command
        assert found.command.command == command

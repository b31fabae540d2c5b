"""Only the links that an edit can change are made again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from configvars.flask_model import (
    NO_FLASK,
    ConfigFeed,
    ConfigFlow,
    ConfigKey,
    ConfigObject,
    ConfigStep,
    FlaskFacts,
)
from configvars.resolve.flask_linked import LinkedFlask
from configvars.text import Mark, Place, Span

BASE, SHOP, BLOG, KEYS = "base.py", "shop.py", "blog.py", "keys.py"
WRITTEN = Mark(KEYS, "~name", 0, 1)


def a_class(path: str, name: str, *bases: str, line: int = 0) -> FlaskFacts:
    key = ConfigKey("A", Place(path, Span(line, line + 1)))
    return FlaskFacts(objects=(ConfigObject(Mark(path, name), name, (key,), bases),))


class Files:
    """A folder of two classes with the same base class, linked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.start = 0
        self.linked = LinkedFlask(self._find, self._place_of)
        facts = {BASE: a_class(BASE, "Base"), SHOP: a_class(SHOP, "Shop", "base.Base")}
        self.linked.relink({**facts, BLOG: a_class(BLOG, "Blog", "base.Base")}, 1)
        self.asked.clear()

    def edit(self, path: str, facts: FlaskFacts, moves: int = 1) -> str:
        self.linked.relink({path: facts}, moves)
        return " ".join(sorted(self.asked))

    def bases(self, path: str) -> Iterator[str]:
        for one in self.linked.links.facts[path].objects:
            yield from (f"{base.path} {base.anchor}" for base in one.bases if isinstance(base, Mark))

    def _find(self, path: str, dotted: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        self.asked.append(path)
        module, _, name = dotted.partition(".")
        yield f"{module}.py", (name,)

    def _place_of(self, mark: Mark) -> Place:
        return Place(mark.path, Span(self.start + mark.start, self.start + mark.end))


def test_what_an_edit_moves_is_linked_again_and_nothing_else() -> None:
    files = Files()
    assert files.edit(SHOP, a_class(SHOP, "Shop", "base.Base", line=7)) == SHOP
    (key,) = files.linked.links.facts[SHOP].objects[0].keys
    assert key.span == Span(7, 8)
    assert [*files.bases(SHOP), *files.bases(BLOG)] == [f"{BASE} Base"] * 2


def test_an_edit_of_a_base_class_that_keeps_its_name_links_no_other_file_again() -> None:
    assert Files().edit(BASE, a_class(BASE, "Base", line=7)) == ""


@pytest.mark.parametrize("facts", [NO_FLASK, a_class(BASE, "Other")], ids=["nothing", "another name"])
def test_a_base_class_that_is_gone_is_no_base_class(facts: FlaskFacts) -> None:
    files = Files()
    assert files.edit(BASE, facts) == f"{BLOG} {SHOP}"
    assert [*files.bases(SHOP), *files.bases(BLOG)] == []


def test_a_file_that_came_or_went_may_change_what_a_name_means() -> None:
    files = Files()
    assert files.edit(SHOP, a_class(SHOP, "Shop", line=7), moves=2) == BLOG


def test_a_key_whose_name_is_written_in_another_file_moves_with_it() -> None:
    files = Files()
    step = ConfigStep("update", Span(0, 1), ConfigFeed((ConfigKey("A", WRITTEN),)))
    files.edit("app.py", FlaskFacts((ConfigFlow(None, (step,)),)))
    for start in (0, 9):
        files.start = start
        files.edit(KEYS, NO_FLASK)
        (definition,) = files.linked.links.definitions[KEYS]
        assert definition.span == Span(start, start + 1)

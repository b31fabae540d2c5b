"""YAML as a tree of plain nodes with their places. Nothing is constructed, no tag is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from configvars.text import Span

if TYPE_CHECKING:
    import yaml  # type: ignore[import-untyped]

MAX_SIZE = 256 * 1024
_MAX_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Yaml:
    """A node. `text` is that of a scalar; `items` are those of a sequence, `pairs` those of a mapping."""

    span: Span
    text: str | None = None
    items: tuple[Yaml, ...] = ()
    pairs: tuple[tuple[Yaml, Yaml], ...] = ()

    def get(self, *keys: str) -> Yaml | None:
        """What a mapping has under a key, and so on inside; the last of several, as YAML readers take it."""
        found: Yaml | None = self
        for key in keys:
            pairs = found.pairs if found is not None else ()
            found = next((value for name, value in reversed(pairs) if name.text == key), None)
        return found

    def items_of(self, key: str) -> tuple[Yaml, ...]:
        """The items of the sequence that a mapping has under a key; none if there is no such sequence."""
        found = self.get(key)
        return found.items if found is not None else ()

    def texts(self) -> Iterator[Yaml]:
        """The scalars of a sequence, or the scalar itself."""
        if self.text is not None:
            yield self
        yield from (item for item in self.items if item.text is not None)


def parse_yaml(text: str) -> Yaml | None:
    """The first document of a text; None where it is none, too large, or nested too deep."""
    if len(text) > MAX_SIZE or _is_deep(text):
        return None
    import yaml  # takes long, and most folders have no such file

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text.removeprefix("\ufeff"), Loader=loader)
    except (yaml.YAMLError, RecursionError):
        return None
    shift = int(text.startswith("\ufeff"))
    return None if root is None else _plain(root, shift, 0)


def _is_deep(text: str) -> bool:
    """Whether brackets, or signs that open a level, are more than any file of this kind has."""
    return max(text.count("["), text.count("{")) > 4000 or "- " * _MAX_DEPTH in text


def _plain(node: yaml.Node, shift: int, depth: int) -> Yaml:
    span = Span(node.start_mark.index + shift, node.end_mark.index + shift)
    if depth > _MAX_DEPTH:
        return Yaml(span)
    if node.id == "scalar":
        is_null = node.tag == "tag:yaml.org,2002:null"
        return Yaml(span, text="" if is_null else node.value)
    if node.id == "sequence":
        return Yaml(span, items=tuple(_plain(item, shift, depth + 1) for item in node.value))
    pairs = tuple((_plain(k, shift, depth + 1), _plain(v, shift, depth + 1)) for k, v in node.value)
    return Yaml(span, pairs=pairs)

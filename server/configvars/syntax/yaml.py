"""YAML as a tree of plain nodes with their spans. No objects are constructed, and tags are ignored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from configvars.text import Span

if TYPE_CHECKING:
    import yaml  # type: ignore[import-untyped]

MAX_SIZE = 256 * 1024
_MAX_DEPTH = 60
_MERGE = "tag:yaml.org,2002:merge"


@dataclass(frozen=True, slots=True)
class Yaml:
    """A node. `text` is that of a scalar; `items` are those of a sequence, `pairs` those of a mapping.

    What a mapping takes over from another (`<<: *anchor`) stands before its own pairs.
    """

    span: Span
    text: str | None = None
    items: tuple[Yaml, ...] = ()
    pairs: tuple[tuple[Yaml, Yaml], ...] = ()

    def get(self, *keys: str) -> Yaml | None:
        """The value of a key in a mapping, and of further keys inside.

        Of duplicates the last, as in YAML readers.
        """
        found: Yaml | None = self
        for key in keys:
            pairs = found.pairs if found is not None else ()
            found = next((value for name, value in reversed(pairs) if name.text == key), None)
        return found

    def items_of(self, key: str) -> tuple[Yaml, ...]:
        """The items of the sequence under a key of a mapping; none if there is no such sequence."""
        found = self.get(key)
        return found.items if found is not None else ()

    def texts(self) -> Iterator[Yaml]:
        """The scalars of a sequence, or the scalar itself."""
        if self.text is not None:
            yield self
        yield from (item for item in self.items if item.text is not None)


def parse_yaml(text: str) -> Yaml | None:
    """The first document of a text; None if it is invalid, too large, or nested too deeply."""
    if len(text) > MAX_SIZE or _is_deep(text):
        return None
    import yaml  # slow to import, and most folders have no such file

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text.removeprefix("\ufeff"), Loader=loader)
    except (yaml.YAMLError, RecursionError):
        return None
    shift = int(text.startswith("\ufeff"))
    return None if root is None else _Tree(shift).plain(root)


def _is_deep(text: str) -> bool:
    """Whether there are more brackets or indicators of levels than in any real file of this kind."""
    return max(text.count("["), text.count("{")) > 4000 or "- " * _MAX_DEPTH in text


class _Tree:
    """Makes nodes plain, each once: aliases share what stands behind their anchor."""

    def __init__(self, shift: int) -> None:
        self._shift = shift
        self._made: dict[int, Yaml] = {}

    def plain(self, node: yaml.Node, depth: int = 0) -> Yaml:
        """A node and what is in it. An alias of a node that it is in itself is an empty node."""
        if id(node) not in self._made:
            span = Span(node.start_mark.index + self._shift, node.end_mark.index + self._shift)
            self._made[id(node)] = Yaml(span)
            if depth <= _MAX_DEPTH:
                self._made[id(node)] = self._with_content(node, span, depth + 1)
        return self._made[id(node)]

    def _with_content(self, node: yaml.Node, span: Span, depth: int) -> Yaml:
        if node.id == "scalar":
            is_null = node.tag == "tag:yaml.org,2002:null"
            return Yaml(span, text="" if is_null else node.value)
        if node.id == "sequence":
            return Yaml(span, items=tuple(self.plain(item, depth) for item in node.value))
        merged: dict[str, tuple[Yaml, Yaml]] = {}
        pairs: list[tuple[Yaml, Yaml]] = []
        for key, value in node.value:
            if key.tag == _MERGE:
                for name, pair in _merged(self.plain(value, depth)):
                    merged.setdefault(name, pair)
            else:
                pairs.append((self.plain(key, depth), self.plain(value, depth)))
        return Yaml(span, pairs=(*merged.values(), *pairs))


def _merged(value: Yaml) -> Iterator[tuple[str, tuple[Yaml, Yaml]]]:
    """The pairs that `<<: *anchor` or `<<: [*a, *b]` brings, those that win first."""
    for mapping in (value, *value.items):
        yield from ((pair[0].text, pair) for pair in reversed(mapping.pairs) if pair[0].text is not None)

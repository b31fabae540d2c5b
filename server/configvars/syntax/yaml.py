"""YAML as a tree of plain nodes with their places. Nothing is constructed; of tags only `!!null` counts.

The tree is built from events: `yaml.compose` calls itself in native code for each level, and some 30,000
levels (60 KB of text) end the process. The node of an alias is shared with its anchor, not copied.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from configvars.limits import YAML_ALIASES, YAML_LEVELS, YAML_SIZE, beyond
from configvars.slices import result
from configvars.text import Span

if TYPE_CHECKING:
    import yaml  # type: ignore[import-untyped]

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_NULL_TAG = "tag:yaml.org,2002:null"
_MERGE_TAG = "tag:yaml.org,2002:merge"
_STEP = 200  # events, which take some milliseconds
_FAR_TOO_DEEP = 1000  # libyaml checks each open bracket for each word: 200,000 take two minutes


class Yaml(Struct, frozen=True):
    """A node. `text` is that of a scalar; `items` are those of a sequence, `pairs` those of a mapping.

    The pairs that a mapping takes over from another (`<<: *anchor`) come before its own.
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

    def strings(self) -> Iterator[Span]:
        """The places of all scalars below the node, each once, in their order."""
        todo, seen, found = [self], {id(self)}, set[Span]()
        while todo:
            node = todo.pop()
            if node.text is not None:
                found.add(node.span)
            inner = (*node.items, *(each for pair in node.pairs for each in pair))
            todo += [each for each in inner if id(each) not in seen]
            seen.update(map(id, inner))
        yield from sorted(found)


def parse_yaml(text: str) -> Yaml | None:
    """The document of a text; None if it has none or several, is not YAML, or is too large."""
    return result(parsing_yaml(text))


def parsing_yaml(text: str) -> Generator[None, None, Yaml | None]:
    """`parse_yaml` in steps of a few milliseconds."""
    if len(text) > YAML_SIZE.most:
        beyond(YAML_SIZE)
        return None
    import yaml  # slow to import, and most folders have no such file

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    tree = _Tree(shift=int(text.startswith("\ufeff")))
    try:
        for number, event in enumerate(yaml.parse(text.removeprefix("\ufeff"), Loader=loader), 1):
            tree.add(event)
            if number % _STEP == 0:
                yield
    except (yaml.YAMLError, UnicodeError, _UnfitError):
        return None
    return tree.root


class _UnfitError(Exception):
    """A text that is YAML, but not one document."""


class _Collection(Struct):
    """A sequence or mapping that is not complete.

    `size`: its nodes, including those that aliases stand for. `merges`: the positions of its keys `<<`.
    """

    event: yaml.Event
    nodes: list[Yaml] = field(default_factory=list)
    merges: list[int] = field(default_factory=list)
    size: int = 1

    def pairs(self) -> tuple[tuple[Yaml, Yaml], ...]:
        """The merged pairs that a mapping does not have itself, followed by its own pairs."""
        pairs = list(zip(self.nodes[::2], self.nodes[1::2], strict=True))
        taken: dict[str, tuple[Yaml, Yaml]] = {}
        for merge in self.merges:
            for name, pair in _merged(self.nodes[merge + 1]):
                taken.setdefault(name, pair)
        merges = frozenset(self.merges)
        own = (pair for number, pair in enumerate(pairs) if number * 2 not in merges)
        return (*taken.values(), *own)


class _Tree(Struct):
    """Builds the nodes of a document from events. `shift` is the offset of the document."""

    shift: int
    root: Yaml | None = None
    _open: list[_Collection] = field(default_factory=list)
    _too_deep: int = 0
    _anchors: dict[str, tuple[Yaml, int]] = field(default_factory=dict)
    _copied: int = 0

    def add(self, event: yaml.Event) -> None:
        """Take the next event. Raises `_UnfitError`."""
        match type(event).__name__:
            case "ScalarEvent":
                self._note_merge(event)
                self._put(event, Yaml(self._span(event, event), text=_text(event)), 1)
            case "AliasEvent":
                self._alias(event)
            case "SequenceStartEvent" | "MappingStartEvent":
                self._begin(event)
            case "SequenceEndEvent" | "MappingEndEvent":
                self._end(event)
            case "DocumentStartEvent" if self.root is not None:
                raise _UnfitError

    def _note_merge(self, scalar: yaml.Event) -> None:
        """Note a key that merges other mappings: `<<` without quotes."""
        if scalar.tag == _MERGE_TAG or (scalar.value == "<<" and scalar.implicit[0] and scalar.tag is None):
            one = self._open[-1] if self._open and not self._too_deep else None
            is_key = one is not None and len(one.nodes) % 2 == 0
            if one is not None and is_key and type(one.event).__name__ == "MappingStartEvent":
                one.merges.append(len(one.nodes))

    def _begin(self, event: yaml.Event) -> None:
        if self._too_deep or len(self._open) >= YAML_LEVELS.most:
            if not self._too_deep:
                beyond(YAML_LEVELS)
                self._put(event, Yaml(self._span(event, event)), 1)
            self._too_deep += 1
            if self._too_deep > _FAR_TOO_DEEP:
                raise _UnfitError
            return
        self._open.append(_Collection(event))
        if event.anchor:  # until its end, it is empty for an alias inside it
            self._anchors[event.anchor] = Yaml(self._span(event, event)), 1

    def _end(self, event: yaml.Event) -> None:
        if self._too_deep:
            self._too_deep -= 1
            return
        one = self._open.pop()
        span = self._span(one.event, event)
        if type(event).__name__ == "SequenceEndEvent":
            self._put(one.event, Yaml(span, items=tuple(one.nodes)), one.size)
        else:
            self._put(one.event, Yaml(span, pairs=one.pairs()), one.size)

    def _alias(self, event: yaml.Event) -> None:
        if event.anchor not in self._anchors:
            raise _UnfitError
        node, size = self._anchors[event.anchor]
        if self._copied + size > YAML_ALIASES.most:
            beyond(YAML_ALIASES)
            node, size = Yaml(self._span(event, event)), 1
        self._copied += size
        self._put(None, node, size)

    def _put(self, event: yaml.Event | None, node: Yaml, size: int) -> None:
        if event is not None and event.anchor and not self._too_deep:
            self._anchors[event.anchor] = node, size
        if self._open and not self._too_deep:
            self._open[-1].nodes.append(node)
            self._open[-1].size += size
        elif not self._open:
            self.root = node

    def _span(self, first: yaml.Event, last: yaml.Event) -> Span:
        return Span(first.start_mark.index + self.shift, last.end_mark.index + self.shift)


def _text(scalar: yaml.Event) -> str:
    is_null = scalar.tag == _NULL_TAG or (
        scalar.implicit[0] and scalar.tag in (None, "!") and scalar.value in _NULL
    )
    return "" if is_null else str(scalar.value)


def _merged(value: Yaml) -> Iterator[tuple[str, tuple[Yaml, Yaml]]]:
    """The pairs that `<<: *anchor` or `<<: [*a, *b]` merges, those with precedence first."""
    for mapping in (value, *value.items):
        yield from ((pair[0].text, pair) for pair in reversed(mapping.pairs) if pair[0].text is not None)

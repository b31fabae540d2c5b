"""The `setup` section of heroku.yml: the add-ons and config vars of a new app."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from configvars.model import AddonUse, Definition, Variable
from configvars.patterns import lazy_pattern
from configvars.secret import Secret
from configvars.syntax.env_names import is_name
from configvars.text import Span

_PAIR = lazy_pattern(
    r"(?P<indent>\s*)(?P<item>-\s+)?(?P<q>['\"]?)(?P<key>[A-Za-z_][\w-]*)(?P=q)\s*:"
    r"(?:\s+(?P<quote>['\"]?)(?P<value>.*?)(?P=quote)\s*(?:\s#.*)?)?$"
)


class _Pair(Struct, frozen=True):
    """`key: value` on one line, and the keys above it in the hierarchy."""

    under: tuple[str, ...]
    key: str
    key_span: Span
    value: str
    value_span: Span
    line: Span
    begins_item: bool


def setup_addons(lines: Iterable[tuple[Span, str]]) -> tuple[AddonUse, ...]:
    """The add-ons of `setup.addons`; `lines` are those of the file, with their places."""
    found: list[AddonUse] = []
    for pair in _pairs(lines):
        if pair.under != ("setup", "addons"):
            continue
        if pair.key == "plan":
            found.append(AddonUse(pair.value.partition(":")[0], pair.value_span, plan=pair.value))
        elif pair.key == "as" and found and not pair.begins_item:
            found[-1] = replace(found[-1], attached_as=pair.value)
    return tuple(found)


def setup_config(lines: Iterable[tuple[Span, str]]) -> tuple[Definition, ...]:
    """The config vars of `setup.config`."""
    return tuple(
        Definition(
            Variable("env", pair.key),
            pair.key_span,
            "heroku.yml",
            declaration=True,
            value=Secret(pair.value),
            value_span=pair.value_span,
            statement=pair.line,
        )
        for pair in _pairs(lines)
        if pair.under == ("setup", "config") and is_name(pair.key)
    )


def _pairs(lines: Iterable[tuple[Span, str]]) -> Iterator[_Pair]:
    above: list[tuple[int, str]] = []
    for span, line in lines:
        found = _PAIR.match(line)
        if found is None or line.lstrip().startswith("#"):
            continue
        indent = len(found["indent"]) + len(found["item"] or "")
        while above and above[-1][0] >= indent:
            above.pop()
        start = span.start
        key_at, value_at = found.start("key") + start, max(found.start("value"), 0) + start
        yield _Pair(
            tuple(key for _, key in above),
            found["key"],
            Span(key_at, key_at + len(found["key"])),
            found["value"] or "",
            Span(value_at, value_at + len(found["value"] or "")),
            span,
            found["item"] is not None,
        )
        above.append((indent, found["key"]))

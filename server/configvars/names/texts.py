"""Operations on string values: concatenation, formatting and the methods of `str`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

from msgspec.structs import replace

from configvars.limits import CHOICES, TEXT, Hits, beyond
from configvars.names.sizes import is_too_long
from configvars.names.values import (
    UNKNOWN,
    Asked,
    FilePath,
    Item,
    Join,
    Known,
    Method,
    OneOf,
    Parameter,
    Sequence,
    Str,
    Unknown,
    Value,
    alternatives,
    one_of,
)
from configvars.patterns import lazy_pattern

_METHODS: Mapping[str, Callable[[str], str]] = {
    "upper": str.upper,
    "lower": str.lower,
    "strip": str.strip,
    "lstrip": str.lstrip,
    "rstrip": str.rstrip,
    "title": str.title,
    "capitalize": str.capitalize,
    "swapcase": str.swapcase,
    "casefold": str.casefold,
    "encode": str,
    "decode": str,
}
_FIELD = lazy_pattern(r"\{\{|\}\}|\{([A-Za-z_0-9]*)\}")
_PERCENT = lazy_pattern(r"%%|%(?:\((\w+)\))?s")


def join(parts: list[Value], hits: Hits | None = None) -> Value:
    """The concatenated strings; unknown if one of them is neither known nor a parameter.

    Strings that follow the path of a file make another path: `f"{BASE_DIR}/.env"`.

    `hits` counts results that are too long for a name.
    """
    choices = [alternatives(part) for part in parts]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > CHOICES.most:
        beyond(CHOICES)
        return UNKNOWN
    return one_of([_joined(chosen, hits) for chosen in product(*choices)])


def _joined(parts: tuple[Value, ...], hits: Hits | None) -> Value:
    if is_too_long(list(parts), hits):
        return UNKNOWN
    if parts and isinstance(parts[0], FilePath):
        texts = [part.shown if isinstance(part, Known) else part for part in parts[1:]]
        plain = [each.text if isinstance(each, Str) else each for each in texts]
        known = [each for each in plain if isinstance(each, str) and each]
        return FilePath(parts[0].path + "".join(known)) if len(known) == len(plain) else UNKNOWN
    flat: list[Value] = []
    is_plain = all(isinstance(part, Str | Known) for part in parts)
    for part in parts:
        for piece in part.parts if isinstance(part, Join) else (part,):
            if isinstance(piece, Known) and piece.shown:
                piece = Str(piece.shown)
            last = flat[-1] if flat else None
            if isinstance(piece, Str) and isinstance(last, Str) and (is_plain or not (piece.of or last.of)):
                of = Join((*_of(last), *_of(piece))) if piece.of or last.of else None
                flat[-1] = Str(last.text + piece.text, last.written + piece.written, of)
            elif isinstance(piece, Str | Parameter | Method | Asked | Item):
                flat.append(piece)
            else:
                return UNKNOWN
    if not flat:
        return Str("")
    return flat[0] if len(flat) == 1 else Join(tuple(flat))


def _of(piece: Str) -> tuple[Value, ...]:
    """How a string is computed from attributes of `self`, as the parts of a `Join`."""
    if piece.of is None:
        return (piece,)
    return piece.of.parts if isinstance(piece.of, Join) else (piece.of,)


def method(name: str, of: Value) -> Value:
    """The result of a method of `str` without arguments."""
    if isinstance(of, OneOf):
        return one_of([method(name, value) for value in of.values])
    change = _METHODS.get(name)
    if change is None:
        return UNKNOWN
    if isinstance(of, Str):
        waiting = None if of.of is None else Method(name, of.of)
        return Str(change(of.text), of.written, waiting) if len(of.text) <= TEXT.most else UNKNOWN
    return Method(name, of) if isinstance(of, Parameter | Join | Method | Asked) else UNKNOWN


def replaced(of: Value, old: Value, new: Value) -> Value:
    """The result of `of.replace(old, new)`; unknown if a string is not known."""
    if isinstance(old, Str) and isinstance(new, Str):
        if isinstance(of, Str):
            return _replaced(of, old.text, new.text)
        if isinstance(of, Parameter | Join | Method | Asked):
            return Method(f"replace {old.text!r} {new.text!r}", of) if _is_plain(old, new) else UNKNOWN
    return UNKNOWN


def _replaced(of: Str, old: str, new: str) -> Value:
    if len(of.text) > TEXT.most or len(of.text) + of.text.count(old) * len(new) > TEXT.most:
        return UNKNOWN
    waiting = None if of.of is None else Method(f"replace {old!r} {new!r}", of.of)
    return Str(of.text.replace(old, new), of.written, waiting)


def _is_plain(old: Str, new: Str) -> bool:
    return not any(c in "'\" \\" for c in old.text + new.text)


def again(name: str, of: Value) -> Value:
    """The result of a postponed method (`Method.name`), now that more of the string is known."""
    if name.startswith("replace "):
        _, old, new = name.split(" ")
        return replaced(of, Str(old[1:-1]), Str(new[1:-1]))
    return method(name, of)


def parted(of: Str, given: tuple[Value, ...]) -> Value:
    """The result of `"A B".split()` or `"A,B".split(",")` as a sequence; unknown for an unknown string."""
    if (
        len(given) > 1
        or not all(isinstance(one, Str) and one.text for one in given)
        or len(of.text) > TEXT.most
    ):
        return UNKNOWN
    words = of.text.split(given[0].text if given and isinstance(given[0], Str) else None)
    return Sequence(tuple(Str(word, of.written) for word in words))


def formatted(
    template: Value, positional: tuple[Value, ...], keywords: Mapping[str, Value], hits: Hits | None = None
) -> Value:
    """The result of `template.format(…)`; unknown if a field is more than a name or a number."""
    if not isinstance(template, Str) or is_too_long([template], hits):
        return UNKNOWN
    parts: list[Value] = []
    automatic = iter(positional)
    end = 0
    for found in _FIELD.finditer(template.text):
        parts.append(Str(template.text[end : found.start()], template.written))
        end = found.end()
        if found[1] is None:
            parts.append(Str(found[0][0], template.written))
        elif not found[1]:
            parts.append(next(automatic, UNKNOWN))
        elif found[1].isdecimal():
            index = int(found[1])
            parts.append(positional[index] if index < len(positional) else UNKNOWN)
        else:
            parts.append(keywords.get(found[1], UNKNOWN))
    rest = template.text[end:]
    if "{" in rest or "}" in rest:
        return UNKNOWN
    return join([*parts, Str(rest, template.written)], hits)


def percent(
    template: Value, positional: tuple[Value, ...], keywords: Mapping[str, Value], hits: Hits | None = None
) -> Value:
    """The result of `template % …` with only `%s` and `%(name)s`."""
    if not isinstance(template, Str) or is_too_long([template], hits):
        return UNKNOWN
    parts: list[Value] = []
    automatic = iter(positional)
    end = 0
    for found in _PERCENT.finditer(template.text):
        parts.append(Str(template.text[end : found.start()], template.written))
        end = found.end()
        if found[0] == "%%":
            parts.append(Str("%", template.written))
        else:
            parts.append(keywords.get(found[1], UNKNOWN) if found[1] else next(automatic, UNKNOWN))
    rest = template.text[end:]
    if "%" in rest:
        return UNKNOWN
    return join([*parts, Str(rest, template.written)], hits)


def asked(value: Asked) -> Value:
    """The result of a method of `self`; a string if the method of the class itself returns a known one."""
    return replace(value.usual, of=value) if isinstance(value.usual, Str) else value


def is_text(value: Value) -> bool:
    """Whether a value can be (a part of) the name of a variable."""
    return isinstance(value, Str | Parameter | Join | Method | Asked | Item)


def is_unknown(value: Value) -> bool:
    """Whether nothing is known about a value."""
    return isinstance(value, Unknown)

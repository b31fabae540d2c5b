"""The names under which a field is read: its own name, its aliases, or those of an alias generator."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from configvars.names.values import (
    UNKNOWN,
    Arguments,
    External,
    Function,
    Mapping,
    Nothing,
    Sequence,
    Str,
    Value,
    alternatives,
    one_of,
)
from configvars.readers.base import Argument, CallParts, Field, Site
from configvars.readers.pydantic_options import Options
from configvars.readers.pydantic_paths import ALIAS_PATHS, CHOICES, FIELDS, GENERATORS, path_of
from configvars.text import Place

Name = tuple[Argument, bool]
"""A name without prefix, and whether it is an alias."""


def field_calls(field: Field) -> list[CallParts]:
    """The calls of `Field(…)` for a field, the one with precedence first."""
    return [call for call in reversed(field.calls) if path_of(call.callee) in FIELDS]


def names_of(site: Site, field: Field, options: Options) -> list[Name]:
    """The names of a field without prefix, in order of precedence."""
    own = Argument(Str(field.name, (field.written,) if field.written is not None else ()), field.span)
    if options.is_first_version:
        aliases = [*_named(site, field, "env"), *_named_by_config(field, options)]
        return [(alias, True) for alias in aliases] or [(own, False)]
    if not options.certain:
        return [(Argument(UNKNOWN, field.span), False)]
    aliases = _aliases(site, field, options) if options.by_alias else []
    found = [(alias, True) for alias in aliases]
    return [*found, (own, False)] if options.by_name or not aliases else found


def prefixed(name: Name, options: Options) -> Argument:
    """The name of the variable: with the prefix, in upper case unless case matters."""
    key, is_alias = name
    if options.is_first_version:
        key = key if is_alias else key.prefixed(options.prefix)
        return key if is_alias or options.case_sensitive else key.changed("upper")
    key = key.prefixed(options.prefix) if ("alias" if is_alias else "variable") in options.prefixed else key
    return key if options.case_sensitive or is_alias else key.changed("upper")


def _aliases(site: Site, field: Field, options: Options) -> list[Argument]:
    given = [alias for word in ("validation_alias", "alias") for alias in _named(site, field, word)]
    if given:
        return given[: len(_named(site, field, "validation_alias")) or None]
    if any(call.rest for call in field_calls(field)):
        return [Argument(UNKNOWN, field.span)]
    generator = options.generator
    return [] if generator is None else [*_generated(site, generator, field)]


def _named(site: Site, field: Field, word: str) -> list[Argument]:
    """The names in an argument of `Field(…)`."""
    for call in field_calls(field):
        given = call.argument(None, word)
        if given is not None and not isinstance(given.value, Nothing):
            return [*_choices(site, given)]
    return []


def _choices(site: Site, given: Argument) -> Iterator[Argument]:
    """The items of `AliasChoices(…)`, `AliasPath(…)` or version 1's list; otherwise the argument itself."""
    parts = site.parts_of(given)
    if parts is None and isinstance(given.value, External) and given.value.arguments is not None:
        inside = tuple(Argument(value, given.span) for value in given.value.arguments.positional)
        parts = CallParts(
            External(given.value.path.removesuffix("()")), inside, (), given.value.arguments.rest
        )
    path = path_of(parts.callee) if parts is not None else ""
    if parts is not None and path in CHOICES:
        for choice in parts.positional:
            yield from _choices(site, choice)
        if parts.rest:
            yield Argument(UNKNOWN, given.span)
    elif parts is not None and path in ALIAS_PATHS:
        yield from parts.positional[:1]
    elif isinstance(given.value, Sequence):
        yield from site.items(given)
    else:
        texts: list[Value] = [one if isinstance(one, Str) else UNKNOWN for one in alternatives(given.value)]
        yield Argument(one_of(texts), given.span)


def _generated(site: Site, generator: Value, field: Field) -> Iterator[Argument]:
    """The alias that a generator makes for a field; unknown if it cannot be evaluated."""
    if path_of(generator).removesuffix("()") in GENERATORS and isinstance(generator, External):
        given = generator.arguments or Arguments(rest=True)
        said = {
            **dict(zip(("alias", "validation_alias"), given.positional, strict=False)),
            **dict(given.keywords),
        }
        chosen = said.get("validation_alias") or said.get("alias")
        if chosen is None or isinstance(chosen, Nothing):
            if given.rest:
                yield Argument(UNKNOWN, field.span)
            return
        generator = chosen
    known = _KNOWN.get(path_of(generator))
    if known is not None:
        yield Argument(Str(known(field.name)), field.span)
    elif isinstance(generator, Function):
        yield Argument(_text(site.returned(generator, Str(field.name))), field.span)
    else:
        yield Argument(UNKNOWN, field.span)


def _text(value: Value) -> Value:
    return value if isinstance(value, Str) else UNKNOWN


def _named_by_config(field: Field, options: Options) -> Iterator[Argument]:
    """Pydantic 1's `class Config: fields = {"key": {"env": "NAME"}}`."""
    said = _item(options.named, field.name)
    given = _item(said, "env") if isinstance(said, Mapping) else None
    for name in given.items if isinstance(given, Sequence) else (given,):
        if isinstance(name, Str) and len(name.written) == 1 and isinstance(at := name.written[0], Place):
            yield Argument(name, at.span)


def _item(of: Mapping, key: str) -> Value | None:
    return next((value for name, value in of.items if isinstance(name, Str) and name.text == key), None)


def _to_pascal(snake: str) -> str:
    return re.sub("([0-9A-Za-z])_(?=[0-9A-Z])", lambda found: found[1], snake.title())


def _to_camel(snake: str) -> str:
    if re.match("^[a-z]+[A-Za-z0-9]*$", snake) and not re.search(r"\d[a-z]", snake):
        return snake
    return re.sub("(^_*[A-Z])", lambda found: found[1].lower(), _to_pascal(snake))


def _to_snake(camel: str) -> str:
    for pattern in (r"([A-Z]+)([A-Z][a-z])", r"([a-z])([A-Z])", r"([0-9])([A-Z])", r"([a-z])([0-9])"):
        camel = re.sub(pattern, r"\1_\2", camel)
    return camel.replace("-", "_").lower()


# The functions of pydantic.alias_generators and methods of `str`.
_KNOWN: dict[str, Callable[[str], str]] = {
    "pydantic.alias_generators.to_camel": _to_camel,
    "pydantic.alias_generators.to_pascal": _to_pascal,
    "pydantic.alias_generators.to_snake": _to_snake,
    "builtins.str.upper": str.upper,
    "builtins.str.lower": str.lower,
    "builtins.str.title": str.title,
    "builtins.str.capitalize": str.capitalize,
}

"""With `env_nested_delimiter`, variables can set single fields of a nested model: `DB__HOST`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from configvars.limits import NESTED_MODELS
from configvars.model import Need
from configvars.names.shapes import Shape
from configvars.names.values import Class, Known, Str, Value
from configvars.patterns import lazy_pattern
from configvars.readers.base import Argument, Field, PatternRead, Site, Use
from configvars.readers.pydantic_aliases import names_of
from configvars.readers.pydantic_fields import fields_of, need_of
from configvars.readers.pydantic_options import Options, config_of, options_from
from configvars.readers.pydantic_paths import BASES, IDIOM, derives

_FILLING = lazy_pattern(r"\b(?:Before|Plain|Wrap)Validator\b")


class Way(Struct, frozen=True):
    """The path to a nested field: the variable name of the outer field, and the keys after it.

    `around` are the variables of the outer fields, which can set the field as a part of their JSON.
    """

    name: Argument
    keys: tuple[str, ...] = ()
    around: tuple[Argument, ...] = ()

    def to(self, key: Argument, options: Options) -> Way:
        """The path to a field of the model at the end of this path."""
        delimiter = options.delimiter or ""
        inner = key if options.case_sensitive else key.changed("upper")
        name = Argument(inner.value, key.span).prefixed(delimiter).prefixed(_text_of(self.name.value))
        keys = (*self.keys, key.value.text if isinstance(key.value, Str) else "")
        return Way(name, keys, (*self.around, self.name))

    def is_open(self, options: Options) -> bool:
        """Whether pydantic-settings splits the name at exactly these places."""
        delimiter = options.delimiter or ""
        rest = delimiter.join(self.keys)
        return rest.split(delimiter, options.splits - 1 if options.splits else -1) == list(self.keys)


def _text_of(value: Value) -> Value:
    return Str(value.text) if isinstance(value, Str) else value


def nested(
    site: Site,
    field: Field,
    ways: list[Way],
    options: Options,
    need: Need,
    budget: Iterator[int],
    depth: int = 0,
    made_by: Argument | None = None,
) -> Iterator[Use | PatternRead]:
    """The reads of the fields of the models that a field can be.

    `budget` yields one item for each field that may still be followed. `made_by` is the prefix of the variables
    that create the model, if its default is in use otherwise: see `Reference.needed_with`.
    """
    shape = field.shape
    if shape.maps or shape.unknown:
        for way in ways:
            yield from _family(way, options)
    models = [model for model in shape.models if isinstance(model, Class)]
    for model in models if depth <= NESTED_MODELS.most else ():
        config = config_of(site, model)
        own = options_from(config, is_first_version=options.is_first_version)
        inside = replace(own, case_sensitive=options.case_sensitive, delimiter=options.delimiter)
        is_partial = dict(site.keywords_of(model)).get("total") == Known("False") or not _is_only(shape)
        # A settings class also reads variables of its own; a validator may add what is not set.
        is_partial = is_partial or derives(site, model, BASES) or _is_filled(field)
        for found in fields_of(site, model, field.span).values():
            if next(budget, None) is None:
                return
            inner = found.field
            own_need = need_of(site, inner)
            if own_need is Need.REQUIRED and is_partial:
                own_need = Need.OPTIONAL
            names = names_of(site, inner, inside)
            further = [way.to(name, options) for way in ways for name, _ in names]
            further = [way for way in further if way.is_open(options)]
            if own_need is Need.REQUIRED and len(further) > 1:
                own_need = Need.OPTIONAL
            mine = own_need if need is Need.REQUIRED else need
            is_needed_with = own_need is Need.REQUIRED
            its = made_by if is_needed_with else None if is_partial else parts_of(inner, further, options)
            deeper = tuple(nested(site, inner, further, options, mine, budget, depth + 1, its))
            if mine is Need.REQUIRED:
                around = [each for way in further for each in (way.name, *way.around)]
                deeper = with_a_required_one(deeper, around, any_part_of(site, inner, further, options))
            for way in further:
                is_json = bool(deeper) and mine is Need.REQUIRED
                partner = made_by if is_needed_with and not deeper else None
                is_alone = mine is Need.REQUIRED and not is_json
                yield Use(
                    way.name,
                    IDIOM,
                    need=Need.DEFAULTED if is_json else mine,
                    instead=way.around if is_alone or partner else (),
                    exact=options.case_sensitive,
                    needed_with=partner,
                )
            yield from deeper


def _is_only(shape: Shape) -> bool:
    """Whether a value that has parts is certainly an object of one known model."""
    return len(shape.models) == 1 and not (shape.maps or shape.lists or shape.unknown)


def _is_filled(field: Field) -> bool:
    """Whether a validator in the annotation of a field may change what pydantic gets."""
    return _FILLING.search(field.annotation) is not None


def parts_of(field: Field, ways: list[Way], options: Options) -> Argument | None:
    """The prefix of the variables that replace the default of a field by a model; None if it is not known."""
    is_plain = not (field.conditional or field.corrected or _is_filled(field)) and _is_only(field.shape)
    if options.keeps_defaults or not is_plain or len(ways) != 1:
        return None
    return ways[0].name.suffixed(options.delimiter or "")


def any_part_of(site: Site, field: Field, ways: list[Way], options: Options) -> Argument | None:
    """The prefix of the variables that create the model of a field, whatever their names; None for others."""
    models = field.shape.models
    ignores = all(
        isinstance(model, Class) and config_of(site, model).text("extra", "ignore") != "forbid"
        for model in models
    )
    return ways[0].name.suffixed(options.delimiter or "") if models and ignores and len(ways) == 1 else None


def with_a_required_one(
    deeper: tuple[Use | PatternRead, ...], around: Sequence[Argument], any_with: Argument | None
) -> tuple[Use | PatternRead, ...]:
    """The reads of the fields of a required model, of which one is necessary even if all have defaults.

    `around` are the variables that can set the whole model, `any_with` is the prefix of those that set parts.
    """
    uses = [each for each in deeper if isinstance(each, Use) and each.need is not Need.REQUIRED]
    if not uses or len(uses) < len(deeper):
        return deeper
    first, *others = uses
    instead = (*around, *(each.key for each in others))
    return (replace(first, need=Need.REQUIRED, instead=instead, any_with=any_with), *others)


def _family(way: Way, options: Options) -> Iterator[PatternRead]:
    """Reads of any name after the delimiter."""
    prefix = way.name.suffixed(options.delimiter or "")
    yield PatternRead(prefix.value)
    if not options.case_sensitive:
        yield PatternRead(prefix.changed("lower").value)

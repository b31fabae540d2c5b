"""The fields of a settings class or nested model, including inherited ones, and their need."""

from __future__ import annotations

from msgspec import Struct

from configvars.converters import PYDANTIC_URLS
from configvars.limits import LINEAGE, beyond
from configvars.model import Need
from configvars.names.values import UNKNOWN, Class, Known, Nothing, Str, Value, alternatives
from configvars.patterns import lazy_pattern
from configvars.readers.base import Argument, CallParts, Field, Site
from configvars.readers.pydantic_aliases import field_calls
from configvars.readers.pydantic_paths import BASES, FIELDS, derives, path_of
from configvars.text import Mark, Span

_ELLIPSIS = Known("...")
_NULLABLE = lazy_pattern(r"\b(?:Optional\[|None\b)")
# Types that certainly do not accept None.
_NEVER_NONE = lazy_pattern(
    rf"(?:\w+\.)?(?:str|int|float|bool|bytes|SecretStr|SecretBytes|AnyUrl|{'|'.join(PYDANTIC_URLS)}"
    r"|(?:list|dict|set|tuple|frozenset|List|Dict|Set|Tuple)(?:\[[\w.,\s\[\]]*\])?)"
)
_FACTORIES = ("dataclasses.field", "pydantic.dataclasses.Field")


class Found(Struct, frozen=True):
    """A field, and the class that declares it."""

    field: Field
    of: Class


def fields_of(
    site: Site,
    cls: Class,
    at: Span,
    *,
    is_first_version: bool = False,
    known: dict[Mark, dict[str, Found]] | None = None,
) -> dict[str, Found]:
    """The fields of a class by name; its own fields override inherited ones.

    `known` are the results for other classes: a class may be a base of another in several ways.
    """
    known = {} if known is None else known
    if cls.home in known:
        return known[cls.home]
    found: dict[str, Found] = {}
    if len(known) > LINEAGE.most:
        beyond(LINEAGE)
        return found
    known[cls.home] = found
    for base in reversed(site.bases_of(cls)):
        for choice in alternatives(base):
            if isinstance(choice, Class):
                found.update(fields_of(site, choice, at, is_first_version=is_first_version, known=known))
    for field in site.declared(cls, at):
        if not _is_left_out(field) and (field.annotation or (is_first_version and _is_plain(field))):
            found[field.name] = Found(field, cls)
    return found


def _is_left_out(field: Field) -> bool:
    is_private = field.name.startswith("_") or field.name == "model_config"
    return is_private or field.item or "ClassVar" in field.annotation


def _is_plain(field: Field) -> bool:
    return field.value is not None and isinstance(field.value.value, Str | Known)


def need_of(
    site: Site, field: Field, *, is_first_version: bool = False, checks_defaults: bool = False
) -> Need:
    """Required without a default; optional if the default is None, or if a branch or a method may set the field.

    A settings class checks its defaults (`checks_defaults`): `a: str = None` fails.
    """
    default = _default(site, field)
    if field.conditional and (default is None or default.value == _ELLIPSIS):
        return Need.OPTIONAL
    if default is None and is_first_version and _NULLABLE.search(field.annotation):
        return Need.OPTIONAL
    if default is None and ("NotRequired[" in field.annotation):
        return Need.OPTIONAL
    if default is None or default.value == _ELLIPSIS or _fails(site, field, default.value):
        return Need.REQUIRED
    if not isinstance(default.value, Nothing):
        return Need.DEFAULTED
    return Need.REQUIRED if checks_defaults and _is_refused(field) else Need.OPTIONAL


def _is_refused(field: Field) -> bool:
    """Whether the default None is checked, and not accepted."""
    call = _value_call(field)
    is_checked = call is None or call.argument(None, "validate_default") is None
    is_plain = is_checked and not field.conditional and not field.corrected
    return is_plain and _NEVER_NONE.fullmatch(field.annotation.strip("\"'")) is not None


def _fails(site: Site, field: Field, default: Value) -> bool:
    """Whether a default is the class of a model, called without arguments, that has a required field."""
    if not isinstance(default, Class) or derives(site, default, BASES):
        return False
    inside = fields_of(site, default, field.span).values()
    return any(_default(site, each.field) is None and not each.field.conditional for each in inside)


def _default(site: Site, field: Field) -> Argument | None:
    """The default of a field; None if it has no default."""
    call = _value_call(field)
    if call is not None:
        return _given_default(call, field.span)
    if field.value is not None:
        return field.value
    inside = [_given_default(call, field.span) for call in field_calls(field)]
    return next((default for default in inside if default is not None), None)


def _value_call(field: Field) -> CallParts | None:
    """The `Field(…)`, or `field(…)` of a dataclass, that is the value of a field."""
    if field.value is None or not field.calls:
        return None
    last = field.calls[-1]
    is_value = path_of(last.callee) in FIELDS or path_of(last.callee) in _FACTORIES
    return last if is_value and field.is_called else None


def _given_default(call: CallParts, at: Span) -> Argument | None:
    given = call.argument(0, "default") or call.argument(None, "default_factory")
    if given is None and call.rest:
        return Argument(UNKNOWN, at)
    return given

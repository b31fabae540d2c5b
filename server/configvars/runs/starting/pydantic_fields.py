"""The fields, validators and options of a class of pydantic, as far as a start can follow them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec import Struct, field

from configvars.patterns import lazy_pattern
from configvars.runs.starting.class_statements import (
    PLAIN_BASES,
    lineage,
    method_of,
    outside_bases,
    statements_of,
)
from configvars.runs.starting.machine import path_of, words
from configvars.runs.starting.values import UNKNOWN, Class, Constant, Value
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions

SETTINGS = frozenset({"pydantic_settings.BaseSettings", "pydantic_settings.main.BaseSettings"})
OLD_SETTINGS = frozenset({"pydantic.BaseSettings", "pydantic.v1.BaseSettings"})
_MODELS = frozenset({"pydantic.BaseModel", "pydantic.main.BaseModel"})
_CALLS = frozenset({"pydantic.Field", "pydantic.fields.Field", "pydantic.v1.Field"})
TEXTS = frozenset({"builtins.str", "typing.Literal"})
NUMBERS = frozenset({"builtins.bool", "builtins.float", "builtins.int"})
_URLS = "AmqpDsn AnyHttpUrl AnyUrl EmailStr HttpUrl MongoDsn MySQLDsn PostgresDsn RedisDsn"
URLS = frozenset(f"pydantic.{name}" for name in _URLS.split())
_OTHERS = "datetime.timedelta decimal.Decimal pathlib.Path pydantic.SecretBytes pydantic.SecretStr uuid.UUID"
SCALARS = TEXTS | NUMBERS | URLS | {"builtins.bytes", *_OTHERS.split()}
_STRICT = SCALARS.union(
    (f"builtins.{name}" for name in ("dict", "frozenset", "list", "set", "tuple")),
    (f"typing.{name}" for name in ("Dict", "List", "Set", "Tuple")),
)
_NULLABLE = lazy_pattern(r"(?:typing\.|t\.)?Optional\[(.+)\]|(.+)\|None|None\|(.+)")
# Options with which fields have other values, or are not validated, and methods that may do anything.
_OPTIONS = lazy_pattern(
    r"\*\*|cli_|customise_|secrets_dir|validate_(?:all|by|default)|alias_generator|_parse|partial_update|str_|strict"
)
# Folders in which a dyno has no secrets, and cannot write any.
_NO_SECRETS = lazy_pattern(r"[\"']?secrets_dir[\"']?[=:][\"']/(?:etc|run|var/run)/[\w./-]*[\"']")
_CUSTOM = lazy_pattern(r"__\w+__|(?:settings_)?customise_sources|model_validate\w*|model_construct|parse_\w+")
_HARMLESS = lazy_pattern(
    r"property|(?:functools\.)?cached_property|classmethod|staticmethod|(?:pydantic\.)?(?:computed_field|"
    r"field_serializer|model_serializer)\b.*"
)
_VALIDATOR = lazy_pattern(r"(?:pydantic\.)?(field_validator|model_validator|validator)\((.*)\)")
_MODE = lazy_pattern(r"mode=[\"'](\w+)[\"']")
_NAMES = lazy_pattern(r"(?<!mode=)[\"'](\w+|\*)[\"']")


class Field(Struct, frozen=True):
    """A field with its default (None without one). `kinds`: the path of its type, empty if it is not plain.

    `nullable`: it accepts None. `has_alias`: it may have another name as an argument.
    """

    of: Class
    statement: Node
    default: Value | None
    kind: str
    nullable: bool
    has_alias: bool


class Validator(Struct, frozen=True):
    """A function that validates some fields, or the whole object if it names none."""

    node: Node
    of: Class
    names: frozenset[str]
    mode: str


class Shape(Struct):
    """The fields and validators of a class. `text` is the text of its statements, `base` pydantic's class.

    `lacks_secrets`: it also looks for files, which do not exist on a dyno.
    """

    base: str
    fields: dict[str, Field] = field(default_factory=dict)
    validators: dict[str, Validator] = field(default_factory=dict)
    text: str = ""
    lacks_secrets: bool = False

    @property
    def is_settings(self) -> bool:
        """Whether the fields read variables."""
        return self.base in SETTINGS | OLD_SETTINGS

    def may_be_none(self, one: Field) -> bool:
        """Whether a field accepts None because None is its default, as in version 1 of pydantic."""
        default = one.default.known if one.default is not None else None
        is_none = isinstance(default, Constant) and default.content is None
        return self.base in OLD_SETTINGS or (is_none and self.base not in SETTINGS)


def shape_of(expressions: Expressions, one: Class) -> Shape | None:
    """The fields and validators of a class, and its base class of pydantic; None if not all are known."""
    outside = outside_bases(expressions, one) - PLAIN_BASES
    if len(outside) != 1 or not outside <= SETTINGS | OLD_SETTINGS | _MODELS:
        return None
    shape = Shape(next(iter(outside)))
    for each in lineage(one):
        for statement in statements_of(each):
            if not _add(expressions, shape, each, statement):
                return None
    return shape


def _add(expressions: Expressions, shape: Shape, one: Class, statement: Node) -> bool:
    """Add what a statement in a class declares; false if it may be anything."""
    around = one.around
    if around is None:
        return False
    shape.text += around.module.tree.source(statement)
    if statement.type == "expression_statement":
        return _add_field(expressions, shape, one, statement)
    name = words(statement.child_by_field_name("name"), around.module)
    if statement.type == "class_definition" and name == "Config":
        return _are_known(expressions, shape, words(statement, around.module))
    inner, decorators = method_of(statement, one)
    if inner is None:
        return statement.type == "pass_statement"
    name = words(inner.child_by_field_name("name"), around.module)
    if _CUSTOM.fullmatch(name) or name in shape.fields:
        return False
    others = [each for each in decorators if not _HARMLESS.fullmatch(each)]
    found = _VALIDATOR.fullmatch(others[0]) if len(others) == 1 else None
    shape.validators.pop(name, None)
    if found is not None:
        mode = _MODE.search(found[2])
        names = frozenset(_NAMES.findall(found[2]))
        is_known = bool(names) != (found[1] == "model_validator")
        kind = mode[1] if mode is not None else "after"
        kind = "old" if found[1] == "validator" else kind
        shape.validators[name] = Validator(inner, one, names, kind)
        return is_known and (bool(names) or (kind == "after" and decorators == others))
    if name == "model_post_init":
        shape.validators[name] = Validator(inner, one, frozenset(), "after")
    return not others


def _are_known(expressions: Expressions, shape: Shape, options: str) -> bool:
    """Whether it is known what the options of a class do."""
    project = expressions.machine.project
    is_container = any(os.path.basename(path) == "heroku.yml" for path in project.index.files)
    others, lacking = _NO_SECRETS.subn("", options) if not is_container else (options, 0)
    shape.lacks_secrets = shape.lacks_secrets or lacking > 0
    return not _OPTIONS.search(others)


def _add_field(expressions: Expressions, shape: Shape, one: Class, statement: Node) -> bool:
    around, inner = one.around, next(iter(named(statement)), None)
    if inner is None or around is None or inner.type != "assignment":
        return inner is not None and inner.type == "ellipsis"
    name = words(inner.child_by_field_name("left"), around.module)
    annotation = words(inner.child_by_field_name("type"), around.module)
    if name == "model_config":
        text = words(inner.child_by_field_name("right"), around.module)
        is_plain = text.startswith(("{", "SettingsConfigDict(", "ConfigDict("))
        return is_plain and _are_known(expressions, shape, text)
    if not annotation or name.startswith("_") or "ClassVar" in annotation:
        return True
    right = inner.child_by_field_name("right")
    default = one.names.get(name, UNKNOWN) if right is not None else None
    is_called = default is not None and path_of(default).removesuffix("()") in _CALLS
    if is_called:
        default = _given(expressions, one, right)
    nullable = _NULLABLE.fullmatch(annotation)
    bare = next((each for each in nullable.groups() if each), "") if nullable else annotation
    kind = path_of(_type(expressions, one, bare.partition("[")[0]))
    is_any = path_of(_type(expressions, one, annotation)) == "typing.Any"
    shape.fields[name] = Field(
        one,
        statement,
        default,
        kind if kind in _STRICT else "",
        nullable is not None or is_any,
        "alias" in annotation or (is_called and "alias" in words(right, around.module)),
    )
    return True


def _type(expressions: Expressions, one: Class, text: str) -> Value:
    first, _, rest = text.partition(".")
    value = expressions.name(one.around, first) if one.around is not None else UNKNOWN
    return expressions.attribute(one.around, value, rest) if rest and one.around is not None else value


def _given(expressions: Expressions, one: Class, call: Node | None) -> Value | None:
    """The default that `Field(…)` is given; None without one."""
    given = call.child_by_field_name("arguments") if call is not None else None
    for each in named(given) if given is not None else ():
        if each.type == "ellipsis":
            return None
        if each.type != "keyword_argument":
            return expressions.quietly(one.around, each) if one.around is not None else UNKNOWN
        name = words(each.child_by_field_name("name"), one.around.module) if one.around is not None else ""
        if name == "default" and one.around is not None:
            value = each.child_by_field_name("value")
            is_missing = value is not None and value.type == "ellipsis"
            return None if is_missing else expressions.quietly(one.around, value)
        if name == "default_factory":
            return UNKNOWN
    return None

"""How a reader converts the string that it reads: `env.int("X")`, `config("X", cast=bool)`.

A conversion is `""` (none), the name of a converter in `converters` that rejects some strings, or `?` for
anything else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from configvars.converters import PYDANTIC_URLS
from configvars.names.evaluate import Evaluator
from configvars.names.values import External, Known, Sequence, Value, alternatives
from configvars.patterns import lazy_pattern
from configvars.readers.base import CallParts, Use
from configvars.readers.class_text import class_text, enums, once
from configvars.readers.parts import parts
from configvars.syntax.python import Node

TEXT, OTHER = "", "?"
LITERAL = "Literal"
"""The conversion of a read that accepts only the strings that its annotation or call lists.

They are read from the code where the value is judged.
"""
CHOICES = frozenset({"decouple.Choices()"})
ONE_OF = frozenset({"environs.validate.OneOf()", "marshmallow.validate.OneOf()"})

# Functions that convert a string: their path, and the converter that raises for the same strings.
CALLED: Mapping[str, str] = {
    "builtins.int": "int",
    "builtins.float": "float",
    "decimal.Decimal": "Decimal",
    "uuid.UUID": "UUID",
    "json.loads": "json.loads",
    "ast.literal_eval": "ast.literal_eval",
    "distutils.util.strtobool": "strtobool",
    "setuptools.distutils.util.strtobool": "strtobool",
    "str2bool.str2bool_exc": "strtobool",
    "flask.Flask().run(port)": "Flask port",
    "flask.Flask().run(1)": "Flask port",
    "sqlalchemy.create_engine": "SQLAlchemy URL",
    "sqlalchemy.create_engine(0)": "SQLAlchemy URL",
    "sqlalchemy.engine.create_engine": "SQLAlchemy URL",
    "sqlalchemy.engine.create_engine(0)": "SQLAlchemy URL",
    "sqlalchemy.engine.make_url": "SQLAlchemy URL",
    "sqlalchemy.ext.asyncio.create_async_engine": "SQLAlchemy URL",
    "sqlalchemy.ext.asyncio.create_async_engine(0)": "SQLAlchemy URL",
}
_BY_LIBRARY: Mapping[str, Mapping[str, str]] = {
    "environs.Env()": {
        "bool": "environs.bool",
        "float": "environs.float",
        "json": "environs.json",
        "decimal": "environs.Decimal",
    },
    "environ.Env()": {"bool": OTHER, "float": OTHER},  # django-environ accepts any string for these
    "environ.FileAwareEnv()": {"bool": OTHER, "float": OTHER},
    "decouple": {"bool": "decouple.bool"},
    "starlette.config.Config()": {"bool": "Starlette.bool"},
}
_METHODS = {
    "int": "int",
    "float": "float",
    "bool": "bool",
    "json": "json.loads",
    "str": TEXT,
    "decimal": "Decimal",
}
_CASTS = {
    "builtins.int": "int",
    "builtins.float": "float",
    "builtins.bool": "bool",
    "json.loads": "json.loads",
}
_CASTS |= {"builtins.str": TEXT, "decimal.Decimal": "Decimal", "uuid.UUID": "UUID"}
_RAW = ("os.environ.", "os.environ[]", "dotenv_values")
_IGNORES_EMPTY = lazy_pattern(r"\benv_ignore_empty[\"']?\s*[=:]\s*True\b")
_FIELD = lazy_pattern(r"(?:typing\.|t\.)?(\w+)\s*(?:\[|$)")
_NUMBERS = {"int": "pydantic.int", "float": "float", "bool": "pydantic.bool"}
_NUMBERS |= {
    "PositiveInt": "pydantic.int",
    "NonNegativeInt": "pydantic.int",
    "Decimal": "Decimal",
    "UUID": "UUID",
}
_OF_TYPED = {"int": "int", "float": "float", "bool": "pydantic.bool"}
_JSON = frozenset(
    {"list", "List", "dict", "Dict", "set", "Set", "tuple", "Tuple", "frozenset", "FrozenSet", "Json"}
)
_NOTHING = lazy_pattern(r"^(?:(?:typing\.)?Optional\[(.*)\]|(.*?)\s*\|\s*None|None\s*\|\s*(.*))$", re.DOTALL)


def converter_of(evaluator: Evaluator, node: Node, use: Use) -> str:
    """The conversion of the value of a read: `TEXT`, the name of a converter, or `OTHER`."""
    if use.scope == "flask" or use.idiom == "os.getenv" or use.idiom.startswith(_RAW):
        return TEXT
    if use.idiom == "pydantic-settings":
        return _of_field(evaluator, use)
    if use.idiom == "typed_settings":
        return _of_typed_field(evaluator, use)
    if node.type != "call" or use.via is not None:
        return OTHER
    call = parts(evaluator, node)
    for callee in alternatives(call.callee):
        for owner, own in _BY_LIBRARY.items():
            if isinstance(callee, External) and callee.path.startswith(owner):
                return _of_call(callee, call, own, owner)
    return OTHER


def _of_call(callee: External, call: CallParts, own: Mapping[str, str], owner: str) -> str:
    method = callee.path.removeprefix(owner).rpartition(".")[2]
    if owner == "environs.Env()" and (method == "str" or callee.path == owner):
        return _of_validated(call)
    if owner == "environs.Env()" and method in ("dict", "list", "log_level", "uuid"):
        return _of_environs(method, call)
    if owner.startswith("environ") and method in _METHODS and callee.path != owner:
        if call.argument(None, "subcast", "validate") is not None:
            return OTHER
        return own.get(method, _METHODS[method])
    if owner == "environs.Env()":
        return OTHER
    cast = call.argument(2 if owner == "decouple" else 1, "cast")
    if cast is None and owner.startswith("environ."):
        return _smart(call)
    return TEXT if cast is None else _of_cast(cast.value, own)


def _of_environs(method: str, call: CallParts) -> str:
    """The conversion of a list, a dict, a log level or a UUID, with environs' own separators."""
    if call.rest or call.argument(None, "delimiter", "key_value_delimiter", "validate") is not None:
        return OTHER
    if method == "dict":
        values = call.argument(None, "subcast_values")
        is_int = values is not None and getattr(values.value, "path", "") == "builtins.int"
        return "environs.dict of int" if is_int else "environs.dict"
    if method != "list":
        return {"log_level": "environs.log_level", "uuid": "UUID"}[method]
    subcast = call.argument(2, "subcast")
    name = _CASTS.get(subcast.value.path) if subcast and isinstance(subcast.value, External) else None
    return f"environs.list of {name}" if name in ("int", "float", "bool", "Decimal") else OTHER


def _of_validated(call: CallParts) -> str:
    """The conversion of a string of environs with `validate=`."""
    validate = call.argument(None, "validate")
    if validate is None:
        return OTHER if call.rest else TEXT
    return LITERAL if getattr(validate.value, "path", "") in ONE_OF else OTHER


def _of_cast(cast: Value, own: Mapping[str, str]) -> str:
    if isinstance(cast, External) and cast.path in CHOICES:
        return LITERAL
    name = _CASTS.get(cast.path, OTHER) if isinstance(cast, External) else OTHER
    return own.get(name, name)


def _smart(call: CallParts) -> str:
    """The conversion of django-environ's `env(…)`, from the type of the default or from the scheme."""
    default = call.argument(2, "default")
    if default is not None:
        number = isinstance(default.value, Known) and default.value.text.isdigit()
        return "int" if number else OTHER
    constructor = getattr(call.callee, "arguments", None)
    schemes = dict(constructor.keywords) if constructor is not None else {}
    key = call.argument(0, "var")
    scheme = schemes.get(getattr(key.value, "text", "")) if key is not None else None
    if scheme is None:
        return OTHER if constructor is not None and constructor.rest else TEXT
    return _of_cast(
        scheme.items[0] if isinstance(scheme, Sequence) and scheme.items else scheme, {"bool": OTHER}
    )


def _of_field(evaluator: Evaluator, use: Use) -> str:
    """The converter of an annotated field of this file, if pydantic alone converts it."""
    found = _field_at(evaluator, use)
    if found is None:
        return OTHER
    name, annotation, body = found
    of_class = class_text(evaluator, body)
    if of_class.decodes:
        return OTHER
    if any(True for _ in evaluator.tree.words("json_loads")):  # an option that a derived class may set
        return OTHER
    written, validated = evaluator.tree.source(annotation), of_class.validates(name)
    kind = without_none(written)[0]
    if not validated and kind in enums(evaluator):
        return LITERAL
    url = once(evaluator, ("url", kind), lambda: _pydantic_url(evaluator.tree.text, kind))
    return OTHER if url and validated else url or of_annotation(written, validated=validated)


def _pydantic_url(text: str, annotation: str) -> str:
    """The converter for a URL type that this file imports from pydantic; empty for any other annotation."""
    name = annotation.strip("\"'").removeprefix("pydantic.")
    if name not in PYDANTIC_URLS:
        return ""
    imported = re.search(
        rf"^\s*from pydantic(?:\.networks)? import (?:\([^)]*)?[^()\n]*?\b{name}\b(?! as)", text, re.MULTILINE
    )
    return f"pydantic.{name}" if imported or annotation.startswith("pydantic.") else ""


def _of_typed_field(evaluator: Evaluator, use: Use) -> str:
    """The converter of an annotated field of this file, if typed-settings alone converts it."""
    found = _field_at(evaluator, use)
    if found is None or any(True for _ in evaluator.tree.words("converter")):
        return OTHER
    written = evaluator.tree.source(found[1])
    converter = of_annotation(written)
    return _OF_TYPED.get(written, converter if converter == LITERAL else OTHER)


def _field_at(evaluator: Evaluator, use: Use) -> tuple[str, Node, Node] | None:
    """The name and the annotation of a field, and the body of its class."""
    tree, span = evaluator.tree, use.key.span
    name = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
    field = name.parent if name is not None else None
    if (
        name is None
        or field is None
        or field.type != "assignment"
        or field.child_by_field_name("left") != name
    ):
        return None
    annotation = field.child_by_field_name("type")
    body = field.parent.parent if field.parent is not None else None
    return None if annotation is None or body is None else (tree.source(name), annotation, body)


def without_none(annotation: str) -> tuple[str, bool]:
    """The type in `Optional[…]` or `… | None`, otherwise the annotation; and whether None is allowed."""
    optional = _NOTHING.match(annotation.strip().strip("\"'"))
    inner = next(part for part in optional.groups() if part is not None) if optional else annotation.strip()
    return inner, optional is not None


def of_annotation(written: str, *, validated: bool = False) -> str:
    """The converter for the annotation of a field, given as source text.

    `validated`: validators of the class get the value first. Lists and dicts are parsed as JSON even before
    those.
    """
    inner, optional = without_none(written)
    found = _FIELD.match(inner)
    name = found[1] if found else ""
    if "|" in inner or (validated and (optional or name not in _JSON)):
        return OTHER
    if name in _JSON:
        return "json.loads"
    if name == LITERAL and inner.endswith("]"):
        return LITERAL
    return _NUMBERS.get(name, OTHER) if re.fullmatch(r"[\w.]+", inner) else OTHER


def is_required_text(evaluator: Evaluator, use: Use) -> bool:
    """Whether a field of a pydantic settings class accepts every string, and has no default."""
    found = _field_at(evaluator, use) if use.idiom == "pydantic-settings" and use.default is None else None
    if found is None or evaluator.tree.source(found[1]) not in ("str", "SecretStr"):
        return False
    return not class_text(evaluator, found[2]).validates(found[0])


def passes_over_empty(evaluator: Evaluator, use: Use) -> bool:
    """Whether the class of a field may ignore empty values (`env_ignore_empty`, perhaps in a base class)."""
    found = _field_at(evaluator, use)
    statement = found[2].parent if found is not None else None
    bases = statement.child_by_field_name("superclasses") if statement is not None else None
    if found is None or bases is None:
        return True
    inherited = re.findall(r"\w+", evaluator.tree.source(bases))
    plain = {"BaseSettings", "BaseModel", "pydantic_settings", "pydantic", "v1", "extra", "case_sensitive"}
    return "env_ignore_empty" in evaluator.tree.source(found[2]) or not plain.issuperset(inherited)


def requires_content(evaluator: Evaluator, use: Use) -> bool:
    """Whether an empty value counts as not set for a field without a default, by its own class."""
    if use.idiom != "pydantic-settings" or use.default is not None:
        return False
    found = _field_at(evaluator, use)
    if found is None or found[1].parent is None or found[1].parent.child_by_field_name("right") is not None:
        return False
    return _IGNORES_EMPTY.search(evaluator.tree.source(found[2])) is not None

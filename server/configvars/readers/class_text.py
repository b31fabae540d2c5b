"""What the text of a file or class says about all its fields, found once for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from typing import TypeVar

from msgspec import Struct

from configvars.names.evaluate import Evaluator
from configvars.patterns import lazy_pattern
from configvars.syntax.python import Node

_ENUM = lazy_pattern(r"^class (\w+)\((?:[\w., ]*[\s.,])?(?:Str)?Enum\)\s*:", re.MULTILINE)
_OF_ALL = lazy_pattern(r"""["']\*["']|BeforeValidator|root_validator|model_validator""")
_QUOTED = lazy_pattern(r"""["'](\w+)(?=["'])""")

_T = TypeVar("_T")


class ClassText(Struct, frozen=True):
    """What the text of a class says about all its fields. `quoted` are the words in quotes."""

    decodes: bool
    has_validators: bool
    validates_all: bool
    quoted: frozenset[str]

    def validates(self, name: str) -> bool:
        """Whether the class has a validator that may accept other strings for a field."""
        return self.has_validators and (self.validates_all or name in self.quoted)


def class_text(evaluator: Evaluator, body: Node) -> ClassText:
    """What the body of a class says about all its fields."""
    return once(evaluator, body.id, lambda: _class_text(evaluator.tree.source(body)))


def _class_text(source: str) -> ClassText:
    return ClassText(
        decodes=any(word in source for word in ("NoDecode", "enable_decoding", "parse_env_var")),
        has_validators=any(word in source for word in ("validator(", "BeforeValidator", "root_validator")),
        validates_all=_OF_ALL.search(source) is not None,
        quoted=frozenset(_QUOTED.findall(source)),
    )


def enums(evaluator: Evaluator) -> frozenset[str]:
    """The names of the enum classes of a file."""
    return once(evaluator, "enums", lambda: frozenset(_ENUM.findall(evaluator.tree.text)))


def once(evaluator: Evaluator, what: Hashable, find: Callable[[], _T]) -> _T:
    """The result of `find`, which reads nothing but the text of the file."""
    known, key = evaluator.told.answers, ("text", what)
    if key not in known:
        known[key] = find()
    found: _T = known[key]
    return found

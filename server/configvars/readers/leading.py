"""Whether a value leads to variables.

It does if code can read a variable through it: `os`, `os.environ`, a function that reads or returns one, an
object or class that holds one.
"""

from __future__ import annotations

from collections.abc import Set

from configvars.limits import OBJECT_DEPTH, beyond
from configvars.names import classes, imports
from configvars.names.evaluate import Evaluator
from configvars.names.memory import Ask, Listed
from configvars.names.values import (
    Class,
    External,
    Function,
    Instance,
    Mapping,
    Module,
    OneOf,
    Parameter,
    Sequence,
    Value,
)


class Leading:
    """Whether values lead to variables; each answer is stored with the other answers that it depends on."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._known: Listed[bool] = Listed()
        self._values: list[Value] = []

    def forget(self, changed: Set[Ask]) -> None:
        """Discard the answers that depend on answers that have changed."""
        self._known.forget(changed)

    def leads(self, value: Value, depth: int = 0) -> bool:
        """Whether a value is, holds or makes something that reads variables."""
        # By identity, because comparing values that contain each other is slower than following them.
        return self._evaluator.memory.recall(
            self._known, (id(value), depth), lambda: self._noted(value, depth), False
        )

    def _noted(self, value: Value, depth: int) -> bool:
        self._values.append(value)  # keeps the object alive, so that no other object gets its id
        return self._found(value, depth)

    def _found(self, value: Value, depth: int) -> bool:
        match value:
            case _ if depth > OBJECT_DEPTH.most:
                beyond(OBJECT_DEPTH)
                return False
            case External():
                return self._evaluator.interest.leads(value.path)
            case Module():
                return self._module_leads(value)
            case Function() | Class() if self._evaluator.leads(value.home):
                return True
            case Function():
                return bool(self._evaluator.reads(value.home))
            case Class():
                above = classes.lineage(self._evaluator, value)
                return any(self.leads(base, depth + 1) for base in above if base != value)
            case _:
                return any(self.leads(part, depth + 1) for part in _parts(value))

    def _module_leads(self, module: Module) -> bool:
        evaluator = self._evaluator
        leads = evaluator.elsewhere.leading_names
        if module.path is not None and leads(evaluator.path, module.path):
            return True
        for dotted in imports.modules(evaluator.tree):
            if dotted.startswith(f"{module.dotted}."):  # `import a.b` binds `a`
                inner = evaluator.ask(dotted)
                if isinstance(inner, Module) and inner.path and leads(evaluator.path, inner.path):
                    return True
        return False


def _parts(value: Value) -> tuple[Value, ...]:
    match value:
        case Instance():
            return (value.cls, *(given for _, given in value.bound))
        case OneOf():
            return value.values
        case Sequence():
            return value.items
        case Mapping():
            return tuple(item for _, item in value.items)
        case Parameter() if value.default is not None:
            return (value.default,)
        case _:
            return ()

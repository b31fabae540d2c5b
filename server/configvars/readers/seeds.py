"""The names at which the scan of a file starts: imports and conventions that lead to variables."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from configvars.names import imports
from configvars.names.evaluate import Evaluator
from configvars.names.interest import Interest
from configvars.names.scopes import binding_at
from configvars.names.values import External, Module, Value

_DYNAMIC_IMPORTS = ("__import__", "import_module")


def seeds(evaluator: Evaluator, interest: Interest, leads: Callable[[Value], bool]) -> Iterator[str]:
    """The names of a file that lead to variables by themselves."""
    for module, leaf in imports.bound_names(evaluator.tree):
        if interest.may_lead(module) or evaluator.elsewhere.is_known(evaluator.path, module):
            binding = binding_at(leaf)
            if binding is not None and leads(evaluator.bound(binding)):
                yield evaluator.tree.source(leaf)
    for module in imports.star_modules(evaluator.tree):
        yield from _of_star(evaluator, interest, evaluator.ask(module))
    yield from interest.fixtures
    yield from (words.rpartition(".")[2] for words in interest.conventions)
    yield from _DYNAMIC_IMPORTS


def _of_star(evaluator: Evaluator, interest: Interest, module: Value) -> Iterator[str]:
    """The names that `from module import *` imports and that lead to variables."""
    if isinstance(module, Module) and module.path is not None:
        evaluator.needed_files.add(module.path)  # it may import `os`, which nothing else shows
        yield from sorted(evaluator.elsewhere.leading_names(evaluator.path, module.path))
        yield from (path for path in interest.paths if path.isidentifier())
    elif isinstance(module, External):
        prefix = f"{module.path}."
        for path in interest.paths:
            if path.startswith(prefix) and "." not in path[len(prefix) :] and path[-1] not in ")]":
                yield path[len(prefix) :]

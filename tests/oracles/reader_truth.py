"""What a program reads through a library: each name that it comes to ask for, and what it does without."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from oracles.harness import Child, Run
from oracles.truth import VALUES, Truth

_ROUNDS = 6
# What names that end so must hold: a file that is there, a flag.
_BY_ENDING = {"_FILE": "number.txt", "_PATH": "number.txt", "_ON": "1"}
Values = Mapping[str, str]


def reads_of(
    process: Child,
    files: Mapping[str, str],
    names: Iterable[str],
    values: Values,
    is_ignored: Callable[[str], bool],
) -> Truth:
    """The truth about a program that asks for one name after the other, and may stop at one that is absent.

    All that it asks for is given to it, until it asks for no more; `names` are given from the start. A name
    is read if it was asked for in any run, or if the program does something else with it or without it.
    """
    bare = process.load(files)
    asked, given = set(bare.names), set(names)
    full = bare
    for _ in range(_ROUNDS):
        full = process.run([environ(given, values)])[0]
        asked |= full.names
        more = {name for name in full.names if name.isidentifier() and not is_ignored(name)}
        if more <= given:
            break
        given |= more
    without = dict(zip(given, process.run([environ(given - {name}, values) for name in given]), strict=True))
    alone = dict(zip(given, process.run([environ({name}, values) for name in given]), strict=True))
    asked |= frozenset().union(*(run.names for run in without.values()))
    asked |= {name for name, run in without.items() if run.outcome != full.outcome}
    asked |= {name for name, run in alone.items() if run.outcome != bare.outcome}
    required = None if full.errors else frozenset(name for name, run in without.items() if run.errors)
    read = frozenset(name for name in asked if not is_ignored(name))
    return Truth(read, read, required, _files(bare, full), full.outcome)


def environ(names: Iterable[str], values: Values) -> dict[str, str]:
    """Something that each name can hold."""
    return {name: values.get(name) or _by_ending(name) for name in sorted(names)}


def _by_ending(name: str) -> str:
    return next((value for ending, value in _BY_ENDING.items() if name.endswith(ending)), VALUES[0])


def _files(*runs: Run) -> frozenset[str]:
    return frozenset().union(*(run.files for run in runs))

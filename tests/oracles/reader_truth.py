"""What a program reads through a library: each name that it looks up, and what it does without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from oracles.harness import Child, Run
from oracles.truth import VALUES, Truth

_ROUNDS = 6
# Values for names with these endings: an existing file, a boolean.
_BY_ENDING = {"_FILE": "number.txt", "_PATH": "number.txt", "_ON": "1"}
Values = Mapping[str, str]


def reads_of(
    process: Child,
    files: Mapping[str, str],
    names: Iterable[str],
    values: Values,
    is_ignored: Callable[[str], bool],
) -> Truth:
    """Find out what a program reads that looks up one name after the other, and may stop at one that is not
    set.

    Each name that it looks up is set in the next run, until there are no new ones; `names` are set from the
    start. A name is read if it was looked up in any run, or if the outcome changes with it or without it.
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
    """An environment with a suitable value for each name."""
    return {name: values.get(name) or _by_ending(name) for name in sorted(names)}


def _by_ending(name: str) -> str:
    return next((value for ending, value in _BY_ENDING.items() if name.endswith(ending)), VALUES[0])


def _files(*runs: Run) -> frozenset[str]:
    return frozenset().union(*(run.files for run in runs))

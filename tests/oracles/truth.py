"""Finds out what a program really reads, by running it with and without each variable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from oracles.harness import Child, Run

# A number that nobody uses as a default, a JSON object, a list, and a boolean.
VALUES = ("7", '{"zz": "7"}', '["7"]', "true")
Environ = dict[str, str]


@dataclass(frozen=True)
class Truth:
    """`read` are the names that change the outcome, `looked_up` all names that were looked up.

    `required` are the names without which the program fails while all others are set. It is None if no values
    were found with which the program runs.
    """

    read: frozenset[str]
    looked_up: frozenset[str]
    required: frozenset[str] | None
    files: frozenset[str]
    outcome: str


def truth_of(
    process: Child,
    files: Mapping[str, str],
    candidates: Callable[[Run], Iterable[str]],
    *,
    values: Mapping[str, str] | None = None,
    spelled: Iterable[str] = (),
    ignored: frozenset[str] = frozenset(),
) -> Truth:
    """Find out what a program reads. `candidates` returns the names to try, from the result of a first run.

    `values` are values that some names need for the program to run. Of names that differ only in case, those
    in `spelled` are set, otherwise the last one.
    """
    first = process.load(files)
    names = sorted(set(candidates(first)) - ignored)
    alone = _changing(process, first, names, values or {})
    once = _once(alone, frozenset(spelled))
    full = _full(process, once, frozenset(spelled), values or {})
    if full is None:
        return Truth(frozenset(alone), first.names - ignored, None, first.files, first.outcome)
    kept = _effective(process, full, once)
    full = {name: value for name, value in full.items() if name in kept}
    kept = {name.lower() for name in kept}
    (whole,) = process.run([full])
    return Truth(
        frozenset(name for name in alone if name.lower() in kept),
        frozenset((*alone, *first.names, *whole.names)) - ignored,
        None if whole.errors else _required(process, full),
        first.files,
        first.outcome,
    )


def _required(process: Child, full: Environ) -> frozenset[str]:
    """The names without which a program fails: tried without one, without each pair, and without those
    with its prefix.
    """
    tries: list[tuple[str, set[str]]] = []
    for name in full:
        ends = [end for end, letter in enumerate(name) if not letter.isalnum()]
        kinds = [{other for other in full if other.startswith(name[: end + 1])} for end in ends]
        tries += [(name, out) for out in [{name}, *({name, other} for other in full), *kinds]]
    runs = process.run([_without(full, out) for _, out in tries])
    return frozenset(full) - {name for (name, _), run in zip(tries, runs, strict=True) if not run.errors}


def _without(full: Environ, out: Iterable[str]) -> Environ:
    return {name: value for name, value in full.items() if name not in out}


def _effective(process: Child, full: Environ, names: list[str]) -> set[str]:
    """The names that change what a running program does: with all other names set, or all except one.

    A name that only changes an error, such as one more key of an incomplete part, does not count as read.
    """
    found = _changed(process, full, [[name] for name in names])
    for left_out in sorted(found):
        others = [name for name in names if name not in found]
        rest = _without(full, {left_out})
        if others and _changed(process, rest, [others]):
            found |= _changed(process, rest, [[name] for name in others])
    return found


def _changed(process: Child, full: Environ, groups: list[list[str]]) -> set[str]:
    """The names in the groups that change what the program does with the rest."""
    environs: list[Environ] = []
    for group in groups:
        rest = _without(full, group)
        environs += [rest, *({**rest, **dict.fromkeys(group, value)} for value in VALUES)]
    runs = process.run(environs)
    step = 1 + len(VALUES)
    found: set[str] = set()
    for index, group in enumerate(groups):
        first, *others = runs[index * step : (index + 1) * step]
        if any(not run.errors and run.outcome != first.outcome for run in others):
            found.update(group)
    return found


def _changing(process: Child, first: Run, names: list[str], values: Mapping[str, str]) -> list[str]:
    """The names that change the outcome if only they are set.

    A group that changes nothing is not divided further.
    """
    found: set[str] = set()
    groups = [names] if names else []
    while groups:
        tries: list[tuple[list[str], Environ]] = []
        for group in groups:
            given = VALUES if len(group) == 1 else VALUES[:1]
            tries += [(group, {name: values.get(name, value) for name in group}) for value in given]
        runs = process.run([environ for _, environ in tries])
        different = [
            group for (group, _), run in zip(tries, runs, strict=True) if run.outcome != first.outcome
        ]
        found |= {group[0] for group in different if len(group) == 1}
        groups = [half for group in different if len(group) > 1 for half in _halves(group)]
    return sorted(found)


def _halves(group: list[str]) -> tuple[list[str], list[str]]:
    middle = len(group) // 2
    return group[:middle], group[middle:]


def _once(names: list[str], spelled: frozenset[str]) -> list[str]:
    """The names, with only one spelling of each."""
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(name.lower(), []).append(name)
    return [one for group in alike.values() for one in (spelled.intersection(group) or group[-1:])]


def _full(
    process: Child, read: list[str], likely: frozenset[str], values: Mapping[str, str]
) -> Environ | None:
    """Values for all names with which the program runs; a name for which no value works is left out.

    It starts with the likely names, because wrong names may hide the reason why others do not work.
    """
    environ = _running(process, [name for name in read if name in likely], values)
    if environ is None:
        return _running(process, read, values)
    for name in read:
        if name not in environ:
            choices = [{**environ, name: values.get(name, value)} for value in VALUES]
            runs = process.run(choices)
            environ = next((one for one, run in zip(choices, runs, strict=True) if not run.errors), environ)
    return environ


def _running(process: Child, read: list[str], values: Mapping[str, str]) -> Environ | None:
    read = [name for name in read if name in values or not _has_parts(name, read)]
    environ = {name: values.get(name, VALUES[0]) for name in read}
    for _ in range(3):
        for name in sorted(read, key=lambda name: (-len(name), name)):
            if name in values:
                continue
            rest = {key: value for key, value in environ.items() if key != name}
            choices: list[Environ] = [environ, *({**rest, name: value} for value in VALUES), rest]
            runs = process.run(choices)
            if not runs[0].errors:
                return environ
            best = min(range(len(choices)), key=lambda index: runs[index].errors)
            environ = choices[best]
    return None if process.run([environ])[0].errors else environ


def _has_parts(name: str, read: list[str]) -> bool:
    """Whether other names stand for parts of this name's value: for `DB`, there is also `DB__HOST`."""
    return any(
        other.startswith(name) and not other[len(name) :][:1].isalnum() for other in read if other != name
    )

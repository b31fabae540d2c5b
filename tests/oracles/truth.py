"""What a program really reads: found by giving it names and taking them away again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from oracles.harness import Child, Run

# A text that is no number anybody writes as a default, a JSON object, a list, and what makes a flag.
VALUES = ("7", '{"zz": "7"}', '["7"]', "true")
Environ = dict[str, str]


@dataclass(frozen=True)
class Truth:
    """`read` are the names that change the outcome, `looked_up` those that were asked for at all.

    `required` are the names without which the program fails while all others are there; None where no values
    were found with which it does not fail.
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
    """The truth about a program. `candidates` gives the names to try, from what a first run looked up.

    `values` are what some names must be given for the program to run. Of names that differ in case alone,
    those in `spelled` are given; else the last.
    """
    first = process.load(files)
    names = sorted(set(candidates(first)) - ignored)
    read = _changing(process, first, names, values or {})
    full = _full(process, _once(read, frozenset(spelled)), values or {})
    required = None
    looked_up = set(first.names)
    if full is not None:
        looked_up |= process.run([full])[0].names
        rests = [{key: value for key, value in full.items() if key != name} for name in full]
        without = dict(zip(full, process.run(rests), strict=True))
        required = frozenset(name for name, run in without.items() if run.errors)
    return Truth(frozenset(read), frozenset(looked_up) - ignored, required, first.files, first.outcome)


def _changing(process: Child, first: Run, names: list[str], values: Mapping[str, str]) -> list[str]:
    """The names that change the outcome, each given alone; a group that changes nothing is not divided."""
    found: list[str] = []
    waiting = [names] if names else []
    while waiting:
        group = waiting.pop()
        tries = [values.get(name) for name in group]
        environs = [
            {name: given or value for name, given in zip(group, tries, strict=True)} for value in VALUES
        ]
        if all(run.outcome == first.outcome for run in process.run(environs)):
            continue
        if len(group) == 1:
            found += group
        else:
            middle = len(group) // 2
            waiting += [group[middle:], group[:middle]]
    return sorted(found)


def _once(names: list[str], spelled: frozenset[str]) -> list[str]:
    """The names without those that may be another spelling of one."""
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(name.lower(), []).append(name)
    return [one for group in alike.values() for one in (spelled.intersection(group) or group[-1:])]


def _full(process: Child, read: list[str], values: Mapping[str, str]) -> Environ | None:
    """Values of all names with which the program runs; a name that cannot have any may be left out."""
    environ = {name: values.get(name, VALUES[0]) for name in read}
    for _ in range(2):
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

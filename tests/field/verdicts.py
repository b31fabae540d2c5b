"""The verdicts of people on each finding, and a comparison of a run with them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from bench.table import table
from field.run import Said

DATA = Path(__file__).with_name("verdicts.jsonl")
Verdict = Literal["right", "noise", "wrong"]
VERDICTS: tuple[Verdict, ...] = ("right", "noise", "wrong")
Key = tuple[str, str, int, str, str, bool]


class Judged(msgspec.Struct, frozen=True):
    """The verdict on one finding.

    `grave`: it is an error or a warning; `noise`: it is true but not worth reading.
    """

    repository: str
    commit: str
    path: str
    line: int
    check: str
    variable: str
    grave: bool
    verdict: Verdict
    reason: str

    @property
    def key(self) -> Key:
        """The key by which a finding is looked up."""
        return (self.repository, self.path, self.line, self.check, self.variable, self.grave)


def judged(data: Path = DATA) -> Iterator[Judged]:
    """All verdicts. The file has one per line."""
    for line in data.read_text("utf-8").splitlines():
        yield Judged(**json.loads(line))


def once(said: Iterable[Said]) -> dict[Key, Said]:
    """Each finding once, in the first situation in which it is reported."""
    found: dict[Key, Said] = {}
    for one in said:
        found.setdefault(one.key, one)
    return found


def report(said: Iterable[Said], verdicts: Iterable[Judged]) -> str:
    """Tables by check: errors and warnings, then the other findings; then the findings without a verdict."""
    known = {one.key: one for one in verdicts}
    found = once(said)
    parts = []
    for title, grave in (("Errors and warnings", True), ("Information and hints", False)):
        mine = [one for one in found.values() if one.grave is grave]
        parts.append(f"### {title}\n\n{_table(mine, known)}")
    unread = [one for one in found.values() if one.grave and one.key not in known]
    lines = [
        f"{one.repository} {one.path}:{one.line} {one.severity} {one.check} {one.message}" for one in unread
    ]
    return "\n\n".join([*parts, *(["Without a verdict:\n" + "\n".join(lines)] if lines else [])])


def _table(said: list[Said], known: dict[Key, Judged]) -> str:
    by_check: dict[str, Counter[str]] = {}
    for one in said:
        verdict = known[one.key].verdict if one.key in known else "unread"
        by_check.setdefault(one.check, Counter())[verdict] += 1
    rows = [_row(check, count) for check, count in sorted(by_check.items(), key=_most)]
    total = sum(by_check.values(), Counter[str]())
    return table(["check", "findings", "read", *VERDICTS], [*rows, _row("all", total, in_hundred=True)])


def _most(item: tuple[str, Counter[str]]) -> tuple[int, str]:
    return -item[1].total(), item[0]


def _row(check: str, count: Counter[str], *, in_hundred: bool = False) -> list[object]:
    read = sum(count[verdict] for verdict in VERDICTS)
    shown = [
        f"{count[verdict]} ({count[verdict] / read:.0%})" if in_hundred and read else count[verdict]
        for verdict in VERDICTS
    ]
    return [check, count.total(), read, *shown]

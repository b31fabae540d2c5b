"""Misspelt configuration keys: one letter is wrong, swapped, added or missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from configvars.limits import SIMILAR_NAMES, beyond

_MIN_LENGTH = 6
_LONG = 12
_Part = tuple[object, ...]
_Parts = Callable[[str], tuple[_Part, ...]]

Groups = Mapping[_Part, tuple[str, ...]]
"""Names by parts of them. A misspelling leaves one of these parts as it is."""


def grouped(names: Iterable[str], parts: _Parts) -> Groups:
    """The names in groups, in which `near` finds those that are similar to another name."""
    found: dict[_Part, list[str]] = {}
    for name in names:
        for part in parts(name):
            found.setdefault(part, []).append(name)
    return {part: tuple(each) for part, each in found.items()}


def near(name: str, groups: Groups, parts: _Parts) -> frozenset[str]:
    """The names that share a part with a name; none if they are too many, because then they differ on purpose."""
    found = [groups.get(part, ()) for part in parts(name)]
    if sum(map(len, found)) > SIMILAR_NAMES.most:
        beyond(SIMILAR_NAMES)
        return frozenset()
    return frozenset().union(*found)


class Slips:
    """The keys that a misspelt key may mean.

    `plural`: a missing or added S counts as a misspelling, too.
    """

    def __init__(self, keys: Iterable[str], *, plural: bool = False) -> None:
        self._ends = grouped(keys, _ends)
        self._plural = plural
        self._known: dict[str, str | None] = {}

    def meant(self, written: str) -> str | None:
        """The key that is meant; None unless there is exactly one candidate."""
        if written not in self._known:
            self._known[written] = self._find(written)
        return self._known[written]

    def _find(self, written: str) -> str | None:
        similar = near(written, self._ends, _ends)
        meant = [key for key in similar if is_slip(written, key, plural=self._plural)]
        return meant[0] if len(meant) == 1 else None


def _ends(name: str) -> tuple[_Part, ...]:
    """The start and the end; a misspelling changes only one of the two."""
    return ("first", name[:3]), ("last", name[-3:])


def is_slip(written: str, meant: str, *, plural: bool = False) -> bool:
    """Whether one name is a misspelling of the other: one edit, or two in long names, but not in a number.

    A missing or added S at the end counts only with `plural`, because `ADMINS` next to `ADMIN` may be intended.
    """
    limit = 2 if len(meant) >= _LONG else 1
    if min(len(written), len(meant)) < _MIN_LENGTH or abs(len(written) - len(meant)) > limit:
        return False
    if not set(_ends(written)) & set(_ends(meant)):
        return False
    short, long = sorted((written, meant), key=len)
    if long == f"{short}S":
        return plural
    if short.strip("_") == long.strip("_") or _without_digits(short) == _without_digits(long):
        return False
    return 0 < distance(written, meant, limit) <= limit


def _without_digits(name: str) -> str:
    return "".join(character for character in name if not character.isdigit())


def distance(first: str, second: str, most: int) -> int:
    """The Damerau-Levenshtein distance: insertions, deletions, replacements and swaps of neighbours.

    If it is larger than `most`, the result is any number larger than `most`.
    """
    rows = [list(range(len(second) + 1))]
    for i, a in enumerate(first, 1):
        above, row = rows[-1], [i, *[most + 1] * len(second)]
        for j in range(max(1, i - most), min(len(second), i + most) + 1):
            b = second[j - 1]
            row[j] = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                row[j] = min(row[j], rows[-2][j - 2] + 1)
        rows.append(row)
        if min(row) > most and min(above) > most:
            break
    return rows[-1][-1]

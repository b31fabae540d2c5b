"""Misspelt variable names, word by word: `SECRT_KEY` for `SECRET_KEY`, but not `DB_PORT` for `DB_HOST`."""

from __future__ import annotations

from collections.abc import Iterable

from configvars.checks.key_slips import Groups, distance, grouped, near

_SHORT = 4  # letters: in shorter words only two swapped letters count
_LONG = 8  # letters: in longer words two may be wrong
_ALIKE = frozenset({frozenset({"URL", "URI"})})


def is_name_slip(written: str, meant: str) -> bool:
    """Whether one name is a misspelling of the other: in one word, or with an underscore too many or too few."""
    if written == meant or "".join(written.split("_")) == "".join(meant.split("_")):
        return written != meant
    words, others = written.split("_"), meant.split("_")
    if len(words) != len(others):
        return False
    differing = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    return len(differing) == 1 and _is_word_slip(*differing[0]) and len(meant) > _SHORT


def by_parts(names: Iterable[str]) -> Groups:
    """The names in groups, in which `slips_of` finds those that are similar to another name."""
    return grouped(names, _parts)


def slips_of(meant: str, groups: Groups) -> frozenset[str]:
    """The misspellings of a name; none if too many names are similar."""
    return frozenset(name for name in near(meant, groups, _parts) if is_name_slip(name, meant))


def _parts(name: str) -> tuple[tuple[object, ...], ...]:
    """The letters without underscores, and the first and the last words; of one word, its ends.

    A word that is misspelt twice, at its start and at its end, is not found.
    """
    words = name.split("_")
    half, count = len(words) // 2, len(words)
    if count == 1:
        return (name,), ("first", name[: _SHORT // 2]), ("last", name[-(_SHORT // 2) :])
    return ("".join(words),), ("first", count, *words[:half]), ("last", count, *words[half:])


def meant_by(written: str, names: Iterable[str]) -> str | None:
    """The name that is meant, if there is exactly one candidate."""
    found = [name for name in names if is_name_slip(written, name)]
    return found[0] if len(found) == 1 else None


def _is_word_slip(written: str, meant: str) -> bool:
    if frozenset({written, meant}) in _ALIKE:
        return True
    if _letters(written) == _letters(meant):  # names that differ in a number differ on purpose
        return False
    if min(len(written), len(meant)) < _SHORT:
        return (
            len(written) == len(meant) > 2
            and distance(written, meant, 1) == 1
            and sorted(written) == sorted(meant)
        )
    limit = 2 if len(meant) >= _LONG else 1
    return distance(written, meant, limit) <= limit


def _letters(word: str) -> str:
    return "".join(character for character in word if not character.isdigit())

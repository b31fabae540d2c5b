"""The values that each setting accepts, and the messages about other values.

The settings of an untrusted repository are limited: no number, list or pattern may lift a limit or take very
long to match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import TypeGuard

from msgspec import Struct

from configvars.model import Severity
from configvars.patterns import lazy_pattern

MIN_FILE_SIZE = 1024
MAX_FILE_SIZE = 16 * 1024 * 1024
"""python-dotenv parses some 50 KB in a second in its worst case; larger files of variables do not occur."""
MOST_SECONDS = 600
MOST_ITEMS = 1000
MOST_MISTAKES = 50
"""The maximum number of mistakes that are reported one by one: each is searched for in the whole file, and
for each unknown name, a similar one is searched for.
"""
LONGEST_ITEM = 1000
MOST_STARS = 3
"""The maximum number of stars in one name of a pattern.

Matching tries all their positions: with four, half a second for one file.
"""
_STARS = lazy_pattern(r"\*+")


class UnfitError(Exception):
    """A value that a setting does not accept; the message says what it accepts."""


class Mistake(Struct, frozen=True):
    """A mistake in settings: the keys that lead to it, a sentence, and the name that may be `meant`.

    `at` is the parser's message about a file that cannot be parsed.
    """

    keys: tuple[str, ...]
    message: str
    meant: str | None = None
    at: str | None = None

    def __str__(self) -> str:
        return self.message


class Names(Struct, frozen=True):
    """The names of all checks, and all names that can be selected: checks and groups."""

    checks: Collection[str]
    selectable: Collection[str]


ANY = Names((), ())
"""The default if the names are not known: all are accepted."""


class Reading(Struct, frozen=True):
    """One setting being read: its name in messages (`called`), its keys, and the mistakes so far."""

    called: str
    keys: tuple[str, ...]
    names: Names
    mistakes: list[Mistake]

    def add_mistake(self, words: str, *keys: str, meant: str | None = None) -> None:
        """Add a mistake in the setting, or in a part of it with these `keys`."""
        self.mistakes.append(Mistake((*self.keys, *keys), f"{self.called} {words}", meant))

    def is_check(self, name: str, *keys: str) -> bool:
        """Whether there is a check of this name; if not, adds a mistake."""
        return self.is_one_of(self.names.checks, name, *keys)

    def is_one_of(self, known: Collection[str], name: str, *keys: str) -> bool:
        """Whether a name is known; if not, adds a mistake."""
        if not known or name in known:
            return True
        meant = near(name, known) if len(self.mistakes) < MOST_MISTAKES else None
        hint = f"Did you mean {meant}?" if meant else "`configvars rule` lists them."
        self.add_mistake(f"names an unknown check: {shown(name)}. {hint}", *keys, name, meant=meant)
        return False


Read = Callable[[object, Reading], object]


class Setting(Struct, frozen=True):
    """One setting: the editor's name for it, the field it sets, and whether a repository may set it.

    Only the user may set a program to run or an app to ask.
    """

    name: str
    field: str
    read: Read
    in_repository: bool = True

    @property
    def kebab(self) -> str:
        """The setting's name in `[tool.configvars]`."""
        return re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", self.name)


def near(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most similar to an unknown one, if any is similar."""
    from difflib import get_close_matches

    spelled = {each.casefold(): each for each in known}
    found = get_close_matches(name[:100].casefold(), spelled, n=1, cutoff=0.65)
    return spelled[found[0]] if found else None


def shown(name: str) -> str:
    """A name from a file in a form that is safe in a message."""
    return name if re.fullmatch(r"[\w.*/-]{1,60}", name) else "one with other characters"


def text_(value: object, reading: Reading) -> str:
    """Returns the value if it is a string; raises `UnfitError` for anything else."""
    if not isinstance(value, str) or len(value) > LONGEST_ITEM:
        raise UnfitError("a string")
    return value


def texts(value: object, reading: Reading) -> tuple[str, ...]:
    """Returns a list of strings as a tuple; raises `UnfitError` for anything else."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UnfitError("a list of strings")
    if len(value) > MOST_ITEMS or any(len(item) > LONGEST_ITEM for item in value):
        raise UnfitError(f"a list of at most {MOST_ITEMS} strings of at most {LONGEST_ITEM} characters")
    return tuple(value)


def selection(value: object, reading: Reading) -> tuple[str, ...]:
    """Returns names of checks and groups; unknown names become mistakes.

    Raises `UnfitError` for anything else.
    """
    known = reading.names.selectable
    return tuple(name for name in texts(value, reading) if reading.is_one_of(known, name))


def seconds(value: object, reading: Reading) -> int:
    """Returns a whole number of seconds; raises `UnfitError` for anything else."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_SECONDS:
        raise UnfitError(f"a number of seconds from 1 to {MOST_SECONDS}")
    return value


def globs(value: object, reading: Reading) -> tuple[str, ...]:
    """Returns patterns as in `.gitignore`; one that would take too long to match becomes a mistake."""
    return tuple(pattern for pattern in texts(value, reading) if _is_quick(pattern, reading))


def glob_lists(value: object, reading: Reading) -> Mapping[str, tuple[str, ...]]:
    """Returns file patterns, each with names of checks; unknown names become mistakes.

    Raises `UnfitError` for anything else.
    """
    if not isinstance(value, Mapping) or len(value) > MOST_ITEMS:
        raise UnfitError("a table of file patterns, each with a list of check names")
    kept: dict[str, tuple[str, ...]] = {}
    for pattern, names in value.items():
        if not _is_list_of_names(names):
            reading.add_mistake(f"has no list of check names for {shown(str(pattern))}.", str(pattern))
        elif _is_quick(str(pattern), reading):
            kept[str(pattern)] = tuple(name for name in names if reading.is_check(name, str(pattern)))
    return MappingProxyType(kept)


def _is_list_of_names(value: object) -> TypeGuard[list[str]]:
    return (
        isinstance(value, list) and len(value) <= MOST_ITEMS and all(isinstance(each, str) for each in value)
    )


def one_of(*words: str) -> Read:
    """Creates a function that accepts one of some words and raises `UnfitError` for others."""

    def read(value: object, reading: Reading) -> str:
        if value not in words:
            raise UnfitError(" or ".join(f'"{word}"' for word in words))
        return str(value)

    return read


def size(value: object, reading: Reading) -> int:
    """Returns a number of bytes; raises `UnfitError` for anything else."""
    if not isinstance(value, int) or isinstance(value, bool) or not MIN_FILE_SIZE <= value <= MAX_FILE_SIZE:
        raise UnfitError(f"a number of bytes from {MIN_FILE_SIZE} to {MAX_FILE_SIZE}")
    return value


def flag(value: object, reading: Reading) -> bool:
    """Returns true or false; raises `UnfitError` for anything else."""
    if not isinstance(value, bool):
        raise UnfitError("true or false")
    return value


def severities(value: object, reading: Reading) -> Mapping[str, Severity | None]:
    """Returns the severity of each named check, None for `off`; unknown names and words become mistakes.

    Raises `UnfitError` for anything else.
    """
    words = [*Severity, "off"]
    if not isinstance(value, Mapping) or len(value) > MOST_ITEMS:
        raise UnfitError(f"a table of check names, each with one of {', '.join(words)}")
    kept: dict[str, Severity | None] = {}
    for name, word in value.items():
        if word not in words:
            _told_severity(str(name), word, words, reading)
        elif reading.is_check(str(name)):
            kept[str(name)] = None if word == "off" else Severity(word)
    return MappingProxyType(kept)


def _told_severity(name: str, word: object, words: list[str], reading: Reading) -> None:
    said = f"must set {shown(name)} to one of {', '.join(words)}."
    is_searched = len(reading.mistakes) < MOST_MISTAKES
    meant = near(word, words) if is_searched and isinstance(word, str) else None
    if meant is None or not isinstance(word, str):
        reading.add_mistake(said, name)
    else:
        reading.add_mistake(f"{said} Did you mean {meant}?", name, word, meant=meant)


def _is_quick(pattern: str, reading: Reading) -> bool:
    most = max(len(_STARS.findall(part)) for part in pattern.split("/"))
    if len(pattern) <= LONGEST_ITEM and most <= MOST_STARS and pattern.count("**") <= MOST_STARS:
        return True
    reading.add_mistake(
        f"has a pattern with more than {MOST_STARS} stars in a name; it is not used.", pattern
    )
    return False

"""What each setting takes, and what is told of a value that is something else.

A repository's settings can be a stranger's: numbers, lists and patterns are held to a measure, so that none
of them lifts a limit or takes for ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from configvars.model import Severity

MIN_FILE_SIZE = 1024
MAX_FILE_SIZE = 16 * 1024 * 1024
"""python-dotenv reads some 50 KB in a second of its worst lines; nobody has a larger file of variables."""
MOST_SECONDS = 600
MOST_ITEMS = 1000
LONGEST_ITEM = 1000
MOST_STARS = 3
"""Stars in one name of a pattern. Matching tries all their places: with four, half a second for one file."""
_STARS = re.compile(r"\*+")


class UnfitError(Exception):
    """A value that is not what a setting takes; its text says what would be."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong in settings: the keys that lead to it, a sentence, and what may be `meant`.

    `at` is what the parser said where the file cannot be read at all.
    """

    keys: tuple[str, ...]
    message: str
    meant: str | None = None
    at: str | None = None

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Names:
    """The names of all checks, and of all that can be selected: checks and groups of them."""

    checks: Collection[str]
    selectable: Collection[str]


ANY = Names((), ())
"""For who does not know the names: all are taken."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One setting being read: what it is `called` in a sentence, its keys, and the mistakes so far."""

    called: str
    keys: tuple[str, ...]
    names: Names
    mistakes: list[Mistake]

    def told(self, words: str, *keys: str, meant: str | None = None) -> None:
        """Tell a mistake in the setting, or below it where `keys` lead on."""
        self.mistakes.append(Mistake((*self.keys, *keys), f"{self.called} {words}", meant))

    def is_check(self, name: str, *keys: str) -> bool:
        """Whether there is a check of this name; where not, it is told."""
        return self.is_one_of(self.names.checks, name, *keys)

    def is_one_of(self, known: Collection[str], name: str, *keys: str) -> bool:
        """Whether a name is one that is known; where not, it is told."""
        if not known or name in known:
            return True
        meant = near(name, known)
        hint = f"Did you mean {meant}?" if meant else "`configvars rule` lists them."
        self.told(f"names an unknown check: {shown(name)}. {hint}", *keys, name, meant=meant)
        return False


Read = Callable[[object, Reading], object]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: the editor's name for it, the field it fills, and whether a repository may set it.

    What names a program to run or an app to ask is the user's alone.
    """

    name: str
    field: str
    read: Read
    in_repository: bool = True

    @property
    def kebab(self) -> str:
        """Its name under `[tool.configvars]`."""
        return re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", self.name)


def near(name: str, known: Iterable[str]) -> str | None:
    """The known name that is nearest to one that is not, if any is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name[:100], known, n=1, cutoff=0.65)), None)


def shown(name: str) -> str:
    """A name out of a file as a sentence can hold it."""
    return name if re.fullmatch(r"[\w.*/-]{1,60}", name) else "one with other characters"


def text_(value: object, reading: Reading) -> str:
    """A text."""
    if not isinstance(value, str) or len(value) > LONGEST_ITEM:
        raise UnfitError("a string")
    return value


def texts(value: object, reading: Reading) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UnfitError("a list of strings")
    if len(value) > MOST_ITEMS or any(len(item) > LONGEST_ITEM for item in value):
        raise UnfitError(f"a list of at most {MOST_ITEMS} strings of at most {LONGEST_ITEM} characters")
    return tuple(value)


def selection(value: object, reading: Reading) -> tuple[str, ...]:
    """A list of names of checks and of groups."""
    known = reading.names.selectable
    return tuple(name for name in texts(value, reading) if reading.is_one_of(known, name))


def seconds(value: object, reading: Reading) -> int:
    """A number of seconds."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_SECONDS:
        raise UnfitError(f"a number of seconds from 1 to {MOST_SECONDS}")
    return value


def globs(value: object, reading: Reading) -> tuple[str, ...]:
    """A list of patterns as `.gitignore` has them; one that would take for ever is left out."""
    return tuple(pattern for pattern in texts(value, reading) if _is_quick(pattern, reading))


def glob_lists(value: object, reading: Reading) -> Mapping[str, tuple[str, ...]]:
    """Patterns of files, each with names of checks."""
    if not isinstance(value, Mapping) or len(value) > MOST_ITEMS:
        raise UnfitError("a table of file patterns, each with a list of check names")
    kept: dict[str, tuple[str, ...]] = {}
    for pattern, names in value.items():
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            reading.told(f"has no list of check names for {shown(str(pattern))}.", str(pattern))
        elif _is_quick(str(pattern), reading):
            kept[str(pattern)] = tuple(name for name in names if reading.is_check(name, str(pattern)))
    return MappingProxyType(kept)


def one_of(*words: str) -> Read:
    """One of some words."""

    def read(value: object, reading: Reading) -> str:
        if value not in words:
            raise UnfitError(" or ".join(f'"{word}"' for word in words))
        return str(value)

    return read


def size(value: object, reading: Reading) -> int:
    """A number of bytes."""
    if not isinstance(value, int) or isinstance(value, bool) or not MIN_FILE_SIZE <= value <= MAX_FILE_SIZE:
        raise UnfitError(f"a number of bytes from {MIN_FILE_SIZE} to {MAX_FILE_SIZE}")
    return value


def flag(value: object, reading: Reading) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise UnfitError("true or false")
    return value


def severities(value: object, reading: Reading) -> Mapping[str, Severity | None]:
    """Names of checks, each with a severity or `off`."""
    words = [*Severity, "off"]
    if not isinstance(value, Mapping):
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
    meant = near(word, words) if isinstance(word, str) else None
    if meant is None or not isinstance(word, str):
        reading.told(said, name)
    else:
        reading.told(f"{said} Did you mean {meant}?", name, word, meant=meant)


def _is_quick(pattern: str, reading: Reading) -> bool:
    most = max(len(_STARS.findall(part)) for part in pattern.split("/"))
    if len(pattern) <= LONGEST_ITEM and most <= MOST_STARS and pattern.count("**") <= MOST_STARS:
        return True
    reading.told(f"has a pattern with more than {MOST_STARS} stars in a name; it is not used.", pattern)
    return False

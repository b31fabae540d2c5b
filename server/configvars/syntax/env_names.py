"""Which keys of an env file are names that can be shown, and which may be a piece of somebody's key.

python-dotenv takes almost anything for a key: a private key without quotes becomes a name a line.
"""

from __future__ import annotations

import re
from itertools import pairwise

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_UPPER = re.compile(r"[A-Z_][A-Z0-9_]*")
# Keys of well-known services, by their first letters.
_TOKEN = re.compile(
    r"(?:AKIA|ASIA)[A-Z0-9]{12,}|[spr]k_(?:live|test)_\w{8,}|whsec_\w{16,}|gh[opusr]_[A-Za-z0-9]{16,}"
    r"|github_pat_\w{16,}|npm_[A-Za-z0-9]{32,}|AIza\w{16,}|eyJ[A-Za-z0-9]{12,}|xox[a-z]_\w{10,}|MII[A-Za-z0-9]{13,}"
)
# From a length on, how often (of 1) the kind of letter changes at least where chance has chosen the letters:
# there it is at about 0.45. Words joined in camelCase stay below 0.25, and none has 40 letters.
_CHANGES = ((40, 0.0), (20, 0.25), (16, 0.34), (12, 0.42))


def is_name(key: str) -> bool:
    """Whether a key can be shown as a name: letters, digits, underscores, and not chosen by chance."""
    return _IDENTIFIER.fullmatch(key) is not None and not looks_random(key)


def is_upper_name(key: str) -> bool:
    """Whether a key is written as the names of variables are; a word in lower case may be a password."""
    return _UPPER.fullmatch(key) is not None and not looks_random(key)


def looks_random(name: str) -> bool:
    """Whether a name, or a word in it between underscores, looks like a key or a part of one."""
    return _TOKEN.match(name) is not None or any(map(_is_chance, name.split("_")))


def _is_chance(word: str) -> bool:
    least = next((share for length, share in _CHANGES if len(word) >= length), None)
    if least is None:
        return False
    changes = sum(_is_change(one, other) for one, other in pairwise(word))
    return changes >= least * (len(word) - 1)


def _is_change(one: str, other: str) -> bool:
    """Whether another kind of letter begins; a capital and the small letters behind it are one word."""
    return _kind(one) != _kind(other) and not (one.isupper() and other.islower())


def _kind(letter: str) -> str:
    return "digit" if letter.isdigit() else "upper" if letter.isupper() else "lower"

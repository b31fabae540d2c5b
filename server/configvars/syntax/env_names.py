"""Which keys of an env file are names that can be shown, and which may be parts of a secret.

python-dotenv accepts almost anything as a key: each line of a private key without quotes becomes a name.
"""

from __future__ import annotations

from itertools import pairwise

from configvars.patterns import lazy_pattern

_IDENTIFIER = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_]*")
_UPPER = lazy_pattern(r"[A-Z_][A-Z0-9_]*")
# Prefixes of keys of well-known services.
_TOKEN = lazy_pattern(
    r"(?:AKIA|ASIA)[A-Z0-9]{12,}|[spr]k_(?:live|test)_\w{8,}|whsec_\w{16,}|gh[opusr]_[A-Za-z0-9]{16,}"
    r"|github_pat_\w{16,}|npm_[A-Za-z0-9]{32,}|AIza\w{16,}|eyJ[A-Za-z0-9]{12,}|xox[a-z]_\w{10,}|MII[A-Za-z0-9]{13,}"
)
# From this length on, the minimal rate (of 1) of changes between kinds of letters in random strings:
# it is about 0.45 there. Words joined in camelCase stay below 0.25, and none has 40 letters.
_CHANGES = ((40, 0.0), (20, 0.25), (16, 0.34), (12, 0.42))


def is_name(key: str) -> bool:
    """Whether a key can be shown as a name: letters, digits, underscores, and not random."""
    return _IDENTIFIER.fullmatch(key) is not None and not looks_random(key)


def is_upper_name(key: str) -> bool:
    """Whether a key is written like the name of a variable; a word in lower case may be a password."""
    return _UPPER.fullmatch(key) is not None and not looks_random(key)


def looks_random(name: str) -> bool:
    """Whether a name, or a part of it between underscores, looks like a secret or a part of one."""
    return _TOKEN.match(name) is not None or any(map(_is_chance, name.split("_")))


def _is_chance(word: str) -> bool:
    least = next((share for length, share in _CHANGES if len(word) >= length), None)
    if least is None:
        return False
    changes = sum(_is_change(one, other) for one, other in pairwise(word))
    return changes >= least * (len(word) - 1)


def _is_change(one: str, other: str) -> bool:
    """Whether the kind of letter changes; a capital and the small letters after it are one word."""
    return _kind(one) != _kind(other) and not (one.isupper() and other.islower())


def _kind(letter: str) -> str:
    return "digit" if letter.isdigit() else "upper" if letter.isupper() else "lower"

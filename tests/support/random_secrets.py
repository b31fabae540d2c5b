"""Secrets of many shapes from a seed, and whether a text shows a part of one of them."""

from __future__ import annotations

from random import Random
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits, hexdigits

_BASE64 = f"{ascii_letters}{digits}+/"
_URL = f"{ascii_letters}{digits}-_"
_SHAPES: tuple[tuple[str, str, int], ...] = (
    ("", hexdigits[:16], 32),
    ("", _BASE64, 44),
    ("sk_live_", ascii_letters + digits, 24),
    ("ghp_", ascii_letters + digits, 36),
    ("AKIA", ascii_uppercase + digits, 16),
    ("eyJ", f"{_URL}.", 80),
    ("", f"{ascii_letters}{digits}!%&*,-./:;<=>?@[]^_|~", 22),
    ("", f"{ascii_letters}{digits}  ", 28),
    ("", digits, 18),
    ("", f"{ascii_lowercase}-", 24),
    ("", f"{ascii_lowercase}éüß日本", 18),
)
"""Each with a start that configvars may show, the characters that follow, and their number."""
_KEYS = ("RSA PRIVATE KEY", "PRIVATE KEY", "OPENSSH PRIVATE KEY", "CERTIFICATE", "PGP PRIVATE KEY BLOCK")
_PART = 8
"""The number of characters that occur in other text only if they were copied."""
_DIFFERENT = 3


class Secrets:
    """Creates secrets, and remembers them."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._parts: set[str] = set()

    def value(self) -> str:
        """A secret on one line, without characters that end a string or a comment."""
        start, characters, length = self._dice.choice(_SHAPES)
        return start + self._new(characters, length)

    def key(self) -> str:
        """A private key of several lines; some have a header, some do not end."""
        kind = self._dice.choice(_KEYS)
        lines = [self._new(_BASE64, 64) for _ in range(self._dice.randint(1, 5))]
        lines.append(self._new(_BASE64, self._dice.randint(12, 60)) + "=" * self._dice.randrange(3))
        if self._dice.random() < 0.3:
            salt = self._new("0123456789ABCDEF", 32)
            lines[:0] = ["Proc-Type: 4,ENCRYPTED", f"DEK-Info: AES-256-CBC,{salt}", ""]
        end = f"-----END {kind}-----" if self._dice.random() < 0.8 else ""
        return "\n".join([f"-----BEGIN {kind}-----", *lines, end])

    def shown_in(self, text: str) -> list[str]:
        """The lines of a text that show a part of a secret, in any case."""
        text = text.casefold()
        starts = range(len(text) - _PART + 1)
        if self._parts.isdisjoint(text[start : start + _PART] for start in starts):
            return []
        return [line for line in text.splitlines() if any(part in line for part in self._parts)]

    def _new(self, characters: str, length: int) -> str:
        secret = "".join(self._dice.choice(characters) for _ in range(length)).strip()
        folded = secret.casefold()
        parts = (folded[start : start + _PART] for start in range(len(folded) - _PART + 1))
        self._parts.update(part for part in parts if len(set(part)) > _DIFFERENT)
        return secret

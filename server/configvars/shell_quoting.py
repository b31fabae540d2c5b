"""Commands for the user to copy into a shell: each word is quoted where the shell would change it."""

from __future__ import annotations

import shlex


def command(*words: str) -> str:
    """A command line that passes exactly these words to a program, in bash and zsh."""
    return " ".join(map(quoted, words))


def quoted(word: str) -> str:
    """One word. A character that cannot be printed is written as an escape sequence in `$'…'`."""
    if word.isprintable():
        return shlex.quote(word)
    return f"$'{''.join(map(_in_dollar_quotes, word))}'"


def path(shown: str) -> str:
    """A word for a path, which a program must not read as an option."""
    return quoted(f"./{shown}" if shown.startswith("-") else shown)


def _in_dollar_quotes(char: str) -> str:
    if char in "'\\":
        return f"\\{char}"
    if char.isprintable():
        return char
    return "".join(f"\\x{byte:02x}" for byte in char.encode("utf-8", "surrogateescape"))

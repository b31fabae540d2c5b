"""Lists of names in messages."""

from __future__ import annotations

from collections.abc import Iterable


def joined(names: Iterable[str], word: str) -> str:
    """The names with commas, and `word` (`and`, `or`) before the last one; an empty string for none."""
    *first, last = [*names] or [""]
    return f"{', '.join(first)} {word} {last}" if first else last


def heroku_apps(apps: Iterable[str]) -> str:
    """Such as `Heroku app shop`, or `Heroku apps shop and shop-staging`."""
    names = [*apps]
    return f"Heroku {'app' if len(names) == 1 else 'apps'} {joined(names, 'and')}"

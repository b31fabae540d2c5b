"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import AnyStr, cast


def lazy_pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern `re.compile(text, flags)`, compiled at its first use.

    A run needs a third of the 270 patterns here; to compile all of them takes a fifth of the start-up time.
    """
    return cast("re.Pattern[AnyStr]", _Pattern(partial(re.compile, text, flags)))


class _Pattern:
    """Compiles the pattern when its first attribute is asked for, and stores what has been asked for."""

    def __init__(self, compiled: Callable[[], object]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> object:
        found = getattr(self._compiled(), name)
        setattr(self, name, found)
        return found

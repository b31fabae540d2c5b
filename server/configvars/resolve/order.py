"""In which order files are best analysed: a file after the files that it imports."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from configvars.patterns import lazy_pattern

# Approximate: text that only looks like an import costs an analysis, but changes no answer.
_IMPORT = lazy_pattern(r"^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import\b|import[ \t]+([\w.]+))", re.MULTILINE)

Find = Callable[[str, str], Sequence[tuple[str | None, tuple[str, ...]]]]


def imported_first(texts: Mapping[str, str], find: Find) -> list[str]:
    """The paths of `texts`, each after those it imports; in a circle of imports, one has to be first."""
    order: list[str] = []
    entered: set[str] = set()
    for start in texts:
        waiting = [(start, imported(start, texts, find))] if start not in entered else []
        entered.add(start)
        while waiting:
            path, imports = waiting[-1]
            following = next((one for one in imports if one not in entered), None)
            if following is None:
                order.append(path)
                waiting.pop()
            else:
                entered.add(following)
                waiting.append((following, imported(following, texts, find)))
    return order


def imported(path: str, texts: Mapping[str, str], find: Find) -> Iterator[str]:
    """The files among `texts` that a file imports."""
    for found in _IMPORT.finditer(texts[path]):
        for file, _ in find(path, found[1] or found[2]):
            if file is not None and file in texts and file != path:
                yield file
                break

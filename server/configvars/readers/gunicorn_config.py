"""gunicorn's configuration file: `raw_env` sets variables before the app is imported.

https://docs.gunicorn.org/en/stable/settings.html#raw-env: strings such as `NAME=value`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.model import PresetVariable, Start
from configvars.patterns import lazy_pattern
from configvars.syntax.python import PythonTree, named
from configvars.text import Span

_FILE = lazy_pattern(r"gunicorn(?:[._-].*)?\.py")
_ASSIGNED = ("assignment", "augmented_assignment")
_ITEM = lazy_pattern(r"""[A-Za-z]{0,2}(?:'''|\"\"\"|'|\")([A-Za-z_]\w*)=""")


def gunicorn_starts(path: str, tree: PythonTree) -> Iterator[Start]:
    """The variables that gunicorn sets for its workers; nothing if the file has another name."""
    if not _FILE.fullmatch(os.path.basename(path)):
        return
    given = tuple(_presets(tree))
    if given:
        yield Start("gunicorn", given[0].span, "gunicorn", given=given)


def _presets(tree: PythonTree) -> Iterator[PresetVariable]:
    for word in tree.words("raw_env"):
        statement = word.parent
        if statement is None or statement.type not in _ASSIGNED:
            continue
        listed = statement.child_by_field_name("right")
        for item in named(listed) if listed is not None and listed.type in ("list", "tuple") else ():
            if found := _ITEM.match(tree.source(item)):
                start = tree.span(item).start
                yield PresetVariable(found[1], Span(start + found.start(1), start + found.end(1)))

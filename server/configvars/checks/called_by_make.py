"""Variables that the recipe of a makefile sets for the shell script that it calls."""

from __future__ import annotations

import re

from configvars.model import Example, FileFacts
from configvars.patterns import lazy_pattern
from configvars.project import Project

_RECIPE = lazy_pattern(r"^\t.*$", re.MULTILINE)
_ASSIGNED = lazy_pattern(r"(?:^\t[@-]*|\s)([A-Za-z_]\w*)=")
_EXPORTED = lazy_pattern(r"^export\s+([A-Za-z_]\w*)", re.MULTILINE)

BY_MAKE = Example(
    "-- .env --\nA=1\n-- Makefile --\nDB ?= pg\nmigrate:\n\tDB_SERVICE=$(DB) \\\n\tscripts/migrate.sh\n"
    '-- scripts/migrate.sh --\n#!/bin/sh\n: "${DB_SERVICE:?}"\n',
    note="a makefile sets it for the script",
)


def set_by_make(project: Project, facts: FileFacts) -> frozenset[str]:
    """The names that makefiles set in recipes or export, if the file is a shell script."""
    return (
        project.remembered("set by make", lambda: _all_set(project)) if facts.kind == "shell" else frozenset()
    )


def _all_set(project: Project) -> frozenset[str]:
    makefiles = (path for path, facts in project.index.files.items() if facts.kind == "makefile")
    texts = [project.text_of(path) or "" for path in makefiles]
    in_recipes = (_ASSIGNED.findall(line) for text in texts for line in _RECIPE.findall(text))
    return frozenset().union(*in_recipes, *map(_EXPORTED.findall, texts))

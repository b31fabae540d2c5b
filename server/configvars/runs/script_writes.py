"""Variables that a script of the project sets for itself, and not for the programs that commands start."""

from __future__ import annotations

import os

from configvars.model import Variable
from configvars.project import Project
from configvars.runs.apart import starts_by_command
from configvars.runs.importers import importers

# Folders whose modules are part of the program if other code imports them.
HELPERS = frozenset({"bin", "contrib", "script", "scripts", "tool", "tools"})


def is_only_for_script(project: Project, path: str, variable: Variable, setter: str) -> bool:
    """Whether code in `setter` sets a variable for a script only, and the code in `path` runs without it.

    Nothing imports the script, a command starts a program that runs the code without it, and a template lists
    the variable, so people are expected to set it.
    """
    folders = project.inner(setter).lower().split("/")[:-1]
    if setter == path or HELPERS.isdisjoint(folders):
        return False
    if not any(found.definition.declaration for found in project.index.definitions(variable)):
        return False
    started, above = starts_by_command(project), importers(project)
    is_alone = above.of(setter) == {setter} and setter not in started
    return is_alone and any(
        HELPERS.isdisjoint(os.path.dirname(project.inner(start)).lower().split("/"))
        for start in started & above.of(path)
    )

"""The reads that accept None although a program of the Procfile fails on it while it starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from configvars.project import Project

if TYPE_CHECKING:
    from configvars.runs.starting.environment import State
    from configvars.runs.starting.machine import Use
    from configvars.runs.starting.values import Read


def needed_at_start(project: Project, app: str, state: State) -> Mapping[Read, Use]:
    """The reads without whose variables a program fails on an app while it starts, each with the place."""
    from configvars.runs.starting.needs import needs_of_programs  # only deploys need it

    return project.remembered(f"needed at start on {app}", lambda: needs_of_programs(project, state))

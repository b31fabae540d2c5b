"""The reads that accept None although a program of the Procfile fails on it while it starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from configvars.project import Project
from configvars.runs.follow import Entry
from configvars.text import Place

if TYPE_CHECKING:
    from configvars.runs.starting.endings import Use
    from configvars.runs.starting.environment import State
    from configvars.runs.starting.values import Read


class Started(Struct, frozen=True):
    """What the programs of the Procfile do on an app while they start.

    `needs` are the reads without whose variables one fails, each with the place; `settings` are the modules
    of Django that they load. `caught` are the reads that raise exceptions which all programs catch, each with
    the calls that led to it.
    """

    needs: Mapping[Read, Use]
    settings: Mapping[Entry, str]
    caught: Mapping[Read, frozenset[Place]]


def needed_at_start(project: Project, app: str, state: State) -> Started:
    """What the programs do on an app of which the variables are in a state."""
    from configvars.runs.starting.needs import started  # only deploys need it

    return project.remembered(f"needed at start on {app}", lambda: started(project, state))

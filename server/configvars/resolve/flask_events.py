"""The events of a file that matter for links: found once for each version of its facts.

Most events of a folder only pass the app on, and there can be thousands of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from configvars.flask_model import ConfigCall, ConfigFlow, ConfigStep, FlaskFacts
from configvars.readers.flask_flow import definitions_of


class FileEvents(Struct, frozen=True):
    """The steps of a file with their flows, the calls, and the names of the keys that the steps set."""

    steps: tuple[tuple[ConfigFlow, ConfigStep], ...] = ()
    calls: tuple[ConfigCall, ...] = ()
    names: frozenset[str] = frozenset()


Events = Mapping[str, FileEvents]


def events_in(path: str, facts: FlaskFacts) -> FileEvents:
    """The events of the file `path`."""
    every = [(flow, event) for flow in facts.flows for event in flow.events]
    steps = tuple((flow, event) for flow, event in every if isinstance(event, ConfigStep))
    calls = tuple(event for _, event in every if isinstance(event, ConfigCall))
    names = frozenset(one.variable.name for one in definitions_of(path, facts)) if steps else frozenset()
    return FileEvents(steps, calls, names) if steps or calls else _NO_EVENTS


def steps_in(events: Events) -> Iterator[tuple[str, ConfigFlow, ConfigStep]]:
    """The steps of all files, each with its file and flow."""
    for path, those in events.items():
        for flow, step in those.steps:
            yield path, flow, step


_NO_EVENTS = FileEvents()

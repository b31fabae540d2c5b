"""What a file contains that a check can be about, so that only checks which can find something are run."""

from __future__ import annotations

from enum import IntFlag

from configvars.flask_model import ConfigStep
from configvars.model import FileFacts


class Subject(IntFlag):
    """What the facts of a file contain. After a keystroke, all files are checked again: most contain little."""

    PYTHON = 1
    ENV_FILE = 2
    OTHER = 4
    """A file of another kind, or one that starts programs."""
    READS = 8
    SETS = 16
    FLOWS = 32
    """An app, or code that gets one."""
    STEPS = 64
    """Statements that fill a Flask configuration."""
    OBJECTS = 128
    """Classes and modules that a Flask configuration can load."""
    ATTRIBUTES = 256
    """Attributes of a Flask configuration."""
    ENV_LOADS = 512
    SETTINGS = 1024
    """Classes of pydantic-settings."""
    PROBLEMS = 2048
    SUPPRESSIONS = 4096


ANYTHING = Subject.PYTHON | Subject.ENV_FILE | Subject.OTHER


def subjects_of(facts: FileFacts) -> int:
    """What a file contains, as the number of a `Subject`: adding flags themselves takes ten times as long."""
    flask = facts.flask
    return (
        _KINDS.get(facts.kind, _OTHER)
        | _OTHER * bool(facts.starts)
        | _READS * bool(facts.references)
        | _SETS * bool(facts.definitions)
        | _FLOWS * bool(flask.flows)
        | _STEPS * (bool(flask.flows) and _has_steps(facts))
        | _OBJECTS * bool(flask.objects)
        | _ATTRIBUTES * bool(flask.attributes)
        | _ENV_LOADS * bool(facts.env_files)
        | _SETTINGS * bool(facts.settings)
        | _PROBLEMS * bool(facts.problems)
        | _SUPPRESSIONS * bool(facts.suppressions)
    )


def _has_steps(facts: FileFacts) -> bool:
    return any(isinstance(event, ConfigStep) for flow in facts.flask.flows for event in flow.events)


_OTHER, _READS, _SETS = Subject.OTHER.value, Subject.READS.value, Subject.SETS.value
_FLOWS, _STEPS, _OBJECTS = Subject.FLOWS.value, Subject.STEPS.value, Subject.OBJECTS.value
_ATTRIBUTES, _ENV_LOADS = Subject.ATTRIBUTES.value, Subject.ENV_LOADS.value
_SETTINGS, _PROBLEMS = Subject.SETTINGS.value, Subject.PROBLEMS.value
_SUPPRESSIONS = Subject.SUPPRESSIONS.value
_KINDS = {"python": Subject.PYTHON.value, "dotenv": Subject.ENV_FILE.value}

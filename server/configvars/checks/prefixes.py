"""Prefixes whose variables Flask takes into its configuration, whatever comes behind them."""

from __future__ import annotations

from configvars.flask_model import ConfigStep
from configvars.project import Project


def flask_prefixes(project: Project) -> tuple[str, ...]:
    """What the names begin with that `app.config.from_prefixed_env` reads here, such as `FLASK_`; sorted."""
    steps = (
        event
        for facts in project.index.files.values()
        for flow in facts.flask.flows
        for event in flow.events
        if isinstance(event, ConfigStep)
    )
    return tuple(sorted({f"{step.prefix}_" for step in steps if step.method == "from_prefixed_env"}))

"""What a deploy to an app without config vars reports: the part of an inventory for `--against`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from msgspec.structs import replace

from configvars.checks import run_checks
from configvars.cli.before import ADDON, addon_of
from configvars.cli.judging import judged
from configvars.cli.loaded import unrun
from configvars.cli.names import for_deploy
from configvars.cli.places import Places
from configvars.platforms.base import AppSnapshot
from configvars.workspace import Workspace

_EMPTY = AppSnapshot("heroku", "without-config-vars", datetime.fromtimestamp(0, UTC))


def deploy_findings(workspace: Workspace) -> Iterator[dict[str, object]]:
    """The findings, each with its check, severity, path and the name of its variable."""
    project = judged(workspace, "", deploying=True, unrun=unrun(workspace, workspace.root))
    project = replace(project, settings=for_deploy(project.settings), apps=(_EMPTY,))
    places = Places(project)
    for path in sorted(project.index.files):
        for found in run_checks(project, path):
            yield {
                "check": found.check,
                "severity": found.severity,
                "path": places.relative(found.path),
                "variable": found.variable.name if found.variable is not None else None,
                **({"addon": addon_of(found, project)} if found.check == ADDON else {}),
            }

"""`configvars check`: what is missing, unused or wrong in some folders."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from configvars.checks import CHECKS, run_checks
from configvars.checks.base import Check
from configvars.cli.apps import ask, named_apps
from configvars.cli.baseline import read_baseline, unknown
from configvars.cli.fixing import mend
from configvars.cli.formats import FORMATS
from configvars.cli.judging import Checked, checked, judged, remarks
from configvars.cli.names import split
from configvars.cli.opening import open_folder, say
from configvars.cli.places import Places
from configvars.cli.report import Diagnostic, Report, diagnostic
from configvars.cli.targets import Target, current_folder, targets
from configvars.cli.terminal import style_for
from configvars.model import Finding, Severity
from configvars.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Selection:
    """Which checks count; `only` empty means all."""

    only: frozenset[str]
    without: frozenset[str]

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks to run."""
        return tuple(check for check in CHECKS if self._has(check.name))

    def _has(self, name: str) -> bool:
        return (not self.only or name in self.only) and name not in self.without


def run(args: argparse.Namespace) -> int:
    """Check the folders and files that are named; 1 where findings reach `--fail-on`."""
    cwd = current_folder()
    only, after_select = split(args.select)
    without, after_ignore = split(args.ignore)
    known = read_baseline(args.baseline, cwd) if args.baseline else None
    folders = targets([*args.paths, *after_select, *after_ignore], cwd)
    apps = ask(named_apps(args.apps, os.environ), [folder.root for folder in folders])
    selection = Selection(only, without)
    found: list[Diagnostic] = []
    notes: list[str] = []
    done: list[Checked] = []
    for folder in folders:
        workspace = open_folder(folder.root, apps)
        if args.fix:
            notes += mend(workspace, partial(_findings, workspace, folder, selection, cwd), cwd)
        found += _diagnostics(workspace, folder, selection, cwd)
        done.append(checked(workspace, judged(workspace, cwd), folder))
        notes += remarks(done[-1], folder, cwd)
    if known is not None:
        found = unknown(found, known)
    _write(Report(tuple(found), tuple(notes), tuple(done)), args.output_format)
    return 0 if args.exit_zero else _status(found, Severity(args.fail_on))


def _findings(workspace: Workspace, folder: Target, selection: Selection, cwd: str) -> Iterator[Finding]:
    project = judged(workspace, cwd)
    for path in sorted(project.index.files):
        if folder.wants(path):
            yield from run_checks(project, path, selection.checks)


def _diagnostics(workspace: Workspace, folder: Target, selection: Selection, cwd: str) -> list[Diagnostic]:
    project = workspace.project()
    places = Places(project)
    found = [diagnostic(each, project, places, cwd) for each in _findings(workspace, folder, selection, cwd)]
    return sorted(found, key=lambda each: (each.path, each.range, each.check))


def _write(report: Report, output_format: str) -> None:
    """Write the report to stdout; in a format for programs its notes have no place, and go to stderr."""
    if output_format != "text":
        say(report.notes)
    style = style_for(sys.stdout, os.environ)
    sys.stdout.write(FORMATS[output_format](report, style))


def _status(found: list[Diagnostic], fail_on: Severity) -> int:
    return int(any(each.severity.rank <= fail_on.rank for each in found))

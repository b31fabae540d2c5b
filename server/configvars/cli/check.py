"""`configvars check`: finds variables that are missing, unused or wrong in some folders."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from msgspec import Struct, field
from msgspec.structs import replace

from configvars.checks import run_checks
from configvars.checks.heroku_commands import Plans, plans
from configvars.cli.added import Added, added_by, of_change
from configvars.cli.apps import named_apps
from configvars.cli.baseline import read_baseline, unknown
from configvars.cli.committed import use_committed
from configvars.cli.destination import destination
from configvars.cli.errors import CannotRun
from configvars.cli.fixing import apply_fixes, preview
from configvars.cli.gate import (
    check_apps,
    check_done,
    named_processes,
    not_parsed,
    of_processes,
    state_before,
    unset,
)
from configvars.cli.heroku import ask
from configvars.cli.judging import Checked, Unrun, checked, judged, limited, remarks, unread_judges
from configvars.cli.loaded import unrun
from configvars.cli.masked_diff import masked_diff
from configvars.cli.misread_when_deployed import misread_when_deployed
from configvars.cli.names import paths_among_names, with_selection
from configvars.cli.not_followed import not_followed
from configvars.cli.opening import Opener, say
from configvars.cli.output import write_report
from configvars.cli.places import relative
from configvars.cli.pushed import more, pushed
from configvars.cli.report import Diagnostic, Diagnostics, Report
from configvars.cli.statistics import FORMATS as STATISTICS_FORMATS
from configvars.cli.stdin import Stdin, read_stdin
from configvars.cli.targets import Target, current_folder, targets
from configvars.cli.viewpoint import viewpoint
from configvars.model import Finding, Severity
from configvars.platforms.base import AppSnapshot
from configvars.project import Project
from configvars.workspace import Workspace

EXIT_WRONG_SETTINGS = 2
_WITH_DIFF = ("text", "concise")


class Run(Struct):
    """One run of the command: its options, and its findings so far."""

    args: argparse.Namespace
    cwd: str
    opener: Opener
    apps: list[AppSnapshot]
    stdin: Stdin | None = None
    found: list[Diagnostic] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    done: list[Checked] = field(default_factory=list)
    added: list[Added] | None = None
    changes: str = ""
    plans: Plans = field(default_factory=dict)
    unrun: dict[str, Unrun] = field(default_factory=dict)

    def look_at(self, folder: Target) -> None:
        """Check one project; with `--fix`, fix it first."""
        workspace = self.opener.open(folder.root, self.apps)
        if self.stdin is not None:
            workspace.open(self.stdin.path, self.stdin.text)
        if self.args.deploy:
            self.notes += use_committed(workspace, self.cwd)
            self.unrun[folder.root] = unrun(workspace, folder.root)
        whole = folder
        folder, said = of_processes(self.args, workspace, folder, self.cwd)
        self.notes += said
        findings = partial(self.findings, workspace, folder)
        if self.args.fix:
            self.notes += apply_fixes(workspace, findings, self.cwd)
        if self.args.diff:
            for path, before, after in preview(workspace, findings):
                shown = relative(path, self.cwd)
                style = destination(self.args).style
                self.changes += masked_diff(path, shown, before, after, workspace.facts_of, style)
        project = self.project(workspace)
        self.notes += not_followed(project, folder.root)
        told = (
            *self._of_change(workspace, folder, findings),
            *not_parsed(self.args, workspace, project, folder),
            *(misread_when_deployed(workspace, project) if self.args.deploy else ()),
        )
        self.found += self.diagnostics(workspace, told)
        self.done.append(checked(workspace, project, folder))
        self.plans = {**plans(project), **self.plans}
        if self.args.verbose:
            say(limited(project, folder))
        self.notes += remarks(self.done[-1], folder, self.cwd)
        if self.args.deploy and self.stdin is None:
            self._look_at_pushed(workspace, whole)

    def _look_at_pushed(self, workspace: Workspace, folder: Target) -> None:
        """Add the findings about what a push deploys, where it differs from the files here."""
        what = pushed(workspace)
        self.done[-1] = replace(self.done[-1], unread=(*self.done[-1].unread, *what.unread))
        say(what.remarks(self.cwd))
        for path, text in what.texts.items():
            workspace.open(path, text)
        if what.texts:
            self.unrun[folder.root] = unrun(workspace, folder.root)
            folder, _ = of_processes(self.args, workspace, folder, self.cwd)
            told = (
                *self._of_change(workspace, folder, partial(self.findings, workspace, folder)),
                *not_parsed(self.args, workspace, self.project(workspace), folder),
            )
            there = (each for each in told if each.path not in what.absent)
            self.found += more(self.found, self.diagnostics(workspace, there))
        for path in what.texts:
            workspace.close(path)

    def project(self, workspace: Workspace) -> Project:
        """The project of a folder with the settings of this run."""
        processes = frozenset(named_processes(self.args))
        seen = self.seen_from(workspace.root)
        return judged(
            workspace,
            seen,
            deploying=self.args.deploy,
            processes=processes,
            unrun=self.unrun.get(workspace.root),
        )

    def seen_from(self, root: str) -> str:
        """The folder to which this report shows the paths of a project."""
        return viewpoint(self.args.output_format, root, self.cwd, os.environ)

    def findings(self, workspace: Workspace, folder: Target) -> Iterator[Finding]:
        """Check one project; with `--fix`, apply fixes first."""
        project = self.project(workspace)
        facts = [each for path, each in sorted(project.index.files.items()) if folder.wants(path)]
        # What is found in a file that several links lead to is found at one of them, wherever that is.
        for path in dict.fromkeys(
            project.own(each.path) for each in (*facts, *unread_judges(project, facts))
        ):
            yield from run_checks(project, path)

    def diagnostics(self, workspace: Workspace, findings: Iterable[Finding]) -> list[Diagnostic]:
        """Findings with their places, ordered by place."""
        diagnostics = Diagnostics(workspace.project(), self.seen_from(workspace.root))
        return sorted(map(diagnostics.of, findings), key=lambda each: (each.path, each.range, each.check))

    def _of_change(
        self, workspace: Workspace, folder: Target, findings: Callable[[], Iterator[Finding]]
    ) -> Iterable[Finding]:
        """The findings; with `--since` or `--against`, only those that the change adds."""
        before = state_before(self.args, folder, self.cwd, self.opener, self.apps)
        if before is None:
            return findings()
        found = list(findings())
        project = self.project(workspace)
        new = added_by(before, found, project, folder.wants)
        self.added = list({each.name: each for each in (*(self.added or ()), *new)}.values())
        return of_change(found, new, before, project)

    @property
    def report(self) -> Report:
        """The report of all findings."""
        return Report(
            tuple(self.found),
            tuple(self.notes),
            tuple(self.done),
            self.args.quiet,
            None if self.added is None else tuple(self.added),
            unset(self.found, self.apps) if self.args.deploy else {},
            self.plans,
        )


def run(args: argparse.Namespace) -> int:
    """Check folders and files; returns 1 if there are findings at or above `--fail-on`."""
    _check_combination(args)
    cwd = current_folder()
    paths = [*args.paths, *paths_among_names(args)]
    known = read_baseline(args.baseline, cwd) if args.baseline else None
    stdin = read_stdin(paths, args.stdin_filename, cwd)
    folders = targets(paths, cwd) if stdin is None else [stdin.target]
    if args.deploy:  # a push deploys the whole project, wherever this was called
        folders = [replace(each, asked=(each.root,)) for each in folders]
    opener = Opener(args.config, args.isolated, partial(with_selection, args=args))
    roots = [folder.root for folder in folders]
    apps = named_apps(args.apps, os.environ, roots)
    check_apps(args, apps)
    this = Run(args, cwd, opener, ask(apps, roots, opener.heroku_timeout(*roots)), stdin)
    for folder in folders:
        if args.verbose:
            say([f"Checking {folder.root} {opener.settings_source(folder.root)}."])
        this.look_at(folder)
    check_done(args, this.done)
    if known is not None:
        this.found = unknown(this.found, known)
    if args.diff:
        destination(args).write(this.changes)
        return 0 if args.exit_zero else int(bool(this.changes))
    write_report(this.report, args)
    if any(opener.is_mistaken(root) for root in roots):
        return EXIT_WRONG_SETTINGS
    return 0 if args.exit_zero else _status(this.found, Severity(args.fail_on))


def _check_combination(args: argparse.Namespace) -> None:
    if args.statistics and args.output_format not in STATISTICS_FORMATS:
        raise CannotRun(f"--statistics supports only the formats {' and '.join(STATISTICS_FORMATS)}.")
    if args.diff and (args.statistics or args.output_format not in _WITH_DIFF):
        option = "--statistics" if args.statistics else f"--output-format {args.output_format}"
        raise CannotRun(f"--diff shows only the changes: it cannot be used with {option}.")
    if args.fix and args.stdin_filename is not None:
        raise CannotRun("--fix cannot change the text on stdin; --diff shows what it would change.")


def _status(found: list[Diagnostic], fail_on: Severity) -> int:
    return int(any(each.severity.rank <= fail_on.rank for each in found))

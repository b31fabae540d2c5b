"""Where a report goes: to stdout, or to the file that `--output-file` names."""

from __future__ import annotations

import argparse
import os
import sys

from msgspec import Struct

from configvars.cli import statistics
from configvars.cli.errors import CannotRun
from configvars.cli.formats import FORMATS
from configvars.cli.judging import summary
from configvars.cli.opening import say
from configvars.cli.report import Report
from configvars.cli.terminal import Style, style_for
from configvars.workspace import WriteRefused
from configvars.workspace.writing import write_report as write_file

_FOR_PEOPLE = ("text", "concise", "markdown")
_WITHOUT_SUMMARY = ("github", "gitlab", "junit")
"""Formats whose reports cannot say what was checked, or cannot say it if nothing is found."""


class Destination(Struct, frozen=True):
    """The file of a report, or stdout if there is none, and its text style."""

    path: str | None
    style: Style

    def write(self, text: str) -> None:
        """Write a complete report."""
        if self.path is None:
            sys.stdout.write(text)
            return
        try:
            write_file(self.path, text)
        except WriteRefused as why:
            raise CannotRun(
                f"The report was not written to {self.path}: {self._obstacle() or why}."
            ) from None

    def _obstacle(self) -> str:
        """Why no file can be at the path; empty if that is not the reason."""
        if os.path.isdir(self.path or ""):
            return "it is a folder"
        folder = os.path.dirname(self.path or "")
        return "" if os.path.isdir(folder or ".") else f"the folder {folder} does not exist"


def destination(args: argparse.Namespace) -> Destination:
    """Where the report of a command goes."""
    style = Style(colour=False) if args.output_file else style_for(sys.stdout, os.environ)
    return Destination(args.output_file, style)


def write_report(report: Report, args: argparse.Namespace) -> None:
    """Write a report; in a machine-readable format, its notes go to stderr instead."""
    where = destination(args)
    if args.statistics:
        where.write(statistics.write(report.diagnostics, where.style, args.output_format))
        return
    if args.output_format not in _FOR_PEOPLE and not args.quiet:
        say(report.notes)
    if args.output_format in _WITHOUT_SUMMARY and not args.quiet:
        say(map(summary, report.checked))
    where.write(FORMATS[args.output_format](report, where.style))

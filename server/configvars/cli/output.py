"""The report of `check`, and what else it prints."""

from __future__ import annotations

import argparse

from configvars.cli import statistics
from configvars.cli.destination import destination
from configvars.cli.formats import FORMATS
from configvars.cli.judging import summary
from configvars.cli.opening import say
from configvars.cli.report import Report

_FOR_PEOPLE = ("text", "concise", "markdown")
_WITHOUT_SUMMARY = ("github", "gitlab", "junit")
"""Formats whose reports cannot say what was checked, or cannot say it if nothing is found."""


def write_report(report: Report, args: argparse.Namespace) -> None:
    """Write a report; in a machine-readable format, its notes go to stderr instead."""
    where = destination(args)
    if args.statistics:
        found, style = report.diagnostics, where.style
        where.write(statistics.write(found, style, args.output_format, quiet=args.quiet))
        return
    if args.output_format not in _FOR_PEOPLE and not args.quiet:
        say(report.notes)
    if args.output_format in _WITHOUT_SUMMARY and not args.quiet:
        say(map(summary, report.checked))
    where.write(FORMATS[args.output_format](report, where.style))

"""A report with findings of every kind, for the tests of the output formats."""

from __future__ import annotations

from configvars.cli.excerpt import Excerpt
from configvars.cli.places import Range
from configvars.cli.report import Diagnostic, Report
from configvars.model import Severity

EMPTY = Report(())

MISSING = Diagnostic(
    check="missing-variable",
    severity=Severity.WARNING,
    message="API_KEY is missing from .env",
    path="app/pay.py",
    shown_path="shop/app/pay.py",
    range=Range(3, 12, 3, 19),
    variable="API_KEY",
    fixable=False,
    seen_from="/projects/ż",
    excerpt=Excerpt('os.environ["API_KEY"]', 12, 19),
)
AGAIN = Diagnostic(
    check="missing-variable",
    severity=Severity.WARNING,
    message="API_KEY is missing from .env",
    path="app/pay.py",
    shown_path="shop/app/pay.py",
    range=Range(9, 12, 9, 19),
    variable="API_KEY",
    fixable=False,
    seen_from="/projects/ż",
    excerpt=None,
)
DUPLICATE = Diagnostic(
    check="duplicate-variable",
    severity=Severity.ERROR,
    message="100% odd:\nname, <again>",
    path="ż, a:b.env",
    shown_path="shop/ż, a:b.env",
    range=Range(2, 1, 2, 5),
    variable="NAME",
    fixable=True,
    seen_from="/projects/ż",
    excerpt=Excerpt("NAME=***", 0, 4),
)
REMARK = Diagnostic(
    check="unused-variable",
    severity=Severity.HINT,
    message="no code reads it",
    path=".env",
    shown_path="shop/.env",
    range=Range(1, 1, 1, 4),
    variable=None,
    fixable=False,
    seen_from="/projects/ż",
    excerpt=None,
)
FULL = Report((MISSING, AGAIN, DUPLICATE, REMARK), ("There is no env file here.",))

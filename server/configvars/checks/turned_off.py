"""Variables that code needs, but most likely not on this machine.

They are commented out in the env file, or only a configuration class for production needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from msgspec.structs import replace

from configvars.checks.missing import Missing
from configvars.model import Example, FileFacts, Finding, Reference, Severity
from configvars.names.scopes import FUNCTIONS
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.text import Span, line_at

_COMMENTED = lazy_pattern(r"^[ \t]*#[ \t]*(?:export[ \t]+)?([\w.]+)[ \t]*=", re.MULTILINE)
_PRODUCTION = lazy_pattern(r"prod|heroku|live|staging|deploy", re.IGNORECASE)
_LOCAL = lazy_pattern(r"dev|local|debug", re.IGNORECASE)


def class_for_production(facts: FileFacts, project: Project, read: Reference) -> str:
    """A clause with the class for production that a read is in, if another class is for this machine."""
    for one in facts.flask.objects:
        inside = (key.value for key in one.keys if key.value is not None and key.path == facts.path)
        if _PRODUCTION.search(one.name) and any(at.start <= read.span.start < at.end for at in inside):
            has_other = project.remembered("local classes", lambda: _has_local_class(project))
            return f" if {one.name} is used" if has_other else ""
    return ""


def lower(severity: Severity, of_class: str) -> Severity:
    """The severity of a finding about a class: at most information."""
    return max(severity, Severity.INFORMATION, key=lambda each: each.rank) if of_class else severity


def or_turned_off(finding: Finding, missing: Missing, facts: FileFacts, project: Project) -> Finding:
    """Information if a function needs a variable that is commented out: what it does is turned off."""
    place = ""
    if finding.severity is Severity.WARNING and finding.variable is not None:
        place = _commented_out(finding.variable.name, missing.by.lacking, project)
    if not place or not _is_in_function(project, facts, finding.span):
        return finding
    message = f"{finding.message} ({place} has it commented out)"
    return replace(finding, severity=Severity.INFORMATION, message=message)


def _has_local_class(project: Project) -> bool:
    every = (one.name for facts in project.index.files.values() for one in facts.flask.objects)
    return any(_LOCAL.search(name) for name in every)


def _commented_out(name: str, files: Iterable[str], project: Project) -> str:
    """The place of `# NAME=` in one of these env files, such as `.env:3`; empty if there is none."""
    for path in files:
        lines = project.remembered(f"comments of {path}", partial(_commented, project, path))
        if name in lines:
            return f"{project.relative(path)}:{lines[name] + 1}"
    return ""


def _commented(project: Project, path: str) -> dict[str, int]:
    """The first line (0-based) in which an env file has an assignment to each name commented out."""
    text = project.text_of(path) or ""
    found: dict[str, int] = {}
    for one in _COMMENTED.finditer(text):
        found.setdefault(one[1], line_at(text, one.start()))
    return found


def _is_in_function(project: Project, facts: FileFacts, span: Span) -> bool:
    """Whether code runs only when a function is called, and not when its module is imported."""
    if facts.kind != "python":
        return False
    tree = project.tree_of(facts.path)
    node = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
    while node is not None and node.type not in FUNCTIONS:
        node = node.parent
    return node is not None


TURNED_OFF = (
    Example(
        "-- .env --\n# MAIL_KEY=\n# SECRET=\nA=1\n-- app.py --\nimport os\nsecret = os.environ['SECRET']\n"
        "def send():\n    return os.environ['MAIL_KEY']\n",
        (
            "app.py:2:22 warning SECRET is missing from .env; this code fails without it [fix: Add SECRET to .env]",
            "app.py:4:24 information MAIL_KEY is missing from .env; this code fails without it (.env:1 has it commented out) [fix: Add MAIL_KEY to .env]",
        ),
        note="commented out, which turns off what the function does, but not the import",
    ),
    Example(
        "-- .env --\nA=1\n-- config.py --\nimport os\nclass DevelopmentConfig:\n    SECRET_KEY = 'dev'\n"
        "class ProductionConfig:\n    SECRET_KEY = os.environ.get('SECRET_KEY')\n-- app.py --\nfrom flask import Flask\n"
        "from config import DevelopmentConfig, ProductionConfig\napp = Flask(__name__)\n"
        "app.config.from_object({'dev': DevelopmentConfig, 'prod': ProductionConfig}[app.name])\n",
        (
            "config.py:5:34 information SECRET_KEY is missing from .env; without it Flask's SECRET_KEY is None if ProductionConfig is used [fix: Add SECRET_KEY to .env]",
        ),
        note="another class is for development",
    ),
)

"""Python files that are not valid Python: it is not known what they read, and the app does not start.

Only Python's own parser decides this, and it runs nothing. What it does not accept may be syntax of a newer
Python, so tree-sitter, which knows newer syntax, must find an error too, unless no Python 3 accepts it.
"""

from __future__ import annotations

import ast
import os
import re
import sys
import warnings
from collections.abc import Iterable, Iterator

from configvars.model import Finding, Severity
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.givers import is_test
from configvars.syntax.python import parse
from configvars.text import LineIndex, Span

CHECK = "syntax-error"
_PYTHON = (".py", ".pyw")
_PYTHON_2 = lazy_pattern(r"Missing parentheses in call to|leading zeros in decimal")
# Statements of Python 2 that tree-sitter accepts: `raise E, "x"`, `except E, e:`, `<>`, backticks.
_LINE_OF_PYTHON_2 = lazy_pattern(
    r"^\s*raise\s+[\w.]+\s*,|^\s*except\s+[^:]*,\s*[a-z_]\w?\s*:|<>|^[^'\"#]*`|^\s*def\s+\w+\s*\([^'\"#)]*\("
)
_TEMPLATE = lazy_pattern(r"\{\{.*?\}\}|\{%.*?%\}")
_VERSION = lazy_pattern(r"(?:^|python-)(\d+)\.(\d+)", re.MULTILINE)


def not_python(project: Project, paths: Iterable[str]) -> Iterator[Finding]:
    """A finding for each file that cannot be parsed, except tests, notebooks and templates."""
    for path in sorted(paths):
        if path.endswith(_PYTHON) and not is_test(project, path) and "{{" not in path:
            text = project.text_of(path)
            if text is None:
                yield from _unread(project, path)
            elif (place := invalid(text)) is not None and not _TEMPLATE.search(_line(text, place)):
                yield _finding(project, path, place, _severity(project, path))


def _unread(project: Project, path: str) -> Iterator[Finding]:
    unread = project.unread_on_disk(path)
    if unread is not None and not unread.missing:
        message = f"{project.relative(path)} {unread.why}, so what it reads is not known"
        yield Finding(CHECK, Severity.ERROR, message, path, Span(0, 0))


def invalid(text: str) -> Span | None:
    """The place at which Python cannot parse a text; None if it can, or if a newer Python may."""
    try:
        with warnings.catch_warnings(action="ignore"):
            ast.parse(text.removeprefix("\ufeff"))
    except SyntaxError as error:
        place = _place(text, error)
        is_certain = isinstance(error, IndentationError) or _PYTHON_2.search(error.msg)
        is_certain = is_certain or _LINE_OF_PYTHON_2.search(_line(text, place))
        return place if is_certain or parse(text).root.has_error else None
    except (MemoryError, RecursionError):
        return Span(0, 0)
    except ValueError:  # a surrogate, which no file contains
        return None
    return None


def _place(text: str, error: SyntaxError) -> Span:
    lines = LineIndex(text)
    line = min(max(error.lineno or 1, 1), lines.line_count) - 1
    start = lines.offset(line, max((error.offset or 1) - 1, 0))
    return Span(start, min(start + 1, len(text)))


def _line(text: str, place: Span) -> str:
    lines = LineIndex(text)
    return lines.line_span(lines.position(place.start).line).of(text)


def _severity(project: Project, path: str) -> Severity:
    """A warning if the project is for a newer Python than this one, which may accept the file."""
    home = home_of(path, project.index.files, project.root)
    for name in (".python-version", "runtime.txt"):
        declared = _VERSION.search(project.text_of(os.path.join(home, name)) or "")
        if declared is not None and (int(declared[1]), int(declared[2])) > sys.version_info[:2]:
            return Severity.WARNING
    return Severity.ERROR


def _finding(project: Project, path: str, place: Span, severity: Severity) -> Finding:
    shown = project.relative(path)
    message = f"{shown} is not valid Python: the app fails with a SyntaxError where it loads this file"
    if severity is Severity.WARNING:
        version = ".".join(map(str, sys.version_info[:2]))
        message = f"{shown} is not valid in Python {version}, which runs this check"
    elif place == Span(0, 0):
        severity, message = Severity.WARNING, f"{shown} is nested too deeply for Python's parser"
    return Finding(CHECK, severity, f"{message}, and what it reads is not known", path, place)

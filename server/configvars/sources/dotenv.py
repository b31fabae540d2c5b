"""Env files: `.env` and similar files set variables, their templates list them."""

from __future__ import annotations

import os
from collections.abc import Generator

from configvars.limits import STATEMENTS
from configvars.model import Example, FileFacts
from configvars.sources.base import Source
from configvars.sources.env_lines import INTERPOLATION, INTERPOLATION_WITH_DEFAULT, KIND, EnvLines
from configvars.sources.env_names import is_env_file_name, is_template_name
from configvars.sources.env_problems import SYNTAX_ERROR
from configvars.syntax.dotenv import iter_bindings
from configvars.syntax.env_parts import parts

__all__ = [
    "DOTENV",
    "INTERPOLATION",
    "INTERPOLATION_WITH_DEFAULT",
    "KIND",
    "SYNTAX_ERROR",
    "analyze",
    "analyze_in_slices",
]

_SLICE = 20  # statements in a step


def analyze(path: str, text: str) -> FileFacts:
    """The facts of an env file, or of a template, depending on its name."""
    steps = analyze_in_slices(path, text)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            facts: FileFacts = done.value
            return facts


def analyze_in_slices(path: str, text: str) -> Generator[None, None, FileFacts]:
    """`analyze` in steps of a few milliseconds: yields between them and returns the facts."""
    lines = EnvLines(text, template=is_template_name(os.path.basename(path)))
    for count, (binding, part) in enumerate(parts(iter_bindings(text), text), 1):
        if count > STATEMENTS.most:
            return FileFacts(path, KIND, skipped=f"has more than {STATEMENTS.most} statements")
        lines.add(binding, part)
        if count % _SLICE == 0:
            yield
    return lines.facts(path)


DOTENV = Source(
    name=KIND,
    matches=is_env_file_name,
    analyze=analyze,
    in_slices=analyze_in_slices,
    examples=(
        Example("# A=1\n", (), "a comment"),
        Example("=x\nA B=1\nC='x\n", (), "python-dotenv ignores these lines"),
        Example(
            "hunter2\nA.B=1\nX${y}=1\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nab=\n",
            (),
            "parts of values, not names",
        ),
        Example("SECRET_KEY=x\nexport DEBUG = 1\n", ("1:1 SECRET_KEY", "2:8 DEBUG")),
        Example("KEY='-----BEGIN\nX=1\n-----END'\nB=\n", ("1:1 KEY", "4:1 B"), "a multi-line value"),
        Example(
            "KEY=-----BEGIN A-----\nx=\n-----END A-----\nB=\n",
            ("1:1 KEY", "4:1 B"),
            "a multi-line value without quotes",
        ),
        Example("'A'=1\nB\n", ("1:2 A", "2:1 B"), "a quoted name, and a bare name"),
        Example(
            "HOST=x\nURL=http://${HOST}:${PORT:-5000}/\n",
            ("1:1 HOST", "2:1 URL", "2:14 HOST defaulted", "2:22 PORT defaulted"),
        ),
        Example("P=pa${tail}\n", ("1:1 P", "mentions tail"), "a lower-case word may be part of the value"),
    ),
)

"""The type of a check: its name, the text of its page, and a function that checks one file of a project."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from configvars.checks.subjects import ANYTHING, Subject
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project

HOME = "https://github.com/configvars/configvars"
SITE = "https://configvars.github.io/configvars"


def page_of(check: str) -> str:
    """The URL of the page of a check; it stays the same as long as the check exists."""
    return f"{SITE}/checks/{check}.html"


class Check(Struct, frozen=True):
    """One check.

    `name` is the diagnostic code. `what` and `why` are Markdown for its page (`docs/checks/<name>.md`).
    `silent` contains examples without findings, `examples` those with findings, which are rendered as
    ``path:line:column VARIABLE`` (1-based). `run` yields the findings in one file, with the severity
    `severity` unless the check chooses another one, and None where the caller may do other work; the caller
    applies settings and suppressions. It finds nothing in a file without any of the subjects `about`.
    `of_all_files`: a finding depends on the fact that no other file of the folder sets or reads something.
    """

    name: str
    severity: Severity
    summary: str
    what: str
    why: str
    run: Callable[[FileFacts, Project], Iterator[Finding | None]]
    silent: tuple[Example, ...]
    examples: tuple[Example, ...]
    of_all_files: bool = False
    about: Subject = ANYTHING

"""What a check is: a name, a page and a function over one file of a project."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project

HOME = "https://github.com/configvars/configvars"
SITE = "https://configvars.github.io/configvars"


def page_of(check: str) -> str:
    """The URL of the page of a check; it stays the same as long as the check exists."""
    return f"{SITE}/checks/{check}.html"


@dataclass(frozen=True, slots=True)
class Check:
    """One diagnostic.

    `name` is its code. `what` and `why` are Markdown for its page (`docs/checks/<name>.md`); `silent`
    holds the examples that must not be found, `examples` those that must, with findings rendered as
    ``path:line:column VARIABLE`` (1-based). `run` yields the findings in one file, each with the default
    severity `severity` unless the check itself knows better; settings and suppressions are applied by
    the caller. `of_all_files`: what it says rests on what no other file of the folder gives or reads.
    """

    name: str
    severity: Severity
    summary: str
    what: str
    why: str
    run: Callable[[FileFacts, Project], Iterator[Finding]]
    silent: tuple[Example, ...]
    examples: tuple[Example, ...]
    of_all_files: bool = False

"""The state before a change: what the code needed, what an app lacked, and what set variables."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct, field

from configvars.checks.auxiliary import is_auxiliary, is_in_auxiliary_folder
from configvars.cli.errors import CannotRun
from configvars.model import Access, Finding, Need, Severity
from configvars.project import Project
from configvars.resolve.env_files import is_test_file
from configvars.runs.givers import is_test
from configvars.workspace.reading import Unread, read_text

_MAX_SIZE = 64 * 1024 * 1024
_NEEDIEST_FIRST = tuple(Need)
_REQUIRED_BY_CODE, _REQUIRED_BY_MANIFEST = "not-on-heroku", "declared-not-on-heroku"

Needs = Mapping[str, Need]
"""The environment variables that code reads, each with its strongest need."""
Givers = frozenset[tuple[str, str]]
"""What sets variables: `write` or `file`, and the name of the variable."""


class Before(Struct, frozen=True):
    """The state before a change.

    `failing` contains the variables that an app lacked, each with the rank of the finding; None if that is
    not known, and then `declared` says of the names in app.json whether they were required.
    """

    needs: Needs
    failing: Mapping[str, int] | None = None
    declared: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    givers: Givers = frozenset()

    def is_new(self, found: Finding, rank: int, gone: Givers) -> bool:
        """Whether a finding comes from the change; `gone` is what the change removed."""
        name = found.variable.name if found.variable is not None else ""
        if self.failing is not None:
            return rank < self.failing.get(name, rank + 1)
        if found.check == _REQUIRED_BY_MANIFEST:
            was = self.declared.get(name)
            return was is None or (found.severity is Severity.ERROR and not was)
        is_gone = any(each in gone for each in (("write", name), ("file", name)))
        return is_gone or self.needs.get(name) is not Need.REQUIRED


def failures_of(findings: Iterable[Finding], project: Project) -> Iterator[tuple[Finding, int]]:
    """The errors and warnings that an app lacks a variable, each with its rank; scripts count less."""
    for found in findings:
        is_lack = found.check in (_REQUIRED_BY_CODE, _REQUIRED_BY_MANIFEST) and found.variable is not None
        if is_lack and found.severity in (Severity.ERROR, Severity.WARNING):
            aside = is_auxiliary(project, project.index.files[found.path])
            yield found, found.severity.rank + (len(Severity) if aside else 0)


def ranks(failures: Iterable[tuple[Finding, int]]) -> dict[str, int]:
    """The rank of the most severe finding about each variable."""
    found: dict[str, int] = {}
    for finding, rank in failures:
        name = finding.variable.name if finding.variable is not None else ""
        found[name] = min(rank, found.get(name, rank))
    return found


def needs_of(project: Project, wants: Callable[[str], bool] = lambda path: True) -> Needs:
    """The variables that the code of a project needs, without tests.

    Scripts and reads behind a switch count less than the app's own code.
    """
    return _strongest(
        (found.variable.name, _weighed(found.need, found.switch is not None or is_auxiliary(project, facts)))
        for path, facts in project.index.files.items()
        if wants(path) and not is_test(project, path)
        for found in facts.references
        if found.need is not None and found.variable.scope == "env"
    )


def givers_of(project: Project) -> Givers:
    """What the code and the env files of a project set."""
    writes = {
        ("write", found.variable.name)
        for path, facts in project.index.files.items()
        if not is_test(project, path)
        for found in facts.references
        if _is_set(found.access, found.idiom)
    }
    lines = {
        ("file", each.variable.name)
        for facts in project.index.files.values()
        for each in facts.definitions
        if each.kind == "dotenv" and not each.declaration
    }
    return frozenset(writes | lines)


def in_inventory(path: str, cwd: str) -> Before:
    """The state when `inventory --output-format json` wrote the file `path`."""
    absolute = os.path.normpath(os.path.join(cwd, path))
    file = read_text(absolute, os.path.dirname(absolute), _MAX_SIZE, python=False)
    if isinstance(file, Unread):
        raise CannotRun(f"The inventory {path} {file.why}.")
    try:
        document = json.loads(file.text)
        if document.get("version", 1) != 1:
            raise CannotRun(f"The inventory {path} has another version: write it again.")
        return _of_inventory(document["references"], document.get("definitions", []))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise CannotRun(
            f"The inventory {path} is not what `configvars inventory --output-format json` writes."
        ) from None


def _of_inventory(references: list[dict[str, str]], definitions: list[dict[str, object]]) -> Before:
    code = [each for each in references if each["scope"] == "env" and not is_test_file(each["path"], "")]
    needs = _strongest(
        (
            str(each["name"]),
            _weighed(Need(each["need"]), "switch" in each or is_in_auxiliary_folder(each["path"])),
        )
        for each in code
        if "need" in each
    )
    writes = {("write", str(each["name"])) for each in code if _is_set(each["access"], each["idiom"])}
    env = [each for each in definitions if each["scope"] == "env"]
    lines = {
        ("file", str(each["name"])) for each in env if each["kind"] == "dotenv" and not each["declaration"]
    }
    declared = {str(each["name"]): each.get("required") is True for each in env if each["kind"] == "app.json"}
    return Before(needs, None, declared, frozenset(writes | lines))


def _is_set(access: str, idiom: str) -> bool:
    return access == Access.WRITE or idiom.endswith("setdefault")


def _weighed(need: Need, is_weak: bool) -> Need:
    return Need.GUARDED if is_weak and need is Need.REQUIRED else need


def _strongest(reads: Iterable[tuple[str, Need]]) -> Needs:
    needs: dict[str, Need] = {}
    for name, need in reads:
        needs[name] = min(need, needs.get(name, need), key=_NEEDIEST_FIRST.index)
    return needs

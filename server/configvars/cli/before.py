"""The state before a change: what the code needed, what an app lacked, and what set variables."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from configvars.checks.auxiliary import is_auxiliary, is_in_auxiliary_folder
from configvars.cli.errors import CannotRun
from configvars.model import Access, Finding, Need, Severity
from configvars.project import Project
from configvars.resolve.env_files import is_test_file
from configvars.runs.givers import is_test
from configvars.workspace.reading import Unread, read_text

_MAX_SIZE = 64 * 1024 * 1024
_NEEDIEST_FIRST = tuple(Need)
_SEVERE = (Severity.ERROR, Severity.WARNING)
# Checks whose findings depend on what an app has, and not only on what it lacks.
_COMPARES = frozenset({"apps-differ", "only-on-heroku", "overridden-on-heroku"})
ADDON = "addon-not-on-heroku"
_REQUIRED_BY_CODE, _REQUIRED_BY_MANIFEST = "not-on-heroku", "declared-not-on-heroku"

Needs = Mapping[str, Need]
"""The environment variables that code reads, each with its strongest need."""
Givers = frozenset[tuple[str, str]]
"""What sets variables: `write` or `file`, and the name of the variable."""


Key = tuple[str, str]
"""What makes two findings the same: the check, and the variable or, without one, the place (`key_of`)."""


class Before(Struct, frozen=True):
    """The state before a change.

    `seen` contains the findings of that state, each with its rank; None if they are not known, and then
    `declared` says of the names in app.json whether they were required. `other_apps`: they are those for an
    app without config vars, so findings that compare apps say nothing.
    """

    needs: Needs
    seen: Mapping[Key, int] | None = None
    other_apps: bool = False
    declared: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    givers: Givers = frozenset()

    def is_first_seen(self, found: Finding, project: Project) -> bool:
        """Whether the state before did not have a finding, or only a less severe one."""
        if self.seen is None or (self.other_apps and not _is_of_code(found)):
            return False
        rank = rank_of(found, project)
        key = _key_in_inventory(found, project) if self.other_apps else key_of(found, project)
        if self.other_apps and found.check == ADDON and (ADDON, project.inner(found.path)) in self.seen:
            return False  # the inventory is from a version that did not write which add-on a finding is about
        return rank < self.seen.get(key, rank + 1)

    def is_new(self, found: Finding, project: Project, gone: Givers) -> bool:
        """Whether an app lacks a variable because of the change; `gone` is what the change removed."""
        name = found.variable.name if found.variable is not None else ""
        if self.seen is not None:
            return self.is_first_seen(found, project)
        if found.check == _REQUIRED_BY_MANIFEST:
            was = self.declared.get(name)
            return was is None or (found.severity is Severity.ERROR and not was)
        is_gone = any(each in gone for each in (("write", name), ("file", name)))
        return is_gone or self.needs.get(name) is not Need.REQUIRED


def failures_of(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The errors and warnings that an app lacks a variable."""
    for found in findings:
        is_lack = found.check in (_REQUIRED_BY_CODE, _REQUIRED_BY_MANIFEST) and found.variable is not None
        if is_lack and found.severity in _SEVERE:
            yield found


def seen_in(findings: Iterable[Finding], project: Project) -> dict[Key, int]:
    """The findings of a state, each with the rank of the most severe one."""
    found: dict[Key, int] = {}
    for finding in findings:
        key, rank = key_of(finding, project), rank_of(finding, project)
        found[key] = min(rank, found.get(key, rank))
    return found


def key_of(found: Finding, project: Project) -> Key:
    """What identifies a finding: its variable, or the file and what is written at its place."""
    check, name = _key_in_inventory(found, project)
    text = (
        ""
        if found.variable is not None or check == ADDON
        else found.span.of(project.text_of(found.path) or "")
    )
    return check, f"{name}: {text}" if text else name


def _key_in_inventory(found: Finding, project: Project) -> Key:
    """What an inventory says of a finding: its variable, or the file."""
    if found.check == ADDON:
        return ADDON, f"{project.inner(found.path)}: {addon_of(found, project)}"
    return found.check, found.variable.name if found.variable is not None else project.inner(found.path)


def addon_of(found: Finding, project: Project) -> str:
    """The add-on that a finding is about, without its plan."""
    return found.span.of(project.text_of(found.path) or "").strip("\"'").partition(":")[0]


def rank_of(found: Finding, project: Project) -> int:
    """How severe a finding is, 0 for the worst; findings in scripts count less."""
    facts = project.index.files.get(found.path)
    is_aside = facts is not None and is_auxiliary(project, facts)
    return found.severity.rank + (len(Severity) if is_aside else 0)


def _is_of_code(found: Finding) -> bool:
    if found.check == ADDON:
        return True
    return found.severity in _SEVERE and found.check not in _COMPARES


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
        before = _of_inventory(document["references"], document.get("definitions", []))
        found = document.get("deploy", {}).get("findings")
        return before if found is None else replace(before, seen=_seen_in_inventory(found), other_apps=True)
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
    return Before(needs, declared=declared, givers=frozenset(writes | lines))


def _seen_in_inventory(findings: list[dict[str, str]]) -> dict[Key, int]:
    seen: dict[Key, int] = {}
    for each in findings:
        is_aside = is_in_auxiliary_folder(each["path"])
        rank = Severity(each["severity"]).rank + (len(Severity) if is_aside else 0)
        place = f"{each['path']}: {each['addon']}" if "addon" in each else each["path"]
        key = each["check"], each.get("variable") or place
        seen[key] = min(rank, seen.get(key, rank))
    return seen


def _is_set(access: str, idiom: str) -> bool:
    return access == Access.WRITE or idiom.endswith("setdefault")


def _weighed(need: Need, is_weak: bool) -> Need:
    return Need.GUARDED if is_weak and need is Need.REQUIRED else need


def _strongest(reads: Iterable[tuple[str, Need]]) -> Needs:
    needs: dict[str, Need] = {}
    for name, need in reads:
        needs[name] = min(need, needs.get(name, need), key=_NEEDIEST_FIRST.index)
    return needs

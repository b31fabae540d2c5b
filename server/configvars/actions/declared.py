"""What a template or app.json should list: variables that code reads and that somebody has to set.

Values are not involved.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from configvars.catalog import lookup
from configvars.checks.auxiliary import is_auxiliary
from configvars.edits import is_writable_name
from configvars.flask.reads import need_of
from configvars.model import FileFacts, Need, Reference
from configvars.project import Project
from configvars.resolve.env_files import home_of, is_template
from configvars.runs.alternatives import alternatives
from configvars.runs.givers import among, comes_by_itself
from configvars.runs.heroku_files import brought
from configvars.secret import Secret

MANIFEST = "app.json"
_USUAL = (".env.example", ".env.sample", ".env.template", ".env.dist")
_NEEDS = (Need.REQUIRED, Need.OPTIONAL)
_KINDS: Mapping[str, str] = {
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
    "bool": "true or false",
    "strtobool": "true or false",
    "uuid": "a UUID",
    "loads": "JSON",
    "json": "JSON",
    "url": "a URL",
}


class Entry(Struct, frozen=True):
    """A variable to be listed: whether code fails without it, who reads it (absolute paths), its kind.

    `kind` is a phrase such as "a whole number", empty if any string is accepted.
    """

    name: str
    required: bool
    readers: tuple[str, ...]
    kind: str = ""


class _Read(Struct, frozen=True):
    path: str
    reference: Reference
    required: bool


Listing = Mapping[str, tuple[Entry, ...]]
"""The entries that each file lacks, by its absolute path; no key for a file that lists them all."""


def lacking_in_templates(project: Project, into: str | None = None) -> Listing:
    """What the templates of a project lack: for each app in its own, or all in the template `into`.

    An app without a template gets a `.env.example` next to its Procfile, app.json or `.env`, or in the root.
    """

    def target(path: str) -> str:
        return into or _template_for(project, path)

    def beside(path: str) -> list[str]:
        folder = os.path.dirname(path)
        return [each for each in _templates(project) if os.path.dirname(each) == folder]

    found = _reads_by_target(project, _NEEDS, target)
    return {path: _lacking(project, reads, [into] if into else beside(path)) for path, reads in found.items()}


def lacking_in_manifests(project: Project) -> Listing:
    """What the app.json of each app lacks of what the app requires.

    Add-ons set their variables by themselves.
    """

    def target(path: str) -> str:
        for folder in _upwards(os.path.dirname(path), project.root):
            if (manifest := os.path.join(folder, MANIFEST)) in project.index.files:
                return manifest
        return os.path.join(project.root, MANIFEST)

    found = _reads_by_target(project, (Need.REQUIRED,), target)
    own = {path: [read for read in reads if not _is_brought(project, read)] for path, reads in found.items()}
    return {path: _lacking(project, reads, [path]) for path, reads in own.items()}


def _is_brought(project: Project, read: _Read) -> bool:
    name = read.reference.variable.name
    return lookup(name) is not None or brought(project, read.path)(name)


def _reads_by_target(
    project: Project, needs: Iterable[Need], target: Callable[[str], str]
) -> dict[str, list[_Read]]:
    """The reads of variables that somebody has to set, by the file that should list them."""
    wanted = frozenset(needs)
    found: defaultdict[str, list[_Read]] = defaultdict(list)
    for path, facts in sorted(project.index.files.items()):
        if is_auxiliary(project, facts) or project.own(path) != path:
            continue
        if reads := list(_reads(project, facts, wanted)):
            found[target(path)] += reads
    return dict(sorted(found.items()))


def _reads(project: Project, facts: FileFacts, wanted: frozenset[Need]) -> Iterator[_Read]:
    for reference in facts.references:
        if reference.need is None or reference.variable.scope != "env":
            continue
        need = need_of(facts, project, reference)
        if (
            need in wanted
            and is_writable_name(reference.variable.name)
            and not comes_by_itself(project, facts.path, reference.variable)
        ):
            yield _Read(facts.path, reference, need is Need.REQUIRED)


def _lacking(project: Project, reads: Iterable[_Read], files: Iterable[str]) -> tuple[Entry, ...]:
    """The entries for variables that none of the files lists, by name."""
    facts = [project.index.files[path] for path in files if path in project.index.files]
    is_listed = among(d.variable.name for each in facts for d in each.definitions)
    concealed = frozenset[Secret]().union(*(each.concealed for each in facts))
    by_name: defaultdict[str, list[_Read]] = defaultdict(list)
    for read in reads:
        name = read.reference.variable.name
        if not any(map(is_listed, alternatives(read.reference))) and Secret(name) not in concealed:
            by_name[name].append(read)
    return tuple(_entry(name, by_name[name]) for name in sorted(by_name))


def _entry(name: str, reads: list[_Read]) -> Entry:
    neediest_first = sorted(reads, key=lambda read: not read.required)
    readers = tuple(dict.fromkeys(read.path for read in neediest_first))
    kinds = {kind for read in reads if (kind := _kind(read.reference))}
    return Entry(name, neediest_first[0].required, readers, kinds.pop() if len(kinds) == 1 else "")


def _kind(reference: Reference) -> str:
    """What the code converts the string to, if that is written where it is read."""
    if reference.flow is None:
        return ""
    converter = reference.flow.type or reference.flow.passed_to
    return _KINDS.get(converter.replace(" ", ".").rpartition(".")[2].lower(), "")


def _templates(project: Project) -> list[str]:
    files = project.index.files.items()
    return sorted(path for path, facts in files if facts.kind == "dotenv" and is_template(path))


def _template_for(project: Project, path: str) -> str:
    """The template for what a file reads: the nearest one upwards.

    Of several, the one with the most usual name.
    """
    templates = _templates(project)
    for folder in _upwards(os.path.dirname(path), project.root):
        if here := [each for each in templates if os.path.dirname(each) == folder]:
            return min(here, key=_unusual)
    return os.path.join(home_of(path, project.index.files, project.root), _USUAL[0])


def _unusual(path: str) -> tuple[int, str]:
    name = os.path.basename(path)
    return (_USUAL.index(name) if name in _USUAL else len(_USUAL)), name


def _upwards(folder: str, root: str) -> Iterator[str]:
    yield folder
    while folder != root and folder != os.path.dirname(folder):
        folder = os.path.dirname(folder)
        yield folder

"""`configvars inventory`: every variable of a folder, where it is read and where it is set."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from datetime import UTC

from msgspec.structs import replace

from configvars.checks.library_use import LibraryUse
from configvars.cli.apps import named_apps
from configvars.cli.deploy_inventory import deploy_findings
from configvars.cli.destination import destination
from configvars.cli.heroku import ask
from configvars.cli.opening import Opener
from configvars.cli.overview import overview
from configvars.cli.places import Places
from configvars.cli.targets import current_folder, folder
from configvars.cli.viewpoint import viewpoint
from configvars.model import Access, Definition, DynamicReference, Reference
from configvars.platforms.base import AppSnapshot
from configvars.project import Project
from configvars.text import Span

VERSION = 1


def run(args: argparse.Namespace) -> int:
    """Write the inventory of one folder."""
    cwd = current_folder()
    root = folder(args.path, cwd)
    opener = Opener(args.config, args.isolated)
    apps = ask(named_apps(args.apps, os.environ, [root]), [root], opener.heroku_timeout(root))
    workspace = opener.open(root, apps)
    project = replace(workspace.project(), seen_from=viewpoint(args.output_format, root, cwd, os.environ))
    where = destination(args)
    if args.output_format == "json":
        document = as_json(project)
        document["deploy"] = {"findings": list(deploy_findings(workspace))}
        where.write_json(document)
    else:
        where.write(overview(project, where.style))
    return 0


def as_json(project: Project) -> dict[str, object]:
    """The inventory as JSON, with names and places, sorted by place (docs/json.md)."""
    places = Places(project)
    references: list[dict[str, object]] = []
    dynamic: list[dict[str, object]] = []
    definitions: list[dict[str, object]] = []
    for path, facts in sorted(project.index.files.items(), key=lambda item: places.relative(item[0])):
        if facts.kind == "python" and project.own(path) != path:
            continue  # a link: the list contains the file itself
        references += (_reference(path, found, places) for found in sorted(facts.references, key=_place))
        dynamic += (_dynamic(path, found, places) for found in sorted(facts.dynamic, key=_place))
        definitions += (_definition(path, found, places) for found in sorted(facts.definitions, key=_place))
    document: dict[str, object] = {
        "version": VERSION,
        "root": project.root.replace(os.sep, "/"),
        "references": references,
        "dynamic": dynamic,
        "definitions": definitions,
        "platforms": [_platform(app) for app in project.apps],
    }
    if libraries := list(_libraries(project)):
        document["libraries"] = libraries
    return document


def _place(found: Reference | DynamicReference | Definition) -> Span:
    return found.span


def _reference(path: str, found: Reference, places: Places) -> dict[str, object]:
    written: dict[str, object] = {
        "scope": found.variable.scope,
        "name": found.variable.name,
        "path": places.relative(path),
        **places.range(path, found.span).as_json(),
        "idiom": found.idiom,
        "access": found.access,
    }
    if found.access is Access.READ and found.need is not None:
        written["need"] = found.need
    if found.switch is not None:
        written["switch"] = found.switch
    if found.written_at is not None:
        place = places.of_mark(found.written_at)
        if place is not None:
            written["written_at"] = places.written(place)
    return written


def _dynamic(path: str, found: DynamicReference, places: Places) -> dict[str, object]:
    return {
        "path": places.relative(path),
        **places.range(path, found.span).as_json(),
        "idiom": found.idiom,
    }


def _definition(path: str, found: Definition, places: Places) -> dict[str, object]:
    written: dict[str, object] = {
        "scope": found.variable.scope,
        "name": found.variable.name,
        "path": places.relative(path),
        **places.range(path, found.span).as_json(),
        "kind": found.kind,
        "declaration": found.declaration,
    }
    if found.required is not None:
        written["required"] = found.required
    return written


def _libraries(project: Project) -> Iterator[dict[str, object]]:
    """The variables that files here set or list, that no code reads, and that a library reads by itself."""
    use, read_here = LibraryUse(project), frozenset(project.index.referenced())
    for name in (
        each.name for each in project.index.defined() if each.scope == "env" and each not in read_here
    ):
        for read in use.readers(name):
            yield {"name": name, "package": read.called, "version": read.version, "source": read.source}


def _platform(app: AppSnapshot) -> dict[str, object]:
    return {
        "platform": app.platform,
        "app": app.app,
        "names": sorted(app.variables),
        "fetched": app.fetched.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }

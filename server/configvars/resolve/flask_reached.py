"""Which classes and modules are loaded as Flask configuration."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from configvars.flask_model import ConfigFeed, ConfigObject, FlaskFacts
from configvars.readers.flask_flow import KIND
from configvars.resolve.flask_events import Events, steps_in
from configvars.resolve.flask_places import pyfile_templates, pyfiles
from configvars.text import Mark

PYFILE = "flask-pyfile"


def reached(
    feeds: Iterable[ConfigFeed],
    files: Mapping[str, FlaskFacts],
    events: Events,
    objects: Mapping[Mark, ConfigObject],
) -> dict[Mark, str]:
    """The homes that are loaded, with the kind of their definitions; also base classes and subclasses."""
    found = {home: KIND for feed in feeds for home in feed.classes if home in objects}
    for path, flow, step in steps_in(events):
        if step.method == "from_pyfile" and step.file:
            for file in pyfiles(path, flow, step.file):
                home = Mark(file)
                if home in objects:
                    found.setdefault(home, PYFILE)
                    break
    modules = {home.path for home, one in objects.items() if not one.name}
    for home in (
        *_in_instance_folders(files, objects),
        *map(Mark, pyfile_templates(steps_in(events), modules)),
    ):
        found.setdefault(home, PYFILE)
    derived = _derived(objects)
    waiting = list(found)
    while waiting:
        home = waiting.pop()
        near = [base for base in objects[home].bases if isinstance(base, Mark)]
        near += derived[home] if objects[home].name else []
        for other in near:
            if other in objects and other not in found:
                found[other] = found[home]
                waiting.append(other)
    return found


def _derived(objects: Mapping[Mark, ConfigObject]) -> defaultdict[Mark | str, list[Mark]]:
    """The subclasses of each class."""
    found: defaultdict[Mark | str, list[Mark]] = defaultdict(list)
    for home, one in objects.items():
        for base in one.bases if one.name else ():
            found[base].append(home)
    return found


def _in_instance_folders(
    files: Mapping[str, FlaskFacts], objects: Mapping[Mark, ConfigObject]
) -> Iterator[Mark]:
    """The files in instance folders of apps that have one; such folders contain only configuration."""
    flows = [(path, flow) for path, facts in files.items() for flow in facts.flows if flow.relative]
    roots = {
        folder
        for path, _ in flows
        for folder in (os.path.dirname(path), os.path.dirname(os.path.dirname(path)))
    }
    modules = [home for home, one in objects.items() if not one.name] if roots else []
    for home in modules:
        folder, name = os.path.split(os.path.dirname(home.path))
        if name == "instance" and folder in roots:
            yield home

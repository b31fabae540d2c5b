"""Keys of a Flask configuration with which code fails if they are empty: `if not app.config["X"]: raise`."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.flask.apps import apps_of, effective_apps
from configvars.flask.needs import feeding
from configvars.project import Project
from configvars.resolve.env_files import is_test_file
from configvars.text import Place, Span


def empty_reads(project: Project) -> dict[tuple[str, Span], tuple[str, Place]]:
    """The reads that alone set such a key, each with the key and the place that fails.

    The keys of the result are the file and the span of the name.
    """
    return project.remembered("flask keys that may not be empty", lambda: dict(_empty_reads(project)))


def _empty_reads(project: Project) -> Iterator[tuple[tuple[str, Span], tuple[str, Place]]]:
    failing = [
        (reference.variable.name, Place(path, reference.span))
        for path, facts in sorted(project.index.files.items())
        if not is_test_file(path, project.root)
        for reference in facts.references
        if reference.empty_fails and reference.variable.scope == "flask"
    ]
    for app in effective_apps(project) if failing else ():
        for key, place in failing:
            givings = app.outcomes(key) if app in apps_of(project, place.path) and not app.prefixes else ()
            if len(givings) == 1 and (app.is_closed or givings[0].sure):
                for reference in feeding(project, givings[0]):
                    yield (givings[0].path, reference.span), (key, place)

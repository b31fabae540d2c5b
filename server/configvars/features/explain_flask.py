"""The explanation of a Flask key for each app, as sentences and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from configvars.checks.wording import joined
from configvars.flask.effective import Giving, Opening
from configvars.flask.story import KeyStory
from configvars.flask_model import ValueKind
from configvars.model import Reference
from configvars.project import Project
from configvars.runs.env_files import definitions_for
from configvars.text import Span, line_at

_KINDS: Mapping[ValueKind, str] = {
    "environment": "a string from the environment",
    "text": "a string in the code",
    "bytes": "bytes",
    "number": "a number",
    "bool": "true or false",
    "none": "None",
    "duration": "a duration",
    "list": "a list",
    "dict": "a dict",
}


def sentences(story: KeyStory, project: Project) -> Iterator[str]:
    """Such as `set by app.py:5 (a string from the environment)`, and further remarks."""
    yield f"{_state(story, project)}{_about(story)}"
    for other in dict.fromkeys(step_place(each, project) for each in story.others):
        yield f"{other} may set it instead"
    losers = list(dict.fromkeys(step_place(lost, project) for lost in story.losers))
    if losers:
        yield f"{', '.join(losers)} {'does' if len(losers) == 1 else 'do'} not count"
    if story.variables:
        yield f"its value comes from {', '.join(story.variables)}"
    yield from _by_prefix(story, project)
    for taking in story.takings:
        where = place(project, taking.path, taking.escape.span)
        yield f"{taking.extension.package} reads it once, at {where}"
    if not story.is_closed:
        yield f"other code may set it: {'; '.join(_opening(each, project) for each in story.openings[:3])}"


def _by_prefix(story: KeyStory, project: Project) -> Iterator[str]:
    """What the variables that `from_prefixed_env` reads for the key do."""
    places = {
        definition.variable.name: place(project, path, definition.span)
        for path, definition in definitions_for(project, story.app.path)
        if definition.value is not None
    }
    unset = [name for name in story.prefixed if name not in places]
    for name in story.prefixed:
        if name in places:
            yield f"from_prefixed_env replaces it by {name} where {places[name]} is loaded"
    if unset:
        yield f"{joined(unset, 'or')} would set it by from_prefixed_env"
    if story.overwritten:
        yield f"{joined(story.overwritten, 'and')} from from_prefixed_env is overwritten"


def _state(story: KeyStory, project: Project) -> str:
    if story.winner is not None:
        return f"set by {step_place(story.winner, project)}"
    if story.default_of:
        return f"not set by this code; {story.default_of} has a default"
    return "not set" if story.is_closed else "not known to be set"


def _about(story: KeyStory) -> str:
    known = [_KINDS[kind] for kind in story.kinds if kind in _KINDS]
    return f" ({joined(known, 'or')})" if known and story.winner is not None else ""


def _opening(opening: Opening, project: Project) -> str:
    return f"{opening.why} at {place(project, opening.path, opening.span)}"


def step_place(giving: Giving, project: Project) -> str:
    """The place where the key is written, such as `config.py:3` (1-based line)."""
    return place(project, giving.path, giving.span)


def place(project: Project, path: str, span: Span) -> str:
    """A place for messages, such as `app.py:4` (1-based line)."""
    line = line_at(project.text_of(path) or "", span.start) + 1
    return f"{project.relative(path)}:{line}"


def readers(story: KeyStory, project: Project) -> Iterator[str]:
    """The places that read the key."""
    for found in story.readers:
        where = place(project, found.path, found.reference.span)
        yield f"{found.reference.access} at {where}{_need(found.reference)}"


def _need(reference: Reference) -> str:
    return f" ({reference.need})" if reference.need else ""


def as_json(story: KeyStory, project: Project) -> dict[str, object]:
    """A story as JSON: places and words, but no values."""
    return {
        "app": _at(project, story.app.path, story.app.span),
        "state": _word(story),
        "by": _giving(story.winner, project) if story.winner else None,
        "others": [_giving(each, project) for each in story.others],
        "shadowed": [_giving(each, project) for each in story.losers],
        "kinds": list(story.kinds),
        "variables": [*story.variables, *story.prefixed],
        "closed": story.is_closed,
        "message": "; ".join(sentences(story, project)),
    }


def _word(story: KeyStory) -> str:
    if story.winner is not None:
        return "set"
    if story.default_of:
        return "default"
    return "unset" if story.is_closed else "unknown"


def _giving(giving: Giving, project: Project) -> dict[str, object]:
    return _at(project, giving.path, giving.span)


def _at(project: Project, path: str, span: Span) -> dict[str, object]:
    line = line_at(project.text_of(path) or "", span.start) + 1
    return {"path": project.relative(path), "line": line}

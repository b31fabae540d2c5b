"""An explanation as text, for a terminal and for a hover."""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.checks.wording import joined
from configvars.features.explain import Explanation
from configvars.features.explain_flask import place, sentences
from configvars.features.markdown import code, plain
from configvars.features.value_words import describe
from configvars.printable import printable
from configvars.project import ONLY_OPEN, Project
from configvars.runs.givers import with_why
from configvars.runs.lines_of_step import Giver
from configvars.runs.outcomes import Outcome

_COMPARED = {True: "the same value as here", False: "a different value than here", None: ""}


def as_text(explanation: Explanation, project: Project) -> str:
    """A line for each run, and for each Flask app, under the variable's name."""
    lines = [(printable(label), printable(said)) for label, said in _lines(explanation, project)]
    width = max((len(label) for label, _ in lines), default=0)
    return "\n".join([printable(explanation.name), *(f"  {label:<{width}}  {said}" for label, said in lines)])


def _lines(explanation: Explanation, project: Project) -> Iterator[tuple[str, str]]:
    for outcome in explanation.outcomes:
        seen_from = f" ({project.relative(outcome.seen_from)})" if outcome.seen_from else ""
        yield f"{outcome.runtime}{seen_from}", sentence(outcome, project)
    for story in explanation.stories:
        app = place(project, story.app.path, story.app.span)
        yield f"Flask app at {app}", "; ".join(sentences(story, project))


def as_markdown(explanation: Explanation, project: Project) -> str:
    """A Markdown list item for each run and Flask app; text from the user's files is escaped."""
    return "\n".join(f"- {code(label)}: {plain(said)}" for label, said in _lines(explanation, project))


def sentence(outcome: Outcome, project: Project) -> str:
    """Such as `set by .env:3 (a URL (https://…), short), which wins over .flaskenv:1`."""
    return "; ".join(filter(None, (_state(outcome, project), *_remarks(outcome, project))))


def _state(outcome: Outcome, project: Project) -> str:
    by = _place(outcome.by, project) if outcome.by else ""
    if outcome.state == "unknown":
        maybe = f"may be set by {joined((_in_doubt(project, path) for path in outcome.maybe), 'or')}"
        return f"{maybe}, else by {by}" if outcome.by and not outcome.by.is_bare else maybe
    if outcome.state == "unset":
        if project.partial:
            return ONLY_OPEN
        return f"not set: {by} is a name without =" if by else "not set"
    if outcome.by and project.index.files[outcome.by.path].kind != "dotenv":
        return f"set by {by}"
    what = describe(outcome.facts) if outcome.facts else "interpolated"
    return f"set by {by} ({what})" if by else f"set ({what})"


def _in_doubt(project: Project, path: str) -> str:
    facts = project.index.files.get(path)
    if facts is None and path.startswith(os.path.join(project.root, "")):
        return project.relative(path)  # python-decouple's settings.ini, which is no env file
    if facts is None or facts.skipped:
        return with_why(project, path)
    return f"{project.relative(path)} (which file is loaded is known only when the code runs)"


def _remarks(outcome: Outcome, project: Project) -> Iterator[str]:
    places = ", ".join(_place(giver, project) for giver in outcome.shadowed)
    if places:
        yield f"{places} {'does' if len(outcome.shadowed) == 1 else 'do'} not count"
    yield outcome.why
    yield _COMPARED[outcome.same]


def _place(giver: Giver, project: Project) -> str:
    target = project.link_target(giver.path)
    link = f", a link to {project.relative(target)}" if target else ""
    return f"{project.relative(giver.path)}:{giver.line}{link}"

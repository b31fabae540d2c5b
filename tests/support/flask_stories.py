"""The effective configurations of a project's apps as text."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.flask.apps import effective_apps
from configvars.flask.story import KeyStory, key_stories
from support.projects import Opened


def told(it: Opened, *names: str) -> str:
    """For each app: whether it is closed, or why not.

    Then the named keys, or all keys that some step sets.
    """
    return "\n".join(_lines(it, names))


def _lines(it: Opened, names: tuple[str, ...]) -> Iterator[str]:
    for app in effective_apps(it.project):
        yield f"{it.line(app.path, app.span.start)} {'closed' if app.is_closed else 'open'}"
        yield from (f"  {it.line(one.path, one.span.start)} {one.why}" for one in app.openings)
        for name in names or sorted({*app.givings, *app.stray}):
            for story in key_stories(it.project, name):
                if (story.app.path, story.app.span) == (app.path, app.span):
                    yield f"  {_key(it, story)}"


def _key(it: Opened, story: KeyStory) -> str:
    if story.winner is None:
        words = [
            f"{story.name}: default of {story.default_of}" if story.default_of else f"{story.name}: nobody"
        ]
    else:
        words = [f"{story.name} = {'|'.join(story.kinds)}", *story.variables]
        words.append(f"at {it.line(story.winner.path, story.winner.span.start)}")
    words += [f"or {it.line(one.path, one.span.start)}" for one in story.others]
    words += [f"not {it.line(one.path, one.span.start)}" for one in story.losers]
    words += [f"(or {name})" for name in story.prefixed]
    words += [f"taken at {it.line(one.path, one.escape.span.start)}" for one in story.takings]
    words += [f"read at {it.line(one.path, one.reference.span.start)}" for one in story.readers]
    return " ".join(words)

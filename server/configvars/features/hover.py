"""Hover: the meaning of a variable, where it is set and read, and its state on the apps. No values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from configvars.catalog import lookup, never_missing
from configvars.checks.library_use import LibraryUse
from configvars.features import flask_keys
from configvars.features.at import variable_at
from configvars.features.code_comments import code_comments
from configvars.features.explain_flask import sentences
from configvars.features.heroku import app_states, comparable
from configvars.features.markdown import code, plain
from configvars.features.results import Hover
from configvars.flask.story import key_stories
from configvars.index import LocatedDefinition, LocatedReference
from configvars.model import Place, Variable
from configvars.project import ONLY_OPEN, Project
from configvars.runs.givers import givers, gives, is_empty, is_given, unread_files, with_why
from configvars.runs.variable_lines import lines_for
from configvars.secret import ValueFacts
from configvars.text import Span, line_at

_NOT_LOADED = ", which nothing loads here"
_MANY = 5
_FEW = 2  # the number of places in one readable line
_GIVERS: Mapping[str, str] = {
    "platform": "Heroku",
    "dyno-metadata": "Heroku, if dyno metadata is enabled",
    "build": "Heroku during the build",
    "review-app": "Heroku in review apps",
    "ci": "Heroku CI",
    "buildpack": "a Heroku buildpack",
    "os": "the operating system",
    "github-actions": "GitHub Actions",
    "gitlab-ci": "GitLab CI",
    "other-ci": "a continuous integration service",
    "python-image": "Docker's image of Python",
}
_KINDS = {
    "url": "a URL",
    "number": "a number",
    "boolean": "true or false",
    "json": "JSON",
    "pem": "a PEM block",
    "text": "text",
}


def hover(project: Project, path: str, offset: int) -> Hover | None:
    """Markdown about the variable at an offset; None if there is none."""
    found = variable_at(project, path, offset)
    if found is None:
        return None
    variable = found.variable
    giving = _giving(project, path, variable)
    readers = [each for each in project.index.references(variable) if project.own(each.path) == each.path]
    declared = [each for each in project.index.definitions(variable) if each.definition.declaration]
    maybe = list(_maybe(project, path, variable, giving))
    paragraphs = [
        _first_line(
            project, variable, giving, declared, maybe, is_loaded=_is_loaded(project, path, variable)
        ),
        *_meaning(project, variable, [*_places(giving), *_places(readers)]),
        _list("Set in", (_given(project, each) for each in giving), len(giving)),
        _list("May be set in", maybe),
        _list("In the app's configuration", _stories(project, variable)),
        _list("Declared in", (_declared(project, each) for each in declared), len(declared)),
        _list("On Heroku", _on_apps(project, giving, variable), len(project.apps)),
        _list("Read by", (_reader(project, each) for each in readers), len(readers)),
        _list("Read by libraries", _libraries(project, variable)),
    ]
    shown = chain(_places(giving), _places(declared), _places(readers))
    places = {_at_place(project, place.path, place.span): place for place in shown}
    return Hover(found.span, "\n\n".join(filter(None, paragraphs)), variable, places)


def _first_line(
    project: Project,
    variable: Variable,
    giving: list[LocatedDefinition],
    declared: list[LocatedDefinition],
    maybe: list[str],
    *,
    is_loaded: bool,
) -> str:
    """The name and where it is set: the first line, which some editors show alone."""
    words = ["Flask configuration"] if variable.scope == "flask" else []
    giving = [each for each in giving if gives(project, each)]
    filled = [each for each in giving if not is_empty(each.definition)]
    if giving:
        named = filled or giving
        more = f" and {len(named) - _FEW} more" if len(named) > _FEW else ""
        places = ", ".join(_at(project, each) for each in named[:_FEW])
        words.append(f"{'set' if filled else 'empty'} in {places}{more}{'' if is_loaded else _NOT_LOADED}")
    asked = project.apps if variable.scope == "env" else ()
    if apps := [code(app.app) for app in asked if variable.name in app.variables]:
        words.append(f"{'' if filled else 'set '}on {', '.join(apps[:_MANY])}")
    words += [f"may be set in {each}" for each in maybe[:1]]
    if not words or words == ["Flask configuration"]:
        words += [f"declared in {_at(project, each)}" for each in declared[:1]]
    return " — ".join([f"**{code(variable.name)}**", ", ".join(words) or _known_giver(project, variable)])


def _is_loaded(project: Project, path: str, variable: Variable) -> bool:
    """Whether the code in `path` may get the variable, so that env files which set it may be loaded."""
    if variable.scope != "env" or project.index.files[path].kind != "python":
        return True
    by = givers(project, path)
    found = (each for each in lines_for(project, variable) if each.path in by.files)
    return is_given(project, path, by, variable) or any(gives(project, each) for each in found)


def _known_giver(project: Project, variable: Variable) -> str:
    known = lookup(variable.name) if variable.scope == "env" and never_missing(variable.name) else None
    if known is None:
        return ONLY_OPEN if project.partial else "no file here sets it"
    return f"set by {_GIVERS.get(known.owner) or _GIVERS.get(known.kind) or plain(known.owner)}"


def _at(project: Project, found: LocatedDefinition) -> str:
    return _place(project, found.path, found.definition.span)


def _giving(project: Project, path: str, variable: Variable) -> list[LocatedDefinition]:
    """The places that set the variable, first the files that apply to `path`; of a file and its links one."""
    counting = givers(project, path).files
    found = [each for each in lines_for(project, variable) if not each.definition.declaration]
    found.sort(key=lambda each: (each.path not in counting, each.path != path))
    once: dict[Place, LocatedDefinition] = {}
    for each in found:
        once.setdefault(Place(project.own(each.path), each.definition.span), each)
    return list(once.values())


def _maybe(project: Project, path: str, variable: Variable, giving: list[LocatedDefinition]) -> Iterator[str]:
    """The unreadable files that apply here, if nothing else sets the variable."""
    if variable.scope == "env" and not any(gives(project, each) for each in giving):
        unread = unread_files(project, path, givers(project, path))
        yield from (plain(with_why(project, each)) for each in unread)


def _places(found: Iterable[LocatedDefinition | LocatedReference]) -> Iterator[Place]:
    """The first of some places."""
    for each in islice(found, _MANY):
        written = each.definition if isinstance(each, LocatedDefinition) else each.reference
        yield Place(each.path, written.span)


def _meaning(project: Project, variable: Variable, places: list[Place]) -> Iterator[str]:
    """Descriptions from app.json, a template, comments in code and the catalogue, each with its source."""
    said: dict[str, str] = {}
    for each in project.index.definitions(variable):
        if each.definition.comment:
            said.setdefault(each.definition.comment, project.relative(each.path))
    for comment, place in code_comments(project, places):
        said.setdefault(comment, project.relative(place.path))
    yield from (f"{plain(comment)} *({plain(file)})*" for comment, file in said.items())
    if variable.scope == "flask":
        yield from flask_keys.described(variable.name)
    elif known := lookup(variable.name):
        yield f"{known.description} *({plain(known.owner)})*"
    if variable.scope == "env" and (keys := flask_keys.fed_keys(project, variable.name)):
        yield f"Feeds Flask's {', '.join(code(key) for key in keys[:_MANY])}"


def _given(project: Project, found: LocatedDefinition) -> str:
    value = found.definition.value
    said = ", ".join(_facts(value.facts())) if value is not None else flask_keys.origin(project, found)
    if found.definition.kind == "dotenv" and value is None:
        said = "a name without =, which sets nothing"
    return _at(project, found) + (f": {said}" if said else "")


def _facts(facts: ValueFacts) -> Iterator[str]:
    """The facts about a value that may be shown: its kind and approximate length."""
    if facts.is_empty:
        yield "empty"
        return
    kind = _KINDS[facts.kind]
    yield (
        f"{kind} ({facts.scheme}://…)" if facts.scheme else "a random string" if facts.looks_random else kind
    )
    yield next(words for limit, words in _LENGTHS if facts.byte_size <= limit)


_LENGTHS = ((16, "short"), (64, "of medium length"), (512, "long"), (float("inf"), "very long"))


def _stories(project: Project, variable: Variable) -> Iterator[str]:
    """How Flask sets a key, for each app, if that is more than the one place that sets it."""
    stories = key_stories(project, variable.name) if variable.scope == "flask" else ()
    for story in stories:
        if story.winner is None or story.others or story.losers or story.takings or len(stories) > 1:
            said = "; ".join(plain(each) for each in sentences(story, project))
            yield f"{_place(project, story.app.path, story.app.span)}: {said}"


def _declared(project: Project, found: LocatedDefinition) -> str:
    required = " (required)" if found.definition.required else ""
    return _at(project, found) + required


def _on_apps(project: Project, giving: list[LocatedDefinition], variable: Variable) -> Iterator[str]:
    if variable.scope != "env":
        return
    local = comparable(project, giving[0].path, giving[0].definition) if giving else None
    differs = [] if local is not None and local.is_empty else ["differs from the local value"]
    for state in app_states(project, variable.name, local):
        words = ["set" if state.is_set else "not set"]
        words += [f"add-on {plain(state.addon)} owns it"] if state.addon else []
        words += {True: ["same value locally"], False: differs, None: []}[state.same]
        words += ["not set locally"] if state.is_set and not giving else []
        yield f"{code(state.app)}: {' · '.join(words)}"


def _reader(project: Project, found: LocatedReference) -> str:
    how = found.reference.need or found.reference.access
    return f"{_place(project, found.path, found.reference.span)} ({how})"


def _libraries(project: Project, variable: Variable) -> Iterator[str]:
    """The libraries that read the variable by themselves."""
    if variable.scope == "env":
        for each in LibraryUse(project).readers(variable.name):
            source = each.source if "://" in each.source else code(each.source)
            yield f"{plain(each.called)} ({source} of version {plain(each.version)})"


def _place(project: Project, path: str, span: Span) -> str:
    target = project.link_target(path)
    link = f", a link to {code(project.relative(target))}" if target else ""
    return _at_place(project, path, span) + link


def _at_place(project: Project, path: str, span: Span) -> str:
    text = project.text_of(path)
    line = "" if text is None else f":{line_at(text, span.start) + 1}"
    return code(project.relative(path) + line)


def _list(title: str, items: Iterable[str], count: int | None = None) -> str:
    """A list of the first items; `count` is the total number, so that not all items have to be computed."""
    lines = list(islice(items, _MANY))
    if not lines:
        return ""
    more = (count or 0) - len(lines)
    shown = [f"- {line}" for line in lines]
    shown += [f"- and {more} more"] if more > 0 else []
    return "\n".join([f"{title}:", *shown])

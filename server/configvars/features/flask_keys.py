"""Completion and hover texts for Flask configuration keys."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.catalog.flask_keys import FlaskKey, flask_key, known_keys, removed_keys
from configvars.checks.flask_project import KeysOf
from configvars.checks.prefixes import flask_prefixes
from configvars.features.markdown import code, plain
from configvars.index import LocatedDefinition
from configvars.model import Definition, FileFacts, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project

_WORD = lazy_pattern(r"[ \t]*\w*")


def described(name: str) -> Iterator[str]:
    """Markdown paragraphs about a key: what it means, its type and default, and since which version."""
    key = flask_key(name)
    removed = removed_keys().get(name)
    if key is not None:
        yield f"{key.meaning} *({plain(key.owner)})*"
        yield ". ".join(_facts(key)) + "."
        if key.changed:
            yield f"Changed: {key.changed}"
    elif removed is not None:
        instead = f" Use {code(removed.replacement)}." if removed.replacement else ""
        yield f"Flask no longer reads this since {removed.version}.{instead} {removed.note}".rstrip()


def _facts(key: FlaskKey) -> Iterator[str]:
    yield f"Type: {code(key.type)}"
    if key.default is not None:
        yield f"default: {code(key.default)}"
    if key.since:
        yield f"since {key.owner} {key.since}"


def origin(project: Project, found: LocatedDefinition) -> str:
    """The class of a key's definition and the variable of its value: ``in `Prod`, from `SECRET_KEY```."""
    keys = KeysOf(project.index.files[found.path])
    around = keys.object_at(found.definition.span)
    names = dict.fromkeys(r.variable.name for r in keys.reads_in(found.definition.value_span))
    words = [f"in {code(around.name)}"] if around is not None and around.name else []
    words += ["from " + ", ".join(code(name) for name in names)] if names else []
    return ", ".join(words)


def closings(project: Project, path: str, text: str, offset: int) -> Iterator[str]:
    """What makes an assignment of a word that begins a line of a class or module that Flask loads."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    if _WORD.fullmatch(line) and _loaded(project, path):
        yield " = 0"


def marked(project: Project, facts: FileFacts, text: str, mark: str) -> Definition | None:
    """The key whose name contains the marker, if Flask loads it from the file."""
    loaded = _loaded(project, facts.path)
    for one in facts.flask.objects if loaded else ():
        for key in one.keys if one.name in loaded else ():
            if mark in key.span.of(text):
                return Definition(Variable("flask", key.name), key.span, "flask-config")
    return None


def _loaded(project: Project, path: str) -> frozenset[str]:
    """The names of the classes of a file that Flask loads; the module's is empty."""
    facts = project.index.files.get(path)
    if facts is None:
        return frozenset()
    spans = {definition.span for definition in facts.definitions if definition.variable.scope == "flask"}
    objects = facts.flask.objects
    return frozenset(one.name for one in objects if any(key.span in spans for key in one.keys))


def fed_keys(project: Project, name: str) -> tuple[str, ...]:
    """The keys that an environment variable sets, because code reads it for them or by its prefix; sorted."""
    found = {
        definition.variable.name
        for reference in project.index.references(Variable("env", name))
        for definition in project.index.files[reference.path].definitions
        if definition.variable.scope == "flask"
        and definition.value_span is not None
        and definition.value_span.start <= reference.reference.span.start < definition.value_span.end
    }
    for prefix in flask_prefixes(project):
        if name.startswith(prefix):
            found.add(name.removeprefix(prefix).partition("__")[0])
    return tuple(sorted(found))


def prefixed_names(project: Project) -> Iterator[tuple[str, str]]:
    """The variables that `from_prefixed_env` would read as a key, with the description of the key.

    First those of keys that the code uses or defines, then those of known keys; none without
    `from_prefixed_env`.
    """
    own = {
        one.name for one in (*project.index.referenced(), *project.index.defined()) if one.scope == "flask"
    }
    for prefix in flask_prefixes(project):
        for name in (*sorted(own), *sorted(known_keys().keys() - own)):
            key = flask_key(name)
            yield f"{prefix}{name}", key.meaning if key is not None else ""

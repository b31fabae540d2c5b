"""How `app.config` gets a line of an env file.

`from_prefixed_env` reads it as JSON, or else as a string; `update(dotenv_values(…))` takes strings only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct

from configvars.catalog.flask_keys import flask_key
from configvars.catalog.typed_keys import raising_keys, text_keys
from configvars.checks.judge_truth import PARSED_BY_FLASK, is_tested_for_truth
from configvars.checks.numbers_needed import needs_text
from configvars.checks.prefixes import json_prefixes
from configvars.checks.switches import looks_like_switch
from configvars.flask.apps import effective_apps
from configvars.flask.env_files_as_keys import files_taken_as_keys
from configvars.flow_model import NO, Kind
from configvars.model import Definition, FileFacts, Severity, Variable
from configvars.project import Project
from configvars.runs.remarks import place_of_read
from configvars.secret import ValueFacts

_NO_TEXT = frozenset({"number", "boolean", "json"})
_KINDS: Mapping[str, Kind] = MappingProxyType({"number": "number", "boolean": "bool"})
_BOOLS = ("bool", "bool | None")


class Wrong(Struct, frozen=True):
    """What is wrong with a line. `truth`: a word for false is a string, and so counts as true.

    `as_json`: the app would get what JSON means by the value.
    """

    definition: Definition
    words: str
    severity: Severity = Severity.WARNING
    truth: bool = False
    as_json: bool = True


def wrong_lines(facts: FileFacts, project: Project) -> Iterator[Wrong]:
    """The lines of an env file that become keys of an app with another value than they mean."""
    if facts.kind == "dotenv" and facts.path in files_taken_as_keys(project):
        yield from _taken_as_strings(facts, project)
    prefixes = json_prefixes(project) if facts.kind == "dotenv" else ()
    for definition in facts.definitions if prefixes else ():
        name = definition.variable.name
        prefix = next((one for one in prefixes if name.startswith(one)), None)
        is_given = definition.value is not None and not definition.declaration
        if prefix is None or not is_given or name == PARSED_BY_FLASK or "__" in name.removeprefix(prefix):
            continue
        wrong = _wrong(definition, name.removeprefix(prefix), project)
        if wrong is not None:
            yield wrong


def _taken_as_strings(facts: FileFacts, project: Project) -> Iterator[Wrong]:
    """The lines of a file that `dotenv_values` reads, for keys that nothing else sets."""
    for one in facts.definitions:
        key = one.variable.name
        value = one.value.facts() if one.value is not None and not one.declaration else None
        known = flask_key(key)
        if value is None or known is None or any(key in app.givings for app in effective_apps(project)):
            continue
        taken = f"app.config gets {key} from dotenv_values, which returns strings"
        raising = raising_keys().get(key)
        if raising is not None and not raising.words and not value.is_empty:
            yield Wrong(one, f"{taken}: {raising.happens}", as_json=False)
        elif value.word.lower() in NO and known.type in _BOOLS:
            yield Wrong(one, f"{taken}: this one is true", truth=True, as_json=False)


def _wrong(definition: Definition, key: str, project: Project) -> Wrong | None:
    name = definition.variable.name
    value = definition.value.facts() if definition.value is not None else None
    if value is None:
        return None
    is_json = "json.loads" not in value.refused_by
    if key in text_keys() and is_json and value.kind in _NO_TEXT:
        words = f"from_prefixed_env parses {name} as JSON, so {key} is not a string: {text_keys()[key]}"
        return Wrong(definition, words)
    raising = raising_keys().get(key)
    if raising is not None and not raising.words and not is_json and not value.is_empty:
        words = f"from_prefixed_env parses {name} as JSON; this is not JSON, so it stays a string: {raising.happens}"
        return Wrong(definition, words)
    place = _needing_text(key, value, project) if is_json else ""
    if place:
        words = f"from_prefixed_env parses {name} as JSON, so {key} is not a string: {place} raises AttributeError"
        return Wrong(definition, words)
    severity = _severity_of_no(key, value, project)
    if severity is None:
        return None
    words = f"from_prefixed_env parses {name} as JSON; this is not JSON, so it stays a string, which is true"
    return Wrong(definition, words, severity, truth=True)


def _needing_text(key: str, value: ValueFacts, project: Project) -> str:
    """The place of code that calls a method of strings on the value of a key; empty if there is none.

    Only for keys that no other step sets, and only for code that certainly gets the value.
    """
    kind = _KINDS.get(value.kind)
    if (
        kind is None
        or flask_key(key) is not None
        or any(key in app.givings for app in effective_apps(project))
    ):
        return ""
    for found in project.index.references(Variable("flask", key)):
        flow = found.reference.flow
        if (
            flow is not None
            and not is_tested_for_truth(flow)
            and any(needs_text(use, kind) for use in flow.uses)
        ):
            return place_of_read(project, (found.path, found.reference))
    return ""


def _severity_of_no(key: str, value: ValueFacts, project: Project) -> Severity | None:
    """The severity for a word for false that is not JSON.

    None if the key accepts strings, or if it is not such a word.
    """
    if value.word.lower() not in NO - {"0"} or value.word == "false":
        return None
    known = flask_key(key)
    if known is not None:
        return Severity.WARNING if known.type in _BOOLS else None
    used = project.index.references(Variable("flask", key))
    flows = (found.reference.flow for found in used)
    tested = any(flow is not None and is_tested_for_truth(flow) for flow in flows)
    return Severity.WARNING if tested or looks_like_switch(key) else Severity.INFORMATION

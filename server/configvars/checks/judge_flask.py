"""Lines of an env file whose value reaches a Flask key as a string."""

from __future__ import annotations

from configvars.catalog.flask_keys import flask_key
from configvars.catalog.typed_keys import RaisingKey, raising_keys
from configvars.checks.judge_truth import PARSED_BY_FLASK, says_no
from configvars.checks.reached import Lines, Reached
from configvars.model import Fix
from configvars.project import Project

BOOL = ("bool", "bool | None")


def judge(reached: Reached, lines: Lines, project: Project) -> tuple[str, tuple[Fix, ...]]:
    """The message and no fix; the message is empty if nothing is wrong."""
    flow, name = reached.reference.flow, reached.definition.variable.name
    if flow is None or not reached.facts or flow.type is not None:
        return "", ()
    place = lines.place(reached.path, reached.reference)
    for given in lines.flask_keys(reached.path, flow):
        key = given.variable.name
        raising = raising_keys().get(key)
        if raising is not None and all(raises(raising, value.word.lower()) for value in reached.facts):
            return f"{name} reaches Flask's {key} as a string at {place}: {raising.happens}", ()
        known = flask_key(key)
        is_bool = known is not None and known.type in BOOL and name != PARSED_BY_FLASK
        if is_bool and raising is None and all(says_no(value, "DEBUG", flow) for value in reached.facts):
            return (
                f"{name} means no here, but Flask's {key} treats it as true: {place} passes the string unchanged",
                (),
            )
    return "", ()


def raises(key: RaisingKey, word: str) -> bool:
    """Whether the code that reads the key raises for this string."""
    return not key.words or word in key.words

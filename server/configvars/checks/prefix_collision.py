"""prefix-collision: `FLASK_X` and `FLASK_X__Y` are both set, which makes `from_prefixed_env` fail."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.prefixes import flask_prefixes
from configvars.checks.subjects import Subject
from configvars.model import Definition, Example, FileFacts, Finding, Place, Severity
from configvars.project import Project

NAME = "prefix-collision"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    given = {d.variable.name: d for d in facts.definitions if d.kind == "dotenv" and not d.declaration}
    prefixes = flask_prefixes(project) if any("__" in name for name in given) else ()
    for name, definition in given.items():
        if not name.startswith(prefixes) or not prefixes:
            continue
        for outer in _outer(name, prefixes):
            if outer in given and not _is_object(given[outer]):
                yield _finding(facts, definition, given[outer])
                break


def _outer(name: str, prefixes: tuple[str, ...]) -> Iterator[str]:
    """The names in whose values `A__B__C` sets an item: `A` and `A__B`."""
    prefix = next(prefix for prefix in prefixes if name.startswith(prefix))
    parts = name.removeprefix(prefix).split("__")
    for count in range(1, len(parts)):
        yield prefix + "__".join(parts[:count])


def _is_object(definition: Definition) -> bool:
    """Whether the value may be a JSON object, which can have items; a name without = sets nothing."""
    return definition.value is None or definition.value.facts().kind == "json"


def _finding(facts: FileFacts, inner: Definition, outer: Definition) -> Finding:
    return Finding(
        NAME,
        Severity.ERROR,
        f"from_prefixed_env fails: {inner.variable.name} sets an item of {outer.variable.name}, "
        "which has a plain value",
        facts.path,
        inner.span,
        inner.variable,
        related=((Place(facts.path, outer.span), "The plain value"),),
    )


_APP = "-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"

PREFIX_COLLISION = Check(
    name=NAME,
    severity=Severity.ERROR,
    summary="A variable has a plain value, and another variable sets an item inside it.",
    what="""\
An env file sets both `FLASK_MAIL` and `FLASK_MAIL__PORT`, and code calls `app.config.from_prefixed_env()`
with this prefix. It is not reported if the first value is a JSON object.""",
    why="""\
`from_prefixed_env` treats `MAIL__PORT` as the item `PORT` of `MAIL`, and a string has no items: the app
stops with `TypeError: 'str' object does not support item assignment`.""",
    run=_run,
    about=Subject.SETS,
    silent=(
        Example("-- .env --\nFLASK_A=1\nFLASK_A__B=2\n", note="no code loads them"),
        Example(f"-- .env --\nFLASK_A__B=1\nFLASK_A__C=2\n{_APP}app.config.from_prefixed_env()\n"),
        Example(f"-- .env --\nFLASK_A={{}}\nFLASK_A__B=2\n{_APP}app.config.from_prefixed_env()\n"),
        Example(f"-- .env --\nFLASK_A=1\nFLASK_A__B=2\n{_APP}app.config.from_prefixed_env('SHOP')\n"),
        Example(f"-- .env.example --\nFLASK_A=1\nFLASK_A__B=2\n{_APP}app.config.from_prefixed_env()\n"),
    ),
    examples=(
        Example(
            f"-- .env --\nFLASK_A__B=2\nFLASK_A=1\n{_APP}app.config.from_prefixed_env()\n",
            (
                ".env:1:1 error from_prefixed_env fails: FLASK_A__B sets an item of FLASK_A, which has a plain value [see .env:2:1: The plain value]",
            ),
        ),
        Example(
            f"-- .env --\nSHOP_A__B=x\nSHOP_A__B__C=2\n{_APP}app.config.from_prefixed_env('SHOP')\n",
            (
                ".env:2:1 error from_prefixed_env fails: SHOP_A__B__C sets an item of SHOP_A__B, which has a plain value [see .env:1:1: The plain value]",
            ),
        ),
    ),
)

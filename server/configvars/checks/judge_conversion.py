"""Values in an env file that the reading code cannot convert."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.empty_tests import ASKING, tested_for_empty
from configvars.checks.reached import Lines, Reached
from configvars.converters import NOT_EMPTY, PYDANTIC_URLS
from configvars.flow_model import Default, Flow, ValueUse
from configvars.model import Fix, Need
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.readers.conversions import CALLED
from configvars.runs.env_readers import DJANGO_ENVIRON
from configvars.secret import Secret, ValueFacts

_COMMENT = lazy_pattern(r"\s#")
_PYDANTIC = "pydantic-settings"
_SPOKEN = {"Flask port": "app.run"}
_HANDED = ("call", "argument")
_CASTS = {"decouple.bool": "a bool", "Starlette.bool": "a bool", "environs.bool": "a bool"}
_CASTS |= {"pydantic.int": "an int", "pydantic.bool": "a bool", "int": "an int", "float": "a float"}
_CASTS |= {"environs.float": "a float", "environs.json": "JSON", "environs.Decimal": "a Decimal"}
_CASTS |= {f"environs.list of {each}": f"a list of {each}s" for each in ("int", "float", "bool", "Decimal")}
_CASTS |= {"environs.dict": "a dict", "environs.dict of int": "a dict of ints"}
_CASTS |= {"environs.log_level": "a log level"}
_CASTS |= {f"pydantic.{name}": f"{'an' if name[0] in 'AH' else 'a'} {name}" for name in PYDANTIC_URLS}
_CASTS |= {"json.loads": "JSON", "Decimal": "a Decimal", "UUID": "a UUID"}


def judge(reached: Reached, lines: Lines, project: Project) -> tuple[str, tuple[Fix, ...]]:
    """The message, without a fix; empty if the value can be converted."""
    return _words(reached, lines, project), ()


def _words(reached: Reached, lines: Lines, project: Project) -> str:
    name, place = reached.definition.variable.name, lines.place(reached.path, reached.reference)
    if _refers_to_nothing(reached, lines, project):
        named = next(
            (word for word in _read_names(project) if Secret(word) == reached.values[0][1].refers), ""
        )
        other = f"the variable {named}" if named else "another variable"
        return (
            f"django-environ reads this value, which starts with $, as the name of {other}, "
            f"which is not set: {place} raises ImproperlyConfigured"
        )
    flow = reached.reference.flow
    tested = reached.reference.variable in tested_for_empty(project, reached.path)
    use = _refusing(flow, reached.facts, tested=tested) if flow is not None and reached.facts else None
    if use is None:
        return ""
    if use.what == NOT_EMPTY:
        is_required = reached.reference.need is Need.REQUIRED
        lacks = f"{name} is empty here, which counts as not set (env_ignore_empty): {place} raises ValidationError"
        return lacks if is_required else ""
    by = f"{place} {_converts(use, reached.reference.idiom)}"
    if all(facts.is_empty for facts in reached.facts):
        default = flow.default if flow is not None else None
        return f"{name} is empty here, and {by}: this raises an exception{_in_spite(default)}"
    comment = _comment_is_taken(reached)
    if comment:
        return f"{comment} reads the comment after {name} as part of the value, and {by}: this raises an exception"
    return f"{name} has a value that cannot be converted: {by}, which raises an exception"


def _refers_to_nothing(reached: Reached, lines: Lines, project: Project) -> bool:
    """Whether django-environ reads the value as the name of another variable, which is not set.

    It does so with every value that it finds in the environment, whoever has loaded the file.
    """
    flow = reached.reference.flow
    if flow is None or flow.default is not None or not reached.reference.idiom.startswith("environ."):
        return False
    values = [(given, facts) for dialect, given, facts in reached.values if dialect == DJANGO_ENVIRON]
    statement = reached.definition.statement
    if statement is None or _COMMENT.search(statement.of(project.text_of(lines.path) or " #")):
        return False  # a comment is part of the value for some of the libraries only
    return bool(values) and all(
        given.refers is not None and facts is None and not lines.is_given(given.refers)
        for given, facts in values
    )


def _read_names(project: Project) -> Iterator[str]:
    """The names that code reads; any other string may be part of a password."""
    return (variable.name for variable in project.index.referenced() if variable.scope == "env")


def _refusing(flow: Flow, values: tuple[ValueFacts, ...], *, tested: bool) -> ValueUse | None:
    """The first conversion that raises for all possible values.

    `tested`: a test of another read may have found that the value is not empty.
    """
    asked = any(use.kind == "method" and use.what in ASKING for use in flow.uses)
    tested = tested or any(use.may_tell_empty for use in flow.uses)
    for use in flow.uses:
        converter = use.what if use.kind == "type" else CALLED.get(use.what) if use.kind in _HANDED else None
        if converter is None or use.caught or asked:
            continue
        is_tested = tested or (use.tested and not use.unless_none)
        passes_empty = is_tested or (flow.default is not None and flow.default.by_or)
        refused = (converter in v.refused_by and not (v.is_empty and passes_empty) for v in values)
        if all(refused):
            return use
    return None


def _converts(use: ValueUse, idiom: str) -> str:
    if use.kind in _HANDED:
        function = _SPOKEN.get(CALLED[use.what]) or use.what.removeprefix("builtins.").partition("(")[0]
        return f"passes it to {function}()"
    if idiom == _PYDANTIC and use.what == "json.loads":
        return "declares a list or dict, which pydantic-settings parses as JSON"
    return f"converts it to {_CASTS.get(use.what, use.what)}"


def _in_spite(default: Default | None) -> str:
    return ", because the default is used only if the variable is not set" if default is not None else ""


def _comment_is_taken(reached: Reached) -> str:
    """The dialect that reads the comment as part of the value, unlike python-dotenv; empty if none does."""
    written = reached.definition.value
    if written is None or all(given.value == written for _, given, _ in reached.values):
        return ""
    return next((dialect for dialect, given, _ in reached.values if given.value != written), "")

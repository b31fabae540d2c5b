"""Where the unchanged values of reads go by way of modules and objects: `create_engine(settings.url)`."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Literal

from configvars.checks.flows import UnchangedUse
from configvars.flask.apps import apps_of
from configvars.model import Reference
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.runs.origins import Origins
from configvars.runs.parsed_code import Code, arguments_of
from configvars.syntax.python import Node, named

_Found = Mapping[str, Sequence[UnchangedUse]]
_Value = tuple[Node, str, Node | None, int]
"""A value, its key or keyword, the call to which it is passed, and its position among the arguments."""


def handed_over(
    project: Project, path: str, words: Sequence[str]
) -> Generator[None, None, Sequence[UnchangedUse]]:
    """The uses of a file's reads as arguments of functions or for keys that are called one of `words`; in slices."""
    known = project.remembered(f"handed over: {words}", dict[Literal["all"], _Found])
    if "all" not in known:
        found: dict[str, list[UnchangedUse]] = {}
        for each in _all(project, words):
            if each is None:
                yield
            else:
                found.setdefault(each[0], []).append(each[1])
        known["all"] = found
    return known["all"].get(path, ())


def _all(project: Project, words: Sequence[str]) -> Iterator[tuple[str, UnchangedUse] | None]:
    """The uses, each with the file of its read; None after each examined value and file."""
    origins = Origins(project)
    pattern = re.compile(rf"\b(?:{'|'.join(words)})\b")
    for path in sorted(project.code.paths()):
        if not project.contains(path, pattern) or is_test(project, path):
            continue
        code = origins.code(path)
        for value, key, call, position in _values(code, words):
            found = origins.read(code, value) or _behind_key(project, origins, code, value)
            if found is not None and not is_test(project, found[0]):
                yield found[0], _use(origins, code, found[1], key, call, position)
            yield None
        yield None


def _behind_key(project: Project, origins: Origins, code: Code, value: Node) -> tuple[str, Reference] | None:
    """The read whose unchanged value a key of `app.config` has: `app.config["REDIS_URL"]`."""
    key = value.child_by_field_name("subscript")
    function = value.child_by_field_name("function")
    if function is not None and code.source(function).endswith(".get"):
        key = (arguments_of(code, value) or {}).get("0")
    facts = project.index.files.get(code.path)
    if key is None or facts is None or key.type != "string":
        return None
    around = code.tree.span(key)
    names = {
        one.variable.name
        for one in facts.references
        if one.variable.scope == "flask" and around.start <= one.span.start and one.span.end <= around.end
    }
    apps = apps_of(project, code.path) if names else ()
    steps = {(step.path, step.value) for app in apps for name in names for step in app.outcomes(name)}
    path, span = steps.pop() if len(steps) == 1 else ("", None)
    if span is None:
        return None
    giving = origins.code(path)
    node = giving.tree.root.descendant_for_byte_range(
        giving.tree.byte(span.start), giving.tree.byte(span.end)
    )
    return origins.read(giving, node) if node is not None else None


def _use(
    origins: Origins, code: Code, reference: Reference, key: str, call: Node | None, position: int
) -> UnchangedUse:
    function = call.child_by_field_name("function") if call is not None else None
    arguments = call.child_by_field_name("arguments") if call is not None else None
    return UnchangedUse(
        reference,
        key,
        "" if function is None else origins.path_of(code, function),
        None if arguments is None else code.tree.span(arguments),
        position=position,
        path=code.path,
    )


def _values(code: Code, words: Sequence[str]) -> Iterator[_Value]:
    for word in words:
        for leaf in code.tree.words(word):
            if leaf.parent is not None:
                yield from _passed(code, leaf, leaf.parent)
                yield from _assigned(word, leaf, leaf.parent)


def _passed(code: Code, leaf: Node, parent: Node) -> Iterator[_Value]:
    """The arguments of a call of a function with this name."""
    call, function = parent, leaf
    if parent.type == "attribute" and parent.child_by_field_name("attribute") == leaf:
        call, function = parent.parent or parent, parent
    if call.type != "call" or call.child_by_field_name("function") != function:
        return
    arguments = call.child_by_field_name("arguments")
    for position, each in enumerate(named(arguments) if arguments is not None else ()):
        if each.type != "keyword_argument":
            yield each, "", call, position
        elif (value := each.child_by_field_name("value")) is not None:
            yield value, code.source(each.child_by_field_name("name")), call, 0


def _assigned(word: str, leaf: Node, parent: Node) -> Iterator[_Value]:
    """The value of a name, an attribute, a keyword or a key with this name."""
    target = leaf
    if leaf.type == "string_content" and parent.parent is not None:
        target, parent = parent, parent.parent
    if (
        parent.type in ("attribute", "subscript")
        and parent.parent is not None
        and parent.named_children[-1] == target
    ):
        target, parent = parent, parent.parent
    side, of = {
        "assignment": ("left", "right"),
        "pair": ("key", "value"),
        "keyword_argument": ("name", "value"),
    }.get(parent.type, ("", ""))
    value = parent.child_by_field_name(of) if side and parent.child_by_field_name(side) == target else None
    if value is not None:
        above = (
            parent.parent.parent if parent.type == "keyword_argument" and parent.parent is not None else None
        )
        yield value, word, above, 0

"""A parsed Python file with its scopes, and what its literals and calls say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from configvars.limits import CONDITION_VALUE
from configvars.model import Access, Reference
from configvars.names.scopes import Scopes
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.known_values import Known, Value
from configvars.syntax.python import Node, PythonTree, named
from configvars.syntax.python_strings import pieces

_FROM_OS = lazy_pattern(r"^[ \t]*from os import .*\b(?:environ|getenv)\b", re.MULTILINE)
_ASSIGNED = lazy_pattern(r"\.[ \t]*([A-Za-z_]\w*)[ \t]*=(?!=)|\bsetattr\([^,()]+,\s*[\"']([A-Za-z_]\w*)[\"']")
_STORED = lazy_pattern(r"(\w+)[ \t]*(?:\[[^\]\n]*\][ \t]*=(?!=)|\.(?:update|setdefault)\()")
# The readers whose calls have a default after the name, and convert by `cast` or by their own name.
_LIBRARIES = ("decouple", "environs", "django-environ", "environ", "starlette")
_WORDS: Mapping[str, object] = {"true": True, "false": False, "none": None}


class Code(Struct, frozen=True):
    """One file: its path, its tree and its scopes.

    `ways_out` are the statements by which blocks can be left, found once for each block.
    """

    path: str
    tree: PythonTree
    scopes: Scopes
    ways_out: dict[int, tuple[Node, ...]] = field(default_factory=dict)

    def source(self, node: Node | None) -> str:
        """The text of a node without spaces."""
        return "" if node is None else "".join(self.tree.source(node).split())


def string(code: Code, node: Node, value: Callable[[Node], Value]) -> Value:
    """The value of a string literal, with the `value` of what is computed in it; None for bytes.

    None also if a part is not known, is no string, or has a format.
    """
    is_bytes = "b" in code.source(node).partition("'")[0].partition('"')[0].lower()
    texts: list[str] = []
    for each in pieces(code.tree, node):
        part = Known(each.text) if each.expression is None else value(each.expression)
        if is_bytes or each.formatted or not isinstance(part, Known) or not isinstance(part.value, str):
            return None
        texts.append(part.value)
    return _of_texts(texts)


def added(left: Value, right: Value) -> Value:
    """Two strings that `+` joins; None for other values."""
    if not isinstance(left, Known) or not isinstance(right, Known):
        return None
    first, second = left.value, right.value
    return _of_texts([first, second]) if isinstance(first, str) and isinstance(second, str) else None


def _of_texts(texts: Sequence[str]) -> Value:
    """The texts as one string; None if it is long, since names could double it again and again."""
    return Known("".join(texts)) if sum(map(len, texts)) <= CONDITION_VALUE.most else None


def number(source: str) -> Value:
    """The value of `True`, `None` or a number as written."""
    if (word := source.lower()) in _WORDS:
        return Known(_WORDS[word])
    try:
        return Known(float(source) if "." in source else int(source, 0))
    except ValueError:
        return None


def arguments_of(code: Code, call: Node) -> Mapping[str, Node] | None:
    """The arguments of a call by position (`0`) or name; None if some are unpacked."""
    found: dict[str, Node] = {}
    given = call.child_by_field_name("arguments")
    if given is None or given.type != "argument_list":
        return None
    for each in named(given):
        name, value = each.child_by_field_name("name"), each.child_by_field_name("value")
        if each.type in ("list_splat", "dictionary_splat"):
            return None
        if each.type == "keyword_argument" and value is not None:
            found[code.source(name)] = value
        else:
            found[str(len(found))] = each
    return found


def is_from_os(code: Code) -> bool:
    """Whether the file imports `environ` or `getenv` from `os`."""
    return _FROM_OS.search(code.tree.text) is not None


def library_reads(project: Project, path: str) -> Iterator[Reference]:
    """The reads by libraries whose calls have a default after the name."""
    facts = project.index.files.get(path)
    reads = (each for each in facts.references if each.access is Access.READ) if facts is not None else ()
    return (each for each in reads if each.via is None and each.idiom.startswith(_LIBRARIES))


def library_read(project: Project, code: Code, name: Node | None) -> Reference | None:
    """The read by a library of the variable that a literal names."""
    if name is None or name.type != "string":
        return None
    span = code.tree.span(name)
    found = (each for each in library_reads(project, code.path) if span.start <= each.span.start < span.end)
    return next(found, None)


def assigned_attributes(project: Project) -> frozenset[str]:
    """The names of the attributes that any code of the project assigns, or sets with `setattr`."""
    return names_matched(project, "assigned attributes", _ASSIGNED, project.code.paths())


def assigned_near_reads(project: Project) -> frozenset[str]:
    """The same for the files with facts only: code that reads or sets variables, or leads to such code."""
    return names_matched(project, "attributes assigned near reads", _ASSIGNED, with_facts(project))


def stored_names(project: Project) -> frozenset[str]:
    """The names of the dicts and lists to which code in files with facts adds items."""
    return names_matched(project, "stored names", _STORED, with_facts(project))


def with_facts(project: Project) -> Iterator[str]:
    """The Python files with facts."""
    return (path for path in project.index.files if path.endswith(".py"))


def names_matched(
    project: Project, what: str, pattern: re.Pattern[str], paths: Iterable[str]
) -> frozenset[str]:
    """The first group of each match in some files, or the second one. `what` identifies the question."""

    def in_text(text: str) -> frozenset[str]:
        return frozenset(next(filter(None, found.groups()), "") for found in pattern.finditer(text))

    def find() -> frozenset[str]:
        return frozenset().union(*(project.found_in(path, pattern.pattern, in_text) for path in paths))

    return project.remembered(what, find)

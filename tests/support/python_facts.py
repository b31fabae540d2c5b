"""The facts about Python files, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.analyze import TABLES
from configvars.model import EnvFileUse, FileFacts
from configvars.readers.tables import Tables
from configvars.resolve.link import Linker
from configvars.slices import result
from configvars.syntax.python import parse
from configvars.syntax.python_order import Order, ordering
from configvars.text import LineIndex, Span
from support.fixtures import fixture

ROOT = "/ws"


def facts_of(text: str, name: str = "app.py") -> dict[str, FileFacts]:
    """The facts of a fixture's files, by relative path."""
    linker = Linker(ROOT)
    for path, body in fixture(text, name).files.items():
        linker.update(f"{ROOT}/{path}", body)
    return {facts.path.removeprefix(f"{ROOT}/"): facts for facts in linker.settle()}


def analyze(path: str, text: str, tables: Tables = TABLES) -> FileFacts:
    """The facts of one file alone; `path` is absolute."""
    linker = Linker(ROOT, tables)
    linker.update(path, text)
    (facts,) = linker.settle()
    return facts


def rendered(text: str, name: str = "app.py") -> list[str]:
    """References, dynamic references, definitions and env files of a fixture, ordered by file and position.

    If there are several files, each line starts with its path.
    """
    files = fixture(text, name).files
    found = facts_of(text, name)
    lines: list[str] = []
    for path, body in files.items():
        prefix = f"{path}:" if len(files) > 1 else ""
        if path in found:
            lines += [prefix + line for _, line in sorted(_lines(found[path], body))]
    return lines


def _lines(facts: FileFacts, text: str) -> Iterator[tuple[Span, str]]:
    index = LineIndex(text)

    def at(span: Span) -> str:
        line, column = index.position(span.start)
        return f"{line + 1}:{column + 1}"

    for one in facts.references:
        scope = "" if one.variable.scope == "env" else f"{one.variable.scope}:"
        yield one.span, f"{at(one.span)} {scope}{one.variable.name} {one.access} {one.need or '-'}"
    for dynamic in facts.dynamic:
        yield dynamic.span, f"{at(dynamic.span)} ? {dynamic.idiom}"
    for given in facts.definitions:
        scope = "" if given.variable.scope == "env" else f"{given.variable.scope}:"
        yield given.span, f"{at(given.span)} {scope}{given.variable.name} ="
    for use in facts.env_files:
        yield use.span, f"{at(use.span)} {_env_file(use)}"


def _env_file(use: EnvFileUse) -> str:
    override = " override" if use.override else ""
    some = " in part" if use.pattern else ""
    return f"loads {use.path or 'the nearest .env'}{some} ({use.relative_to}){override}"


def order_of(text: str) -> Order:
    """The order of a file with this text."""
    return result(ordering(parse(text)))

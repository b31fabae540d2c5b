"""Tables of cases in text files: the files of a small project, and below them the engine's result.

    === a constant of another module
    -- consts.py --
    KEY = "A"
    -- app.py --
    import os, consts
    os.environ[consts.KEY]
    -- said --
    app.py:2:12 A read required, written at consts.py:1:8

`make expected` rewrites the results; review the diff like any other change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from configvars.checks import run_checks
from configvars.model import DynamicReference, Mark, Reference
from configvars.runs.givers import givers, is_given
from support.flask_stories import told
from support.projects import Opened, opened
from support.python_facts import rendered

_CASE, _SAID = "=== ", "-- said --\n"
_OF_VALUES = ("default-of-another-type", "string-truthiness", "text-config-value", "unconvertible-value")
_TESTS = Path(__file__).parents[1]
ROOMS = ("names", "readers", "resolve", "runs")


def tables(room: str) -> list[Path]:
    """The tables of a package, in order."""
    return sorted((_TESTS / room / "tables").glob("*.txt"))


@dataclass(frozen=True)
class Case:
    """One case. `text` contains its files, `said` the expected result."""

    title: str
    text: str
    said: str


def cases(table: Path) -> list[Case]:
    """The cases of a table. The lines before the first case describe the table."""
    _, *parts = ("\n" + table.read_text("utf-8")).split(f"\n{_CASE}")
    return [_case(part) for part in parts]


def _case(part: str) -> Case:
    title, _, rest = part.partition("\n")
    text, _, said = rest.partition(_SAID)
    return Case(title, text, said.strip("\n"))


def said(table: Path, case: Case, root: Path) -> str:
    """The engine's result for the project of a case, or for its Python files alone."""
    render = RENDERED.get(table.stem) if table.parents[1].name in ("resolve", "runs") else None
    return "\n".join(rendered(case.text) if render is None else render(opened(root, case.text)))


# ---- the tables, and how the result of each is rendered


def linked(it: Opened) -> Iterator[str]:
    """Each read, with its need, its condition and the place from which its name comes."""
    for _, facts in sorted(it.project.index.files.items()):
        places: list[Reference | DynamicReference] = [*facts.references, *facts.dynamic]
        for one in sorted(places, key=lambda one: one.span):
            yield f"{it.line(facts.path, one.span.start)} {_way(it, one)}"


def _way(it: Opened, one: Reference | DynamicReference) -> str:
    if isinstance(one, DynamicReference):
        return f"? {one.idiom}"
    parts = [f"{one.variable.name} {one.access} {one.need or '-'}"]
    parts += [f"only with {one.switch}"] if one.switch else []
    parts += [f"or {name}" for name in one.instead]
    parts += [f"written at {_at(it, one.written_at)}"] if one.written_at else []
    parts += [f"through {_at(it, one.via)}"] if one.via else []
    return ", ".join(parts)


def _at(it: Opened, mark: Mark) -> str:
    place = it.project.place(mark)
    return it.line(place.path, place.span.start) if place else "?"


def given(it: Opened) -> Iterator[str]:
    """The env files that apply to each code file, and the variables that none of them sets."""
    for path, facts in sorted(it.project.index.files.items()):
        if not facts.references:
            continue
        by = givers(it.project, path)
        lacks = [
            one.variable.name for one in facts.references if not is_given(it.project, path, by, one.variable)
        ]
        files = ", ".join(it.project.relative(file) for file in by.files) or "nothing"
        templates = " (templates)" if by.stand_in else ""
        missing = f"; not {', '.join(dict.fromkeys(lacks))}" if lacks else ""
        yield f"{it.project.relative(path)}: {files}{templates}{missing}"


def configured(it: Opened) -> Iterator[str]:
    """Each Flask app, with the step that sets each key and the steps that it overrides."""
    yield told(it)


def wrong_values(it: Opened) -> Iterator[str]:
    """The findings about values that are used as another type, in all files."""
    found = (each for path in sorted(it.project.index.files) for each in run_checks(it.project, path))
    yield from (it.finding(each) for each in found if each.check in _OF_VALUES)


RENDERED: dict[str, Callable[[Opened], Iterator[str]]] = {
    "linking": linked,
    "wrappers": linked,
    "classes": linked,
    "env-files": given,
    "flask-order": configured,
    "used_elsewhere": wrong_values,
}


def rewrite() -> None:
    """Rewrite the results in all tables."""
    for table in (table for room in ROOMS for table in tables(room)):
        text = table.read_text("utf-8")
        head = ("\n" + text).partition(f"\n{_CASE}")[0].strip("\n")
        parts = [head] if head else []
        for case in cases(table):
            with TemporaryDirectory() as folder:
                found = said(table, case, Path(folder))
            parts.append(f"{_CASE}{case.title}\n{case.text}{_SAID}{found}".rstrip("\n"))
        table.write_text("\n\n".join(parts) + "\n", "utf-8")


if __name__ == "__main__":
    rewrite()

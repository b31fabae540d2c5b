"""What other files do with the string of a read that a module or a class keeps under a name, unchanged.

`settings.py` contains `PORT = os.getenv("PORT")`, and another file computes `settings.PORT + 1`. A name that
has several assignments in its file, or an attribute that some code assigns, is not followed.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Mapping, Set
from functools import cache
from typing import Literal

from msgspec.structs import replace

from configvars.flow_model import Flow, ValueUse
from configvars.limits import REEXPORTS
from configvars.model import Access, Reference
from configvars.names.evaluate import Evaluator
from configvars.names.imports import dotted, star_modules, statements
from configvars.names.scopes import scope_of
from configvars.names.values import Class, External, Instance
from configvars.project import Project
from configvars.readers.flow_parts import may_be_converted
from configvars.runs.givers import is_test
from configvars.runs.imported_uses import evaluator_of, imported_uses, path_of
from configvars.runs.importers import importers_of, word
from configvars.runs.parsed_code import assigned_attributes
from configvars.syntax.python import Node
from configvars.text import Mark, Span

Kept = tuple[str | Mark, str]
"""The file, or the class, that keeps a value, and the name."""
Used = Mapping[Kept, tuple[tuple[str, ValueUse], ...]]

_QUIET = ("key", "call", "argument")


def reads_elsewhere(
    project: Project, path: str, reference: Reference
) -> Iterator[tuple[str, Reference] | None]:
    """The other files that use the string of a read, each with the read as if it were there; in slices."""
    keys = _kept_names(reference)
    if not keys:
        return
    used = yield from used_elsewhere(project)
    kept = _keeping(project, path)
    for key in keys:
        by_file: dict[str, list[ValueUse]] = {}
        for file, use in used.get(kept[key.span], ()) if key.span in kept else ():
            by_file.setdefault(file, []).append(replace(use, through=(*key.through, *use.through)))
        for file, uses in by_file.items():
            first = next((use for use in uses if use.kind not in _QUIET), uses[0])
            default = reference.flow.default if reference.flow is not None else None
            yield file, replace(reference, span=first.span, flow=Flow(default, tuple(uses)))


def used_elsewhere(project: Project) -> Generator[None, None, Used]:
    """All uses of such names in other files outside of tests, in slices."""
    known = project.remembered("used elsewhere", dict[Literal["all"], Used])
    if "all" not in known:
        found: dict[Kept, list[tuple[str, ValueUse]]] = {}
        changed: set[Kept] = set()
        for path, names in _wanted(project).items():
            for one in (yield from imported_uses(project, path, frozenset(names))):
                kept = _meant(project, path, one.name)
                if kept is not None:
                    found.setdefault(kept, []).extend((path, use) for use in one.uses)
                    changed |= {kept} if one.changed else set()
            yield
        known["all"] = {kept: tuple(uses) for kept, uses in found.items() if kept not in changed}
    return known["all"]


def _kept_names(reference: Reference) -> list[ValueUse]:
    """The names that get the string of a read, if its file does nothing else with it."""
    is_read = reference.access is Access.READ and reference.variable.scope == "env"
    flow = reference.flow if is_read and reference.via is None else None
    if flow is None or any(use.kind != "key" for use in flow.uses):
        return []
    return [use for use in flow.uses if use.what.isidentifier()]


def _wanted(project: Project) -> dict[str, set[str]]:
    """The files that may import such names, each with the names.

    They may import them from another file that does: from a package, or one that imports single names.
    """
    kept = _keeping_files(project)
    names, todo = {path: set(found) for path, found in kept.items()}, set(kept)
    renamed = cache(lambda path: _renamed(project, path))
    for _ in range(REEXPORTS.most):
        above = importers_of(project, frozenset(todo)) if todo else {}
        todo = set()
        for path, importing in above.items():
            for importer in importing:
                known, others = names.setdefault(importer, set()), renamed(importer)
                taken = names[path].union(*(others[name] for name in names[path] & others.keys()))
                if not taken <= known:
                    known |= taken
                    todo |= {importer} if _hands_on(project, importer, {*names[path], word(path)}) else set()
    return {path: found for path, found in names.items() if found != kept.get(path)}


def _keeping_files(project: Project) -> dict[str, set[str]]:
    """The files outside of tests that may keep strings of reads, each with the names."""
    found: dict[str, set[str]] = {}
    for path, facts in project.index.files.items():
        names = {use.what for reference in facts.references for use in _kept_names(reference)}
        if names and facts.kind == "python" and not is_test(project, path):
            found[path] = names
    return found


def _renamed(project: Project, path: str) -> Mapping[str, set[str]]:
    """The names that a file imports under others (`import DEBUG as D`), each with those."""
    found: dict[str, set[str]] = {}
    for statement in project.code.imports(path):
        for name, other in statement.renamed:
            found.setdefault(name, set()).add(other)
    return found


def _hands_on(project: Project, path: str, names: Set[str]) -> bool:
    """Whether others may import names from a file that imports them: a package, or by `from … import`."""
    is_package = os.path.basename(path) == "__init__.py"
    imports = project.code.imports(path)
    return is_package or any(one.is_star or not names.isdisjoint(one.names) for one in imports)


def _keeping(project: Project, path: str) -> Mapping[Span, Kept]:
    """The spans of the names of modules and classes that keep the strings of reads in a file."""
    known = project.remembered("keeping names", dict[str, Mapping[Span, Kept]])
    if path not in known:
        facts = project.index.files[path]
        spans = tuple(use.span for reference in facts.references for use in _kept_names(reference))

        def find() -> Mapping[Span, Kept]:
            evaluator = evaluator_of(path, project.tree_of(path))
            kept = ((span, _kept_at(evaluator, span)) for span in spans)
            return {span: one for span, one in kept if one is not None}

        found = project.code.kept_of(path, "kept names", spans, find)
        changed = assigned_attributes(project)
        known[path] = {span: kept for span, kept in found.items() if kept[1] not in changed}
    return known[path]


def _kept_at(evaluator: Evaluator, span: Span) -> Kept | None:
    tree = evaluator.tree
    leaf = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
    above = leaf.parent if leaf is not None and leaf.type == "identifier" else None
    if leaf is None or above is None or above.child_by_field_name("left") != leaf:
        return None
    name, scope = tree.source(leaf), scope_of(above)
    is_only = len(evaluator.scopes.bindings(name)) == 1 and not _is_replaced(evaluator, above)
    if not is_only or may_be_converted(evaluator, above):
        return None
    if scope.type == "module":
        return evaluator.path, name
    return (evaluator.home(scope), name) if scope.type == "class_definition" else None


def _is_replaced(evaluator: Evaluator, assignment: Node) -> bool:
    """Whether an import of all names of a module below an assignment may bind its name again."""
    return any(
        statement.start_byte > assignment.end_byte
        and any(child.type == "wildcard_import" for child in statement.named_children)
        for statement in statements(evaluator.tree)
    )


def _meant(project: Project, path: str, name: str) -> Kept | None:
    """What a dotted name means that a file imports: the file or class that keeps it."""
    seen: set[tuple[str, str]] = set()
    while (path, name) not in seen:
        seen.add((path, name))
        found = project.code.module(path, name)
        if found is None or not found[1]:
            return None
        path, (first, dot, rest) = found[0], found[1].partition(".")
        if "." in rest:
            return None
        owner = _bound(project, path, first, is_owner=bool(dot))
        if isinstance(owner, str):
            name = owner + dot + rest
        elif dot:
            return None if owner is None else (owner, rest)
        else:
            return path, first
    return None


def _bound(project: Project, path: str, name: str, *, is_owner: bool) -> str | Mark | None:
    """What a name of a module is: the dotted name of something imported, or the class of it or its instance.

    `is_owner`: an attribute of it is asked for, so that it may be an instance of an imported class.
    """

    def find() -> str | Mark | None:
        evaluator = evaluator_of(path, project.tree_of(path))
        bindings = evaluator.scopes.in_scope(name, evaluator.tree.root)
        if not bindings:
            stars = star_modules(evaluator.tree)
            return dotted(stars[0], name) if len(stars) == 1 else None
        value = evaluator.bound(bindings[0]) if len(bindings) == 1 else None
        match value:
            case Class(home=home) | Instance(cls=Class(home=home)):
                return home
            case External(path=imported) if bindings[0].how == "import":
                return imported
        is_made = is_owner and len(bindings) == 1
        return path_of(evaluator, bindings[0].node) or None if is_made else None

    return project.code.kept_of(path, f"meaning of {name}", is_owner, find)

"""The code actions for a span of a file: fixes of findings, and actions on a whole env file."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator

from msgspec.structs import replace

from configvars.checks import run_checks
from configvars.checks.fixes import pull
from configvars.edits.quote import quote
from configvars.edits.write import is_writable_name, new_lines
from configvars.features.at import shown_span
from configvars.features.env_format import sort_env_file
from configvars.features.pull_offers import CREATE, PULL, Asking, pull_by_asking, pull_offers
from configvars.features.results import Action
from configvars.features.suppressing import suppressing
from configvars.model import Command, FileEdit, FileFacts, Finding, Fix, Need, TextEdit, Variable
from configvars.project import Project
from configvars.runs.givers import Givers, givers, is_empty_here, is_given, nearest
from configvars.slices import result
from configvars.syntax.dotenv import Binding
from configvars.text import Span

NOBODY = Asking()
_FEW = 8  # findings at one place: with more, the request is about a range, not about a place


def code_actions(
    project: Project,
    path: str,
    span: Span,
    asking: Asking = NOBODY,
    findings: tuple[Finding, ...] | None = None,
) -> tuple[Action, ...]:
    """The actions for a span of a file: first the fixes of findings that it touches, the best one first.

    `asking` tells whether Heroku may be asked if no app is chosen. `findings` are those of the file, if they
    are already known.
    """
    return result(acting(project, path, span, asking, findings))


def acting(
    project: Project,
    path: str,
    span: Span,
    asking: Asking = NOBODY,
    findings: tuple[Finding, ...] | None = None,
) -> Generator[None, None, tuple[Action, ...]]:
    """`code_actions`, in slices."""
    facts = project.index.files.get(path)
    if facts is None:
        return ()
    everywhere = run_checks(project, path) if findings is None else findings
    place = _before_gap(project, facts, span)
    text = project.text_of(path) or ""
    found = [each for each in everywhere if _is_at(each, place, text) or _is_at(each, span, text)]
    offered = _best_first([*_of_findings(found), *pull_offers(project, path, place, found, asking)])
    yield
    silent = (yield from suppressing(project, found, offered)) if len(found) <= _FEW else ()
    others = [each for each in offered if not each.findings]
    offered = (*(each for each in offered if each not in others), *silent, *others)
    if facts.kind != "dotenv":
        return offered
    yield from project.parsing(path)
    on_value = (*_on_value(project, path, span),)
    yield
    on_file = list[Action]()
    for action in _on_env_file(project, facts, asking):
        on_file += [action] if action is not None else []
        yield
    return (*offered, *on_value, *on_file)


def _before_gap(project: Project, facts: FileFacts, span: Span) -> Span:
    """The end of the name if a span is the gap behind it, where a new env file opens: `NAME=|`."""
    if facts.kind == "dotenv" and span.start == span.end:
        end = max((each.span.end for each in facts.definitions if each.span.end < span.start), default=None)
        text = project.text_of(facts.path) or ""
        if end is not None and not text[end : span.start].strip("= \"'"):
            return Span(end, end)
    return span


def _is_at(finding: Finding, span: Span, text: str) -> bool:
    shown = shown_span(finding, text)
    return shown.overlaps(span) or shown.touches(span.start)


def _of_findings(findings: list[Finding]) -> Iterator[Action]:
    """Each fix once, with all findings that it fixes."""
    mended: dict[str, tuple[Fix, list[Finding]]] = {}
    for finding in findings:
        for fix in finding.fixes:
            mended.setdefault(fix.title, (fix, []))[1].append(finding)
    for fix, found in mended.values():
        yield Action(fix, "quickfix", tuple(found))


def _best_first(actions: list[Action]) -> tuple[Action, ...]:
    """Each action once, one of them preferred: a pull comes before actions that leave gaps."""
    once: dict[str, Action] = {}
    for action in actions:
        once.setdefault(action.fix.title, action)
    ordered = sorted(once.values(), key=lambda action: (not action.fix.preferred, _rank(action)))
    preferred = next((action for action in ordered if action.fix.preferred), None)
    return tuple(
        replace(each, fix=replace(each.fix, preferred=each is preferred)) if each.fix.preferred else each
        for each in ordered
    )


def _rank(action: Action) -> int:
    """A pull comes first, then a new env file from Heroku, one from other sources, and all else."""
    match action.fix.command:
        case Command(name) if name == PULL:
            return 0
        case Command(name, argument) if name == CREATE:
            return 1 if argument["from"] == "heroku" else 2
        case _:
            return 3


def _on_value(project: Project, path: str, span: Span) -> Iterator[Action]:
    text = project.text_of(path)
    edit = None if text is None else quote(text, span.start, project.statements(path))
    if edit is not None:
        yield Action(Fix("Put the value in quotes", (FileEdit(path, (edit,)),)), "refactor.rewrite")


def _on_env_file(project: Project, facts: FileFacts, asking: Asking) -> Iterator[Action | None]:
    """The actions on a whole env file; None between them, where the caller may do other work."""
    if in_order := sort_env_file(project, facts.path):
        yield Action(in_order, "source")
    if any(definition.declaration for definition in facts.definitions):
        yield from _of_template(project, facts.path)
    else:
        yield from _of_env_file(project, facts, asking)


def _of_env_file(project: Project, facts: FileFacts, asking: Asking) -> Iterator[Action | None]:
    found: set[str] = set()
    for name in _missing_names(project, facts.path):
        found |= {name} if name is not None else set()
        yield None
    lacking = sorted(found)
    yield from (Action(fix, "source") for fix in pull(project, lacking, facts.path))
    yield from (Action(fix, "source") for fix in pull_by_asking(project, lacking, facts.path, asking))
    yield from _add_missing(project, facts.path, lacking)
    yield from _sync_templates(project, facts)
    if project.ignored_by_git(facts.path) is False:
        title = f"Add {os.path.basename(facts.path)} to .gitignore"
        yield Action(Fix(title, command=Command("configvars.addToGitignore", {"path": facts.path})), "source")


def missing_names(project: Project, env_file: str) -> list[str]:
    """The variables that code which uses this env file needs and that are not set; sorted."""
    return sorted({name for name in _missing_names(project, env_file) if name is not None})


def _missing_names(project: Project, env_file: str) -> Iterator[str | None]:
    """`missing_names`, unsorted; None for each variable that is set."""
    for path, facts in list(project.index.files.items()):
        needed = {r.variable for r in facts.references if r.need in (Need.REQUIRED, Need.OPTIONAL)}
        by = givers(project, path) if needed else None
        if by and env_file in by.files:
            for variable in needed:
                is_wanting = variable.scope == "env" and _is_wanting(project, path, by, variable)
                yield variable.name if is_wanting else None


def _is_wanting(project: Project, path: str, by: Givers, variable: Variable) -> bool:
    return not is_given(project, path, by, variable) or is_empty_here(project, path, by, variable)


def _add_missing(project: Project, path: str, names: list[str]) -> Iterator[Action]:
    text = project.text_of(path)
    here = {definition.variable.name for definition in project.index.files[path].definitions}
    writable = [name for name in names if is_writable_name(name) and name not in here]
    if text is not None and writable:
        lines = new_lines(text, project.statements(path), _of_nearest_template(project, path))
        edit = FileEdit(path, lines.with_names(writable))
        what = writable[0] if len(writable) == 1 else f"{len(writable)} missing variables"
        yield Action(Fix(f"Add {what} to {project.relative(path)}", (edit,)), "source")


def _of_nearest_template(project: Project, path: str) -> Iterable[Binding]:
    return next((project.statements(each) for each in nearest(project, path, "dotenv")), ())


def _sync_templates(project: Project, facts: FileFacts) -> Iterator[Action]:
    """Add names from an env file to the templates next to it, without values."""
    names = [d.variable.name for d in facts.definitions if is_writable_name(d.variable.name)]
    for template in nearest(project, facts.path, "dotenv"):
        declared = {d.variable.name for d in project.index.files[template].definitions}
        text = project.text_of(template)
        lacking = [name for name in dict.fromkeys(names) if name not in declared]
        if lacking and text is not None:
            lines = new_lines(text, project.statements(template), project.statements(facts.path))
            edit = FileEdit(template, lines.with_names(lacking))
            title = f"Sync {project.relative(template)} from {project.relative(facts.path)} (names only)"
            yield Action(Fix(title, (edit,)), "source")


def _of_template(project: Project, template: str) -> Iterator[Action]:
    """Copy a template to the env file next to it, if that does not exist yet."""
    target = os.path.join(os.path.dirname(template), ".env")
    text = project.text_of(template)
    if text is not None and target not in project.index.files:
        edit = FileEdit(target, (TextEdit(Span(0, 0), text),), create=True)
        yield Action(Fix(f"Create .env from {os.path.basename(template)}", (edit,)), "source")

"""What the code of a folder is compared with, and the sentences about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from configvars.checks import CHECKS
from configvars.checks.groups import is_selected
from configvars.checks.needed_on_apps import needed_on
from configvars.checks.wording import joined
from configvars.cli.places import relative, some_of
from configvars.cli.raising_code import raising_code
from configvars.cli.targets import Target
from configvars.cli.unreadable import unreadable
from configvars.features.drift import doubts
from configvars.features.unread_code import unread_folder
from configvars.flask.apps import limits_met
from configvars.limits import said
from configvars.model import Access, FileFacts, Severity
from configvars.project import Project
from configvars.runs.givers import Givers, givers, with_why
from configvars.workspace import Workspace

PYTHON = (".py", ".pyw", ".ipynb")


class Unrun(Struct, frozen=True):
    """The Python `files` that no process of the Procfile loads, and those of which none runs the `mains`.

    `by_settings` are those that processes load only with some value of `DJANGO_SETTINGS_MODULE`.
    """

    files: frozenset[str] = frozenset()
    mains: frozenset[str] = frozenset()
    by_settings: frozenset[str] = frozenset()


class Checked(Struct, frozen=True):
    """What a run checked in one project: how many files, Python files, and variables that these read.

    For a deploy, `variables` also counts those that code only looks for, and those that app.json lists.
    `against` names the env files, templates, manifests and apps that the code was compared with.
    `skipped` says which files were not checked and why, `unread` which of the files that a deploy needs could
    not be read.
    `without_env_file`: there is no env file in which a variable can be missing, so the code was compared with
    templates, app.json and apps. `shared` names the others, such as `.flaskenv`.
    `checks` is the number of checks that the settings leave on. `outside` says which variables may be set by
    env files outside of the folder that the code loads.
    """

    files: int
    python: int
    variables: int
    against: tuple[str, ...]
    without_env_file: bool
    checks: int
    shared: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


def judged(
    workspace: Workspace,
    seen_from: str,
    *,
    deploying: bool = False,
    processes: frozenset[str] = frozenset(),
    unrun: Unrun | None = None,
) -> Project:
    """A folder as the command line checks it.

    Without an env file, the code is compared with templates and apps. `seen_from` is the absolute path from
    which messages show paths; the root of the project if empty. `processes` are the processes of the Procfile
    to deploy, all if there are none; `unrun` is what they do not run. For a deploy, the index also contains
    files without facts that may raise an exception.
    """
    project = workspace.project()
    if deploying:
        more = raising_code(workspace, project)
        project = replace(project, index=project.index.with_files(more))
    return replace(
        project,
        templates_stand_in=True,
        seen_from=seen_from,
        deploying=deploying,
        processes=processes,
        not_loaded=unrun.files if unrun else frozenset(),
        only_imported=unrun.mains if unrun else frozenset(),
        by_settings=unrun.by_settings if unrun else frozenset(),
    )


def checked(workspace: Workspace, project: Project, folder: Target) -> Checked:
    """What a run checks in a folder."""
    facts = [each for path, each in sorted(project.index.files.items()) if folder.wants(path)]
    seen = {path for path in workspace.known(opened=True) if folder.wants(path) and path.endswith(PYTHON)}
    python = own(seen | {each.path for each in facts if each.kind == "python"}, workspace, project)
    reading = [each for each in facts if _names_read(each)]
    judges = [givers(project, each.path) for each in reading]
    return Checked(
        files=len(python | own({each.path for each in facts}, workspace, project)),
        python=len(python),
        variables=len(
            {*_of_deploy(project, facts), *(name for each in reading for name in _names_read(each))}
        ),
        against=tuple(_against(judges, project)),
        without_env_file=not project.deploying
        and bool(judges)
        and all(by.stand_in or not by for by in judges),
        checks=sum(_is_on(check.name, project) for check in CHECKS),
        shared=tuple(sorted({project.relative(path) for by in judges for path in by.shared})),
        skipped=(*_skipped([*facts, *unread_judges(project, facts)], project), *_unlisted(folder, project)),
        unread=tuple(unreadable(project, facts, python)),
        outside=() if project.deploying else tuple(_may_be_set_outside(project, facts)),
        links=(*_links(_with_judges(project, facts), project), *_linked_folders(folder, project)),
    )


def own(paths: set[str], workspace: Workspace, project: Project) -> set[str]:
    """The files that belong to the program, without those of submodules that it does not import."""
    return {path for path in paths if path in project.imported or not workspace.is_of_other_checkout(path)}


def unread_judges(project: Project, facts: Sequence[FileFacts]) -> list[FileFacts]:
    """The env files next to the checked files that may set what these read, but could not be read."""
    known = {each.path for each in facts}
    return [each for each in _with_judges(project, facts) if each.skipped and each.path not in known]


def _with_judges(project: Project, facts: Sequence[FileFacts]) -> list[FileFacts]:
    """The checked files, and the env files that set what these read."""
    judges = (givers(project, each.path) for each in facts if _names_read(each))
    paths = {each.path for each in facts} | {path for by in judges for path in by.files}
    return [project.index.files[path] for path in sorted(paths)]


def _is_on(check: str, project: Project) -> bool:
    settings = project.settings
    return is_selected(check, settings) and settings.checks.get(check, Severity.HINT) is not None


def _skipped(facts: Iterable[FileFacts], project: Project) -> Iterator[str]:
    yield from (f"{project.relative(each.path)} {each.skipped}" for each in facts if each.skipped)


def _unlisted(folder: Target, project: Project) -> Iterator[str]:
    yield from (unread_folder(project, path) for path in sorted(project.unlisted) if folder.wants(path))


def _may_be_set_outside(project: Project, facts: Sequence[FileFacts]) -> Iterator[str]:
    """For each env file outside of the folder, which is not read, the variables that it alone may set."""
    by_file: dict[str, list[str]] = {}
    for name, paths in sorted(doubts(project, facts).items()):
        for path in paths:
            by_file.setdefault(path, []).append(name)
    for path, names in sorted(by_file.items()):
        if path not in project.index.files:
            yield f"{some_of(names)} may be set by {with_why(project, path)}, which is not read"


def _links(facts: Iterable[FileFacts], project: Project) -> Iterator[str]:
    for each in facts:
        target = project.link_target(each.path) if each.kind == "dotenv" and not each.skipped else None
        if target is not None:
            yield f"{project.relative(each.path)} is a symbolic link to {project.relative(target)}"


def _linked_folders(folder: Target, project: Project) -> Iterator[str]:
    for link, target in sorted(project.linked_folders.items()):
        if folder.wants(link):
            yield f"{project.relative(link)} is a symbolic link to {project.relative(target)}"


def limited(project: Project, folder: Target) -> Iterator[str]:
    """Sentences about the files in which a limit was exceeded."""
    if project.exceeded:
        yield f"{project.root} {said(project.exceeded)}"
    for path in sorted(project.index.files):
        if folder.wants(path) and (counts := limits_met(project, path)):
            yield f"{project.relative(path)} {said(counts)}"


def _names_read(facts: FileFacts) -> frozenset[str]:
    return frozenset(
        found.variable.name
        for found in facts.references
        if found.access is Access.READ and found.variable.scope == "env"
    )


def _of_deploy(project: Project, facts: Iterable[FileFacts]) -> Iterator[str]:
    """The variables that a deploy also checks: those that code only looks for, and those of app.json."""
    if not project.deploying:
        return
    for each in facts:
        yield from (found.variable.name for found in each.references if found.variable.scope == "env")
        if each.kind == "app.json":
            yield from (found.variable.name for found in each.definitions)
    paths = {each.path for each in facts}
    for app in project.apps:
        yield from (read.name for read in needed_on(project, app) if read.path in paths)


def _against(judges: list[Givers], project: Project) -> Iterator[str]:
    if not project.deploying:
        files = {path for by in judges for path in (by.lacking if by.stand_in else by.files)}
        yield from sorted(map(project.relative, files))
    if judges or project.deploying:
        yield from (f"Heroku app {app.app}" for app in project.apps)


def remarks(done: Checked, folder: Target, cwd: str) -> Iterator[str]:
    """Sentences about skipped files, links, and what the code was compared with."""
    yield from (f"{each} and was not checked." for each in done.skipped)
    yield from (f"{each}." for each in done.links)
    yield from (f"{each}." for each in done.outside)
    if not done.checks:
        yield "The settings turn off every check: nothing is reported."
    if not done.python:
        where = joined(
            ("this folder" if path == cwd else relative(path, cwd) for path in folder.asked), "and"
        )
        yield f"There is no Python file in {where}: no code was checked."
    elif done.without_env_file and done.outside:
        return
    elif done.without_env_file and done.against:
        yield f"{_no_env_file(done)}: the code was compared with {joined(done.against, 'and')}."
    elif done.without_env_file:
        to_read = " that can be read," if done.skipped else ""
        yield f"{_no_env_file(done)}, and no template or app.json{to_read} to compare the code with."


def _no_env_file(done: Checked) -> str:
    besides = f" besides {joined(done.shared, 'and')}" if done.shared else ""
    return f"There is no env file here{besides}"


def summary(done: Checked) -> str:
    """One sentence about what a run checked."""
    what = f"{_count(done.files, 'file')} and {_count(done.variables, 'variable')}"
    against = f" against {', '.join(done.against)}" if done.against and not done.without_env_file else ""
    return f"Checked {what}{against}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"

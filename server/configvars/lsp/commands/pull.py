"""`configvars.pull`: writes config vars of an app to an env file, after the user has agreed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from lsprotocol import types as t
from msgspec import Struct
from msgspec.structs import replace

from configvars.actions import pull_words
from configvars.actions.create_env_file import needed_names
from configvars.actions.exposure import template_refusal
from configvars.actions.pull import PullItem, PullOptions, PullPlan, plan_pull
from configvars.actions.pull_target import is_another_kind
from configvars.checks.local_values import held_back
from configvars.edits.gaps import gaps
from configvars.features.code_actions import missing_names
from configvars.lsp.apply import apply_changes
from configvars.lsp.commands import arguments
from configvars.lsp.commands.arguments import Argument
from configvars.lsp.commands.choose_app import one_app
from configvars.lsp.commands.gitignore import kept_from_git
from configvars.lsp.commands.linked_target import folder_of, without_links
from configvars.lsp.convert.uris import uri_of
from configvars.lsp.outcome import DISMISSED, UNTRUSTED, Outcome, refused
from configvars.lsp.progress import progress
from configvars.lsp.questions import ask
from configvars.lsp.reading import changed_on_disk
from configvars.model import Need
from configvars.platforms.base import AppSnapshot, PlatformFailure
from configvars.runs.givers import nearest
from configvars.secret import Secret
from configvars.sources.env_names import is_template_name

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server

PULL, OVERWRITE, KEEP = "Pull", "Overwrite", "Keep the local value"
USE_LOCAL, ALL_THE_SAME, LEAVE_OUT = "Use a local value", "Pull anyway", "Skip it"
WRITE = "Write it anyway"
_NEW = timedelta(minutes=1)


class _Fetched(Struct, frozen=True):
    """What Heroku returned: the state of the app, and the values of the wanted names."""

    app: AppSnapshot
    values: Mapping[str, Secret]


async def pull(server: Server, argument: Argument) -> Outcome:
    """Pull names from an app; docs/lsp-extensions.md describes the optional arguments."""
    folder = arguments.folder(server, argument)
    names = arguments.texts(argument, "names")
    named = arguments.path(argument, "into", folder.root)
    into = server.folders.own_path(named) if named else os.path.join(folder.root, ".env")
    if not folder.contains(into):
        return Outcome(ok=False, message="The env file is not in that folder: nothing was pulled.")
    path = await without_links(server, folder, into, arguments.text(argument, "app"))
    if isinstance(path, Outcome):
        return path
    if not server.trusted:
        return UNTRUSTED
    shown = folder.workspace.project().relative(into)
    if is_another_kind(into):
        return Outcome(ok=False, message=f"{shown} is not an env file: nothing was pulled.")
    unread = None if server.documents.get(into) else folder.workspace.project().unread_on_disk(into)
    if unread is not None and not unread.missing:
        return Outcome(ok=False, message=f"{shown} {unread.why}: nothing was pulled.")
    if is_template_name(os.path.basename(into)):
        return Outcome(ok=False, message=template_refusal(shown))
    app = await one_app(server, folder, arguments.text(argument, "app"))
    if isinstance(app, Outcome):
        return app
    outcome = await pull_into(server, folder, app, names, into, path)
    if path != into:
        changed_on_disk(server, [into])
    return outcome


async def pull_into(
    server: Server, folder: Folder, app: str, names: tuple[str, ...] | None, into: str, target: str = ""
) -> Outcome:
    """Pull names from an app into an env file; None means all that the code needs and nothing sets here.

    If the env file is a link, its `target` is written, which may be outside of the folder.
    """
    await folder.ready(server.documents)
    asked = folder
    wanted = _lacking(folder, into) if names is None else names
    before = frozenset(_only_added(folder, app, names or (), into))
    if before and not await _agreed_before(server, folder, app, tuple(sorted(before)), into):
        return DISMISSED
    try:
        async with progress(server, f"Pulling from {app}"):
            fetched = await _fetch(server, folder, app, wanted)
    except PlatformFailure as failure:
        return refused(failure)
    if names is None:
        wanted = tuple(name for name in wanted if name in fetched.values)
        if not wanted:
            return Outcome(ok=True, message=f"{app} has none of the variables that are missing here.")
    if target and target != into:
        into, folder = target, await folder_of(server, target)
    options = await _agreed(server, folder, into, wanted, fetched, by_name=names is not None, before=before)
    wanted = () if options is None else await _without_live(server, folder, into, wanted, fetched, options)
    if options is None or not wanted:
        return DISMISSED
    is_writing = _plan(folder, into, wanted, fetched, options).edit is not None
    if is_writing and (exposed := await kept_from_git(server, folder, into)):
        return exposed
    plan = _plan(folder, into, wanted, fetched, options)
    shown = asked.workspace.project().relative(into)
    return await _written(server, folder, plan, shown)


async def _written(server: Server, folder: Folder, plan: PullPlan, shown: str) -> Outcome:
    """Make the change of a plan, and say what was done, and what is left to do in the env file."""
    message, into = pull_words.summary(plan, shown), plan.path
    if plan.edit is not None:
        before = folder.workspace.text_on_disk(into)
        applied = await apply_changes(server, folder, [plan.edit], f"Pull from {plan.app}")
        if not applied.ok:
            return applied
        if server.documents.get(into) and folder.workspace.text_on_disk(into) == before:
            message += f" {shown} has unsaved changes: save it so that the program gets them."
    told = Outcome(ok=True, message=message)
    left = _left(server, folder, into, tuple(item.name for item in plan.items))
    has_step = plan.edit is not None or left is not None
    return replace(told, next="open", uri=uri_of(into), name=left) if has_step else told


def _left(server: Server, folder: Folder, into: str, names: tuple[str, ...]) -> str | None:
    """The first name of an env file that the pull was to give a value, and that has none."""
    folder.settle(server.documents)
    text = folder.workspace.project().text_of(into)
    return next((name for name in gaps(text or "") if name in names), None)


def _only_added(folder: Folder, app: str, names: tuple[str, ...], into: str) -> Iterator[str]:
    """The names of which the last answer of Heroku tells that they only need a yes to a production app."""
    known = next((each for each in folder.workspace.apps if each.app == app), None)
    facts = folder.workspace.project().index.files.get(into)
    definitions = facts.definitions if facts is not None else ()
    given = {
        each.variable.name
        for each in definitions
        if each.value is not None and not each.value.facts().is_empty
    }
    for name in names:
        if known is not None and known.production and name not in given and held_back(name, known) is None:
            yield name


async def _agreed_before(server: Server, folder: Folder, app: str, names: tuple[str, ...], into: str) -> bool:
    """Whether the user agrees to pull names from a production app: asked before Heroku, which may be slow."""
    plan = PullPlan(app, True, into, tuple(PullItem(name, "add") for name in names), None)
    shown = folder.workspace.project().relative(into)
    instead = pull_words.instead(plan, names, shown)
    asked = pull_words.question(plan, shown)
    return await ask(server, asked, (PULL,), t.MessageType.Warning, instead=instead) == PULL


def _lacking(folder: Folder, into: str) -> tuple[str, ...]:
    project = folder.workspace.project()
    if into in project.index.files:
        return tuple(missing_names(project, into))
    return tuple(
        dict.fromkeys([*needed_names(project, Need.REQUIRED), *needed_names(project, Need.OPTIONAL)])
    )


async def _fetch(server: Server, folder: Folder, app: str, names: tuple[str, ...]) -> _Fetched:
    """Fetch the values and the owners; if the app is shown in the editor, its state is updated."""
    fetch = server.apps.platform(folder).fetch_with_values
    known = next((each for each in folder.workspace.apps if each.app == app and _is_new(each)), None)
    snapshot, values = await server.apps.ask(partial(fetch, app, names, known))
    folder.workspace.apps = tuple(snapshot if each.app == app else each for each in folder.workspace.apps)
    server.apps.tell(folder)
    return _Fetched(snapshot, values)


def _is_new(known: AppSnapshot) -> bool:
    """Whether the add-ons and the stage of an app were asked for so shortly before that they still hold."""
    return datetime.now(UTC) - known.fetched < _NEW


async def _agreed(
    server: Server,
    folder: Folder,
    into: str,
    names: tuple[str, ...],
    fetched: _Fetched,
    *,
    by_name: bool,
    before: frozenset[str],
) -> PullOptions | None:
    """What the user agrees to; None if the user cancels the pull.

    Names that the user gave, from an app that is not in production, need confirmation only if a value would
    be overwritten or an add-on owns it. Nobody is asked twice about one name; `before`: the names that the
    user has agreed to already.
    """
    options = PullOptions()
    plan = _plan(folder, into, names, fetched, options)
    shown = folder.workspace.project().relative(into)
    for name in plan.names("conflict"):
        asked = pull_words.conflict_question(plan, name, shown, _live(fetched, name))
        instead = pull_words.instead(plan, (name,), shown, "--overwrite")
        answer = await ask(server, asked, (KEEP, OVERWRITE), t.MessageType.Warning, instead=instead)
        if answer == OVERWRITE:
            options = replace(options, overwrite=options.overwrite | {name})
    for item in plan.items:
        if by_name and item.state == "held-back":
            options = await _about_addon(server, plan, item, shown, options)
    plan = _plan(folder, into, names, fetched, options)
    others = set(plan.names("add", "replace")) - options.overwrite - options.include_addons - before
    if others and (plan.production or not by_name):
        kind = t.MessageType.Warning if plan.production else t.MessageType.Info
        instead = pull_words.instead(plan, plan.names("add", "replace"), shown)
        if await ask(server, pull_words.question(plan, shown), (PULL,), kind, instead=instead) != PULL:
            return None
    return options


async def _without_live(
    server: Server,
    folder: Folder,
    into: str,
    names: tuple[str, ...],
    fetched: _Fetched,
    options: PullOptions,
) -> tuple[str, ...]:
    """The names without those for real accounts or data, unless the user agrees to them.

    Empty if the question is dismissed. Names from an earlier question are not asked about again.
    """
    plan = _plan(folder, into, names, fetched, options)
    asked_before = options.include_addons | options.overwrite
    written = (name for name in plan.names("add", "replace") if name not in asked_before)
    live = {name: kind for name in written if (kind := _live(fetched, name))}
    if not live:
        return names
    shown = folder.workspace.project().relative(into)
    asked = pull_words.live_question(plan, live, shown)
    instead = pull_words.instead(plan, [*live], shown)
    answer = await ask(server, asked, (WRITE, LEAVE_OUT), t.MessageType.Warning, instead=instead)
    return names if answer == WRITE else tuple(name for name in names if answer and name not in live)


def _live(fetched: _Fetched, name: str) -> str:
    """The kind of a value for real accounts or data; empty for any other value."""
    return fetched.values[name].facts().live_kind


async def _about_addon(
    server: Server, plan: PullPlan, item: PullItem, shown: str, options: PullOptions
) -> PullOptions:
    """Offer a local value first; a value that an add-on owns is copied only after a yes.

    If the env file has another value, the same answer replaces it.
    """
    asked = pull_words.addon_question(plan, item.name, shown, item.local)
    answers = (USE_LOCAL, ALL_THE_SAME, LEAVE_OUT) if item.local else (ALL_THE_SAME, LEAVE_OUT)
    given = ("--include-addons", "--overwrite") if item.differs else ("--include-addons",)
    instead = pull_words.instead(plan, (item.name,), shown, *given)
    answer = await ask(server, asked, answers, t.MessageType.Warning, instead=instead)
    if answer == USE_LOCAL:
        return replace(options, use_local=options.use_local | {item.name})
    if answer == ALL_THE_SAME:
        overwrite = options.overwrite | ({item.name} if item.differs else set())
        return replace(options, include_addons=options.include_addons | {item.name}, overwrite=overwrite)
    return options


def _plan(
    folder: Folder, into: str, names: tuple[str, ...], fetched: _Fetched, options: PullOptions
) -> PullPlan:
    """The plan for the current texts: the user may have typed while a question was open."""
    project = folder.workspace.project()
    templates = nearest(project, into, "dotenv")
    template = project.text_of(templates[0]) if templates else None
    text = project.text_of(into)
    return plan_pull(into, text, fetched.app, names, fetched.values, options, template)

"""Pulls that are offered for a variable that is missing, is empty, or differs from its value on an app."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from configvars.checks import fixes
from configvars.checks.local_values import from_template, is_held_back
from configvars.checks.missing import env_file_to_fill
from configvars.edits.write import is_writable_name
from configvars.features.at import variables_in
from configvars.features.heroku import app_states, comparable
from configvars.features.results import Action
from configvars.model import Command, Finding, Fix, Variable
from configvars.project import Project
from configvars.resolve.env_files import is_env_file, is_template
from configvars.runs.givers import Givers, givers, is_empty_here, is_given
from configvars.text import Span

# Findings that a value fixes, where there is none or an empty one.
_ABSENT = frozenset(
    {
        "missing-variable",
        "missing-optional-variable",
        "empty-variable",
        "not-on-heroku",
        "unconvertible-value",
    }
)
PULL, CREATE = "configvars.pull", "configvars.createEnvFile"


class Asking(Struct, frozen=True):
    """Whether Heroku may be asked about a folder without an app, and which app its files suggest.

    `by_prompt`: the editor can ask the user for the app; otherwise the offer must name it.
    """

    may: bool = False
    suggested: str | None = None
    by_prompt: bool = True


def pull_offers(
    project: Project, path: str, span: Span, findings: Iterable[Finding], asking: Asking
) -> Iterator[Action]:
    """The pulls for the one variable that a span touches, each with the findings that it fixes."""
    found = {
        each.variable
        for each in variables_in(project, path)
        if each.variable.scope == "env" and (each.span.overlaps(span) or each.span.touches(span.start))
    }
    if len(found) != 1 or is_template(path):
        return
    (variable,) = found
    here = [each for each in findings if each.variable == variable]
    about = tuple(each for each in here if each.check in _ABSENT)
    by, target = givers(project, path), _target(project, path)
    if is_empty_here(project, path, by, variable) or not is_given(project, path, by, variable):
        for number, fix in enumerate(_into_gap(project, variable, target, by, asking)):
            is_best = fix.preferred and number == 0 and (bool(about) or not here)
            yield Action(replace(fix, preferred=is_best), "quickfix", about)
    else:
        yield from (Action(fix) for fix in _in_place(project, by, variable))


def heroku_env_file(project: Project, asking: Asking) -> Fix | None:
    """Create the first env file from an app that the user will choose.

    None if an app is already chosen, or Heroku must not be asked.
    """
    if not asking.may or project.apps:
        return None
    argument = {"folder": project.root, "from": "heroku"}
    whence = "Heroku…"
    if asking.suggested and not asking.by_prompt:
        argument["app"], whence = asking.suggested, f"Heroku app {asking.suggested}"
    return Fix(
        f"Create .env from {whence}",
        command=Command(CREATE, argument),
        preferred=asking.suggested is not None,
    )


def pull_by_asking(project: Project, names: list[str], target: str, asking: Asking) -> Iterator[Fix]:
    """Pull from an app that the user is asked for, if no app is chosen yet."""
    if asking.may and not project.apps and names:
        what = names[0] if len(names) == 1 else f"{len(names)} missing variables"
        argument: dict[str, object] = {"folder": project.root, "names": names, "into": target}
        whence = "Heroku…"
        if asking.suggested and not asking.by_prompt:
            argument["app"], whence = asking.suggested, f"Heroku app {asking.suggested}"
        command = Command(PULL, argument)
        yield Fix(f"Pull {what} from {whence}", command=command, preferred=asking.suggested is not None)


def _target(project: Project, path: str) -> str:
    """The env file that a pull would write."""
    if is_env_file(path, project.index.files):
        return path
    by = givers(project, path)
    return env_file_to_fill(by) if by.lacking else os.path.join(project.root, ".env")


def _into_gap(project: Project, variable: Variable, target: str, by: Givers, asking: Asking) -> Iterator[Fix]:
    """Pulls of a variable that no env file sets.

    If there is no env file, the pull creates it; another offer creates it with everything that is required.
    """
    is_first = not by.lacking and not by.stand_in
    if not is_writable_name(variable.name) or not (by.lacking or (is_first and fixes.can_create(project))):
        return
    yield from from_template(project, variable.name, target)
    is_best = not is_held_back(project, variable.name)
    yield from (replace(fix, preferred=is_best) for fix in fixes.pull(project, [variable.name], target))
    yield from pull_by_asking(project, [variable.name], target, asking)
    if is_first and (fix := heroku_env_file(project, asking)):
        yield fix


def _in_place(project: Project, by: Givers, variable: Variable) -> Iterator[Fix]:
    """Pulls that replace a value here with an app's; the user is asked again before that happens."""
    here = [each for each in project.index.definitions(variable) if each.path in by.files]
    if not here:
        return
    place, name = here[0], variable.name
    for state in app_states(project, name, comparable(project, place.path, place.definition)):
        if state.same is False:
            file = project.relative(place.path)
            argument = {"folder": project.root, "names": [name], "app": state.app, "into": place.path}
            yield Fix(
                f"Replace {name} in {file} with the value of Heroku app {state.app}…",
                command=Command(PULL, argument),
            )


def pulling_once(project: Project, path: str, actions: Iterable[Action]) -> Iterator[Action]:
    """Each action once; pulls of several variables from one app become one pull of all of them."""
    once: dict[str, Action] = {}
    for action in actions:
        once.setdefault(action.fix.title, action)
    several = [(action, *_of_several(action)) for action in once.values()]
    together: dict[str, set[str]] = {}
    for _, app, names in several:
        together.setdefault(app, set()).update(names)
    for action, app, names in several:
        if not app:
            yield action
        elif wanted := together.pop(app, None):
            alone = replace(project, apps=tuple(each for each in project.apps if each.app == app))
            joined = () if wanted == names else fixes.pull(alone, sorted(wanted), path)
            yield replace(action, fix=next(iter(joined), action.fix))


def _of_several(action: Action) -> tuple[str, set[str]]:
    """The app and the names of a pull of more than one variable; empty for any other action."""
    match action.fix.command:
        case Command(name, {"app": str(app), "names": [_, _, *_] as names}) if name == PULL:
            return app, set(map(str, names))
        case _:
            return "", set()

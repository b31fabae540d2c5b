"""The question before a pull that needs consent: git could publish the file, a value changes, a live key."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from configvars.actions.exposure import Exposure, sentence
from configvars.actions.pull import PullPlan
from configvars.actions.pull_words import live_sentence, question
from configvars.cli.asking import Asker
from configvars.cli.errors import CannotRun, Declined


def consent_question(
    plan: PullPlan,
    into: str,
    exposed: Exposure | None,
    *,
    ignoring: bool,
    agreed: Collection[str] = (),
    live: Sequence[str] = (),
) -> str | None:
    """The one question to ask before a plan is carried out; None if it needs no confirmation.

    `into` is the env file's name for the user, `ignoring`: it is added to a `.gitignore` first. Names in
    `agreed` were part of an earlier question and are not asked about again. `live` are the names whose values
    are for real accounts or data.
    """
    taken = [name for name in plan.names("add", "replace") if name not in agreed]
    if plan.edit is None or not (exposed or live or plan.names("replace") or (plan.production and taken)):
        return None
    first = "It is added to .gitignore first." if ignoring else ""
    parts = [sentence(exposed, into), first] if exposed else []
    parts += [live_sentence(plan, live)] if live else []
    return " ".join(filter(None, [*parts, question(plan, into)]))


def ask_for_consent(asked: str, asker: Asker) -> None:
    """Ask, and return only after a yes.

    Raises `Declined` after a no, and `CannotRun` if nobody can be asked.
    """
    if not asker.yes and not asker.interactive:
        raise CannotRun(
            f"{asked} Nothing was written, because there is no terminal to answer in. Use --yes to agree."
        )
    if not asker.confirm(asked):
        raise Declined("Nothing was written.")

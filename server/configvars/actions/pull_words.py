"""The messages of a pull, before and after. They contain names and apps, never a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from configvars import shell_quoting
from configvars.actions.pull import WRITTEN, LocalOffer, PullItem, PullPlan
from configvars.checks.wording import joined


def question(plan: PullPlan, into: str) -> str:
    """The question before writing; it says if the app is a production app.

    `into` is the env file for the user.
    """
    asked = taking(plan, into)
    return f"{asked[:1].upper()}{asked[1:]}?"


def taking(plan: PullPlan, into: str) -> str:
    """What a plan does, as words after `to`: `pull A from Heroku app shop into .env`."""
    taken, replaced = plan.names("add", "replace"), plan.names("replace")
    if not taken:
        return f"write a local value for {listed(plan.names('local'))} into {into}"
    own = (
        f" and overwrite the local {_has(replaced, 'value', 'values')} of {listed(replaced)}"
        if replaced
        else ""
    )
    return f"pull {listed(taken)} from {_app(plan)} into {into}{own}"


def conflict_question(plan: PullPlan, name: str, into: str, live: str = "") -> str:
    """The question which of two values to keep. `live`: the kind of Heroku's, as `live_kind` says it."""
    differs = f"{name} has a different value in {into} than on {_app(plan)}."
    consequence = f" {live_sentence(plan, {name: live})}" if live else ""
    return f"{differs}{consequence} Overwrite the local value?"


def _app(plan: PullPlan) -> str:
    return f"{'the production app' if plan.production else 'Heroku app'} {plan.app}"


def addon_question(plan: PullPlan, name: str, into: str, offer: LocalOffer | None = None) -> str:
    """The question before copying a credential that the platform may change. `offer`: what else to write.

    It says if that replaces a different value in the env file `into`.
    """
    item = next(item for item in plan.items if item.name == name)
    kind = "production app" if plan.production else "app"
    instead = f", or write {offer.words} for this machine" if offer else ""
    replaced = f" and overwrite the different value in {into}" if item.differs else ""
    return (
        f"{name} of {kind} {plan.app} should not be copied: {item.why}, and Heroku may change it at any"
        f" time. Pull it anyway{replaced}{instead}?"
    )


def live_question(plan: PullPlan, live: Mapping[str, str], into: str) -> str:
    """The question before writing values for real accounts or data to a file on this machine."""
    return f"{live_sentence(plan, live)} Write {_has([*live], 'it', 'them')} into {into}?"


def live_sentence(plan: PullPlan, live: Mapping[str, str]) -> str:
    """The consequence of having values for real accounts or data on this machine.

    `live` has the kinds of the values by name, as `live_kind` says them.
    """
    parts = [
        _live([name for name in live if live[name] == kind], kind) for kind in dict.fromkeys(live.values())
    ]
    uses = "code that runs on this machine then uses real accounts and data"
    return f"On {_app(plan)}, {joined(parts, 'and')}: {uses}."


def _live(names: Sequence[str], kind: str) -> str:
    if kind.endswith("key"):
        return f"{listed(names)} {_has(names, f'is a live {kind}', f'are live {kind}s')}"
    servers = _has(names, f"connects to a {kind} on another machine", f"connect to {kind}s on other machines")
    return f"{listed(names)} {servers}"


def instead(plan: PullPlan, names: Sequence[str], into: str, *options: str) -> str:
    """The message for an editor that cannot ask questions: the command to run in a terminal, in the folder.

    `into` is the env file's path relative to the folder.
    """
    where = [] if into == ".env" else [f"--into {shell_quoting.path(into)}"]
    command = " ".join(["configvars pull", *names[:_MANY], f"--app {plan.app}", *where, *options])
    return (
        f"Nothing was pulled, because this editor cannot ask you to confirm. Run `{command}` in a terminal."
    )


def summary(
    plan: PullPlan, into: str, *, command: bool = False, would: bool = False, needed: Sequence[str] = ()
) -> str:
    """One sentence: what was written, or `would` be, what was not, and why.

    `command`: it names the options for what is left. `needed` is what the code requires and the app lacks.
    """
    written = plan.names("add", "replace")
    pull, write, keep, hold = (
        ("would pull", "would write", "would keep", "would hold back")
        if would
        else ("pulled", "wrote", "kept", "held back")
    )
    parts = [f"{pull} {listed(written)} from {plan.app} into {into}" if written else f"{pull} nothing"]
    if local := plan.names("local"):
        parts.append(f"{write} a local value for {listed(local)}")
    if same := plan.names("same"):
        parts.append(f"{listed(same)} already {_has(same, 'has', 'have')} the same value")
    if kept := plan.names("conflict"):
        replaced = f" (--overwrite replaces {_has(kept, 'it', 'them')})" if command else ""
        parts.append(f"{keep} the local {_has(kept, 'value', 'values')} of {listed(kept)}{replaced}")
    if absent := plan.names("not-on-app"):
        parts.append(f"{listed(absent)} {_has(absent, 'is', 'are')} not set on {plan.app}")
    parts += [
        f"{hold} {i.name} ({i.why}{'; --include-addons pulls it' if command else _local_instead(i)})"
        for i in plan.items
        if i.state == "held-back"
    ]
    could = "cannot" if would else "could not"
    parts += [f"{could} write {i.name} ({i.why})" for i in plan.items if i.state == "unwritable"]
    parts += [
        f"heroku local reads {i.name} differently ({i.elsewhere})"
        for i in plan.items
        if i.state in WRITTEN and i.elsewhere
    ]
    if needed:
        parts.append(f"the code needs {listed(needed)}, which {plan.app} does not have either")
    sentence = "; ".join(parts) + "."
    return sentence[0].upper() + sentence[1:]


def _local_instead(item: PullItem) -> str:
    return f"; for this machine, use {item.local.words}" if item.local else ""


def listed(names: Iterable[str]) -> str:
    """Names joined for a sentence; the number of names if there are many."""
    several = list(names)
    return f"{len(several)} config vars" if len(several) > _MANY else joined(several, "and")


_MANY = 8


def _has(names: Sequence[str], one: str, more: str) -> str:
    return one if len(names) == 1 else more

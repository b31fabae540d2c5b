"""The question before a pull that needs consent: git could publish the file, a value changes, a live key."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from msgspec import Struct

from configvars.actions.exposure import Exposure, sentence
from configvars.actions.pull import PullPlan
from configvars.actions.pull_words import live_sentence, taking
from configvars.cli.asking import Asker
from configvars.cli.errors import CannotRun, Declined


class Consent(Struct, frozen=True):
    """What a plan needs consent for: the reasons (sentences), and what would happen (`pull A from …`)."""

    reasons: tuple[str, ...]
    action: str

    @property
    def question(self) -> str:
        """The question to ask in a terminal."""
        return " ".join((*self.reasons, f"{self.action[:1].upper()}{self.action[1:]}?"))

    @property
    def unanswered(self) -> str:
        """The message if nobody can be asked."""
        nobody = "Nothing was written, because there is no terminal to answer in."
        return " ".join((*self.reasons, nobody, f"Use --yes to agree: {self.action}."))


def consent_for(
    plan: PullPlan,
    into: str,
    exposed: Exposure | None,
    *,
    ignoring: bool,
    agreed: Collection[str] = (),
    live: Mapping[str, str] = MappingProxyType({}),
) -> Consent | None:
    """What to ask about before a plan is carried out; None if it needs no confirmation.

    `into` is the env file's name for the user, `ignoring`: it is added to a `.gitignore` first. Names in
    `agreed` were part of an earlier question and are not asked about again. `live` are the names whose values
    are for real accounts or data, with the kinds of the values.
    """
    taken = [name for name in plan.names("add", "replace") if name not in agreed]
    replaced = [name for name in plan.names("replace") if name not in agreed]
    if plan.edit is None or not (exposed or live or replaced or (plan.production and taken)):
        return None
    reasons = [sentence(exposed, into)] if exposed else []
    reasons += [live_sentence(plan, live)] if live else []
    first = f"add {into} to .gitignore, and " if exposed and ignoring else ""
    return Consent(tuple(reasons), first + taking(plan, into))


def ask_for_consent(consent: Consent, asker: Asker) -> None:
    """Ask, and return only after a yes.

    Raises `Declined` after a no, and `CannotRun` if nobody can be asked.
    """
    if not asker.yes and not asker.interactive:
        raise CannotRun(consent.unanswered)
    if not asker.confirm(consent.question):
        raise Declined("Nothing was written.")

"""The result of a command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from lsprotocol import types as t
from msgspec import Struct

from configvars.features.markdown import unmarked
from configvars.platforms.base import PlatformFailure, Reason
from configvars.printable import printable

if TYPE_CHECKING:
    from configvars.lsp.server import Server


Next = Literal["trust", "log-in", "install-cli", "choose-app", "open"]
_NEXT: Mapping[Reason, Next] = {
    "absent": "install-cli",
    "broken": "install-cli",
    "logged-out": "log-in",
    "bad-api-key": "log-in",
    "no-access": "choose-app",
    "unknown-app": "choose-app",
    "invalid-app": "choose-app",
    "no-app": "choose-app",
}


class Outcome(Struct, frozen=True):
    """Whether a command succeeded, and one sentence for the user, which contains no value.

    `dismissed`: the user dismissed a question or cancelled the work, and so need not be told.
    `next` is what the user can do now, for a client that has a button for it, with the file `uri`.
    `brief` is what other clients show instead of a message that is a whole page.
    """

    ok: bool
    message: str = ""
    brief: str = ""
    dismissed: bool = False
    next: Next | None = None
    uri: str | None = None

    def as_json(self) -> dict[str, object]:
        """The answer to a command request, as docs/lsp-extensions.md describes it."""
        answer: dict[str, object] = {"ok": self.ok, "message": printable(self.message, lines=True)}
        more = {"dismissed": self.dismissed, "next": self.next, "uri": self.uri}
        return {**answer, **{key: value for key, value in more.items() if value}}


DISMISSED = Outcome(ok=False, message="Cancelled: nothing was changed.", dismissed=True)
UNTRUSTED = Outcome(
    ok=False,
    message="configvars contacts Heroku only from a folder that you trust: trust this workspace first.",
    next="trust",
)
ONLY_OPEN = Outcome(
    ok=False,
    message="Nothing was changed: configvars reads only open files here, because the editor has not opened"
    " this folder and you do not trust it. Trust this workspace first.",
    next="trust",
)


def refused(failure: PlatformFailure) -> Outcome:
    """The outcome of a failed request to a platform, with what the user can do about it."""
    return Outcome(ok=False, message=failure.message, next=_NEXT.get(failure.reason))


def say(server: Server, outcome: Outcome) -> None:
    """Show the outcome to the user, unless the user already knows it."""
    if outcome.message and not outcome.dismissed:
        kind = t.MessageType.Info if outcome.ok else t.MessageType.Warning
        text = printable(unmarked(outcome.brief or outcome.message), lines=True)
        server.window_show_message(t.ShowMessageParams(kind, text))

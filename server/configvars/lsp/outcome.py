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
    "no-access": "choose-app",
    "unknown-app": "choose-app",
    "invalid-app": "choose-app",
    "no-app": "choose-app",
    "several-remotes": "choose-app",
}
# Reasons for which the same request would fail again, whatever the user does outside of this program.
_FINAL: frozenset[Reason] = frozenset(
    {"invalid-app", "unknown-app", "unknown-pipeline", "several-pipelines", "too-large"}
)
_SETTINGS: Mapping[Reason, str] = {
    "absent": "heroku.path",
    "broken": "heroku.path",
    "shim": "heroku.path",
    "unreadable": "heroku.path",
    "failed": "heroku.path",
    "too-slow": "heroku.timeout",
}


class Outcome(Struct, frozen=True):
    """Whether a command succeeded, and one sentence for the user, which contains no value.

    `dismissed`: the user dismissed a question or cancelled the work, and so need not be told.
    `next` is what the user can do now, for a client that has a button for it, with the file `uri`, at the
    value of `name` if one is to be filled in;
    `setting` is a setting that can help, and `retry` tells that it makes sense to repeat the command.
    `brief` is what other clients show instead of a message that is a whole page.
    """

    ok: bool
    message: str = ""
    brief: str = ""
    dismissed: bool = False
    next: Next | None = None
    uri: str | None = None
    name: str | None = None
    setting: str | None = None
    retry: bool = False

    def as_json(self) -> dict[str, object]:
        """The answer to a command request, as docs/lsp-extensions.md describes it."""
        answer: dict[str, object] = {"ok": self.ok, "message": printable(self.message, lines=True)}
        more = {"dismissed": self.dismissed, **self.steps, "uri": self.uri, "name": self.name}
        return {**answer, **{key: value for key, value in more.items() if value}}

    @property
    def steps(self) -> dict[str, object]:
        """What the user can do now, without what does not apply."""
        steps = {"next": self.next, "setting": self.setting, "retry": self.retry}
        return {key: value for key, value in steps.items() if value}


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
    reason = failure.reason
    return Outcome(
        ok=False,
        message=failure.message,
        next=_NEXT.get(reason),
        setting=_SETTINGS.get(reason),
        retry=reason not in _FINAL,
    )


def say(server: Server, outcome: Outcome) -> None:
    """Show the outcome to the user, unless the user already knows it.

    A client that shows outcomes of commands itself shows this one in the same way.
    """
    if outcome.message and not outcome.dismissed:
        if server.client.wants_status:
            server.protocol.notify("configvars/outcome", outcome.as_json())
            return
        kind = t.MessageType.Info if outcome.ok else t.MessageType.Warning
        text = printable(unmarked(outcome.brief or outcome.message), lines=True)
        server.window_show_message(t.ShowMessageParams(kind, text))

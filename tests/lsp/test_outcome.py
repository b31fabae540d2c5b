"""What an editor offers after a failure: buttons for what its message says."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from configvars.lsp.outcome import refused
from configvars.platforms.base import PlatformFailure, Reason
from configvars.platforms.heroku.failure import failure

LEFT_TO_LOCATE = {"absent", "invalid-app"}


@pytest.mark.parametrize("reason", [each for each in get_args(Reason) if each not in LEFT_TO_LOCATE])
def test_a_failure_can_be_tried_again_and_names_its_setting_if_its_message_does(reason: Reason) -> None:
    outcome = refused(failure(reason, "shop"))
    named = re.findall(r"`(heroku\.(?:path|timeout))`", outcome.message)
    assert outcome.retry == ("try again" in outcome.message.lower())
    assert [outcome.setting] == (sorted(set(named)) or [None])
    assert outcome.next or outcome.retry or "heroku " in outcome.message


@pytest.mark.parametrize(
    ("reason", "steps"),
    [
        ("absent", {"next": "install-cli", "setting": "heroku.path", "retry": True}),
        ("invalid-app", {"next": "choose-app"}),
        ("unknown-app", {"next": "choose-app"}),
        ("logged-out", {"next": "log-in", "retry": True}),
        ("too-slow", {"setting": "heroku.timeout", "retry": True}),
        ("no-address", {"retry": True}),
        ("too-large", {}),
    ],
)
def test_the_steps_after_a_failure(reason: Reason, steps: dict[str, object]) -> None:
    assert refused(PlatformFailure(reason, "Said.")).as_json() == {"ok": False, "message": "Said.", **steps}

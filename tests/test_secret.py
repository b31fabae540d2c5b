"""A value is never shown by accident: not by printing, comparing, copying, logging or raising."""

from __future__ import annotations

import copy
import json
import logging
import os
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct

from configvars.secret import Secret

CANARY = "canary-4711-value"


class Holder(Struct, frozen=True):
    value: Secret


PRINTED: dict[str, Callable[[Secret], object]] = {
    "str": str,
    "repr": repr,
    "format": lambda secret: f"{secret} {secret!r} {secret:>40} {secret!s:>40}",
    "percent": lambda secret: "%s %r" % (secret, secret),  # noqa: UP031 -- as logging does it
    "in a list": lambda secret: [secret],
    "in a structure": Holder,
    "facts": lambda secret: secret.facts(),
}


@pytest.mark.parametrize("how", PRINTED.values(), ids=PRINTED)
def test_a_secret_prints_as_stars(how: Callable[[Secret], object]) -> None:
    assert CANARY not in str(how(Secret(CANARY)))


@pytest.mark.parametrize("how", [pickle.dumps, copy.copy, copy.deepcopy, json.dumps, bool])
def test_a_secret_cannot_be_pickled(how: Callable[[Secret], object]) -> None:
    with pytest.raises(TypeError) as caught:
        how(Secret(CANARY))
    assert CANARY not in "".join(traceback.format_exception(caught.value))


def test_a_secret_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("configvars").warning("found %s and %r", Secret(CANARY), [Secret(CANARY)])
    assert CANARY not in caplog.text
    assert "***" in caplog.text


def test_digests_of_this_process_show_equal_values() -> None:
    one, same, other = (Secret(text).facts().digest for text in (CANARY, CANARY, CANARY + "x"))
    assert one == same != other
    assert CANARY.encode() not in one


def test_digests_have_no_meaning_outside_the_process() -> None:
    code = "from configvars.secret import Secret; print(Secret('a').facts().digest)"
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "server")}
    digests = [
        subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, check=True).stdout
        for _ in range(2)
    ]
    assert digests[0] != digests[1]

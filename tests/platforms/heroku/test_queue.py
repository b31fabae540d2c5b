"""One turn at a time, and none for who has cancelled or comes after the end."""

from __future__ import annotations

import pytest

from configvars.platforms.base import Cancellation, PlatformFailure
from configvars.platforms.heroku.queue import Queue


def test_who_has_cancelled_gets_no_turn_and_ends_nobody_else_s() -> None:
    queue, cancelled = Queue(), Cancellation()
    cancelled.cancel()
    with queue.turn(None):
        with pytest.raises(PlatformFailure, match="cancelled"), queue.turn(cancelled):
            pass
        cancelled.cancel()
    with pytest.raises(PlatformFailure, match="cancelled"), queue.turn(cancelled):
        pass
    with queue.turn(None) as switch:
        assert not switch.requested


def test_a_turn_that_fails_is_over() -> None:
    queue = Queue()
    with pytest.raises(ValueError, match="mine"), queue.turn(None):
        raise ValueError("mine")
    with queue.turn(None):
        pass


def test_closing_cancels_the_running_turn_and_all_later_ones() -> None:
    queue = Queue()
    with queue.turn(None) as running:
        queue.close()
        assert running.requested
    with pytest.raises(PlatformFailure, match="cancelled"), queue.turn(None):
        pass

"""Signals that end the process wait until a piece of work is done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator

import pytest

from configvars.workspace.delayed_signals import delayed_signals

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture
def came() -> Iterator[list[int]]:
    """The signals that have arrived."""
    found: list[int] = []
    before = {number: signal.signal(number, lambda number, _: found.append(number)) for number in ENDING}
    yield found
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", ENDING)
def test_a_signal_arrives_after_the_work(number: signal.Signals, came: list[int]) -> None:
    with delayed_signals():
        signal.raise_signal(number)
        signal.raise_signal(number)
        assert came == []
    assert came == [number]
    signal.raise_signal(number)
    assert came == [number, number]


def test_signals_arrive_after_an_error_too(came: list[int]) -> None:
    @delayed_signals()
    def work() -> None:
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGINT)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert came == [signal.SIGTERM, signal.SIGINT]


def test_a_handler_that_is_ignored_stays_so(came: list[int]) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with delayed_signals():
        signal.raise_signal(signal.SIGHUP)
    assert (came, signal.getsignal(signal.SIGHUP)) == ([], signal.SIG_IGN)


def test_other_threads_do_their_work_without_delay(came: list[int]) -> None:
    done: list[str] = []

    def work() -> None:
        with delayed_signals():
            done.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert (done, came) == (["done"], [])

"""Signals end a command even while Python runs code whose exceptions it ignores."""

from __future__ import annotations

import signal
import sys
import threading

import pytest

from configvars.cli.signals import ending_in_order


class Destroyed:
    """Gets a signal in its destructor."""

    def __init__(self, number: signal.Signals) -> None:
        self.number = number

    def __del__(self) -> None:
        signal.raise_signal(self.number)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize(
    ("number", "error"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit)]
)
def test_a_signal_in_a_destructor_is_not_lost(
    number: signal.Signals, error: type[BaseException], capfd: pytest.CaptureFixture[str]
) -> None:
    before = sys.unraisablehook, signal.getsignal(number)

    def work() -> None:
        with ending_in_order():
            Destroyed(number)
            threading.Event().wait(60)

    with pytest.raises(error) as raised:
        work()
    assert raised.type is KeyboardInterrupt or raised.value.args == (143,)
    assert (sys.unraisablehook, signal.getsignal(number)) == before
    assert capfd.readouterr() == ("", "")


def test_other_errors_in_a_destructor_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda args: told.append(args.exc_type))

    class Failing:
        def __del__(self) -> None:
            raise ValueError

    with ending_in_order():
        Failing()
    assert told == [ValueError]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_signal_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with ending_in_order():
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)

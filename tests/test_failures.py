"""How internal errors are reported."""

from __future__ import annotations

import logging

import pytest

from configvars import failures
from configvars.failures import Failure, contained, heard, place_of, report
from configvars.text import LineIndex

Faults = list[Failure]


def fault(provoke) -> BaseException:
    try:
        provoke()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def endless(depth=0):
    return endless(depth + 1)


@pytest.mark.parametrize(
    ("provoke", "place"),
    [
        (lambda: LineIndex("a").line_span(7), "text.py:"),
        (lambda: int("canary"), "an unknown place"),
        (endless, "an unknown place"),
    ],
)
def test_the_place_is_the_innermost_frame_in_our_code(provoke, place):
    assert place_of(fault(provoke)).startswith(place)


def test_an_error_is_reported_without_its_text(faults: Faults, caplog: pytest.LogCaptureFixture):
    report("the check x on .env", ValueError("canary"))
    assert [str(each) for each in faults] == ["the check x on .env failed: ValueError at an unknown place"]
    assert "canary" not in caplog.text
    faults.clear()


def test_a_file_name_stays_on_one_line_of_a_log(faults: Faults):
    report("reading a\x1b[31m\nb\u202e\ud800.env", ValueError())
    assert faults.pop().what == "reading a\\x1b[31m\\nb\\u202e\\ud800.env"


@pytest.mark.parametrize("error", [ValueError(), RecursionError(), MemoryError(), StopIteration()])
def test_a_contained_error_ends_nothing(faults: Faults, error: Exception):
    with contained("reading"):
        raise error
    assert faults.pop().kind == type(error).__name__


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_system_exit_is_not_contained(error: type[BaseException]):
    with pytest.raises(error), contained("reading"):
        raise error


def test_listening_ends_with_its_block(faults: Faults):
    with heard() as within:
        report("one", ValueError())
    report("two", ValueError())
    assert [each.what for each in within] == ["one"]
    assert [each.what for each in faults] == ["one", "two"]
    faults.clear()


def test_without_a_listener_an_error_goes_to_stderr(
    faults: Faults, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(failures.log, "handlers", [])
    monkeypatch.setattr(failures.log, "propagate", False)
    monkeypatch.setattr(logging.lastResort, "level", logging.WARNING)
    report("one", ValueError("canary"))
    assert capsys.readouterr().err == "one failed: ValueError at an unknown place\n"

"""Cancelling a call, before, while and after it runs."""

from __future__ import annotations

from configvars.platforms.base import Cancellation


def test_a_listener_hears_it_while_its_block_runs() -> None:
    switch, heard = Cancellation(), list[str]()
    with switch.calling(lambda: heard.append("first")):
        assert not switch.requested
        switch.cancel()
    switch.cancel()
    assert (switch.requested, heard) == (True, ["first"])


def test_a_listener_that_comes_later_is_called_at_once() -> None:
    switch, heard = Cancellation(), list[str]()
    switch.cancel()
    with switch.calling(lambda: heard.append("late")):
        assert heard == ["late"]


def test_each_listener_of_several_hears_it() -> None:
    switch, heard = Cancellation(), list[str]()
    with switch.calling(lambda: heard.append("outer")):
        with switch.calling(lambda: heard.append("inner")):
            pass
        switch.cancel()
    assert heard == ["outer"]

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from configvars.lsp.parent import watch

THREAD = "parent"


def watchers() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == THREAD}


@pytest.mark.parametrize("number", [0, -1, -(2**70), 2**31, 10**30])
def test_a_number_that_is_no_process_id_is_not_watched(number: int) -> None:
    before = watchers()
    watch(number, lambda: None, threading.Event())
    assert watchers() <= before


def test_watching_stops() -> None:
    before, over = watchers(), threading.Event()
    watch(os.getpid(), lambda: None, over)
    (thread,) = watchers() - before
    over.set()
    thread.join(20)
    assert not thread.is_alive()


def test_the_end_of_the_process_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("configvars.lsp.parent._end_after", lambda seconds: None)  # would end the tests
    gone = threading.Event()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as editor:
        watch(editor.pid, gone.set, threading.Event())
        editor.kill()
        editor.wait()
    assert gone.wait(20)

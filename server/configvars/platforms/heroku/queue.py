"""A queue that runs one call at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from configvars.platforms.base import Cancellation
from configvars.platforms.heroku.failure import failure


class Queue:
    """Lets one caller at a time run, and cancels all when it is closed."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._waiting: list[Cancellation] = []
        self._busy = False
        self._closed = False

    @contextmanager
    def turn(self, cancellation: Cancellation | None) -> Iterator[Cancellation]:
        """Wait until no other call is running. Raises `PlatformFailure` if cancelled while waiting."""
        switch = cancellation or Cancellation()
        with self._condition:
            self._waiting.append(switch)
        try:
            with switch.calling(self._wake):
                self._take(switch)
            try:
                yield switch
            finally:
                self._give_back()
        finally:
            with self._condition:
                self._waiting.remove(switch)

    def close(self) -> None:
        """Cancel running and waiting calls, and all later ones."""
        with self._condition:
            self._closed = True
            switches = list(self._waiting)
        for switch in switches:
            switch.cancel()

    def _take(self, switch: Cancellation) -> None:
        with self._condition:
            self._condition.wait_for(lambda: not self._busy or switch.requested or self._closed)
            if switch.requested or self._closed:
                raise failure("cancelled", None)
            self._busy = True

    def _give_back(self) -> None:
        with self._condition:
            self._busy = False
            self._condition.notify_all()

    def _wake(self) -> None:
        with self._condition:
            self._condition.notify_all()

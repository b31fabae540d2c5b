"""Asking Heroku, through the user's own CLI, one call at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TypeVar

from configvars.platforms.base import AppSnapshot, Cancellation, PlatformFailure, PlatformVariable
from configvars.platforms.heroku import answers, command
from configvars.platforms.heroku.failure import classify, failure
from configvars.platforms.heroku.locate import find_cli
from configvars.platforms.process import Output, run
from configvars.secret import Secret

TIMEOUT = 20.0
_T = TypeVar("_T")


class Heroku:
    """Heroku as seen with the CLI of one user; one object serves a whole program.

    `cli` is the setting `heroku.path` ("" for the one on PATH), `roots` the absolute paths of all
    workspace folders, `environ` the user's environment, `timeout` in seconds for one call of the CLI.
    """

    name = "heroku"

    def __init__(
        self, cli: str, roots: Sequence[str], environ: Mapping[str, str], timeout: float = TIMEOUT
    ) -> None:
        self._cli = cli
        self._roots = tuple(roots)
        self._environ = dict(environ)
        self._timeout = timeout
        self._queue = _Queue()

    def apps(self, cancellation: Cancellation | None = None) -> tuple[str, ...]:
        """Give the names of the apps that the user can reach, sorted."""
        with self._queue.turn(cancellation) as switch:
            output = self._call(command.app_list(), None, switch)
            return _wanted(answers.read_apps(output.stdout), output, None)

    def fetch(self, app: str, cancellation: Cancellation | None = None) -> AppSnapshot:
        """Give what may be said of an app's config vars now; up to three calls of the CLI."""
        with self._queue.turn(cancellation) as switch:
            values = self._config(app, switch)
            owners = self._owners(app, switch)
            return AppSnapshot(
                platform=self.name,
                app=app,
                fetched=datetime.now(UTC),
                variables={
                    name: PlatformVariable(value.facts(), (owners or {}).get(name))
                    for name, value in values.items()
                },
                production=self._serves_users(app, switch),
                addons_known=owners is not None,
            )

    def fetch_values(
        self, app: str, names: Iterable[str], cancellation: Cancellation | None = None
    ) -> Mapping[str, Secret]:
        """Give the values of those of `names` that the app has."""
        wanted = frozenset(names)
        with self._queue.turn(cancellation) as switch:
            values = self._config(app, switch)
        return {name: value for name, value in values.items() if name in wanted}

    def close(self) -> None:
        """End every call under way and refuse later ones; no child is left when this returns."""
        self._queue.close()

    def _config(self, app: str, switch: Cancellation) -> dict[str, Secret]:
        output = self._call(command.config_vars(app), app, switch)
        return _wanted(answers.read_config(output.stdout), output, app)

    def _owners(self, app: str, switch: Cancellation) -> dict[str, str] | None:
        """None where Heroku does not tell: an account may see config vars and not add-ons."""
        try:
            output = self._call(command.addons(app), app, switch)
        except PlatformFailure as problem:
            if problem.reason == "cancelled":
                raise
            return None
        return answers.read_owners(output.stdout, app)

    def _serves_users(self, app: str, switch: Cancellation) -> bool:
        by_name = answers.production_by_name(app)
        if by_name is not None:
            return by_name
        try:
            output = self._call(command.app_info(app), app, switch)
        except PlatformFailure as problem:
            if problem.reason == "cancelled":
                raise
            return False
        return answers.read_stage(output.stdout) == "production"

    def _call(self, arguments: Sequence[str], app: str | None, switch: Cancellation) -> Output:
        """One call of the CLI that says it went well; whether that is true, its answer must show."""
        cli = find_cli(self._cli, self._environ.get("PATH", ""), self._roots)
        environ = command.child_environment(self._environ, self._roots, app)
        try:
            output = run((cli, *arguments), environ, self._timeout, switch)
        except OSError:
            output = None
        if output is None:
            raise failure("broken", app)
        if output.ending != "exited" or output.code != 0:
            raise failure(classify(output), app)
        return output


def _wanted(answer: _T | None, output: Output, app: str | None) -> _T:
    if answer is None:
        raise failure(classify(output), app)
    return answer


class _Queue:
    """Gives one caller at a time its turn, and ends them all when it is closed."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._waiting: list[Cancellation] = []
        self._busy = False
        self._closed = False

    @contextmanager
    def turn(self, cancellation: Cancellation | None) -> Iterator[Cancellation]:
        """Wait until no other call is under way; raises `PlatformFailure` when cancelled while waiting."""
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

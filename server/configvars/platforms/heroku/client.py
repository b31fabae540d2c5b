"""Requests to Heroku through the user's own CLI, one request at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from configvars.platforms.base import (
    AppSnapshot,
    Cancellation,
    PlatformApp,
    PlatformFailure,
    PlatformVariable,
    Reason,
)
from configvars.platforms.heroku import answers, command
from configvars.platforms.heroku.failure import classify, failure
from configvars.platforms.heroku.locate import find_cli, is_shim
from configvars.platforms.heroku.meanwhile import meanwhile
from configvars.platforms.heroku.queue import Queue
from configvars.platforms.process import Output, run
from configvars.secret import Secret

TIMEOUT = 20.0
_T = TypeVar("_T")


class _Context(Struct, frozen=True):
    """Which add-on owns which config var, None if Heroku does not return it; whether the app serves users."""

    owners: Mapping[str, str] | None
    production: bool


class Heroku:
    """Heroku through the CLI of one user; the program needs one object.

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
        self._queue = Queue()

    def is_installed(self) -> bool:
        """Whether there is a CLI that can be asked; nothing is run."""
        try:
            self._found()
        except PlatformFailure:
            return False
        return True

    def apps(self, cancellation: Cancellation | None = None) -> tuple[PlatformApp, ...]:
        """The apps that the user has access to, ordered by name."""
        with self._queue.turn(cancellation) as switch:
            output = self._call(command.app_list(), None, switch)
            return _wanted(answers.read_apps(output.stdout), output, None)

    def pipeline(self, name: str, cancellation: Cancellation | None = None) -> tuple[PlatformApp, ...]:
        """The apps of a pipeline in the order of its stages."""
        with self._queue.turn(cancellation) as switch:
            output = self._call(command.pipeline_info(name), None, switch)
            return _wanted(answers.read_pipeline(output.stdout), output, None)

    def fetch(self, app: str, cancellation: Cancellation | None = None) -> AppSnapshot:
        """The current config vars of an app, without values; up to three calls of the CLI, two at a time."""
        with self._queue.turn(cancellation) as switch:
            return self._everything(app, switch)[0]

    def fetch_values(
        self, app: str, names: Iterable[str], cancellation: Cancellation | None = None
    ) -> Mapping[str, Secret]:
        """The values of those of `names` that the app has."""
        with self._queue.turn(cancellation) as switch:
            return _only(names, self._config(app, switch))

    def fetch_with_values(
        self,
        app: str,
        names: Iterable[str],
        known: AppSnapshot | None = None,
        cancellation: Cancellation | None = None,
    ) -> tuple[AppSnapshot, Mapping[str, Secret]]:
        """Both at once. What a new snapshot `known` says of the app's add-ons and stage is not asked again.

        It takes one call of the CLI then, else up to three, two at a time.
        """
        with self._queue.turn(cancellation) as switch:
            if known is None:
                snapshot, values = self._everything(app, switch)
                return snapshot, _only(names, values)
            values = self._config(app, switch)
            if not values.keys() <= known.variables.keys():
                return self._snapshot(app, values, self._context(app, switch)), _only(names, values)
            owned = {name: variable.addon for name, variable in known.variables.items()}
            variables = {name: PlatformVariable(value.facts(), owned[name]) for name, value in values.items()}
            return replace(known, fetched=datetime.now(UTC), variables=variables), _only(names, values)

    def close(self) -> None:
        """Cancel all running calls and reject later ones; no child process is left afterwards."""
        self._queue.close()

    def _everything(self, app: str, switch: Cancellation) -> tuple[AppSnapshot, dict[str, Secret]]:
        """What is known of an app, and its values: two calls at the same time."""
        with meanwhile(lambda other: self._context(app, other), switch) as context:
            values = self._config(app, switch)
            return self._snapshot(app, values, context()), values

    def _context(self, app: str, switch: Cancellation) -> _Context:
        """What is known of an app besides its config vars."""
        owners = self._owners(app, switch)
        # The command for the stage also needs access to add-ons, so it would fail as well.
        production = answers.production_by_name(app)
        if production is None and owners is not None:
            production = self._is_production(app, switch)
        return _Context(owners, bool(production))

    def _snapshot(self, app: str, values: Mapping[str, Secret], context: _Context) -> AppSnapshot:
        """What is known of an app with these values."""
        owners = context.owners or {}
        return AppSnapshot(
            platform=self.name,
            app=app,
            fetched=datetime.now(UTC),
            variables={
                name: PlatformVariable(value.facts(), owners.get(name)) for name, value in values.items()
            },
            production=context.production,
            addons_known=context.owners is not None,
        )

    def _config(self, app: str, switch: Cancellation) -> dict[str, Secret]:
        output = self._call(command.config_vars(app), app, switch)
        return _wanted(answers.read_config(output.stdout), output, app)

    def _owners(self, app: str, switch: Cancellation) -> dict[str, str] | None:
        """Which add-on owns which config var; None if Heroku does not return it."""
        output = self._optional(command.addons(app), app, switch)
        return None if output is None else answers.read_owners(output.stdout, app)

    def _is_production(self, app: str, switch: Cancellation) -> bool:
        """Whether the app's stage in a pipeline shows that it serves users."""
        output = self._optional(command.app_info(app), app, switch)
        return output is not None and answers.read_stage(output.stdout) == "production"

    def _optional(self, arguments: Sequence[str], app: str, switch: Cancellation) -> Output | None:
        """A call that Heroku may reject, because an account may have access to config vars only."""
        try:
            return self._call(arguments, app, switch)
        except PlatformFailure as problem:
            if problem.reason == "cancelled":
                raise
            return None

    def _found(self) -> str:
        return find_cli(self._cli, self._environ.get("PATH", ""), self._roots)

    def _call(self, arguments: Sequence[str], app: str | None, switch: Cancellation) -> Output:
        """A call of the CLI that exited with success; whether it succeeded depends on its output."""
        cli = self._found()
        cwd = _working_folder()
        environ = command.child_environment(self._environ, self._roots, app, self._cli, cwd=cwd)
        try:
            output = run((cli, *arguments), environ, self._timeout, switch, scratch=command.SCRATCH)
        except OSError:
            raise failure("broken", app) from None
        if output.ending != "exited" or output.code != 0:
            raise failure(_reason(output, cli), app)
        return output


def _working_folder() -> str:
    """The user's working directory; empty if it no longer exists."""
    try:
        return os.getcwd()
    except OSError:
        return ""


def _reason(output: Output, cli: str) -> Reason:
    """Why a call failed. A version manager's shim that fails in an empty folder may work in the project."""
    reason = classify(output)
    return "shim" if reason in ("broken", "failed", "unreadable") and is_shim(cli) else reason


def _only(names: Iterable[str], values: Mapping[str, Secret]) -> Mapping[str, Secret]:
    return {name: values[name] for name in frozenset(names) if name in values}


def _wanted(answer: _T | None, output: Output, app: str | None) -> _T:
    if answer is None:
        raise failure(classify(output), app)
    return answer

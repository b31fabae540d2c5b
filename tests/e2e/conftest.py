"""Fixtures: a Heroku API of the tests, and the environment of a user who calls it with the real CLI."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from support.heroku import PlatformApi, cli_environment, platform_api
from support.parts import REPOSITORY, heroku_cli
from support.processes import with_in_environment


@pytest.fixture(scope="module")
def api() -> Iterator[PlatformApi]:
    with platform_api() as running:
        yield running


@pytest.fixture(scope="module")
def environ(api: PlatformApi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An environment with the CLI and `python -m configvars` on PATH.

    Afterwards, no child of the CLI may be left.
    """
    home = tmp_path_factory.mktemp("home")
    cli = cli_environment(home, api.url)
    path = os.pathsep.join([str(heroku_cli().parent), cli["PATH"]])
    yield {**cli, "PATH": path, "PYTHONPATH": str(REPOSITORY / "server")}
    assert with_in_environment(str(home)) == []

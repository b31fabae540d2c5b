"""The packaged extension in the real extension host: today's VS Code and one of long before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.code_server import CodeServer, code_server, run_in_host

SCENARIOS = Path(__file__).parent / "host"
pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module", params=["code-server", "code-server-4.100"])
def trusting(request, tmp_path_factory) -> Iterator[CodeServer]:
    root = tmp_path_factory.mktemp("trusting")
    with code_server(request.param, root, trusted=True) as server:
        yield server


def test_features(browser, trusting, workspace):
    run = run_in_host(browser, trusting, workspace, SCENARIOS / "features.js")
    assert run.code == 0, "\n".join(run.lines)

"""Which tests are tried first on a fault, whatever the measured coverage says."""

from __future__ import annotations

import pytest

from mutants.covering import mirror_of

MIRRORS = {
    "index.py": "tests/test_index.py",
    "start.py": "tests/test_start.py",
    "flow_model.py": "tests/checks",
    "edits/write.py": "tests/edits",
    "edits/tidy.py": "tests/edits/test_tidy.py",
    "flask/apps.py": "tests/flask_room",
    "flask/needs.py": "tests/flask_room/test_needs.py",
    "lsp/handlers/sync.py": "tests/lsp/handlers/test_sync.py",
    "lsp/handlers/table.py": "tests/lsp/handlers",
    "platforms/heroku/answers.py": "tests/platforms/heroku/test_answers.py",
}


@pytest.mark.parametrize("module", MIRRORS)
def test_the_tests_of_a_module(module: str) -> None:
    assert mirror_of(module) == MIRRORS[module]

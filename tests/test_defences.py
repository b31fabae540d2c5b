"""The list of defences matches the program. `make nightly` checks that a test fails without each of them."""

from __future__ import annotations

import pytest

from support.defences import ROOT, Defence, defences


@pytest.mark.parametrize("defence", defences(), ids=lambda one: one.what)
def test_each_is_there_once_and_has_a_test(defence: Defence) -> None:
    text = (ROOT / "server" / "configvars" / defence.file).read_text("utf-8")
    assert text.count(defence.old) == 1
    file, _, name = defence.test.partition("::")
    assert f"def {name}" in (ROOT / "tests" / file).read_text("utf-8")

"""Which variables of a Makefile come from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.projects import opened

READS = {
    "a:\n\techo $(CURDIR) $(MAKE) $(CC) $@\n": "",
    "A = 1\na:\n\techo $(A)\n": "",
    "a:\n\techo $(lower) $$B\n": "B",
    "a:\n\techo $(A) ${B}\n": "A B",
    "A ?= 1\na:\n\techo $(A)\n": "A?",
}


@pytest.mark.parametrize("text", READS)
def test_reads(tmp_path: Path, text: str) -> None:
    it = opened(tmp_path, f"-- Makefile --\n{text}")
    found = it.project.index.files[it.path("Makefile")].references
    assert " ".join(each.variable.name + "?" * (each.need == "defaulted") for each in found) == READS[text]

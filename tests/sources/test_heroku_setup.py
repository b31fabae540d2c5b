"""The add-ons and config vars of `setup` in heroku.yml."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.projects import opened

ADDONS = {
    "setup:\n  config:\n    A: x\n": [],
    "setup:\n  other:\n    - plan: heroku-redis\n": [],
    "addons:\n  - plan: heroku-redis\n": [],
    "setup:\n  addons:\n    - plan: heroku-redis\n": ["heroku-redis"],
    "setup:\n  addons:\n    - plan: heroku-postgresql:mini\n      as: REPORTS\n": [
        "heroku-postgresql as REPORTS"
    ],
    # an item that lists only a name belongs to no other add-on
    "setup:\n  addons:\n    - plan: heroku-redis\n    - as: REPORTS\n": ["heroku-redis"],
    "setup:\n  addons:\n    - as: REPORTS\n": [],
}


@pytest.mark.parametrize("text", ADDONS)
def test_add_ons(tmp_path: Path, text: str) -> None:
    it = opened(tmp_path, f"-- heroku.yml --\n{text}")
    facts = it.project.index.files.get(it.path("heroku.yml"))
    found = facts.addons if facts is not None else ()
    assert [each.service + (f" as {each.attached_as}" if each.attached_as else "") for each in found] == (
        ADDONS[text]
    )


def test_config_vars_are_declared_in_setup_config_alone(tmp_path: Path) -> None:
    text = "setup:\n  config:\n    A: 'x'\n    b c: x\nrun:\n  web: x\n"
    it = opened(tmp_path, f"-- heroku.yml --\n{text}")
    (found,) = it.project.index.files[it.path("heroku.yml")].definitions
    assert (found.variable.name, found.declaration) == ("A", True)
    places = (found.span, found.value_span, found.statement)
    assert [place.of(text) if place else None for place in places] == ["A", "x", "    A: 'x'"]

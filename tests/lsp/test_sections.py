"""Clients write the names of settings nested, dotted, or both."""

from __future__ import annotations

import pytest

from configvars.lsp.sections import section_of

SHOP = {"heroku.apps": ["shop"], "given": ["A"]}


@pytest.mark.parametrize(
    "settings", [None, [], {}, "x", {"python.path": 1, "python": {"given": []}}, {"configvars": None}]
)
def test_settings_that_are_not_ours(settings: object) -> None:
    assert section_of(settings) is None


def test_settings_that_were_all_removed() -> None:
    assert section_of({"configvars": {}}) == {}


@pytest.mark.parametrize(
    "settings",
    [
        {"configvars": {"heroku": {"apps": ["shop"]}, "given": ["A"]}},
        {"configvars": {"heroku.apps": ["shop"], "given": ["A"]}},
        {"configvars.heroku.apps": ["shop"], "configvars.given": ["A"], "python.given": ["B"]},
        {"configvars.heroku": {"apps": ["shop"]}, "configvars": {"given": ["A"]}},
    ],
)
def test_every_way_to_write_names(settings: object) -> None:
    assert section_of(settings) == SHOP


def test_settings_with_several_entries() -> None:
    checks = {"configvars.checks.bare-name": "off", "configvars": {"checks": {"syntax-error": "hint"}}}
    assert section_of(checks) == {"checks": {"bare-name": "off", "syntax-error": "hint"}}
    ignores = {"app.json": ["syntax-error"], "a.b.*": ["ALL"]}
    assert section_of({"configvars": {"perFileIgnores": ignores}}) == {"perFileIgnores": ignores}
    assert section_of({"configvars.perFileIgnores": ignores}) == {"perFileIgnores": ignores}


def test_deep_nesting_ends() -> None:
    deep: object = 1
    for _ in range(100_000):
        deep = {"x": deep}
    assert list(section_of({"configvars": deep}) or ()) == ["x.x.x"]

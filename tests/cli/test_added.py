"""What a change adds, for `--since` and `--against`: new variables, and variables that are now required."""

from __future__ import annotations

from datetime import UTC, datetime

from configvars.cli.added import added
from configvars.model import Need
from configvars.platforms.base import AppSnapshot, PlatformVariable
from configvars.secret import Secret

SHOP = AppSnapshot(
    "heroku", "shop", datetime(2026, 11, 22, tzinfo=UTC), {"B": PlatformVariable(Secret("1").facts())}
)


def rendered(now: dict[str, Need], before: dict[str, Need]) -> list[str]:
    return [f"{each.name} {each.need} {dict(each.apps)}" for each in added(now, before, [SHOP])]


def test_an_unchanged_need_is_not_new() -> None:
    now = {"A": Need.REQUIRED, "B": Need.OPTIONAL, "C": Need.DEFAULTED}
    assert rendered(now, {"A": Need.REQUIRED, "B": Need.REQUIRED, "C": Need.OPTIONAL}) == []


def test_new_names_are_sorted_and_have_their_apps() -> None:
    assert rendered({"C": Need.OPTIONAL, "B": Need.REQUIRED, "A": Need.REQUIRED}, {"A": Need.DEFAULTED}) == [
        "A required {'shop': False}",
        "B required {'shop': True}",
        "C optional {'shop': False}",
    ]

"""What clients are told about apps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from configvars.lsp.apps import utc


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        (UTC, "2026-11-22T01:02:03Z"),
        (timezone(timedelta(hours=2)), "2026-11-21T23:02:03Z"),
        (timezone(timedelta(hours=-5)), "2026-11-22T06:02:03Z"),
    ],
)
def test_times_are_in_utc(zone: timezone, said: str) -> None:
    assert utc(datetime(2026, 11, 22, 1, 2, 3, 999, tzinfo=zone)) == said

"""Which names count as misspellings of another name."""

from __future__ import annotations

import pytest

from configvars.checks.name_slips import by_parts, is_name_slip, meant_by, slips_of
from configvars.limits import Hits, counted_in


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("MONGODB_HOST", "MONGODB_PORT"),
        ("INTERNAL_API_KEY", "MISTRAL_API_KEY"),
        ("SHOP_KEY1", "SHOP_KEY2"),
        ("DEV_URL", "DB_URL"),
        ("API_KEY", "API_URL"),
        ("SECRET_KEY", "SECRET_KEY"),
        ("MAIL_USER", "MAIL_USERNAME"),
        ("A", "B"),
        ("DB_HOST", "DB_POST_URL"),
    ],
)
def test_other_names(written: str, meant: str) -> None:
    assert not is_name_slip(written, meant)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("SECRT_KEY", "SECRET_KEY"),
        ("SECRECT_KEY", "SECRET_KEY"),
        ("SECRET_KYE", "SECRET_KEY"),
        ("SECRETKEY", "SECRET_KEY"),
        ("ALLOWED_HOST", "ALLOWED_HOSTS"),
        ("DATABASE_URI", "DATABASE_URL"),
        ("STRIPE_PUBLISHBALE_KEY", "STRIPE_PUBLISHABLE_KEY"),
    ],
)
def test_slips(written: str, meant: str) -> None:
    assert is_name_slip(written, meant)
    assert slips_of(meant, by_parts([written, "OTHER_NAME", "ANOTHER_SECRET_KEY"])) == {written}


def test_a_name_with_two_candidates_is_not_a_misspelling() -> None:
    assert meant_by("MAIL_SERVR", ["MAIL_SERVER", "MAIL_SERVE"]) is None
    assert meant_by("MAIL_SERVR", ["MAIL_SERVER", "MAIL_PORT"]) == "MAIL_SERVER"


@pytest.mark.beyond_limits
def test_names_that_are_all_similar_are_not_compared() -> None:
    def name(number: int) -> str:
        return "DATABASE_SERVER_" + "".join(chr(65 + number // 26**i % 26) for i in range(4))

    groups = by_parts(map(name, range(10_000)))
    with counted_in(hits := Hits()):
        assert slips_of("DATABASE_SERVER_NAME", groups) == frozenset()
    assert hits.counts == (("similar names", 1),)
    assert max(map(len, groups.values())) == 10_000
    assert slips_of("OTHER_SERVER_NAME", {**groups, **by_parts(["OTHER_SERVR_NAME"])}) == {"OTHER_SERVR_NAME"}

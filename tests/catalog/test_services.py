"""Which variables add-ons and buildpacks set, looked up by the name of the add-on or buildpack."""

from __future__ import annotations

import pytest

from configvars.catalog.services import set_by_addon, set_by_buildpack


@pytest.mark.parametrize(
    ("service", "attached_as", "names"),
    [
        ("heroku-postgresql", None, ("DATABASE_URL", "HEROKU_POSTGRESQL_*_URL")),
        ("heroku-redis", "cache", ("REDIS_URL", "REDIS_TLS_URL", "CACHE_TLS_URL", "CACHE_URL")),
        ("fast-db", None, ("FAST_DB_*", "FASTDB_*")),
        ("papertrail", "LOGS", ("PAPERTRAIL_API_TOKEN", "LOGS_API_TOKEN")),
        ("openredis", "GREEN", ("OPENREDIS_URL", "REDISTOGO_URL", "REDISGREEN_URL", "GREEN_*")),
        ("nobody-knows", "X", ("NOBODY_KNOWS_*", "NOBODYKNOWS_*", "X_*")),
    ],
)
def test_an_add_on(service: str, attached_as: str | None, names: tuple[str, ...]) -> None:
    assert set_by_addon(service, attached_as) == names


@pytest.mark.parametrize(
    "url",
    ["heroku/nodejs", "https://github.com/heroku/heroku-buildpack-nodejs", "urn:buildpack:heroku/nodejs",
     "https://github.com/heroku/heroku-buildpack-nodejs.git#v200"],
)  # fmt: skip
def test_a_buildpack(url: str) -> None:
    assert "NODE_ENV" in set_by_buildpack(url)


@pytest.mark.parametrize("url", ["heroku/python", "", "https://github.com/me/mine.git"])
def test_a_buildpack_that_is_not_known(url: str) -> None:
    assert set_by_buildpack(url) == ()

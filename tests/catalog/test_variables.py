import pytest

from configvars import catalog
from configvars.catalog.variables import entries


@pytest.mark.parametrize(
    "name",
    ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "FLASK_APP", "SENTRY_DSN", "PORTAL", "MY_PORT", "port",
     "CIRCLE", "HEROKU_POSTGRESQL_MAUVE_URL", "PIP_INDEX_URL", "PYTHONWARNINGS", "HOST", "DEBUG", "",
     "GITHUB_TOKEN", "GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET", "CI_DATABASE_URL", "RUNNER_TOKEN"],
)  # fmt: skip
def test_these_can_be_missing(name: str) -> None:
    assert not catalog.never_missing(name)


@pytest.mark.parametrize(
    "name",
    ["PORT", "DYNO", "HEROKU_APP_NAME", "HEROKU_SLUG_COMMIT", "SOURCE_VERSION", "WEB_CONCURRENCY", "HOME",
     "PATH", "LC_ALL", "XDG_CONFIG_HOME", "APPDATA", "CI", "GITHUB_SHA", "PYTEST_CURRENT_TEST", "VIRTUAL_ENV",
     "WERKZEUG_RUN_MAIN", "HEROKU_PR_NUMBER", "HEROKU_TEST_RUN_ID", "CI_COMMIT_SHA",
     "RUNNER_OS", "PYTHON_VERSION"],
)  # fmt: skip
def test_these_are_never_missing(name: str) -> None:
    assert catalog.never_missing(name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("PYTHONUTF8", "option"), ("HOME", "os"), ("REDIS_URL", "addon"), ("DYNO", "platform")],
)
def test_every_table_is_looked_up(name: str, kind: str) -> None:
    known = catalog.lookup(name)
    assert known is not None
    assert known.kind == kind


def test_the_entry_of_an_add_on_has_a_local_value() -> None:
    known = catalog.lookup("DATABASE_URL")
    assert known is not None
    assert (known.kind, known.owner, known.local) == (
        "addon",
        "heroku-postgresql",
        "postgresql://localhost/{app}",
    )


def test_a_pattern_answers_with_the_name_asked_for() -> None:
    known = catalog.lookup("HEROKU_POSTGRESQL_MAUVE_URL")
    assert known is not None
    assert (known.name, known.owner) == ("HEROKU_POSTGRESQL_MAUVE_URL", "heroku-postgresql")


def test_the_known_names_contain_no_patterns() -> None:
    names = catalog.known_names()
    assert "PORT" in names
    assert not [name for name in names if "*" in name]
    assert list(names) == sorted(set(names))


def test_every_entry_is_complete_and_unique() -> None:
    known = list(entries())
    assert len({entry.name for entry in known}) == len(known)
    for entry in known:
        assert entry.description.endswith((".", "`")), entry.name
        assert entry.source.startswith("https://"), entry.name

"""django-heroku and its fork django-on-heroku: `settings(locals())` reads variables that Heroku sets.

Source: django-heroku 0.3.1 and django-on-heroku 1.1.2 (`core.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example, Need
from configvars.names.values import Known, Str
from configvars.readers.base import Fact, PatternRead, Reader, Site, Use
from configvars.readers.handlers import implied

# The features of `settings`, each switched off by the keyword argument of the same name, and what they read.
_READ = {"databases": ("DATABASE_URL",), "test_runner": ("CI",), "secret_key": ("SECRET_KEY",)}


# With `db_colors`, these name further databases.
_COLORS = Str("HEROKU_POSTGRESQL_")


def _settings_of_fork(site: Site) -> Iterator[Fact]:
    """The fork also reads how long a connection is kept."""
    yield from _settings(site)
    databases = site.argument(None, "databases")
    if databases is None or databases.value != Known("False"):
        yield Use(implied(site, "CONN_MAX_AGE"), "django_heroku.settings", need=Need.DEFAULTED)


def _settings(site: Site) -> Iterator[Fact]:
    """Reads of all names; a setting whose variable is not set is left out, so none is required."""
    for part, names in _READ.items():
        wanted = site.argument(None, part)
        if wanted is None or wanted.value != Known("False"):
            yield from (Use(implied(site, name), "django_heroku.settings") for name in names)
    colors = site.argument(None, "db_colors")
    if colors is not None and colors.value != Known("False"):
        yield PatternRead(_COLORS)


DJANGO_HEROKU = Reader(
    name="django-heroku",
    triggers=(b"django_heroku", b"django_on_heroku"),
    calls={"django_heroku.settings": _settings, "django_on_heroku.settings": _settings_of_fork},
    silent=(Example("from mine import settings\nsettings(locals())\n"),),
    examples=(
        Example(
            "import django_heroku\ndjango_heroku.settings(locals(), test_runner=False)\n",
            ("2:1 DATABASE_URL read optional", "2:1 SECRET_KEY read optional"),
        ),
        Example(
            "import django_on_heroku\ndjango_on_heroku.settings(locals(), secret_key=False, db_colors=True)\n",
            ("2:1 CI read optional", "2:1 CONN_MAX_AGE read defaulted", "2:1 DATABASE_URL read optional"),
            "the fork",
        ),
    ),
)

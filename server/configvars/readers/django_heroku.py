"""django-heroku: `settings(locals())` reads variables that Heroku sets.

Source: django-heroku 0.3.1 (`core.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example
from configvars.names.values import Known
from configvars.readers.base import Fact, Reader, Site, Use
from configvars.readers.handlers import implied

# The features of `settings`, each switched off by the keyword argument of the same name, and what they read.
_READ = {"databases": ("DATABASE_URL",), "test_runner": ("CI",), "secret_key": ("SECRET_KEY",)}


def _settings(site: Site) -> Iterator[Fact]:
    """Reads of all names; a setting whose variable is not set is left out, so none is required."""
    for part, names in _READ.items():
        wanted = site.argument(None, part)
        if wanted is None or wanted.value != Known("False"):
            yield from (Use(implied(site, name), "django_heroku.settings") for name in names)


DJANGO_HEROKU = Reader(
    name="django-heroku",
    triggers=(b"django_heroku", b"django_on_heroku"),
    calls={"django_heroku.settings": _settings, "django_on_heroku.settings": _settings},
    silent=(Example("from mine import settings\nsettings(locals())\n"),),
    examples=(
        Example(
            "import django_heroku\ndjango_heroku.settings(locals(), test_runner=False)\n",
            ("2:1 DATABASE_URL read optional", "2:1 SECRET_KEY read optional"),
        ),
    ),
)

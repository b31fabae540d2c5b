"""dj-database-url, dj-email-url, django-cache-url: service URLs for Django's settings.

Source of the signatures: dj-database-url 3.1, dj-email-url 1.0, django-cache-url 3.4. Without the variable
they return no settings, and Django fails when the service is used.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example, Need
from configvars.names.values import Str
from configvars.readers.base import Fact, Handler, Reader, Site
from configvars.readers.handlers import getter

_WITHOUT_DEFAULT = {
    "dj_database_url.config": "DATABASE_URL",
    "dj_email_url.config": "EMAIL_URL",
    "dj_search_url.config": "SEARCH_URL",
}


def _config(idiom: str, name: str, absent: Need = Need.OPTIONAL) -> Handler:
    """`config(env="DATABASE_URL", default=None)`."""
    return getter(idiom, key=(0, "env"), implies=name, absent=absent)


def _cache(site: Site) -> Iterator[Fact]:
    """`django_cache_url.config`, which has its own default unless `None` is passed."""
    absent = Need.DEFAULTED if site.argument(1, "default") is None else Need.OPTIONAL
    yield from _config("django_cache_url.config", "CACHE_URL", absent)(site)


DJ_URLS = Reader(
    name="dj-database-url",
    triggers=(b"dj_database_url", b"dj_email_url", b"dj_search_url", b"django_cache_url"),
    calls={path: _config(path, name) for path, name in _WITHOUT_DEFAULT.items()}
    | {"django_cache_url.config": _cache},
    constants={
        f"{path.removesuffix('.config')}.DEFAULT_ENV": Str(name)
        for path, name in {**_WITHOUT_DEFAULT, "django_cache_url.config": "CACHE_URL"}.items()
    },
    silent=(
        Example("import dj_database_url\ndj_database_url.parse('sqlite:///x')\n"),
        Example("def config(env='X'):\n    return env\nconfig()\n"),
    ),
    examples=(
        Example(
            "import dj_database_url\n"
            "DATABASES = {\n    'default': dj_database_url.config(conn_max_age=600),\n"
            "    'replica': dj_database_url.config('B', 'sqlite:///x'),\n"
            "    'other': dj_database_url.config(env='C'),\n}\n",
            ("3:16 DATABASE_URL read optional", "4:40 B read defaulted", "5:42 C read optional"),
            "the name that is implied stands at the call",
        ),
        Example(
            "from dj_database_url import config\nfrom settings import options\nconfig(**options)\n",
            ("3:1 ? dj_database_url.config",),
        ),
        Example(
            "import dj_email_url, django_cache_url\ndj_email_url.config()\ndjango_cache_url.config()\n"
            "django_cache_url.config('A', None)\n",
            ("2:1 EMAIL_URL read optional", "3:1 CACHE_URL read defaulted", "4:26 A read optional"),
        ),
    ),
)

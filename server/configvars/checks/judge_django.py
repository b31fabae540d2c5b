"""Lines of an env file whose value reaches a Django setting as a string.

Source of the names: the bool settings in Django 5.2 `django/conf/global_settings.py`; django-cors-headers 4.
"""

from __future__ import annotations

from configvars.checks.judge_truth import says_no
from configvars.checks.reached import Lines, Reached
from configvars.model import Fix
from configvars.project import Project

_MARK = "INSTALLED_APPS"
_BOOLS = frozenset(
    {
        *("APPEND_SLASH", "CORS_ALLOW_ALL_ORIGINS", "CORS_ALLOW_CREDENTIALS", "CSRF_COOKIE_HTTPONLY"),
        *(
            "CSRF_COOKIE_SECURE",
            "CSRF_USE_SESSIONS",
            "DEBUG",
            "DEBUG_PROPAGATE_EXCEPTIONS",
            "EMAIL_USE_LOCALTIME",
        ),
        *("EMAIL_USE_SSL", "EMAIL_USE_TLS", "LANGUAGE_COOKIE_HTTPONLY", "LANGUAGE_COOKIE_SECURE"),
        *("SECURE_CONTENT_TYPE_NOSNIFF", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"),
        *("SECURE_SSL_REDIRECT", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SECURE"),
        *("SESSION_EXPIRE_AT_BROWSER_CLOSE", "SESSION_SAVE_EVERY_REQUEST", "USE_I18N", "USE_TZ"),
        *("USE_THOUSAND_SEPARATOR", "USE_X_FORWARDED_HOST", "USE_X_FORWARDED_PORT"),
    }
)


def judge(reached: Reached, lines: Lines, project: Project) -> tuple[str, tuple[Fix, ...]]:
    """The message and no fix; the message is empty if nothing is wrong."""
    flow, name = reached.reference.flow, reached.definition.variable.name
    if flow is None or not reached.facts or flow.type is not None:
        return "", ()
    keys = [use.what for use in flow.uses if use.kind == "key" and not use.through and use.what in _BOOLS]
    if not keys or not all(says_no(value, "DEBUG", flow) for value in reached.facts):
        return "", ()
    if _MARK not in (project.text_of(reached.path) or ""):
        return "", ()
    place = lines.place(reached.path, reached.reference)
    return (
        f"{name} means no here, but Django's {keys[0]} treats it as true: {place} passes the string unchanged",
        (),
    )

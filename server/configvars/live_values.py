"""Recognises values that affect real accounts or data: live keys, and databases on other machines.

A question is asked before such a value is written to a local file, so a password that looks like a dummy
counts as well. The forms of the keys are those that the services document; keys for tests have another form.
The name of a group is the service, if no other service has keys of this form.
"""

from __future__ import annotations

import re

from configvars.patterns import lazy_pattern
from configvars.secret_shapes import DATABASE

_KEY = lazy_pattern(
    r"""(?<![A-Za-z0-9_-])(?:
      (?P<Paystack>[sp]k_live_[0-9a-f]{40}(?![0-9A-Za-z]))
    | [sp]k_live_(?!5)[0-9A-Za-z=]{30}|(?:sk|rk)_prod_                     # Clerk, WorkOS and others
    | (?P<Stripe>(?:sk|rk|pk)_live_)
    | (?P<Toss_Payments>live_(?:g?sk|g?ck)_)
    | (?P<Razorpay>rzp_live_)
    | (?P<Shippo>shippo_live_)
    | (?P<Duffel>duffel_live_)
    | (?P<Paddle>pdl_live_)
    | (?P<Onfido>api_live(?:_[a-z]{2})?\.[\w-]{10})
    | live_[\w-]{28}                                                       # Mollie, GoCardless, Lob
    | (?P<Xendit>xnd_production_)
    | (?P<Persona>persona_production_)
    | (?P<Cashfree>cfsk_ma_prod_)
    | (?P<Braintree>access_token\$production\$)
    | (?P<Plaid>access-production-[0-9a-f]{8}-)
    | (?P<Stytch>secret-live-[\w-]{20})
    | (?P<Flutterwave>FLW(?:SECK|PUBK)-)
    | (?P<Midtrans>Mid-server-)
    | (?P<Mercado_Pago>APP_USR-\d+-)
    | (?P<EasyPost>EZAK[0-9A-Za-z]{20})
    | (?P<Square>sq0(?:atp|csp)-[\w-]{20}|EAAA[\w-]{50})
    | (?P<Omise>skey_[0-9a-z]{19}(?![0-9A-Za-z_]))
    )""",
    re.VERBOSE,
)
# The user and the password of a URL; a password may contain "@" that is not escaped.
_AUTHORITY = lazy_pattern(r"[\w+.-]+://[^\s:/?#@]*:[^\s/?#]+@(?P<host>\[[^\]]*\]|[^\s/:?#@]+)")
# Connection strings: of JDBC, libpq, ODBC and ADO.NET, also with "=" and ";" escaped.
_PASSWORD_FIELD = lazy_pattern(r"(?:^|[\s;?&]|%3B)(?:password|pwd)\s*(?:=|%3D)\s*[^\s;&]", re.IGNORECASE)
_HOST_FIELD = lazy_pattern(
    r"(?:jdbc:\w+(?::\w+)*://"
    r"|(?:^|[\s;?&]|%3B)(?:host|hostaddr|server|data\s+source|addr(?:ess)?)\s*(?:=|%3D)\s*(?:tcp(?::|%3A))?)"
    r"(?P<host>\[[^\]]*\]|[\w.-]+)",
    re.IGNORECASE,
)
_SERVERS = tuple(
    (lazy_pattern(rf"(?:jdbc:)?(?:{schemes})", re.IGNORECASE), words)
    for schemes, words in (
        ("postg|pgsql|timescale", "PostgreSQL database"),
        ("mysql", "MySQL database"),
        ("mariadb", "MariaDB database"),
        ("mongodb", "MongoDB database"),
        ("mssql|sqlserver", "SQL Server database"),
        ("redis|valkey", "Redis server"),
        ("amqp", "message broker"),
    )
)
_HERE = lazy_pattern(
    r"(?:127\.[\d.]+|0\.0\.0\.0|\[(?:::1|::)?\]|[^.]*|.*\.(?:local|localhost|internal|test|invalid|lan))",
    re.IGNORECASE,
)


def live_kind(value: str) -> str:
    """What a value is that affects real accounts or data: `Stripe key`, `PostgreSQL database`; "" for others.

    For a key it ends with `key`; everything else is a server on another machine.
    """
    if key := _KEY.search(value):
        return f"{key.lastgroup.replace('_', ' ')} key" if key.lastgroup else "key"
    return _server(value) if _opens_a_remote_server(value) else ""


def _server(url: str) -> str:
    return next((words for pattern, words in _SERVERS if pattern.match(url)), "database")


def _opens_a_remote_server(value: str) -> bool:
    found = _AUTHORITY.match(value) if DATABASE.match(value) else None
    if found is None and _PASSWORD_FIELD.search(value):
        found = _HOST_FIELD.search(value)
    return found is not None and not _HERE.fullmatch(found["host"])

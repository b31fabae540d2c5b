"""Recognises values that affect real accounts or data: live keys, and databases on other machines.

A question is asked before such a value is written to a local file, so a password that looks like a dummy
counts as well. The forms of the keys are those that the services document; keys for tests have another form.
"""

from __future__ import annotations

import re

from configvars.patterns import lazy_pattern
from configvars.secret_shapes import DATABASE

_KEY = lazy_pattern(
    r"""(?<![A-Za-z0-9_-])(?:
      (?:sk|rk|pk)_live_|(?:sk|rk)_prod_                                   # Stripe, Paystack, Clerk, WorkOS
    | live_(?:g?sk|g?ck)_                                                  # Toss Payments
    | (?:rzp|shippo|duffel|pdl)_live_                                      # Razorpay, Shippo, Duffel, Paddle
    | api_live(?:_[a-z]{2})?\.[\w-]{10}                                    # Onfido
    | live_[\w-]{28}                                                       # Mollie, GoCardless, Lob
    | xnd_production_|persona_production_|cfsk_ma_prod_                    # Xendit, Persona, Cashfree
    | access_token\$production\$                                           # Braintree
    | access-production-[0-9a-f]{8}-                                       # Plaid
    | secret-live-[\w-]{20}                                                # Stytch
    | FLW(?:SECK|PUBK)-                                                    # Flutterwave
    | Mid-server-                                                          # Midtrans
    | APP_USR-\d+-                                                         # Mercado Pago
    | EZAK[0-9A-Za-z]{20}                                                  # EasyPost
    | sq0(?:atp|csp)-[\w-]{20}|EAAA[\w-]{50}                               # Square
    | skey_[0-9a-z]{19}(?![0-9A-Za-z_])                                    # Omise
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
_HERE = lazy_pattern(
    r"(?:127\.[\d.]+|0\.0\.0\.0|\[(?:::1|::)?\]|[^.]*|.*\.(?:local|localhost|internal|test|invalid|lan))",
    re.IGNORECASE,
)


def is_live(value: str) -> bool:
    """Whether using a value affects real accounts or data: a live key, a database on another machine."""
    return _KEY.search(value) is not None or _opens_a_remote_database(value)


def _opens_a_remote_database(value: str) -> bool:
    found = _AUTHORITY.match(value) if DATABASE.match(value) else None
    if found is None and _PASSWORD_FIELD.search(value):
        found = _HOST_FIELD.search(value)
    return found is not None and not _HERE.fullmatch(found["host"])

"""Names of variables whose values are secret."""

from __future__ import annotations

import re

from configvars.patterns import lazy_pattern

_SECRET = lazy_pattern(
    r"(^|_)(SECRETS?|PASSWORD|PASSWD|PASSPHRASE|PWD|PASS|TOKEN|SALT|CREDENTIALS?|APIKEY"
    r"|(API|ACCESS|PRIVATE|SIGNING|ENCRYPTION|AUTH|SECRET)_?KEY)(_KEY|_BASE|_FALLBACKS|_\d+)?$",
    re.IGNORECASE,
)


def names_secret(name: str) -> bool:
    """Whether a name ends like that of a secret: `SECRET_KEY`, `DB_PASSWORD`, `GITHUB_TOKEN`."""
    return _SECRET.search(name) is not None

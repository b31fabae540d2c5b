"""Names of variables that switch something on or off."""

from __future__ import annotations

import re

_SWITCH = re.compile(
    r"(?:^|_)(?:DEBUG|TESTING|ENABLED?|DISABLED?|USE|IS|HAS|ALLOW|VERBOSE|DRY_RUN)(?:_|$)", re.IGNORECASE
)


def looks_like_switch(name: str) -> bool:
    """Whether a variable's name says that it is a yes or a no, as `USE_TLS` or `MAIL_ENABLED` do."""
    return _SWITCH.search(name) is not None

"""Names of variables that turn something on or off."""

from __future__ import annotations

import re

from configvars.patterns import lazy_pattern

_SWITCH = lazy_pattern(
    r"(?:^|_)(?:DEBUG|TESTING|ENABLED?|DISABLED?|USE|IS|HAS|ALLOW|VERBOSE|DRY_RUN)(?:_|$)", re.IGNORECASE
)
# `ALLOW_ORIGINS` contains names, not yes or no.
_OF_VALUES = lazy_pattern(
    r"_(?:HEADER|ORIGIN|METHOD|HOST|IP|DOMAIN|URL|URI|PATH|KEY|NAME|ID|TYPE|FROM|LIST)S?$", re.IGNORECASE
)
_OF_TESTS = frozenset({"TEST", "TESTING", "TESTS"})


def looks_like_switch(name: str) -> bool:
    """Whether a name shows that the variable is a switch, like `USE_TLS` or `MAIL_ENABLED`."""
    return _SWITCH.search(name) is not None and _OF_VALUES.search(name) is None


def is_for_tests(name: str) -> bool:
    """Whether a name shows that only tests set the variable, like `TESTING` or `TEST_DATABASE_URL`."""
    return not _OF_TESTS.isdisjoint(name.split("_"))

"""`os.path.expandvars`: the variables in a string."""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.names.values import Str
from configvars.patterns import lazy_pattern
from configvars.readers.base import Fact, Site
from configvars.readers.formatted import inside

_EXPANDED = lazy_pattern(r"\$(?:(\w+)|\{([^{}]*)\})", re.ASCII)
_PARTLY_KNOWN = lazy_pattern(r"\$(?:(\w+)(?![\w*])|\{([^{}*]*)\})", re.ASCII)


def expanded(site: Site) -> Iterator[Fact]:
    """`os.path.expandvars("$X/${Y}")`: a variable that is not set stays unexpanded."""
    argument = site.argument(0, "path")
    if argument is None:
        return
    is_known = isinstance(argument.value, Str)
    pattern = _EXPANDED if is_known else _PARTLY_KNOWN  # in which `*` is what is not known
    for text in [argument.value] if is_known else site.path_patterns(argument):
        yield from inside(text, argument.span, pattern, "os.path.expandvars", raises=False)

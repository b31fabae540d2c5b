"""`${oc.env:NAME}` and `${oc.env:NAME,default}`, with which OmegaConf reads variables in strings.

Source of the rules: OmegaConf 2.3 (its grammar, and `resolvers/oc`).
"""

from __future__ import annotations

from configvars.patterns import lazy_pattern

# The default is only told apart from `null`. `${env:NAME}` is the spelling before OmegaConf 2.1.
ENV = lazy_pattern(
    r"(?<!\\)\$\{\s*(?P<oc>oc\.)?env\s*:\s*(?P<quote>[\"']?)(?P<name>\w+)(?P=quote)\s*(?:\}|,\s*(?P<default>null(?=\s*\})|))"
)
# The name contains another interpolation.
COMPUTED = lazy_pattern(r"(?<!\\)\$\{\s*oc\.env\s*:\s*(?P<name>[\w\"']*\$\{)")


def is_defaulted(default: str | None) -> bool:
    """Whether the part `default` of a match says what is used if the variable is not set."""
    return default not in (None, "null")

"""What parsers like argparse have in common: the long name of an option, and options without a variable."""

from __future__ import annotations

from msgspec.structs import replace

from configvars.model import Need
from configvars.names.values import NOTHING, UNKNOWN, Str
from configvars.readers.base import Argument, Site

METHODS = ("add_argument", "add_arg", "add")
_GROUPS = ("", ".add_argument_group()", ".add_mutually_exclusive_group()")
_OTHER_ACTIONS = frozenset({"help", "version"})


def holders(parser: str) -> tuple[str, ...]:
    """The paths of a parser and of its argument groups, to which options can be added."""
    return tuple(dict.fromkeys(f"{parser}{outer}{inner}" for outer in _GROUPS for inner in _GROUPS))


def long_name(site: Site) -> Argument | None:
    """The first `--name` of an option, without the dashes; an unknown value if the name is not known."""
    for one in site.call.positional:
        if not isinstance(one.value, Str):
            return replace(one, value=UNKNOWN)
        if one.value.text.startswith("--"):
            return replace(one, value=replace(one.value, text=one.value.text[2:]))
    return None


def is_other(site: Site) -> bool:
    """Whether the option is `--help` or `--version`; they have no variable."""
    action = site.argument(None, "action")
    return action is not None and isinstance(action.value, Str) and action.value.text in _OTHER_ACTIONS


def need(site: Site) -> Need:
    """Always optional or defaulted: an option can be given on the command line instead of by its variable."""
    default = site.argument(None, "default")
    return Need.OPTIONAL if default is None or default.value == NOTHING else Need.DEFAULTED

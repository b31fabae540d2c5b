"""When a variable is read that code names in one place and reads in another.

A scheme (`environ.Env(DEBUG=(bool, False))`), an option of a command and a field of a settings class name a
variable. It is read later: by `env("DEBUG")`, when the command runs, when an object of the class is created.
"""

from __future__ import annotations

from configvars.model import FileFacts, Reference

_SCHEMES = frozenset({"environ.Env scheme", "envparse.Env scheme"})
_OF_COMMANDS = (" envvar", " auto_envvar_prefix")
_FIELD = "environ.var"
_SETTINGS = "pydantic-settings"


def is_field(reference: Reference) -> bool:
    """Whether a field of a settings class names the variable."""
    return reference.idiom in (_FIELD, _SETTINGS)


def bodies_that_read(reference: Reference, facts: FileFacts) -> tuple[str, ...] | None:
    """The bodies of the file that read a variable which is named outside of them; none if no body is known.

    None: the variable is read where it is named.
    """
    idiom = reference.idiom
    if idiom in _SCHEMES or idiom == _FIELD or idiom.endswith(_OF_COMMANDS):
        return ()
    if idiom != _SETTINGS:
        return None
    name = reference.variable.name
    reporting = {(one.home, name) for one in facts.lineages if name in one.names}
    reading = (one for one in facts.lineages if (one.home, name) in reporting or one.inherited & reporting)
    return tuple(f"{one.name}.__init__" for one in reading) if reporting else None

"""URLs that calls refuse while a program starts, because a part of them is None or missing: `None/x`."""

from __future__ import annotations

from collections.abc import Mapping

from configvars.patterns import lazy_pattern
from configvars.runs.starting.call import Call
from configvars.runs.starting.exact import first_of
from configvars.runs.starting.machine import Machine

_VERBS = ("delete", "get", "head", "options", "patch", "post", "put")
# Functions that need a URL with a scheme, with the position of the argument `url`.
_NEEDING: Mapping[str, int] = {
    **{f"{owner}.{verb}": 0 for owner in ("httpx", "requests", "requests.Session()") for verb in _VERBS},
    **{f"{owner}.request": 1 for owner in ("httpx", "requests", "requests.Session()")},
    "sqlalchemy.create_engine": 0,
    "sqlalchemy.engine.make_url": 0,
    "sqlalchemy.ext.asyncio.create_async_engine": 0,
    "sqlalchemy.make_url": 0,
    "sqlmodel.create_engine": 0,
    "urllib.request.Request": 0,
    "urllib.request.urlopen": 0,
}
_URL = lazy_pattern(r"[A-Za-z][\w+.-]*:")
# A port that is no number; a URL of SQLAlchemy may have none at all.
_BAD_PORT = lazy_pattern(r"[\w+.-]+://(?:[^/?#]*@)?[^/?#@:]*:(?!\d+(?:[/?#]|$))[^/?#@]+(?:[/?#].*)?")


def refused_url(machine: Machine, call: Call) -> None:
    """Note that a call fails because the string that it gets is no URL, or has a port that is no number."""
    value = call.argument("url", _NEEDING[call.path]) if call.path in _NEEDING else None
    found = machine.content(value) if value is not None else None
    text = found[0][0] if found is not None else None
    if found is not None and isinstance(text, str) and (not _URL.match(text) or _BAD_PORT.fullmatch(text)):
        machine.fail(call.module, call.node, first_of(found[1]))

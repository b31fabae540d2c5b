"""The fields of a class that is an argument of a call or decorator, in whichever file the class is."""

from __future__ import annotations

from configvars.names.values import Class, Value
from configvars.readers.base import Field, Site


def fields_of(site: Site, cls: Value) -> tuple[Field, ...]:
    """The fields of a class; fields of a class in another file get the position of the site."""
    return site.declared(cls, site.span) if isinstance(cls, Class) else ()

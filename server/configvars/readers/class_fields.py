"""The fields of a class that a call or a decorator names, wherever the class is."""

from __future__ import annotations

from configvars.names.values import Class, Value
from configvars.readers.base import Field, Site


def fields_of(site: Site, cls: Value) -> tuple[Field, ...]:
    """The names in the body of a class of this file; of one of another file what is known of them, at the site."""
    return site.declared(cls, site.span) if isinstance(cls, Class) else ()

"""The fields of a class that a call or a decorator names, wherever the class is."""

from __future__ import annotations

from configvars.names.values import Value
from configvars.readers.base import Field, Site


def fields_of(site: Site, cls: Value) -> tuple[Field, ...]:
    """The names in the body of a class of this file; of one of another file what is known of them, at the site."""
    here = site.statement_of(cls)
    if here is not None:
        return here.fields()
    return tuple(Field(name, site.span, annotated=True) for name, _ in site.fields_elsewhere(cls))

"""Whether an app replaces the part of Flask or of an extension that needs a key of `app.config`."""

from __future__ import annotations

from configvars.catalog.flask_extensions import Requirement
from configvars.project import Project


def is_replaced(project: Project, requirement: Requirement) -> bool:
    """Whether code mentions an attribute that replaces what needs the key: `@jwt.encode_key_loader`.

    If the code has several apps or extensions, it is not known which of them it means, so all count.
    """
    names = tuple(f".{name}" for name in requirement.replaced_by)
    return bool(names) and project.code.anywhere(
        f"replaced, {requirement.feature}", lambda text: any(name in text for name in names)
    )

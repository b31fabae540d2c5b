"""Whether an app replaces the part of Flask or of an extension that needs a key of `app.config`."""

from __future__ import annotations

from configvars.catalog.flask_extensions import Requirement
from configvars.project import Project


def is_replaced(project: Project, requirement: Requirement) -> bool:
    """Whether code mentions an attribute that replaces what needs the key: `@jwt.encode_key_loader`.

    If the code has several apps or extensions, it is not known which of them it means, so all count.
    """
    names = tuple(f".{name}" for name in requirement.replaced_by)

    def find() -> bool:
        texts = (project.text_of(path) or "" for path in project.code.paths())
        return any(name in text for text in texts for name in names)

    return bool(names) and project.remembered(f"replaced, {requirement.feature}", find)

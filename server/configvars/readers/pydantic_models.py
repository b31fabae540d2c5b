"""The field names of a model class, as far as other files' classes tell them."""

from __future__ import annotations

from configvars.names.values import Class, Value


def model_fields(model: Value) -> tuple[str, ...]:
    """The public names of a workspace class that are known; none for anything else."""
    if not isinstance(model, Class):
        return ()
    return tuple(name for name, _ in model.members if not name.startswith("_"))

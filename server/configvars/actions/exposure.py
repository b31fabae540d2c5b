"""Whether git could publish what is written to a file, because it tracks or does not ignore the file."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Literal

Exposure = Literal["tracked", "not-ignored", "unknown"]
Ask = Callable[[str], bool | None]


def exposure(path: str, tracked: Ask, ignored: Ask) -> Exposure | None:
    """How git could publish the file at an absolute path; None if it could not.

    `tracked` and `ignored` are git's answers about a path, None if not known. A file that was added by force
    is tracked, although it is ignored. `unknown`: there is a repository, but its index cannot be read.
    """
    is_tracked, is_ignored = _git_says(path, tracked, ignored)
    if is_tracked:
        return "tracked"
    if is_ignored is False:
        return "not-ignored"
    return "unknown" if is_tracked is None and is_ignored else None


def template_refusal(shown: str) -> str:
    """The message that values are not pulled into a template; `shown` is its name for the user."""
    return f"{shown} is a template, so no value is pulled into it."


def sentence(found: Exposure, shown: str) -> str:
    """The message that git could publish values in the file; `shown` is its name for the user."""
    match found:
        case "tracked":
            return f"Git tracks {shown}: values written there go into the next commit."
        case "not-ignored":
            return f"Git does not ignore {shown}: values written there may be committed."
        case "unknown":
            return f"Git's index cannot be read here: it may track {shown}, and commit values written there."


def _git_says(path: str, tracked: Ask, ignored: Ask) -> tuple[bool | None, bool | None]:
    """Whether git tracks and whether it ignores a file, by its path in the repository."""
    real = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
    return tracked(real), ignored(real)

"""Secrets in code where the name of a variable is expected: `os.getenv("sk_live_…")`."""

from __future__ import annotations

from msgspec.structs import replace

from configvars.model import DynamicReference, FileFacts
from configvars.syntax.env_names import looks_random


def without_keys(facts: FileFacts) -> FileFacts:
    """The facts of a file without names that look like secrets; such reads become dynamic."""
    keys = [found for found in facts.references if looks_random(found.variable.name)]
    if not keys and not any(looks_random(found.variable.name) for found in facts.definitions):
        return facts
    untold = [DynamicReference(found.span, found.idiom) for found in keys]
    return replace(
        facts,
        references=tuple(found for found in facts.references if not looks_random(found.variable.name)),
        definitions=tuple(found for found in facts.definitions if not looks_random(found.variable.name)),
        dynamic=tuple(sorted((*facts.dynamic, *untold), key=lambda found: found.span)),
    )

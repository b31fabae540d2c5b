"""Which variables `app.config.from_prefixed_env()` reads for keys that the code uses elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from configvars.flask_model import ConfigStep
from configvars.model import FileFacts, Reference
from configvars.project import Project
from configvars.resolve.env_places import is_test_file


def prefixed(facts: FileFacts) -> Iterator[ConfigStep]:
    """The calls of `from_prefixed_env` in a file."""
    events = (event for flow in facts.flask.flows for event in flow.events)
    return (event for event in events if isinstance(event, ConfigStep) and event.prefix is not None)


def loaded_by(project: Project, prefix: str | None) -> Sequence[tuple[str, Reference]]:
    """The uses of keys that a call of `from_prefixed_env` loads, so that it reads the variables.

    None if other calls load keys with the same prefix, perhaps later.
    """

    def find() -> dict[str, list[tuple[str, Reference]]]:
        files = [
            (path, one) for path, one in project.index.files.items() if not is_test_file(path, project.root)
        ]
        calls = Counter(step.prefix for _, facts in files for step in prefixed(facts))
        found: dict[str, list[tuple[str, Reference]]] = {}
        for path, facts in files if calls else ():
            for one in facts.references:
                if one.idiom == "from_prefixed_env":
                    name = one.variable.name
                    starts = (name[:at] for at, letter in enumerate(name) if letter == "_")
                    for start in (start for start in starts if calls[start] == 1):
                        found.setdefault(start, []).append((path, one))
        return found

    return project.remembered("loaded by from_prefixed_env", find).get(prefix or "", ())

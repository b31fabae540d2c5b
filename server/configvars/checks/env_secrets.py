"""Whether an env file is one that nobody else should see."""

from __future__ import annotations

import os
import re

from configvars.model import FileFacts
from configvars.project import Project
from configvars.resolve.env_files import is_template
from configvars.sources.dotenv import KIND

# Files for tests and for all developers are often shared on purpose.
_SHARED_WORD = re.compile(r"[._-](ci|defaults?|dev|development|docker|shared|test|testing)$")
_SECRET_NAME = re.compile(
    r"SECRET|PASSWORD|PASSWD|TOKEN|PRIVATE|CREDENTIAL|API_?KEY|ACCESS_?KEY", re.IGNORECASE
)


def is_private(facts: FileFacts) -> bool:
    """Whether a file is an env file that git should not have.

    Not a template, nor `.flaskenv`, which is there to be shared. One whose name says that it is for
    tests or for every developer is private only if it looks as if it held a secret.
    """
    name = os.path.basename(facts.path)
    if facts.kind != KIND or is_template(facts.path) or name.startswith(".flaskenv"):
        return False
    return (name.startswith(".env") and not _SHARED_WORD.search(name)) or holds_secret(facts)


def is_for_git(facts: FileFacts, project: Project) -> bool:
    """Whether git would take what is in a private file: of a link it takes the path, of a pipe nothing."""
    no_file = facts.unread is not None and facts.unread.kind in ("folder", "pipe", "device")
    return is_private(facts) and not no_file and project.link_target(facts.path) is None


def holds_secret(facts: FileFacts) -> bool:
    """Whether some value looks like a key, or has a name like one."""
    if any(key.facts().looks_random for key in facts.concealed):
        return True
    values = ((d.variable.name, d.value.facts()) for d in facts.definitions if d.value is not None)
    return any(
        v.looks_random or v.kind == "pem" or (_SECRET_NAME.search(n) and not v.is_empty) for n, v in values
    )

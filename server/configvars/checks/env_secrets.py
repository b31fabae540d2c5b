"""Whether an env file is private."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from configvars.checks.secret_names import names_secret
from configvars.model import Definition, FileFacts, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import is_env_file, is_template
from configvars.runs.givers import Givers
from configvars.runs.shared_flaskenv import is_shared_flaskenv
from configvars.sources.dotenv import KIND
from configvars.sources.env_names import is_test_name

# Files for tests and for all developers are often shared on purpose.
_SHARED_WORD = lazy_pattern(
    r"(?:^|[._-])(?:ci|defaults?|dev|development|docker|shared|test|testing)(?:\.env)?$"
)
_SHARED_FOLDERS = frozenset(
    {".local", "ci", "dev", "development", "docker", "local", "test", "testing", "tests"}
)
# Names of variables whose values are long and varied, but not secret.
_NO_SECRET = lazy_pattern(
    r"(^|_)(APP|BUCKET|CLASS|COMMIT|DIR|DOMAIN|EMAIL|FILE|FROM|HOSTS?|HOSTNAME|ID|IMAGE|LIST|LOCALE|MODEL|MODULE|NAME"
    r"|ORIGINS?|PATH|PUBLIC_KEY|REGION|SENDER|SERVERS?|SETTINGS|SHA|SIZE|SUBJECT|TAG|TIME|TITLE|URI|URL|USER|USERNAME"
    r"|UUID|VERSION|ZONE|SITE_?KEY)$|PUBLIC|PUBLISHABLE",
    re.IGNORECASE,
)

_USER = lazy_pattern(r"(^|_)(USER|USERNAME|USER_?NAME|LOGIN)$", re.IGNORECASE)


def is_private(facts: FileFacts) -> bool:
    """Whether a file is an env file that should not be in git.

    Templates, `.flaskenv`, which is meant to be shared, and files whose secrets dotenvx has encrypted are not private.
    A file whose name says that it is for tests or for all developers is private only if it seems to contain a
    secret.
    """
    name = os.path.basename(facts.path)
    if facts.kind != KIND or is_template(facts.path) or name.startswith(".flaskenv"):
        return False
    if is_encrypted(facts):
        return holds_secret(facts)
    return (name.startswith(".env") and not _SHARED_WORD.search(name)) or holds_secret(facts)


def is_for_developers(path: str, project: Project) -> bool:
    """Whether the name of a file or folder shows that it is shared by all developers, or for tests."""
    *folders, name = project.inner(path).lower().split("/")
    return _SHARED_WORD.search(name) is not None or not _SHARED_FOLDERS.isdisjoint(folders)


def everybody_has(path: str, project: Project) -> bool:
    """Whether whoever has the project has an env file: `.flaskenv`, which is meant to be shared, or git tracks it.

    A file for tests does not count.
    """
    return is_shared_flaskenv(project, path) or _is_shared(path, project)


def _is_shared(path: str, project: Project) -> bool:
    is_used = is_env_file(path, project.index.files) and not is_test_name(os.path.basename(path))
    return is_used and project.tracked_by_git(path) is True


def is_set_for_everybody(variable: Variable, path: str, project: Project, by: Givers) -> bool:
    """Whether an env file that git tracks, in the folder of the code in `path` or above it, sets a variable.

    It has to be nearer to the code than the env files `by` which the code gets its variables, and not for tests.
    """
    others = () if by.stand_in else by.lacking
    folders = (
        os.path.join(os.path.dirname(found.path), "")
        for found in project.index.definitions(variable)
        if _is_shared(found.path, project)
    )
    near = (folder for folder in folders if path.startswith(folder))
    return any(not any(other.startswith(folder) for other in others) for folder in near)


def is_encrypted(facts: FileFacts) -> bool:
    """Whether dotenvx has encrypted some value of an env file."""
    values = (each.value.facts().secrecy for each in facts.definitions if each.value is not None)
    return "encrypted" in values


def private_file(facts: FileFacts, project: Project) -> str | None:
    """The path of the file with the content of a private env file; None if it is not private.

    Of a symbolic link, git stores only the path that it leads to, so this is its target; None if the target
    counts as an env file itself, or if another link leads to it, too, which comes first.
    """
    no_file = facts.unread is not None and facts.unread.kind in ("folder", "pipe", "device", "nothing")
    if no_file or not is_private(facts):
        return None
    target = project.link_target(facts.path)
    if target is None:
        return facts.path
    if target in project.index.files or is_template(target):
        return None
    return target if project.first_links(KIND).get(target) == facts.path else None


def called(path: str, facts: FileFacts, project: Project) -> str:
    """A `private_file` in a message."""
    if path == facts.path:
        return project.relative(path)
    return f"{project.relative(path)}, which {project.relative(facts.path)} links to,"


def holds_secret(facts: FileFacts) -> bool:
    """Whether a value, or the text before a `=`, looks like a secret."""
    return any(key.facts().looks_random for key in facts.concealed) or next(secrets(facts), None) is not None


def holds_known_secret(facts: FileFacts) -> bool:
    """Whether some value is certainly a secret: a key of a known service, a URL with a password."""
    return any(each.value is not None and each.value.facts().secrecy == "key" for each in secrets(facts))


def secrets(facts: FileFacts) -> Iterator[Definition]:
    """The variables of an env file whose values look like secrets.

    Empty and encrypted values, placeholders, and passwords that equal a user name do not.
    """
    users = {
        each.value.facts().digest
        for each in facts.definitions
        if each.value is not None and _USER.search(each.variable.name) and not each.value.is_empty
    }
    for each in facts.definitions:
        if each.value is not None and _is_secret(each):
            value = each.value.facts()
            if value.secrecy == "key" or value.looks_random or value.digest not in users:
                yield each


def _is_secret(definition: Definition) -> bool:
    value = definition.value.facts() if definition.value is not None else None
    if value is None or value.is_empty or value.secrecy in ("placeholder", "encrypted"):
        return False
    if value.secrecy == "key":
        return True
    name = definition.variable.name
    if names_secret(name):
        return value.kind not in ("boolean", "url")
    return value.looks_random and value.kind == "text" and not _NO_SECRET.search(name)

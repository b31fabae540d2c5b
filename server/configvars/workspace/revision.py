"""The code of an earlier revision, read from git's objects without running git and without a checkout."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

from configvars.limits import PYTHON_SIZE
from configvars.patterns import lazy_pattern
from configvars.workspace.kinds import DOTENV, by_name
from configvars.workspace.staging import staged, sweep

if TYPE_CHECKING:
    from dulwich.objects import Commit
    from dulwich.repo import Repo

_DEEPEN = (
    "The clone is shallow: run `git fetch --unshallow`, or set `fetch-depth: 0` in GitHub Actions"
    " or `GIT_DEPTH: 0` in GitLab."
)


class NoRevision(Exception):  # noqa: N818 -- not a failure of ours
    """A revision cannot be read; the message is a sentence for the user."""


@contextmanager
def files_at(root: str, revision: str) -> Iterator[str]:
    """A temporary folder with the code of `root` at the commit where the branch left `revision`.

    It contains the files that are analysed, and the names in env files and app.json without their values. It
    is removed when the block ends, and if the process is killed before that, by the next call.
    """
    try:
        from dulwich.repo import Repo
    except ImportError:
        raise NoRevision(
            "--since needs one more package: install it with `pipx install --force 'configvars[git]'`."
        ) from None
    import tempfile

    repository = opened(
        root,
        Repo,
        "--since needs a git repository, and there is none here: use --against with an earlier inventory.",
    )
    try:
        sweep(tempfile.gettempdir())
        with staged(os.path.join(tempfile.gettempdir(), "earlier")) as folder:
            os.mkdir(folder, 0o700)
            with complete(repository):
                _write_tree(repository, _where_it_left(repository, revision), root, folder)
            yield folder
    finally:
        repository.close()


def committed(path: str) -> bytes | None:
    """The content of a file in the current commit; None if the commit does not contain it.

    Raises `NoRevision` if that cannot be read.
    """
    try:
        from dulwich.object_store import tree_lookup_path
        from dulwich.objects import Blob
        from dulwich.repo import Repo
    except ImportError:
        raise NoRevision("Reading git's revisions needs one more package: install configvars[git].") from None
    real = os.path.realpath(path)
    repository = opened(os.path.dirname(real), Repo, "There is no git repository here.")
    below = os.path.relpath(real, os.path.realpath(repository.path)).replace(os.sep, "/")
    try:
        with complete(repository):
            head = _commit(repository, b"HEAD")
            if head is None:
                return None
            try:
                _, found = tree_lookup_path(repository.__getitem__, head.tree, os.fsencode(below))
            except KeyError as error:
                if _is_object_id(error.args[0]):
                    raise
                return None
            blob = repository[found]
            return blob.as_raw_string() if isinstance(blob, Blob) else None
    finally:
        repository.close()


def _is_object_id(key: object) -> bool:
    """Whether a missing key is the id of an object, and not a path."""
    return isinstance(key, bytes) and len(key) in (40, 64)


@contextmanager
def complete(repository: Repo) -> Iterator[None]:
    """While the block runs, a missing or damaged object raises `NoRevision`, and is not an internal error.

    The library has no common exception for damaged objects.
    """
    try:
        yield
    except NoRevision:
        raise
    except Exception:
        how = _DEEPEN if repository.get_shallow() else "Clone the repository again, without `--filter`."
        raise NoRevision(f"This clone does not have all of git's objects. {how}") from None


def opened(root: str, repo: type[Repo], otherwise: str) -> Repo:
    """The repository around a folder. Raises `NoRevision` with the sentence `otherwise` if there is none."""
    from dulwich.errors import NotGitRepository

    try:
        return repo.discover(root)
    except NotGitRepository:
        raise NoRevision(otherwise) from None


def _where_it_left(repository: Repo, revision: str) -> Commit:
    """The merge base of the current commit and a revision, so that only the branch's own changes count."""
    from dulwich.graph import find_merge_base

    other = _commit(repository, revision.encode("utf-8", "surrogateescape"))
    if other is None:
        raise NoRevision(f"There is no git revision {revision} here. {_how_to_get(repository, revision)}")
    try:
        bases = find_merge_base(repository, [repository.head(), other.id])
    except KeyError:  # a shallow clone does not contain it
        bases = []
    return (_commit(repository, bases[0]) if bases else None) or other


def _how_to_get(repository: Repo, revision: str) -> str:
    if not any(name.startswith(b"refs/") for name in repository.refs.allkeys()):
        return "The repository has no commit yet."
    if f"refs/remotes/origin/{revision}".encode("utf-8", "surrogateescape") in repository.refs.allkeys():
        return f"Did you mean origin/{revision}?"
    return (
        _DEEPEN
        if repository.get_shallow()
        else "If a remote has it, fetch it first: `git fetch --all --tags`."
    )


def _commit(repository: Repo, name: bytes) -> Commit | None:
    """The commit of a branch, a tag, an id or an expression such as `HEAD~2`."""
    from dulwich.objects import Commit
    from dulwich.objectspec import parse_commit, parse_object

    for parse in (parse_commit, parse_object):
        try:
            found = parse(repository, name)
        except (KeyError, ValueError):
            continue
        if isinstance(found, Commit):
            return found
    return None


def _write_tree(repository: Repo, commit: Commit, root: str, folder: str) -> None:
    from dulwich.object_store import iter_tree_contents

    below = os.path.relpath(os.path.realpath(root), os.path.realpath(repository.path)).replace(os.sep, "/")
    prefix = b"" if below == "." else os.fsencode(below) + b"/"
    for entry in iter_tree_contents(repository.object_store, commit.tree):
        if entry.path.startswith(prefix) and entry.mode & 0o170000 == 0o100000:
            path = os.fsdecode(entry.path[len(prefix) :])
            kind = by_name(os.path.basename(path))
            if (kind is not None and (kind.is_python or kind.name in _WANTED)) or _DECIDES.search(path):
                data = repository[entry.sha].as_raw_string()
                without = _WITHOUT_VALUES.get(kind.name) if kind is not None else None
                data = data if without is None else without(data.decode("utf-8", "replace")).encode()
                _write(os.path.join(folder, path), folder, data)


def _names_of_env_file(text: str) -> str:
    """An env file that sets the same variables, without the values."""
    names = {each.variable.name for each in DOTENV.facts("", text).definitions if each.value is not None}
    return "".join(f"{name}=x\n" for name in sorted(names))


def _names_of_manifest(text: str) -> str:
    """An app.json that requires the same variables, without the values."""
    try:
        manifest = json.loads(text)
        env = manifest.get("env", {})
        fields = {
            name: {key: _FIELDS[key](each[key]) for key in _FIELDS if key in each}
            if isinstance(each, dict)
            else "x"
            for name, each in env.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "{}"
    lists = {key: _names_in(manifest.get(key), fields_of) for key, fields_of in _LISTS.items()}
    return json.dumps({"env": fields, **{key: names for key, names in lists.items() if names}})


def _names_in(entries: object, kept: tuple[str, ...]) -> list[object]:
    """The entries of a list in app.json with their identifying fields."""
    found = entries if isinstance(entries, list) else []
    return [
        {key: each[key] for key in kept if isinstance(each.get(key), str)} if isinstance(each, dict) else each
        for each in found
        if isinstance(each, (dict, str))
    ]


_LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType({"addons": ("plan", "as"), "buildpacks": ("url",)})


_FIELDS: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {"required": lambda value: value is True, "generator": lambda _: "secret", "value": lambda _: "x"}
)
_WITHOUT_VALUES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"dotenv": _names_of_env_file, "app.json": _names_of_manifest}
)
_WANTED = frozenset({"heroku.yml", "makefile", "procfile", "settings", "shell", *_WITHOUT_VALUES})
# Other files that decide what is set, loaded or required: settings, requirements, scripts that Heroku runs.
_DECIDES = lazy_pattern(
    r"(?:^|/)(?:\.profile|\.profile\.d/[^/]+|bin/[^/]+|configvars\.toml|pyproject\.toml|setup\.(?:cfg|py)"
    r"|[^/]*requirements[^/]*\.(?:txt|in)|requirements/[^/]+|Pipfile(?:\.lock)?|poetry\.lock|uv\.lock|runtime\.txt"
    r"|\.python-version|heroku\.yml|alembic\.ini|\.slugignore|\.gitignore)$"
)


def _write(path: str, folder: str, data: bytes) -> None:
    target = os.path.normpath(path)
    if len(data) > PYTHON_SIZE.most or not target.startswith(folder + os.sep):
        return
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "wb") as file:  # noqa: PTH123
        file.write(data)

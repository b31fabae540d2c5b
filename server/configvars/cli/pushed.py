"""What a push deploys where it differs from the files on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct, field

from configvars.cli.judging import PYTHON
from configvars.cli.places import relative, some_of
from configvars.cli.report import Diagnostic
from configvars.cli.unreadable import FILES as OF_DEPLOY
from configvars.cli.unreadable import SLUGIGNORE
from configvars.requirements import FILES, LOCKS
from configvars.workspace import Workspace
from configvars.workspace.git import git_state
from configvars.workspace.head import Head, head_of
from configvars.workspace.kinds import DOTENV, by_name, is_python
from configvars.workspace.python_bytes import refused_by_python
from configvars.workspace.reading import NO_STAMP, ReadFile, Unread, read_bytes
from configvars.workspace.revision import NoRevision

# Heroku uses these before it removes what `.slugignore` lists, or not from the slug.
_USED_BEFORE = frozenset({"Procfile", "app.json", "heroku.yml", *FILES, *LOCKS})
_NAMED = frozenset({*_USED_BEFORE, ".profile", SLUGIGNORE})


class Pushed(Struct, frozen=True):
    """The files that a push deploys with another text than they have here; `absent` are not deployed at all.

    `changed` are those of which the current commit has another text, or none; `known` is false if the
    commit cannot be read, so that a changed file counts as empty. `unread` are the files that a deploy needs
    and whose committed text cannot be read, each with the reason.
    """

    texts: dict[str, str] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    changed: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    known: bool = True

    def remarks(self, cwd: str) -> Iterator[str]:
        """A sentence about the files that differ from the current commit."""
        if self.changed:
            names = some_of([relative(path, cwd) for path in sorted(self.changed)])
            verb, differ = ("is", "differs") if len(self.changed) == 1 else ("are", "differ")
            yield (
                f"{names} {differ} from the current commit: the committed state was checked, too."
                if self.known
                else f"{names} {verb} changed, and what is committed cannot be read without the package"
                " configvars[git]: nothing that is set there counts."
            )


def pushed(workspace: Workspace) -> Pushed:
    """What a push deploys, compared with the files of a workspace that are not open."""
    found = Pushed()
    named = (os.path.join(workspace.root, name) for name in _NAMED)
    on_disk = {*workspace.known(), *(path for path in named if workspace.text_on_disk(path) is not None)}
    elsewhere = tuple(os.path.join(link, "") for link in workspace.project().linked_folders)
    on_disk = {path for path in on_disk if not path.startswith(elsewhere)}
    closed = [path for path in sorted(on_disk) if _kind(path) != DOTENV.name]
    try:
        with head_of(workspace.root) as head:
            if head is not None:
                _compare(workspace, head, closed, found)
    except NoRevision:
        found = Pushed(known=False)
        _compare_with_index(workspace, closed, found)
    _leave_out(workspace, closed, found)
    return found


def more(here: Iterable[Diagnostic], there: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings about what is pushed that say more than those about the files on this machine."""
    known: dict[object, int] = {}
    for each in here:
        known[_about(each)] = min(each.severity.rank, known.get(_about(each), each.severity.rank))
    yield from (each for each in there if each.severity.rank < known.get(_about(each), sys.maxsize))


def _about(found: Diagnostic) -> object:
    return found.check, found.path, found.variable or found.message


def _compare(workspace: Workspace, head: Head, on_disk: Sequence[str], found: Pushed) -> None:
    here, files = set(on_disk), workspace.project().index.files
    for path in (*on_disk, *(each for each in head.ids if each not in here and _counts(each))):
        if path.startswith(tuple(f"{each}{os.sep}" for each in head.submodules)):
            continue
        data = _data(workspace, path)
        if path not in head.ids:
            if path not in files and os.path.basename(path) not in _NAMED:
                continue  # it says nothing about variables
            found.texts[path] = ""
            found.absent.add(path)
        elif data is None or not head.is_same(path, data):
            found.texts[path] = _decoded(workspace, path, head.data(path), found)
        else:
            continue
        found.changed.append(path)


def _compare_with_index(workspace: Workspace, on_disk: Sequence[str], found: Pushed) -> None:
    """Without the commit, only a file as it is in git's index may be what is deployed."""
    state = git_state()
    if state.repository(os.path.join(workspace.root, "Procfile")) is None:
        return
    for path in on_disk:
        data = _data(workspace, path)
        if data is not None and not state.is_unchanged(path, data):
            found.texts[path] = ""
            found.absent.add(path)
            found.changed.append(path)


def _leave_out(workspace: Workspace, on_disk: Sequence[str], found: Pushed) -> None:
    """Leave out what Heroku removes from the slug."""
    file = os.path.join(workspace.root, SLUGIGNORE)
    is_left_out = _slug_ignore(found.texts.get(file, workspace.text_on_disk(file) or ""))
    for path in on_disk:
        if is_left_out(relative(path, workspace.root)):
            found.texts[path] = ""
            found.absent.add(path)


def slug_leaves_out(workspace: Workspace, path: str) -> bool:
    """Whether the `.slugignore` on disk keeps a file from being deployed."""
    text = workspace.text_on_disk(os.path.join(workspace.root, SLUGIGNORE))
    return _slug_ignore(text or "")(relative(path, workspace.root))


def _slug_ignore(text: str) -> Callable[[str], bool]:
    """A function that tells whether Heroku removes a path from the slug, given the text of `.slugignore`."""
    if not text.strip():
        return lambda below: False
    from pathspec import GitIgnoreSpec  # slow to import, and few projects have this file

    spec = GitIgnoreSpec.from_lines(line for line in text.splitlines() if not line.startswith("!"))
    return lambda below: below not in _USED_BEFORE and spec.match_file(below)


def _counts(path: str) -> bool:
    return os.path.basename(path) in _NAMED or _kind(path) not in ("", DOTENV.name)


def _kind(path: str) -> str:
    kind = by_name(os.path.basename(path))
    return "" if kind is None else kind.name


def _data(workspace: Workspace, path: str) -> bytes | None:
    found = read_bytes(path, None, workspace.settings.max_file_size)
    return None if isinstance(found, Unread) else found[0]


def _decoded(workspace: Workspace, path: str, data: bytes, found: Pushed) -> str:
    name = os.path.basename(path)
    file = workspace.disk.decode(path, kind := by_name(name), data, NO_STAMP)
    if isinstance(file, ReadFile):
        refused = refused_by_python(path, data) if is_python(kind) else None
        if refused and not refused.is_importable:
            found.unread.append(f"{_committed(workspace, path)} {refused.why}, which Python refuses")
        return file.text
    if name in OF_DEPLOY or (name.endswith(PYTHON) and is_python(kind)):
        found.unread.append(f"{_committed(workspace, path)} {file.why}")
    return ""


def _committed(workspace: Workspace, path: str) -> str:
    return f"{relative(path, workspace.root)} as it is committed"

"""The runs that files of the project define: a line of a Procfile, a Compose service, an image."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from configvars.model import FileFacts, Start
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import is_env_file, is_template
from configvars.resolve.env_places import upwards
from configvars.runs.bare_names import bare_in
from configvars.runs.follow import Entry
from configvars.runs.migrations import alembic_file
from configvars.syntax.python_imports import Import
from configvars.syntax.python_programs import USUAL_FILES

# Programs whose target may be an object in a module, with a dot before it.
_WITH_ATTRIBUTE = frozenset(
    {"arq", "celery", "huey.bin.huey_consumer", "huey_consumer", "procrastinate", "sanic"}
)
_OF_DYNO = lazy_pattern(r"(?:/app|~|\$HOME|\$\{HOME\})(?:/|$)")
# A name without = in an `env_file` of Compose gets its value from the shell that runs Compose.
_PASSES_ON = "compose"
# Files whose folders are those on this machine; in an image, files may be copied to other folders.
_ON_DYNOS = frozenset({"procfile", "shell"})
_ON_THIS_MACHINE = frozenset({"procfile", "make", "shell"})
_DEPTH = 2
# Kinds of files that set variables for programs of the whole folder, and are reported if they cannot be read.
_SETTING = frozenset({"compose", "envrc", "makefile"})


# The files that `docker compose up` reads together.
_MERGED = lazy_pattern(r"(?:docker-)?compose(?:\.override)?\.ya?ml")


class NamedStart(Struct, frozen=True):
    """A start command and the file that contains it.

    `entry` is where it starts, None if that is not known. `of_image`: the file is a script of an image.
    """

    path: str
    start: Start
    entry: Entry | None
    of_image: bool = False

    @property
    def folder(self) -> str:
        """The folder in which the program starts."""
        return _folder(self.path, self.start)

    @property
    def working_folder(self) -> str | None:
        """The working directory of the program on this machine; None if it runs elsewhere or is not known."""
        is_here = self.start.by in _ON_THIS_MACHINE and not self.of_image
        return self.folder if is_here else None

    @property
    def is_flask(self) -> bool:
        """Whether it uses the `flask` command, which loads env files by itself."""
        return self.start.label.split(" ")[0] == "flask"


def named_starts(project: Project) -> tuple[NamedStart, ...]:
    """All start commands in the files of the folder, ordered by path."""

    def find() -> tuple[NamedStart, ...]:
        starting = sorted((path, starts) for path, starts in project.index.each("starts").items() if starts)
        return tuple(named_start(project, path, start) for path, starts in starting for start in starts)

    return project.answered("named starts", find)


def named_start(project: Project, path: str, start: Start) -> NamedStart:
    """A start command in a file, with the place where it starts."""
    start = _on_this_machine(project, path, start)
    of_image = start.by == "shell" and project.answered(
        f"{path} is for an image", lambda: _is_of_image(project, path)
    )
    return NamedStart(path, start, _entry(project, path, start), of_image)


def _is_of_image(project: Project, path: str) -> bool:
    """Whether a script is for an image: a Dockerfile names it, or it starts programs by absolute paths."""
    facts = project.index.files.get(path)
    if facts is not None and any(os.path.isabs(start.file) for start in facts.starts):
        return True
    home, name = os.path.split(path)
    mention = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w.-])")
    files = (os.path.join(above, "Dockerfile") for above in upwards(home, project.root))
    return any(mention.search(project.text_of(file) or "") for file in files)


def _on_this_machine(project: Project, path: str, start: Start) -> Start:
    """A start in an absolute folder of a server, in the folder of the project that works the same way.

    That is the nearest folder upwards from the file in which the program exists.
    """
    if not os.path.isabs(start.folder):
        return start
    own = folder = os.path.dirname(path)
    there = replace(
        start,
        file=_seen_from(start.folder, start.file),
        env_files=tuple(_seen_from(start.folder, each) for each in start.env_files),
    )
    while folder.startswith(project.root):
        here = replace(there, folder=os.path.relpath(folder, own))
        entry = _entry(project, path, here)
        if entry is not None and entry.path.startswith(os.path.join(folder, "")):
            return here
        folder = os.path.dirname(folder)
    return start


def _seen_from(folder: str, path: str) -> str:
    """A path relative to an absolute folder, if they share a folder of two levels: `/srv/shop`."""
    if not os.path.isabs(path) or os.path.commonpath([folder, path]).count("/") < _DEPTH:
        return path
    return os.path.relpath(path, folder)


def is_merged(path: str) -> bool:
    """Whether Compose merges a file with the others of its folder for which this is true."""
    return _MERGED.fullmatch(os.path.basename(path)) is not None


def env_files_of(project: Project, named: NamedStart) -> Iterator[str]:
    """The existing env files that are loaded before a start."""
    folder = _folder(named.path, named.start)
    for written in named.start.env_files:
        path = os.path.normpath(os.path.join(folder, written))
        if is_env_file(path, project.index.files):
            yield path


def set_before(project: Project, *, in_tests: bool = False) -> frozenset[str]:
    """The names that files of the project set for some program on this machine before it starts.

    What a CI workflow or a test runner sets counts only `in_tests`; what a platform sets, or what is set
    while an image is built, does not count here.
    """

    def find() -> frozenset[str]:
        found: set[str] = set()
        seen: set[int] = set()  # programs of one file share what they are given
        for named in _starts_here(project, in_tests=in_tests):
            if id(named.start.given) not in seen:
                seen.add(id(named.start.given))
                found.update(gift.name for gift in named.start.given)
            for path in env_files_of(project, named):
                found.update(
                    each.variable.name
                    for each in project.index.files[path].definitions
                    if named.start.by == _PASSES_ON or each.variable.name not in bare_in(project, path)
                )
            if named.start.handed_on:
                found.update(_names_for_compose(project, named.path).intersection(named.start.handed_on))
        return frozenset(found)

    return project.answered(f"set before, {in_tests}", find)


def _names_for_compose(project: Project, path: str) -> frozenset[str]:
    """The names that Compose has for its file in `path`, and can hand on: those of the `.env` beside it.

    If that does not exist, those of templates of it.
    """
    folder, files = os.path.dirname(path), project.index.files
    own = os.path.join(folder, ".env")

    def find() -> frozenset[str]:
        beside = (each for each in files if os.path.dirname(each) == folder)
        usable = (own,) if own in files else filter(is_template, beside)
        return frozenset(one.variable.name for each in usable for one in files[each].definitions)

    return project.answered(f"names for Compose in {folder}", find)


def lacking_compose(project: Project, name: str) -> tuple[str, str] | None:
    """A Compose file that hands a variable on, and the `.env` beside it, which lacks it."""
    for named in _starts_here(project, in_tests=False):
        own = os.path.join(os.path.dirname(named.path), ".env")
        is_lacking = name in named.start.handed_on and own in project.index.files
        if is_lacking and name not in _names_for_compose(project, named.path):
            return named.path, own
    return None


def unread_before(project: Project, *, in_tests: bool = False) -> tuple[str, ...]:
    """The unreadable files that may set variables for some program on this machine, sorted.

    They are env files that a start command loads, and files of Compose, direnv or make themselves.
    """

    def find() -> tuple[str, ...]:
        starts = _starts_here(project, in_tests=in_tests)
        found = {path for named in starts for path in env_files_of(project, named)}
        found |= {path for path, kind in project.index.each("kind").items() if kind in _SETTING}
        return tuple(sorted(path for path in found if may_give(project.index.files[path])))

    return project.answered(f"unread before, {in_tests}", find)


def may_give(facts: FileFacts) -> bool:
    """Whether a file could not be read, but a program may get variables from it."""
    return bool(facts.skipped) and (facts.unread is None or facts.unread.gives)


def loaded_for_any_program(project: Project) -> Iterator[tuple[NamedStart, str]]:
    """The env files that are loaded before programs that are not known, such as those that direnv loads."""
    for named in _starts_here(project, in_tests=False):
        if named.entry is None:
            yield from ((named, path) for path in env_files_of(project, named))


def _starts_here(project: Project, *, in_tests: bool) -> Iterator[NamedStart]:
    """The starts of the project's programs on this machine.

    Those of a CI workflow or a test runner count only `in_tests`.
    """
    elsewhere = {"platform", "build"} if in_tests else {"platform", "build", "ci", "tests"}
    starts = (named for named in named_starts(project) if not named.start.of_others)
    return (named for named in starts if named.start.by not in elsewhere)


def _folder(path: str, start: Start) -> str:
    folder = _OF_DYNO.sub("", start.folder) if start.by in _ON_DYNOS else start.folder
    return os.path.normpath(os.path.join(os.path.dirname(path), folder))


def _entry(project: Project, path: str, start: Start) -> Entry | None:
    folder = _folder(path, start)
    if start.file:
        written = _OF_DYNO.sub("", start.file) if start.by in _ON_DYNOS else start.file
        file = os.path.normpath(os.path.join(folder, written))
        return Entry(file, start.main, start.call) if project.code.has(file) else None
    if start.module:
        importers = (
            os.path.normpath(os.path.join(folder, each, "__start__.py"))
            for each in {start.import_path: 0, "": 0}
        )
        return next(filter(None, (_of_module(project, importer, start) for importer in importers)), None)
    if start.label == "alembic":
        return alembic_file(project, folder, start.span.of(project.text_of(path) or ""))
    if start.label in USUAL_FILES:
        found = (os.path.join(folder, name) for name in USUAL_FILES[start.label])
        return next((Entry(file) for file in found if project.code.has(file)), None)
    return None


def _of_module(project: Project, importer: str, start: Start) -> Entry | None:
    target = project.code.module(importer, start.module)
    program = start.label.partition(" ")[0]
    if target is None or (target[1] and ("." in target[1] or program not in _WITH_ATTRIBUTE)):
        return None
    if program == "celery" and not start.call and not target[1] and _has_celery(project, target[0]):
        return _of_module(project, importer, replace(start, module=f"{start.module}.celery"))
    packages = [
        path for path in project.code.runs_at_import(importer, Import(start.module)) if path != target[0]
    ]
    package = os.path.join(os.path.dirname(target[0]), "__main__.py")
    if start.main and os.path.basename(target[0]) == "__init__.py" and project.code.has(package):
        return Entry(package, True, packages=(*packages, target[0]))
    return Entry(target[0], start.main, start.call, tuple(packages))


def _has_celery(project: Project, path: str) -> bool:
    """Whether a file is that of a package with a module `celery`, in which Celery looks for the app."""
    beside = os.path.join(os.path.dirname(path), "celery.py")
    return os.path.basename(path) == "__init__.py" and project.code.has(beside)

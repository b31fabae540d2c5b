"""What can set a variable on this machine; every check for missing variables uses this."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache

from msgspec import Struct

from configvars.index import LocatedDefinition, LocatedReference
from configvars.model import Access, Definition, Reference, Variable
from configvars.project import Project
from configvars.resolve.env_files import is_env_file, is_test_file
from configvars.resolve.env_places import places_of
from configvars.runs.bare_names import bare_in, is_bare
from configvars.runs.env_files import env_files_for
from configvars.runs.env_readers import finds, others_find, readers_of
from configvars.runs.heroku_files import brought
from configvars.runs.loaded import is_only_for_heroku_local, loaded_by_hand, names_loaded_by_hand
from configvars.runs.named import set_before, unread_before
from configvars.runs.outside_files import OUTSIDE, outside_files
from configvars.runs.platforms_here import given_by_platform
from configvars.runs.script_writes import is_only_for_script
from configvars.runs.shared_flaskenv import is_shared_flaskenv
from configvars.secret import Secret
from configvars.sources.env_names import is_test_name

_OF_COMPOSE = ("COMPOSE_", "DOCKER_")


class Givers(Struct, frozen=True):
    """The files and apps that set variables for one file of code.

    `shared` are those files that are meant to be shared (`.flaskenv`), only for Docker Compose or, unless the
    code is a test, only for tests: they set variables, but a missing variable does not belong in them.
    """

    files: tuple[str, ...] = ()
    apps: tuple[str, ...] = ()
    stand_in: bool = False
    shared: frozenset[str] = frozenset()

    @property
    def lacking(self) -> tuple[str, ...]:
        """The files in which a variable can be missing."""
        return tuple(file for file in self.files if file not in self.shared) if self.shared else self.files

    def __bool__(self) -> bool:
        """Whether there is anything in which a variable can be missing."""
        return bool(self.lacking or self.apps)


def givers(project: Project, path: str) -> Givers:
    """What sets variables for the code in `path`: its env files, or templates and apps if there are none."""
    files = env_files_for(project, path)
    shared = _shared_files(project).intersection(files)
    if not is_test(project, path):
        shared |= {file for file in files if is_test_name(os.path.basename(file))}
    if len(files) > len(shared) or not project.templates_stand_in:
        return Givers(tuple(files), shared=shared)
    apps = tuple(app.app for app in project.apps)
    return Givers((*files, *declaring_files(project, path)), apps, stand_in=True, shared=shared)


def _shared_files(project: Project) -> frozenset[str]:
    def find() -> frozenset[str]:
        return frozenset(
            file
            for file in env_files(project)
            if is_shared_flaskenv(project, file) or _is_for_compose(project, file)
        )

    return project.answered("shared env files", find)


def _is_for_compose(project: Project, file: str) -> bool:
    """Whether an env file only sets variables for Docker Compose itself: `COMPOSE_PROJECT_NAME`."""
    names = [one.variable.name for one in project.index.files[file].definitions]
    return bool(names) and all(name.startswith(_OF_COMPOSE) for name in names)


def declaring_files(project: Project, path: str) -> tuple[str, ...]:
    """The templates and the app.json nearest to `path`, upwards to the root."""
    return (*nearest(project, path, "dotenv"), *nearest(project, path, "app.json"))


def nearest(project: Project, path: str, kind: str) -> tuple[str, ...]:
    """The files of a kind that list variables, in the first folder upwards from `path` that has any."""
    declaring = project.answered(f"declaring {kind}", lambda: _declaring(project, kind))
    for folder in (*_loaded_from(project, path), *_upwards(os.path.dirname(path), project.root)):
        if folder in declaring:
            return declaring[folder]
    return ()


def _declaring(project: Project, kind: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for path, facts in sorted(project.index.files.items()):
        if facts.kind == kind and any(definition.declaration for definition in facts.definitions):
            found.setdefault(os.path.dirname(path), []).append(path)
    return {folder: tuple(paths) for folder, paths in found.items()}


def env_files(project: Project) -> tuple[str, ...]:
    """The env files of the folder that can set variables, sorted."""
    return tuple(places_of(project.index.files, project.root).env_files())


def _loaded_from(project: Project, path: str) -> Iterator[str]:
    """The folders of the env files that the code in `path` names, whether these files exist or not.

    A path relative to the working directory counts from each folder upwards, because a program in a
    subfolder is often started there.
    """
    facts = project.index.files.get(path)
    for use in facts.env_files if facts else ():
        if use.path is not None:
            here = os.path.dirname(path)
            starts = (here,) if use.relative_to != "cwd" else _upwards(here, project.root)
            yield from (os.path.dirname(os.path.normpath(os.path.join(start, use.path))) for start in starts)


def _upwards(folder: str, root: str) -> Iterator[str]:
    while True:
        yield folder
        if folder == root or folder == os.path.dirname(folder):
            return
        folder = os.path.dirname(folder)


def is_given(project: Project, path: str, by: Givers, variable: Variable) -> bool:
    """Whether anything may set `variable` when the code in `path` runs here.

    A file that could not be read may set every variable.
    """
    return is_surely_given(project, path, by, variable) or bool(unread_files(project, path, by))


def unloaded_files(project: Project, path: str, name: str) -> tuple[str, ...]:
    """The env files that set a variable but that nothing loads for the code in `path`: `.env.local`."""
    loaded = givers(project, path).files
    found = project.index.definitions(Variable("env", name))
    others = (each.path for each in found if each.path not in loaded and gives(project, each))
    return tuple(dict.fromkeys(file for file in others if is_env_file(file, project.index.files)))


def unread_files(project: Project, path: str, by: Givers) -> tuple[str, ...]:
    """The files that may set variables for the code in `path` and that could not be read.

    They may set anything: those in `by`, those that a start command or its file names, and those that code
    may load without a library. Files outside of the project that code loads are not read, either.
    """
    files = (
        *by.files,
        *unread_before(project, in_tests=is_test(project, path)),
        *sorted(loaded_by_hand(project, path)),
    )
    unread = (file for file in files if project.index.files[file].skipped)
    return tuple(dict.fromkeys((*unread, *outside_files(project, path))))


def with_why(project: Project, path: str) -> str:
    """The description of an unreadable file for people, such as `.env (named pipe)`."""
    if path not in project.index.files:
        return f"{project.relative(path)} ({OUTSIDE})"
    unread = project.index.files[path].unread
    return f"{project.relative(path)} ({unread.short if unread and unread.short else 'not read'})"


def is_surely_given(project: Project, path: str, by: Givers, variable: Variable) -> bool:
    """Whether a readable file, or anything else, sets `variable` for the code in `path`."""
    return (
        any(
            found.path in by.files and (gives(project, found) or found.definition.declaration)
            for found in project.index.definitions(variable)
        )
        or any(others_find(project, file, variable.name) for file in by.files)
        or any(Secret(variable.name) in project.index.files[file].concealed for file in by.files)
        or any(app.app in by.apps and variable.name in app.variables for app in project.apps)
        or (by.stand_in and brought(project, path)(variable.name))
        or comes_by_itself(project, path, variable)
        or variable.name in set_before(project, in_tests=is_test(project, path))
        or variable.name in names_loaded_by_hand(project, path)
    )


def is_empty_here(project: Project, path: str, by: Givers, variable: Variable) -> bool:
    """Whether env files set `variable` to nothing, so that the code in `path` gets an empty string."""
    given = [found.definition for found in project.index.definitions(variable) if found.path in by.files]
    is_empty_there = bool(given) and not by.stand_in and all(map(is_empty, given))
    return is_empty_there and not comes_by_itself(project, path, variable)


def gives(project: Project, found: LocatedDefinition) -> bool:
    """Whether a place sets its variable: not a declaration, and a library that reads the file finds a value.

    python-dotenv finds none for a name without `=`, nor in a line above one. `heroku local` sets such a name
    to an empty value, so it counts if nothing else reads the file.
    """
    if found.definition.declaration:
        return False
    if found.definition.kind != "dotenv":
        return True
    name = found.definition.variable.name
    if any(finds(project, found.path, name, reader) for reader in readers_of(project, name)):
        return True
    return name in bare_in(project, found.path) and is_only_for_heroku_local(project, found.path, name)


def bare_names(project: Project, by: Givers, name: str) -> Iterator[LocatedDefinition]:
    """The lines in the files in `by` that are only the name of a variable and set nothing."""
    for found in project.index.definitions(Variable("env", name)):
        if found.path in by.files and is_bare(found.definition) and not gives(project, found):
            yield found


def is_empty(definition: Definition) -> bool:
    """Whether a line of an env file sets a variable to an empty value."""
    if definition.declaration or definition.kind != "dotenv":
        return False
    return definition.value is None or definition.value.facts().is_empty


def comes_by_itself(project: Project, path: str, variable: Variable) -> bool:
    """Whether no file has to set it, because the platform, the code or the `given` setting covers it."""
    return (
        given_by_platform(project, variable.name)
        or given_elsewhere(project, variable.name)
        or set_by_code(project, path, variable)
    )


def means(reference: Reference, name: str) -> bool:
    """Whether a variable of this name is the one that a read means; pydantic ignores case."""
    read = reference.variable.name
    return read == name or (_ignores_case(reference) and read.lower() == name.lower())


def _ignores_case(reference: Reference) -> bool:
    return reference.idiom == "pydantic-settings" and not reference.exact


def among(names: Iterable[str]) -> Callable[[Reference], bool]:
    """A function that says whether a read means one of some names: `means` for many reads."""
    exact = frozenset(names)

    @cache
    def in_any_case() -> frozenset[str]:
        return frozenset(map(str.lower, exact))

    def is_among(reference: Reference) -> bool:
        name = reference.variable.name
        return name in exact or (_ignores_case(reference) and name.lower() in in_any_case())

    return is_among


def given_elsewhere(project: Project, name: str) -> bool:
    """Whether the `given` setting (names and globs) covers the variable."""
    return any(fnmatchcase(name, pattern) for pattern in project.settings.given)


def set_by_code(project: Project, path: str, variable: Variable) -> bool:
    """Whether code sets the variable. What tests and scripts set counts only for them."""
    found = settings_in_code(project, variable)
    if not found or is_test(project, path):
        return bool(found)
    setters = (each.path for each in found if not is_test(project, each.path))
    return not all(is_only_for_script(project, path, variable, setter) for setter in setters)


def settings_in_code(project: Project, variable: Variable) -> tuple[LocatedReference, ...]:
    """Where code, tests included, sets a variable."""

    def find() -> tuple[LocatedReference, ...]:
        return tuple(each for each in project.index.references(variable) if sets(each.reference))

    return project.answered(f"what sets {variable.scope} {variable.name}", find)


def sets(reference: Reference) -> bool:
    """Whether a reference sets its variable; `os.putenv` changes only the environment of child processes."""
    is_written = reference.access is Access.WRITE and reference.idiom not in ("os.putenv", "os.unsetenv")
    return is_written or reference.idiom.endswith("environ.setdefault")


def is_test(project: Project, path: str) -> bool:
    """Whether a file is a test, according to its name and folders."""
    return is_test_file(path, project.root)


def local_definitions(project: Project, by: Givers) -> Iterator[LocatedDefinition]:
    """All definitions and declarations in the files in `by`."""
    for path in by.files:
        facts = project.index.files.get(path)
        definitions: tuple[Definition, ...] = facts.definitions if facts else ()
        yield from (LocatedDefinition(path, definition) for definition in definitions)

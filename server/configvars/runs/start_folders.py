"""The folders in which the programs that run some code start.

The `flask` command searches env files from there upwards, never in the folders of packages that it imports.
"""

from __future__ import annotations

import os

from configvars.model import Variable
from configvars.project import Project
from configvars.resolve.env_files import home_of, nearest_files, used_files
from configvars.resolve.env_places import is_test_file, places_of
from configvars.runs.apart import is_start
from configvars.runs.flask_app import named_apps
from configvars.runs.flask_files import FRAMEWORKS
from configvars.runs.importers import importers
from configvars.runs.named import env_files_of, named_starts

_PACKAGE = "__init__.py"
_FLASK_APP = Variable("env", "FLASK_APP")
_BY_ITSELF = "decouple.config"  # It searches from the file that reads.
_MENTIONING = (
    *("README.md", "README.rst", "README", "Makefile"),
    *(".vscode/launch.json", ".vscode/tasks.json"),
)


def start_folders(project: Project, path: str) -> tuple[str, ...]:
    """The folders from which upwards the nearest env files count for the code in `path`.

    They are its own folder, unless its env file is that of a package, and those of the programs that run it.
    """
    own = os.path.dirname(path)
    folders = places_of(project.index.files, project.root).folders_of_defaults()
    if folders <= {project.root}:
        return (own,)
    known = project.remembered("folders of programs", dict[str, tuple[str, ...]])
    if path not in known:
        known[path] = _found(project, path) or (own,)
    return known[path]


def home_for(project: Project, path: str) -> str:
    """The folder of the app for which the code in `path` runs, as `home_of` finds it from where it starts."""
    start = os.path.join(start_folders(project, path)[0], os.path.basename(path))
    return home_of(start, project.index.files, project.root)


def _found(project: Project, path: str) -> tuple[str, ...]:
    """The folders for `start_folders`; empty if no program that uses Flask is known to run `path`."""
    own, above = os.path.dirname(path), importers(project)
    running = above.of(path)
    if is_test_file(path, project.root) or not any(_imports_flask(project, each) for each in running):
        return ()
    groups = above.first_of(path)
    known = [group for group in groups if is_start(project, group)]
    folders = tuple(sorted({folder for group in known for folder in _of_group(project, group)}))
    near = nearest_files(own, project.index.files, project.root)
    of_package = max(map(os.path.dirname, near), key=len, default=project.root)
    starts = {folder for group in groups for folder in _of_group(project, group)}
    if not known or of_package == project.root or any(_is_in(each, of_package) for each in starts):
        return (own, *folders)
    inside = (file for file in running if _is_in(file, of_package) and os.path.basename(file) != _PACKAGE)
    programs = (file for file in inside if is_start(project, frozenset({file})))
    if any(_is_in(folder, of_package) for file in programs for folder in _starting(project, file)):
        return (own, *folders)
    facts = project.index.files.get(path)
    if facts is not None and any(read.idiom == _BY_ITSELF for read in facts.references):
        return (own, *folders)
    may_be_loaded = project.remembered(
        f"others load from {of_package}", lambda: _may_be_loaded(project, of_package)
    )
    # A program in a folder is also started from the root, as a module.
    return (own, *folders) if may_be_loaded else tuple(dict.fromkeys((*folders, project.root)))


def _of_group(project: Project, group: frozenset[str]) -> frozenset[str]:
    """The folders in which the files of a group, which import each other, start."""
    starts = [each for each in group if is_start(project, frozenset({each}))] or group
    return frozenset(folder for each in starts for folder in _starting(project, each))


def _starting(project: Project, path: str) -> frozenset[str]:
    """The folders in which a program starts: where commands and FLASK_APP start it, and its own.

    Not its own if FLASK_APP names it elsewhere, or a command starts a package.
    """
    by_command = frozenset(
        each.folder for each in named_starts(project) if each.entry is not None and each.entry.path == path
    )
    by_name = frozenset(
        os.path.dirname(found.path)
        for found in project.index.definitions(_FLASK_APP)
        if any(app.file == path for app in named_apps(project, found.path))
    )
    is_package = os.path.basename(path) == _PACKAGE
    only_there = by_name or (is_package and by_command)
    return by_command | by_name | (frozenset() if only_there else frozenset({os.path.dirname(path)}))


def _may_be_loaded(project: Project, folder: str) -> bool:
    """Whether something other than the `flask` command may load the env files in a folder."""
    files, root = project.index.files, project.root
    own = {file for file in nearest_files(folder, files, root) if os.path.dirname(file) == folder}
    for loader, facts in files.items():
        if is_test_file(loader, root):
            continue
        if any(found.sets for found in facts.dynamic):
            return True  # a loop over the lines of any file
        if any(not own.isdisjoint(used_files(use, loader, files, root)) for use in facts.env_files):
            return True
    if any(not own.isdisjoint(env_files_of(project, named)) for named in named_starts(project)):
        return True
    return any(_is_named(project, file) for file in own)


def _is_named(project: Project, env_file: str) -> bool:
    """Whether a Makefile, a script, a README or similar names an env file by its path."""
    name, kinds = project.relative(env_file), project.index.each("kind")
    others = [path for path, kind in kinds.items() if kind not in ("python", "dotenv")]
    others += (os.path.join(project.root, each) for each in _MENTIONING)
    texts = (project.text_of(path) or "" for path in others if not path.endswith("ignore"))
    return any(name in text for text in texts)


def _imports_flask(project: Project, path: str) -> bool:
    return not project.code.top_modules(path).isdisjoint(FRAMEWORKS)


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)

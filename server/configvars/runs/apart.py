"""Which code certainly runs only in different programs: a web app, and a scraper with its own env file.

It is certain only if all programs of both are known. Two files that the same file imports, directly or
indirectly, may run in the same program. So may files that no program imports (perhaps another project does),
and all files if code imports modules by names that exist only at run time.
"""

from __future__ import annotations

import os
import re

from msgspec import Struct

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import nearest_files, used_files
from configvars.resolve.env_places import is_test_file, places_of
from configvars.runs.flask_app import flask_entries
from configvars.runs.importers import importers
from configvars.runs.named import named_starts
from configvars.runs.reach import reach
from configvars.syntax.python_order import MODULE

_PYTHON = (".py", ".pyw")
_PROGRAMS = frozenset(
    {"__main__", "app", "application", "asgi", "main", "manage", "run", "server", "worker", "wsgi"}
)
# Tools and frameworks import modules with these names without being told by the code.
_FOR_TOOLS = lazy_pattern(
    r"(?:^|[._])(?:conf|env|settings)(?:$|[._])|config|^(?:fabfile|noxfile|setup|tasks)$"
)
_MAIN_BLOCK = lazy_pattern(r"^if\s+__name__\s*==", re.MULTILINE)
_IMPORTS_BY_NAME = lazy_pattern(
    r"\bimport_module\((?!\s*[\"'][\w.]+[\"']\s*\))|\b__import__\((?!\s*[\"'])|\bimport_string\(|\bfind_modules\("
    r"|\b(?:runpy|pkgutil|spec_from_file_location|entry_points|addsitedir)\b|\bsys\.path\b|\bexec(?:file)?\("
    r"|\bautodiscover\w*\("
)
# A program that another one starts has its environment.
_STARTS_PROGRAMS = lazy_pattern(
    r"\b(?:subprocess|create_subprocess\w*|os\.(?:system|popen|exec\w+|spawn\w+|posix_spawn\w*))\b"
)


class _Standing(Struct, frozen=True):
    """What is known of the programs that run a file.

    `above` are the files that may import it. `is_known`: all its programs are known, and all that they
    import. `starts_programs`: they may start others.
    """

    above: frozenset[str]
    is_known: bool
    starts_programs: bool


_UNKNOWN = _Standing(frozenset(), is_known=False, starts_programs=False)


def loaders_apart(project: Project, path: str) -> frozenset[str]:
    """The files that load env files, but certainly in no program that runs the code in `path`."""
    near = frozenset(nearest_files(os.path.dirname(path), project.index.files, project.root))
    others = [loader for loader, files in _loaders(project, path).items() if not files <= near]
    here = _standing(project, path) if others else _UNKNOWN
    if not here.is_known:
        return frozenset()
    return frozenset(loader for loader in others if _are_apart(here, _standing(project, loader)))


def may_run_with(project: Project, path: str, loader: str) -> bool:
    """Whether the code in `path` may run in a program that runs the file `loader`, or that it has started."""
    return not _are_apart(_standing(project, path), _standing(project, loader))


def _are_apart(here: _Standing, there: _Standing) -> bool:
    is_certain = here.is_known and there.is_known and not there.starts_programs
    return is_certain and here.above.isdisjoint(there.above)


_Loaders = dict[str, frozenset[str]]


def _loaders(project: Project, path: str) -> _Loaders:
    """The files that load env files in the same app as `path`, with what they load."""
    files, root = project.index.files, project.root
    places = places_of(files, root)
    loaders = places.loaders(path)

    def find() -> _Loaders:
        return {
            loader.path: frozenset(
                file for use in loader.uses for file in used_files(use, loader.path, files, root)
            )
            for loader in loaders
        }

    return places.once(("files of loaders", id(loaders)), find)  # `places` keeps the loaders


def _standing(project: Project, path: str) -> _Standing:
    known = project.remembered("programs that run a file", dict[str, _Standing])
    if path not in known:
        # Tests import and start anything.
        is_code = path.endswith(_PYTHON) and not is_test_file(path, project.root)
        known[path] = _found_standing(project, path) if is_code else _UNKNOWN
    return known[path]


def _found_standing(project: Project, path: str) -> _Standing:
    above = importers(project)
    groups = above.first_of(path)
    if not all(is_start(project, group) for group in groups):
        return _UNKNOWN
    starts = {each for group in groups for each in group}
    is_known = not any(_matches(project, start, _IMPORTS_BY_NAME) for start in starts)
    starts_programs = any(_matches(project, start, _STARTS_PROGRAMS) for start in starts)
    return _Standing(above.of(path), is_known, starts_programs)


def _matches(project: Project, start: str, pattern: re.Pattern[str]) -> bool:
    """Whether a pattern matches in a file, or in any that it may import; found once for each file."""
    known = project.remembered(f"programs with {pattern.pattern}", dict[str, bool])
    if start not in known:
        reached = reach(project, start)
        paths = sorted({reached.start, *reached.importers})
        known[start] = any(project.contains(path, pattern) for path in paths)
    return known[start]


def is_start(project: Project, group: frozenset[str]) -> bool:
    """Whether one of some files, which no others import, is the first file of a program."""
    return not group.isdisjoint(starts_by_command(project)) or any(
        _looks_like_start(project, each) for each in group
    )


def starts_by_command(project: Project) -> frozenset[str]:
    """The files at which commands, and FLASK_APP, start programs."""

    def find() -> frozenset[str]:
        starts = (named.entry for named in named_starts(project))
        return frozenset(entry.path for entry in (*starts, *flask_entries(project)) if entry is not None)

    return project.remembered("files that are started", find)


def _looks_like_start(project: Project, path: str) -> bool:
    """Whether a file is a program by its name; outside of packages, by a main block or `load_dotenv()`."""
    folder, name = os.path.split(path)
    stem = os.path.splitext(name)[0]
    if stem in _PROGRAMS:
        return True
    if project.code.has(os.path.join(folder, "__init__.py")) or _FOR_TOOLS.search(stem):
        return False
    if project.contains(path, _MAIN_BLOCK):
        return True
    facts, order = project.index.files.get(path), project.code.order(path)
    unnamed = (use for use in facts.env_files if use.path is None) if facts is not None else ()
    return any(order.where(use.span.start).body == MODULE for use in unnamed)

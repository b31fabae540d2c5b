"""What a dotted name in a string means, as werkzeug's `import_string` and Flask's `from_object` import it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator

from msgspec import Struct

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.requirements import requirements_of

_FOUND_ELSEWHERE = lazy_pattern(
    r"\bimport\s*\(?\s*\*|__getattr__|\b__path__\b|\bsys\.modules\b|\bglobals\(\)"
)
# Names of modules that a project usually writes itself.
_OWN = lazy_pattern(r"(?:\w+_)?(?:config(?:s|uration)?|settings?)", re.ASCII)
_HOLE, _PACKAGE = "*", "__init__.py"
_TEMPLATES = ("{}.py.{}", "{}.{}.py", "{}_{}.py", "{}-{}.py")
_ENDINGS = ("default", "dist", "example", "in", "sample", "template", "tmpl", "tpl")


class Lack(Struct, frozen=True):
    """What a dotted name lacks: `words` with the name that is missing, `why` without it.

    `is_certain`: the module is in this folder; otherwise an installed package may have it.
    """

    words: str
    why: str
    is_certain: bool = True


def lack_of(project: Project, importer: str, dotted: str) -> Lack | None:
    """Why the string `dotted` in the file `importer` cannot be imported; None if it may be possible.

    In the last name, `*` stands for what is computed at run time.
    """
    names = dotted.split(".")
    if _HOLE in names[-1] and len(names) > 1:
        return _lack_of_all(project, importer, names)
    if not all(map(str.isidentifier, names)):
        return None
    meanings = project.code.meanings(importer, dotted)
    if not meanings:
        return _without_module(project, importer, names[0])
    if not all(_is_near(importer, file, len(names) - len(rest)) for file, rest in meanings):
        return None
    lacks = [_in_file(project, file, rest) for file, rest in meanings]
    return None if None in lacks else lacks[0]


def _lack_of_all(project: Project, importer: str, names: list[str]) -> Lack | None:
    """Why no name in a module fits a partly known one; None if one may."""
    *modules, last = names
    meanings = (
        project.code.meanings(importer, ".".join(modules)) if all(map(str.isidentifier, modules)) else ()
    )
    if not last.strip(_HOLE) or not last.replace(_HOLE, "_").isidentifier() or not meanings:
        return None
    fitting = re.compile(r"\b" + last.replace(_HOLE, r"\w*") + r"\b")
    for file, rest in meanings:
        text = project.text_of(file) if file is not None and not rest else None
        is_module = (
            file is not None and _is_near(importer, file, len(modules)) and not file.endswith(_PACKAGE)
        )
        if text is None or not is_module or _FOUND_ELSEWHERE.search(text) or fitting.search(text):
            return None
    shown = project.relative(meanings[0][0] or "")
    return Lack(f"{shown} has no name that matches {last}", f"no name in {shown} matches {last}")


def _is_near(importer: str, file: str | None, depth: int) -> bool:
    """Whether a module, `depth` names below the folder of its import, is found from a folder above the importer."""
    folder = file or ""
    for _ in range(depth + (os.path.basename(folder) == _PACKAGE)):
        folder = os.path.dirname(folder)
    return importer.startswith(os.path.join(folder, ""))


def _in_file(project: Project, file: str | None, rest: tuple[str, ...]) -> Lack | None:
    """What a module or package (`file`) lacks for the rest of a dotted name."""
    text = None if file is None else project.text_of(file)
    if file is None or text is None or not rest or _FOUND_ELSEWHERE.search(text):
        return None
    first, shown = rest[0], project.relative(file)
    is_package = os.path.basename(file) == _PACKAGE
    if is_package and _may_come(project, os.path.dirname(file), first):
        return None
    is_there = re.search(rf"\b{re.escape(first)}\b", text) is not None
    if len(rest) == 1:
        return None if is_there else Lack(f"{shown} has no {first}", f"{shown} has no such name")
    if is_package:
        return (
            None
            if is_there
            else Lack(f"there is no module {first} in {shown}", f"{shown} has no such module")
        )
    what = "a string can name only what is directly in a module"
    return Lack(f"{shown} is not a package, and {what}", f"{what}, and {shown} is not a package")


def _without_module(project: Project, importer: str, name: str) -> Lack | None:
    """What is lacking if no file of the folder fits the first part of a dotted name."""
    if not _OWN.fullmatch(name) or name in sys.stdlib_module_names or project.code.is_ours(name):
        return None
    if requirements_of(project).asks_for(name) or _is_imported(project, name):
        return None
    if any(_may_come(project, folder, name) for folder in {project.root, os.path.dirname(importer)}):
        return None
    return Lack(f"there is no module {name}", "the folder has no such module", is_certain=False)


def _is_imported(project: Project, name: str) -> bool:
    """Whether an import statement of the folder imports a module, so that it is probably installed."""
    statement = re.compile(rf"^\s*(?:from|import)\s+{name}\b", re.MULTILINE)
    importing = (path for path in project.index.files if name in project.code.top_modules(path))
    return any(statement.search(project.text_of(path) or "") for path in importing)


def _may_come(project: Project, folder: str, name: str) -> bool:
    """Whether a module may appear in a folder: git ignores it, or a template says how to write it."""
    version = project.code.others, project.code.layout
    known = project.code.kept("modules that may come", version, dict[tuple[str, str], bool])
    if (folder, name) not in known:
        known[folder, name] = _is_ignored_or_written_as_template(project, folder, name)
    return known[folder, name]


def _is_ignored_or_written_as_template(project: Project, folder: str, name: str) -> bool:
    if any(project.ignored_by_git(path) for path in _places(folder, name)):
        return True
    templates = (pattern.format(name, ending) for pattern in _TEMPLATES for ending in _ENDINGS)
    return any(project.has_file(os.path.join(folder, each)) for each in templates)


def _places(folder: str, name: str) -> Iterator[str]:
    yield os.path.join(folder, f"{name}.py")
    yield os.path.join(folder, name, _PACKAGE)

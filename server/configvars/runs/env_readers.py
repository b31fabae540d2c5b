"""Which libraries read the env files of a project, and which names each of them finds in a file."""

from __future__ import annotations

from configvars.model import EnvFileUse, Reference, Variable
from configvars.pinned import is_older
from configvars.project import Project
from configvars.runs.bare_names import bare_in
from configvars.syntax.dialects import Given, Reading, reading

PYTHON_DOTENV, DJANGO_ENVIRON = "python-dotenv", "django-environ"
DECOUPLE, STARLETTE, DYNACONF = "python-decouple", "Starlette", "dynaconf"
_OWN = {"decouple.config": DECOUPLE, "starlette.Config": STARLETTE}
_LOADING = ("load_dotenv", "dotenv_values", "find_dotenv", "environs.", "pydantic env_file")
_BY_LOAD = {"decouple.": DECOUPLE, "starlette.": STARLETTE, "environ.": DJANGO_ENVIRON, "dynaconf": DYNACONF}
# python-dotenv ignores a byte order mark since this version; these libraries never do.
_IGNORED_SINCE = (1, 2, 3)
_BY_DEFAULT = frozenset({PYTHON_DOTENV})
_KEEP_THE_MARK = frozenset({DECOUPLE, DJANGO_ENVIRON, DYNACONF, STARLETTE})
_TOLD_APART = frozenset({DECOUPLE, DJANGO_ENVIRON, STARLETTE})


def own_dialect(reference: Reference) -> str | None:
    """The library of a read, if it reads the env file itself; None if it reads only the environment."""
    return _OWN.get(reference.idiom)


def dialect_of(use: EnvFileUse) -> str:
    """The library that reads a file which code loads; python-dotenv if it is not one of those known here."""
    return next((name for start, name in _BY_LOAD.items() if use.idiom.startswith(start)), PYTHON_DOTENV)


def is_read_by_python_dotenv(project: Project) -> bool:
    """Whether python-dotenv may read the files, because the code uses it or the `flask` command does."""
    return is_loaded_by_python_dotenv(project) or project.answered(
        "has a Flask app", lambda: any(facts.flows for facts in project.index.each("flask").values())
    )


def is_loaded_by_python_dotenv(project: Project) -> bool:
    """Whether the code reads files with python-dotenv, itself or through another library."""
    return project.answered(
        "read by python-dotenv", lambda: any(use.idiom.startswith(_LOADING) for use in _loads(project))
    )


def is_read_by_django_environ(project: Project) -> bool:
    """Whether the code loads a file into the environment with django-environ."""
    return project.answered(
        "read by django-environ", lambda: any(use.idiom.startswith("environ.") for use in _loads(project))
    )


def _loads(project: Project) -> list[EnvFileUse]:
    return [use for uses in project.index.each("env_files").values() for use in uses]


def program_readers(project: Project) -> tuple[str, ...]:
    """The libraries with which the program itself reads env files; python-dotenv if none is known."""
    found: list[str] = []
    for facts in project.index.files.values():
        found += (dialect for reference in facts.references if (dialect := own_dialect(reference)))
        found += (DYNACONF for reference in facts.references if reference.idiom.startswith("dynaconf"))
    if is_read_by_django_environ(project):
        found.append(DJANGO_ENVIRON)
    if not found or is_read_by_python_dotenv(project):
        found.insert(0, PYTHON_DOTENV)
    return tuple(dict.fromkeys(found))


def readers_of(project: Project, name: str) -> frozenset[str]:
    """The libraries through which code may get a variable from an env file.

    A read from the environment sees what any library loads into it, and what a tool sets that configvars
    does not know; only in a project that loads files with django-environ alone is that its dialect.
    """
    special = project.answered("names read in other dialects", lambda: _in_other_dialects(project))
    if special is not None and name not in special:
        return _BY_DEFAULT

    def find() -> frozenset[str]:
        found = {own_dialect(each.reference) for each in project.index.references(Variable("env", name))}
        readers = {each for each in found if each is not None}
        if None in found:
            readers.add(DJANGO_ENVIRON if _only_by_environ(project) else PYTHON_DOTENV)
        if not found or is_read_by_python_dotenv(project):
            readers.add(PYTHON_DOTENV)
        return frozenset(readers)

    return project.remembered(f"readers of {name}", find)


def _in_other_dialects(project: Project) -> frozenset[str] | None:
    """The names that a library gets in a dialect of its own; None if that may be any name."""
    if _only_by_environ(project):
        return None
    reads = (each for references in project.index.each("references").values() for each in references)
    return frozenset(each.variable.name for each in reads if own_dialect(each) is not None)


def _only_by_environ(project: Project) -> bool:
    """Whether all code that loads env files does so with django-environ, and no tool does."""

    def find() -> bool:
        loads = _loads(project)
        by_tools = any(
            start.env_files for starts in project.index.each("starts").values() for start in starts
        )
        by_flask = any(facts.flows for facts in project.index.each("flask").values())
        by_pipenv = project.has_file(f"{project.root}/Pipfile")
        return (
            bool(loads)
            and all(dialect_of(use) == DJANGO_ENVIRON for use in loads)
            and not (by_tools or by_flask or by_pipenv)
        )

    return project.answered("loaded by django-environ only", find)


def keeps_the_mark(project: Project, dialect: str, path: str) -> bool:
    """Whether a byte order mark becomes part of the first name of an env file for a library."""
    if dialect == PYTHON_DOTENV:
        return is_older(project, PYTHON_DOTENV, _IGNORED_SINCE, path)
    return dialect in _KEEP_THE_MARK


def is_behind_mark(project: Project, path: str, start: int) -> bool:
    """Whether a byte order mark is before the name at an offset, in the first line of a file."""

    def find() -> int:
        text = project.text_of(path) or "" if project.has_byte_order_mark(path) else ""
        return len(text.split("\n", 1)[0].split("\r", 1)[0])

    return start < project.answered(f"end of the line behind the mark of {path}", find)


def finds(project: Project, path: str, name: str, dialect: str) -> bool:
    """Whether a library finds a variable with a value in an env file that could be read."""
    if dialect not in _TOLD_APART:
        last = _last_place(project, path, name)
        return last is not None and _is_seen(project, path, last, dialect)
    return line_of(project, path, name, dialect) is not None


def line_of(project: Project, path: str, name: str, dialect: str) -> Given | None:
    """What a library other than python-dotenv finds in an env file for a name."""
    found = read_as(project, path, dialect).of(name)
    return found if found is not None and _is_seen(project, path, found.span.start, dialect) else None


def read_as(project: Project, path: str, dialect: str) -> Reading:
    """How a library reads an env file; an empty one if it cannot be read."""
    return project.found_in(path, f"read as {dialect}", lambda text: reading(text, dialect))


def others_find(project: Project, path: str, name: str) -> Given | None:
    """What another library than python-dotenv finds in a file for a variable that code gets through it."""
    facts = project.index.files.get(path)
    if facts is None or facts.kind != "dotenv" or facts.skipped:
        return None
    readers = sorted(filter(reads_lines_itself, readers_of(project, name)))
    return next(filter(None, (line_of(project, path, name, reader) for reader in readers)), None)


def reads_lines_itself(dialect: str) -> bool:
    """Whether a library may find other names in a file than python-dotenv, apart from a byte order mark."""
    return dialect in _TOLD_APART


def _is_seen(project: Project, path: str, start: int, dialect: str) -> bool:
    return not (is_behind_mark(project, path, start) and keeps_the_mark(project, dialect, path))


def _last_place(project: Project, path: str, name: str) -> int | None:
    """Where an env file sets a variable for the last time; None if it sets none, or only names it there."""

    def find() -> dict[str, int]:
        definitions, bare = project.index.files[path].definitions, bare_in(project, path)
        return {each.variable.name: each.span.start for each in definitions if each.variable.name not in bare}

    return project.answered(f"last places, {path}", find).get(name)

"""Reads that see only certain env files: `dotenv_values("a.env")["A"]`, `Config(RepositoryEnv("a.env"))("A")`."""

from __future__ import annotations

from configvars.checks.wording import joined
from configvars.model import Reference, Variable
from configvars.project import Project
from configvars.resolve.env_files import is_env_file
from configvars.runs.bare_names import bare_in
from configvars.runs.env_readers import PYTHON_DOTENV, finds, own_dialect, reads_lines_itself
from configvars.runs.givers import comes_by_itself, is_test
from configvars.runs.named import set_before
from configvars.runs.seen_by import reads_environment
from configvars.secret import Secret


def is_set_for(reference: Reference, own: tuple[str, ...], path: str, project: Project) -> bool:
    """Whether the files that a read in `path` sees, or what is set before the program starts, set its variable."""
    variable = reference.variable
    dialect = own_dialect(reference) or PYTHON_DOTENV
    if any(_has(project, file, variable, dialect) for file in own):
        return True
    if not reads_environment(reference):
        return False
    before = set_before(project, in_tests=is_test(project, path))
    return variable.name in before or comes_by_itself(project, path, variable)


def set_in_others(name: str, own: tuple[str, ...], project: Project) -> tuple[str, ...]:
    """The other env files that set a variable, sorted."""
    paths = project.index.defining_paths(Variable("env", name)) - set(own)
    return tuple(sorted(path for path in paths if is_env_file(path, project.index.files)))


def missing_from(own: tuple[str, ...], project: Project) -> str:
    """The words that say where a variable is not set."""
    return f"missing from {joined(map(project.relative, own), 'and')}"


def _has(project: Project, file: str, variable: Variable, dialect: str) -> bool:
    """Whether a library finds a variable in an env file, also without a value."""
    facts = project.index.files[file]
    if reads_lines_itself(dialect):
        return facts.skipped is None and finds(project, file, variable.name, dialect)
    is_named = finds(project, file, variable.name, dialect) or variable.name in bare_in(project, file)
    return is_named or Secret(variable.name) in facts.concealed

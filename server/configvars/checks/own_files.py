"""Reads that see only certain env files: `dotenv_values("a.env")["A"]`, `Config(RepositoryEnv("a.env"))("A")`."""

from __future__ import annotations

from configvars.checks.wording import joined
from configvars.model import Reference, Variable
from configvars.project import Project
from configvars.resolve.env_files import is_env_file
from configvars.runs.givers import comes_by_itself, is_test
from configvars.runs.named import set_before
from configvars.runs.seen_by import reads_environment
from configvars.secret import Secret


def is_set_for(reference: Reference, own: tuple[str, ...], path: str, project: Project) -> bool:
    """Whether the files that a read in `path` sees, or what is set before the program starts, set its variable."""
    variable = reference.variable
    if any(_has(project, file, variable) for file in own):
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


def _has(project: Project, file: str, variable: Variable) -> bool:
    """Whether an env file has a variable, also without a value; also if the file cannot be read."""
    facts = project.index.files[file]
    is_named = any(each.variable == variable for each in facts.definitions)
    return is_named or facts.skipped is not None or Secret(variable.name) in facts.concealed

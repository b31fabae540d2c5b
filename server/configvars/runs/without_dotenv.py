"""Whether python-dotenv is certainly not installed, so that the `flask` command loads no env file."""

from __future__ import annotations

import os

from configvars.project import Project
from configvars.requirements import imports_any, requirements_of

WHY = "flask loads it only with python-dotenv, which the requirements do not list"
# Who lists these lists all packages: Flask requires them, and nobody else mentions all of them.
_OF_FLASK = ("flask", "werkzeug", "jinja2", "itsdangerous", "markupsafe", "click")
# Further requirements, of developers.
_KINDS = ("dev", "develop", "development", "local", "test", "tests")
_OF_DEVELOPERS = tuple(
    name
    for kind in _KINDS
    for name in (
        *(f"requirements{sep}{kind}.{end}" for sep in "-_./" for end in ("txt", "in")),
        *(f"{kind}{sep}requirements.{end}" for sep in "-_." for end in ("txt", "in")),
    )
)
# Tools that load `.env` by themselves.
_TOOLS = (
    *("Procfile", "Pipfile", ".envrc", "docker-compose.yml", "docker-compose.yaml", "compose.yml"),
    *("compose.yaml", "package.json", ".vscode/launch.json", ".vscode/settings.json", "justfile"),
    *(
        "Taskfile.yml",
        "Taskfile.yaml",
        "mise.toml",
        ".mise.toml",
        ".devcontainer/devcontainer.json",
        "Dockerfile",
    ),
)


def flask_loads_nothing(project: Project) -> bool:
    """Whether the requirements list all packages of Flask, and python-dotenv is not among them."""
    return project.remembered("flask without python-dotenv", lambda: _is_without(project))


def _is_without(project: Project) -> bool:
    if not imports_any(project, ("flask",)):
        return False
    requirements = requirements_of(project)
    if requirements.asks_for("python-dotenv") or not all(map(requirements.asks_for, _OF_FLASK)):
        return False
    further = (project.text_of(os.path.join(project.root, name)) or "" for name in _OF_DEVELOPERS)
    return not any("dotenv" in text for text in further)


def is_only_for_flask(project: Project, path: str) -> bool:
    """Whether an env file has a name that `flask` loads, it does not load it here, and nothing else does."""
    if os.path.basename(path) not in (".env", ".flaskenv") or not flask_loads_nothing(project):
        return False
    return not is_loaded_otherwise(project, path)


def is_loaded_otherwise(project: Project, path: str) -> bool:
    """Whether a tool in the folder of an env file or in the root, or any code, may load a `.env`."""
    folders = {project.root, os.path.dirname(path)}
    if any(project.has_file(os.path.join(folder, name)) for folder in folders for name in _TOOLS):
        return True
    return any(
        facts.env_files or facts.dynamic or any(start.env_files or start.given for start in facts.starts)
        for facts in project.index.files.values()
    )

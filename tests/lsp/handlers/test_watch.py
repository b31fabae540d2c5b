"""Every file that is read by its name is watched, so that the client reports its changes."""

from __future__ import annotations

import re
from itertools import product

import pytest

from configvars.lsp.handlers.watch import WATCHED
from configvars.requirements import FILES, LOCKS
from configvars.workspace.kinds import by_name

# One or more names for every source.
READ = (
    *(".env", ".env.local", "prod.env", ".flaskenv", "env.example", "app.json", "heroku.yml", "Procfile"),
    *("Procfile.dev", "pyproject.toml", "configvars.toml", "index.html", "mail.txt", "page.j2", "config.cfg"),
    *("app.py", "app.pyw", "compose.yaml", "docker-compose.dev.yml", "Dockerfile", "Dockerfile.prod"),
    *("tasks.json",),
    *("web.Dockerfile", "Containerfile", ".envrc", "launch.json", "web.service", "supervisord.conf"),
    *(
        "supervisor.ini",
        "pytest.ini",
        "tox.ini",
        "setup.cfg",
        "ci.yml",
        "values.yaml",
        "Makefile",
        "rules.mk",
    ),
    *(
        "Makefile",
        "rules.mk",
        "start.sh",
        "start.bash",
        "justfile",
        ".justfile",
        "tasks.just",
        "package.json",
        "render.yaml",
        "fly.toml",
        "app.yaml",
    ),
)


def patterns() -> list[re.Pattern[str]]:
    return [re.compile(each) for pattern in WATCHED for each in expanded(pattern)]


def expanded(pattern: str) -> list[str]:
    """An LSP glob as regular expressions for paths, one for each alternative in its braces."""
    parts = re.split(r"\{([^}]*)\}", pattern)
    choices = [part.split(",") if odd % 2 else [part] for odd, part in enumerate(parts)]
    return [as_expression("".join(chosen)) for chosen in product(*choices)]


def as_expression(glob: str) -> str:
    return re.escape(glob).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")


@pytest.mark.parametrize("name", [*READ, *LOCKS, *FILES])
def test_files_that_are_watched(name: str) -> None:
    assert any(pattern.fullmatch(f"sub/{name}") for pattern in patterns())


@pytest.mark.parametrize("name", ["a.pyc", "photo.png", "notes.md", "main.rs", "data.json"])
def test_other_files_are_not(name: str) -> None:
    assert not any(pattern.fullmatch(f"sub/{name}") for pattern in patterns())


def test_the_list_covers_every_kind_of_file() -> None:
    kinds = {kind.name for name in READ if (kind := by_name(name)) is not None}
    from configvars.sources import SOURCES

    # Files of submodules are read only for the names that they mention, whatever their names are.
    assert kinds | {"mentions"} == {*(source.name for source in SOURCES), "python"}

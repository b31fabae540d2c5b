"""The files that `configvars init` sets up: settings, a line in .gitignore, a pre-commit hook. No values."""

from __future__ import annotations

import os
from collections.abc import Callable

from msgspec import Struct

from configvars import __version__
from configvars.actions.gitignore import ignore_file
from configvars.checks.base import HOME, SITE
from configvars.edits.apply import apply_edits
from configvars.edits.places import line_ending
from configvars.model import FileEdit, TextEdit
from configvars.settings_file import OWN_FILE, PYPROJECT
from configvars.syntax.git import GitState, Read
from configvars.syntax.toml import parsed
from configvars.syntax.yaml import Yaml, parse_yaml
from configvars.text import Span

HOOKS = ".pre-commit-config.yaml"
_SETTINGS = f"""\
# All settings: {SITE}/settings.html
# Names or patterns of variables that something else sets (Docker, CI, a secrets manager): given = ["AWS_*"]
given = []
"""
_HOOK = f"""\
- repo: {HOME}
  rev: v{__version__}
  hooks:
    - id: configvars
"""
_SECTION = "tool.configvars"
_OWN = frozenset(line.strip() for line in (*_SETTINGS.splitlines(), *_HOOK.splitlines()))
_IGNORING = frozenset({".env", "/.env", ".env*", "*.env", "**/.env", ".env.*"})

TextOf = Callable[[str], str | None]


class Part(Struct, frozen=True):
    """One file of a set-up: its text before (None: it is new) and after.

    Nothing is written if `there` says that it is already done, or `cannot` why the user has to do it.
    """

    path: str
    before: str | None = None
    after: str = ""
    there: str = ""
    cannot: str = ""

    @property
    def own(self) -> frozenset[str]:
        """The lines that contain only our own words."""
        return frozenset(
            line
            for line in self.after.splitlines()
            if line in (".env", "/.env", f"[{_SECTION}]", "repos:") or line.strip() in _OWN
        )

    @property
    def edit(self) -> FileEdit:
        """The edit that turns the old text into the new one."""
        is_new = self.before is None
        edit = TextEdit(Span(0, len(self.before or "")), self.after)
        return FileEdit(self.path, (edit,), create=is_new, shared=is_new)


def settings_part(root: str, text_of: TextOf) -> Part:
    """Settings at the end of pyproject.toml, or in a new configvars.toml if there is no pyproject.toml."""
    own, pyproject = os.path.join(root, OWN_FILE), os.path.join(root, PYPROJECT)
    if text_of(own) is not None:
        return Part(own, there="it already contains the settings")
    before = text_of(pyproject)
    if before is None:
        return Part(own, None, _SETTINGS)
    if _section(before) is not None:
        return Part(pyproject, there="it already contains [tool.configvars]")
    after = _appended(before, f"\n[{_SECTION}]\n{_SETTINGS}")
    if _section(after) != {"given": []}:
        return Part(pyproject, cannot="it is not valid TOML")
    return Part(pyproject, before, after)


def gitignore_part(root: str, text_of: TextOf, read: Read) -> Part:
    """A line for `.env`.

    Without a repository, in the folder's own `.gitignore`, for the repository that may follow.
    """
    env, path = os.path.join(root, ".env"), os.path.join(root, ".gitignore")
    edit = ignore_file(env, root, read, os.environ)
    if edit is not None:
        before = None if edit.create else text_of(edit.path)
        return Part(edit.path, before, apply_edits(before or "", edit.edits))
    before, git = text_of(path), GitState(read, os.environ)
    if git.repository(env) is not None and git.ignored(env) is False:
        return Part(path, cannot="it is a link or a folder, so add .env to git's ignore rules yourself")
    if git.repository(env) is not None or not _IGNORING.isdisjoint((before or "").split()):
        return Part(path, there="git already ignores .env")
    return Part(path, before, _appended(before or "", ".env\n"))


def hook_part(root: str, text_of: TextOf, read: Read) -> Part:
    """The hook at the end of the repositories in the pre-commit configuration, or in a new one."""
    path = os.path.join(root, HOOKS)
    repository = GitState(read, os.environ).repository(path)
    if repository is not None and os.path.realpath(repository.root) != os.path.realpath(root):
        return Part(path, there="pre-commit reads only the one at the root of the repository")
    before = text_of(path)
    if before is None:
        return Part(path, None, "repos:\n" + _indented("  "))
    repositories = _repositories(before)
    if not repositories or before[repositories[0].span.start - 2 : repositories[0].span.start] != "- ":
        return Part(path, cannot="configvars cannot add an entry to its list of repositories")
    if HOME in _names(repositories):
        return Part(path, there="it already contains the hook")
    indent = before[: repositories[0].span.start - 2].rpartition("\n")[2]
    end = _end_of(repositories[-1], before)
    after = _appended(before[:end], _indented(indent)) + before[end:]
    if _names(_repositories(after)) != [*_names(repositories), HOME] or indent.strip():
        return Part(path, cannot="configvars cannot add an entry to its list of repositories")
    return Part(path, before, after)


def _section(text: str) -> object:
    """The content of `[tool.configvars]`; None if there is none, or if the text is not valid TOML."""
    try:
        tool = parsed(text).get("tool")
    except (ValueError, RecursionError):
        return None
    return tool.get("configvars") if isinstance(tool, dict) else None


def _repositories(text: str) -> tuple[Yaml, ...]:
    """The repositories in a pre-commit configuration."""
    root = parse_yaml(text)
    return root.items_of("repos") if root is not None else ()


def _end_of(item: Yaml, text: str) -> int:
    """The end of the last line of an item, without blank lines and comments that follow it."""
    lines = text[: item.span.end].splitlines(keepends=True)
    while not lines[-1].strip() or lines[-1].lstrip().startswith("#"):
        lines.pop()
    return sum(map(len, lines))


def _names(repositories: tuple[Yaml, ...]) -> list[str]:
    names = (each.get("repo") for each in repositories)
    return [name.text or "" if name is not None else "" for name in names]


def _indented(indent: str) -> str:
    return "".join(f"{indent}{line}\n" for line in _HOOK.splitlines())


def _appended(text: str, added: str) -> str:
    """A text with more lines at its end, which have the line endings of the text."""
    ending = line_ending(text)
    start = text if not text or text.endswith(("\n", "\r")) else text + ending
    return start + added.replace("\n", ending)

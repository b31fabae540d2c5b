"""The four situations in which a repository is checked. They are always created in the same way."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from configvars.sources.env_names import is_env_file_name, is_template_name

SITUATIONS = ("plain", "template", "broken", "ci")
_MARKER = re.compile(r"[-._]?(example|sample|template|tmpl|dist|default|defaults)\b[-._]?", re.IGNORECASE)
_ASSIGNMENT = re.compile(r"^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=")


def copy(source: Path, target: Path) -> None:
    """Copy a repository with its .git folder.

    The files are hard links, because nothing writes to existing files.
    """
    shutil.copytree(source, target, symlinks=True, copy_function=_link)


def fill_from_templates(root: Path) -> list[Path]:
    """Copy each template to the env file next to it, unless that exists; return the new files."""
    made: list[Path] = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in (".git", "node_modules", ".venv"))
        for name in sorted(names):
            source = Path(folder, name)
            if not (is_env_file_name(name) and is_template_name(name)) or source.is_symlink():
                continue
            target = source.with_name(env_file_name(name))
            if not target.exists() and not target.is_symlink():
                shutil.copyfile(source, target)
                made.append(target)
    return made


def env_file_name(template: str) -> str:
    """The name of the env file that users copy a template to: `.env` for `env.example`."""
    name = _MARKER.sub("", template, count=1)
    return name if name.startswith(".") or name not in ("env", "flaskenv") else f".{name}"


def break_names(text: str, required: Iterable[str]) -> tuple[str, dict[str, str]]:
    """Delete one required name of an env file, misspell one and repeat one; return text and names."""
    needed = frozenset(required)
    lines = text.splitlines(keepends=True)
    places = [(number, found[1]) for number, line in enumerate(lines) if (found := _ASSIGNMENT.match(line))]
    chosen = [(number, name) for number, name in places if name in needed]
    done: dict[str, str] = {}
    if len(chosen) > 1:
        number, name = chosen[1]
        lines[number] = lines[number].replace(name, misspelt(name), 1)
        done["misspelt"] = name
    doubled = [(number, name) for number, name in places if name not in {name for _, name in chosen[:2]}]
    if doubled:
        number, name = doubled[0]
        lines[-1] = lines[-1].rstrip("\n") + "\n"
        lines.append(lines[number])
        done["doubled"] = name
    if chosen:
        number, name = chosen[0]
        lines[number] = ""
        done["deleted"] = name
    return "".join(lines), done


def misspelt(name: str) -> str:
    """A name without one letter of its longest word: `SECRET_KEY` becomes `SECET_KEY`."""
    word = max(name.split("_"), key=len)
    at = name.index(word) + len(word) // 2
    return name[:at] + name[at + 1 :] if len(word) > 2 else f"{name}S"


def _link(source: str, target: str) -> None:
    os.link(source, target, follow_symlinks=False)

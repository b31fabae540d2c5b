"""The env files that `dotenv_values(…)`, copies of its results, and `find_dotenv(…)` stand for."""

from __future__ import annotations

from msgspec.structs import replace

from configvars.model import EnvFileUse
from configvars.names.values import Arguments, External, FilePath, Known, Mapping, Nothing, Str, Value
from configvars.readers.env_file_uses import path_text
from configvars.text import Span

VALUES = "dotenv.dotenv_values()"
FOUND = "dotenv.find_dotenv()"


def searched(value: Value, use: EnvFileUse) -> list[EnvFileUse]:
    """The files that `find_dotenv(…)` finds, if a path is such a call."""
    if not isinstance(value, External) or value.path != FOUND or value.arguments is None:
        return []
    name = _given(value.arguments, 0, "filename")
    from_cwd = is_true(_given(value.arguments, 2, "usecwd"))
    if name is not None and not isinstance(name, Str):
        return []
    text = None if name is None or name.text == ".env" else name.text
    return [replace(use, path=text, relative_to="cwd" if from_cwd else "file", climbs=True)]


def _given(arguments: Arguments, position: int, name: str) -> Value | None:
    if position < len(arguments.positional):
        return arguments.positional[position]
    return dict(arguments.keywords).get(name)


def is_true(value: Value | None) -> bool:
    """Whether a value is `True`."""
    return isinstance(value, Known) and value.text == "True"


def files_of(value: External | None, at: Span) -> list[EnvFileUse]:
    """The files that a result of `dotenv_values`, or a copy of several, comes from; none if not all are known."""
    if value is None:
        return []
    if value.path == VALUES:
        return _loaded(value.arguments or Arguments(), at)
    if value.of is None or value.path != f"{VALUES}.copy()":
        return []
    given = value.arguments or Arguments()
    parts = [value.of, *given.positional, *(part for _, part in given.keywords)]
    found = [files_of(part, at) for part in parts if isinstance(part, External)]
    is_known = all(found) and not given.rest and all(isinstance(part, External | Mapping) for part in parts)
    return [use for files in found for use in files] if is_known else []


def _loaded(given: Arguments, at: Span) -> list[EnvFileUse]:
    path = _given(given, 0, "dotenv_path")
    use = EnvFileUse(None, at, "dotenv_values", only_for="dotenv_values")
    if given.rest or _given(given, 1, "stream") is not None:
        return []
    if path is None or isinstance(path, Nothing):
        return [replace(use, relative_to="file", climbs=True)]
    text = path_text(path)
    if text is None:
        return searched(path, use)
    return [replace(use, path=text, relative_to="file" if isinstance(path, FilePath) else "cwd")]

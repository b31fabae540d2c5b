"""refusals.toml against the real functions: what it says that they refuse, they refuse."""

from __future__ import annotations

import configparser
import importlib
import io
import logging
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest

from configvars.catalog.refusals import Refusal, all_refusals

# How to get what a path with a call in it means, and the arguments that a call needs besides the refused one.
_OBJECTS: Mapping[str, Callable[[], Callable[..., object]]] = {
    "builtins.open().write": lambda: io.TextIOWrapper(io.BytesIO()).write,
    "configparser.ConfigParser().read": lambda: configparser.ConfigParser().read,
    # It does nothing here, because the root logger has handlers; in a new program, it sets the level.
    "logging.basicConfig": lambda: lambda level: logging.Logger("x").setLevel(level),
    "logging.getLogger().setLevel": lambda: logging.Logger("x").setLevel,
    "logging.root.setLevel": lambda: logging.Logger("x").setLevel,
}
_BEFORE: Mapping[str, list[object]] = {
    "jwt.encode": [{}],
    "random.randint": [1],
    "builtins.range": [1],
    "re.sub": ["a", "b"],
    "telethon.TelegramClient": [None, 1],
    "telethon.sync.TelegramClient": [None, 1],
}
_AFTER: Mapping[str, list[object]] = {
    "builtins.compile": ["x", "eval"],
    "builtins.getattr": ["x"],
    "builtins.hasattr": ["x"],
    "builtins.setattr": ["x", 1],
    "datetime.datetime.strptime": ["%Y"],
    "fnmatch.fnmatch": ["a"],
    "hmac.new": [b"x", "sha256"],
    "cryptography.hazmat.primitives.serialization.load_pem_private_key": [None],
    "os.chmod": [0o600],
    "os.kill": [0],
    "os.rename": ["x"],
    "random.randint": [1],
    "re.findall": ["a"],
    "re.fullmatch": ["a"],
    "re.match": ["a"],
    "re.search": ["a"],
    "re.split": ["a"],
    "re.sub": ["b", "a"],
    "shutil.copy": ["x"],
    "shutil.copyfile": ["x"],
    "shutil.copytree": ["x"],
    "shutil.move": ["x"],
    "time.strptime": ["%Y"],
    "urllib.request.urlretrieve": ["x"],
    "jwt.encode": ["HS256"],
    "algoliasearch.search.client.SearchClientSync": ["x"],
    "telethon.TelegramClient": ["x"],
    "telethon.sync.TelegramClient": ["x"],
}


def _refused() -> Iterator[tuple[str, Refusal, object]]:
    for path, refusals in all_refusals().items():
        for each in refusals:
            yield from ((path, each, None),) if each.none else ()
            yield from ((path, each, ""),) if each.empty else ()


def _function(path: str) -> Callable[..., object] | None:
    """The function at a path; None if its package is not installed."""
    if path in _OBJECTS:
        return _OBJECTS[path]()
    parts = path.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            made: object = importlib.import_module(".".join(parts[:length]))
        except ImportError:
            continue
        for part in parts[length:]:
            made = getattr(made, part, None)
        return made if callable(made) else None
    return None


_ROWS = [row for row in _refused() if _function(row[0]) is not None]


@pytest.mark.parametrize(("path", "refusal", "content"), _ROWS, ids=[f"{row[0]} {row[2]!r}" for row in _ROWS])
def test_it_is_refused(
    path: str, refusal: Refusal, content: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").write_text("")
    given = [content] if refusal.items else content
    function = _function(path)
    assert function is not None
    before, after = [*_BEFORE.get(path, ()), "x", "x", "x"][: refusal.position or 0], _AFTER.get(path, [])
    positional = (
        [] if refusal.position is None else [*before, given, *after[: 0 if refusal.position else None]]
    )
    if path in _BEFORE and refusal.position is not None:
        positional = [*before, given, *after]
    call = partial(function, *positional, **({refusal.name: given} if refusal.position is None else {}))
    with pytest.raises((Exception, SystemExit)) as found:
        call()
    assert "argument" not in str(found.value) or "missing" not in str(found.value)


def test_most_are_called() -> None:
    standard = [path for path in all_refusals() if path.partition(".")[0] in _STANDARD]
    assert all(_function(path) is not None for path in standard)
    assert {path.partition(".")[0] for path, _, _ in _ROWS} >= {"sqlalchemy", "werkzeug", "json"}


_STANDARD = frozenset({"builtins", "json", "os", "re", "subprocess", "logging", "shutil", "datetime"})

"""The command `honcho start`, which runs the processes of a Procfile."""

from __future__ import annotations

import shlex

from msgspec import Struct

_VALUES = frozenset({"-d", "--app-root", "-p", "--port", "-c", "--concurrency", "-q", "--quiet"})
_PROCFILE, _ENV = ("-f", "--procfile"), ("-e", "--env")


class HonchoStart(Struct, frozen=True):
    """The Procfile, the env files, and the names of the processes, all if there are none; as written."""

    procfile: str = "Procfile"
    env_files: tuple[str, ...] = (".env",)
    names: tuple[str, ...] = ()


def honcho_start(command: str) -> HonchoStart | None:
    """What a command starts; None if it is not `honcho start` alone, or if options change its folder."""
    try:
        words = shlex.split(command)
    except ValueError:
        return None
    if words[:1] == ["exec"]:
        words = words[1:]
    options: dict[str, str] = {}
    names: list[str] = []
    waiting = words[1:]
    while waiting:
        word, *waiting = waiting
        name, _, value = word.partition("=")
        if name.startswith("-"):
            if not value and name in (*_VALUES, *_PROCFILE, *_ENV) and waiting:
                value, *waiting = waiting
            options[name] = value
        else:
            names.append(word)
    if words[:1] != ["honcho"] or names[:1] != ["start"] or not {"-d", "--app-root"}.isdisjoint(options):
        return None
    procfile = next((options[each] for each in _PROCFILE if each in options), "Procfile")
    env = next((options[each] for each in _ENV if each in options), ".env")
    return HonchoStart(procfile, tuple(filter(None, env.split(","))), tuple(names[1:]))

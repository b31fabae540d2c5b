"""Which env file a library's call loads, as data."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import EnvFileUse
from configvars.names.values import FilePath, Known, Str, Value
from configvars.readers.base import Argument, Fact, Handler, Site


def env_file(
    idiom: str,
    *,
    path: tuple[int, str],
    override: tuple[int, str] | None,
    default: str | None = None,
) -> Handler:
    """A handler for a call that loads an env file; `default` is the file it takes beside the calling one."""

    def handle(site: Site) -> Iterator[Fact]:
        named = site.argument(*path)
        flag = None if override is None else site.argument(*override)
        wins = flag is not None and isinstance(flag.value, Known) and flag.value.text == "True"
        if named is None:
            yield EnvFileUse(default, site.span, idiom, override=wins, relative_to="file", encoding=None)
        elif (use := _use(named, idiom, override=wins)) is not None:
            yield use

    return handle


def _use(named: Argument, idiom: str, *, override: bool) -> EnvFileUse | None:
    text = path_text(named.value)
    return None if text is None else EnvFileUse(text, named.span, idiom, override, encoding=None)


def path_text(value: Value) -> str | None:
    """A path that the code spells out, absolute where it begins at `__file__`; else None."""
    match value:
        case Str():
            return value.text
        case FilePath():
            return value.path
        case _:
            return None

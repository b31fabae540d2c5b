"""Starlette's (and so FastAPI's) `Config`: `config("X", cast=bool, default=False)`.

Source of the signatures: Starlette 0.46 (`starlette/config.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example
from configvars.names.values import Arguments, External, Nothing, Value
from configvars.readers.base import Fact, Reader, Site, Use
from configvars.readers.env_file_uses import env_file

_CONFIG = "starlette.config.Config()"
_USE_FILE = env_file("starlette.Config", path=(0, "env_file"), override=None)


def _read(site: Site) -> Iterator[Fact]:
    """`config("X", cast, default)` and `config.get(…)`, with the prefix of the constructor."""
    key = site.argument(0, "key")
    constructor = _constructor(site)
    if key is None or constructor is None or not _is_process_environment(constructor):
        return
    prefix = _option(constructor, 2, "env_prefix")
    default = site.argument(2, "default")
    yield Use(
        key if prefix is None else key.prefixed(prefix),
        "starlette.Config",
        default=default,
        raises=default is None,
    )


def _constructor(site: Site) -> Arguments | None:
    for value in (site.of, site.call.callee):
        if isinstance(value, External) and value.arguments is not None:
            return value.arguments
    return None


def _option(constructor: Arguments, position: int, name: str) -> Value | None:
    if position < len(constructor.positional):
        return constructor.positional[position]
    return next((value for key, value in constructor.keywords if key == name), None)


def _is_process_environment(constructor: Arguments) -> bool:
    """A `Config` can be given another mapping, as tests do."""
    mapping = _option(constructor, 1, "environ")
    return mapping is None or isinstance(mapping, Nothing) or getattr(mapping, "path", "") == "os.environ"


def _made(site: Site) -> Iterator[Fact]:
    """`Config(".env")`: the file it reads what the environment lacks from."""
    if site.argument(0, "env_file") is not None:
        yield from _USE_FILE(site)


STARLETTE = Reader(
    name="starlette",
    triggers=(b"starlette.config",),
    calls={_CONFIG: _read, f"{_CONFIG}.get": _read, "starlette.config.Config": _made},
    aliases={"starlette.config.environ": "os.environ"},
    silent=(
        Example("from alembic.config import Config\nconfig = Config('alembic.ini')\nconfig('X')\n"),
        Example("from starlette.config import Config\nconfig = Config(environ={'X': '1'})\nconfig('X')\n"),
    ),
    examples=(
        Example(
            "from starlette.config import Config\nconfig = Config('.env')\n"
            "config('A')\nconfig('B', cast=bool, default=False)\nconfig.get('C', str, 'x')\nconfig('D', default=None)\n",
            (
                "2:17 loads .env (cwd)",
                "3:9 A read required",
                "4:9 B read defaulted",
                "5:13 C read defaulted",
                "6:9 D read optional",
            ),
        ),
        Example(
            "from starlette.config import Config\nconfig = Config(env_prefix='APP_')\nconfig('A')\n",
            ("3:9 APP_A read required",),
        ),
        Example(
            "-- settings.py --\nfrom starlette.config import Config\nconfig = Config()\n"
            "-- app.py --\nfrom settings import config\nconfig('A')\n",
            ("app.py:2:9 A read required",),
        ),
    ),
)

"""The `Config` of Starlette and FastAPI: `config("X", cast=bool, default=False)`.

Source of the signatures: Starlette 0.46 (`starlette/config.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example
from configvars.names.values import UNKNOWN, UNSET, Arguments, External, Nothing
from configvars.readers.base import Fact, Handler, Reader, Site, Use
from configvars.readers.env_file_uses import env_file
from configvars.readers.handlers import contained, getter, is_unset, item
from configvars.readers.made import made_with, option, text_option

_CONFIG = "starlette.config.Config()"
_ENVIRON = "starlette.config.Environ()"
_USE_FILE = env_file(
    "starlette.Config", path=(0, "env_file"), override=None, encoding=(3, "encoding"), only_for="starlette"
)


def _read(site: Site) -> Iterator[Fact]:
    """`config("X", cast, default)` and `config.get(…)`, with the prefix of the constructor."""
    key = site.argument(0, "key")
    made = made_with(site, _CONFIG)
    if key is None or not _is_process_environment(made):
        return
    default = site.argument(2, "default")
    key = key.prefixed(text_option(made, 2, "env_prefix"))
    yield Use(key, "starlette.Config", default=default, raises=is_unset(default))


def _is_process_environment(made: Arguments) -> bool:
    """Whether a `Config` reads `os.environ`, not another mapping or an `Environ` of one, as tests use."""
    mapping = option(made, 1, "environ")
    while isinstance(mapping, External) and mapping.path == _ENVIRON:
        mapping = option(mapping.arguments or Arguments(), 0, "environ")
    return mapping is None or isinstance(mapping, Nothing) or getattr(mapping, "path", "") == "os.environ"


def _of_environ(handler: Handler) -> Handler:
    """A handler for `Environ()`, which works like the mapping inside it."""

    def handle(site: Site) -> Iterator[Fact]:
        if _is_process_environment(Arguments((), (("environ", site.of or UNKNOWN),))):
            yield from handler(site)

    return handle


def _made(site: Site) -> Iterator[Fact]:
    """`Config(".env")`: the file from which it reads names that are not in the environment."""
    if site.argument(0, "env_file") is not None:
        yield from _USE_FILE(site)


STARLETTE = Reader(
    name="starlette",
    triggers=(b"starlette.config",),
    calls={
        _CONFIG: _read,
        f"{_CONFIG}.get": _read,
        "starlette.config.Config": _made,
        f"{_ENVIRON}.get": _of_environ(getter("starlette.Environ.get")),
        f"{_ENVIRON}.setdefault": _of_environ(getter("starlette.Environ.setdefault", sets=True)),
        f"{_ENVIRON}.pop": _of_environ(getter("starlette.Environ.pop", raises=True)),
    },
    subscripts={_ENVIRON: _of_environ(item("starlette.Environ[]"))},
    tests={_ENVIRON: _of_environ(contained("in starlette.Environ"))},
    objects=(_CONFIG, _ENVIRON),
    aliases={"starlette.config.environ": "os.environ"},
    constants={"starlette.config.undefined": UNSET},
    silent=(
        Example("from alembic.config import Config\nconfig = Config('alembic.ini')\nconfig('X')\n"),
        Example("from starlette.config import Config\nconfig = Config(environ={'X': '1'})\nconfig('X')\n"),
        Example("from starlette.config import Environ\nenviron = Environ({'X': '1'})\nenviron['X']\n"),
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
        Example(
            "from starlette.config import Config, Environ\nenviron = Environ()\nenviron['A']\n'B' in environ\n"
            "environ['C'] = '1'\nenviron.get('D')\nConfig(environ=environ)('E')\n",
            (
                "3:10 A read required",
                "4:2 B test -",
                "5:10 C write -",
                "6:14 D read optional",
                "7:26 E read required",
            ),
        ),
    ),
)

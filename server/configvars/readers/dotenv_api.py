"""python-dotenv: what `dotenv_values` and `get_key` read, and which env files code loads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from configvars.model import Access, EnvFileUse, Example
from configvars.names.values import Arguments, External, FilePath, Known, Nothing, Str, Value, alternatives
from configvars.readers.base import Argument, Fact, Handler, Reader, Site
from configvars.readers.handlers import contained, getter, item

_VALUES = "dotenv.dotenv_values()"
_FOUND = "dotenv.find_dotenv()"


def _loads(idiom: str, *, override: int | None, encoding: int) -> Handler:
    """A handler for a call whose first argument is an env file's path; without one, the nearest `.env`."""

    def handle(site: Site) -> Iterator[Fact]:
        flag = None if override is None else site.argument(override, "override")
        wins = flag is not None and _is_true(flag.value)
        read_as = _encoding(site.argument(encoding, "encoding"))
        path = site.argument(0, "dotenv_path")
        if path is None or isinstance(path.value, Nothing):
            if site.argument(1, "stream") is None and not site.call.rest:
                yield EnvFileUse(None, site.span, idiom, wins, "file", read_as)
            return
        for value in alternatives(path.value):
            yield from (replace(use, encoding=read_as) for use in _use(path, value, idiom, wins))

    return handle


def _encoding(named: Argument | None) -> str | None:
    """The encoding that a call reads its file in; None where that cannot be told."""
    if named is None:
        return "utf-8"
    return named.value.text if isinstance(named.value, Str) else None


def _use(path: Argument, value: Value, idiom: str, override: bool) -> Iterator[EnvFileUse]:
    match value:
        case Str() if value.text:
            yield EnvFileUse(value.text, path.span, idiom, override)
        case FilePath():
            yield EnvFileUse(value.path, path.span, idiom, override, "file")
        case External() if value.path == _FOUND and value.arguments is not None:
            name = _given(value.arguments, 0, "filename")
            from_cwd = _is_true(_given(value.arguments, 2, "usecwd"))
            if name is None or isinstance(name, Str):
                text = None if name is None or name.text == ".env" else name.text
                yield EnvFileUse(text, path.span, "find_dotenv", override, "cwd" if from_cwd else "file")


def _given(arguments: Arguments, position: int, name: str) -> Value | None:
    if position < len(arguments.positional):
        return arguments.positional[position]
    return dict(arguments.keywords).get(name)


def _is_true(value: Value | None) -> bool:
    return isinstance(value, Known) and value.text == "True"


_KEY = (1, "key_to_get")

DOTENV_API = Reader(
    name="python-dotenv",
    triggers=(b"dotenv",),
    calls={
        "dotenv.load_dotenv": _loads("load_dotenv", override=3, encoding=5),
        "dotenv.dotenv_values": _loads("dotenv_values", override=None, encoding=4),
        "dotenv.get_key": getter("dotenv.get_key", key=_KEY, default=None),
        "dotenv.set_key": getter("dotenv.set_key", key=(1, "key_to_set"), default=None, access=Access.WRITE),
        "dotenv.unset_key": getter(
            "dotenv.unset_key", key=(1, "key_to_unset"), default=None, access=Access.WRITE
        ),
        **{f"{path}.get": getter("dotenv_values") for path in (_VALUES, f"{_VALUES}.copy()")},
        **{f"{path}.pop": getter("dotenv_values") for path in (_VALUES, f"{_VALUES}.copy()")},
    },
    subscripts={path: item("dotenv_values", writes=False) for path in (_VALUES, f"{_VALUES}.copy()")},
    tests={path: contained("in dotenv_values") for path in (_VALUES, f"{_VALUES}.copy()")},
    aliases={"dotenv.main": "dotenv"},
    keep=(_FOUND,),
    silent=(
        Example("from mine import load_dotenv\nload_dotenv('x.env')\n", note="another function of that name"),
        Example("from dotenv import dotenv_values\nvalues = dotenv_values(stream=f)\nvalues['A'] = '1'\n"),
        Example(
            "from dotenv import load_dotenv\nload_dotenv(path_of(app))\n", note="a path that nothing tells"
        ),
    ),
    examples=(
        Example(
            "from dotenv import dotenv_values\nvalues = dotenv_values('x.env')\nvalues['A']\nvalues.get('B')\n",
            ("2:24 loads x.env (cwd)", "3:9 A read required", "4:13 B read optional"),
        ),
        Example(
            "import os, dotenv\nconfig = {**dotenv.dotenv_values('.env.shared'), **os.environ}\nconfig['A']\n",
            ("2:34 loads .env.shared (cwd)", "3:9 A read required"),
        ),
        Example(
            "import dotenv\ndotenv.get_key('.env', 'A')\ndotenv.set_key('.env', 'B', '1')\n",
            ("2:25 A read optional", "3:25 B write -"),
        ),
        Example(
            "from dotenv import load_dotenv, find_dotenv\nload_dotenv()\nload_dotenv('.env.local', override=True)\n"
            "load_dotenv(find_dotenv('.env.test', usecwd=True))\n",
            (
                "2:1 loads the nearest .env (file)",
                "3:13 loads .env.local (cwd) override",
                "4:13 loads .env.test (cwd)",
            ),
        ),
        Example(
            "import os\nfrom pathlib import Path\nfrom dotenv.main import load_dotenv\n"
            "BASE = Path(__file__).resolve().parent\nload_dotenv(BASE / '.env')\n"
            "load_dotenv(os.path.join(os.path.dirname(__file__), '..', 'b.env'))\n",
            ("5:13 loads /ws/.env (file)", "6:13 loads /b.env (file)"),
        ),
    ),
)

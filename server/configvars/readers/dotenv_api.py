"""python-dotenv: the names that `dotenv_values` and `get_key` read, and the env files that code loads."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.model import Access, EnvFileUse, Example
from configvars.names.holes import ANY_FILE
from configvars.names.values import External, Known, Nothing, Str
from configvars.readers.base import Argument, Fact, Handler, Reader, Site, Use
from configvars.readers.dotenv_files import FOUND, VALUES, files_of, is_true, searched
from configvars.readers.env_file_uses import encoding_of, named_files
from configvars.readers.handlers import contained, getter, item
from configvars.readers.layers import layered
from configvars.syntax.dotenv import parse_env
from configvars.syntax.env_names import is_upper_name

_OPEN = "builtins.open"


def _loads(idiom: str, *, override: int | None, encoding: int, only_for: str = "") -> Handler:
    """A handler for a call whose first argument is an env file's path; by default the nearest `.env`."""

    def handle(site: Site) -> Iterator[Fact]:
        flag = None if override is None else site.argument(override, "override")
        wins = flag is not None and is_true(flag.value)
        read_as = encoding_of(site, encoding, "encoding")
        expanded = site.argument(encoding - 1, "interpolate")
        given = EnvFileUse(
            None,
            site.span,
            idiom,
            wins,
            encoding=read_as,
            only_for=only_for,
            interpolates=expanded is None or expanded.value != Known("False"),
        )
        path = site.argument(0, "dotenv_path")
        if path is None or isinstance(path.value, Nothing):
            stream = site.argument(1, "stream")
            if stream is not None and not isinstance(stream.value, Nothing):
                yield from _of_stream(site, stream, replace(given, span=stream.span, encoding=None))
            elif site.call.rest:
                yield replace(given, path=ANY_FILE, pattern=True)
            else:
                yield replace(given, relative_to="file", climbs=True)
            return
        whole = replace(given, span=path.span)
        yield from searched(path.value, whole) or named_files(site, path, whole)

    return handle


def _of_stream(site: Site, stream: Argument, use: EnvFileUse) -> Iterator[Fact]:
    """What a stream contains: a string in the code, an opened file, or text from anywhere.

    For `stream=io.StringIO("A=1")`, these are variables that the code sets.
    """
    call = site.parts_of(stream)
    callee = call.callee.path if call is not None and isinstance(call.callee, External) else ""
    text = call.argument(0, "initial_value") if call is not None and callee == "io.StringIO" else None
    file = call.argument(0, "file") if call is not None and callee == _OPEN else None
    if text is not None and isinstance(text.value, Str):
        for binding in parse_env(text.value.text) if not use.only_for else ():
            if binding.key and is_upper_name(binding.key):
                yield Use(Argument(Str(binding.key), text.span), use.idiom, Access.WRITE, sets=True)
    elif file is not None and (found := [*named_files(site, file, use)]):
        yield from found
    else:
        yield replace(use, path=ANY_FILE, pattern=True)


def _of_its_files(handler: Handler) -> Handler:
    """A handler for an item of `dotenv_values(…)`, which only the files of that call can set."""

    def handle(site: Site) -> Iterator[Fact]:
        files = () if site.is_merged_into else tuple(files_of(site.value_of, site.span))
        for fact in handler(site):
            yield replace(fact, files=files) if isinstance(fact, Use) else fact

    return handle


_KEY = (1, "key_to_get")

DOTENV_API = Reader(
    name="python-dotenv",
    triggers=(b"dotenv",),
    calls={
        "dotenv.load_dotenv": _loads("load_dotenv", override=3, encoding=5),
        "dotenv.dotenv_values": _loads("dotenv_values", override=None, encoding=4, only_for="dotenv_values"),
        "dotenv.get_key": getter("dotenv.get_key", key=_KEY, default=None),
        "dotenv.set_key": getter("dotenv.set_key", key=(1, "key_to_set"), default=None, access=Access.WRITE),
        "dotenv.unset_key": getter(
            "dotenv.unset_key", key=(1, "key_to_unset"), default=None, access=Access.WRITE
        ),
        **{
            f"{path}.{method}": _of_its_files(layered(getter(f"dotenv_values.{method}")))
            for path in (VALUES, f"{VALUES}.copy()")
            for method in ("get", "pop")
        },
    },
    subscripts={
        path: _of_its_files(layered(item("dotenv_values[]"))) for path in (VALUES, f"{VALUES}.copy()")
    },
    tests={path: contained("in dotenv_values") for path in (VALUES, f"{VALUES}.copy()")},
    aliases={"dotenv.main": "dotenv"},
    keep=(FOUND,),
    silent=(
        Example("from mine import load_dotenv\nload_dotenv('x.env')\n", note="another function of that name"),
    ),
    examples=(
        Example(
            "import io\nfrom dotenv import load_dotenv\nload_dotenv(stream=io.StringIO('A=1\\nb=2\\n'))\n",
            ("3:32 A write -",),
            note="a string in the code",
        ),
        Example(
            "import os\nfrom pathlib import Path\nfrom dotenv import load_dotenv\nENV = os.getenv('ENV', 'dev')\n"
            "load_dotenv(f'.env.{ENV}')\nload_dotenv(Path(__file__).parent / 'conf' / (os.getenv('ENV') + '.env'))\n"
            "load_dotenv(os.getenv('FILE', 'dev.env'))\nload_dotenv(path_of(app))\n"
            "for name in ('.env.a', '.env.b'):\n    load_dotenv(Path(__file__).parent / name)\n",
            (
                "4:18 ENV read defaulted",
                "5:13 loads .env.* in part (cwd)",
                "5:13 loads .env.dev (cwd)",
                "6:13 loads /ws/conf/*.env in part (file)",
                "6:58 ENV read required",
                "7:13 loads * in part (cwd)",
                "7:13 loads dev.env (cwd)",
                "7:24 FILE read defaulted",
                "8:13 loads ** in part (cwd)",
                "10:17 loads /ws/.env.a (file)",
                "10:17 loads /ws/.env.b (file)",
            ),
            note="computed at run time",
        ),
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
        Example(
            "from dotenv import dotenv_values\nvalues = dotenv_values(stream=f)\nvalues['A'] = '1'\n",
            ("2:31 loads ** in part (cwd)",),
        ),
        Example(
            "from functools import partial\nfrom dotenv import load_dotenv\nload = partial(load_dotenv, override=True)\n"
            "load('a.env')\npartial(load, dotenv_path='b.env')()\nload_dotenv(**options)\n",
            (
                "4:6 loads a.env (cwd) override",
                "5:1 loads b.env (cwd) override",
                "6:1 loads ** in part (cwd)",
            ),
        ),
        Example(
            "from dotenv import load_dotenv\nload_dotenv(stream=open('local.env'))\n",
            ("2:20 loads local.env (cwd)",),
        ),
    ),
)

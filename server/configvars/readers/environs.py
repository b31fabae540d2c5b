"""environs: `Env` objects, their typed getters, and prefixes from `with env.prefixed(…)` blocks.

Source of the signatures: environs 14 (`def method(self, name, default=…, subcast=None, …)`).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.model import EnvFileUse, Example
from configvars.names.values import Known
from configvars.readers.base import Fact, Handler, Reader, Site, Use
from configvars.readers.conversions import ONE_OF
from configvars.readers.env_file_uses import env_file
from configvars.readers.handlers import is_unset
from configvars.readers.made import file_aware, made_with, option, text_option

_CLASSES = ("environs.Env", "environs.FileAwareEnv")
_OBJECTS = tuple(f"{cls}()" for cls in _CLASSES)
_ERRORS = frozenset({"environs.EnvError", "environs.EnvValidationError"})
# Methods of an `Env` that read no variable; all others are getters or parsers that the code registered.
_OTHERS = (
    *("seal", "dump", "add_parser", "add_parser_from_field", "parser_for", "prefixed", "__init__"),
    *("__enter__", "__exit__", "_get_value", "_get_from_environ"),
)


def _read(env: str) -> Handler:
    """`env("X")`, `env.int("X", 1)`, with the prefixes of the constructor and of the `with` blocks around."""

    def handle(site: Site) -> Iterator[Fact]:
        name = site.argument(0, "name")
        if name is None:
            return
        for block in reversed(list(site.within(f"{env}.prefixed"))):
            given = option(block, 0, "prefix")
            name = name.prefixed(given) if given is not None else name
        made = made_with(site, env)
        name = name.prefixed(text_option(made, None, "prefix"))
        default = site.argument(1, "default")
        if default is not None and default.value == _ELLIPSIS:
            default = None
        read = Use(name, "environs.Env", default=default, raises=is_unset(default), errors=_ERRORS)
        if env == _OBJECTS[0]:
            yield read
        else:
            yield from file_aware(read, text_option(made, None, "file_suffix", default="_FILE"))

    return handle


def _nothing(site: Site) -> Iterator[Fact]:
    yield from ()


_ELLIPSIS = Known("...")
_LOAD = env_file(
    "environs.read_env", path=(0, "path"), override=(3, "override"), encoding=(9, "encoding"), climbs=True
)


def _loaded(site: Site) -> Iterator[Fact]:
    """`read_env()`; with `recurse=False`, it reads only the `.env` next to the calling file."""
    recurse = site.argument(1, "recurse")
    is_near = recurse is not None and recurse.value == Known("False")
    for fact in _LOAD(site):
        if is_near and isinstance(fact, EnvFileUse) and fact.path is None:
            fact = replace(fact, path=".env", relative_to="folder")
        yield fact


ENVIRONS = Reader(
    name="environs",
    triggers=(b"environs",),
    calls={
        **{path: _read(env) for env in _OBJECTS for path in (env, f"{env}.*")},
        **{f"{env}.{name}": _nothing for env in _OBJECTS for name in _OTHERS},
        **{f"{cls}{made}.read_env": _loaded for cls in _CLASSES for made in ("", "()")},
    },
    objects=_OBJECTS,
    keep=tuple(sorted(ONE_OF)),
    entered=tuple(f"{env}.prefixed()" for env in _OBJECTS),
    aliases={"environs.env": _OBJECTS[0]},
    silent=(
        Example("env.str('X')\n", note="an unknown `env`"),
        Example("from environs import Env\nenv = Env()\nenv.seal()\nenv.add_parser('x', print)\n"),
        Example("from jinja2 import Environment\nenv = Environment()\nenv.get_template('X')\n", note="Jinja"),
    ),
    examples=(
        Example(
            "from environs import Env\nEnv().read_env()\nEnv().read_env(recurse=False)\nEnv().read_env('a.env', False)\n",
            (
                *("2:1 loads the nearest .env (file)", "3:1 loads .env (folder)"),
                "4:16 loads a.env (cwd)",
            ),
            note="only the folder of the file",
        ),
        Example(
            "from environs import Env\nenv = Env()\nenv('A')\nenv.int('B', 1)\nenv.bool('C', default=None)\n",
            ("3:6 A read required", "4:10 B read defaulted", "5:11 C read optional"),
        ),
        Example("from environs import env\nenv.url('A')\n", ("2:10 A read required",)),
        Example(
            "from environs import Env\nenv = Env()\n"
            "with env.prefixed('APP_'):\n    with env.prefixed('DB_'):\n        env.str('HOST')\n    env('NAME')\n",
            ("5:18 APP_DB_HOST read required", "6:10 APP_NAME read required"),
        ),
        Example(
            "from environs import Env\nenv = Env(prefix='APP_')\nenv.str('HOST', 'x')\n",
            ("3:10 APP_HOST read defaulted",),
        ),
        Example(
            "from environs import Env\nclass Settings(Env):\n    pass\nSettings().furl('A')\n",
            ("4:18 A read required",),
            "a parser of one's own",
        ),
        Example(
            "from environs import Env, EnvError\nenv = Env()\ntry:\n    env('A')\nexcept EnvError:\n    pass\n",
            ("4:10 A read guarded",),
        ),
        Example(
            "from environs import Env\nenv = Env()\nwith env.prefixed('A_') as mine:\n    mine('B')\nmine('C')\n",
            ("4:11 A_B read required", "5:7 C read required"),
        ),
        Example(
            "from environs import Env\ndef load(source):\n    return source.int('A')\nload(Env(prefix='B_'))\n",
            ("3:24 B_A read required",),
            "an `Env` that a function gets from its caller",
        ),
        Example(
            "from environs import Env\ndef f(kind):\n    env = Env()\n    getattr(env, kind)('A', 1)\n",
            ("4:25 A read defaulted",),
            "a getter that nothing tells",
        ),
        Example(
            "-- test_x.py --\nimport pytest\nfrom environs import Env\n@pytest.fixture\ndef source():\n    return Env()\n"
            "def test_it(source):\n    source('A')\nclass TestB:\n    @pytest.fixture\n    def mine(self):\n        return Env(prefix='B_')\n"
            "    def test_it(self, mine):\n        mine('C')\n",
            ("7:13 A read required", "13:15 B_C read required"),
            "a fixture",
        ),
        Example(
            "from environs import FileAwareEnv\nenv = FileAwareEnv(file_suffix='_PATH')\nenv('A')\n",
            ("3:6 A read required", "3:6 A_PATH read defaulted"),
            "A or A_PATH, one is enough",
        ),
        Example(
            "from environs import Env\nfrom settings import prefix, options\nEnv(prefix=prefix())('A')\nEnv(**options)('B')\n",
            ("3:22 ? environs.Env", "4:16 ? environs.Env"),
            "a prefix that nothing tells",
        ),
    ),
)

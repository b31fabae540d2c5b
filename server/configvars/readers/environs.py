"""environs: `Env()` objects, their typed getters, and prefixes that a `with` block puts before names.

Source of the signatures: environs 14 (`def method(self, name, default=…, subcast=None, …)`).
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Example
from configvars.readers.base import Fact, Handler, Reader, Site, Use
from configvars.readers.env_file_uses import env_file

_ENV = "environs.Env()"
_ERRORS = frozenset({"environs.EnvError", "environs.EnvValidationError"})
# Methods of an `Env` that read no variable; every other one is a getter or a parser the user registered.
_OTHERS = (
    *("seal", "dump", "add_parser", "add_parser_from_field", "parser_for", "prefixed", "__init__"),
    *("__enter__", "__exit__", "_get_value", "_get_from_environ"),
)


def _read(site: Site) -> Iterator[Fact]:
    """`env("X")`, `env.int("X", 1)`: with the prefixes of the constructor and of the blocks around."""
    name = site.argument(0, "name")
    if name is None:
        return
    for block in reversed(list(site.within(f"{_ENV}.prefixed"))):
        given = [*block.positional[:1], *(value for key, value in block.keywords if key == "prefix")]
        name = name.prefixed(given[0]) if given else name
    constructor = site.of.arguments if site.of is not None else None
    for key, value in constructor.keywords if constructor is not None else ():
        name = name.prefixed(value) if key == "prefix" else name
    default = site.argument(1, "default")
    yield Use(name, "environs.Env", default=default, raises=default is None, errors=_ERRORS)


def _nothing(site: Site) -> Iterator[Fact]:
    yield from ()


_GETTERS: dict[str, Handler] = {_ENV: _read, f"{_ENV}.*": _read}

ENVIRONS = Reader(
    name="environs",
    triggers=(b"environs",),
    calls={
        **_GETTERS,
        **{f"{_ENV}.{name}": _nothing for name in _OTHERS},
        f"{_ENV}.read_env": env_file("environs.read_env", path=(0, "path"), override=(3, "override")),
        "environs.Env.read_env": env_file("environs.read_env", path=(0, "path"), override=(3, "override")),
    },
    keep=(f"{_ENV}.prefixed()",),
    aliases={"environs.env": _ENV, "environs.FileAwareEnv": "environs.Env"},
    silent=(
        Example("env.str('X')\n", note="an `env` that nothing tells to be one"),
        Example("from environs import Env\nenv = Env()\nenv.seal()\nenv.add_parser('x', print)\n"),
        Example("from jinja2 import Environment\nenv = Environment()\nenv.get_template('X')\n", note="Jinja"),
    ),
    examples=(
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
    ),
)

"""everett: `ConfigManager` objects, which read upper-case names with their namespaces as prefix.

Source of the signatures: everett 3.5 (`everett/manager.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.model import EnvFileUse, Example, Need
from configvars.names.values import (
    UNKNOWN,
    UNSET,
    Arguments,
    Class,
    External,
    Instance,
    Nothing,
    Sequence,
    Str,
    Value,
)
from configvars.readers.base import Argument, Fact, Reader, Site, Use
from configvars.readers.env_file_uses import path_text
from configvars.readers.handlers import is_unset
from configvars.readers.made import either, option

_MANAGER = "everett.manager.ConfigManager()"
_BASIC = "everett.manager.ConfigManager.basic_config()"
_STEPS = ("", ".with_namespace()", ".with_options()", ".clone()")
_MANAGERS = tuple({f"{made}{a}{b}" for made in (_MANAGER, _BASIC) for a in _STEPS for b in _STEPS})
_SOURCES = frozenset({"everett.manager.ConfigOSEnv()", "everett.manager.ConfigEnvFileEnv()"})
_ERRORS = frozenset({"everett.ConfigurationMissingError", "everett.ConfigurationError"})
_ROOT = "root:"


def _read(site: Site) -> Iterator[Fact]:
    """`config("key", namespace=…, default=…, alternate_keys=[…], raise_error=True)`."""
    key, of = site.argument(0, "key"), site.of
    if key is None or of is None:
        return
    steps = list(_steps(of))
    declared = _declared(site, steps, key.value)
    default, others = site.argument(2, "default"), site.argument(4, "alternate_keys")
    if declared is not None:
        given = option(declared, 0, "default")
        default, others = None if given is None else replace(key, value=given), None
    raises = is_unset(default) and site.argument(7, "raise_error") is None
    need = None if default is not None or _are_known(steps[-1]) else Need.OPTIONAL
    own = site.argument(1, "namespace")
    spaces = [*_namespaces(steps), *([] if own is None else [own.value])]
    read = Use(_spelled(key, spaces), "everett", default=default, raises=raises, errors=_ERRORS, need=need)
    more = site.items(others) if others is not None else ()
    yield from either(read, *(_spelled(name, spaces) for name in more))


def _steps(of: External) -> Iterator[External]:
    """The calls from which a manager was made, last first."""
    value: External | None = of
    while value is not None and value.path in _MANAGERS:
        yield value
        value = value.of.of if value.of is not None else None


def _namespaces(steps: list[External]) -> Iterator[Value]:
    for step in reversed(steps):
        if step.path.endswith(".with_namespace()"):
            yield option(step.arguments or Arguments(), 0, "namespace") or UNKNOWN


def _spelled(key: Argument, spaces: list[Value]) -> Argument:
    """The key with its namespaces as prefix, or alone if `namespace` is empty."""
    if isinstance(key.value, Str) and key.value.text.startswith(_ROOT):
        return replace(key, value=replace(key.value, text=key.value.text[len(_ROOT) :])).changed("upper")
    for space in reversed(spaces):
        for part in reversed(space.items if isinstance(space, Sequence) else (space,)):
            if not isinstance(part, Nothing):
                key = key.prefixed("_").prefixed(part)
    return key.changed("upper")


def _are_known(manager: External) -> bool:
    """Whether a manager looks up keys in the environment and env files only."""
    given = manager.arguments or Arguments()
    sources = option(given, 0, "environments")
    items = sources.items if isinstance(sources, Sequence) else ()
    known = [isinstance(item, External) and item.path in _SOURCES for item in items]
    return manager.path == _BASIC or (bool(known) and all(known))


def _declared(site: Site, steps: list[External], key: Value) -> Arguments | None:
    """The `Option(…)` for a key in the class that a manager is bound to.

    Such a class looks like this: `class Config: key = Option()`.
    """
    bound = next((step for step in steps if step.path.endswith(".with_options()")), None)
    component = option(bound.arguments or Arguments(), 0, "component") if bound is not None else None
    cls = component.cls if isinstance(component, Instance) else component
    if not isinstance(cls, Class) or not isinstance(key, Str):
        return None
    declared = site.member("Config", key.text, of=cls)
    return declared.arguments if isinstance(declared, External) else None


def _env_file(site: Site) -> Iterator[Fact]:
    """`ConfigEnvFileEnv([".env", "prod.env"])` and `ConfigManager.basic_config(".env")`.

    Paths are relative to the working directory.
    """
    paths = site.argument(0, "possible_paths", "env_file")
    if paths is None and site.path.endswith(".basic_config"):
        yield EnvFileUse(".env", site.span, "everett")
    for path in site.items(paths) if paths is not None else ():
        if text := path_text(path.value):
            yield EnvFileUse(text, path.span, "everett")


EVERETT = Reader(
    name="everett",
    triggers=(b"everett",),
    calls={
        **dict.fromkeys(_MANAGERS, _read),
        "everett.manager.ConfigEnvFileEnv": _env_file,
        "everett.manager.ConfigManager.basic_config": _env_file,
    },
    objects=_MANAGERS,
    keep=(*_SOURCES, "everett.manager.Option()", "everett.manager.ConfigDictEnv()"),
    constants=dict.fromkeys(("everett.NO_VALUE", "everett.manager.NO_VALUE"), UNSET),
    silent=(
        Example("from mine import ConfigManager\nconfig = ConfigManager()\nconfig('X')\n"),
        Example("from everett.manager import parse_bool\nparse_bool('yes')\n"),
    ),
    examples=(
        Example(
            "from everett.manager import ConfigEnvFileEnv, ConfigManager, ConfigOSEnv\n"
            "config = ConfigManager([ConfigOSEnv(), ConfigEnvFileEnv('.env')])\n"
            "config('a')\nconfig('b', namespace='c', default='1')\nconfig('d', raise_error=False)\n"
            "config('e', alternate_keys=['f'])\n",
            (
                "2:57 loads .env (cwd)",
                "3:9 A read required",
                "4:9 C_B read defaulted",
                "5:9 D read optional",
                "6:9 E read required",
                "6:30 F read defaulted",
            ),
        ),
        Example(
            "from everett.manager import ConfigManager\nconfig = ConfigManager.basic_config()\n"
            "db = config.with_namespace('db')\ndb('host')\n",
            ("2:10 loads .env (cwd)", "4:5 DB_HOST read required"),
        ),
        Example(
            "from everett.manager import ConfigManager, Option\nclass App:\n    class Config:\n"
            "        host = Option(default='x')\n        port = Option()\n"
            "    def __init__(self):\n        self.config = ConfigManager.basic_config().with_options(self)\n"
            "        self.config('host')\n        self.config('port')\n",
            ("7:23 loads .env (cwd)", "8:22 HOST read defaulted", "9:22 PORT read required"),
            "options of a component",
        ),
        Example(
            "from everett.manager import ConfigManager\nfrom mine import Source\n"
            "config = ConfigManager([Source()])\nconfig('A')\n",
            ("4:9 A read optional",),
            "a source that may give it",
        ),
    ),
)
